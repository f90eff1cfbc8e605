// Editing of a documentation: its head, its state and the order of its parts. The parts themselves are in
// admin_parts.cpp.
#include <fmt/format.h>

#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/people/people.h"
#include "core/taxonomy/taxonomy.h"
#include "documentation/templates.h"
#include "modules/documentation/form_rows.h"
#include "modules/documentation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

using core::Visit;
namespace t = tpl::edit;
const std::string base = "/verwaltung/dokumentationen";
constexpr int admin_page_size = 30;

std::string path_of(DocumentId id) { return base + "/" + std::to_string(id.value); }

// Retired ones stay where they are set.
std::vector<core::Option> topics(Visit& visit, const core::FormView& form) {
    std::vector<core::Option> list;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        if (!term.retired || form.has("topics", std::to_string(term.id.value)))
            list.push_back({std::to_string(term.id.value), term.name_in(visit.language.code())});
    return list;
}

void classify(Visit& visit, DocumentId id) {
    std::vector<core::TermId> chosen;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        if (visit.form.has("topics", std::to_string(term.id.value))) chosen.push_back(term.id);
    core::classify(visit.tx, visit.tenant.id, ref(id), chosen);
}

html::SafeHtml head_form(Visit& visit, const Form& values, const Problems& problems, DocumentId id) {
    core::FormView form(visit, values, problems);
    form.heading(tr_noop("Head"));
    form.text("title", tr_noop("Title")).limit(200);
    form.area("lead", tr_noop("Introduction"))
        .hint(tr_noop("One or two sentences; they stand on the card."))
        .optional()
        .limit(1000);
    form.date("day", tr_noop("Day")).optional();
    form.text("when_text", tr_noop("Day in words"))
        .hint(tr_noop("When the day is not known, for example “August 2020”."))
        .optional()
        .limit(200);
    form.choices("topics", tr_noop("Topics"), topics(visit, form)).optional();
    form.select("organisation", tr_noop("Department"), core::department_options(visit));
    form.markdown("why", tr_noop("Why it took place")).optional();
    form.area("partners", tr_noop("Partners")).hint(tr_noop("One a line.")).optional();
    form.area("agenda", tr_noop("Agenda")).hint(tr_noop("One a line.")).optional();
    form.area("moods", tr_noop("Moods")).optional().limit(1000);
    form.area("points_intro", tr_noop("How the points were chosen")).optional().limit(1000);
    form.markdown("closing", tr_noop("How it went on")).optional();
    form.area("contact", tr_noop("Contact")).hint(tr_noop("An office, not a person. One line each.")).optional();
    form.text("credits", tr_noop("Credits")).optional().limit(1000);
    form.area("note", tr_noop("How this text came about")).optional();
    form.rows(link_rows());
    if (id) form.files(core::attachments(visit.tx, visit.tenant.id, ref(id)));
    form.file("files", tr_noop("Add files")).several().optional();
    core::add_schedule_fields(form);
    form.hidden("_version", id ? core::version_field(visit, ref(id)) : "0");
    return form.html(
        {.action = id ? path_of(id) : base + "/neu", .cancel = base, .has_files = true, .keep_draft = true});
}

void add_part(Visit& visit, html::Values& box, const Document& d, const std::string& name, const std::string& url,
              const std::string& title, const std::string& figures, bool deep) {
    auto part =
        box.add(t::PART).set(t::URL, visit.url(path_of(d.id) + url)).set(t::TITLE, title).set(t::FIGURES, figures);
    part.set(t::PART_NAME, name)
        .set(t::ORDER_URL, visit.url(path_of(d.id) + "/ordnen"))
        .set(t::VERSION, core::version_field(visit, ref(d.id)));
    part.show_if(deep, t::DEEP);
}

void fill_parts(Visit& visit, html::Values& box, const Whole& whole) {
    const auto& d = whole.document;
    for (std::size_t q = 1; q <= whole.questions.size(); ++q)
        add_part(
            visit, box, d, fmt::format("fragen-{}", q), fmt::format("/fragen/{}", q),
            first_letters(whole.questions[q - 1].text, 80),
            visit.language.plural("{n} answer", "{n} answers", std::int64_t(whole.questions[q - 1].options.size())),
            false);
    for (std::size_t s = 1; s <= whole.sessions.size(); ++s) {
        const Session& session = whole.sessions[s - 1];
        add_part(visit, box, d, fmt::format("runden-{}", s), fmt::format("/runden/{}", s), session.title,
                 visit.language.plural("{n} group", "{n} groups", std::int64_t(session.groups.size())), false);
        for (std::size_t g = 1; g <= session.groups.size(); ++g) {
            std::int64_t notes = 0;
            for (const auto& board : session.groups[g - 1].notes) notes += std::int64_t(board.size());
            add_part(visit, box, d, fmt::format("gruppen-{}-{}", s, g), fmt::format("/gruppen/{}-{}", s, g),
                     group_title(visit, session.groups[g - 1], g),
                     visit.language.plural("{n} contribution", "{n} contributions", notes), true);
        }
    }
    const auto more = [&](const std::string& url, const std::string& label) {
        box.add(t::ADD).set(t::URL, visit.url(path_of(d.id) + url)).set(t::LABEL, label);
    };
    more("/fragen/neu", visit.tr("Add a question"));
    more("/runden/neu", visit.tr("Add a session"));
    for (std::size_t s = 1; s <= whole.sessions.size(); ++s)
        more(fmt::format("/gruppen/{}-neu", s),
             visit.tr(tr_noop("Add a group to: {session}", {{"session", whole.sessions[s - 1].title}})));
}

