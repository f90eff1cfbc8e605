// Rules of platform/files, with pictures and documents made here.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <zip.h>

#include "platform/base/error.h"
#include "platform/tests/files_support.h"

using namespace mitwirken;
using namespace mitwirken::tests;

namespace {

// What is said beside the picture: "exif-ifd3-GPSLatitude" and the like.
bool says_beside(const std::string& jpeg, const char* field) {
    VipsImage* image = nullptr;
    REQUIRE(vips_jpegload_buffer(const_cast<char*>(jpeg.data()), jpeg.size(), &image, nullptr) == 0);
    const bool found = vips_image_get_typeof(image, field) != 0;
    g_object_unref(image);
    return found;
}

std::string photo_with_position() {
    Made made(80, 40);
    vips_image_set_int(made.image, VIPS_META_ORIENTATION, 6);
    vips_image_set_string(made.image, "exif-ifd0-Make", "Hersteller (Hersteller, ASCII, 11 components, 11 bytes)");
    vips_image_set_string(made.image, "exif-ifd3-GPSLatitudeRef", "N (N, ASCII, 2 components, 2 bytes)");
    vips_image_set_string(made.image, "exif-ifd3-GPSLatitude",
                          "48/1 24/1 7/1 (48, 24, 7, Rational, 3 components, 24 bytes)");
    return made.as(".jpg");
}

struct Member {
    std::string name, content;
    bool stored = false;
};

std::string zip_of(const std::vector<Member>& members) {
    const auto path = (fs::temp_directory_path() / ("mitwirken-zip-" + crypto::random_token())).string();
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
    REQUIRE(archive != nullptr);
    for (const auto& member : members) {
        zip_source_t* source = zip_source_buffer(archive, member.content.data(), member.content.size(), 0);
        const auto index = zip_file_add(archive, member.name.c_str(), source, 0);
        if (member.stored) zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_STORE, 0);
    }
    REQUIRE(zip_close(archive) == 0);
    const std::string bytes = read(path);
    fs::remove(path);
    return bytes;
}

std::string content_types(const std::string& main_type, const std::string& part) {
    return R"(<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
           R"(<Default Extension="xml" ContentType="application/xml"/><Override PartName=")" +
           part + R"(" ContentType=")" + main_type + R"("/></Types>)";
}

const std::string word_main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const std::string word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

std::string docx(std::vector<Member> more = {}, const std::string& main_type = word_main) {
    std::vector<Member> members = {{"[Content_Types].xml", content_types(main_type, "/word/document.xml")},
                                   {"_rels/.rels", "<Relationships/>"},
                                   {"word/document.xml", "<w:document/>"}};
    members.insert(members.end(), more.begin(), more.end());
    return zip_of(members);
}

std::string odt(const std::vector<Member>& more = {}) {
    std::vector<Member> members = {{"mimetype", "application/vnd.oasis.opendocument.text", true},
                                   {"content.xml", "<x/>"},
                                   {"META-INF/manifest.xml", "<x/>"}};
    members.insert(members.end(), more.begin(), more.end());
    return zip_of(members);
}

// A PNG that claims a size in its header and holds nothing of it.
std::string png_bomb(std::uint32_t side) {
    std::string bytes = picture(4, 4, ".png");
    for (const std::size_t at : {16u, 20u})
        for (int i = 0; i < 4; ++i) bytes[at + std::size_t(i)] = char(side >> (24 - 8 * i));
    std::uint32_t crc = 0xFFFFFFFF;
    for (std::size_t i = 12; i < 29; ++i) {
        crc ^= static_cast<unsigned char>(bytes[i]);
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
    }
    for (int i = 0; i < 4; ++i) bytes[29 + std::size_t(i)] = char(~crc >> (24 - 8 * i));
    return bytes;
}

}  // namespace

