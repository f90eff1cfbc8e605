// The inside of EventHub: the last state of every channel, ready to be written, and the loops that want to know of
// changes. Everything is guarded by the one mutex.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/http/events.h"

namespace mitwirken::http {

// One event as bytes: "event: part\ndata: …\n\n". Shared by all listeners.
std::shared_ptr<const std::string> make_frame(const std::string& html);

struct EventHub::Impl {
    class Sink {
    public:
        virtual ~Sink() = default;
        // Called with the mutex held, from any thread: must only pass the word on.
        virtual void changed(const std::string& channel) = 0;
    };
    struct State {
        std::string html;
        std::shared_ptr<const std::string> frame;  // null: nothing to say
        std::uint64_t listeners = 0;
    };

    std::shared_ptr<const std::string> frame(const std::string& channel) const;
    void count(const std::string& channel, int change);

    mutable std::mutex mutex;
    std::unordered_map<std::string, State> states;
    std::vector<Sink*> sinks;
};

}  // namespace mitwirken::http