void fill_state(Visit& visit, html::Values& page, const Whole& whole) {
    const Document& d = whole.document;
    auto box = page.add(t::STATUS)
                   .set(t::CLASS, core::state_class(d.state))
                   .set(t::STATE, core::state_words(visit, d.schedule()));
    box.set(t::STEP_URL, visit.url(path_of(d.id) + "/stand"));
    const std::pair<const char*, Message> steps[] = {{"publish", tr_noop("Release")},
                                                     {"hand_in", tr_noop("Hand in for release")},
                                                     {"return", tr_noop("Back to draft")},
                                                     {"restore", tr_noop("Take out of the archive")},
                                                     {"archive", tr_noop("Put aside")}};
    for (const auto& [name, label] : steps) {
        if (!next_state(d.state, name)) continue;
        if (core::step_needs_release(d.state, name) && !visit.may(publish_action)) continue;
        box.add(t::STEP)
            .set(t::VALUE, name)
            .set(t::LABEL, visit.tr(label))
            .show_if(std::string_view(name) == "archive", t::DANGER);
    }
    fill_parts(visit, box, whole);
}

http::Response show(Visit& visit, const std::optional<Document>& document, const Form& values, const Problems& problems,
                    const html::SafeHtml& notice = {}) {
    html::Values page;
    core::Heading heading{.title = document ? document->title : visit.tr("New documentation"),
                          .crumbs = {{visit.tr("Documentations"), base}}};
    if (document) {
        heading.links = {{path_of(document->id) + "/vorschau", visit.tr("Preview"), "eye"},
                         {path_of(document->id) + "/versionen", visit.tr("Versions"), "history"}};
        fill_state(visit, page, load(visit.tx, *document));
    }
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    page.set(t::FORM, head_form(visit, values, problems, document ? document->id : DocumentId{}));
    auto head = admin_head_of(heading.title);
    head.has_errors = problems.any();
    const bool refused = !notice.empty() && visit.request.method == http::Method::post;
    head.status = problems.any() || refused ? 422 : 200;
    return visit.page(head, t::file, page);
}

// What the form says, checked also against the person's department and the files that were sent.
Result<Document> read(Visit& visit) {
    auto checked = check_head(visit.form);
    Problems problems = checked ? Problems{} : checked.problems();
    const auto department = core::read_department(visit, problems);
    if (const auto* files = visit.prepared<core::TakenFiles>(); files && !*files) problems.append(files->problems());
    core::need_short_titles(problems, visit.form);
    if (problems.any()) return problems;
    (*checked).organisation = department;
    return checked;
}

}  // namespace

core::PageHead admin_head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

Document editable(Visit& visit) {
    const auto document = find(visit.tx, visit.tenant.id, visit.id_parameter<DocumentId>("id"));
    if (!document) throw NotFound();
    visit.need(edit_action, document->organisation);
    return *document;
}

void keep(Visit& visit, Whole& whole, std::string_view what) {
    save(visit.tx, visit.tenant.id, whole.document, visit.actor.account, visit.now);
    save_parts(visit.tx, whole);
    whole.document = *find(visit.tx, visit.tenant.id, whole.document.id);
    core::add_revision(visit.tx, visit.tenant.id, ref(whole.document.id), snapshot(whole), visit.actor.account, "",
                       visit.now);
    index(visit.tx, visit.tenant.id, whole, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref(whole.document.id), whole.document.schedule(), visit.now);
    visit.record(what, ref(whole.document.id));
}

