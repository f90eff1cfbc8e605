// When each scope was last written, per (tenant, scope): a module's name, "tenant", or one procedure ("procedure:12").
// Instants are numbers of one clock that ticks with every committed write. A page read the clock before its
// transaction began; it is right while nothing it was made from was written later. So a page need not know in advance
// what it will read, and a write between the two readings makes it stale, never the other way round.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "core/ids.h"

namespace mitwirken::core {

class Versions {
public:
    using Counter = std::atomic<std::uint64_t>;
    // Lives as long as Versions. Lock-free to compare.
    const Counter* of(TenantId tenant, std::string_view scope) { return counter(tenant, scope); }
    std::uint64_t now() const { return clock_.load(std::memory_order_acquire); }
    // After the commit. Of two raisings at once the later tick stays.
    void raise(TenantId tenant, std::string_view scope) { set(*counter(tenant, scope), ++clock_); }
    void raise_all() {
        const std::lock_guard lock(mutex_);
        const auto tick = ++clock_;
        for (auto& [key, value] : counters_) set(*value, tick);
        floor_ = tick;
    }

private:
    static void set(Counter& counter, std::uint64_t tick) {
        for (auto seen = counter.load(); seen < tick && !counter.compare_exchange_weak(seen, tick);) {
        }
    }
    Counter* counter(TenantId tenant, std::string_view scope) {
        const std::lock_guard lock(mutex_);
        auto& slot = counters_[{tenant.value, std::string(scope)}];
        if (!slot) slot = std::make_unique<Counter>(floor_);
        return slot.get();
    }
    std::mutex mutex_;
    Counter clock_ = 1;
    std::uint64_t floor_ = 0;  // of scopes nobody has asked for yet
    std::map<std::pair<std::int64_t, std::string>, std::unique_ptr<Counter>> counters_;
};

}  // namespace mitwirken::core
