// Version counters; see versions.h. What is told is "<mark of the process> <tenant> <scope>".
#include "core/versions.h"

#include <fmt/format.h>

#include <random>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/db.h"

namespace mitwirken::core {

Versions::Versions() {
    std::random_device random;
    own_mark_ = fmt::format("{:08x}{:08x}", random(), random());
}

void Versions::raise_at_commit(db::Tx& tx, TenantId tenant, std::string_view scope) {
    tx.tell(fmt::format("{} {} {}", own_mark_, tenant.value, scope));
    tx.after_commit([this, tenant, name = std::string(scope)] { raise(tenant, name); });
}

void Versions::raise(TenantId tenant, std::string_view scope) { set(*counter(tenant, scope), ++clock_); }

void Versions::raise_all() {
    const std::lock_guard lock(mutex_);
    const auto tick = ++clock_;
    for (auto& [key, value] : counters_) set(*value, tick);
    floor_ = tick;
}

void Versions::set(Counter& counter, std::uint64_t tick) {
    for (auto seen = counter.load(); seen < tick && !counter.compare_exchange_weak(seen, tick);) {
    }
}

void Versions::heard(std::string_view text) {
    const auto words = split(text, ' ');
    const auto tenant = words.size() == 3 ? to_int(words[1]) : std::nullopt;
    if (!tenant) {
        // Another version of the program speaks: better too much stale than too little.
        log::warning("not_understood", {{"heard", std::string(text.substr(0, 100))}});
        return raise_all();
    }
    if (words[0] != own_mark_) raise(TenantId{*tenant}, words[2]);
}

void Versions::set_in_touch(bool in_touch) {
    if (in_touch) raise_all();
    in_touch_.store(in_touch, std::memory_order_release);
}

Versions::Counter* Versions::counter(TenantId tenant, std::string_view scope) {
    const std::lock_guard lock(mutex_);
    auto& slot = counters_[{tenant.value, std::string(scope)}];
    if (!slot) slot = std::make_unique<Counter>(floor_);
    return slot.get();
}

}  // namespace mitwirken::core
