// The job that plan_refresh() enqueues: publication begins or ends by the clock, and the search index follows. One
// shape for all modules whose things have a schedule.
#pragma once

#include <functional>
#include <string>

#include "core/house.h"
#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::core {

// `tenant_of(tx, id)`: whose item it is, nothing when it is gone. `bring(tx, tenant, id, now)` brings the index up to
// date. The module's cached pages are stale afterwards.
template <class I, class TenantOf, class Bring>
std::function<void(House&, const jobs::Job&)> refresh_job(std::string module, TenantOf tenant_of, Bring bring) {
    return [module = std::move(module), tenant_of, bring](House& house, const jobs::Job& job) {
        const I id{to_int(job.payload).value_or(0)};
        house.database->write([&](db::Tx& tx) {
            const auto tenant = tenant_of(tx, id);
            if (!tenant) return;
            bring(tx, *tenant, id, house.clock->now());
            house.versions.raise_at_commit(tx, *tenant, module);
        });
    };
}

}  // namespace mitwirken::core
