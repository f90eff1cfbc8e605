// Steps that begin and end are told by this job. What is open never depends on it: that is computed from the clock.
// Each beginning and end has a mark of its own, so a job that runs twice or late tells each once, and none long past.
#include "core/procedures/records.h"
#include "modules/following/pages.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::following {

namespace {

constexpr int batch = 50;

std::string mark_of(const StepChange& change) {
    return "step:" + std::to_string(change.step->id.value) + (change.begins ? ":begins:" : ":ends:") +
           std::to_string(change.at.time_since_epoch().count() / 1000);
}

void tell(core::House& house, db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure,
          const StepChange& change, Timestamp now) {
    Happening h{.tenant = tenant, .what = What::step, .mark = mark_of(change)};
    h.procedure = procedure.id;
    h.title = one_line(change.step->label, 200);
    h.text = change.begins ? one_line(change.step->text, 300) : "";
    h.word = change.begins ? "begins" : "ends";
    h.url = "/verfahren/" + procedure.key;
    h.at = now;
    if (!note(tx, h, now)) return;
    house.publish(tx, tenant,
                  core::ProcedureHappened{.what = core::ProcedureHappened::What::step,
                                          .procedure = procedure.id,
                                          .title = h.title,
                                          .text = h.text,
                                          .url = h.url},
                  now);
}

// The next instant at which something begins or ends in these procedures, if it is sooner than `next`.
core::ProcedureId tell_some(core::House& house, db::Tx& tx, core::TenantId tenant, core::ProcedureId before,
                            Timestamp now, Timestamp& next) {
    core::ProcedureFilter filter;
    filter.state = core::ProcedureState::published;
    filter.before = before;
    const auto procedures = core::procedures(tx, tenant, filter, batch);
    for (const auto& procedure : procedures) {
        const auto plan = core::load_plan(tx, procedure);
        const core::Grid grid(plan);
        const auto from = std::max(procedure.published_at.value_or(procedure.created_at), now - tell_steps_within);
        for (const auto& change : step_changes(plan, grid, from, now)) tell(house, tx, tenant, procedure, change, now);
        if (const auto change = grid.next_change(now)) next = std::min(next, *change);
    }
    return int(procedures.size()) == batch ? procedures.back().id : core::ProcedureId{};
}

}  // namespace

void tell_steps(core::House& house, const jobs::Job&) {
    const Timestamp now = house.clock->now();
    std::vector<core::Tenant> tenants;
    house.database->read([&](db::Tx& tx) { tenants = core::all_tenants(tx); });
    // At full hours at the latest, so that several of these jobs become one.
    Timestamp next{std::chrono::floor<std::chrono::hours>(now.time_since_epoch()) + std::chrono::hours{1}};
    for (const auto& tenant : tenants) {
        core::ProcedureId before;
        do house.database->write([&](db::Tx& tx) { before = tell_some(house, tx, tenant.id, before, now, next); });
        while (before);
    }
    house.database->write([&](db::Tx& tx) {
        jobs::enqueue(tx, {.kind = std::string(steps_job), .run_at = next, .unique_key = to_iso(next)}, now);
    });
}

}  // namespace mitwirken::following