TEST_CASE("a photo is kept without its position and the right way up") {
    const Desk desk;
    const std::string photo = photo_with_position();
    REQUIRE(contains(photo, "Exif"));
    REQUIRE(says_beside(photo, "exif-ifd3-GPSLatitude"));
    REQUIRE(contains(photo, "Hersteller"));
    const auto taken = desk.take(photo, true);
    REQUIRE(taken);
    CHECK(taken->type == "image/jpeg");
    CHECK(taken->extension == ".jpg");
    CHECK(taken->width == 40);  // 80 × 40, turned by 90°
    CHECK(taken->height == 80);
    const std::string bytes = desk.stored(taken->key);
    CHECK_FALSE(contains(bytes, "Exif"));
    CHECK_FALSE(says_beside(bytes, "exif-ifd3-GPSLatitude"));
    CHECK_FALSE(says_beside(bytes, VIPS_META_EXIF_NAME));
    CHECK_FALSE(contains(bytes, "Hersteller"));
    CHECK(taken->size == bytes.size());
    CHECK(taken->sha256 == crypto::sha256_hex(bytes));
}

TEST_CASE("every kind of picture is taken, a GIF as PNG") {
    const Desk desk;
    CHECK(desk.outcome(picture(20, 10, ".jpg")) == "image/jpeg");
    CHECK(desk.outcome(picture(20, 10, ".png")) == "image/png");
    CHECK(desk.outcome(picture(20, 10, ".webp")) == "image/webp");
    CHECK(desk.outcome(picture(20, 10, ".gif")) == "image/png");
}

TEST_CASE("a picture is never larger than 3000 pixels on its longest side") {
    const Desk desk;
    const auto taken = desk.take(picture(3600, 1200, ".jpg"));
    REQUIRE(taken);
    CHECK(taken->width == 3000);
    CHECK(taken->height == 1000);
}

TEST_CASE("smaller copies are made once, never larger than the picture, and go with it") {
    const Desk desk;
    files::Store store(desk.options);
    const auto taken = desk.take(picture(800, 400, ".png"));
    REQUIRE(taken);
    const auto small = store.variant(*taken, 320);
    CHECK(small == taken->key + ".320");
    const auto bytes = desk.stored(small);
    CHECK(bytes.substr(1, 3) == "PNG");
    CHECK(std::uint8_t(bytes[18]) * 256 + std::uint8_t(bytes[19]) == 320);
    const auto written = fs::last_write_time(store.path(small));
    CHECK(store.variant(*taken, 320) == small);
    CHECK(fs::last_write_time(store.path(small)) == written);
    CHECK(store.variant(*taken, 1280) == taken->key);
    CHECK_THROWS_AS(store.variant(*taken, 321), BadRequest);
    store.remove(taken->key);
    CHECK_FALSE(store.exists(taken->key));
    CHECK_FALSE(store.exists(small));
    CHECK_NOTHROW(store.remove(taken->key));
}

TEST_CASE("a document has no smaller copy") {
    const Desk desk;
    const auto taken = desk.take(pdf);
    REQUIRE(taken);
    CHECK(files::Store(desk.options).variant(*taken, 320) == "");
}

