// The list of procedures in the administration: by state and department.
#include "core/forms/table.h"
#include "core/people/people.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::ProcedureState;
using core::Visit;
constexpr int per_page = 50;

core::ProcedureFilter filter_of(const Visit& visit) {
    core::ProcedureFilter filter;
    filter.state = core::procedure_state_from(visit.query["stand"]);
    filter.organisation = core::OrganisationId{std::max<std::int64_t>(0, to_int(visit.query["amt"]).value_or(0))};
    if (visit.actor.role == core::Role::editor) filter.organisation = visit.actor.organisation;
    filter.before = core::ProcedureId{to_int(visit.query["vor"]).value_or(0)};
    return filter;
}

void add_offices(Visit& visit, html::Values& page, const core::ProcedureFilter& filter,
                 const std::vector<core::Organisation>& offices) {
    namespace t = tpl::managed;
    auto form = page.add(t::OFFICES).set(t::ACTION, visit.url(editing_base));
    if (filter.state) form.add(t::STATE).set(t::VALUE, core::to_word(*filter.state));
    for (const auto& office : offices)
        form.add(t::OFFICE)
            .set(t::VALUE, office.id.value)
            .set(t::NAME, office.name)
            .show_if(office.id == filter.organisation, t::CHOSEN);
}

core::TableView table_of(const Visit& visit, const std::vector<core::ProcedureRecord>& list,
                         const std::vector<core::Organisation>& offices) {
    core::TableView view{.id = "procedures",
                         .caption = visit.tr("Procedures"),
                         .empty = visit.tr("No procedure here. “New procedure” begins one.")};
    view.columns = {visit.tr("Title"), visit.tr("State"), visit.tr("Department"), visit.tr("Last changed"), ""};
    for (const auto& record : list) {
        std::string name;
        for (const auto& office : offices)
            if (office.id == record.organisation) name = office.name;
        const bool asked = record.state == ProcedureState::draft && record.submitted_by;
        core::Cell copy = core::link_cell(visit.tr("Copy"), editing_base + "-neu?von=" + escape_url(record.key));
        copy.spoken = record.title;
        view.rows.push_back(
            {core::link_cell(record.title, Editing{record, {}}.address()),
             core::pill_cell(visit.tr(asked ? tr_noop("Publication asked for") : state_name(record.state)),
                             asked ? "review" : state_class(record.state)),
             core::text_cell(name), core::text_cell(visit.language.ago(record.changed_at, visit.now)), copy});
    }
    return view;
}

}  // namespace

http::Response managed_page(Visit& visit) {
    const auto filter = filter_of(visit);
    // An editor without a department has none of its procedures.
    const bool nothing = visit.actor.role == core::Role::editor && !filter.organisation;
    auto list = nothing ? std::vector<core::ProcedureRecord>{}
                        : core::procedures(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    const auto offices = core::organisations(visit.tx, visit.tenant.id);
    namespace t = tpl::managed;
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(visit, {.title = visit.tr("Procedures"),
                                      .links = {{editing_base + "-einlesen", visit.tr("From a file"), "upload"},
                                                {editing_base + "-neu", visit.tr("New procedure"), "plus", true}}}));
    page.add(t::TAB)
        .set(t::URL, visit.url(editing_base))
        .set(t::LABEL, visit.tr("All"))
        .show_if(!filter.state, t::CURRENT);
    for (const auto state : {ProcedureState::draft, ProcedureState::published, ProcedureState::paused})
        page.add(t::TAB)
            .set(t::URL, visit.url(editing_base) + "?stand=" + std::string(core::to_word(state)))
            .set(t::LABEL, visit.tr(state_name(state)))
            .show_if(filter.state == state, t::CURRENT);
    if (visit.actor.role != core::Role::editor) add_offices(visit, page, filter, offices);
    page.set(t::LIST, core::table(visit, table_of(visit, list, offices)))
        .set(t::PAGER, core::pager(visit, filter.before ? visit.with("vor", "") : "", next, ""));
    return visit.page(head_of(visit.tr("Procedures")), t::file, page);
}

}  // namespace mitwirken::procedures
