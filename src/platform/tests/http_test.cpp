// The HTTP server over real sockets: what it understands and how it answers.
#include "http_support.h"

#include <doctest/doctest.h>

#include <future>

#include "platform/http/target.h"

using namespace mitwirken;
using namespace mitwirken::http;
using namespace mitwirken::http::test;

TEST_CASE("a request arrives with method, path, query and host, and is answered with date and length") {
    Running running(echo);
    const auto answer = running.get("/verfahren/l%C3%A4rm%20plan?thema=verkehr&a=%20");
    CHECK(answer.status == 200);
    CHECK(answer.body == "GET /verfahren/lärm plan?thema=verkehr&a=%20 example.de ");
    CHECK(answer.headers.at("content-length") == std::to_string(answer.body.size()));
    CHECK(answer.headers.at("date").ends_with(" GMT"));
    CHECK_FALSE(answer.headers.contains("server"));
}

TEST_CASE("one connection serves many requests, also after bodies") {
    Running running(echo);
    auto client = running.client();
    for (int i = 0; i < 20; ++i) {
        CHECK(client.get("/" + std::to_string(i)).body == "GET /" + std::to_string(i) + "? example.de ");
        CHECK(client.post("/p", "text/plain", "body " + std::to_string(i)).body ==
              "POST /p? example.de body " + std::to_string(i));
    }
    CHECK(running.server.figures().connections == 1);
    CHECK(running.server.figures().requests == 40);
}

TEST_CASE("pipelined requests are answered in order even when later ones are ready first") {
    std::vector<std::thread> threads;
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        threads.emplace_back([request, respond] {
            if (request->path == "/slow") std::this_thread::sleep_for(100ms);
            respond(Response::text(200, request->path));
        });
    });
    auto client = running.client();
    std::string all;
    for (const auto* path : {"/slow", "/2", "/slow", "/4"})
        all += std::string("GET ") + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(all);
    for (const auto* path : {"/slow", "/2", "/slow", "/4"}) CHECK(client.receive().body == path);
    running.stop();
    for (auto& thread : threads) thread.join();
}

TEST_CASE("a request that arrives byte by byte is understood") {
    Running running(echo);
    auto client = running.client();
    const std::string request =
        "POST /langsam HTTP/1.1\r\nHost: a.de\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n1;x=y\r\nd\r\n0\r\nTrailer: x\r\n\r\nGET /danach HTTP/1.1\r\nHost: a.de\r\n\r\n";
    for (const char c : request) {
        client.send({&c, 1});
        std::this_thread::sleep_for(1ms);
    }
    CHECK(client.receive().body == "POST /langsam? a.de abcd");
    CHECK(client.receive().body == "GET /danach? a.de ");
}

