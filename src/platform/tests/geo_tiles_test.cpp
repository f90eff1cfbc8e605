// The tile cache against a real server on this machine: a listening socket, one thread per connection, answers by path.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "platform/geo/tiles.h"
#include "platform/tests/local_server.h"

namespace fs = std::filesystem;
using namespace mitwirken::geo;
using mitwirken::tests::answer;
using Server = mitwirken::tests::LocalServer;
using namespace std::chrono_literals;

namespace {

const std::string png = draw_tile({3, 4, 2}, {}, false);

std::string image(const std::string& body = png) { return answer("200 OK", "Content-Type: image/png\r\n", body); }

struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "tiles-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }
    std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::recursive_directory_iterator(path)) {
            if (entry.is_regular_file()) found.push_back(entry.path());
        }
        return found;
    }
    void make_old() const {
        for (const auto& file : files()) fs::last_write_time(file, fs::file_time_type::clock::now() - 24h * 40);
    }
};

TileCache cache_in(const Folder& folder, std::uint64_t max_bytes = 10'000'000, int timeout_seconds = 5) {
    return {folder.path.string(), max_bytes, 30, timeout_seconds, {TileHosts::allow_loopback_for_tests}};
}

Layer layer(const Server& server, const std::string& path = "/{z}/{x}/{y}.png") {
    return {"stadtplan", "Stadtplan", "© Amt", server.url(path), 5, 18};
}

constexpr Tile tile{12, 2132, 1361};

}  // namespace

TEST_CASE("a tile is fetched once and then comes from the disk") {
    const Folder folder;
    const Server server([](const std::string&) { return image(); });
    {
        TileCache cache = cache_in(folder);
        const auto first = cache.get(layer(server), tile);
        REQUIRE(first);
        CHECK(first->type == "image/png");
        CHECK(first->bytes == png);
        CHECK(cache.get(layer(server), tile)->bytes == png);
    }
    CHECK(cache_in(folder).get(layer(server), tile)->bytes == png);  // another start of the program
    CHECK(server.requests() == 1);
    CHECK(server.last().starts_with("GET /12/2132/1361.png HTTP/1.1\r\n"));
    CHECK(server.last().find("Cookie") == std::string::npos);
    CHECK(server.last().find("Referer") == std::string::npos);
}

TEST_CASE("a new address of a layer does not show the old address's tiles") {
    const Folder folder;
    const Server server([](const std::string&) { return image(); });
    TileCache cache = cache_in(folder);
    CHECK(cache.get(layer(server), tile));
    CHECK(cache.get(layer(server, "/neu/{z}/{x}/{y}"), tile));
    CHECK(server.requests() == 2);
}

TEST_CASE("only tiles of the layer are asked for") {
    const Folder folder;
    const Server server([](const std::string&) { return image(); });
    TileCache cache = cache_in(folder);
    CHECK_FALSE(cache.get(layer(server), {4, 8, 5}));
    CHECK_FALSE(cache.get(layer(server), {19, 0, 0}));
    CHECK_FALSE(cache.get(layer(server), {12, 5000, 3}));
    Layer odd = layer(server);
    odd.key = "../etc";
    CHECK_FALSE(cache.get(odd, tile));
    odd = layer(server);
    odd.url = "";
    CHECK_FALSE(cache.get(odd, tile));
    CHECK(server.requests() == 0);
    CHECK(folder.files().empty());
}

TEST_CASE("a page that calls itself a picture is refused, and not asked for again at once") {
    const Folder folder;
    const Server server([](const std::string&) { return image("<html><script>alert(1)</script>"); });
    TileCache cache = cache_in(folder);
    CHECK_FALSE(cache.get(layer(server), tile));
    CHECK_FALSE(cache.get(layer(server), tile));
    CHECK(server.requests() == 1);
    CHECK(folder.files().empty());
}

