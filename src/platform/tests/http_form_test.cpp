// Forms, uploads and compression, on requests that came over a socket and on ones made here.
#include "http_support.h"

#include <curl/curl.h>
#include <doctest/doctest.h>
#include <zlib.h>

#include "platform/base/error.h"
#include "platform/http/compress.h"

using namespace mitwirken;
using namespace mitwirken::http;
using namespace mitwirken::http::test;

namespace {

Request form_request(std::string body, std::string type = "multipart/form-data; boundary=XX") {
    Request request;
    request.method = Method::post;
    request.headers.set("Content-Type", type);
    request.body_size = body.size();
    request.body = std::move(body);
    return request;
}

Posted read(std::string body) {
    auto request = form_request(std::move(body));
    return read_form(request);
}

std::string part(const std::string& disposition, const std::string& content, const std::string& more = "") {
    return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n" + content + "\r\n";
}

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string every_byte() {
    std::string bytes = "\r\n--X\r\n--XXY\r\n-- \n\n\r";
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    return bytes + "\r\n--X";
}

}  // namespace

TEST_CASE("an urlencoded form is read, repeated names and umlauts included") {
    auto request = form_request("titel=Mehr+B%C3%A4ume&thema=a&thema=b&_charset_=UTF-8&leer=",
                                "application/x-www-form-urlencoded; charset=UTF-8");
    const auto posted = read_form(request);
    CHECK(posted.form["titel"] == "Mehr Bäume");
    CHECK(posted.form.all("thema") == std::vector<std::string>{"a", "b"});
    CHECK(posted.form.has("leer"));
    CHECK_FALSE(posted.form.has("_charset_"));
}

TEST_CASE("a multipart form gives clean fields and exact files") {
    auto request = form_request(
        "a preamble nobody reads\r\n" + part("name=\"titel\"", "Mehr B\xc3\xa4ume\r\nund \xff Wasser") +
        part("name=\"thema\"", "a") + part("name=thema", "b") + part("name=\"_charset_\"", "UTF-8") +
        part("name=\"gro\xc3\x9f %22x%22\"", "") +
        part("name=\"bild\"; filename=\"L\xc3\xa4rm %22Plan%22.png\"", every_byte(), "Content-Type: image/png\r\n") +
        part("name=\"leer\"; filename=\"leer.txt\"", "") + part("name=\"nichts\"; filename=\"\"", "") +
        "--XX--\r\nan epilogue");
    {
        const auto posted = read_form(request);
        CHECK(posted.form["titel"] == "Mehr Bäume\nund  Wasser");
        CHECK(posted.form.all("thema") == std::vector<std::string>{"a", "b"});
        CHECK_FALSE(posted.form.has("_charset_"));
        CHECK(posted.form.has("groß \"x\""));
        REQUIRE(posted.uploads.size() == 2);
        CHECK(posted.uploads[0].field == "bild");
        CHECK(posted.uploads[0].file_name == "Lärm \"Plan\".png");
        CHECK(posted.uploads[0].declared_type == "image/png");
        CHECK(posted.uploads[0].size == every_byte().size());
        CHECK(content_of(posted.uploads[0].path) == every_byte());
        CHECK(posted.uploads[1].size == 0);
        CHECK(std::filesystem::exists(posted.uploads[1].path));
        std::filesystem::rename(posted.uploads[1].path, posted.uploads[1].path + ".kept");
        request.temporary.reset();
        CHECK_FALSE(std::filesystem::exists(posted.uploads[0].path));
        CHECK(std::filesystem::remove(posted.uploads[1].path + ".kept"));
    }
}

TEST_CASE("a transfer encoding of a part is undone") {
    const auto posted = read(part("name=a", "R3LDvG4=", "Content-Transfer-Encoding: base64\r\n") +
                             part("name=b", "Gr=C3=BCn", "Content-Transfer-Encoding: quoted-printable\r\n") + "--XX--");
    CHECK(posted.form["a"] == "Grün");
    CHECK(posted.form["b"] == "Grün");
}

TEST_CASE("file names lose everything that could be a path, and keep their ending") {
    const auto name = [](const std::string& sent) {
        return read(part("name=a; filename=\"" + sent + "\"", "x") + "--XX--").uploads.at(0).file_name;
    };
    CHECK(name("../../etc/passwd") == "passwd");
    CHECK(name("C:\\\\Bilder\\\\plan.pdf") == "plan.pdf");
    CHECK(name("..") == "file");
    CHECK(name("a\x01"
               "b%0D%0A.txt") == "ab.txt");
    std::string umlauts;
    for (int i = 0; i < 200; ++i) umlauts += "ä";
    const auto shortened = name(umlauts + ".docx");
    CHECK(shortened.size() <= 200);
    CHECK(shortened.size() >= 198);
    CHECK(shortened.ends_with("ä.docx"));
    CHECK(is_utf8(shortened));
}

