// Responses to bytes. A response is written with one gather call as far as the socket takes it; the rest waits until
// the socket is writable again. Bodies are never copied; files and producers come piece by piece, and the next piece is
// made only when the last one is out.
#include "platform/http/loop.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <fmt/format.h>
#include <boost/asio/post.hpp>
#include <boost/beast/http/status.hpp>

#include "platform/base/log.h"
#include "platform/base/time.h"
#include "platform/http/refusal.h"

namespace mitwirken::http {

namespace {

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

bool is_ours(std::string_view name) {
    static const auto ours = [] {
        Headers names;
        for (const auto* one : {"Content-Length", "Transfer-Encoding", "Connection", "Date"}) names.add(one, "");
        return names;
    }();
    return ours.has(name);
}

// A line break in a value would let whoever chose it write header fields of their own.
bool is_safe(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void append_fields(std::string& head, const Headers& headers) {
    for (const auto& [name, value] : headers.list()) {
        if (is_ours(name)) continue;
        if (is_safe(name) && is_safe(value))
            head.append(name).append(": ").append(value).append("\r\n");
        else
            log::error("header_refused");
    }
}

std::string status_line(int status) {
    const auto reason = beast::http::obsolete_reason(beast::http::int_to_status(static_cast<unsigned>(status)));
    return fmt::format("HTTP/1.1 {} {}\r\n", status, std::string_view(reason.data(), reason.size()));
}

std::string_view body_of(const Response& response) {
    if (response.shared_body) return *response.shared_body;
    return response.static_body.empty() ? std::string_view(response.body) : response.static_body;
}

// The fields that a 304 must repeat (RFC 9110, 15.4.5).
Headers for_not_modified(const Headers& all) {
    Headers kept;
    for (const auto* name : {"ETag", "Cache-Control", "Vary", "Expires", "Content-Location", "Last-Modified",
                             "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"})
        if (all.has(name)) kept.add(name, all[name]);
    return kept;
}

}  // namespace

std::shared_ptr<const Ready> make_ready(Response response) {
    auto ready = std::make_shared<Ready>();
    ready->owner = response.shared_body;
    if (!ready->owner && response.static_body.empty())
        ready->owner = std::make_shared<const std::string>(std::move(response.body));
    ready->body = ready->owner ? std::string_view(*ready->owner) : response.static_body;
    ready->etag = response.headers["ETag"];
    ready->head = status_line(response.status);
    append_fields(ready->head, response.headers);
    if (has_body(response.status)) ready->head += fmt::format("Content-Length: {}\r\n", ready->body.size());
    if (!ready->etag.empty()) {
        ready->head_not_modified = status_line(304);
        append_fields(ready->head_not_modified, for_not_modified(response.headers));
    }
    return ready;
}

void Connection::begin_ready(std::shared_ptr<const Ready> ready, std::string_view if_none_match) {
    state_ = State::sending;
    const bool known = !if_none_match.empty() && knows(if_none_match, ready->etag);
    parts_ = {known ? ready->head_not_modified : ready->head, loop_.tail(keep_alive_, version_),
              known || head_ ? std::string_view() : ready->body};
    if (push()) return finished();
    if (state_ == State::closed) return;
    // The date at the end of the head changes with the clock; what is left of it must not.
    head_bytes_.assign(parts_[0]).append(parts_[1]);
    parts_ = {head_bytes_, {}, parts_[2]};
    keep_ = std::move(ready);
}

void Connection::begin(Response&& response) {
    state_ = State::sending;
    if (response.headers["Connection"] == "close") keep_alive_ = false;
    if (!response.event_stream.empty())
        begin_stream(std::move(response));
    else if (!response.file.empty())
        begin_file(std::move(response));
    else
        begin_plain(std::move(response));
}

// Without a length: chunked, or until the connection closes when the client knows only HTTP/1.0.
void Connection::write_head(const Response& response, std::optional<std::uint64_t> length) {
    head_bytes_ = status_line(response.status);
    append_fields(head_bytes_, response.headers);
    chunked_ = !length && version_ == 11 && has_body(response.status);
    if (chunked_)
        head_bytes_ += "Transfer-Encoding: chunked\r\n";
    else if (!length && has_body(response.status))
        keep_alive_ = false;
    else if (has_body(response.status))
        head_bytes_ += fmt::format("Content-Length: {}\r\n", *length);
    head_bytes_ += loop_.tail(keep_alive_, version_);
    parts_ = {head_bytes_};
}

void Connection::begin_plain(Response&& response) {
    if (response.status == 200 && knows(conditions_.if_none_match, response.headers["ETag"])) {
        Headers kept = for_not_modified(response.headers);
        response = {};
        response.status = 304;
        response.headers = std::move(kept);
    }
    if (response.producer && has_body(response.status)) {
        write_head(response, {});
        if (head_) return transmit();
        source_ = make_source(std::move(response.producer));
        return more();
    }
    const auto size = body_of(response).size();
    write_head(response, size);
    if (!head_ && has_body(response.status)) {
        keep_ = response.shared_body;
        if (!keep_ && response.static_body.empty()) body_bytes_ = std::move(response.body);
        parts_[1] = response.shared_body || !response.static_body.empty() ? body_of(response) : body_bytes_;
    }
    transmit();
}

void Connection::begin_file(Response&& response) {
    auto file = std::make_shared<OpenFile>(response.file);
    if (!*file) {
        log::error("file_missing");
        return begin_plain(refusal(404, loop_.options.limits));
    }
    Headers& headers = response.headers;
    const auto changed = to_http_date(Timestamp{std::chrono::seconds(file->modified())});
    if (!headers.has("Last-Modified")) headers.add("Last-Modified", changed);
    if (!headers.has("Content-Type")) headers.add("Content-Type", "application/octet-stream");
    headers.set("Accept-Ranges", "bytes");
    const auto etag = headers["ETag"];
    const bool known = conditions_.if_none_match.empty() ? !conditions_.if_modified_since.empty() &&
                                                               conditions_.if_modified_since == headers["Last-Modified"]
                                                         : knows(conditions_.if_none_match, etag);
    Range range{0, file->size()};
    const bool same = conditions_.if_range.empty() || conditions_.if_range == headers["Last-Modified"] ||
                      (conditions_.if_range == etag && !etag.starts_with("W/"));
    const auto kind = head_ || !same || response.status != 200 ? RangeKind::whole
                                                               : read_range(conditions_.range, file->size(), range);
    if (known && response.status == 200) {
        Response not_modified;
        not_modified.status = 304;
        not_modified.headers = for_not_modified(headers);
        return begin_plain(std::move(not_modified));
    }
    if (kind == RangeKind::impossible) {
        Response refused = refusal(416, loop_.options.limits);
        refused.headers.add("Content-Range", fmt::format("bytes */{}", file->size()));
        return begin_plain(std::move(refused));
    }
    if (kind == RangeKind::part) {
        response.status = 206;
        headers.set("Content-Range",
                    fmt::format("bytes {}-{}/{}", range.first, range.first + range.length - 1, file->size()));
    }
    write_head(response, range.length);
    if (head_ || range.length == 0 || !has_body(response.status)) return transmit();
    source_ = make_source(std::move(file), range.first, range.length);
    more();
}

void Connection::transmit() {
    if (push()) sent();
}

bool Connection::push() {
    for (;;) {
        std::array<iovec, 3> pieces;
        std::size_t used = 0, total = 0;
        for (const auto part : parts_) {
            if (part.empty()) continue;
            pieces[used++] = {const_cast<char*>(part.data()), part.size()};
            total += part.size();
        }
        if (used == 0) return true;
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = used;
        const auto count = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno != EAGAIN) return close(), false;
        auto gone = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        loop_.bytes_out += gone;
        if (gone == total) {
            parts_ = {};
            return true;
        }
        for (auto& part : parts_) {
            const auto here = std::min(part.size(), gone);
            part.remove_prefix(here);
            gone -= here;
        }
        if (count > 0 || deadline_ == 0 || !blocked_) deadline_ = in(loop_.options.limits.answer_time);
        return wait_writable(), false;
    }
}

void Connection::wait_writable() {
    blocked_ = true;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](ErrorCode error) {
        self->blocked_ = false;
        if (self->state_ == State::closed) return;
        if (error)
            self->close();
        else
            self->transmit();
    });
}