TEST_CASE("pictures are known by their first bytes") {
    CHECK(image_type(png) == "image/png");
    CHECK(image_type("\xff\xd8\xff\xe0 jpeg") == "image/jpeg");
    CHECK(image_type("RIFF\x01\x02\x03\x04WEBPVP8 ") == "image/webp");
    CHECK(image_type("<svg xmlns=\"http://www.w3.org/2000/svg\"/>").empty());
    CHECK(image_type("GIF89a").empty());
    CHECK(image_type("").empty());
}

TEST_CASE("more than two megabytes are refused, announced or not") {
    const Folder folder;
    const std::string large = png + std::string(2'100'000, 'x');
    const Server announced([&](const std::string&) { return image(large); });
    const Server silent([&](const std::string&) { return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + large; });
    TileCache cache = cache_in(folder);
    CHECK_FALSE(cache.get(layer(announced), tile));
    CHECK_FALSE(cache.get(layer(silent), tile));
    CHECK(folder.files().empty());
}

TEST_CASE("a redirect is followed on the same host and refused to another one") {
    const Folder folder;
    const Server other([](const std::string&) { return image(); });
    const Server server([&](const std::string& request) {
        if (request.starts_with("GET /away")) return answer("302 Found", "Location: " + other.url("/x") + "\r\n", "");
        if (request.starts_with("GET /file")) return answer("302 Found", "Location: file:///etc/hostname\r\n", "");
        if (request.starts_with("GET /loop")) return answer("302 Found", "Location: /loop\r\n", "");
        if (request.starts_with("GET /moved")) return answer("301 Moved", "Location: /there\r\n", "");
        return image();
    });
    TileCache cache = cache_in(folder);
    CHECK(cache.get(layer(server, "/moved/{z}/{x}/{y}"), tile));
    CHECK_FALSE(cache.get(layer(server, "/away/{z}/{x}/{y}"), tile));
    CHECK_FALSE(cache.get(layer(server, "/file/{z}/{x}/{y}"), tile));
    CHECK_FALSE(cache.get(layer(server, "/loop/{z}/{x}/{y}"), tile));
    CHECK(other.requests() == 0);
}

TEST_CASE("a server that does not answer costs the time limit once, then it is left alone") {
    const Folder folder;
    std::promise<void> end;
    const std::shared_future<void> ended(end.get_future());
    const Server server([ended](const std::string&) {
        ended.wait();
        return image();
    });
    TileCache cache = cache_in(folder, 10'000'000, 1);
    const auto start = std::chrono::steady_clock::now();
    CHECK_FALSE(cache.get(layer(server), tile));
    const auto taken = std::chrono::steady_clock::now() - start;
    CHECK(taken > 800ms);
    CHECK(taken < 3s);
    CHECK_FALSE(cache.get(layer(server), {12, 2133, 1361}));  // another tile of the same layer: not tried
    CHECK(server.requests() == 1);
    end.set_value();
}

TEST_CASE("a stale tile is fetched anew, and shown when the server is away or fails") {
    const Folder folder;
    std::atomic<bool> broken = false;
    Server server([&](const std::string&) { return broken ? answer("500 Oh", "", "") : image(); });
    {
        TileCache cache = cache_in(folder);
        CHECK(cache.get(layer(server), tile));
        folder.make_old();
        CHECK(cache.get(layer(server), tile));
        CHECK(server.requests() == 2);
        folder.make_old();
        broken = true;
        CHECK(cache.get(layer(server), tile)->bytes == png);
        CHECK(cache.get(layer(server), tile)->bytes == png);
        CHECK(server.requests() == 3);  // the second time it was not asked
    }
    server.stop();
    CHECK(cache_in(folder).get(layer(server), tile)->bytes == png);
}

TEST_CASE("a tile the server does not have is remembered as missing") {
    const Folder folder;
    const Server server([](const std::string&) { return answer("404 Not Found", "", ""); });
    TileCache cache = cache_in(folder);
    CHECK_FALSE(cache.get(layer(server), tile));
    CHECK_FALSE(cache.get(layer(server), tile));
    CHECK(server.requests() == 1);
    CHECK_FALSE(cache.get(layer(server), {12, 2133, 1361}));  // its neighbour is asked for
    CHECK(server.requests() == 2);
}

