// See paper.h.
// What must stay true: making a PDF takes seconds; it happens after the transaction, at most two at a time, and what
// was made is kept under the hash of its content, so it is made once for every change of anything on it.
#include <atomic>
#include <filesystem>
#include <fstream>

#include "core/house.h"
#include "core/paper/paper.h"
#include "platform/base/embedded.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/pdf/pdf.h"

namespace mitwirken::core {

namespace {

namespace fs = std::filesystem;

// The number of conversions under way, over all requests of this process.
std::atomic<int>& running() {
    static std::atomic<int> count{0};
    return count;
}
constexpr int most_running = 2;

struct Turn {
    Turn() {
        if (running().fetch_add(1) < most_running) return;
        running().fetch_sub(1);
        throw Busy(tr_noop("Other sheets are being made right now. Please try again in a moment."));
    }
    ~Turn() { running().fetch_sub(1); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
};

// The oldest of the same beginning go when a new one comes.
void keep(const fs::path& file, const std::string& begin, std::size_t most_kept, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::vector<std::pair<fs::file_time_type, fs::path>> others;
    std::error_code gone;  // another process tidies up, too
    for (const auto& old : fs::directory_iterator(file.parent_path()))
        if (starts_with(old.path().filename().string(), begin))
            others.emplace_back(old.last_write_time(gone), old.path());
    std::sort(others.begin(), others.end());
    for (std::size_t i = 0; i + most_kept <= others.size(); ++i) fs::remove(others[i].second, gone);
    write_paper(file.string(), bytes);
}

}  // namespace

std::string paper_folder(const std::string& data_folder) { return (fs::path(data_folder) / "sheets").string(); }

// Whole or not at all, whoever looks at it meanwhile.
void write_paper(const std::string& name, const std::string& bytes) {
    const fs::path file = name, part = file.parent_path() / ("part-" + crypto::random_token());
    fs::create_directories(file.parent_path());
    std::ofstream out(part, std::ios::binary);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("paper: the file cannot be written");
    fs::rename(part, file);
}

// A sheet needs nothing but our fonts: "/assets/fonts/fira-Regular-latin.woff2" is the embedded file whose name has a
// hash before its ending.
std::optional<pdf::Resource> paper_font(const std::string& path) {
    constexpr std::string_view folder = "/assets/fonts/", ending = ".woff2";
    if (!starts_with(path, folder) || !path.ends_with(ending)) return {};
    const std::string stem = path.substr(folder.size(), path.size() - folder.size() - ending.size());
    for (const auto& file : embedded_below("web/fonts/" + stem + "."))
        if (file.path.ends_with(ending)) return pdf::Resource{"font/woff2", std::string(file.content)};
    return {};
}

http::Response paper(Visit& visit, const std::string& document, const std::string& begin, const std::string& file_name,
                     std::size_t most_kept) {
    const fs::path file =
        fs::path(paper_folder(visit.house.data_folder)) / (begin + crypto::sha256_hex(document).substr(0, 24) + ".pdf");
    http::Response response;
    response.headers.set("Content-Type", "application/pdf");
    response.headers.set("Content-Disposition", "inline; filename=\"" + file_name + "\"");
    if (fs::exists(file)) {
        response.file = file.string();
        return response;
    }
    response.producer = [turn = std::make_shared<Turn>(), document, file, begin, most_kept](std::string& out) {
        out = pdf::from_html(document, paper_font);
        keep(file, begin, most_kept, out);
        return false;
    };
    return response;
}

}  // namespace mitwirken::core
