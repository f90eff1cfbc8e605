// The HTTP/1.1 server on Boost.Beast: bytes to Request, Response to bytes. One event loop moves bytes; the handler is
// called on it and must return at once (it hands the work to workers and answers through the Responder).
// Every limit is answered in plain words with its status: 400 malformed, 408 too slow, 413 body, 414 address, 431
// header, 503 when there are too many connections. stop() lets running requests finish, for at most `grace`.
// A request whose Responder is destroyed without a call is answered with 500.
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
    std::size_t target_bytes = 8 * 1024;
    std::uint64_t body_bytes = 64ull * 1024 * 1024;
    std::size_t memory_body = 256 * 1024;  // larger bodies go to a temporary file while they arrive
    std::size_t connections = 20000;
    std::chrono::seconds header_time{15};  // from the first byte to the end of the header
    std::chrono::seconds idle_time{75};    // keep-alive between requests
    std::chrono::seconds body_time{120};   // for the whole body, plus one second per 64 KiB
    std::chrono::seconds answer_time{60};  // writing without progress
    std::chrono::seconds grace{20};
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one, see port()
    std::string temporary_folder;
    std::vector<std::string> trusted_proxies;  // "127.0.0.1", "10.0.0.0/8": their X-Forwarded-* is believed
    Limits limits;
};

class EventHub;
class Loop;  // the inside, see loop.h

// A response that is ready to be written with one call: what the page cache holds. `head` is the status line and the
// fields, without Date, Connection and the empty line; the body is shared and never copied.
struct Ready {
    std::string head, head_not_modified;  // the second is "" when there is no ETag
    std::string etag;
    std::string_view body;
    std::shared_ptr<const std::string> owner;  // of the body; null for static memory
};
// From body, shared_body or static_body.
std::shared_ptr<const Ready> make_ready(Response response);

// Asked on the loop thread for every GET and HEAD before a handler is; nullptr: the handler answers. It must not wait
// for anything. The request is used again for the next one: keep no reference to it.
using Fast = std::function<std::shared_ptr<const Ready>(const Request&)>;

class Server {
public:
    using Handler = std::function<void(std::shared_ptr<Request>, Responder)>;
    // Throws std::runtime_error when the address cannot be used. The hub must outlive the server.
    Server(const ServerOptions& options, Handler handler, EventHub* hub = nullptr, Fast fast = {});
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
    std::shared_ptr<Loop> loop_;  // shared with the Responders that are still out
};

}  // namespace mitwirken::http