http::Response admin_page(Visit& visit) {
    auto documents =
        all(visit.tx, visit.tenant.id, DocumentId{to_int(visit.query["nach"]).value_or(0)}, admin_page_size + 1);
    std::string next;
    if (documents.size() > std::size_t(admin_page_size)) {
        documents.pop_back();
        next = visit.with("nach", std::to_string(documents.back().id.value));
    }
    core::TableView table{.caption = visit.tr("Documentations, changed last first"),
                          .columns = {visit.tr("Title"), visit.tr("State"), visit.tr("Day"), visit.tr("Changed")},
                          .empty = visit.tr("There is no documentation yet.")};
    for (const auto& d : documents)
        table.rows.push_back(
            {visit.may(edit_action, d.organisation) ? core::link_cell(d.title, path_of(d.id))
                                                    : core::text_cell(d.title),
             core::pill_cell(core::state_words(visit, d.schedule()), core::state_class(d.schedule(), visit.now)),
             core::text_cell(when_in(visit, d)), core::text_cell(visit.language.date_short(berlin_day(d.changed_at)))});
    html::Values page;
    namespace a = tpl::admin_list;
    page.set(a::HEAD,
             core::admin_head(visit, {.title = visit.tr("Documentations"),
                                      .links = {{base + "/neu", visit.tr("New documentation"), "plus", true}}}));
    page.set(a::TABLE, core::table(visit, table)).set(a::PAGER, core::pager(visit, "", next, ""));
    return visit.page(admin_head_of(visit.tr("Documentations")), a::file, page);
}

http::Response new_page(Visit& visit) {
    Form form;
    form.add("organisation", std::to_string(visit.actor.organisation.value));
    return show(visit, {}, form, {});
}

http::Response create(Visit& visit) {
    if (core::change_rows(visit.form, link_rows())) return show(visit, {}, visit.form, {});
    auto document = read(visit);
    if (!document) return show(visit, {}, visit.form, document.problems());
    Whole whole{*document, {}, {}};
    whole.document.id = add(visit.tx, visit.tenant.id, whole.document, visit.actor.account, visit.now);
    classify(visit, whole.document.id);
    core::keep_files(visit, ref(whole.document.id));
    whole.document = *find(visit.tx, visit.tenant.id, whole.document.id);
    keep(visit, whole, "documentation.create");
    return visit.go(path_of(whole.document.id),
                    tr_noop("The documentation has been saved as a draft. Now add what was said."));
}

http::Response edit_page(Visit& visit) {
    const Document document = editable(visit);
    Form form = to_form(document);
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref(document.id)))
        form.add("topics", std::to_string(term.id.value));
    return show(visit, document, form, {}, core::published_notice(visit, document.state, publish_action));
}

http::Response update(Visit& visit) {
    const Document before = editable(visit);
    const auto published = core::published_notice(visit, before.state, publish_action);
    if (!published.empty()) return show(visit, before, visit.form, {}, published);
    if (core::change_rows(visit.form, link_rows())) return show(visit, before, visit.form, {});
    auto document = read(visit);
    if (!document) return show(visit, before, visit.form, document.problems());
    if (core::changed_meanwhile(visit, ref(before.id)))
        return show(visit, before, visit.form, {}, core::meanwhile_notice(visit, ref(before.id)));
    Whole whole = load(visit.tx, before);
    Document& changed = *document;
    changed.id = before.id, changed.key = before.key, changed.state = before.state, changed.sort_at = before.sort_at;
    whole.document = *document;
    classify(visit, before.id);
    core::keep_files(visit, ref(before.id));
    keep(visit, whole, "documentation.save");
    return visit.go(path_of(before.id), tr_noop("The documentation has been saved."));
}

http::Response step(Visit& visit) {
    Whole whole = load(visit.tx, editable(visit));
    const std::string& name = visit.form["step"];
    const auto next = next_state(whole.document.state, name);
    if (!next) throw Conflict(tr_noop("This step is not possible any more; somebody was faster."));
    if (core::step_needs_release(whole.document.state, name)) visit.need(publish_action);
    whole.document.state = *next;
    save(visit.tx, visit.tenant.id, whole.document, visit.actor.account, visit.now);
    index(visit.tx, visit.tenant.id, whole, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref(whole.document.id), whole.document.schedule(), visit.now);
    visit.record("documentation." + name, ref(whole.document.id));
    if (core::is_public(whole.document.schedule(), visit.now))
        visit.publish(core::ItemPublished{ref(whole.document.id), whole.document.title,
                                          "/ergebnisse/" + whole.document.key, "result"});
    return visit.go(path_of(whole.document.id), tr_noop("The state has been changed."));
}

http::Response preview_page(Visit& visit) {
    const Document document = editable(visit);
    core::PageHead head{.title = visit.tr(tr_noop("Preview: {title}", {{"title", document.title}})),
                        .navigation = "/ergebnisse",
                        .index = false};
    return visit.page(head, document_view(visit, load(visit.tx, document), true));
}

http::Response versions(Visit& visit) {
    const Document document = editable(visit);
    return core::versions_page(visit, ref(document.id), document.title, {document.title, path_of(document.id)});
}

}  // namespace mitwirken::documentation