TEST_CASE("HEAD has the headers of GET and no body") {
    Running running(echo);
    auto client = running.client();
    const auto answer = client.ask("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(answer.status == 200);
    CHECK(answer.headers.at("content-length") == std::to_string(std::string("HEAD /a? a ").size()));
    CHECK(client.get("/b").body == "GET /b? example.de ");
}

TEST_CASE("HTTP/1.0 closes unless asked to stay, and Connection: close closes") {
    Running running(echo);
    auto old = running.client();
    CHECK(old.ask("GET / HTTP/1.0\r\n\r\n").body == "GET /?  ");
    CHECK(old.at_end());
    auto staying = running.client();
    for (int i = 0; i < 2; ++i) {
        const auto answer = staying.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CHECK(answer.headers.at("connection") == "keep-alive");
        CHECK(answer.body == "GET /?  ");
    }
    auto closing = running.client();
    CHECK(closing.get("/", "Connection: close\r\n").headers.at("connection") == "close");
    CHECK(closing.at_end());
}

TEST_CASE("a client that asks first is told to go on before its body is read") {
    Running running(echo);
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    CHECK(client.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    CHECK(client.receive().body == "POST /? a abc");
    CHECK(running.get("/", "Expect: wonders\r\n").status == 417);
}

TEST_CASE("absolute targets bring their own host, and OPTIONS * lists the methods") {
    Running running(echo);
    CHECK(running.get("http://Andere.DE:8080/weg?x=1").body == "GET /weg?x=1 andere.de ");
    CHECK(running.get("http://andere.de").body == "GET /? andere.de ");
    // Links in mails and feeds are made from the field: it must not say another host than the one that was asked for.
    Running field([](std::shared_ptr<Request> r, Responder respond) {
        respond(Response::text(200, r->host + " " + std::string(r->headers["Host"])));
    });
    CHECK(field.client().ask("GET http://Andere.DE:8080/ HTTP/1.1\r\nHost: boese.example\r\n\r\n").body ==
          "andere.de Andere.DE:8080");
    const auto answer = running.client().ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(answer.status == 204);
    CHECK(answer.headers.at("allow").find("POST") != std::string::npos);
    CHECK_FALSE(answer.headers.contains("content-length"));
}

TEST_CASE("a responder that is dropped answers 500, one that is used twice answers once") {
    Running running([](std::shared_ptr<Request> request, Responder respond) {
        if (request->path == "/throw") throw std::runtime_error("on purpose");
        if (request->path == "/drop") return;
        respond(Response::text(200, "one"));
        respond(Response::text(200, "two"));
    });
    auto client = running.client();
    CHECK(client.get("/drop").status == 500);
    CHECK(client.get("/throw").status == 500);
    CHECK(client.get("/").body == "one");
    CHECK(client.get("/").body == "one");
}

TEST_CASE("answers come from any thread, with bodies of every kind") {
    static const std::string fixed(300'000, 's');
    const auto shared = std::make_shared<const std::string>(5'000'000, 'x');
    std::vector<std::thread> threads;
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        threads.emplace_back([&, request, respond] {
            Response response;
            if (request->path == "/shared") response.shared_body = shared;
            if (request->path == "/static") response.static_body = fixed;
            if (request->path == "/own") response.body = *shared;
            respond(std::move(response));
        });
    });
    auto client = running.client();
    CHECK(client.get("/shared").body == *shared);
    CHECK(client.get("/static").body == fixed);
    CHECK(client.get("/own").body == *shared);
    CHECK(client.get("/empty").headers.at("content-length") == "0");
    running.stop();
    for (auto& thread : threads) thread.join();
}

TEST_CASE("a body without a length is sent in chunks, and not made faster than it is taken") {
    std::atomic<int> made = 0;
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        Response response;
        made = 0;
        response.producer = [&made, path = request->path](std::string& out) {
            if (path == "/broken" && made > 1000) throw std::runtime_error("on purpose");
            if (path == "/broken_at_once") throw std::runtime_error("on purpose");
            out.append(1000, static_cast<char>('a' + made % 26));
            return ++made < 20'000;
        };
        respond(std::move(response));
    });
    auto client = running.client();
    auto answer = client.get("/");
    CHECK(answer.complete);
    CHECK(answer.body.size() == 20'000'000);
    CHECK(answer.body[25'999] == 'z');
    CHECK_FALSE(answer.headers.contains("content-length"));
    CHECK_FALSE(client.get("/broken").complete);
    CHECK(running.get("/broken_at_once").status == 500);
    CHECK(running.client().ask("GET / HTTP/1.0\r\n\r\n").body.size() == 20'000'000);
    const auto head = running.client().ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(head.headers.at("transfer-encoding") == "chunked");

    auto slow = running.client(4096);
    slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(300ms);
    CHECK(made < 15'000);  // sockets take some megabytes
    CHECK(slow.receive().complete);
}

TEST_CASE("files are sent whole, in part, or not again") {
    Folder folder;
    const std::string path = folder.path + "/file.bin";
    std::string content(3'000'000, ' ');
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 7 % 251);
    std::ofstream(path, std::ios::binary) << content;
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        Response response;
        response.file = request->path == "/missing" ? folder.path + "/none" : path;
        response.headers.set("ETag", "\"v1\"");
        respond(std::move(response));
    });
    auto client = running.client();
    auto whole = client.get("/");
    CHECK(whole.body == content);
    CHECK(whole.headers.at("accept-ranges") == "bytes");
    const auto part = [&](const std::string& range, const std::string& more = "") {
        return client.get("/", "Range: " + range + "\r\n" + more);
    };
    auto some = part("bytes=1000-1999999");
    CHECK(some.status == 206);
    CHECK(some.body == content.substr(1000, 1'999'000));
    CHECK(some.headers.at("content-range") == "bytes 1000-1999999/3000000");
    CHECK(part("bytes=2999990-").body == content.substr(2'999'990));
    CHECK(part("bytes=-5").body == content.substr(2'999'995));
    CHECK(part("bytes=2999999-9999999999999999999999").body.size() == 1);
    CHECK(part("bytes=0-1,5-6").status == 200);
    CHECK(part("bytes=5-1").status == 200);
    auto none = part("bytes=3000000-");
    CHECK(none.status == 416);
    CHECK(none.headers.at("content-range") == "bytes */3000000");
    CHECK(part("bytes=0-9", "If-Range: \"v1\"\r\n").status == 206);
    CHECK(part("bytes=0-9", "If-Range: \"v0\"\r\n").status == 200);
    CHECK(client.get("/", "If-None-Match: W/\"v0\", W/\"v1\"\r\n").status == 304);
    CHECK(client.get("/", "If-Modified-Since: " + whole.headers.at("last-modified") + "\r\n").status == 304);
    const auto head = client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(head.headers.at("content-length") == "3000000");
    CHECK(client.get("/missing").status == 404);
}

