// What other modules say has happened becomes one row and one job; nobody is looked for in their transaction.
#include "core/contributions/contributions.h"
#include "core/procedures/records.h"
#include "modules/following/audience.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::following {

namespace {

std::string item_mark(const core::Ref& ref) { return "item:" + ref.module + ":" + std::to_string(ref.item); }

Happening happening_of(core::TenantId tenant, const core::ProcedureHappened& event, Timestamp now) {
    static_assert(int(core::ProcedureHappened::What::news) == int(What::news));
    Happening h{.tenant = tenant, .what = What(int(event.what))};
    h.procedure = event.procedure;
    h.contribution = event.contribution;
    h.url = event.url;
    h.who = event.who;
    h.everyone = event.tell_everyone;
    h.at = now;
    if (h.what == What::contribution || h.what == What::comment) {
        h.mark = mark_of(event.contribution);
    } else {
        h.title = one_line(event.title, 200);
        h.text = one_line(event.text, 300);
    }
    return h;
}

Happening happening_of(core::TenantId tenant, const core::Ref& item, const std::string& title, const std::string& url,
                       const std::string& kind, Timestamp now) {
    Happening h{
        .tenant = tenant, .what = What::item, .mark = item_mark(item), .module = item.module, .item = item.item};
    if (item.module == "procedures") h.procedure = core::ProcedureId{item.item};
    h.title = one_line(title, 200);
    h.url = url;
    h.word = kind;
    h.at = now;
    return h;
}

}  // namespace

std::string mark_of(core::ContributionId id) { return "contribution:" + std::to_string(id.value); }

std::optional<HappeningId> note(db::Tx& tx, const Happening& happening, Timestamp now) {
    const auto id = add_happening(tx, happening);
    if (id)
        jobs::enqueue(tx,
                      {.kind = std::string(fan_out_job),
                       .payload = std::to_string(id->value),
                       .run_at = now,
                       .tenant = happening.tenant.value},
                      now);
    return id;
}

void on_event(db::Tx& tx, core::TenantId tenant, const core::DomainEvent& event, Timestamp now) {
    if (const auto* happened = std::get_if<core::ProcedureHappened>(&event)) {
        // Steps are told by the job that publishes them (steps.cpp), which knows which were told before.
        if (happened->what != core::ProcedureHappened::What::step) note(tx, happening_of(tenant, *happened, now), now);
    } else if (const auto* item = std::get_if<core::ItemPublished>(&event)) {
        note(tx, happening_of(tenant, item->item, item->title, item->url, item->kind, now), now);
    } else if (const auto* announced = std::get_if<core::ParticipationAnnounced>(&event)) {
        const std::string kind = announced->source.module == "procedures" ? "procedure" : "offer";
        note(tx, happening_of(tenant, announced->source, announced->title, announced->url, kind, now), now);
    } else if (const auto* withdrawn = std::get_if<core::ParticipationWithdrawn>(&event)) {
        drop_marked(tx, tenant, item_mark(withdrawn->source));
    }
    // A procedure that is published or changed may have a step that begins sooner than the job would look.
    if (std::holds_alternative<core::ParticipationAnnounced>(event))
        jobs::enqueue(tx, {.kind = std::string(steps_job), .run_at = now, .unique_key = "now"}, now);
}

}  // namespace mitwirken::following
