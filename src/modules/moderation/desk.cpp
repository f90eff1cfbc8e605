// The list of cases: who waits longest is first; decided ones newest first.
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/procedures/records.h"
#include "moderation/templates.h"
#include "modules/moderation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::moderation {

namespace {

using core::CaseReason;
using core::Visit;

constexpr std::size_t per_page = 50;

std::string_view word(CaseReason reason) { return db::Names<CaseReason>::words[std::size_t(reason)]; }

core::CaseFilter filter_of(const Visit& visit) {
    core::CaseFilter filter{.decided = visit.query["stand"] == "entschieden",
                            .procedure = core::ProcedureId{to_int(visit.query["verfahren"]).value_or(0)},
                            .after = core::CaseId{to_int(visit.query["nach"]).value_or(0)}};
    filter.kind = visit.query["art"];
    if (visit.query["wer"] == "ich") filter.assigned = visit.actor.account;
    if (const auto days = to_int(visit.query["alter"]); days && *days > 0 && *days <= 3650)
        filter.until = visit.now - std::chrono::hours{24 * *days};
    for (std::size_t i = 0; i < std::size(db::Names<CaseReason>::words); ++i)
        if (visit.query["grund"] == db::Names<CaseReason>::words[i]) filter.reason = CaseReason(i);
    return filter;
}

std::string state_pill(core::CaseState state) {
    return state == core::CaseState::open ? "review" : state == core::CaseState::decided ? "ok" : "planned";
}

std::string state_name(const Visit& visit, core::CaseState state) {
    return visit.tr(state == core::CaseState::open      ? tr_noop("Open")
                    : state == core::CaseState::decided ? tr_noop("Decided")
                                                        : tr_noop("Second opinion"));
}

void fill_row(Visit& visit, html::Values row, const core::Case& which, bool choose) {
    namespace t = tpl::desk;
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, which.contribution);
    const auto procedure = core::find_procedure(visit.tx, visit.tenant.id, which.procedure);
    std::string title = c ? first_letters(title_of(*c), 80) : "";
    if (title.empty()) title = visit.tr("(text deleted)");
    row.set(t::TITLE, title)
        .set(t::URL, visit.url(case_path(which.id)))
        .set(t::KIND, c ? kind_name(visit, c->module, c->kind) : "")
        .set(t::WHY, visit.tr(reason_name(which.reason)))
        .set(t::STATE, state_name(visit, which.state))
        .set(t::PILL, state_pill(which.state))
        .set(t::WHERE, procedure ? procedure->title : "")
        .set(t::SINCE, visit.language.ago(which.decided_at.value_or(which.created_at), visit.now));
    if (choose) row.add(t::CHOOSE).set(t::ID, which.id.value).set(t::NAME, title);
    if (which.assigned) row.show(which.assigned == visit.actor.account ? t::MINE : t::TAKEN);
}

std::vector<core::Option> kinds(const Visit& visit) {
    std::vector<core::Option> options = {{"comment", visit.tr("Comment")}};
    for (const auto& module : visit.house.modules)
        if (module.activity) options.push_back({module.name, visit.tr(module.title)});
    return options;
}

void fill_filters(Visit& visit, html::Values& page, const core::CaseFilter& filter) {
    namespace t = tpl::desk;
    for (const bool decided : {false, true}) {
        const std::string url = visit.url(desk_path) + (decided ? "?stand=entschieden" : "");
        page.add(t::TAB)
            .set(t::URL, url)
            .set(t::LABEL, visit.tr(decided ? tr_noop("Decided cases") : tr_noop("Open cases")))
            .show_if(filter.decided == decided, t::CURRENT);
    }
    page.set(t::ACTION, visit.url(desk_path));
    if (filter.decided) page.show(t::DECIDED);
    for (const auto& procedure : core::procedures(visit.tx, visit.tenant.id, {}, 200))
        page.add(t::PROCEDURE)
            .set(t::VALUE, std::to_string(procedure.id.value))
            .set(t::LABEL, procedure.title)
            .show_if(procedure.id == filter.procedure, t::CHOSEN);
    for (std::size_t i = 0; i < std::size(db::Names<CaseReason>::words); ++i)
        page.add(t::REASON)
            .set(t::VALUE, std::string(word(CaseReason(i))))
            .set(t::LABEL, visit.tr(reason_name(CaseReason(i))))
            .show_if(filter.reason == CaseReason(i), t::CHOSEN);
    for (const auto& kind : kinds(visit))
        page.add(t::KIND_OPTION)
            .set(t::VALUE, kind.value)
            .set(t::LABEL, kind.label)
            .show_if(filter.kind == kind.value, t::CHOSEN);
    for (const int days : {1, 3, 7, 14, 30})
        page.add(t::AGE)
            .set(t::VALUE, days)
            .set(t::LABEL, visit.language.plural("{n} day and longer", "{n} days and longer", days))
            .show_if(visit.query["alter"] == std::to_string(days), t::CHOSEN);
    page.show_if(bool(filter.assigned), t::ONLY_MINE);
}