TEST_CASE("the page cache answers without a handler, with 304 when the client knows the page") {
    Response page = Response::html(200, std::string(2'000'000, 'p'));
    page.headers.set("ETag", "\"7\"");
    page.headers.set("Cache-Control", "no-cache");
    const auto ready = make_ready(std::move(page));
    Running running(echo, {}, nullptr, [&](const Request& request) -> std::shared_ptr<const Ready> {
        return request.path == "/cached" && request.host == "example.de" ? ready : nullptr;
    });
    auto client = running.client();
    for (int i = 0; i < 3; ++i) {
        auto answer = client.get("/cached");
        CHECK(answer.body == ready->body);
        CHECK(answer.headers.at("content-type") == "text/html; charset=utf-8");
        CHECK(answer.headers.contains("date"));
        auto known = client.get("/cached", "If-None-Match: \"7\"\r\n");
        CHECK(known.status == 304);
        CHECK(known.headers.at("etag") == "\"7\"");
        CHECK(client.get("/other").body == "GET /other? example.de ");
        CHECK(client.ask("HEAD /cached HTTP/1.1\r\nHost: example.de\r\n\r\n").headers.at("content-length") ==
              "2000000");
        CHECK(client.post("/cached", "text/plain", "x").body == "POST /cached? example.de x");
    }
    std::string many;
    for (int i = 0; i < 100; ++i) many += "GET /cached HTTP/1.1\r\nHost: example.de\r\n\r\n";
    std::thread sender([&] { client.send(many); });
    for (int i = 0; i < 100; ++i) CHECK(client.receive().body.size() == 2'000'000);
    sender.join();
}

TEST_CASE("a header that would break out of its line is left out") {
    Running running([](std::shared_ptr<Request>, Responder respond) {
        auto response = Response::redirect("/a\r\nSet-Cookie: evil=1");
        response.headers.add("X-Good", "yes");
        response.headers.add("Content-Length", "999");
        respond(std::move(response));
    });
    const auto answer = running.get("/");
    CHECK(answer.status == 303);
    CHECK_FALSE(answer.headers.contains("location"));
    CHECK_FALSE(answer.headers.contains("set-cookie"));
    CHECK(answer.headers.at("x-good") == "yes");
    CHECK(answer.headers.at("content-length") == "0");
}

