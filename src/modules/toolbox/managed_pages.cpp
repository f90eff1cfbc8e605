// The administration's list of formats: searched, filtered, sorted, a page at a time.
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/people/people.h"
#include "modules/toolbox/pages.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace t = tpl::managed_formats;
constexpr int per_page = 50;
const std::string base = "/verwaltung/instrumente";

struct OrderChoice {
    ManagedOrder order;
    std::string_view parameter;
    Message label;
};
const std::vector<OrderChoice>& order_choices() {
    static const std::vector<OrderChoice> choices{
        {ManagedOrder::title, "", tr_noop("Format/method, A–Z")},
        {ManagedOrder::title_down, "name-ab", tr_noop("Format/method, Z–A")},
        {ManagedOrder::changed, "geaendert", tr_noop("Changed last")},
        {ManagedOrder::changed_long_ago, "geaendert-ab", tr_noop("Changed longest ago")}};
    return choices;
}

ManagedFilter asked(const Visit& visit) {
    ManagedFilter filter{.state = state_from(visit.query["stand"]),
                         .text = first_letters(trimmed(visit.query["q"]), 100)};
    for (const auto& choice : order_choices())
        if (choice.parameter == visit.query["sortierung"]) filter.order = choice.order;
    if (visit.actor.role == core::Role::editor)
        filter.owner = visit.actor.organisation;
    else if (const auto department = to_int(visit.query["fachbereich"]); department && *department > 0)
        filter.owner = OrganisationId{*department};
    return filter;
}

// The list's address with what is chosen, and a cursor.
std::string address(const Visit& visit, const std::string& cursor, FormatId at) {
    Form query;
    for (const char* name : {"q", "stand", "fachbereich", "sortierung"})
        if (!visit.query[name].empty()) query.add(name, visit.query[name]);
    query.add(cursor, std::to_string(at.value));
    return visit.url(base) + "?" + to_query(query);
}

void fill_filters(Visit& visit, const ManagedFilter& filter, const std::vector<core::Organisation>& departments,
                  html::Values& values) {
    values.set(t::ACTION, visit.url(base)).set(t::TEXT, filter.text);
    values.add(t::STATE).set(t::VALUE, "").set(t::LABEL, visit.tr("All"));
    for (const State state : {State::draft, State::handed_in, State::agreed, State::published, State::archived})
        values.add(t::STATE)
            .set(t::VALUE, to_word(state))
            .set(t::LABEL, visit.tr(name_of(state)))
            .show_if(filter.state == state, t::CHOSEN);
    for (const auto& choice : order_choices())
        values.add(t::ORDER)
            .set(t::VALUE, choice.parameter)
            .set(t::LABEL, visit.tr(choice.label))
            .show_if(filter.order == choice.order, t::CHOSEN);
    if (!visit.query.empty()) values.add(t::RESET).set(t::URL, visit.url(base));
    if (visit.actor.role == core::Role::editor) return;
    auto box = values.add(t::DEPARTMENTS);
    box.add(t::DEPARTMENT).set(t::VALUE, "").set(t::LABEL, visit.tr("All"));
    for (const auto& one : departments)
        box.add(t::DEPARTMENT)
            .set(t::VALUE, one.id.value)
            .set(t::LABEL, one.name)
            .show_if(filter.owner == one.id, t::CHOSEN);
}

html::SafeHtml table_of(const Visit& visit, const ManagedFilter& filter, const std::vector<ManagedFormat>& list,
                        const std::vector<core::Organisation>& departments) {
    core::TableView view{.id = "formats", .caption = visit.tr("Toolbox")};
    view.empty = filter.state || !filter.text.empty() ? visit.tr("No format matches all of these.")
                                                      : visit.tr("No format here. “New format” begins one.");
    view.columns = {visit.tr("Format/method"), visit.tr("State"), visit.tr("Department"), visit.tr("On the web"),
                    visit.tr("Last changed")};
    for (const auto& f : list) {
        const auto owner = std::find_if(departments.begin(), departments.end(),
                                        [&](const core::Organisation& one) { return one.id == f.owner; });
        view.rows.push_back({core::link_cell(f.title, base + "/" + f.key),
                             core::pill_cell(visit.tr(name_of(f.state)), pill_of(f.state)),
                             core::text_cell(owner == departments.end() ? "–" : owner->name),
                             core::text_cell(visit.tr(f.publish ? "Yes" : "No")),
                             core::text_cell(visit.language.ago(f.changed_at, visit.now))});
    }
    return core::table(visit, view);
}

}  // namespace

std::string pill_of(State state) {
    static const char* const classes[] = {"draft", "review", "planned", "ok", "plain"};
    return classes[int(state)];
}

http::Response managed_page(Visit& visit) {
    const ManagedFilter filter = asked(visit);
    const bool backwards = !visit.query["vor"].empty();
    const FormatId from{to_int(visit.query[backwards ? "vor" : "nach"]).value_or(0)};
    auto list = managed_formats(visit.tx, visit.tenant.id, filter, from, backwards, per_page + 1);
    const bool more = list.size() > per_page;
    if (more) backwards ? list.erase(list.begin()) : list.erase(list.end() - 1);
    const auto departments = core::organisations(visit.tx, visit.tenant.id);
    html::Values values;
    core::Heading heading{.title = visit.tr("Toolbox"),
                          .links = {{base + "/neu", visit.tr("New format"), "plus", true}}};
    if (visit.may(publish_action))
        heading.links.push_back({"/verwaltung/instrumente-einlesen", visit.tr("Import"), "upload"});
    values.set(t::HEAD, core::admin_head(visit, heading));
    fill_filters(visit, filter, departments, values);
    values.set(t::LIST, table_of(visit, filter, list, departments));
    const bool has_back = !list.empty() && ((from && !backwards) || (backwards && more));
    const bool has_next = !list.empty() && (backwards || more);
    values.set(t::PAGER, core::pager(visit, has_back ? address(visit, "vor", list.front().id) : "",
                                     has_next ? address(visit, "nach", list.back().id) : "", ""));
    return visit.page({.title = visit.tr("Toolbox"), .navigation = base, .kind = "admin", .admin = true}, t::file,
                      values);
}

}  // namespace mitwirken::toolbox
