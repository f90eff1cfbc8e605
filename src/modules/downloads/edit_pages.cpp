// Writing materials: list, form with files and links, states, versions.
// What must stay true: files of a form that comes back belong to nothing and go; which files are accessible is said for
// each of them.
#include <algorithm>

#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/people/people.h"
#include "downloads/templates.h"
#include "modules/downloads/pages.h"
#include "platform/base/text.h"

namespace mitwirken::downloads {

namespace {

using core::State;
using core::Visit;
const std::string base = "/verwaltung/downloads";
constexpr std::size_t per_page = 50;

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

std::string address(const Item& item) { return base + "/" + (item.id ? std::to_string(item.id.value) : "neu"); }

Item editable(Visit& visit) {
    if (visit.parameter("id") == "neu") {
        Item item;
        item.organisation = visit.actor.organisation;
        return item;
    }
    const auto item = find(visit.tx, visit.tenant.id, visit.id_parameter<ItemId>("id"));
    if (!item) throw NotFound();
    visit.need(edit_action, item->organisation);
    return *item;
}

std::vector<core::Attachment> files_of(Visit& visit, const Item& item) {
    return item.id ? core::attachments(visit.tx, visit.tenant.id, ref_of(item.id)) : std::vector<core::Attachment>{};
}

void add_file_fields(Visit& visit, core::FormView& form, const Item& item) {
    form.heading(tr_noop("Files and links"));
    const auto files = files_of(visit, item);
    if (!files.empty()) {
        form.files(files);
        std::vector<core::Option> options;
        for (const auto& file : files)
            options.push_back({std::to_string(file.id.value), file.title.empty() ? file.name : file.title});
        form.choices("accessible", tr_noop("Which of these files are accessible?"), options)
            .hint(tr_noop("Headings, reading order and descriptions of pictures have been checked."))
            .optional();
    }
    form.file("files", tr_noop("Add files"))
        .hint(tr_noop("PDF, Word, Excel, PowerPoint, OpenDocument, text, pictures, sound, film; at most 25 MB each."))
        .several()
        .optional();
    form.check("new_accessible", tr_noop("The files added now are accessible"));
    form.rows(link_rows());
}

html::SafeHtml content(Visit& visit, const Item& item, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::edit;
    html::Values page;
    core::Heading heading{.title = item.id ? item.title : visit.tr("New material"),
                          .crumbs = {{visit.tr("Downloads"), base}}};
    if (item.id) {
        heading.links = {{path_of(item), visit.tr("Preview"), "eye"},
                         {address(item) + "/versionen", visit.tr("Versions"), "history"}};
        page.set(t::STATES,
                 core::state_box(visit, item.schedule(), address(item) + "/stand", bool(visit.may(publish_action))));
    }
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    core::FormView form(visit, values, problems);
    form.hidden("_version", item.id ? core::version_field(visit, ref_of(item.id)) : "0");
    form.text("title", tr_noop("Title")).limit(200);
    auto& group = form.text("category", tr_noop("Group"));
    group.limit(80);
    if (const auto names = group_names(visit.tx, visit.tenant.id); !names.empty())
        group.hint_with(visit.tr("There are already:") + " " + join(names, " · "));
    form.area("summary", tr_noop("Summary")).limit(400);
    form.markdown("body", tr_noop("Text")).optional();
    form.date("day", tr_noop("As of")).hint(tr_noop("The day the material bears.")).optional();
    form.text("source", tr_noop("Source")).limit(400).optional();
    add_file_fields(visit, form, item);
    form.heading(tr_noop("English"));
    form.text("title_en", tr_noop("Title in English")).limit(200).optional();
    form.area("summary_en", tr_noop("Summary in English")).limit(400).optional();
    core::add_subject_fields(visit, form);
    core::add_schedule_fields(form);
    page.set(t::FORM, form.html({.action = address(item), .cancel = base, .has_files = true, .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

Form form_of(Visit& visit, const Item& item) {
    Form form = to_form(item);
    if (item.id) core::write_subjects(visit, form, ref_of(item.id));
    return form;
}

// Which files are accessible: ticked ones that are still there, and the new ones when that was ticked.
std::string read_accessible(Visit& visit, const std::vector<core::Attachment>& before,
                            const std::vector<core::Attachment>& after) {
    std::vector<std::int64_t> ids;
    for (const auto& file : after) {
        const bool old = std::any_of(before.begin(), before.end(), [&](const auto& f) { return f.id == file.id; });
        const bool ticked =
            old ? visit.form.has("accessible", std::to_string(file.id.value)) : visit.form["new_accessible"] == "on";
        if (ticked) ids.push_back(file.id.value);
    }
    return accessible_json(ids);
}

// What the form says, checked also against the files that were sent.
Result<Item> read(Visit& visit) {
    auto checked = check(visit.form);
    Problems problems;
    if (!checked) problems = checked.problems();
    if (const auto* files = visit.prepared<core::TakenFiles>(); files && !*files) problems.append(files->problems());
    const auto department = core::read_department(visit, problems);
    core::need_short_titles(problems, visit.form);
    if (problems.any()) return problems;
    (*checked).organisation = department;
    return checked;
}

void follow_up(Visit& visit, const Item& item) {
    index(visit.tx, visit.tenant.id, item, visit.now);
    core::plan_refresh(visit.tx, visit.tenant.id, ref_of(item.id), item.schedule(), visit.now);
}

}  // namespace

http::Response managed_page(Visit& visit) {
    AdminFilter filter;
    filter.state = core::state_from(visit.query["stand"]);
    if (visit.actor.role == core::Role::editor) filter.organisation = visit.actor.organisation;
    filter.before = ItemId{to_int(visit.query["vor"]).value_or(0)};
    auto list = admin_list(visit.tx, visit.tenant.id, filter, per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().id.value));
    }
    core::TableView view{.id = "downloads",
                         .caption = visit.tr("Downloads"),
                         .empty = visit.tr("No material here. “New material” begins one.")};
    view.columns = {visit.tr("Title"), visit.tr("State"), visit.tr("Group"), visit.tr("Files"),
                    visit.tr("Last changed")};
    for (const auto& item : list)
        view.rows.push_back(
            {core::link_cell(item.title, address(item)),
             core::pill_cell(core::state_words(visit, item.schedule()), core::state_class(item.schedule(), visit.now)),
             core::text_cell(item.category),
             core::number_cell(visit.language.number(std::int64_t(files_of(visit, item).size()))),
             core::text_cell(visit.language.ago(item.changed_at, visit.now))});
    namespace t = tpl::managed;
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Downloads"),
                                                 .links = {{base + "/neu", visit.tr("New material"), "plus", true}}}));
    values.add(t::TAB).set(t::URL, visit.url(base)).set(t::LABEL, visit.tr("All")).show_if(!filter.state, t::CURRENT);
    for (const State state : {State::draft, State::handed_in, State::published, State::archived})
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + "?stand=" + std::string(core::to_word(state)))
            .set(t::LABEL, visit.tr(core::state_name(state)))
            .show_if(filter.state == state, t::CURRENT);
    values.set(t::LIST, core::table(visit, view))
        .set(t::PAGER, core::pager(visit, filter.before ? visit.with("vor", "") : "", next, ""));
    return visit.page(head_of(visit.tr("Downloads")), t::file, values);
}