TEST_CASE("forwarded addresses are believed only from trusted proxies") {
    const auto say = [](std::shared_ptr<Request> r, Responder respond) {
        respond(Response::text(200, r->remote + " " + r->scheme + " " + r->host));
    };
    const std::string fields =
        "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n"
        "X-Forwarded-Host: Stadt.example\r\n";
    Running open(say);
    CHECK(open.get("/", fields).body == "127.0.0.1 http example.de");
    Running behind(say, {}, nullptr, {}, {"127.0.0.0/8", "10.0.0.0/8"});
    CHECK(behind.get("/", fields).body == "203.0.113.9 https stadt.example");
    CHECK(behind.get("/", "X-Forwarded-For: nonsense\r\n").body == "127.0.0.1 http example.de");
    Running field(
        [](std::shared_ptr<Request> r, Responder respond) {
            respond(Response::text(200, r->host + " " + std::string(r->headers["Host"])));
        },
        {}, nullptr, {}, {"127.0.0.1"});
    CHECK(field.get("/", fields).body == "stadt.example Stadt.example");
    CHECK_THROWS(Running(say, {}, nullptr, {}, {"not an address"}));
}

TEST_CASE("a limit per address counts a network of IPv6 as one, as its holder does") {
    CHECK(network_of("192.0.2.7") == "192.0.2.7");
    CHECK(network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2:bbbb::9"));
    CHECK(network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1"));
    CHECK(network_of("nonsense") == "nonsense");
}

TEST_CASE("two hundred connections are served at once") {
    Running running(echo);
    std::vector<std::future<int>> workers;
    for (int worker = 0; worker < 4; ++worker)
        workers.push_back(std::async(std::launch::async, [&running, worker] {
            std::vector<Client> clients;
            for (int i = 0; i < 50; ++i) clients.push_back(running.client());
            int right = 0;
            for (int round = 0; round < 5; ++round) {
                const auto path = "/" + std::to_string(worker) + "/" + std::to_string(round);
                for (auto& client : clients) client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                for (auto& client : clients) right += client.receive().body == "GET " + path + "? a ";
            }
            return right;
        }));
    for (auto& worker : workers) CHECK(worker.get() == 250);
    CHECK(soon([&] { return running.server.figures().open_connections == 0; }));
}

TEST_CASE("stopping lets a running request finish and closes idle connections") {
    std::promise<Responder> waiting;
    Running running([&](std::shared_ptr<Request> request, Responder respond) {
        if (request->path == "/wait")
            waiting.set_value(respond);
        else
            echo(request, respond);
    });
    auto idle = running.client();
    CHECK(idle.get("/").status == 200);
    auto busy = running.client();
    busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    const Responder respond = waiting.get_future().get();
    running.server.stop();
    CHECK(idle.at_end());
    CHECK(soon([&] {
        try {
            running.client();
            return false;
        } catch (const std::runtime_error&) {
            return true;
        }
    }));
    respond(Response::text(200, "finished"));
    const auto answer = busy.receive();
    CHECK(answer.body == "finished");
    CHECK(answer.headers.at("connection") == "close");
}

TEST_CASE("stopping waits no longer than its grace, and late answers do no harm") {
    Limits limits;
    limits.grace = 1s;
    Responder kept;
    std::atomic<bool> asked = false;
    {
        Running running([&](std::shared_ptr<Request>, Responder respond) { kept = respond, asked = true; }, limits);
        auto client = running.client();
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK(soon([&] { return asked.load(); }));
        const auto start = std::chrono::steady_clock::now();
        running.stop();
        CHECK(std::chrono::steady_clock::now() - start < 4s);
        CHECK(client.at_end());
    }
    kept(Response::text(200, "too late"));
}
