// A real server on this machine for tests: a listening socket, one thread per connection, answers by a function.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace mitwirken::tests {

inline std::string answer(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

class LocalServer {
public:
    using Handler = std::function<std::string(const std::string& request)>;

    explicit LocalServer(Handler handler) : handler_(std::move(handler)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), length) == 0);
        REQUIRE(::listen(socket_, 64) == 0);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
        port_ = ntohs(address.sin_port);
        listener_ = std::thread([this] { listen(); });
    }
    ~LocalServer() {
        stop();
        for (auto& thread : threads_) thread.join();
    }
    void stop() {
        if (!listener_.joinable()) return;
        ::shutdown(socket_, SHUT_RDWR);
        listener_.join();
        ::close(socket_);
    }
    std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
    int port() const { return port_; }
    int requests() const { return requests_; }
    std::string last() const { return last_; }  // only after get() has come back

private:
    void listen() {
        for (;;) {
            const int client = ::accept(socket_, nullptr, nullptr);
            if (client < 0) return;
            threads_.emplace_back([this, client] { serve(client); });
        }
    }
    void serve(int client) {
        std::string request;
        char buffer[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const ssize_t got = ::recv(client, buffer, sizeof buffer, 0);
            if (got <= 0) break;
            request.append(buffer, static_cast<std::size_t>(got));
        }
        ++requests_;
        if (requests_ == 1) last_ = request;
        const std::string reply = handler_(request);
        for (std::size_t sent = 0; sent < reply.size();) {
            const ssize_t part = ::send(client, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
            if (part <= 0) break;
            sent += static_cast<std::size_t>(part);
        }
        ::close(client);
    }

    Handler handler_;
    int socket_, port_ = 0;
    std::atomic<int> requests_ = 0;
    std::string last_;
    std::thread listener_;
    std::vector<std::thread> threads_;
};

}  // namespace mitwirken::tests
