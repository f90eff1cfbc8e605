// See throttle.h. A bucket is one instant: when it will be full again; each try moves it by one pause.
#include "core/access/throttle.h"

namespace mitwirken::core {

// Keys come from strangers: what is kept of one is short.
constexpr std::size_t longest_key = 300;

std::chrono::seconds Throttle::take(const std::string& whole_key, Timestamp now) {
    const std::string key = whole_key.substr(0, longest_key);
    const std::lock_guard lock(mutex_);
    if (full_at_.size() >= most_keys_) std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
    if (full_at_.size() >= most_keys_) full_at_.erase(full_at_.begin());
    Timestamp& full = full_at_[key];
    if (full < now) full = now;
    const auto after = full + pause_;
    const auto most = now + pause_ * tries_;
    if (after > most) return std::chrono::ceil<std::chrono::seconds>(after - most);
    full = after;
    return std::chrono::seconds{0};
}

void Throttle::forget(const std::string& key) {
    const std::lock_guard lock(mutex_);
    full_at_.erase(key.substr(0, longest_key));
}

}  // namespace mitwirken::core