http::Response edit_page(Visit& visit) {
    const Item item = editable(visit);
    return visit.page(
        head_of(item.id ? item.title : visit.tr("New material")),
        content(visit, item, form_of(visit, item), {}, core::published_notice(visit, item.state, publish_action)));
}

http::Response save_form(Visit& visit) {
    const Item before = editable(visit);
    const auto head = head_of(before.id ? before.title : visit.tr("New material"));
    if (core::change_rows(visit.form, link_rows())) return visit.page(head, content(visit, before, visit.form, {}, {}));
    const auto again = [&](const Problems& problems, const html::SafeHtml& notice) {
        return core::show_again(visit, head, content(visit, before, visit.form, problems, notice));
    };
    const auto published = core::published_notice(visit, before.state, publish_action);
    if (!published.empty()) return again({}, published);
    const auto checked = read(visit);
    if (!checked) return again(checked.problems(), {});
    if (before.id && core::changed_meanwhile(visit, ref_of(before.id)))
        return again({}, core::meanwhile_notice(visit, ref_of(before.id)));
    Item item = *checked;
    item.id = before.id, item.key = before.key, item.state = before.state, item.accessible = before.accessible;
    if (!item.id) {
        item.id = add(visit.tx, visit.tenant.id, item, visit.actor.account, visit.now);
        item.key = find(visit.tx, visit.tenant.id, item.id)->key;
    }
    const auto files = files_of(visit, item);
    core::keep_files(visit, ref_of(item.id));
    const auto kept = files_of(visit, item);
    item.accessible = read_accessible(visit, files, kept);
    item.changed_at = visit.now;
    save(visit.tx, visit.tenant.id, item, visit.actor.account, visit.now);
    follow_up(visit, item);
    const auto department = core::find_organisation(visit.tx, visit.tenant.id, item.organisation);
    const auto terms = core::read_subjects(visit, ref_of(item.id));
    core::add_revision(visit.tx, visit.tenant.id, ref_of(item.id),
                       snapshot(item, kept, terms, department ? department->name : ""), visit.actor.account, "",
                       visit.now);
    visit.record(before.id ? "downloads.changed" : "downloads.created", ref_of(item.id), item.key);
    return visit.go(address(item), tr_noop("Saved."));
}

http::Response step(Visit& visit) {
    Item item = editable(visit);
    const std::string& word = visit.form["step"];
    const auto next = core::state_after(item.state, word);
    if (!item.id || !next) throw Conflict(tr_noop("This step is not possible from the present state."));
    if (core::step_needs_release(item.state, word)) visit.need(publish_action);
    item.state = *next;
    save(visit.tx, visit.tenant.id, item, visit.actor.account, visit.now);
    follow_up(visit, item);
    visit.record("downloads.state", ref_of(item.id), word);
    if (*next == State::published)
        visit.publish(core::ItemPublished{ref_of(item.id), item.title, path_of(item), "download"});
    return visit.go(address(item), tr_noop("The state is changed."));
}

http::Response versions(Visit& visit) {
    const Item item = editable(visit);
    if (!item.id) throw NotFound();
    return core::versions_page(visit, ref_of(item.id), item.title, {item.title, address(item)});
}

}  // namespace mitwirken::downloads
