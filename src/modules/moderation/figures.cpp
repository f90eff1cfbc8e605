// The desk's work in public numbers, month by month: how much came, what was decided, how long it took.
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "moderation/templates.h"
#include "modules/moderation/pages.h"

namespace mitwirken::moderation {

namespace {

using core::Visit;

constexpr int months = 12;

struct Month {
    std::string name;
    core::ModerationFigures figures;
};

std::string hours_of(const Visit& visit, const core::ModerationFigures& f) {
    if (f.decided == 0) return "–";
    const auto minutes = f.milliseconds / f.decided / 60'000;
    if (minutes < 60) return visit.language.plural("{n} minute", "{n} minutes", minutes);
    if (minutes < 48 * 60) return visit.language.plural("{n} hour", "{n} hours", minutes / 60);
    return visit.language.plural("{n} day", "{n} days", minutes / 60 / 24);
}

std::vector<Month> counted(Visit& visit) {
    std::vector<Month> result;
    const Date today = berlin_day(visit.now);
    auto month = today.year() / today.month();
    for (int i = 0; i < months; ++i, month -= std::chrono::months{1}) {
        const Timestamp from = start_of(Date{month / std::chrono::day{1}});
        const Timestamp to = start_of(Date{(month + std::chrono::months{1}) / std::chrono::day{1}});
        auto figures = core::moderation_figures(visit.tx, visit.tenant.id, from, to);
        result.push_back({to_iso(Date{month / std::chrono::day{1}}).substr(0, 7), figures});
    }
    return result;
}

}  // namespace

http::Response figures_page(Visit& visit) {
    namespace t = tpl::log;
    const std::string title = visit.tr("The moderation in numbers");
    core::TableView view{.id = "figures", .caption = title};
    view.columns = {visit.tr("Month"),
                    visit.tr("Held before publication"),
                    visit.tr("Reported"),
                    visit.tr("Appeals"),
                    visit.tr("Published"),
                    visit.tr("Hidden"),
                    visit.tr("Shortened"),
                    visit.tr("Left as it is"),
                    visit.tr("Time to the decision")};
    for (const auto& month : counted(visit)) {
        const auto& f = month.figures;
        auto& row = view.rows.emplace_back(std::vector{core::text_cell(month.name)});
        for (const auto number : {f.held, f.reported, f.appeals, f.published, f.hidden, f.redacted, f.left})
            row.push_back(core::number_cell(visit.language.number(number)));
        row.push_back(core::number_cell(hours_of(visit, f)));
    }
    visit.right_until(visit.now + std::chrono::minutes{10});
    html::Values page;
    page.set(t::HEAD, core::page_head(
                          visit, {.title = title,
                                  .lead = visit.tr("The last twelve months. The time is the average from "
                                                   "the case to the decision."),
                                  .crumbs = {{visit.tr("Rules and moderation"), "/moderation"}},
                                  .links = {{"/moderation/protokoll", visit.tr("Record of all decisions"), "list"}}}));
    page.set(t::LIST, core::table(visit, view)).set(t::PAGER, html::SafeHtml{});
    return visit.page({.title = title, .navigation = "/moderation", .kind = "list"}, t::file, page);
}

}  // namespace mitwirken::moderation
