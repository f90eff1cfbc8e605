// Matters in the administration: list, texts with state, and the entries of their time line. A deleted entry comes back
// by one button; every change of the texts is a version.
#include "core/editorial/editorial.h"
#include "core/forms/table.h"
#include "core/people/people.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/procedures/dossiers.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/making.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Dossier;
using core::DossierState;
using core::Visit;
constexpr int per_page = 50, most_removed = 20;
const std::string new_dossier_path = dossiers_base + "-neu";

core::PageHead head_for(const std::string& title) {
    return {.title = title, .navigation = dossiers_base, .kind = "admin", .admin = true};
}

std::string address_of(const Dossier& d, const std::string& below = "") {
    return dossiers_base + "/" + escape_url(d.key) + below;
}
std::string entry_address(const Dossier& d, std::int64_t entry, const std::string& below = "") {
    return address_of(d, "/eintraege/" + (entry ? std::to_string(entry) : "neuer") + below);
}

Dossier at_desk(Visit& visit) {
    auto dossier = core::find_dossier(visit.tx, visit.tenant.id, visit.parameter("dossier"));
    if (!dossier) throw NotFound();
    visit.need(core::edit_procedures_action, dossier->organisation);
    return std::move(*dossier);
}

core::Snapshot snapshot(Visit& visit, const Dossier& d, const std::vector<std::string>& terms) {
    const auto office = core::find_organisation(visit.tx, visit.tenant.id, d.organisation);
    std::string entries;
    for (const auto& entry : core::dossier_entries(visit.tx, d.id))
        entries += to_iso(entry.day) + " " + visit.tr(entry_kind_name(entry.kind)) + ": " + entry.title + " " +
                   entry.text + " " + entry.url + "\n";
    return {{"Title", d.title},
            {"Summary", d.summary},
            {"Text", d.body},
            {"Department", office ? office->name : ""},
            {std::string(tr_noop("Topics and districts").id), join(terms, ", ")},
            {std::string(tr_noop("Entries").id), entries}};
}

std::vector<std::string> term_names(Visit& visit, const Dossier& d) {
    std::vector<std::string> names;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, d.ref()))
        names.push_back(term.name_in(visit.language.code()));
    return names;
}

void note_change(Visit& visit, const Dossier& d, std::string_view action) {
    core::add_revision(visit.tx, visit.tenant.id, d.ref(), snapshot(visit, d, term_names(visit, d)),
                       visit.actor.account, "", visit.now);
    visit.record(action, d.ref(), d.key);
    visit.touch("procedures");
}

// What came with a procedure has no version yet; the first change shows what it was.
void note_beginning(Visit& visit, const Dossier& d) {
    if (core::latest_revision(visit.tx, visit.tenant.id, d.ref()) == 0)
        core::add_revision(visit.tx, visit.tenant.id, d.ref(), snapshot(visit, d, term_names(visit, d)), {}, "",
                           d.changed_at);
}

Form form_of(Visit& visit, const Dossier& d) {
    Form form;
    form.set("title", d.title);
    form.set("summary", d.summary);
    form.set("body", d.body);
    if (d.id) core::write_subjects(visit, form, d.ref());
    form.set("organisation", std::to_string(d.organisation.value));
    return form;
}

html::SafeHtml entries_table(Visit& visit, const Dossier& d) {
    core::TableView view{
        .id = "entries",
        .caption = visit.tr("Council papers, decisions, plans, dates, notes"),
        .empty = visit.tr("No entry yet. Procedures of this matter are on its time line by themselves.")};
    view.columns = {visit.tr("Day"), visit.tr("Kind"), visit.tr("Title"), ""};
    for (const auto& entry : core::dossier_entries(visit.tx, d.id)) {
        core::Cell remove = core::text_cell(visit.tr("Delete"));
        remove.post_to = entry_address(d, entry.id, "/stand");
        remove.fields = {{"step", "remove"}};
        remove.spoken = entry.title;
        remove.danger = true;
        view.rows.push_back({core::text_cell(visit.language.date_short(entry.day)),
                             core::text_cell(visit.tr(entry_kind_name(entry.kind))),
                             core::link_cell(entry.title, entry_address(d, entry.id)), remove});
    }
    return core::table(visit, view);
}

