// The tenants in memory, read anew after each committed change (scope "tenants" of tenant 0).
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/house.h"
#include "core/tenants/tenants.h"

namespace mitwirken::app {

using Tenants = std::shared_ptr<const std::vector<core::Tenant>>;

class TenantDirectory {
public:
    explicit TenantDirectory(const core::House& house) : house_(house), counter_(house.versions.of({}, "tenants")) {}
    // May read the database: not for the event loop.
    Tenants current();
    // What was read last; may be null before the first read. Does not wait.
    Tenants last() const { return std::atomic_load(&tenants_); }
    // nullptr when no tenant has this host.
    static const core::Tenant* by_host(const std::vector<core::Tenant>& tenants, const std::string& host);

private:
    const core::House& house_;
    const core::Versions::Counter* counter_;
    std::mutex mutex_;
    std::uint64_t read_at_ = 0;
    Tenants tenants_;
};

}  // namespace mitwirken::app
