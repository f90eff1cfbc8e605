// Writing standing pages: list, form, preview of what is not saved yet, states, versions, removal.
// What must stay true: pressing "Preview" keeps everything typed and saves nothing.
#include <algorithm>

#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/pages/pages.h"
#include "pages/templates.h"
#include "platform/base/text.h"

namespace mitwirken::pages {

namespace {

using core::Visit;
const std::string base = "/verwaltung/seiten";

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

std::string address(const Page& p) { return base + "/" + (p.id ? std::to_string(p.id.value) : "neu"); }

Page stored(Visit& visit) {
    const auto p = find(visit.tx, visit.tenant.id, visit.id_parameter<PageId>("id"));
    if (!p) throw NotFound();
    return *p;
}

Page editable(Visit& visit) { return visit.parameter("id") == "neu" ? Page{} : stored(visit); }

// What a new page can be: one of the standing pages that are missing, or one of its own.
std::vector<core::Option> missing(Visit& visit) {
    std::vector<core::Option> options;
    for (const auto& page : standing_pages())
        if (!find(visit.tx, visit.tenant.id, std::string(page.key)))
            options.push_back({std::string(page.key), visit.tr(page.name) + " (" + std::string(page.path) + ")"});
    return options;
}

void add_fields(Visit& visit, core::FormView& form, const Page& p) {
    if (!p.id) {
        auto options = missing(visit);
        if (!options.empty()) {
            options.insert(options.begin(), {"", visit.tr("A page of our own")});
            form.select("standing", tr_noop("Which page is it?"), options);
        }
        form.text("key", tr_noop("Address: /seiten/…"))
            .hint(tr_noop("Small letters, digits, hyphens. Empty: made from the title. It stays as it is later."))
            .limit(80)
            .optional();
    }
    form.text("title", tr_noop("Title")).limit(200);
    form.markdown("body", tr_noop("Text"))
        .hint(tr_noop("Markdown: ## heading, **bold**, - list, [link text](address)."));
    form.heading(tr_noop("English"));
    form.text("title_en", tr_noop("Title in English")).limit(200).optional();
    form.markdown("body_en", tr_noop("Text in English")).optional();
    form.heading(tr_noop("Menu"));
    std::vector<core::Option> places;
    for (const Place place : {Place::none, Place::main, Place::footer, Place::legal})
        places.push_back({std::string(db::Names<Place>::words[std::size_t(place)]), visit.tr(place_name(place))});
    form.select("place", tr_noop("Where a link to it stands"), places);
    form.number("position", tr_noop("Position in that menu"))
        .hint(tr_noop("A small number stands first; the fixed entries have 10 to 60."))
        .optional();
    form.text("menu", tr_noop("Name in the menu")).hint(tr_noop("Empty: the title.")).limit(40).optional();
    form.text("menu_en", tr_noop("Name in the menu in English")).limit(40).optional();
    core::add_schedule_fields(form);
}

html::SafeHtml edit_content(Visit& visit, const Page& p, const Form& values, const Problems& problems,
                            const html::SafeHtml& notice, const std::string& version) {
    namespace t = tpl::edit;
    html::Values page;
    core::Heading heading{.title = p.id ? p.title : visit.tr("New page"), .crumbs = {{visit.tr("Pages"), base}}};
    if (p.id) {
        heading.links = {{address(p) + "/vorschau", visit.tr("Preview"), "eye"},
                         {address(p) + "/versionen", visit.tr("Versions"), "history"}};
        if (core::is_public(p.schedule(), visit.now))
            heading.links.push_back({path_of(p.key), visit.tr("Public page"), "external"});
        std::vector<std::string_view> without{"hand_in"};  // who may edit pages may publish them
        for (const char* step : {"return", "archive", "publish"})
            if (!step_of(p, step)) without.push_back(step);
        page.set(t::STATES, core::state_box(visit, p.schedule(), address(p) + "/stand", true, without));
        page.show_if(is_protected(p.key), t::PROTECTED);
        if (!is_protected(p.key)) page.add(t::REMOVE).set(t::URL, visit.url(address(p) + "/loeschen"));
    }
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    core::FormView form(visit, values, problems);
    form.hidden("_version", version);
    add_fields(visit, form, p);
    page.set(t::FORM, form.html({.action = address(p),
                                 .cancel = base,
                                 .keep_draft = true,
                                 .buttons = {{"do", "preview", tr_noop("Preview")}}}));
    return html::render_part(t::file, page, visit.language);
}

std::string newest(const Visit& visit, const Page& p) { return p.id ? core::version_field(visit, ref_of(p.id)) : "0"; }

// The typed page in the visitors' layout; the form travels along, so that nothing is lost on the way back.
http::Response preview_typed(Visit& visit, const Page& before, const Page& typed) {
    namespace t = tpl::preview;
    Form nothing;
    nothing.set("_key", visit.form["_key"]);
    core::FormView form(visit, nothing);
    for (const auto& [name, value] : visit.form.fields())
        if (name != "do" && name != "_key") form.hidden(name, value);
    html::Values notice;
    notice.set(t::TEXT, visit.tr("This is how the page will look. Nothing has been saved yet."));
    notice.set(t::FORM, form.html({.action = address(before),
                                   .submit = tr_noop("Save"),
                                   .buttons = {{"do", "edit", tr_noop("Back to editing")}}}));
    Page shown = typed;
    shown.id = {}, shown.key = before.id ? before.key : visit.form["standing"];
    return visit.page({.title = visit.tr("Preview") + ": " + typed.title, .index = false},
                      content(visit, shown, html::render_part(t::file, notice, visit.language)));
}

// Saves what is new, with its version, search entry and the jobs that follow its schedule.
void keep(Visit& visit, const Page& p, const Page* before) {
    // A page that was made without versions gets its first, so that the change can be compared.
    if (before && core::latest_revision(visit.tx, visit.tenant.id, ref_of(p.id)) == 0)
        core::add_revision(visit.tx, visit.tenant.id, ref_of(p.id), snapshot(*before), {}, "", before->changed_at);
    core::add_revision(visit.tx, visit.tenant.id, ref_of(p.id), snapshot(p), visit.actor.account, "", visit.now);
    index(visit.tx, visit.tenant.id, p, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref_of(p.id), p.schedule(), visit.now);
}

http::Response again(Visit& visit, const Page& before, const Problems& problems, const html::SafeHtml& notice,
                     const std::string& version) {
    return core::show_again(visit, head_of(before.id ? before.title : visit.tr("New page")),
                            edit_content(visit, before, visit.form, problems, notice, version));
}

}  // namespace

http::Response managed_page(Visit& visit) {
    core::TableView view{
        .id = "pages", .caption = visit.tr("Pages"), .empty = visit.tr("No page here. “New page” begins one.")};
    view.columns = {visit.tr("Title"), visit.tr("State"),   visit.tr("Address"),
                    visit.tr("Menu"),  visit.tr("English"), visit.tr("Last changed")};
    auto list = all(visit.tx, visit.tenant.id);
    std::sort(list.begin(), list.end(),
              [&](const auto& a, const auto& b) { return visit.language.compare(a.title, b.title) < 0; });
    for (const auto& p : list)
        view.rows.push_back(
            {core::link_cell(p.title, address(p)),
             core::pill_cell(core::state_words(visit, p.schedule()), core::state_class(p.schedule(), visit.now)),
             core::text_cell(path_of(p.key)), core::text_cell(visit.tr(place_name(p.place))),
             core::text_cell(visit.tr(p.body_en.empty() ? "No" : "Yes")),
             core::text_cell(visit.language.ago(p.changed_at, visit.now))});
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Pages"),
                                                 .lead = visit.tr("Texts that stand on the site for long, with their "
                                                                  "place in the menus."),
                                                 .links = {{base + "/neu", visit.tr("New page"), "plus", true}}}));
    values.set(t::LIST, core::table(visit, view));
    if (const auto gone = missing(visit); !gone.empty()) {
        auto box = values.add(t::MISSING);
        for (const auto& option : gone)
            box.add(t::ITEM)
                .set(t::URL, visit.url(base + "/neu") + "?standing=" + option.value)
                .set(t::NAME, option.label);
    }
    return visit.page(head_of(visit.tr("Pages")), t::file, values);
}

