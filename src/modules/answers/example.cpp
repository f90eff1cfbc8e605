// Answers of the example's running procedure: invented, as an office would write them; and the search index made anew.
#include <algorithm>

#include "core/example/example.h"
#include "core/people/people.h"
#include "core/tasks/tasks.h"
#include "modules/answers/pages.h"
#include "platform/search/search.h"

namespace mitwirken::answers {

namespace {

using nlohmann::json;

struct Example {
    db::Tx& tx;
    core::TenantId tenant;
    core::ProcedureRecord procedure;
    std::vector<core::Contribution> contributions;
    std::map<std::string, core::OrganisationId> offices;
    std::map<std::string, ItemId> outcomes;  // by title

    const core::Contribution* find(const std::string& title) const {
        const auto at =
            std::find_if(contributions.begin(), contributions.end(), [&](const auto& c) { return c.title == title; });
        return at == contributions.end() ? nullptr : &*at;
    }
    core::OrganisationId office(const json& e) const {
        const auto at = offices.find(e.value("office", ""));
        return at == offices.end() ? core::OrganisationId{} : at->second;
    }
};

void add_statuses(const Example& x, const json& list, Timestamp now) {
    for (const auto& e : list) {
        const auto* named = x.find(e.at("contribution"));
        if (!named) continue;
        const auto c = *core::find_contribution(x.tx, x.tenant, named->id);
        const Timestamp at = now - std::chrono::hours{e.value("hours_ago", 1)};
        const auto batch = add_batch(x.tx, x.tenant, x.procedure.id, e.at("status"), 1, {}, at);
        add_status(x.tx, {.contribution = c.id,
                          .batch = batch,
                          .status = e.at("status"),
                          .reason = e.at("reason"),
                          .status_before = c.status,
                          .reason_before = c.status_reason,
                          .at = at});
        core::set_status(x.tx, c, e.at("status"), e.at("reason"), at);
        note_reaction(x.tx, c);
    }
}

void add_item(Example& x, const json& e, Kind kind, Timestamp now) {
    Whole whole;
    Item& item = whole.item;
    item.procedure = x.procedure.id, item.kind = kind, item.organisation = x.office(e);
    item.title = e.value("title", ""), item.body = e.at("body"), item.word = e.value("word", "");
    item.budget = e.value("budget", "");
    item.state = *core::state_from(e.value("state", "published"));
    const Timestamp at = now - std::chrono::hours{e.value("hours_ago", 1)};
    if (item.is_public()) item.published_at = at;
    item.id = add(x.tx, x.tenant, item, {}, at);
    for (const auto& title : e.value("contributions", std::vector<std::string>{}))
        if (const auto* c = x.find(title)) whole.contributions.push_back(c->id);
    set_links(x.tx, item.id, whole.contributions);
    for (const auto& title : e.value("outcomes", std::vector<std::string>{}))
        if (const auto known = x.outcomes.find(title); known != x.outcomes.end())
            whole.outcomes.push_back(known->second);
    set_outcomes(x.tx, item.id, whole.outcomes);
    for (const auto& m : e.value("milestones", json::array()))
        whole.milestones.push_back({m.at("title"), parse_date(m.value("day", "")), parse_date(m.value("done", ""))});
    set_milestones(x.tx, item.id, whole.milestones);
    core::add_revision(x.tx, x.tenant, ref_of(item.id), snapshot(whole), {}, "", at);
    if (kind == Kind::outcome) x.outcomes[item.title] = item.id;
    if (kind != Kind::block) index(x.tx, x.tenant, x.procedure, item);
    if (kind == Kind::answer)
        for (const auto id : whole.contributions) note_reaction(x.tx, *core::find_contribution(x.tx, x.tenant, id));
}

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("procedures/answers.json");
    auto procedure = core::find_procedure(tx, tenant, data.at("procedure").get<std::string>());
    if (!procedure) return;
    Example x{tx, tenant, std::move(*procedure), {}, {}, {}};
    x.contributions = desk_list(tx, tenant, {.procedure = x.procedure.id}, 1000);
    for (const auto& office : core::organisations(tx, tenant)) x.offices[office.key] = office.id;
    add_statuses(x, data.at("statuses"), now);
    for (const auto& e : data.at("answers")) add_item(x, e, Kind::answer, now);
    for (const auto& e : data.at("outcomes")) add_item(x, e, Kind::outcome, now);
    for (const auto& e : data.at("measures")) add_item(x, e, Kind::measure, now);
    for (const auto& e : data.at("summaries")) add_item(x, e, Kind::summary, now);
    x.procedure.id = {};
    for (const auto& e : data.at("blocks")) add_item(x, e, Kind::block, now);
    for (const auto& e : data.at("assignments")) {
        const auto* c = x.find(e.at("contribution"));
        if (!c) continue;
        core::OfficeTask task;
        task.procedure = c->procedure, task.contribution = c->id, task.organisation = x.office(e);
        task.title = "Antwort: " + c->title, task.text = e.at("text");
        task.due = add_days(berlin_day(now), e.value("in_days", 0));
        core::add_task(tx, tenant, task, now);
    }
    // To look at: the example sends nobody a mail about it.
    core::take_reminders(tx, tenant, berlin_day(now), 3650, now);
    core::take_late(tx, tenant, add_days(berlin_day(now), 3650), now);
}

void reindex(db::Tx& tx, core::TenantId tenant, Timestamp) {
    std::vector<Item> all;
    each_published(tx, tenant, [&](Item&& item) {
        all.push_back(std::move(item));
        return true;
    });
    for (const auto& item : all)
        if (const auto procedure = core::find_procedure(tx, tenant, item.procedure))
            index(tx, tenant, *procedure, item);
}

}  // namespace mitwirken::answers
