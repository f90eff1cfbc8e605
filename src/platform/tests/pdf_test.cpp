// Rules of platform/pdf. Documents are read back by poppler, QR codes by zbar: other people's eyes.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/pdf/pdf.h"

using namespace mitwirken;
namespace fs = std::filesystem;
using std::chrono::steady_clock;

namespace {

bool contains(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

// What a command says about a file with these bytes; {} in the command is its name.
std::string asked(std::string command, const std::string& bytes) {
    crypto::init();
    const auto file = (fs::temp_directory_path() / ("mitwirken-pdf-" + crypto::random_token())).string();
    std::ofstream(file, std::ios::binary) << bytes;
    command.replace(command.find("{}"), 2, file);
    std::string said;
    FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    char part[4096];
    for (std::size_t n; (n = std::fread(part, 1, sizeof part, pipe)) > 0;) said.append(part, n);
    ::pclose(pipe);
    fs::remove(file);
    return said;
}

std::optional<pdf::Resource> nothing(const std::string&) { return {}; }

std::string error_of(const std::string& html, const pdf::Resources& resource, int seconds) {
    try {
        (void)pdf::from_html(html, resource, seconds);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

// An SVG of qr_svg drawn into a PGM picture, four pixels per module.
std::string drawn(const std::string& svg) {
    const auto number_behind = [&](const char* words, std::size_t from = 0) {
        return std::stoi(svg.substr(svg.find(words, from) + std::string(words).size()));
    };
    const int side = number_behind("viewBox=\"0 0 ");
    std::vector<std::string> rows(std::size_t(side), std::string(std::size_t(side), '\xFF'));
    for (auto at = svg.find('M'); at != std::string::npos; at = svg.find('M', at + 1)) {
        int x = 0, y = 0, run = 0;
        REQUIRE(std::sscanf(svg.c_str() + at, "M%d %dh%d", &x, &y, &run) == 3);
        for (int i = 0; i < run; ++i) rows[std::size_t(y)][std::size_t(x + i)] = '\0';
    }
    constexpr std::size_t scale = 4;
    std::string picture = "P5\n" + std::to_string(side * 4) + " " + std::to_string(side * 4) + "\n255\n";
    for (const auto& row : rows)
        for (std::size_t copy = 0; copy < scale; ++copy)
            for (const char pixel : row) picture.append(scale, pixel);
    return picture;
}

}  // namespace

TEST_CASE("a page becomes a PDF of two pages with umlauts and a picture that we hand out") {
    REQUIRE(pdf::available());
    const std::string svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'>"
        "<rect width='20' height='20' fill='red'/></svg>";
    std::multiset<std::string> asked_for;
    const auto resource = [&](const std::string& path) -> std::optional<pdf::Resource> {
        asked_for.insert(path);
        if (path == "/assets/print.css") return pdf::Resource{"text/css", "h2 { break-before: page }"};
        if (path == "/dateien/logo.svg?breite=640") return pdf::Resource{"image/svg+xml", svg};
        return {};
    };
    const auto begin = steady_clock::now();
    const auto bytes = pdf::from_html(
        "<!doctype html><html lang=de><title>Größe</title>"
        "<link rel=stylesheet href=/assets/print.css><h1>Übersicht der Maßnahmen</h1>"
        "<img src='/dateien/logo.svg?breite=640' alt=''><img src=/fehlt.png>"
        "<h2>Zweite Seite: Äpfel &amp; Öl</h2>",
        resource);
    MESSAGE("a PDF of two pages took ", std::chrono::duration<double>(steady_clock::now() - begin).count(), " s");
    CHECK(bytes.substr(0, 5) == "%PDF-");
    CHECK(asked_for.count("/assets/print.css") == 1);
    CHECK(asked_for.count("/dateien/logo.svg?breite=640") == 1);
    CHECK(asked_for.count("/fehlt.png") == 1);
    const auto about = asked("pdfinfo {}", bytes);
    CHECK(contains(about, "Pages:           2"));
    CHECK(contains(about, "Größe"));
    const auto text = asked("pdftotext {} -", bytes);
    CHECK(contains(text, "Übersicht der Maßnahmen"));
    CHECK(contains(text, "Zweite Seite: Äpfel & Öl"));
    const auto fonts = asked("pdffonts {}", bytes);
    CHECK((contains(fonts, "Fira") || contains(fonts, "DejaVu")));
    // The red of the picture, seen in the page as it is drawn.
    const auto pixels = asked("pdftoppm -r 30 -f 1 -l 1 {}", bytes);
    CHECK(contains(pixels, std::string("\xFF\0\0\xFF\0\0", 6)));
}

TEST_CASE("a page reaches neither the network nor our files") {
    REQUIRE(pdf::available());
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener, 5) == 0);
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    const std::string outside = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    std::string asked_for;
    const auto resource = [&](const std::string& path) -> std::optional<pdf::Resource> {
        asked_for += path + "\n";
        return {};
    };
    const auto secret = (fs::temp_directory_path() / "mitwirken-secret.txt").string();
    std::ofstream(secret) << "GEHEIMES WORT";
    const auto bytes =
        pdf::from_html("<link rel=stylesheet href='" + outside + "/a.css'><img src='" + outside +
                           "/b.png'><style>@import url(" + outside +
                           "/c.css); @font-face{font-family:x;"
                           "src:url(" +
                           outside +
                           "/d.woff)} p{font-family:x}</style>"
                           "<link rel=attachment href='file://" +
                           secret + "'><iframe src='file://" + secret + "'></iframe><object data='file://" + secret +
                           "'></object><img src='//127.0.0.1/x'><p>Bleibt.</p>",
                       resource);
    CHECK(contains(asked("pdftotext {} -", bytes), "Bleibt."));
    CHECK_FALSE(contains(asked("pdftotext {} -", bytes), "GEHEIMES"));
    CHECK(contains(asked("pdfdetach -list {}", bytes), "0 embedded files"));
    CHECK_FALSE(contains(bytes, "GEHEIMES"));
    CHECK(asked_for == "");
    pollfd one{listener, POLLIN, 0};
    CHECK(::poll(&one, 1, 0) == 0);
    ::close(listener);
    fs::remove(secret);
}

TEST_CASE("a page that never ends is ended, and no process stays behind") {
    REQUIRE(pdf::available());
    std::string endless;
    for (int i = 0; i < 50'000; ++i) endless += "<p>Noch ein Absatz, und danach noch einer.</p>";
    const auto begin = steady_clock::now();
    CHECK(contains(error_of(endless, &nothing, 1), "took too long"));
    CHECK(steady_clock::now() - begin < std::chrono::seconds(3));
    CHECK(::waitpid(-1, nullptr, WNOHANG) <= 0);
}

TEST_CASE("when a resource takes too long or fails, the worker ends with it") {
    REQUIRE(pdf::available());
    const auto failing = [](const std::string&) -> std::optional<pdf::Resource> { throw std::runtime_error("away"); };
    CHECK(error_of("<img src=/a.png>", failing, 20) == "away");
    const auto slow = [](const std::string&) -> std::optional<pdf::Resource> {
        ::usleep(600'000);
        return {};
    };
    CHECK(contains(error_of("<img src=/a.png><img src=/b.png><img src=/c.png>", slow, 1), "took too long"));
}

TEST_CASE("the process that makes the PDF is limited in memory, time and files and holds nothing of ours open") {
    REQUIRE(pdf::available());
    const int ours = ::open("/dev/zero", O_RDONLY);  // without close-on-exec, as a careless library would
    std::string limits;
    std::set<std::string> open_files;
    const auto resource = [&](const std::string&) -> std::optional<pdf::Resource> {
        std::ifstream children("/proc/self/task/" + std::to_string(::getpid()) + "/children");
        std::string child, one;
        while (children >> one) child = one;  // the youngest
        std::ifstream in("/proc/" + child + "/limits");
        limits.assign(std::istreambuf_iterator<char>(in), {});
        for (const auto& file : fs::directory_iterator("/proc/" + child + "/fd"))
            open_files.insert(fs::read_symlink(file.path()).string());
        return {};
    };
    const auto bytes = pdf::from_html("<img src=/a.png><p>Da.</p>", resource, 20);
    ::close(ours);
    CHECK(contains(asked("pdftotext {} -", bytes), "Da."));
    CHECK(contains(limits, "Max address space         1073741824"));
    CHECK(contains(limits, "Max cpu time              25"));
    CHECK(contains(limits, "Max core file size        0"));
    CHECK(open_files.count("/dev/zero") == 0);
    CHECK(open_files.count("/dev/null") == 1);
}

TEST_CASE("a resource of unreasonable size is not handed on") {
    REQUIRE(pdf::available());
    const std::string large(65u * 1024 * 1024, ' ');
    const auto resource = [&](const std::string&) { return pdf::Resource{"text/css", large}; };
    const auto bytes = pdf::from_html("<link rel=stylesheet href=/a.css><p>Da.</p>", resource, 20);
    CHECK(contains(asked("pdftotext {} -", bytes), "Da."));
}

TEST_CASE("a QR code reads as the address it was made of, with a quiet zone and as one path") {
    const std::string address = "https://muenster.example/verfahren/grüne-höfe?quelle=plakat";
    const auto svg = pdf::qr_svg(address, 300);
    CHECK(contains(svg, "width=\"300\" height=\"300\""));
    CHECK_FALSE(contains(svg, "style="));
    CHECK(svg.find("<path") == svg.rfind("<path"));
    CHECK(contains(svg, "d=\"M4 4h7v1h-7z"));
    CHECK(trimmed(asked("zbarimg --raw -q {}", drawn(svg))) == address);
}

TEST_CASE("a QR code has level Q") {
    // 35 bytes need version 3 (29 modules) at level M, 4 (33) at Q and 5 (37) at H.
    CHECK(contains(pdf::qr_svg(std::string(35, 'x')), "viewBox=\"0 0 41 41\""));
}

TEST_CASE("a QR code can be read with something in its middle, where a coat of arms may stand") {
    auto picture = drawn(pdf::qr_svg("https://muenster.example/instrumente/ideen"));
    const auto side = std::size_t(std::stoi(picture.substr(3)));
    const auto begin = picture.size() - side * side;
    for (std::size_t y = side * 45 / 100; y < side * 65 / 100; ++y)
        for (std::size_t x = side * 45 / 100; x < side * 65 / 100; ++x) picture[begin + y * side + x] = '\xFF';
    CHECK(trimmed(asked("zbarimg --raw -q {}", picture)) == "https://muenster.example/instrumente/ideen");
}

TEST_CASE("a text that does not fit into a QR code is refused") {
    CHECK_THROWS_AS(pdf::qr_svg(""), std::runtime_error);
    CHECK_THROWS_AS(pdf::qr_svg(std::string(3000, 'x')), std::runtime_error);
    CHECK_NOTHROW(pdf::qr_svg(std::string(1600, 'x')));
}
