// What everybody can read: the rules, and what was decided by them – day, kind, reason, decision and rule, no text, no
// name.
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "moderation/templates.h"
#include "modules/moderation/pages.h"
#include "platform/base/text.h"
#include "platform/tables/csv.h"

namespace mitwirken::moderation {

namespace {

using core::Visit;

constexpr std::size_t per_page = 50;
constexpr int most_lines = 20'000;

std::vector<std::string> columns(const Visit& visit) {
    return {visit.tr("Day"), visit.tr("Kind"), visit.tr("Reason"), visit.tr("Decision"), visit.tr("Rule")};
}

std::vector<std::string> cells(const Visit& visit, const core::LogLine& line, std::string day) {
    return {std::move(day), kind_name(visit, line.module, line.kind), visit.tr(reason_name(line.reason)),
            visit.tr(ruling_name(line.ruling)), line.rule.empty() ? visit.tr("No rule is broken") : line.rule};
}

}  // namespace

http::Response rules_page(Visit& visit) {
    namespace t = tpl::rules;
    html::Values page;
    const std::string title = visit.tr("Rules and moderation");
    page.set(t::HEAD, core::page_head(visit, {.title = title,
                                              .lead = visit.tr("What holds for everybody who takes part, who decides, "
                                                               "and what you can do.")}));
    for (const auto& rule : rules_from(visit.setting("moderation.rules"))) {
        auto item = page.add(t::RULE).set(t::NAME, rule.name);
        if (!rule.words.empty()) item.add(t::MORE).set(t::WORDS, rule.words);
    }
    if (visit.setting_on("moderation.two_persons")) page.show(t::TWO_PERSONS);
    page.set(t::LOG_URL, visit.url("/moderation/protokoll")).set(t::MINE_URL, visit.url("/meine-beitraege"));
    return visit.page({.title = title, .navigation = "/moderation"}, t::file, page);
}

http::Response log_page(Visit& visit) {
    namespace t = tpl::log;
    const auto before = to_int(visit.query["vor"]).value_or(0);
    auto lines = core::moderation_log(visit.tx, visit.tenant.id, before, int(per_page) + 1);
    std::string next;
    if (lines.size() > per_page) {
        lines.pop_back();
        next = visit.with("vor", std::to_string(lines.back().id));
    }
    const std::string title = visit.tr("Record of the moderation");
    core::TableView view{.id = "log", .caption = title, .empty = visit.tr("Nothing has been decided yet.")};
    view.columns = columns(visit);
    for (const auto& line : lines) {
        auto& row = view.rows.emplace_back();
        for (auto& cell : cells(visit, line, visit.language.date(berlin_day(line.at))))
            row.push_back(core::text_cell(std::move(cell)));
    }
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = title,
                                     .lead = visit.tr("Every decision with its day, its reason and its rule; without "
                                                      "texts and without names."),
                                     .crumbs = {{visit.tr("Rules and moderation"), "/moderation"}},
                                     .links = {{"/moderation/protokoll.csv", visit.tr("CSV"), "download"}}}));
    page.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, before ? visit.with("vor", "") : "", next, ""));
    return visit.page({.title = title, .navigation = "/moderation", .kind = "list"}, t::file, page);
}

http::Response log_csv(Visit& visit) {
    tables::CsvWriter csv;
    csv.row(columns(visit));
    for (const auto& line : core::moderation_log(visit.tx, visit.tenant.id, 0, most_lines))
        csv.row(cells(visit, line, to_iso(berlin_day(line.at))));
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"moderation.csv\"");
    response.body = csv.take();
    return response;
}

}  // namespace mitwirken::moderation