TEST_CASE("a broken multipart form is refused with words") {
    for (const auto& body :
         {std::string(), std::string("nothing"), part("name=a", "x"), part("name=a", "x") + "--XX",
          std::string("--XX--x"), std::string("--XX\r\nContent-Disposition: form-data; name=a\r\n--XX--"),
          std::string("--XX\r\n\r\nno header\r\n--XX--"), part("x=y", "no name") + "--XX--",
          std::string("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XX--"),
          "--XX\r\nA: " + std::string(20'000, 'x') + "\r\n\r\nx\r\n--XX--",
          part("name=a", "--YY\r\n\r\nx\r\n--YY--", "Content-Type: multipart/mixed; boundary=YY\r\n") + "--XX--",
          part("name=a", "From: x\r\n\r\ny", "Content-Type: message/rfc822\r\n") + "--XX--"}) {
        CAPTURE(body.substr(0, 200));
        auto request = form_request(body);
        try {
            read_form(request);
            CHECK_MESSAGE(false, "was read");
        } catch (const BadRequest& error) {
            CHECK_FALSE(error.reason().empty());
        }
    }
    CHECK_NOTHROW(read("--XX--"));
    for (const char* type :
         {"multipart/form-data", "multipart/form-data; boundary=", "text/plain", "application/json"}) {
        auto request = form_request(part("name=a", "x") + "--XX--", type);
        CHECK_THROWS_AS(read_form(request), BadRequest);
    }
}

TEST_CASE("too many fields, too many files and too long texts are refused, also when there are millions of parts") {
    std::string fields, files;
    for (int i = 0; i < 1000; ++i) fields += part("name=a", "x");
    for (int i = 0; i < 50; ++i) files += part("name=a; filename=b", "x");
    CHECK(read(fields + files + "--XX--").form.fields().size() == 1000);
    CHECK_THROWS_AS(read(fields + part("name=a", "x") + "--XX--"), TooLarge);
    CHECK_THROWS_AS(read(files + part("name=a; filename=b", "x") + "--XX--"), TooLarge);
    CHECK(read(part("name=a", std::string(1'000'000, 'x')) + "--XX--").form["a"].size() == 1'000'000);
    CHECK_THROWS_AS(read(part("name=a", std::string(1'100'000, 'x')) + "--XX--"), TooLarge);
    std::string many;
    while (many.size() < 30'000'000) many += part("name=a", "");
    const auto before = memory_in_use();
    CHECK_THROWS_AS(read(std::move(many) + "--XX--"), TooLarge);
    CHECK(memory_in_use() < before + 5'000'000);
    std::string query;
    for (int i = 0; i < 1001; ++i) query += "a=b&";
    auto request = form_request(query, "application/x-www-form-urlencoded");
    CHECK_THROWS_AS(read_form(request), TooLarge);
}

TEST_CASE("an upload of 20 MB goes over the disk, not through memory") {
    std::size_t most = 0;
    std::atomic<bool> right = false;
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        const auto posted = read_form(*request);
        right = posted.uploads.size() == 1 && posted.uploads[0].size == 20'000'000 &&
                std::filesystem::file_size(posted.uploads[0].path) == 20'000'000 && posted.form["nach"] == "danach";
        respond(Response::text(200, "ok"));
    });
    const std::string content(20'000'000, 'u');
    const auto body = part("name=datei; filename=a.bin", content) + part("name=nach", "danach") + "--XX--\r\n";
    auto client = running.client();
    const auto before = memory_in_use();
    std::atomic<bool> done = false;
    std::thread watch([&] {
        while (!done) most = std::max(most, memory_in_use()), std::this_thread::sleep_for(1ms);
    });
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=\"XX\"\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n");
    client.send(body);
    CHECK(client.receive().body == "ok");
    done = true;
    watch.join();
    CHECK(right);
    CHECK(most < before + 4'000'000);
    CHECK(soon([&] { return running.folder.files() == 0; }));
}

TEST_CASE("the best encoding that a client takes is chosen") {
    CHECK(negotiate("gzip, deflate, br, zstd") == Encoding::brotli);
    CHECK(negotiate("gzip, deflate") == Encoding::gzip);
    CHECK(negotiate("gzip;q=1.0, br;q=0.5") == Encoding::gzip);
    CHECK(negotiate("br;q=0, gzip;q=0.1") == Encoding::gzip);
    CHECK(negotiate("*") == Encoding::brotli);
    CHECK(negotiate("br;q=0, *;q=0.5") == Encoding::gzip);
    CHECK(negotiate("gzip;q=0") == Encoding::identity);
    CHECK(negotiate("gzip;level=9") == Encoding::identity);
    CHECK(negotiate("") == Encoding::identity);
}

TEST_CASE("a client of another make reads pages packed with gzip and brotli") {
    std::string page;
    for (int i = 0; i < 2000; ++i) page += "<li>Idee " + std::to_string(i * i) + "</li>\n";
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        const auto encoding = negotiate(request->headers["Accept-Encoding"]);
        auto response = Response::text(200, encoding == Encoding::brotli ? brotli(page, 5)
                                            : encoding == Encoding::gzip ? gzip(page, 6)
                                                                         : page);
        if (encoding != Encoding::identity) response.headers.set("Content-Encoding", to_string(encoding));
        respond(std::move(response));
    });
    for (const char* accepted : {"br", "gzip", "identity"}) {
        CAPTURE(accepted);
        std::string received;
        CURL* curl = ::curl_easy_init();
        ::curl_easy_setopt(curl, CURLOPT_URL, ("http://127.0.0.1:" + std::to_string(running.server.port())).c_str());
        ::curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, accepted);
        ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
        ::curl_easy_setopt(
            curl, CURLOPT_WRITEFUNCTION, +[](char* data, size_t, size_t size, std::string* text) {
                text->append(data, size);
                return size;
            });
        CHECK(::curl_easy_perform(curl) == CURLE_OK);
        curl_off_t over_the_wire = 0;
        ::curl_easy_getinfo(curl, CURLINFO_SIZE_DOWNLOAD_T, &over_the_wire);
        ::curl_easy_cleanup(curl);
        CHECK(received == page);
        const auto wire = static_cast<std::size_t>(over_the_wire);
        CHECK((wire < page.size() / 2) == (std::string_view(accepted) != "identity"));
    }
    CHECK(gzip("", 1).size() > 0);
    CHECK(brotli("", 5).size() > 0);
}