// How much there is, and how fast it goes: for who works here.
std::string counts(Visit& visit) {
    const auto open = core::open_cases(visit.tx, visit.tenant.id);
    const auto mine = core::open_cases_of(visit.tx, visit.tenant.id, visit.actor.account);
    const auto f = core::moderation_figures(visit.tx, visit.tenant.id, visit.now - std::chrono::hours{24 * 30},
                                            visit.now + std::chrono::seconds{1});
    std::string words =
        visit.tr(tr_noop("{open} open, {mine} of them yours.",
                         {{"open", visit.language.number(open)}, {"mine", visit.language.number(mine)}}));
    if (f.decided == 0) return words;
    return words + " " +
           visit.tr(tr_noop("In the last thirty days {n} were decided, after {hours} hours on average.",
                            {{"n", visit.language.number(f.decided)},
                             {"hours", visit.language.number(f.milliseconds / f.decided / 3'600'000)}}));
}

}  // namespace

std::string case_path(core::CaseId id) { return desk_path + "/" + std::to_string(id.value); }

std::string kind_name(const Visit& visit, const std::string& module, const std::string& kind) {
    if (kind == "comment") return visit.tr("Comment");
    return visit.tr(visit.house.module(module).title);
}

std::string title_of(const core::Contribution& c) { return c.title.empty() ? first_letters(c.body, 80) : c.title; }

http::Response desk_page(Visit& visit) {
    namespace t = tpl::desk;
    const auto filter = filter_of(visit);
    auto found = core::cases(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (found.size() > per_page) {
        found.pop_back();
        next = visit.with("nach", std::to_string(found.back().id.value));
    }
    const std::string title = visit.tr("Moderation");
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = title,
                                               .lead = visit.tr("Contributions that somebody has to look at. Who "
                                                                "waits longest is first."),
                                               .links = {{"/moderation", visit.tr("Published rules"), "eye"}}}));
    fill_filters(visit, page, filter);
    page.set(t::COUNTS, counts(visit));
    if (found.empty())
        page.add(t::EMPTY).set(t::TEXT, filter.decided ? visit.tr("Nothing has been decided here yet.")
                                                       : visit.tr("Nothing waits for you here."));
    if (!found.empty()) {
        auto table = page.add(t::TABLE).set(
            t::CAPTION, visit.tr(filter.decided ? tr_noop("Decided cases") : tr_noop("Open cases")));
        table.set(t::ACTION, visit.url(desk_path)).show_if(!filter.decided, t::MANY).show_if(!filter.decided, t::TICK);
        for (const auto& which : found) fill_row(visit, table.add(t::ROW), which, !filter.decided);
    }
    page.set(t::PAGER, core::pager(visit, filter.after ? visit.with("nach", "") : "", next, ""));
    return visit.page({.title = title, .navigation = desk_path, .kind = "admin", .admin = true}, t::file, page);
}

http::Response decide_many(Visit& visit) {
    const auto chosen = visit.form.all("c");
    const std::string what = visit.form["was"];
    if (chosen.empty() || chosen.size() > per_page) return visit.go(desk_path, tr_noop("Please tick the cases first."));
    if (what != "pass" && what != "take" && what != "give")
        return visit.go(desk_path, tr_noop("Please choose what is to be done with the cases."));
    std::int64_t done = 0;
    for (const auto& word : chosen) {
        const auto id = to_int(word);
        const auto which = id ? core::find_case(visit.tx, visit.tenant.id, core::CaseId{*id}) : std::nullopt;
        const auto c = which ? core::find_contribution(visit.tx, visit.tenant.id, which->contribution) : std::nullopt;
        // Second opinions and appeals are decided one by one.
        const bool fits = c && which->state == core::CaseState::open && c->state != core::ContributionState::waiting &&
                          c->state != core::ContributionState::withdrawn &&
                          (what != "pass" || which->reason != CaseReason::appeal);
        if (!fits) continue;
        ++done;
        if (what == "pass") {
            Decision decision;
            decision.kind = offered(*which, false).front();
            carry_out(visit, *which, *c, decision);
        } else {
            core::assign(visit.tx, which->id, what == "take" ? visit.actor.account : core::AccountId{});
            visit.record("moderation.assign", {"moderation", which->id.value});
        }
    }
    const auto left = std::int64_t(chosen.size()) - done;
    const std::string number = visit.language.number(done);
    if (left == 0) return visit.go(desk_path, tr_noop("Done: {n} cases.", {{"n", number}}));
    return visit.go(desk_path,
                    tr_noop("Done: {n} cases. {left} were left as they are: decided by others, withdrawn, or "
                            "to be decided one by one.",
                            {{"n", number}, {"left", visit.language.number(left)}}));
}

}  // namespace mitwirken::moderation
