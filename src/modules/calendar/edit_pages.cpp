// Writing dates: list, form, states, cancelling, versions.
// What must stay true: saving never changes state or cancellation; those have buttons of their own.
#include "calendar/templates.h"
#include "core/desk/procedure_field.h"
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/pages.h"

namespace mitwirken::calendar {

namespace {

using core::Visit;
const std::string base = "/verwaltung/termine";
constexpr int per_page = 50;
constexpr std::size_t longest_reason = 400;

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

Event editable(Visit& visit) {
    if (visit.parameter("id") == "neu") {
        Event event;
        event.organisation = visit.actor.organisation;
        return event;
    }
    const auto event = find(visit.tx, visit.tenant.id, visit.id_parameter<EventId>("id"));
    if (!event) throw NotFound();
    visit.need(edit_action, event->organisation);
    return *event;
}

Event stored(Visit& visit) {
    Event event = editable(visit);
    if (!event.id) throw NotFound();
    return event;
}

std::vector<core::Option> term_options(Visit& visit, const char* tree) {
    std::vector<core::Option> options;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree))
        options.push_back({term.key, term.name_in(visit.language.code())});
    return options;
}

void add_fields(Visit& visit, core::FormView& form, const Event& event) {
    form.text("title", tr_noop("Title")).limit(200);
    form.area("summary", tr_noop("Summary")).limit(400);
    form.markdown("body", tr_noop("Text")).optional();
    form.heading(tr_noop("Time"));
    form.date("day", tr_noop("Day")).optional();
    form.time("start_time", tr_noop("Begins at")).optional().hint(tr_noop("Empty: the whole day."));
    form.time("end_time", tr_noop("Ends at")).optional();
    form.date("last_day", tr_noop("Last day")).optional().hint(tr_noop("Only if it lasts longer than one day."));
    form.text("approximate", tr_noop("When, in words")).optional().hint(tr_noop("For example: spring 2027"));
    form.heading(tr_noop("Where it belongs"));
    core::add_procedure_field(visit, form, event.procedure);
    form.text("place", tr_noop("Place")).optional();
    form.text("lat", tr_noop("Latitude")).optional();
    form.text("lon", tr_noop("Longitude")).optional();
    form.check("online", tr_noop("Online"));
    form.choices("topics", tr_noop("Topics"), term_options(visit, "topic")).optional();
    form.choices("districts", tr_noop("Districts"), term_options(visit, "district")).optional();
    form.heading(tr_noop("Taking part"));
    form.area("registration", tr_noop("Registration")).optional().limit(500);
    form.area("accessibility", tr_noop("Accessibility")).optional().limit(500);
    form.text("organiser", tr_noop("Organiser")).optional();
    form.select("organisation", tr_noop("Department"), core::department_options(visit));
    form.text("credit", tr_noop("Source")).optional();
    core::add_schedule_fields(form);
}

void fill_states(Visit& visit, html::Values& page, const Event& event) {
    namespace t = tpl::edit;
    auto states = page.add(t::STATES)
                      .set(t::STATE, core::state_words(visit, event.schedule()))
                      .set(t::CLASS, core::state_class(event.schedule(), visit.now))
                      .set(t::ACTION, visit.url(base + "/" + std::to_string(event.id.value) + "/stand"));
    static const std::pair<const char*, Message> steps[] = {
        {"hand_in", tr_noop("Hand in")}, {"return", tr_noop("Give back")}, {"agree", tr_noop("Agree")},
        {"publish", tr_noop("Publish")}, {"archive", tr_noop("Archive")},  {"restore", tr_noop("Restore")}};
    for (const auto& [word, label] : steps)
        if (next_state(event.state, word) &&
            (!core::step_needs_release(event.state, word) || visit.may(publish_action)))
            states.add(t::NEXT).set(t::VALUE, word).set(t::LABEL, visit.tr(label));
}

void fill_cancel(Visit& visit, html::Values& page, const Event& event, const Problems& problems) {
    namespace t = tpl::edit;
    Form values;
    values.add("reason", problems.of("reason") ? visit.form["reason"] : event.cancelled_reason);
    core::FormView form(visit, values, problems);
    form.area("reason", tr_noop("Why it is cancelled")).limit(longest_reason).optional();
    form.hidden("cancelled", event.cancelled ? "no" : "yes");
    page.add(t::CANCEL).set(
        t::CANCEL_FORM,
        form.html({.action = base + "/" + std::to_string(event.id.value) + "/absage",
                   .submit = event.cancelled ? tr_noop("It takes place after all") : tr_noop("Cancel the date"),
                   .id = "cancel-form"}));
}