TEST_CASE("a picture of many pixels in few bytes is refused before it is decoded") {
    const Desk desk;
    const auto bomb = png_bomb(30'000);
    CHECK(bomb.size() < 1000);
    CHECK(contains(desk.outcome(bomb), "This picture is too large"));
    CHECK(contains(desk.outcome(png_bomb(4000)), "damaged"));  // few enough pixels, and none of them there
}

TEST_CASE("a picture that must be held in memory as a whole may have a quarter of the pixels") {
    Desk desk;
    desk.options.max_pixels = 40'000;
    CHECK(desk.outcome(picture(200, 100, ".jpg")) == "image/jpeg");
    CHECK(desk.outcome(picture(200, 100, ".png")) == "image/png");
    CHECK(contains(desk.outcome(picture(200, 100, ".jpg[interlace]")), "too large"));
    CHECK(contains(desk.outcome(picture(200, 100, ".png[interlace]")), "too large"));
    CHECK(desk.outcome(picture(100, 90, ".png[interlace]")) == "image/png");
}

TEST_CASE("a broken picture is refused with words") {
    const Desk desk;
    const auto whole = picture(400, 300, ".jpg");
    CHECK(contains(desk.outcome(whole.substr(0, whole.size() / 2)), "damaged or incomplete"));
    const auto png = picture(400, 300, ".png");
    CHECK(contains(desk.outcome(png.substr(0, png.size() / 2)), "damaged or incomplete"));
    auto changed = png;
    changed[png.size() / 2] = char(changed[png.size() / 2] ^ 0x55);
    CHECK(contains(desk.outcome(changed), "damaged or incomplete"));
}

TEST_CASE("a picture that is also a script loses the script or is refused") {
    const Desk desk;
    const std::string script = "<script>alert(1)</script><?php system($_GET[0]); ?>";
    const auto taken = desk.take(picture(30, 30, ".png") + script);
    REQUIRE(taken);
    CHECK_FALSE(contains(desk.stored(taken->key), "script"));
    CHECK_FALSE(contains(desk.outcome("\x89PNG\r\n\x1A\n" + script), "image/"));
    CHECK_FALSE(contains(desk.outcome("GIF89a/*" + script), "image/"));
}

TEST_CASE("drawings with programs, web pages and programs are refused") {
    const Desk desk;
    CHECK(contains(desk.outcome("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"), "SVG"));
    CHECK(contains(desk.outcome("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "SVG"));
    CHECK(contains(desk.outcome("<!DOCTYPE html><html><body>x</body></html>"), "Web pages"));
    CHECK(contains(desk.outcome("\xEF\xBB\xBF  \n<b>Hallo</b> <script>alert(1)</script>"), "Web pages"));
    CHECK(contains(desk.outcome("#!/bin/sh\nrm -rf /\n"), "Programs"));
    CHECK(contains(desk.outcome("MZ" + std::string(200, '\0')), "This kind of file is not taken"));
}

TEST_CASE("a PDF begins and ends as one") {
    const Desk desk;
    CHECK(desk.outcome(pdf) == "application/pdf");
    CHECK_FALSE(contains(desk.outcome("<html><script>1</script></html>\n" + pdf), "application/pdf"));
    CHECK_FALSE(contains(desk.outcome("Hallo\n" + pdf), "application/pdf"));
    CHECK(contains(desk.outcome(pdf.substr(0, 40)), "incomplete"));
    CHECK(contains(desk.outcome(pdf + zip_of({{"a.txt", "x"}})), "pretends"));
}

TEST_CASE("office files are what their own list of parts says") {
    const Desk desk;
    CHECK(desk.outcome(docx()) == word);
    CHECK(desk.outcome(odt()) == "application/vnd.oasis.opendocument.text");
    const std::string spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    CHECK(desk.outcome(zip_of({{"[Content_Types].xml", content_types(spreadsheet + ".main+xml", "/xl/workbook.xml")},
                               {"xl/workbook.xml", "<x/>"}})) == spreadsheet);
    CHECK(desk.take(docx())->extension == ".docx");
}

TEST_CASE("a zip that only looks like an office file is refused") {
    const Desk desk;
    CHECK(contains(desk.outcome(zip_of({{"a.txt", "x"}})), "Archives"));
    CHECK(contains(desk.outcome(zip_of({{"word/document.xml", "x"}, {"evil.exe", "MZ"}})), "Archives"));
    CHECK(contains(desk.outcome(zip_of({{"[Content_Types].xml", content_types(word_main, "/word/document.xml")}})),
                   "damaged"));
    CHECK(contains(desk.outcome(zip_of({{"[Content_Types].xml", "no XML"}, {"word/document.xml", "x"}})), "damaged"));
    CHECK(contains(desk.outcome(docx({{"../../etc/cron.d/x", "x"}})), "damaged"));
    CHECK(contains(desk.outcome(docx().substr(0, 300)), "damaged"));
    CHECK(contains(desk.outcome(zip_of({{"mimetype", "application/epub+zip", true}})), "Archives"));
    const std::string doctype = "<!DOCTYPE Types [<!ENTITY a \"b\">]>";
    CHECK(contains(desk.outcome(zip_of({{"[Content_Types].xml", doctype + "<Types/>"}})), "damaged"));
}

TEST_CASE("documents with macros or a password are refused") {
    const Desk desk;
    CHECK(contains(desk.outcome(docx({{"word/vbaProject.bin", "x"}})), "macros"));
    CHECK(contains(desk.outcome(docx({}, "application/vnd.ms-word.document.macroEnabled.main+xml")), "macros"));
    CHECK(contains(desk.outcome(odt({{"Basic/Standard/Module1.xml", "x"}})), "macros"));
    CHECK(contains(desk.outcome("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2000, '\0')), "Old office formats"));
}

TEST_CASE("texts are taken as texts") {
    const Desk desk;
    CHECK(desk.outcome("Grüße aus Ulm.\n") == "text/plain");
    CHECK(desk.outcome("# Überschrift\n\n* eins\n* zwei\n") == "text/plain");
    CHECK(desk.outcome("{\"a\": [1, 2, {\"b\": null}]}") == "application/json");
    CHECK(desk.outcome("Name,Ort,Zahl\nAnna,Ulm,1\nBert,Bonn,2\nCarl,Celle,3\n") == "text/csv");
    CHECK(contains(desk.outcome(""), "empty"));
}

TEST_CASE("where only pictures are wanted nothing else is taken") {
    const Desk desk;
    const auto taken = desk.take(pdf, true);
    REQUIRE_FALSE(taken);
    CHECK(contains(std::string(taken.problems().of("attachment")->message.id), "no picture"));
}

TEST_CASE("too many bytes are refused with the limit") {
    Desk desk;
    desk.options.max_bytes = 2 * 1024 * 1024;
    const auto taken = desk.take(std::string(2 * 1024 * 1024 + 1, 'a'));
    REQUIRE_FALSE(taken);
    CHECK(taken.problems().of("attachment")->message.arguments.at(0).second == "2");
}

TEST_CASE("what was taken is gone from where it lay, what was refused still lies there") {
    const Desk desk;
    files::Store store(desk.options);
    for (const auto& good : {pdf, picture(9, 9, ".png")}) {
        const auto path = desk.lay(good);
        REQUIRE(store.take(path, "f"));
        CHECK_FALSE(fs::exists(path));
    }
    const auto bad = desk.lay("<html>");
    REQUIRE_FALSE(store.take(bad, "f"));
    CHECK(fs::exists(bad));
    CHECK(fs::is_empty(desk.options.folder + "/incoming"));
}

TEST_CASE("bytes of our own are taken as well, and leave nothing behind when they are not") {
    const Desk desk;
    files::Store store(desk.options);
    CHECK(store.take_bytes(pdf, "f")->type == "application/pdf");
    CHECK_FALSE(store.take_bytes("<html>", "f"));
    CHECK(fs::is_empty(desk.options.folder + "/incoming"));
}

TEST_CASE("a file keeps its bytes, and its key says nothing about it") {
    const Desk desk;
    const auto one = desk.take(pdf), two = desk.take(pdf);
    REQUIRE(one);
    REQUIRE(two);
    CHECK(one->key != two->key);
    CHECK(one->key.size() == 65);
    CHECK(one->sha256 == two->sha256);
    CHECK(desk.stored(one->key) == pdf);
    CHECK(one->size == pdf.size());
    struct stat status {};
    REQUIRE(::stat(files::Store(desk.options).path(one->key).c_str(), &status) == 0);
    CHECK((status.st_mode & 0133) == 0);
}

TEST_CASE("a key that is not ours leads nowhere") {
    const Desk desk;
    const files::Store store(desk.options);
    const std::string letters(62, 'a');
    for (const std::string& key : {std::string(), std::string("../../etc/passwd"), "aa/" + letters + "/../x",
                                   "AA/" + letters, "aa/" + letters + ".999", "aa/" + letters + std::string(1, '\0')})
        CHECK_THROWS_AS(store.path(key), BadRequest);
    CHECK(store.path("aa/" + letters) == desk.options.folder + "/aa/" + letters);
    CHECK_FALSE(store.exists("aa/" + letters));
}

#ifndef __SANITIZE_ADDRESS__  // which keeps freed memory on purpose
TEST_CASE("after pictures the process is small again") {
    const Desk desk;
    const auto anonymous = [] {
        std::ifstream in("/proc/self/status");
        for (std::string line; std::getline(in, line);)
            if (line.rfind("RssAnon:", 0) == 0) return std::stol(line.substr(8));
        return -1L;
    };
    const auto large = picture(4000, 3000, ".jpg");
    REQUIRE(desk.take(large));
    const long after_one = anonymous();
    for (int i = 0; i < 3; ++i) REQUIRE(desk.take(large));
    MESSAGE("anonymous memory after pictures: ", anonymous(), " kB");
    CHECK(anonymous() < 60 * 1024);
    CHECK(anonymous() < after_one + 16 * 1024);  // one picture is 36 MB
}
#endif
