// For the tests of platform/http: a server on a free port in its own thread, and a small client that speaks HTTP over a
// plain socket, so that tests can also say what no library would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>

#include "platform/base/text.h"
#include "platform/http/events.h"
#include "platform/http/server.h"

namespace mitwirken::http::test {

using namespace std::chrono_literals;

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "mitwirken-http-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
    }
    std::string path;
};

struct Answer {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
    bool complete = false;
};

class Client {
public:
    explicit Client(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        wait(15s);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~Client() {
        if (socket_ >= 0) ::close(socket_);
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), rest_(std::move(other.rest_)) {}

    void wait(std::chrono::milliseconds time) {
        const timeval limit{time.count() / 1000, time.count() % 1000 * 1000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    }
    // False: the other side does not take it.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    void end_of_sending() { ::shutdown(socket_, SHUT_WR); }
    // More bytes into the buffer; false at the end, after a reset, or when nothing came in time.
    bool fill() {
        char room[65536];
        const auto count = ::recv(socket_, room, sizeof room, 0);
        if (count > 0) rest_.append(room, static_cast<std::size_t>(count));
        return count > 0;
    }
    bool at_end() {
        char one;
        return rest_.empty() && ::recv(socket_, &one, 1, 0) == 0;
    }
    // Everything up to and with the mark; "" when it does not come.
    std::string until(std::string_view mark) {
        std::size_t at = 0, searched = 0;
        while ((at = rest_.find(mark, searched)) == std::string::npos) {
            searched = rest_.size() - std::min(rest_.size(), mark.size() - 1);
            if (!fill()) return {};
        }
        std::string text = rest_.substr(0, at + mark.size());
        rest_.erase(0, at + mark.size());
        return text;
    }
    bool exactly(std::size_t size, std::string& text) {
        while (rest_.size() < size)
            if (!fill()) return false;
        text.append(rest_, 0, size);
        rest_.erase(0, size);
        return true;
    }
    Answer receive(bool head = false) {
        Answer answer;
        const auto lines = split(until("\r\n\r\n"), '\n');
        if (lines.size() < 2 || lines[0].size() < 12) return answer;
        answer.status = std::atoi(lines[0].c_str() + 9);
        for (std::size_t i = 1; i < lines.size(); ++i)
            if (const auto colon = lines[i].find(':'); colon != std::string::npos)
                answer.headers[lower_ascii(lines[i].substr(0, colon))] = trimmed(lines[i].substr(colon + 1));
        if (head || answer.status == 204 || answer.status == 304 || answer.status < 200) {
            answer.complete = true;
        } else if (answer.headers["transfer-encoding"] == "chunked") {
            receive_chunks(answer);
        } else if (answer.headers.contains("content-length")) {
            answer.complete = exactly(std::stoul(answer.headers["content-length"]), answer.body);
        } else {
            while (fill()) {
            }
            answer.body.swap(rest_);
            answer.complete = true;
        }
        return answer;
    }
    Answer ask(std::string_view request) {
        send(request);
        return receive(request.starts_with("HEAD "));
    }
    Answer get(const std::string& target, const std::string& fields = "") {
        return ask("GET " + target + " HTTP/1.1\r\nHost: example.de\r\n" + fields + "\r\n");
    }
    Answer post(const std::string& target, const std::string& type, const std::string& body) {
        return ask("POST " + target + " HTTP/1.1\r\nHost: example.de\r\nContent-Type: " + type +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

private:
    void receive_chunks(Answer& answer) {
        for (;;) {
            const auto line = until("\r\n");
            const auto size = std::strtoul(line.c_str(), nullptr, 16);
            if (line.empty() || !exactly(size, answer.body) || until("\r\n") != "\r\n") return;
            if (size == 0) break;
        }
        answer.complete = true;
    }

    int socket_;
    std::string rest_;
};

// A server with its loop in a thread; stopped and joined at the end.
class Running {
public:
    explicit Running(Server::Handler handler, Limits limits = {}, EventHub* hub = nullptr, Fast fast = {},
                     std::vector<std::string> proxies = {})
        : server(options(limits, std::move(proxies)), std::move(handler), hub, std::move(fast)),
          thread_([this] { server.run(); }) {}
    ~Running() { stop(); }
    void stop() {
        server.stop();
        if (thread_.joinable()) thread_.join();
    }
    Client client(int receive_buffer = 0) { return Client(server.port(), receive_buffer); }
    Answer get(const std::string& target, const std::string& fields = "") { return client().get(target, fields); }

    Folder folder;
    Server server;

private:
    ServerOptions options(const Limits& limits, std::vector<std::string> proxies) {
        ServerOptions made;
        made.port = 0;
        made.temporary_folder = folder.path;
        made.trusted_proxies = std::move(proxies);
        made.limits = limits;
        return made;
    }
    std::thread thread_;
};

// Says what arrived.
inline void echo(std::shared_ptr<Request> request, Responder respond) {
    respond(Response::text(200, std::string(to_string(request->method)) + " " + request->path + "?" + request->query +
                                    " " + request->host + " " + request->body));
}

// Memory of this process that is not a file, in bytes; 0 under sanitizers, whose own memory would be counted.
inline std::size_t memory_in_use() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#endif
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssAnon:")) return std::stoul(line.substr(8)) * 1024;
    return 0;
}

template <class Condition>
bool soon(Condition condition, std::chrono::milliseconds limit = 5s) {
    for (const auto end = std::chrono::steady_clock::now() + limit; std::chrono::steady_clock::now() < end;) {
        if (condition()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return condition();
}

}  // namespace mitwirken::http::test