html::SafeHtml removed_table(Visit& visit, const Dossier& d) {
    const auto removed = core::removed_dossier_entries(visit.tx, d.id, most_removed);
    if (removed.empty()) return {};
    core::TableView view{.id = "removed", .caption = visit.tr("Deleted entries")};
    view.columns = {visit.tr("Day"), visit.tr("Title"), ""};
    for (const auto& entry : removed) {
        core::Cell restore = core::text_cell(visit.tr("Bring back"));
        restore.post_to = entry_address(d, entry.id, "/stand");
        restore.fields = {{"step", "restore"}};
        restore.spoken = entry.title;
        view.rows.push_back(
            {core::text_cell(visit.language.date_short(entry.day)), core::text_cell(entry.title), restore});
    }
    return core::table(visit, view);
}

void add_state(Visit& visit, html::Values& page, const Dossier& d) {
    namespace t = tpl::dossier_edit;
    auto box = page.add(t::STATE_BOX).set(t::ACTION, visit.url(address_of(d, "/stand")));
    box.set(t::PILL, dossier_state_class(d.state)).set(t::STATE, visit.tr(dossier_state_name(d.state)));
    if (!visit.may(publish_action, d.organisation)) return;
    const auto step = [&](const char* word, const Message& label) {
        box.add(t::STEP).set(t::VALUE, word).set(t::LABEL, visit.tr(label));
    };
    if (d.state == DossierState::draft) step("publish", tr_noop("Publish"));
    if (d.state == DossierState::published) step("archive", tr_noop("Archive"));
    if (d.state == DossierState::archived) step("restore", tr_noop("Publish again"));
}

void add_procedures(Visit& visit, html::Values& page, const Dossier& d) {
    namespace t = tpl::dossier_edit;
    core::TableView view{.id = "procedures", .caption = visit.tr("Procedures"), .empty = visit.tr("No procedure yet.")};
    view.columns = {visit.tr("Title"), visit.tr("State")};
    for (const auto& record : core::procedures_of(visit.tx, visit.tenant.id, d.id))
        view.rows.push_back({core::link_cell(record.title, Editing{record, {}}.address()),
                             core::pill_cell(visit.tr(state_name(record.state)), state_class(record.state))});
    page.add(t::PARTS).set(t::TABLE, core::table(visit, view));
}

