// One connection: bytes to requests, one after the other, limits and deadlines. The next request is looked at only when
// the answer to the last one is written, so pipelined requests are answered in order. What goes out is send.cpp.
#include "platform/http/loop.h"

#include <sys/socket.h>

#include <boost/asio/dispatch.hpp>
#include <cstring>

#include "platform/base/log.h"
#include "platform/http/refusal.h"

namespace mitwirken::http {

namespace {

constexpr std::size_t small_buffer = 4 * 1024, big_buffer = 64 * 1024;
constexpr std::uint32_t drain_pause = 5, drain_total = 30;  // seconds

// The promise behind a Responder: answered exactly once, with 500 when it is dropped. Used from any thread.
class Ticket {
public:
    Ticket(std::shared_ptr<Loop> loop, std::shared_ptr<Connection> connection, std::uint64_t number)
        : loop_(std::move(loop)), connection_(std::move(connection)), number_(number) {}
    ~Ticket() {
        if (answered_.exchange(true)) return;
        log::error("request_unanswered");
        send(refusal(500, loop_->options.limits));
    }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

    void answer(Response&& response) {
        if (answered_.exchange(true))
            log::error("request_answered_twice");
        else
            send(std::move(response));
    }

private:
    void send(Response&& response) {
        net::dispatch(loop_->io(),
                      [connection = connection_, number = number_, response = std::move(response)]() mutable {
                          connection->answer(number, std::move(response));
                      });
    }