http::Response edit_page(Visit& visit) {
    const Page p = editable(visit);
    Form values = to_form(p);
    if (!p.id) values.set("standing", visit.query["standing"]);
    return visit.page(head_of(p.id ? p.title : visit.tr("New page")),
                      edit_content(visit, p, values, {}, {}, newest(visit, p)));
}

http::Response save_form(Visit& visit) {
    const Page before = editable(visit);
    if (visit.form["do"] == "edit")
        return visit.page(head_of(before.id ? before.title : visit.tr("New page")),
                          edit_content(visit, before, visit.form, {}, {}, visit.form["_version"]));
    Problems problems;
    std::string key = before.key;
    if (!before.id) {
        const auto wanted = check_key(visit.form);
        if (!wanted)
            problems.append(wanted.problems());
        else if (find(visit.tx, visit.tenant.id, key = *wanted))
            problems.add("key", tr_noop("There is a page at this address already."));
    }
    const auto checked = check(visit.form, key, before.state);
    if (!checked) problems.append(checked.problems());
    if (problems.any()) return again(visit, before, problems, {}, visit.form["_version"]);
    if (visit.form["do"] == "preview") return preview_typed(visit, before, *checked);
    if (before.id && core::changed_meanwhile(visit, ref_of(before.id)))
        return again(visit, before, {}, core::meanwhile_notice(visit, ref_of(before.id)), newest(visit, before));
    Page p = *checked;
    p.id = before.id, p.key = key, p.state = before.state, p.changed_at = visit.now;
    if (p.id)
        save(visit.tx, visit.tenant.id, p, visit.actor.account, visit.now);
    else
        p.id = add(visit.tx, visit.tenant.id, p, visit.actor.account, visit.now);
    keep(visit, p, before.id ? &before : nullptr);
    visit.record(before.id ? "pages.changed" : "pages.created", ref_of(p.id), p.key);
    return visit.go(address(p), tr_noop("Saved."));
}