html::SafeHtml content(Visit& visit, const Dossier& d, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::dossier_edit;
    html::Values page;
    core::Heading heading{.title = d.id ? d.title : visit.tr("New matter"),
                          .lead = d.id ? "" : visit.tr("One page for everything of a plan, a park, a policy."),
                          .crumbs = {{visit.tr("Matters"), dossiers_base}}};
    if (d.id)
        heading.links = {{"/vorhaben/" + d.key, visit.tr("Preview"), "eye"},
                         {address_of(d, "/versionen"), visit.tr("Versions"), "history"}};
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    if (d.id) {
        add_state(visit, page, d);
        add_procedures(visit, page, d);
        auto entries =
            page.add(t::ENTRIES).set(t::TABLE, entries_table(visit, d)).set(t::REMOVED, removed_table(visit, d));
        entries.set(t::NEW_URL, visit.url(entry_address(d, 0)));
        entries.set(t::PROCEDURE_URL, visit.url(new_path) + "?vorhaben=" + escape_url(d.key));
    }
    core::FormView form(visit, values, problems);
    form.hidden("_version", d.id ? core::version_field(visit, d.ref()) : "0");
    form.text("title", tr_noop("Title")).limit(200);
    form.area("summary", tr_noop("Summary")).hint(tr_noop("Two sentences for lists and search engines.")).limit(600);
    form.markdown("body", tr_noop("Text")).hint(tr_noop("What it is about.")).optional();
    core::add_subject_fields(visit, form);
    page.set(
        t::FORM,
        form.html({.action = d.id ? address_of(d) : new_dossier_path, .cancel = dossiers_base, .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

Dossier typed(Visit& visit, Dossier d, Problems& problems) {
    d.title = trimmed(visit.form["title"]);
    d.summary = trimmed(visit.form["summary"]);
    d.body = trimmed(visit.form["body"]);
    if (d.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", d.title, 200);
    core::need_short(problems, "summary", d.summary, 600);
    core::need_short(problems, "body", d.body, 50'000);
    d.organisation = core::read_department(visit, problems);
    return d;
}

// ---- one entry

html::SafeHtml entry_content(Visit& visit, const Dossier& d, const core::DossierEntry& entry, const Form& values,
                             const Problems& problems) {
    namespace t = tpl::from_type;
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(visit, {.title = entry.id ? entry.title : visit.tr("New entry"),
                                      .crumbs = {{visit.tr("Matters"), dossiers_base}, {d.title, address_of(d)}}}));
    std::vector<core::Option> kinds;
    for (const auto kind : core::dossier_entry_kinds)
        kinds.push_back({std::string(kind), visit.tr(entry_kind_name(std::string(kind)))});
    core::FormView form(visit, values, problems);
    form.select("kind", tr_noop("Kind"), kinds);
    form.date("day", tr_noop("Day"));
    form.text("title", tr_noop("Title")).limit(200);
    form.area("text", tr_noop("Text")).limit(2000).optional();
    form.url("url", tr_noop("Address"))
        .hint(tr_noop("For example of the paper in the council’s information system."))
        .optional();
    page.set(t::FORM, form.html({.action = entry_address(d, entry.id), .cancel = address_of(d)}));
    return html::render_part(t::file, page, visit.language);
}

core::DossierEntry entry_of(Visit& visit, const Dossier& d) {
    if (visit.parameter("entry") == "neuer") {
        core::DossierEntry entry;
        entry.day = berlin_day(visit.now);
        entry.kind = "council_paper";
        return entry;
    }
    const auto id = to_int(visit.parameter("entry"));
    const auto entry = id ? core::find_dossier_entry(visit.tx, d.id, *id) : std::nullopt;
    if (!entry) throw NotFound();
    return *entry;
}

core::DossierEntry entry_typed(Visit& visit, core::DossierEntry entry, Problems& problems) {
    entry.kind = visit.form["kind"];
    entry.title = trimmed(visit.form["title"]);
    entry.text = trimmed(visit.form["text"]);
    entry.url = trimmed(visit.form["url"]);
    if (std::find(std::begin(core::dossier_entry_kinds), std::end(core::dossier_entry_kinds), entry.kind) ==
        std::end(core::dossier_entry_kinds))
        problems.add("kind", tr_noop("Please choose what it is."));
    const auto day = parse_date(trimmed(visit.form["day"]));
    if (!day || !core::exists(*day))
        problems.add("day", tr_noop("Please give a day that exists, for example 2027-03-31."));
    else
        entry.day = *day;
    if (entry.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", entry.title, 200);
    core::need_short(problems, "text", entry.text, 2000);
    core::need_short(problems, "url", entry.url, 1000);
    if (!entry.url.empty() && !is_web_address(entry.url))
        problems.add("url", tr_noop("Please give a whole address, for example https://www.dortmund.de/."));
    return entry;
}

}  // namespace

http::Response dossiers_page(Visit& visit) {
    namespace t = tpl::managed;
    core::DossierFilter filter;
    for (const auto state : {DossierState::draft, DossierState::published, DossierState::archived})
        if (visit.query["stand"] == db::Names<DossierState>::words[std::size_t(state)]) filter.state = state;
    const bool editor = visit.actor.role == core::Role::editor;
    if (editor) filter.organisation = visit.actor.organisation;
    filter.before = core::DossierId{to_int(visit.query["vor"]).value_or(0)};
    auto list = editor && !filter.organisation ? std::vector<Dossier>{}
                                               : core::dossiers(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    const auto offices = core::organisations(visit.tx, visit.tenant.id);
    core::TableView view{
        .id = "matters",
        .caption = visit.tr("Matters"),
        .empty = visit.tr("No matter here. “New matter” begins one; every new procedure makes one, too.")};
    view.columns = {visit.tr("Title"), visit.tr("State"), visit.tr("Department"), visit.tr("Last changed")};
    for (const auto& d : list) {
        std::string name;
        for (const auto& office : offices)
            if (office.id == d.organisation) name = office.name;
        view.rows.push_back({core::link_cell(d.title, address_of(d)),
                             core::pill_cell(visit.tr(dossier_state_name(d.state)), dossier_state_class(d.state)),
                             core::text_cell(name), core::text_cell(visit.language.ago(d.changed_at, visit.now))});
    }
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Matters"),
                                               .links = {{new_dossier_path, visit.tr("New matter"), "plus", true}}}));
    page.add(t::TAB)
        .set(t::URL, visit.url(dossiers_base))
        .set(t::LABEL, visit.tr("All"))
        .show_if(!filter.state, t::CURRENT);
    for (const auto state : {DossierState::draft, DossierState::published, DossierState::archived})
        page.add(t::TAB)
            .set(t::URL,
                 visit.url(dossiers_base) + "?stand=" + std::string(db::Names<DossierState>::words[std::size_t(state)]))
            .set(t::LABEL, visit.tr(dossier_state_name(state)))
            .show_if(filter.state == state, t::CURRENT);
    page.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, filter.before ? visit.with("vor", "") : "", next, ""));
    return visit.page(head_for(visit.tr("Matters")), t::file, page);
}

http::Response new_dossier_page(Visit& visit) {
    Dossier d;
    d.organisation = visit.actor.organisation;
    return visit.page(head_for(visit.tr("New matter")), content(visit, d, form_of(visit, d), {}, {}));
}

http::Response add_dossier_here(Visit& visit) {
    Problems problems;
    Dossier d = typed(visit, {}, problems);
    if (problems.any())
        return core::show_again(visit, head_for(visit.tr("New matter")), content(visit, {}, visit.form, problems, {}));
    const auto id = core::add_dossier(visit.tx, visit.tenant.id, d, visit.now);
    d = *core::find_dossier(visit.tx, visit.tenant.id, id);
    core::read_subjects(visit, d.ref());
    note_change(visit, d, "procedures.dossier_created");
    return visit.go(address_of(d), tr_noop("The matter is created."));
}

http::Response dossier_form(Visit& visit) {
    const auto d = at_desk(visit);
    return visit.page(head_for(d.title), content(visit, d, form_of(visit, d), {}, {}));
}

http::Response save_dossier_here(Visit& visit) {
    const auto before = at_desk(visit);
    const auto again = [&](const Problems& problems, const html::SafeHtml& notice) {
        return core::show_again(visit, head_for(before.title), content(visit, before, visit.form, problems, notice));
    };
    Problems problems;
    const auto d = typed(visit, before, problems);
    if (problems.any()) return again(problems, {});
    if (core::changed_meanwhile(visit, before.ref())) return again({}, core::meanwhile_notice(visit, before.ref()));
    note_beginning(visit, before);
    core::save_dossier(visit.tx, visit.tenant.id, d, visit.now);
    core::read_subjects(visit, d.ref());
    note_change(visit, d, "procedures.dossier_changed");
    return visit.go(address_of(d), tr_noop("Saved."));
}

http::Response dossier_step(Visit& visit) {
    auto d = at_desk(visit);
    visit.need(publish_action, d.organisation);
    const std::string& step = visit.form["step"];
    const bool publish = (step == "publish" && d.state == DossierState::draft) ||
                         (step == "restore" && d.state == DossierState::archived);
    if (!publish && !(step == "archive" && d.state == DossierState::published))
        throw Conflict(tr_noop("This step is not possible from the present state."));
    d.state = publish ? DossierState::published : DossierState::archived;
    core::save_dossier(visit.tx, visit.tenant.id, d, visit.now);
    visit.record("procedures.dossier_state", d.ref(), step);
    visit.touch("procedures");
    return visit.go(address_of(d), tr_noop("The state is changed."));
}

http::Response dossier_versions(Visit& visit) {
    const auto d = at_desk(visit);
    return core::versions_page(visit, d.ref(), d.title, {d.title, address_of(d)});
}

http::Response entry_page(Visit& visit) {
    const auto d = at_desk(visit);
    const auto entry = entry_of(visit, d);
    Form values;
    values.set("kind", entry.kind);
    values.set("day", to_iso(entry.day));
    values.set("title", entry.title);
    values.set("text", entry.text);
    values.set("url", entry.url);
    return visit.page(head_for(d.title), entry_content(visit, d, entry, values, {}));
}

http::Response save_entry(Visit& visit) {
    const auto d = at_desk(visit);
    const auto before = entry_of(visit, d);
    Problems problems;
    const auto entry = entry_typed(visit, before, problems);
    if (problems.any())
        return core::show_again(visit, head_for(d.title), entry_content(visit, d, before, visit.form, problems));
    note_beginning(visit, d);
    if (entry.id)
        core::save_dossier_entry(visit.tx, d.id, entry);
    else
        core::add_dossier_entry(visit.tx, visit.tenant.id, d.id, entry);
    core::save_dossier(visit.tx, visit.tenant.id, d, visit.now);
    note_change(visit, d, "procedures.dossier_entry");
    return visit.go(address_of(d), tr_noop("Saved."));
}

http::Response entry_step(Visit& visit) {
    const auto d = at_desk(visit);
    const auto entry = entry_of(visit, d);
    const std::string& step = visit.form["step"];
    if (!entry.id || (step != "remove" && step != "restore"))
        throw Conflict(tr_noop("This step is not possible from the present state."));
    note_beginning(visit, d);
    if (step == "remove")
        core::remove_dossier_entry(visit.tx, d.id, entry.id, visit.now);
    else
        core::restore_dossier_entry(visit.tx, d.id, entry.id);
    note_change(visit, d, "procedures.dossier_entry");
    return visit.go(address_of(d), step == "remove" ? tr_noop("The entry is deleted. “Bring back” below undoes it.")
                                                    : tr_noop("The entry is back."));
}

}  // namespace mitwirken::procedures
