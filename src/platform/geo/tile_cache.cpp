// A folder of images: <layer>-<address>/<zoom>/<x>-<y>. The time of change of a file is when it was fetched, its
// time of access (set by us) when it was last used: the first makes it stale, the second decides who goes when the
// folder is full. Files appear by renaming, so a reader never sees half of one. A full disk costs the cache, not the
// answer.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <tuple>

#include "platform/base/log.h"
#include "platform/geo/fetch.h"
#include "platform/geo/tiles.h"
#include "platform/geo/warp.h"

namespace mitwirken::geo {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto failed_tile_rest = std::chrono::minutes(5);
constexpr auto dead_server_rest = std::chrono::seconds(30);
constexpr std::size_t max_remembered_failures = 20'000;

bool is_key(const std::string& key) {
    return !key.empty() && key.size() <= 60 &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == key.npos;
}

// FNV-1a; only keeps the images of an old address from being shown for a new one.
std::string short_hash(const std::string& text) {
    std::uint64_t hash = 14695981039346656037u;
    for (const unsigned char byte : text) hash = (hash ^ byte) * 1099511628211u;
    return fmt::format("{:016x}", hash);
}

std::string replaced(std::string text, std::string_view mark, int value) {
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), std::to_string(value));
    return text;
}

bool is_utm(const Layer& layer) { return layer.url.find(utm_box_mark) != std::string::npos; }

std::string address(const Layer& layer, Tile tile) {
    std::string url = layer.url;
    const auto put = [&](std::string_view mark, Box (*box_of)(Tile)) {
        const auto at = url.find(mark);
        if (at == std::string::npos) return;
        const Box box = box_of(tile);
        url.replace(at, mark.size(),
                    fmt::format("{:.2f},{:.2f},{:.2f},{:.2f}", box.west, box.south, box.east, box.north));
    };
    put(mercator_box_mark, mercator_box);
    put(utm_box_mark, utm_box);
    return replaced(replaced(replaced(url, "{z}", tile.zoom), "{x}", tile.x), "{y}", tile.y);
}

std::optional<TileImage> read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::string type = image_type(bytes);
    if (type.empty()) return std::nullopt;
    return TileImage{std::move(type), std::move(bytes)};
}

void mark_used(const fs::path& path) {
    const timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
    ::utimensat(AT_FDCWD, path.c_str(), times, 0);
}

bool is_fresh(const fs::path& path, int max_age_days) {
    std::error_code error;
    const auto fetched = fs::last_write_time(path, error);
    return !error && fs::file_time_type::clock::now() - fetched < std::chrono::hours(24) * max_age_days;
}

// 0 when the disk does not take it.
std::uint64_t write(const fs::path& path, const std::string& bytes) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    const fs::path draft = fmt::format("{}.{}", path.string(), ::getpid());  // another process may write it as well
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) fs::rename(draft, path, error);
    if (!file || error) {
        log::warning("tile_not_cached");
        fs::remove(draft, error);
        return 0;
    }
    return bytes.size();
}

struct File {
    fs::path path;
    std::uint64_t bytes;
    timespec used;
};

std::vector<File> files_in(const fs::path& folder) {
    std::vector<File> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        struct stat about {};
        if (::stat(at->path().c_str(), &about) != 0 || !S_ISREG(about.st_mode)) continue;
        files.push_back({at->path(), static_cast<std::uint64_t>(about.st_size), about.st_atim});
    }
    return files;
}

// What those who wait for the same tile share.
struct Flight {
    bool done = false;
    std::optional<TileImage> image;
};

}  // namespace

std::string image_type(const std::string& bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
    if (bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.compare(8, 4, "WEBP") == 0) return "image/webp";
    return "";
}

struct TileCache::State {
    fs::path folder;
    std::uint64_t max_bytes;
    int max_age_days, timeout_seconds;
    Peers peers;

    std::mutex mutex;  // for everything below; never held while fetching
    std::condition_variable landed;
    std::map<std::string, std::shared_ptr<Flight>> flights;
    std::map<std::string, Clock::time_point> failed, dead;  // until when; by path, by layer folder
    std::optional<std::uint64_t> used;                      // bytes in the folder, counted at the first write

    void keep(const fs::path& path, const std::string& bytes);
    void evict();
    void note(const std::string& server, const fs::path& path, Fetched result);
    bool rests(const std::string& server, const std::string& path) const;
    std::optional<TileImage> load(const Layer& layer, Tile tile, const std::string& server, const fs::path& path);
};