html::SafeHtml content(Visit& visit, const Event& event, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::edit;
    html::Values page;
    const std::string id = std::to_string(event.id.value);
    core::Heading heading{.title = event.id ? event.title : visit.tr("New date"),
                          .crumbs = {{visit.tr("Dates"), base}}};
    if (event.id)
        heading.links = {{"/termine/" + event.key, visit.tr("Preview"), "eye"},
                         {base + "/" + id + "/versionen", visit.tr("Versions"), "history"}};
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    // Two forms on one page: each shows its own problems.
    const Problems none;
    const bool of_cancelling = problems.of("reason") != nullptr;
    if (event.id) fill_states(visit, page, event);
    if (event.id && core::published_notice(visit, event.state, publish_action).empty())
        fill_cancel(visit, page, event, of_cancelling ? problems : none);
    core::FormView form(visit, values, of_cancelling ? none : problems);
    form.hidden("_version", event.id ? core::version_field(visit, ref_of(event.id)) : "0");
    add_fields(visit, form, event);
    page.set(t::FORM, form.html({.action = base + "/" + (event.id ? id : "neu"), .cancel = base, .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

Form form_of(Visit& visit, const Event& event) {
    Form form = to_form(event);
    core::write_procedure(form, event.procedure);
    if (event.id) core::write_subjects(visit, form, ref_of(event.id));
    return form;
}

// What follows every change: version, search index, rows for the instants of publication.
void follow_up(Visit& visit, EventId id) {
    const Event event = *find(visit.tx, visit.tenant.id, id);
    std::vector<std::string> names;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(id))) names.push_back(term.name);
    const auto organisation = core::find_organisation(visit.tx, visit.tenant.id, event.organisation);
    auto shot = snapshot(event, names, organisation ? organisation->name : "");
    shot.emplace_back("Belongs to the procedure", core::procedure_title(visit, event.procedure));
    core::add_revision(visit.tx, visit.tenant.id, ref_of(id), shot, visit.actor.account, "", visit.now);
    index(visit.tx, visit.tenant.id, event, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref_of(event.id), event.schedule(), visit.now);
}

// Feeds and followers, also those of its procedure, hear of it.
void tell(Visit& visit, const Event& event) {
    const std::string path = "/termine/" + event.key;
    visit.publish(core::ItemPublished{ref_of(event.id), event.title, path, "event"});
    if (core::procedure_link(visit, event.procedure))
        visit.publish(core::ProcedureHappened{.what = core::ProcedureHappened::What::event,
                                              .procedure = event.procedure,
                                              .title = event.title,
                                              .text = when_words(visit, event) + ". " + event.summary,
                                              .url = path});
}

core::TableView table_of(Visit& visit, const std::vector<Event>& list) {
    core::TableView view{
        .id = "events", .caption = visit.tr("Dates"), .empty = visit.tr("No date here. “New date” begins one.")};
    view.columns = {visit.tr("Title"), visit.tr("State"), visit.tr("When"), visit.tr("Last changed")};
    for (const auto& event : list)
        view.rows.push_back(
            {core::link_cell(event.title, base + "/" + std::to_string(event.id.value)),
             core::pill_cell(core::state_words(visit, event.schedule()),
                             core::state_class(event.schedule(), visit.now)),
             core::text_cell(when_words(visit, event) + (event.cancelled ? " · " + visit.tr("cancelled") : "")),
             core::text_cell(visit.language.ago(event.changed_at, visit.now))});
    return view;
}

}  // namespace

http::Response managed_page(Visit& visit) {
    AdminFilter filter{.state = core::state_from(visit.query["stand"]), .before = read_cursor(visit.query["vor"])};
    if (visit.actor.role == core::Role::editor) filter.organisation = visit.actor.organisation;
    auto list = admin_list(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().changed_at.time_since_epoch().count()) + "." +
                                     std::to_string(list.back().id.value));
    }
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Dates"),
                                                 .links = {{base + "/neu", visit.tr("New date"), "plus", true}}}));
    values.add(t::TAB).set(t::URL, visit.url(base)).set(t::LABEL, visit.tr("All")).show_if(!filter.state, t::CURRENT);
    for (const State state : {State::draft, State::handed_in, State::agreed, State::published, State::archived})
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + "?stand=" + std::string(core::to_word(state)))
            .set(t::LABEL, visit.tr(core::state_name(state)))
            .show_if(filter.state == state, t::CURRENT);
    values.set(t::LIST, core::table(visit, table_of(visit, list)))
        .set(t::PAGER, core::pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
    return visit.page(head_of(visit.tr("Dates")), t::file, values);
}

