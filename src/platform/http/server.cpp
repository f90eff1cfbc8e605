// The event loop: accepting, the clock that ticks for all connections at once, and stopping. See server.h, loop.h.
#include "platform/http/loop.h"

#include <boost/asio/post.hpp>

#include "platform/base/log.h"
#include "platform/base/time.h"

namespace mitwirken::http {

namespace {
// This many connections above the limit are told so; beyond them nobody is let in until there is room.
constexpr std::size_t refused_at_once = 256;
}  // namespace

Loop::Loop(const ServerOptions& its_options, Server::Handler its_handler, EventHub* its_hub, Fast its_fast)
    : options(its_options),
      proxies(its_options.trusted_proxies),
      handler(std::move(its_handler)),
      fast(std::move(its_fast)),
      hub(its_hub),
      discarded(64 * 1024),
      io_(1),
      acceptor_(io_),
      ticker_(io_),
      started_(std::chrono::steady_clock::now()) {
    try {
        const net::ip::tcp::endpoint endpoint(net::ip::make_address(options.address), options.port);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(net::socket_base::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen(4096);
        port_ = acceptor_.local_endpoint().port();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + options.address + " port " + std::to_string(options.port) +
                                 ": " + error.code().message());
    }
    remove_old_temporary_files(options.temporary_folder);
    refresh_date();
    if (hub) {
        const std::lock_guard lock(hub->impl().mutex);
        hub->impl().sinks.push_back(this);
    }
}

Loop::~Loop() {
    if (!workers_) return;
    workers_->stop();
    workers_->join();
}

void Loop::detach() {
    if (!hub) return;
    const std::lock_guard lock(hub->impl().mutex);
    std::erase(hub->impl().sinks, this);
}

void Loop::run() {
    accept();
    tick();
    io_.run();
}

void Loop::stop() {
    net::post(io_, [this] { begin_stop(); });
}

net::thread_pool& Loop::workers() {
    if (!workers_) workers_.emplace(2);
    return *workers_;
}

void Loop::accept() {
    if (accepting_ || stopping_ || connections_.size() >= options.limits.connections + refused_at_once) return;
    accepting_ = true;
    acceptor_.async_accept(peer_, [this](ErrorCode error, Socket socket) {
        accepting_ = false;
        // Out of file descriptors, for example: the next tick tries again.
        if (error) return log::warning("accept_failed", {{"reason", error.message()}});
        accepted += 1;
        const bool full = connections_.size() >= options.limits.connections;
        const auto connection =
            std::make_shared<Connection>(*this, std::move(socket), plain_address(peer_.address().to_string()));
        add(*connection);
        if (full)
            connection->refuse(503);
        else
            connection->start();
        accept();
    });
}

void Loop::add(Connection& connection) {
    connection.index_ = connections_.size();
    connections_.push_back(&connection);
    open += 1;
}

void Loop::remove(Connection& connection) {
    connections_.back()->index_ = connection.index_;
    connections_[connection.index_] = connections_.back();
    connections_.pop_back();
    open -= 1;
    if (stopping_ && connections_.empty())
        io_.stop();
    else
        accept();
}

// One clock for every deadline: a timer for each request would cost more than the request.
void Loop::tick() {
    now_ = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started_).count());
    refresh_date();
    for (std::size_t i = connections_.size(); i-- > 0;) connections_[i]->tick();
    if (stopping_ && now_ > give_up_) {
        for (std::size_t i = connections_.size(); i-- > 0;) connections_[i]->stop(true);
        return io_.stop();
    }
    accept();
    ticker_.expires_after(std::chrono::seconds(1));
    ticker_.async_wait([this](ErrorCode error) {
        if (!error) tick();
    });
}

void Loop::refresh_date() {
    const std::string date = "Date: " + to_http_date(SystemClock{}.now()) + "\r\n";
    tail_keep_ = date + "\r\n";
    tail_keep_old_ = date + "Connection: keep-alive\r\n\r\n";
    tail_close_ = date + "Connection: close\r\n\r\n";
}

const std::string& Loop::tail(bool keep_alive, int version) const {
    if (!keep_alive) return tail_close_;
    return version == 11 ? tail_keep_ : tail_keep_old_;
}

void Loop::begin_stop() {
    if (stopping_) return;
    stopping_ = true;
    ErrorCode ignored;
    acceptor_.close(ignored);
    give_up_ = now_ + static_cast<std::uint32_t>(options.limits.grace.count());
    for (std::size_t i = connections_.size(); i-- > 0;) connections_[i]->stop(false);
    if (connections_.empty()) io_.stop();
}

Server::Server(const ServerOptions& options, Handler handler, EventHub* hub, Fast fast)
    : loop_(std::make_shared<Loop>(options, std::move(handler), hub, std::move(fast))) {}

Server::~Server() { loop_->detach(); }

std::uint16_t Server::port() const { return loop_->port(); }
void Server::run() { loop_->run(); }
void Server::stop() { loop_->stop(); }

Server::Figures Server::figures() const {
    const auto read = [](const Loop::Counter& counter) { return counter.value.load(std::memory_order_relaxed); };
    return {read(loop_->accepted), read(loop_->requests), read(loop_->bytes_out),
            read(loop_->refused),  read(loop_->open),     read(loop_->streams)};
}

}  // namespace mitwirken::http
