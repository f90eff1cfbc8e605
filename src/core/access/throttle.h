// Slows down guessing: a bucket of tries per key that fills up again with time. In memory, bounded, per process.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "platform/base/time.h"

namespace mitwirken::core {

class Throttle {
public:
    // `tries` at once, then one more every `pause`.
    Throttle(int tries, std::chrono::seconds pause, std::size_t most_keys = 20000)
        : tries_(tries), pause_(pause), most_keys_(most_keys) {}
    // How long this key has to wait; zero when it may try (which is then counted).
    std::chrono::seconds take(const std::string& key, Timestamp now);
    // After a success the key begins anew.
    void forget(const std::string& key);

private:
    int tries_;
    std::chrono::seconds pause_;
    std::size_t most_keys_;
    std::mutex mutex_;
    std::map<std::string, Timestamp> full_at_;  // when the bucket of this key will be full again
};

// The throttles of one running program, by name ("accounts.sign_in"): made when they are first asked for. They belong
// to the house, so two programs in one process, and two tests, do not slow each other down.
class Throttles {
public:
    Throttle& named(std::string_view name, int tries, std::chrono::seconds pause) {
        const std::lock_guard lock(mutex_);
        return all_.try_emplace(std::string(name), tries, pause).first->second;
    }

private:
    std::mutex mutex_;
    std::map<std::string, Throttle> all_;  // a node stays where it is
};

}  // namespace mitwirken::core
