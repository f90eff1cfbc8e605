// Counters that rise with every committed write, per (tenant, scope): a scope is a module's name or "tenant". A cached
// page remembers the counters it was made from and is served only while they hold. Lock-free to compare.
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
    // Lives as long as Versions.
    const Counter* of(TenantId tenant, std::string_view scope) { return counter(tenant, scope); }
    void raise(TenantId tenant, std::string_view scope) { counter(tenant, scope)->fetch_add(1); }
    void raise_all() {
        const std::lock_guard lock(mutex_);
        for (auto& [key, value] : counters_) value->fetch_add(1);
    }

private:
    Counter* counter(TenantId tenant, std::string_view scope) {
        const std::lock_guard lock(mutex_);
        auto& slot = counters_[{tenant.value, std::string(scope)}];
        if (!slot) slot = std::make_unique<Counter>(1);
        return slot.get();
    }
    std::mutex mutex_;
    std::map<std::pair<std::int64_t, std::string>, std::unique_ptr<Counter>> counters_;
};

}  // namespace mitwirken::core