    std::shared_ptr<Loop> loop_;  // first, so that it goes last
    std::shared_ptr<Connection> connection_;
    const std::uint64_t number_;
    std::atomic<bool> answered_{false};
};

// Before the end of the header is there: can these bytes still become a request?
bool hopeless(std::string_view bytes) {
    const char first = bytes.front();
    if (!((first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z'))) return true;
    const auto line_end = bytes.find('\n');
    return line_end != std::string_view::npos && bytes[line_end - 1] != '\r';
}

}  // namespace

Connection::Connection(Loop& loop, Socket socket, std::string remote)
    : loop_(loop), socket_(std::move(socket)), remote_(std::move(remote)), from_proxy_(loop.proxies.trusted(remote_)) {
    ErrorCode ignored;
    socket_.set_option(net::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
}

void Connection::start() { serve(); }

void Connection::serve() {
    if (serving_) return;
    serving_ = true;
    while (state_ == State::header && step()) {
    }
    serving_ = false;
}

// Takes one request out of the buffer. False: more bytes are needed, and on_read will go on.
bool Connection::step() {
    const Limits& limits = loop_.options.limits;
    while (unread().starts_with("\r\n") && !header_begun_) begin_ += 2;
    if (begin_ == end_) {
        if (loop_.stopping()) return close(), false;
        begin_ = end_ = searched_ = 0;
        if (capacity_ > small_buffer) buffer_.reset(), capacity_ = 0;
        if (!header_begun_) deadline_ = in(limits.idle_time);
        return read(), false;
    }
    const auto bytes = unread();
    const auto found = bytes.find("\r\n\r\n", searched_ > 3 ? searched_ - 3 : 0);
    const auto header_size = found == std::string_view::npos ? bytes.size() : found + 4;
    if (header_size > limits.header_bytes) return refuse(bytes.find('\n') < header_size ? 431 : 414), false;
    if (found != std::string_view::npos) return take_request(header_size);
    if (hopeless(bytes)) return refuse(400), false;
    searched_ = bytes.size();
    if (!header_begun_) deadline_ = in(limits.header_time);
    header_begun_ = true;
    return read(), false;
}

void Connection::read() {
    if (end_ == capacity_ && begin_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    } else if (end_ == capacity_) {
        const auto larger = capacity_ == 0 ? small_buffer : capacity_ * 2;
        auto buffer = std::make_unique_for_overwrite<char[]>(larger);
        if (end_ > 0) std::memcpy(buffer.get(), buffer_.get(), end_);
        buffer_ = std::move(buffer);
        capacity_ = larger;
    }
    reading_ = true;
    socket_.async_read_some(
        net::buffer(buffer_.get() + end_, capacity_ - end_),
        [self = shared_from_this()](ErrorCode error, std::size_t count) { self->on_read(error, count); });
}

void Connection::on_read(ErrorCode error, std::size_t count) {
    reading_ = false;
    if (state_ == State::drain) return on_drain();
    if (state_ != State::header && state_ != State::body) return;  // refused while it waited for bytes
    if (error) return close();
    end_ += count;
    if (state_ == State::header)
        serve();
    else
        feed_body();
}

bool Connection::take_request(std::size_t header_size) {
    Request& request = loop_.request;
    request.headers.clear();
    request.host.clear();
    request.remote = remote_;
    request.scheme = "http";
    parser_.emplace(request);
    parser_->header_limit(static_cast<std::uint32_t>(header_size + 1));
    parser_->body_limit(UINT64_MAX);  // BodySink counts; Beast 1.74 takes "none" for zero
    ErrorCode error;
    const auto used = parser_->put(net::const_buffer(buffer_.get() + begin_, header_size), error);
    searched_ = 0;
    header_begun_ = false;
    if (error || !parser_->is_header_done() || used != header_size) return refuse(400), false;
    version_ = parser_->version();
    keep_alive_ = parser_->keep_alive() && !loop_.stopping();
    head_ = request.method == Method::head;
    if (!check_request()) return false;
    begin_ += header_size;
    if (!parser_->is_done()) return begin_body();
    route_request();
    return true;
}

// True: the header means one thing only, and something this server does.
bool Connection::check_request() {
    const auto target = parser_->target();
    int status = 0;
    if (parser_->ambiguous())
        status = 400;
    else if (parser_->unknown_expectation())
        status = 417;
    else if (target.size() > loop_.options.limits.target_bytes)
        status = 414;
    else if (target == "*" && loop_.request.method == Method::options)
        loop_.request.path.clear();
    else if (!read_target(target, loop_.request))
        status = 400;
    if (status != 0) refuse(status);
    return status == 0;
}

void Connection::route_request() {
    Request& request = loop_.request;
    loop_.requests += 1;
    if (from_proxy_) believe_proxy(request, loop_.proxies);
    if (request.path.empty()) {  // OPTIONS *
        Response response;
        response.status = 204;
        response.headers.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        return begin(std::move(response));
    }
    if (loop_.fast && (request.method == Method::get || head_)) {
        if (auto ready = loop_.fast(request)) return begin_ready(std::move(ready), request.headers["If-None-Match"]);
    }
    hand_over(std::make_shared<Request>(std::move(request)));
}

void Connection::hand_over(std::shared_ptr<Request> request) {
    state_ = State::handler;
    deadline_ = 0;
    conditions_ = {};
    if (request->method == Method::get || head_) conditions_.read(request->headers);
    auto ticket = std::make_shared<Ticket>(loop_.shared_from_this(), shared_from_this(), ++number_);
    try {
        loop_.handler(std::move(request), [ticket](Response&& response) { ticket->answer(std::move(response)); });
    } catch (const std::exception& error) {
        log::error("handler_failed", {{"reason", std::string(error.what())}});
    }
}

void Connection::answer(std::uint64_t number, Response&& response) {
    if (state_ == State::handler && number == number_) begin(std::move(response));
}

bool Connection::begin_body() {
    const Limits& limits = loop_.options.limits;
    const auto length = parser_->content_length();
    if (length && *length > limits.body_bytes) return refuse(413), false;
    if (loop_.request.path.empty()) return refuse(400), false;  // OPTIONS * has no use for one
    if (from_proxy_) believe_proxy(loop_.request, loop_.proxies);
    receiving_ = std::make_shared<Request>(std::move(loop_.request));
    receiving_->temporary = std::make_shared<Temporary>(loop_.options.temporary_folder);
    if (length && *length <= limits.memory_body) receiving_->body.reserve(static_cast<std::size_t>(*length));
    sink_.emplace(*receiving_, limits.memory_body, limits.body_bytes);
    parser_->to(*sink_);
    parser_->eager(true);
    state_ = State::body;
    body_start_ = in(limits.body_time);
    if (parser_->expects_continue() && begin_ == end_) {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        // A socket on which nothing waits to be sent has room for 25 bytes; if not, the client goes on after a while.
        [[maybe_unused]] const auto ignored =
            ::send(socket_.native_handle(), go_on.data(), go_on.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    feed_body();
    return true;
}

void Connection::feed_body() {
    // A chunked message never ends with fewer than five bytes ("0", two line ends), and Beast relies on that.
    const bool enough = parser_->chunked() ? end_ - begin_ >= 5 : begin_ < end_;
    if (enough) {
        ErrorCode error;
        begin_ += parser_->put(net::const_buffer(buffer_.get() + begin_, end_ - begin_), error);
        if (error && error != beast::http::error::need_more) return body_failed(error);
    }
    deadline_ = body_start_ + static_cast<std::uint32_t>(receiving_->body_size / big_buffer);
    if (!parser_->is_done()) {
        if (begin_ == end_) begin_ = end_ = 0;
        if (end_ - begin_ >= big_buffer) return refuse(400);  // an endless chunk extension or trailer
        // Large reads only for those who send fast.
        if (begin_ == 0 && end_ == 0 && receiving_->body_size >= big_buffer && capacity_ < big_buffer)
            buffer_ = std::make_unique_for_overwrite<char[]>(big_buffer), capacity_ = big_buffer;
        return read();
    }
    sink_.reset();
    loop_.requests += 1;
    hand_over(std::move(receiving_));
}

void Connection::body_failed(ErrorCode error) {
    if (error == beast::http::error::body_limit)
        refuse(413);
    else
        refuse(error == boost::system::errc::no_space_on_device ? 503 : 400);
}

void Connection::refuse(int status) {
    loop_.refused += 1;
    log::write(log::Level::debug, "request_refused", {{"status", static_cast<long long>(status)}});
    sink_.reset();
    receiving_.reset();
    keep_alive_ = false;
    conditions_ = {};
    begin(refusal(status, loop_.options.limits));
}

// The answer is out, and nothing else will be. Closing now, with bytes of the client unread, would make the kernel send
// a reset that can overtake the answer: so what still comes is read and thrown away for a while.
void Connection::drain() {
    state_ = State::drain;
    begin_ = end_ = 0;
    ErrorCode error;
    socket_.shutdown(Socket::shutdown_send, error);
    if (error) return close();
    drain_end_ = loop_.now() + drain_total;
    deadline_ = loop_.now() + (loop_.stopping() ? 1 : drain_pause);
    on_drain();
}

void Connection::on_drain() {
    if (state_ != State::drain || reading_) return;  // one read at a time; its end comes back here
    auto& room = loop_.discarded;
    for (int turn = 0; turn < 16; ++turn) {
        const auto count = ::recv(socket_.native_handle(), room.data(), room.size(), MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return close();
        if (count < 0) break;
        deadline_ = std::min(loop_.now() + (loop_.stopping() ? 1 : drain_pause), drain_end_);
    }
    watch();
}

// Waits for bytes that nobody wants, or for the end.
void Connection::watch() {
    reading_ = true;
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](ErrorCode error) {
        self->reading_ = false;
        if (error)
            self->close();
        else if (self->state_ == State::drain)
            self->on_drain();
        else if (self->state_ == State::stream)
            self->hear();
    });
}

void Connection::tick() {
    if (state_ == State::stream && loop_.now() - last_event_ >= 20 && !blocked_) {
        parts_ = {":\n\n"};
        last_event_ = loop_.now();
        return transmit();
    }
    if (deadline_ == 0 || loop_.now() <= deadline_) return;
    if ((state_ == State::header && header_begun_) || state_ == State::body)
        refuse(408);
    else
        close();
}

void Connection::stop(bool at_once) {
    const bool idle = state_ == State::header && !header_begun_;
    if (at_once || idle || (state_ == State::stream && blocked_)) return close();
    keep_alive_ = false;
    if (state_ == State::drain) deadline_ = std::min(deadline_, loop_.now() + 1);
    if (state_ != State::stream) return;
    // Browsers come back after this many milliseconds, not all in the same moment.
    loop_.leave(*this);
    head_bytes_ = "retry: " + std::to_string(2000 + index_ % 3000) + "\n\n";
    parts_ = {head_bytes_};
    state_ = State::sending;
    transmit();
}

void Connection::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    loop_.leave(*this);
    ErrorCode ignored;
    socket_.close(ignored);
    source_.reset();
    sink_.reset();
    receiving_.reset();
    keep_.reset();
    parts_ = {};
    loop_.remove(*this);
}

}  // namespace mitwirken::http
