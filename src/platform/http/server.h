// The HTTP/1.1 server on Boost.Beast: bytes to Request, Response to bytes. One event loop moves bytes; the handler is
// called on it and must return at once (it hands the work to workers and answers through the Responder).
// Every limit is answered in plain words with its status: 400 malformed, 408 too slow, 413 body, 431 header, 503 when
// there are too many connections. stop() lets running requests finish, for at most `grace`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/http/message.h"

namespace mitwirken::http {

struct Limits {
    std::size_t header_bytes = 32 * 1024;
    std::uint64_t body_bytes = 64ull * 1024 * 1024;
    std::size_t memory_body = 256 * 1024;  // larger bodies go to a temporary file while they arrive
    std::size_t connections = 20000;
    std::chrono::seconds header_time{15};   // from the first byte to the end of the header
    std::chrono::seconds idle_time{75};     // keep-alive between requests
    std::chrono::seconds body_time{120};    // for the whole body, plus one second per 64 KiB
    std::chrono::seconds answer_time{60};   // writing without progress
    std::chrono::seconds grace{20};
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one, see port()
    std::string temporary_folder;
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-* is believed
    Limits limits;
};

class EventHub;

class Server {
public:
    using Handler = std::function<void(std::shared_ptr<Request>, Responder)>;
    Server(const ServerOptions& options, Handler handler, EventHub* hub = nullptr);
    ~Server();

    std::uint16_t port() const;
    void run();   // until stop(); the calling thread becomes the event loop
    void stop();  // from any thread or a signal handler's thread

    struct Figures {
        std::uint64_t connections = 0, requests = 0, bytes_out = 0, refused = 0;
        std::uint64_t open_connections = 0, open_streams = 0;
    };
    Figures figures() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace mitwirken::http
