// Server-sent events over real sockets.
#include "http_support.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

using namespace mitwirken;
using namespace mitwirken::http;
using namespace mitwirken::http::test;

namespace {

void stream(std::shared_ptr<Request> request, Responder respond) {
    Response response;
    response.event_stream = request->path;
    respond(std::move(response));
}

Client open_stream(Running& running, const std::string& channel) {
    auto client = running.client();
    client.send("GET " + channel + " HTTP/1.1\r\nHost: a\r\n\r\n");
    return client;
}

}  // namespace

TEST_CASE("a listener gets the state at once and then every change, several lines as one event") {
    EventHub hub;
    hub.publish("/live", "<p>eins</p>\r\n<p>zwei</p>");
    CHECK(hub.current("/live") == "<p>eins</p>\r\n<p>zwei</p>");
    Running running(stream, {}, &hub);
    auto client = open_stream(running, "/live");
    const auto head = lower_ascii(client.until("\r\n\r\n"));
    CHECK(head.starts_with("http/1.1 200"));
    CHECK(head.find("content-type: text/event-stream") != std::string::npos);
    CHECK(head.find("x-accel-buffering: no") != std::string::npos);
    CHECK(head.find("content-length") == std::string::npos);
    CHECK(client.until("\n\n") == "retry: 2000\n\n");
    CHECK(client.until("\n\n") == "event: part\ndata: <p>eins</p>\ndata: <p>zwei</p>\n\n");
    CHECK(soon([&] { return hub.listeners("/live") == 1; }));
    hub.publish("/live", "drei");
    CHECK(client.until("\n\n") == "event: part\ndata: drei\n\n");
    CHECK(running.server.figures().open_streams == 1);

    auto early = open_stream(running, "/nothing-yet");
    CHECK(early.until("\n\n") != "");
    CHECK(soon([&] { return hub.listeners("/nothing-yet") == 1; }));
    hub.publish("/nothing-yet", "da");
    CHECK(early.until("da\n\n") != "");
}

TEST_CASE("of many quick changes the first goes out at once, the others at most twice a second, the last for sure") {
    EventHub hub;
    Running running(stream, {}, &hub);
    auto client = open_stream(running, "/c");
    client.until("retry: 2000\n\n");
    CHECK(soon([&] { return hub.listeners("/c") == 1; }));
    const auto start = std::chrono::steady_clock::now();
    hub.publish("/c", "0");
    CHECK(client.until("\n\n") == "event: part\ndata: 0\n\n");
    CHECK(std::chrono::steady_clock::now() - start < 200ms);
    for (int i = 1; i <= 120; ++i) {
        hub.publish("/c", std::to_string(i));
        std::this_thread::sleep_for(10ms);
    }
    int events = 0;
    std::string event;
    do event = client.until("\n\n"), ++events;
    while (event != "event: part\ndata: 120\n\n" && !event.empty());
    CHECK(event == "event: part\ndata: 120\n\n");
    CHECK(events >= 2);
    CHECK(events <= 5);
}

TEST_CASE("a thousand listeners hear of a change quickly and cost little") {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    REQUIRE(files.rlim_cur > 2100);
    constexpr std::size_t count = 1000;
    EventHub hub;
    Running running(stream, {}, &hub);
    const auto before = memory_in_use();
    std::vector<Client> clients;
    for (std::size_t i = 0; i < count; ++i) clients.push_back(open_stream(running, "/all"));
    CHECK(soon([&] { return hub.listeners("/all") == count; }));
    CHECK((memory_in_use() - before) / count < 8'000);
    for (auto& client : clients) CHECK(client.until("retry: 2000\n\n") != "");
    const std::string page(2'000, 'p');
    const auto start = std::chrono::steady_clock::now();
    hub.publish("/all", page);
    std::size_t heard = 0;
    for (auto& client : clients) heard += client.until("\n\n").size() > page.size();
    CHECK(heard == count);
    CHECK(std::chrono::steady_clock::now() - start < 500ms);
    clients.clear();
    CHECK(soon([&] { return hub.listeners("/all") == 0; }));
    CHECK(running.server.figures().open_streams == 0);
}

TEST_CASE("a listener that cannot keep up gets the newest state, not a queue") {
    EventHub hub;
    Running running(stream, {}, &hub);
    auto client = running.client(4096);
    client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    client.until("retry: 2000\n\n");
    CHECK(soon([&] { return hub.listeners("/big") == 1; }));
    for (int i = 0; i < 6; ++i) {
        hub.publish("/big", std::string(8'000'000, static_cast<char>('a' + i)));
        std::this_thread::sleep_for(550ms);
    }
    CHECK(client.until("\n\n").ends_with("aa\n\n"));
    CHECK(client.until("\n\n").ends_with("ff\n\n"));
}

TEST_CASE("stopping says when to come back and ends the stream") {
    EventHub hub;
    Running running(stream, {}, &hub);
    auto client = open_stream(running, "/s");
    client.until("retry: 2000\n\n");
    CHECK(soon([&] { return hub.listeners("/s") == 1; }));
    running.server.stop();
    CHECK(client.until("\n\n").starts_with("retry: "));
    CHECK(client.at_end());
    running.stop();
    CHECK(hub.listeners("/s") == 0);
    hub.publish("/s", "nobody is there");
}

TEST_CASE("a quiet stream is kept alive by comments") {
    EventHub hub;
    Running running(stream, {}, &hub);
    auto client = open_stream(running, "/quiet");
    client.until("retry: 2000\n\n");
    client.wait(25s);
    CHECK(client.until("\n\n") == ":\n\n");
}
