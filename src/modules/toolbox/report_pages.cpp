// The questionnaire (Abfragebogen): a colleague hands in an experience, the office attaches it to a format or makes a
// new one of it, the department releases it before anything is public.
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/toolbox/pages.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
const std::string base = "/verwaltung/erfahrungen";

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

std::string pill_of(ReportState state) {
    static const char* const classes[] = {"draft", "review", "planned", "ok", "failed"};
    return classes[int(state)];
}

Report editable(Visit& visit) {
    if (visit.parameter("id") == "neu") {
        Report report;
        report.owner = visit.actor.organisation;
        if (const auto format = find_format(visit.tx, visit.tenant.id, visit.query["format"]))
            report.format = format->id;
        return report;
    }
    const auto report = find_report(visit.tx, visit.tenant.id, visit.id_parameter<ReportId>("id"));
    if (!report) throw NotFound();
    visit.need(edit_action, report->owner);
    return *report;
}

std::vector<core::Option> format_options(Visit& visit) {
    std::vector<core::Option> options{{"0", visit.tr("– not in the toolbox yet –")}};
    for (const auto& f : managed_formats(visit.tx, visit.tenant.id, {}, {}, false, 1000))
        options.push_back({std::to_string(f.id.value), f.title});
    return options;
}

Form form_of(const Report& r) {
    Form form;
    form.set("format", std::to_string(r.format ? r.format->value : 0));
    form.set("title", r.title);
    form.set("occasion", r.occasion);
    form.set("date_text", r.date_text);
    if (r.participants) form.set("participants", std::to_string(*r.participants));
    form.set("went_well", r.went_well);
    form.set("went_badly", r.went_badly);
    form.set("advice", r.advice);
    return form;
}

// Who may take which step: the office decides on attaching and publishing, the department on releasing.
std::vector<ReportState> steps(const Visit& visit, const Report& r) {
    const bool office = bool(visit.may(publish_action));
    const bool own = r.owner == visit.actor.organisation || office;
    switch (r.state) {
        case ReportState::draft:
            return own ? std::vector{ReportState::handed_in} : std::vector<ReportState>{};
        case ReportState::handed_in:
            return own ? (office ? std::vector{ReportState::agreed, ReportState::draft, ReportState::rejected}
                                 : std::vector{ReportState::agreed, ReportState::draft})
                       : std::vector<ReportState>{};
        case ReportState::agreed:
            return office ? std::vector{ReportState::published, ReportState::rejected} : std::vector<ReportState>{};
        case ReportState::published:
            return office ? std::vector{ReportState::agreed} : std::vector<ReportState>{};
        case ReportState::rejected:
            return own ? std::vector{ReportState::draft} : std::vector<ReportState>{};
    }
    return {};
}

html::SafeHtml content(Visit& visit, const Report& r, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::edit;
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(
                 visit, {.title = r.id ? r.title : visit.tr("Hand in your experience"),
                         .lead = visit.tr("What you learned helps colleagues and people in town to do it themselves."),
                         .crumbs = {{visit.tr("Experiences"), base}}}));
    page.set(t::NOTICE, notice);
    if (r.id) {
        namespace s = tpl::edit_states;
        html::Values states;
        states.set(s::STATE, visit.tr(name_of(r.state)))
            .set(s::CLASS, pill_of(r.state))
            .set(s::ACTION, visit.url(base + "/" + std::to_string(r.id.value) + "/stand"));
        for (const auto next : steps(visit, r))
            states.add(s::NEXT).set(s::VALUE, to_word(next)).set(s::LABEL, visit.tr(name_of(next)));
        if (!r.format && visit.may(publish_action))
            states.add(s::NEXT).set(s::VALUE, "new_format").set(s::LABEL, visit.tr("Make a new format of it"));
        page.set(t::STATES, html::render_part(s::file, states, visit.language));
    }
    core::FormView form(visit, values, problems);
    form.hidden("_version", r.id ? core::version_field(visit, ref_of(r.id)) : "0");
    form.select("format", tr_noop("Format"), format_options(visit));
    form.text("title", tr_noop("Title of the experience")).limit(200);
    form.area("occasion", tr_noop("What for"));
    form.text("date_text", tr_noop("When")).hint(tr_noop("For example: spring 2026, or 14 March 2026")).limit(100);
    form.number("participants", tr_noop("How many took part")).optional();
    form.area("went_well", tr_noop("What went well"));
    form.area("went_badly", tr_noop("What did not")).optional();
    form.area("advice", tr_noop("Advice to others")).optional();
    page.set(t::FORM, form.html({.action = base + "/" + (r.id ? std::to_string(r.id.value) : "neu"),
                                 .submit = tr_noop("Save"),
                                 .cancel = base,
                                 .keep_draft = true,
                                 .buttons = r.id && r.state != ReportState::draft
                                                ? std::vector<core::FormOptions::Button>{}
                                                : std::vector<core::FormOptions::Button>{
                                                      {"hand_in", "1", tr_noop("Save and hand in")}}}));
    return html::render_part(t::file, page, visit.language);
}