http::Response edit_page(Visit& visit) {
    const Event event = editable(visit);
    return visit.page(
        head_of(event.id ? event.title : visit.tr("New date")),
        content(visit, event, form_of(visit, event), {}, core::published_notice(visit, event.state, publish_action)));
}

http::Response save_form(Visit& visit) {
    const Event before = editable(visit);
    const auto head = head_of(before.id ? before.title : visit.tr("New date"));
    const auto again = [&](const Problems& problems, const html::SafeHtml& notice) {
        return core::show_again(visit, head, content(visit, before, visit.form, problems, notice));
    };
    const auto published = core::published_notice(visit, before.state, publish_action);
    if (!published.empty()) return again({}, published);
    const auto checked = check(visit.form);
    Problems problems = checked ? Problems{} : checked.problems();
    const auto department = core::read_department(visit, problems);
    const auto procedure = core::read_procedure(visit, before.procedure, problems);
    if (problems.any()) return again(problems, {});
    if (before.id && core::changed_meanwhile(visit, ref_of(before.id)))
        return again({}, core::meanwhile_notice(visit, ref_of(before.id)));
    Event event = *checked;
    event.id = before.id, event.key = before.key, event.state = before.state, event.cancelled = before.cancelled,
    event.cancelled_reason = before.cancelled_reason;
    event.organisation = department;
    event.procedure = procedure;
    if (event.id)
        save(visit.tx, visit.tenant.id, event, visit.actor.account, visit.now);
    else
        event.id = add(visit.tx, visit.tenant.id, event, visit.actor.account, visit.now);
    core::read_subjects(visit, ref_of(event.id));
    follow_up(visit, event.id);
    visit.record(before.id ? "calendar.changed" : "calendar.created", ref_of(event.id), event.title);
    return visit.go(base + "/" + std::to_string(event.id.value), tr_noop("Saved."));
}

http::Response step(Visit& visit) {
    Event event = stored(visit);
    const std::string& word = visit.form["step"];
    const auto next = next_state(event.state, word);
    if (!next) throw Conflict(tr_noop("This step is not possible from the present state."));
    if (core::step_needs_release(event.state, word)) visit.need(publish_action);
    event.state = *next;
    save(visit.tx, visit.tenant.id, event, visit.actor.account, visit.now);
    index(visit.tx, visit.tenant.id, event, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref_of(event.id), event.schedule(), visit.now);
    visit.record("calendar.state", ref_of(event.id), word);
    if (*next == State::published) tell(visit, event);
    return visit.go(base + "/" + std::to_string(event.id.value), tr_noop("The state is changed."));
}

http::Response cancel(Visit& visit) {
    Event event = stored(visit);
    core::need_change(visit, event.state, publish_action);
    Problems problems;
    core::need_short(problems, "reason", visit.form["reason"], longest_reason);
    if (problems.any())
        return core::show_again(visit, head_of(event.title),
                                content(visit, event, form_of(visit, event), problems, {}));
    event.cancelled = visit.form["cancelled"] == "yes";
    event.cancelled_reason = event.cancelled ? trimmed(visit.form["reason"]) : "";
    save(visit.tx, visit.tenant.id, event, visit.actor.account, visit.now);
    follow_up(visit, event.id);
    visit.record("calendar.cancelled", ref_of(event.id), event.cancelled ? "yes" : "no");
    return visit.go(base + "/" + std::to_string(event.id.value), tr_noop("Saved."));
}

http::Response versions(Visit& visit) {
    const Event event = stored(visit);
    return core::versions_page(visit, ref_of(event.id), event.title,
                               {event.title, base + "/" + std::to_string(event.id.value)});
}

}  // namespace mitwirken::calendar
