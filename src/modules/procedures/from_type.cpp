// A procedure from a template: title, first day, matter and department, and it is there with everything else. "Show the
// dates" tells beforehand on which days its steps, tasks and meetings fall.
#include <algorithm>

#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/procedures/validate.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/making.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/types_editing.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
constexpr int most_dossiers = 200;

core::ProcedureType usable(Visit& visit, const std::string& key) {
    auto type = core::newest_procedure_type(visit.tx, visit.tenant.id, key);
    if (!type) throw NotFound();
    if (type->retired) throw Conflict(tr_noop("This template is not offered any more."));
    return std::move(*type);
}

// Those that this person may join a procedure to.
std::vector<core::Option> dossier_options(Visit& visit) {
    std::vector<core::Option> options{{"", visit.tr("– a new one, named like the procedure –")}};
    core::DossierFilter filter;
    if (visit.actor.role == core::Role::editor) filter.organisation = visit.actor.organisation;
    for (const auto& dossier : core::dossiers(visit.tx, visit.tenant.id, filter, most_dossiers))
        if (dossier.state != core::DossierState::archived &&
            visit.may(core::edit_procedures_action, dossier.organisation))
            options.push_back({dossier.key, dossier.title});
    return options;
}

// Two weeks from now, on a Monday: nothing has to be hurried.
Date proposed_day(const Visit& visit) {
    Date day = add_days(berlin_day(visit.now), 14);
    while (std::chrono::weekday{std::chrono::sys_days{day}} != std::chrono::Monday) day = add_days(day, 1);
    return day;
}

html::SafeHtml content(Visit& visit, const core::ProcedureType& type, const Form& values, const Problems& problems,
                       const html::SafeHtml& dates = {}) {
    namespace t = tpl::from_type;
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(
                 visit, {.title = visit.tr(tr_noop("New procedure: {title}", {{"title", type.title}})),
                         .lead = type.summary,
                         .crumbs = {{visit.tr("Procedures"), editing_base}, {visit.tr("New procedure"), new_path}},
                         .links = {{type_address(type.key), visit.tr("What is in it"), "eye"}}}));
    core::FormView form(visit, values, problems);
    form.hidden("vorlage", type.key);
    form.text("title", tr_noop("Title")).hint(tr_noop("As people will read it.")).limit(200);
    form.date("first_day", tr_noop("First day"))
        .hint(tr_noop("All other dates are counted from it; you can move each one later."));
    form.select("dossier", tr_noop("Matter it belongs to"), dossier_options(visit))
        .hint(tr_noop("One page shows everything of a matter: procedures, council papers, decisions."));
    add_department(visit, form);
    page.set(t::FORM, form.html({.action = new_path,
                                 .submit = tr_noop("Create as a draft"),
                                 .cancel = new_path,
                                 .buttons = {{"look", "1", tr_noop("Show the dates")}}}));
    if (!dates.empty()) page.add(t::DATES).set(t::TABLE, dates);
    return html::render_part(t::file, page, visit.language);
}

core::PageHead head(const Visit& visit) { return head_of(visit.tr("New procedure")); }

Message created(const std::vector<std::string>& left_out) {
    if (left_out.empty()) return tr_noop("The procedure is created.");
    return tr_noop("The procedure is created. Left out because the building block is not there: {titles}.",
                   {{"titles", join(left_out, ", ")}});
}

}  // namespace

http::Response from_type_page(Visit& visit, const std::string& key) {
    const auto type = usable(visit, key);
    const auto proposed = make_from(visit, type, proposed_day(visit));
    Form values;
    values.set("title", proposed ? proposed->whole.record.title : type.title);
    values.set("first_day", to_iso(proposed_day(visit)));
    values.set("organisation", std::to_string(visit.actor.organisation.value));
    if (const auto& dossier = visit.query["vorhaben"]; !dossier.empty()) values.set("dossier", dossier);
    return visit.page(head(visit), content(visit, type, values, {}));
}

http::Response add_from_type(Visit& visit, const std::string& key) {
    const auto type = usable(visit, key);
    Problems problems;
    const std::string title = trimmed(visit.form["title"]);
    if (title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", title, 200);
    const auto department = core::read_department(visit, problems);
    const auto first = parse_date(trimmed(visit.form["first_day"]));
    if (!first || !core::exists(*first))
        problems.add("first_day", tr_noop("Please give a day that exists, for example 2027-03-31."));
    const std::string matter = trimmed(visit.form["dossier"]);
    const auto options = dossier_options(visit);
    if (std::none_of(options.begin(), options.end(), [&](const auto& one) { return one.value == matter; }))
        problems.add("dossier", tr_noop("This dossier belongs to another department."));
    const auto again = [&] { return core::show_again(visit, head(visit), content(visit, type, visit.form, problems)); };
    if (problems.any()) return again();
    auto built = make_from(visit, type, *first);
    if (built && core::validate(built->whole.plan).any())
        problems.add("first_day", tr_noop("With this first day some dates would not exist."));
    if (!built)
        for (const auto& one : built.problems().list())
            problems.add("first_day",
                         tr_noop("{place}: {words}", {{"place", one.field}, {"words", visit.tr(one.message)}}));
    if (problems.any()) return again();
    if (visit.form["look"] == "1")
        return visit.page(head(visit), content(visit, type, visit.form, {}, dates_table(visit, built->whole)));
    auto whole = as_draft(std::move(built->whole), department);
    whole.record.key.clear();
    whole.record.title = whole.plan.title = title;
    whole.dossier = {};
    whole.dossier.key = matter;
    if (matter.empty()) whole.dossier.title = title;
    const auto id = core::add_whole(visit.house, visit.tx, visit.tenant.id, std::move(whole), visit.now);
    if (!id) {
        for (const auto& one : id.problems().list())
            problems.add("", tr_noop("{place}: {words}", {{"place", one.field}, {"words", visit.tr(one.message)}}));
        return again();
    }
    return made(visit, *id, "procedures.from_template", created(built->left_out));
}

}  // namespace mitwirken::procedures
