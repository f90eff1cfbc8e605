// Writing news: list, form, states, versions.
#include "core/desk/procedure_field.h"
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/news/pages.h"
#include "news/templates.h"

namespace mitwirken::news {

namespace {

using core::State;
using core::Visit;
const std::string base = "/verwaltung/neuigkeiten";
constexpr std::size_t per_page = 50;

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

std::string address(const Article& a) { return base + "/" + (a.id ? std::to_string(a.id.value) : "neu"); }

Article editable(Visit& visit) {
    if (visit.parameter("id") == "neu") {
        Article article;
        article.organisation = visit.actor.organisation;
        article.day = berlin_day(visit.now);
        return article;
    }
    const auto article = find(visit.tx, visit.tenant.id, visit.id_parameter<ArticleId>("id"));
    if (!article) throw NotFound();
    visit.need(edit_action, article->organisation);
    return *article;
}

html::SafeHtml content(Visit& visit, const Article& a, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::edit;
    html::Values page;
    core::Heading heading{.title = a.id ? a.title : visit.tr("New article"), .crumbs = {{visit.tr("News"), base}}};
    if (a.id)
        heading.links = {{"/neuigkeiten/" + a.key, visit.tr("Preview"), "eye"},
                         {address(a) + "/versionen", visit.tr("Versions"), "history"}};
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    if (a.id)
        page.set(t::STATES,
                 core::state_box(visit, a.schedule(), address(a) + "/stand", bool(visit.may(publish_action))));
    core::FormView form(visit, values, problems);
    form.hidden("_version", a.id ? core::version_field(visit, ref_of(a.id)) : "0");
    form.text("title", tr_noop("Title")).limit(200);
    form.text("kicker", tr_noop("Kicker")).limit(80).optional();
    form.area("lead", tr_noop("Introduction")).limit(600);
    form.markdown("body", tr_noop("Text")).optional();
    form.date("day", tr_noop("Day"));
    form.text("source", tr_noop("Source")).optional();
    core::add_procedure_field(visit, form, a.procedure);
    core::add_subject_fields(visit, form);
    core::add_schedule_fields(form);
    page.set(t::FORM, form.html({.action = address(a), .cancel = base, .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

Form form_of(Visit& visit, const Article& a) {
    Form form = to_form(a);
    core::write_procedure(form, a.procedure);
    core::write_subjects(visit, form, ref_of(a.id));
    return form;
}

void keep(Visit& visit, const Article& a) {
    save(visit.tx, visit.tenant.id, a, visit.actor.account, visit.now);
    index(visit.tx, visit.tenant.id, a, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref_of(a.id), a.schedule(), visit.now);
}

// Feeds and followers, also those of its procedure, hear of it.
void tell(Visit& visit, const Article& a) {
    const std::string path = "/neuigkeiten/" + a.key;
    visit.publish(core::ItemPublished{ref_of(a.id), a.title, path, "news"});
    if (core::procedure_link(visit, a.procedure))
        visit.publish(core::ProcedureHappened{.what = core::ProcedureHappened::What::news,
                                              .procedure = a.procedure,
                                              .title = a.title,
                                              .text = a.lead,
                                              .url = path});
}

}  // namespace

http::Response managed_page(Visit& visit) {
    AdminFilter filter;
    filter.state = core::state_from(visit.query["stand"]);
    if (visit.actor.role == core::Role::editor) filter.organisation = visit.actor.organisation;
    filter.before = ArticleId{to_int(visit.query["vor"]).value_or(0)};
    auto list = admin_list(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    core::TableView view{
        .id = "news", .caption = visit.tr("News"), .empty = visit.tr("No news here. “New article” begins one.")};
    view.columns = {visit.tr("Title"), visit.tr("State"), visit.tr("Day"), visit.tr("Last changed")};
    for (const auto& a : list)
        view.rows.push_back(
            {core::link_cell(a.title, address(a)),
             core::pill_cell(core::state_words(visit, a.schedule()), core::state_class(a.schedule(), visit.now)),
             core::text_cell(visit.language.date_short(a.day)),
             core::text_cell(visit.language.ago(a.changed_at, visit.now))});
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("News"),
                                                 .links = {{base + "/neu", visit.tr("New article"), "plus", true}}}));
    values.add(t::TAB).set(t::URL, visit.url(base)).set(t::LABEL, visit.tr("All")).show_if(!filter.state, t::CURRENT);
    for (const State state : {State::draft, State::handed_in, State::published, State::archived})
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + "?stand=" + std::string(core::to_word(state)))
            .set(t::LABEL, visit.tr(core::state_name(state)))
            .show_if(filter.state == state, t::CURRENT);
    values.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, filter.before ? visit.with("vor", "") : "", next, ""));
    return visit.page(head_of(visit.tr("News")), t::file, values);
}

http::Response edit_page(Visit& visit) {
    const Article a = editable(visit);
    return visit.page(head_of(a.id ? a.title : visit.tr("New article")),
                      content(visit, a, form_of(visit, a), {}, core::published_notice(visit, a.state, publish_action)));
}

http::Response save_form(Visit& visit) {
    const Article before = editable(visit);
    const auto head = head_of(before.id ? before.title : visit.tr("New article"));
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
    Article a = *checked;
    a.id = before.id, a.key = before.key, a.state = before.state, a.organisation = department;
    a.procedure = procedure;
    if (!a.id) a.id = add(visit.tx, visit.tenant.id, a, visit.actor.account, visit.now);
    a.key = find(visit.tx, visit.tenant.id, a.id)->key;
    keep(visit, a);
    auto shot = snapshot(a, core::read_subjects(visit, ref_of(a.id)));
    shot.emplace_back("Belongs to the procedure", core::procedure_title(visit, a.procedure));
    core::add_revision(visit.tx, visit.tenant.id, ref_of(a.id), shot, visit.actor.account, "", visit.now);
    visit.record(before.id ? "news.changed" : "news.created", ref_of(a.id), a.key);
    return visit.go(address(a), tr_noop("Saved."));
}

http::Response step(Visit& visit) {
    Article a = editable(visit);
    const std::string& word = visit.form["step"];
    const auto next = core::state_after(a.state, word);
    if (!a.id || !next) throw Conflict(tr_noop("This step is not possible from the present state."));
    if (core::step_needs_release(a.state, word)) visit.need(publish_action);
    a.state = *next;
    keep(visit, a);
    visit.record("news.state", ref_of(a.id), word);
    if (*next == State::published) tell(visit, a);
    return visit.go(address(a), tr_noop("The state is changed."));
}

http::Response versions(Visit& visit) {
    const Article a = editable(visit);
    if (!a.id) throw NotFound();
    return core::versions_page(visit, ref_of(a.id), a.title, {a.title, address(a)});
}

}  // namespace mitwirken::news
