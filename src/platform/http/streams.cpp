// Server-sent events on the loop: who listens to which channel, when a change may go out, and what a listener gets.
// A change is one shared piece of memory, written to every listener without a copy; one that cannot keep up gets the
// newest state when it can take it again, never a queue.
#include "platform/http/loop.h"

#include <sys/socket.h>

#include <boost/asio/post.hpp>

#include "platform/http/refusal.h"

namespace mitwirken::http {

namespace {
constexpr auto pause_between = std::chrono::milliseconds(500);
}

void Loop::changed(const std::string& channel) {
    const std::lock_guard lock(changes_mutex_);
    if (changes_.empty()) net::post(io_, [this] { flush_changes(); });
    if (std::find(changes_.begin(), changes_.end(), channel) == changes_.end()) changes_.push_back(channel);
}

void Loop::flush_changes() {
    std::vector<std::string> names;
    {
        const std::lock_guard lock(changes_mutex_);
        names.swap(changes_);
    }
    for (const auto& name : names)
        if (const auto found = channels_.find(name); found != channels_.end()) schedule(*found->second);
}

void Loop::schedule(Channel& channel) {
    if (channel.waiting) return;  // the newest state goes out then
    if (std::chrono::steady_clock::now() - channel.last_sent >= pause_between) return send_change(channel);
    channel.waiting = true;
    channel.pause.expires_at(channel.last_sent + pause_between);
    channel.pause.async_wait([this, name = channel.name](ErrorCode error) {
        // The channel may be gone, or be another one of the same name: so it is looked up.
        const auto found = channels_.find(name);
        if (error || found == channels_.end() || !found->second->waiting) return;
        found->second->waiting = false;
        send_change(*found->second);
    });
}

void Loop::send_change(Channel& channel) {
    channel.frame = hub->impl().frame(channel.name);
    if (!channel.frame) return;
    channel.last_sent = std::chrono::steady_clock::now();
    channel.sending = true;
    // Backwards: one that closes is replaced by the last one, which has been served.
    for (std::size_t i = channel.listeners.size(); i-- > 0;) channel.listeners[i]->send_change();
    channel.sending = false;
    if (channel.listeners.empty()) channels_.erase(std::string(channel.name));
}

void Loop::listen(Connection& connection, const std::string& name) {
    auto& channel = channels_[name];
    if (!channel) channel = std::make_unique<Channel>(io_, name);
    hub->impl().count(name, +1);
    channel->frame = hub->impl().frame(name);
    connection.channel_ = channel.get();
    connection.channel_index_ = channel->listeners.size();
    channel->listeners.push_back(&connection);
    streams += 1;
}

void Loop::leave(Connection& connection) {
    if (!connection.channel_) return;
    Channel& channel = *connection.channel_;
    connection.channel_ = nullptr;
    channel.listeners.back()->channel_index_ = connection.channel_index_;
    channel.listeners[connection.channel_index_] = channel.listeners.back();
    channel.listeners.pop_back();
    if (hub) hub->impl().count(channel.name, -1);
    streams -= 1;
    if (channel.listeners.empty() && !channel.sending) channels_.erase(std::string(channel.name));
}

void Connection::begin_stream(Response&& response) {
    if (!loop_.hub || loop_.stopping()) return begin_plain(refusal(503, loop_.options.limits));
    response.headers.set("Content-Type", "text/event-stream; charset=utf-8");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Accel-Buffering", "no");
    keep_alive_ = false;
    const int version = std::exchange(version_, 10);  // the stream ends with the connection, without chunks
    write_head(response, {});
    version_ = version;
    if (head_) return transmit();
    head_bytes_ += "retry: 2000\n\n";
    parts_ = {head_bytes_};
    loop_.listen(*this, response.event_stream);
    if (channel_->frame) {
        keep_ = channel_->frame;
        parts_[1] = *channel_->frame;
    }
    state_ = State::stream;
    deadline_ = 0;
    last_event_ = loop_.now();
    buffer_.reset();
    begin_ = end_ = capacity_ = 0;
    parser_.reset();
    conditions_ = {};
    transmit();
    if (state_ == State::stream) watch();
}

void Connection::send_change() {
    behind_ = blocked_;
    if (blocked_) return;
    keep_ = channel_->frame;
    parts_ = {*channel_->frame};
    last_event_ = loop_.now();
    transmit();
}

// Listeners say nothing; a read that ends means they are gone.
void Connection::hear() {
    auto& room = loop_.discarded;
    const auto count = ::recv(socket_.native_handle(), room.data(), room.size(), MSG_DONTWAIT);
    if (count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR)))
        watch();
    else
        close();
}

}  // namespace mitwirken::http