TEST_CASE("many who want the same tile wait for one request") {
    const Folder folder;
    const Server server([](const std::string&) {
        std::this_thread::sleep_for(300ms);
        return image();
    });
    TileCache cache = cache_in(folder);
    std::atomic<int> right = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < 12; ++i) {
        people.emplace_back([&] {
            const auto found = cache.get(layer(server), tile);
            if (found && found->bytes == png) ++right;
        });
    }
    for (auto& person : people) person.join();
    CHECK(right == 12);
    CHECK(server.requests() == 1);
}

TEST_CASE("a full folder loses the tiles that were not used for longest") {
    const Folder folder;
    const Server server([](const std::string&) { return image(); });
    TileCache cache = cache_in(folder, png.size() * 5 + 10);
    for (int x = 0; x < 5; ++x) {
        CHECK(cache.get(layer(server), {12, x, 0}));
        std::this_thread::sleep_for(12ms);  // some file systems keep time in steps of a tick
    }
    CHECK(cache.get(layer(server), {12, 0, 0}));  // the oldest is used again
    CHECK(server.requests() == 5);
    std::this_thread::sleep_for(12ms);
    CHECK(cache.get(layer(server), {12, 9, 0}));
    CHECK(folder.files().size() == 4);
    CHECK(cache.get(layer(server), {12, 0, 0}));
    CHECK(server.requests() == 6);  // still there
    CHECK(cache.get(layer(server), {12, 1, 0}));
    CHECK(server.requests() == 7);  // had to go
}

TEST_CASE("a file on the disk that is no picture is fetched anew") {
    const Folder folder;
    const Server server([](const std::string&) { return image(); });
    TileCache cache = cache_in(folder);
    CHECK(cache.get(layer(server), tile));
    for (const auto& file : folder.files()) fs::resize_file(file, 3);
    CHECK(cache.get(layer(server), tile)->bytes == png);
    CHECK(server.requests() == 2);
}

TEST_CASE("without the tests' option neither plain http nor this machine is reached") {
    const Folder folder;
    const Server server([](const std::string&) { return image(); });
    TileCache cache(folder.path.string(), 1'000'000, 30, 2);
    CHECK_FALSE(cache.get(layer(server), tile));
    Layer secure = layer(server);
    for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"}) {
        secure.url = "https://" + host + ":" + std::to_string(server.port()) + "/{z}/{x}/{y}.png";
        CHECK_FALSE(cache.get(secure, tile));
    }
    secure.url = "file:///etc/hostname";
    CHECK_FALSE(cache.get(secure, tile));
    CHECK(server.requests() == 0);
}

TEST_CASE("private and special addresses are not public") {
    for (const char* address : {"127.0.0.1",
                                "127.8.9.1",
                                "0.0.0.0",
                                "10.1.2.3",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.64.0.1",
                                "192.0.2.1",
                                "198.18.0.1",
                                "198.19.255.255",
                                "224.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "fe80::1",
                                "fc00::1",
                                "fd12:3456::1",
                                "ff02::1",
                                "::ffff:10.0.0.1",
                                "::ffff:127.0.0.1",
                                "64:ff9b::a00:1",
                                "64:ff9b::7f00:1",
                                "2002:a00:1::1",
                                "2002:7f00:1::",
                                "2001:db8::1",
                                "2001::1",
                                "",
                                "example.org",
                                "10.1.2"}) {
        CAPTURE(address);
        CHECK_FALSE(is_public_address(address));
    }
    for (const char* address :
         {"1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "141.30.1.1", "198.20.0.1",
          "223.255.255.255", "2a00:1450::1", "2001:638:208::1", "64:ff9b::101:101"}) {
        CAPTURE(address);
        CHECK(is_public_address(address));
    }
}
