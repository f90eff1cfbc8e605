// The inside of the server: one Loop (event loop, clock, list of connections, channels) and its Connections.
// Only for the .cpp files of this folder; nothing outside sees the HTTP library. Everything runs on the loop thread,
// except where a comment says otherwise, so nothing here needs a lock.
// A Connection lives as long as something is under way for it: a read, a write, a handler, a worker.
#pragma once

#include "platform/http/parser.h"

// The thread sanitizer does not know fences; Asio's queues are right without them.
#ifdef __SANITIZE_THREAD__
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <array>
#include <atomic>
#include <optional>
#include <unordered_map>

#include "platform/http/conditions.h"
#include "platform/http/events_hub.h"
#include "platform/http/server.h"
#include "platform/http/source.h"
#include "platform/http/target.h"

namespace mitwirken::http {

namespace net = boost::asio;
using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<net::ip::tcp, Executor>;
using Timer =
    net::basic_waitable_timer<std::chrono::steady_clock, net::wait_traits<std::chrono::steady_clock>, Executor>;
using ErrorCode = boost::system::error_code;

class Connection;

// A channel that somebody listens to on this loop.
struct Channel {
    Channel(net::io_context& io, std::string its_name) : name(std::move(its_name)), pause(io) {}
    std::string name;
    std::shared_ptr<const std::string> frame;
    std::vector<Connection*> listeners;
    std::chrono::steady_clock::time_point last_sent;
    Timer pause;  // until the next change may be sent
    bool waiting = false, sending = false;
};

class Loop final : public std::enable_shared_from_this<Loop>, public EventHub::Impl::Sink {
public:
    Loop(const ServerOptions& options, Server::Handler handler, EventHub* hub, Fast fast);
    ~Loop() override;
    void run();
    void stop();  // from any thread

    // For connections.
    void add(Connection& connection);
    void remove(Connection& connection);
    bool stopping() const { return stopping_; }
    std::uint32_t now() const { return now_; }  // whole seconds
    net::io_context& io() { return io_; }
    net::thread_pool& workers();
    // The end of every head: date, connection, empty line.
    const std::string& tail(bool keep_alive, int version) const;

    // Channels (streams.cpp).
    void changed(const std::string& channel) override;  // from any thread
    void listen(Connection& connection, const std::string& channel);
    void leave(Connection& connection);

    const ServerOptions options;
    const Proxies proxies;
    const Server::Handler handler;
    const Fast fast;
    EventHub* const hub;
    Request request;              // the one being parsed; used again and again
    std::vector<char> discarded;  // room for bytes nobody reads

    struct Counter {
        std::atomic<std::uint64_t> value{0};
        void operator+=(std::uint64_t more) {
            value.store(value.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
        }
        void operator-=(std::uint64_t less) { *this += ~less + 1; }
    };
    Counter accepted, requests, bytes_out, refused, open, streams;

    std::uint16_t port() const { return port_; }
    void detach();  // from the hub, which may be gone before the last Responder

private:
    void accept();
    void tick();
    void refresh_date();
    void begin_stop();
    void flush_changes();
    void schedule(Channel& channel);
    void send_change(Channel& channel);

    net::io_context io_;
    net::basic_socket_acceptor<net::ip::tcp, Executor> acceptor_;
    net::ip::tcp::endpoint peer_;
    Timer ticker_;
    std::uint16_t port_ = 0;
    std::uint32_t now_ = 0, give_up_ = 0;
    std::chrono::steady_clock::time_point started_;
    bool stopping_ = false, accepting_ = false;
    std::vector<Connection*> connections_;
    std::string tail_keep_, tail_keep_old_, tail_close_;
    std::optional<net::thread_pool> workers_;
    std::unordered_map<std::string, std::unique_ptr<Channel>> channels_;
    std::mutex changes_mutex_;
    std::vector<std::string> changes_;  // channels published since the last look; guarded by changes_mutex_
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Loop& loop, Socket socket, std::string remote);
    void start();
    void refuse(int status);
    void tick();
    void stop(bool at_once);
    void answer(std::uint64_t number, Response&& response);
    void send_change();  // of its channel

private:
    friend class Loop;
    enum class State { header, body, handler, sending, worker, stream, drain, closed };

    // connection.cpp: bytes to requests
    void serve();
    bool step();
    void read();
    void on_read(ErrorCode error, std::size_t count);
    bool take_request(std::size_t header_size);
    bool check_request();
    void route_request();
    bool begin_body();
    void feed_body();
    void body_failed(ErrorCode error);
    void hand_over(std::shared_ptr<Request> request);
    void drain();
    void on_drain();
    void watch();
    void close();
    std::string_view unread() const { return {buffer_.get() + begin_, end_ - begin_}; }
    std::uint32_t in(std::chrono::seconds time) const {
        return loop_.now() + static_cast<std::uint32_t>(time.count()) + 1;
    }

    // send.cpp: responses to bytes
    void begin(Response&& response);
    void begin_ready(std::shared_ptr<const Ready> ready, std::string_view if_none_match);
    void begin_plain(Response&& response);
    void begin_file(Response&& response);
    void begin_stream(Response&& response);
    void write_head(const Response& response, std::optional<std::uint64_t> length);
    void transmit();
    bool push();  // false: the socket is full, or the connection is closed
    void wait_writable();
    void sent();
    void more();
    void ask_worker();
    void on_piece(std::string piece, bool last, bool failed);
    void frame_piece(bool last);
    void finished();

    // streams.cpp
    void hear();

    Loop& loop_;
    Socket socket_;
    std::string remote_;
    bool from_proxy_;
    State state_ = State::header;
    std::uint32_t deadline_ = 0, drain_end_ = 0, body_start_ = 0;
    std::size_t index_ = 0;  // in Loop::connections_

    // Reading.
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0, end_ = 0, capacity_ = 0, searched_ = 0;
    bool serving_ = false, header_begun_ = false, reading_ = false;
    std::optional<RequestParser> parser_;
    std::shared_ptr<Request> receiving_;
    std::optional<BodySink> sink_;

    // The request being answered.
    std::uint64_t number_ = 0;
    int version_ = 11;
    bool keep_alive_ = true, head_ = false, chunked_ = false;
    Conditions conditions_;

    // Writing. The parts point into head_bytes_, body_bytes_, what keep_ holds, or static memory.
    std::string head_bytes_, body_bytes_;
    std::shared_ptr<const void> keep_;
    std::array<std::string_view, 3> parts_;
    std::shared_ptr<Source> source_;
    bool blocked_ = false;

    // Server-sent events.
    Channel* channel_ = nullptr;
    std::size_t channel_index_ = 0;
    std::uint32_t last_event_ = 0;
    bool behind_ = false;
};

}  // namespace mitwirken::http
