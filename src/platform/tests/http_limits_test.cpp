// What the HTTP server refuses, and that the client really gets to read why.
#include "http_support.h"

#include <doctest/doctest.h>

#include <future>

using namespace mitwirken;
using namespace mitwirken::http;
using namespace mitwirken::http::test;

namespace {

int status_of(Running& running, const std::string& request) {
    auto client = running.client();
    const auto answer = client.ask(request);
    if (answer.status >= 400) {
        CHECK(answer.complete);
        CHECK(answer.headers.at("connection") == "close");
        CHECK(answer.body.find('\n') != answer.body.size() - 1);  // two sentences, German and English
        CHECK(client.at_end());
    }
    return answer.status;
}

int status_of_target(Running& running, const std::string& target) {
    return status_of(running, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
}

}  // namespace

TEST_CASE("paths that could mean another place are refused") {
    Running running(echo);
    for (const char* target :
         {"/%2e%2e/",  "/../etc/passwd", "/a/..",       "/a/%2E%2e%2fb",     "/./a",       "//",   "//evil.example/",
          "/a//b",     "/%00",           "/a%c0%afb",   "/%c0%ae%c0%ae/",    "/%ed%a0%80", "/%ff", "/%",
          "/%4",       "/%zz",           "/%5cevil",    "/\\evil",           "/a%0ab",     "/a#b", "relative",
          "ftp://a/b", "http://",        "http://a b/", "http://user@host/", "*"}) {
        CAPTURE(target);
        CHECK(status_of_target(running, target) == 400);
    }
    CHECK(status_of(running, std::string("GET /") + '\0' + " HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
    CHECK(status_of_target(running, "/%252e%252e/") == 200);  // decoded once, a strange but harmless name
    CHECK(status_of_target(running, "/a/...") == 200);
    CHECK(status_of_target(running, "/a/?x=//../%00") == 200);
}

TEST_CASE("hosts are checked") {
    Running running(echo);
    const auto with_host = [&](const std::string& host) {
        return status_of(running, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    };
    for (const char* host :
         {"", "a/b", "a b", "a@b", "a..b", ".a", "a:b", "a:123456", "[::1", "[x]", "m\xc3\xbcll.de", "a,b"}) {
        CAPTURE(host);
        CHECK(with_host(host) == 400);
    }
    for (const char* host : {"a", "A-b.de:80", "a.de.", "127.0.0.1:8080", "[::1]:80", "xn--mll-hoa.de"}) {
        CAPTURE(host);
        CHECK(with_host(host) == 200);
    }
    CHECK(status_of(running, "GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_of(running, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("requests that two servers could read differently are refused") {
    std::atomic<int> served = 0;
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        ++served;
        echo(request, respond);
    });
    const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n",
                      smuggled = "\r\n0\r\n\r\nGET /evil HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const char* fields : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                               "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                               "Content-Length: 5\r\nContent-Length: 5\r\n",
                               "Content-Length: 5\r\nContent-Length: 6\r\n",
                               "Content-Length: 5, 5\r\n",
                               "Content-Length: +5\r\n",
                               "Content-Length: -1\r\n",
                               "Content-Length: 0x5\r\n",
                               "Content-Length: 99999999999999999999999\r\n",
                               "Content-Length: \r\n",
                               "Content-Length : 5\r\n",
                               "Transfer-Encoding: gzip\r\n",
                               "Transfer-Encoding: gzip, chunked\r\n",
                               "Transfer-Encoding: xchunked\r\n",
                               "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                               "Transfer-Encoding: chunked, identity\r\n",
                               "Transfer-Encoding : chunked\r\n",
                               "Transfer-Encoding: \x0b"
                               "chunked\r\n",
                               " Host: b\r\n",
                               "No colon\r\n"}) {
        CAPTURE(fields);
        CHECK(status_of(running, post + fields + smuggled) == 400);
    }
    CHECK(status_of(running, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n" + smuggled) == 400);
    CHECK(served == 0);
}

TEST_CASE("what is not HTTP is refused at once") {
    Running running(echo);
    const auto start = std::chrono::steady_clock::now();
    for (const auto& bytes :
         {std::string("\x16\x03\x01\x02\x00\x01", 6), std::string("GET / HTTP/1.1\n\n"), std::string("GET /\r\n\r\n"),
          std::string("GET / HTTP/2.0\r\n\r\n"), std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
          std::string("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), std::string("{\"a\":1}"),
          std::string("GET / HTTP/1.1\r\nHost: a\r\nA\x01: b\r\n\r\n"),
          std::string("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n")}) {
        CAPTURE(bytes);
        CHECK(status_of(running, bytes) == 400);
    }
    CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("broken chunks are refused") {
    Running running(echo);
    const std::string post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const char* chunks : {"x\r\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-1\r\nabc\r\n0\r\n\r\n",
                               "fffffffffffffffff\r\nabc", "3\nabc\r\n0\r\n\r\n"}) {
        CAPTURE(chunks);
        CHECK(status_of(running, post + chunks) == 400);
    }
    CHECK(status_of(running, post + "3;" + std::string(200'000, 'x')) == 400);
    CHECK(status_of(running, post + "0\r\n" + std::string(200'000, 'x')) == 400);
    CHECK(status_of(running, post + "3;ext=\"1\"\r\nabc\r\n0\r\n\r\n") == 200);
}

TEST_CASE("a header of ten megabytes is answered with 431, an address without end with 414") {
    Running running(echo);
    CHECK(status_of(running, "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + std::string(10'000'000, 'x') + "\r\n\r\n") ==
          431);
    CHECK(status_of(running, "GET /" + std::string(10'000'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
    CHECK(status_of_target(running, "/" + std::string(9'000, 'x')) == 414);
    CHECK(status_of_target(running, "/" + std::string(8'000, 'x')) == 200);
    CHECK(status_of(running, "GET / HTTP/1.1\r\nHost: a\r\nA: " + std::string(30'000, 'x') + "\r\n\r\n") == 200);
}

TEST_CASE("a body of 100 MB is answered with 413 while it is still being sent, in bounded memory") {
    Running running(echo);
    const auto before = memory_in_use();
    std::size_t most = 0;
    const std::string piece(1'000'000, 'x');
    const auto send_all = [&](const std::string& head, bool chunked) {
        auto client = running.client();
        client.send(head);
        for (int i = 0; i < 100; ++i) {
            if (chunked) client.send("f4240\r\n");
            if (!client.send(piece)) break;
            if (chunked) client.send("\r\n");
            most = std::max(most, memory_in_use());
        }
        const auto answer = client.receive();
        CHECK(answer.body.find("64 MB") != std::string::npos);
        return answer.status;
    };
    CHECK(send_all("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n", false) == 413);
    CHECK(send_all("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", true) == 413);
    CHECK(most < before + 8'000'000);
    CHECK(running.folder.files() == 0);
}

TEST_CASE("a large body goes to a temporary file that vanishes with the request") {
    Limits limits;
    limits.memory_body = 1000;
    std::atomic<int> right = 0;
    std::shared_ptr<Request> kept;
    Running running(
        [&](std::shared_ptr<Request> request, Responder respond) {
            std::ifstream file(request->body_path, std::ios::binary);
            const std::string text((std::istreambuf_iterator<char>(file)), {});
            right += text == std::string(3'000'000, 'b') && request->body.empty() && request->body_size == 3'000'000;
            kept = std::move(request);
            respond(Response::text(200, ""));
        },
        limits);
    CHECK(running.client().post("/", "text/plain", std::string(3'000'000, 'b')).status == 200);
    CHECK(running.client()
              .ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2dc6c0\r\n" +
                   std::string(3'000'000, 'b') + "\r\n0\r\n\r\n")
              .status == 200);
    CHECK(right == 2);
    CHECK(running.folder.files() == 1);
    kept.reset();
    CHECK(running.folder.files() == 0);
}

TEST_CASE("who sends a header byte by byte is answered with 408 in the end") {
    Limits limits;
    limits.header_time = 1s;
    limits.idle_time = 1s;
    Running running(echo, limits);
    auto client = running.client();
    const auto start = std::chrono::steady_clock::now();
    client.send("GET / HTTP/1.1\r\nX-Slow: ");
    std::atomic<bool> done = false;
    std::thread drip([&] {
        while (!done && client.send("x")) std::this_thread::sleep_for(50ms);
    });
    const auto answer = client.receive();
    done = true;
    drip.join();
    CHECK(answer.status == 408);
    CHECK(std::chrono::steady_clock::now() - start < 5s);

    auto silent = running.client();  // said nothing, so there is nothing to answer
    CHECK(silent.at_end());
}

TEST_CASE("a body that does not come is answered with 408") {
    Limits limits;
    limits.body_time = 1s;
    Running running(echo, limits);
    auto client = running.client();
    const auto answer = client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    CHECK(answer.status == 408);
    CHECK(client.at_end());
}

TEST_CASE("who takes nothing of an answer is let go, who takes it slowly is served") {
    Limits limits;
    limits.answer_time = 1s;
    const auto large = std::make_shared<const std::string>(12'000'000, 'x');
    Running running(
        [&](std::shared_ptr<Request>, Responder respond) {
            Response response;
            response.shared_body = large;
            respond(std::move(response));
        },
        limits);
    auto stuck = running.client(4096);
    stuck.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(soon([&] { return running.server.figures().open_connections == 1; }));
    CHECK(soon([&] { return running.server.figures().open_connections == 0; }));

    auto slow = running.client(65536);
    slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    slow.until("\r\n\r\n");
    std::string body;
    for (int i = 0; i < 40; ++i) {
        REQUIRE(slow.exactly(300'000, body));
        std::this_thread::sleep_for(100ms);
    }
    CHECK(body == *large);
}

TEST_CASE("more connections than allowed are told so, and there is room again afterwards") {
    Limits limits;
    limits.connections = 5;
    Running running(echo, limits);
    std::vector<Client> clients;
    for (int i = 0; i < 5; ++i) {
        clients.push_back(running.client());
        CHECK(clients.back().get("/").status == 200);
    }
    const auto answer = running.get("/");
    CHECK(answer.status == 503);
    CHECK(answer.headers.at("retry-after") == "5");
    CHECK(running.server.figures().refused == 1);
    clients.clear();
    CHECK(soon([&] { return running.get("/").status == 200; }));
}

TEST_CASE("a client that leaves in the middle leaves nothing behind") {
    Limits limits;
    limits.memory_body = 10;
    Running running(echo, limits);
    for (int i = 0; i < 50; ++i) {
        running.client().send("GET / HT");
        running.client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabcdefghijklmnop");
        running.client().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    CHECK(soon([&] { return running.server.figures().open_connections == 0; }));
    CHECK(running.folder.files() == 0);
    CHECK(running.get("/").status == 200);
}

TEST_CASE("an address that is taken stops the start with its name") {
    Running running(echo);
    ServerOptions options;
    options.port = running.server.port();
    CHECK_THROWS_WITH_AS(Server(options, echo), doctest::Contains(std::to_string(options.port).c_str()),
                         std::runtime_error);
}
