// Reports of barriers are kept as long as the setting says: a job of every night deletes what is older, and is planned
// only while there is something to delete.
#include "core/audit/audit.h"
#include "core/house.h"
#include "core/tenants/tenants.h"
#include "modules/barriers/barriers.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::barriers {

void plan_cleaning(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    jobs::enqueue(tx,
                  {.kind = "barriers.clean",
                   .payload = "",
                   .run_at = start_of(add_days(berlin_day(now), 1)) + std::chrono::hours{3},
                   .unique_key = "barriers.clean",
                   .tenant = tenant.value},
                  now);
}

void remove_old(core::House& house, const jobs::Job& job) {
    const core::TenantId id{job.tenant};
    const Timestamp now = house.clock->now();
    house.database->write([&](db::Tx& tx) {
        std::string months;
        for (const auto& tenant : core::all_tenants(tx))
            if (const auto at = tenant.settings.find("barriers.keep_months");
                tenant.id == id && at != tenant.settings.end())
                months = at->second;
        const auto gone = remove_before(tx, id, keep_since(now, number_from(months, 12, 120)));
        if (gone > 0) core::audit(tx, id, {}, "barriers.expired", {"barriers", 0}, std::to_string(gone), now);
        if (any(tx, id)) plan_cleaning(tx, id, now);
    });
}

}  // namespace mitwirken::barriers