void Connection::sent() {
    if (source_) return more();
    if (state_ != State::stream) return finished();
    deadline_ = 0;
    keep_.reset();
    if (behind_) send_change();
}

// Pieces as long as they can be had without waiting, but not all of a large file in one go: others want to be served.
void Connection::more() {
    for (int turn = 0; turn < 8; ++turn) {
        body_bytes_.clear();
        const auto another = source_->next_at_once(body_bytes_);
        if (!another) return ask_worker();
        frame_piece(!*another);
        if (!*another) {
            source_.reset();
            return transmit();
        }
        if (!push()) return;
    }
    net::post(loop_.io(), [self = shared_from_this()] {
        if (self->state_ == State::sending && self->source_) self->more();
    });
}

void Connection::ask_worker() {
    state_ = State::worker;
    deadline_ = 0;
    net::post(loop_.workers(), [self = shared_from_this(), source = source_, &io = loop_.io()]() mutable {
        std::string piece;
        bool last = true, failed = false;
        try {
            last = !source->next(piece);
        } catch (const std::exception& error) {
            log::error("body_failed", {{"reason", std::string(error.what())}});
            failed = true;
        }
        source.reset();
        net::post(io, [self = std::move(self), piece = std::move(piece), last, failed]() mutable {
            self->on_piece(std::move(piece), last, failed);
        });
    });
}

void Connection::on_piece(std::string piece, bool last, bool failed) {
    if (state_ != State::worker) return;
    state_ = State::sending;
    if (failed || last) source_.reset();
    if (failed && parts_[0].empty()) return close();  // the client sees that the end is missing
    if (failed) {
        keep_alive_ = false;
        return begin_plain(refusal(500, loop_.options.limits));
    }
    body_bytes_ = std::move(piece);
    frame_piece(last);
    transmit();
}

// What was framed before is out, except that the head of the response may still be waiting for its first piece.
void Connection::frame_piece(bool last) {
    if (parts_[0].empty()) head_bytes_.clear();
    if (chunked_ && !body_bytes_.empty()) head_bytes_ += fmt::format("{:x}\r\n", body_bytes_.size());
    parts_ = {head_bytes_, body_bytes_, {}};
    if (!chunked_) return;
    if (body_bytes_.empty())
        parts_[2] = last ? "0\r\n\r\n" : "";
    else
        parts_[2] = last ? "\r\n0\r\n\r\n" : "\r\n";
}

void Connection::finished() {
    parts_ = {};
    keep_.reset();
    if (body_bytes_.capacity() > 1024) std::string().swap(body_bytes_);
    head_ = false;
    version_ = 11;
    if (!keep_alive_) return drain();
    state_ = State::header;
    serve();
}

}  // namespace mitwirken::http