void TileCache::State::keep(const fs::path& path, const std::string& bytes) {
    std::error_code error;
    const auto before = fs::file_size(path, error);
    const std::uint64_t replaced_bytes = error ? 0 : before;
    const std::uint64_t written = write(path, bytes);
    const std::lock_guard lock(mutex);
    if (!used) {
        used = 0;
        for (const File& file : files_in(folder)) *used += file.bytes;
    } else if (written > 0) {
        *used += written - std::min(replaced_bytes, *used);
    }
    if (*used > max_bytes) evict();
}

// Down to nine tenths, so that not every tile has to make room for itself.
void TileCache::State::evict() {
    auto files = files_in(folder);
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) {
        return std::tie(a.used.tv_sec, a.used.tv_nsec, a.path) < std::tie(b.used.tv_sec, b.used.tv_nsec, b.path);
    });
    std::uint64_t total = 0;
    for (const File& file : files) total += file.bytes;
    std::error_code error;
    for (const File& file : files) {
        if (total <= max_bytes / 10 * 9) break;
        if (fs::remove(file.path, error)) total -= file.bytes;
    }
    used = total;
}

void TileCache::State::note(const std::string& server, const fs::path& path, Fetched result) {
    const std::lock_guard lock(mutex);
    if (result == Fetched::image) {
        failed.erase(path.string());
        dead.erase(server);
        return;
    }
    if (failed.size() >= max_remembered_failures) failed.clear();
    failed[path.string()] = Clock::now() + failed_tile_rest;
    if (result == Fetched::unreachable) dead[server] = Clock::now() + dead_server_rest;
    if (result != Fetched::none) log::warning("tile_fetch_failed", {{"layer", server}});
}

bool TileCache::State::rests(const std::string& server, const std::string& path) const {
    const auto now = Clock::now();
    const auto tile = failed.find(path);
    const auto host = dead.find(server);
    return (tile != failed.end() && tile->second > now) || (host != dead.end() && host->second > now);
}

std::optional<TileImage> TileCache::State::load(const Layer& layer, Tile tile, const std::string& server,
                                                const fs::path& path) {
    Fetch fetch = fetch_image(address(layer, tile), timeout_seconds, peers);
    if (fetch.result == Fetched::image && is_utm(layer)) {
        fetch.image.bytes = warp_to_tile(fetch.image.bytes, tile);
        if (fetch.image.bytes.empty()) fetch.result = Fetched::refused;
    }
    note(server, path, fetch.result);
    if (fetch.result == Fetched::image) {
        keep(path, fetch.image.bytes);
        return fetch.image;
    }
    if (fetch.result == Fetched::none) return std::nullopt;
    return read(path);  // stale, but there
}

struct TileCache::Landing {
    State& state;
    Flight& flight;
    const std::string key;
    ~Landing() {
        const std::lock_guard lock(state.mutex);
        flight.done = true;
        state.flights.erase(key);
        state.landed.notify_all();
    }
};

TileCache::TileCache(std::string folder, std::uint64_t max_bytes, int max_age_days, int timeout_seconds, Peers peers)
    : state_(new State{
          std::move(folder), max_bytes, max_age_days, timeout_seconds, std::move(peers), {}, {}, {}, {}, {}, {}}) {}

TileCache::~TileCache() = default;

const Peers& TileCache::peers() const { return state_->peers; }

std::optional<TileImage> TileCache::get(const Layer& layer, Tile tile) {
    if (layer.url.empty() || !is_key(layer.key) || !is_valid(tile)) return std::nullopt;
    if (tile.zoom < layer.min_zoom || tile.zoom > layer.max_zoom) return std::nullopt;
    const std::string server = layer.key + "-" + short_hash(layer.url);
    const fs::path path = state_->folder / server / std::to_string(tile.zoom) / fmt::format("{}-{}", tile.x, tile.y);
    if (is_fresh(path, state_->max_age_days)) {
        if (auto image = read(path)) {
            mark_used(path);
            return image;
        }
    }
    std::shared_ptr<Flight> flight;
    {
        std::unique_lock lock(state_->mutex);
        if (state_->rests(server, path.string())) {
            lock.unlock();
            return read(path);
        }
        if (const auto found = state_->flights.find(path.string()); found != state_->flights.end()) {
            flight = found->second;
            state_->landed.wait(lock, [&] { return flight->done; });
            return flight->image;
        }
        flight = state_->flights[path.string()] = std::make_shared<Flight>();
    }
    const Landing landing{*state_, *flight, path.string()};  // also when something is thrown: nobody waits for ever
    flight->image = state_->load(layer, tile, server, path);
    return flight->image;
}

}  // namespace mitwirken::geo