Problems read_report(Visit& visit, Report& r) {
    Problems problems;
    const auto text = [&](const char* name, std::size_t most, const Message& missing) {
        const std::string value = trimmed(visit.form[name]);
        if (value.empty() && !missing.empty()) problems.add(name, missing);
        if (letters(value) > most)
            problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(most)}}));
        return value;
    };
    r.title = text("title", 200, tr_noop("Please give it a title."));
    r.occasion = text("occasion", 4000, {});
    r.date_text = text("date_text", 100, {});
    r.went_well = text("went_well", 8000, {});
    r.went_badly = text("went_badly", 8000, {});
    r.advice = text("advice", 8000, {});
    const std::string number = trimmed(visit.form["participants"]);
    r.participants = number.empty() ? std::nullopt : to_int(number);
    if (!number.empty() && (!r.participants || *r.participants < 0 || *r.participants > 1'000'000))
        problems.add("participants", tr_noop("Please give a number."));
    const FormatId format{to_int(visit.form["format"]).value_or(0)};
    if (format && !find_format(visit.tx, visit.tenant.id, format))
        problems.add("format", tr_noop("Please choose from the list."));
    r.format = format ? std::optional(format) : std::nullopt;
    if (!visit.form["hand_in"].empty() && r.went_well.empty() && r.went_badly.empty())
        problems.add("went_well", tr_noop("Before you hand it in, say what went well or what did not."));
    return problems;
}

void make_format(Visit& visit, Report& r) {
    Format f;
    f.title = r.title;
    f.summary = first_letters(r.occasion, 300);
    f.description = r.occasion;
    f.tips = r.advice;
    f.owner = r.owner;
    f.key = free_key(visit.tx, visit.tenant.id, f.title);
    save(visit.tx, visit.tenant.id, f, {}, visit.actor.account, "", visit.now);
    r.format = f.id;
    save_report(visit.tx, visit.tenant.id, r, visit.actor.account, "", visit.now);
    visit.record("toolbox.created_from_report", ref_of(f.id), f.key);
}

}  // namespace

http::Response reports_page(Visit& visit) {
    const auto state = report_state_from(visit.query["stand"]);
    const bool office = bool(visit.may(publish_action));
    auto list =
        office ? managed_reports(visit.tx, visit.tenant.id, state, ReportId{to_int(visit.query["vor"]).value_or(0)}, 51)
               : reports_by(visit.tx, visit.actor.account, 51);
    std::string next;
    if (list.size() > 50) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    core::TableView view{
        .id = "reports", .caption = visit.tr("Experiences"), .empty = visit.tr("No experience handed in yet.")};
    view.columns = {visit.tr("Title"), visit.tr("Department"), visit.tr("State"), visit.tr("Last changed")};
    for (const auto& r : list)
        view.rows.push_back({core::link_cell(r.title, base + "/" + std::to_string(r.id.value)),
                             core::text_cell(r.organisation),
                             core::pill_cell(visit.tr(name_of(r.state)), pill_of(r.state)),
                             core::text_cell(visit.language.ago(r.changed_at, visit.now))});
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(
                            visit, {.title = visit.tr("Experiences"),
                                    .links = {{base + "/neu", visit.tr("Hand in your experience"), "plus", true}}}));
    for (const auto& [word, label] :
         std::vector<std::pair<std::string, std::string>>{{"", visit.tr("All")},
                                                          {"handed_in", visit.tr(name_of(ReportState::handed_in))},
                                                          {"agreed", visit.tr(name_of(ReportState::agreed))},
                                                          {"published", visit.tr(name_of(ReportState::published))}})
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + (word.empty() ? "" : "?stand=" + word))
            .set(t::LABEL, label)
            .show_if(visit.query["stand"] == word, t::CURRENT);
    values.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
    return visit.page(head_of(visit.tr("Experiences")), t::file, values);
}

http::Response report_page(Visit& visit) {
    const Report r = editable(visit);
    return visit.page(head_of(r.id ? r.title : visit.tr("Hand in your experience")),
                      content(visit, r, form_of(r), {}, {}));
}

http::Response save_report_form(Visit& visit) {
    Report r = editable(visit);
    const Report before = r;
    const std::string title = visit.tr("Experiences");
    const Problems problems = read_report(visit, r);
    if (problems.any())
        return core::show_again(visit, head_of(title), content(visit, before, visit.form, problems, {}));
    if (r.id && core::changed_meanwhile(visit, ref_of(r.id)))
        return core::show_again(visit, head_of(title),
                                content(visit, before, visit.form, {}, core::meanwhile_notice(visit, ref_of(r.id))));
    if (!r.id) {
        r.author = visit.actor.account;
        if (const auto o = core::find_organisation(visit.tx, visit.tenant.id, r.owner)) r.organisation = o->name;
    }
    // What was released has to be released again when its words change.
    if (r.state == ReportState::agreed && !visit.may(publish_action)) r.state = ReportState::handed_in;
    if (!visit.form["hand_in"].empty() && r.state == ReportState::draft) r.state = ReportState::handed_in;
    save_report(visit.tx, visit.tenant.id, r, visit.actor.account, "", visit.now);
    visit.record(before.id ? "toolbox.report_changed" : "toolbox.report_created", ref_of(r.id));
    return visit.go(base, r.state == ReportState::handed_in
                              ? tr_noop("Thank you. The participation office will look at it.")
                              : tr_noop("Saved."));
}

http::Response report_state(Visit& visit) {
    Report r = editable(visit);
    if (!r.id) throw NotFound();
    if (visit.form["state"] == "new_format") {
        visit.need(publish_action);
        if (r.format) throw Conflict();
        make_format(visit, r);
        return visit.go(base + "/" + std::to_string(r.id.value), tr_noop("There is a new format, as a draft."));
    }
    const auto next = report_state_from(visit.form["state"]);
    const auto allowed = steps(visit, r);
    if (!next || std::find(allowed.begin(), allowed.end(), *next) == allowed.end())
        throw Conflict(tr_noop("This step is not possible from the present state."));
    set_report_state(visit.tx, visit.tenant.id, r.id, *next, visit.now);
    visit.record("toolbox.report_state", ref_of(r.id), std::string(to_word(*next)));
    return visit.go(base + "/" + std::to_string(r.id.value), tr_noop("The state is changed."));
}

}  // namespace mitwirken::toolbox
