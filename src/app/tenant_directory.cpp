// See tenant_directory.h.
#include "app/tenant_directory.h"

#include <algorithm>

namespace mitwirken::app {

Tenants TenantDirectory::current() {
    const auto version = counter_->load(std::memory_order_acquire);
    const std::lock_guard lock(mutex_);
    if (tenants_ && read_at_ == version && house_.versions.in_touch()) return tenants_;
    std::vector<core::Tenant> fresh;
    house_.database->read([&](db::Tx& tx) { fresh = core::all_tenants(tx); });
    std::atomic_store(&tenants_, Tenants(std::make_shared<const std::vector<core::Tenant>>(std::move(fresh))));
    read_at_ = version;
    return tenants_;
}

const core::Tenant* TenantDirectory::by_host(const std::vector<core::Tenant>& tenants, const std::string& host) {
    for (const auto& tenant : tenants)
        if (std::find(tenant.hosts.begin(), tenant.hosts.end(), host) != tenant.hosts.end()) return &tenant;
    return nullptr;
}

}  // namespace mitwirken::app