http::Response step(Visit& visit) {
    Page p = stored(visit);
    const std::string& word = visit.form["step"];
    const auto next = step_of(p, word);
    if (!next && is_protected(p.key) && core::state_after(p.state, word))
        throw Conflict(tr_noop("The law asks for this page: it cannot leave the site."));
    if (!next) throw Conflict(tr_noop("This step is not possible from the present state."));
    p.state = *next;
    // What the law asks for is there from the moment on in which it is published.
    if (is_protected(p.key) && p.state == core::State::published) p.publish_at = {};
    save(visit.tx, visit.tenant.id, p, visit.actor.account, visit.now);
    index(visit.tx, visit.tenant.id, p, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref_of(p.id), p.schedule(), visit.now);
    visit.record("pages.state", ref_of(p.id), word);
    if (*next == core::State::published)
        visit.publish(core::ItemPublished{ref_of(p.id), p.title, path_of(p.key), "page"});
    return visit.go(address(p), tr_noop("The state is changed."));
}

http::Response preview_page(Visit& visit) {
    const Page p = stored(visit);
    namespace t = tpl::preview;
    html::Values notice;
    notice.set(t::TEXT, visit.tr("This is how the page looks as it was saved last."));
    notice.add(t::BACK).set(t::URL, visit.url(address(p)));
    const bool english = visit.language.code() == "en";
    if (!p.body_en.empty() &&
        std::find(visit.tenant.languages.begin(), visit.tenant.languages.end(), "en") != visit.tenant.languages.end())
        notice.add(t::OTHER)
            .set(t::URL, visit.url_in(english ? visit.tenant.languages.front() : "en", visit.path))
            .set(t::LANG, english ? "de" : "en")
            .set(t::LABEL, english ? visit.tr("Preview of the German text") : visit.tr("Preview of the English text"));
    return visit.page({.title = visit.tr("Preview") + ": " + title_in(p, visit.language.code()), .index = false},
                      content(visit, p, html::render_part(t::file, notice, visit.language)));
}

http::Response versions(Visit& visit) {
    const Page p = stored(visit);
    return core::versions_page(visit, ref_of(p.id), p.title, {p.title, address(p)});
}

http::Response remove_question(Visit& visit) {
    const Page p = stored(visit);
    if (is_protected(p.key)) throw Conflict(tr_noop("The law asks for this page: it cannot be deleted."));
    namespace t = tpl::remove;
    html::Values values;
    const std::string title = visit.tr(tr_noop("Delete “{title}”?", {{"title", p.title}}));
    values.set(t::HEAD,
               core::admin_head(visit, {.title = title, .crumbs = {{visit.tr("Pages"), base}, {p.title, address(p)}}}));
    const Form nothing;
    values.set(
        t::FORM,
        core::FormView(visit, nothing)
            .html({.action = address(p) + "/loeschen", .submit = tr_noop("Delete this page"), .cancel = address(p)}));
    return visit.page(head_of(title), t::file, values);
}

http::Response remove_page(Visit& visit) {
    const Page p = stored(visit);
    if (is_protected(p.key)) throw Conflict(tr_noop("The law asks for this page: it cannot be deleted."));
    remove(visit.tx, visit.tenant.id, p.id);
    Page gone = p;
    gone.state = core::State::archived;
    index(visit.tx, visit.tenant.id, gone, visit.now);
    visit.record("pages.removed", ref_of(p.id), p.key);
    return visit.go(base, tr_noop("The page is deleted."));
}

}  // namespace mitwirken::pages
