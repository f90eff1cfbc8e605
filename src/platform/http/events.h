// Server-sent events. A channel is a name; a listener gets the current state at once, then changes. Listeners hold no
// worker and no database connection. Values are absolute, so changes may be coalesced: the first at once, then at most
// two a second per channel; a comment every 20 s keeps the connection alive. See ui.md "Server-sent events".
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace mitwirken::http {

class EventHub {
public:
    EventHub();
    ~EventHub();
    // Publishes the new state of a channel as event `part`; from any thread. `html` may have several lines; the same
    // state again is not sent; "" forgets the channel.
    void publish(const std::string& channel, const std::string& html);
    // The state a new listener gets; "" when nothing was published yet.
    std::string current(const std::string& channel) const;
    std::uint64_t listeners(const std::string& channel) const;

    struct Impl;
    Impl& impl() { return *impl_; }  // for this folder

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace mitwirken::http
