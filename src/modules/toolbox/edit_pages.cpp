// Writing formats: list, form with all fields of the city's sheet, files, preview, versions, states.
#include "core/attachments/attachments.h"
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/toolbox/report_form.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
constexpr int per_page = 50;
const std::string base = "/verwaltung/instrumente";

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

std::string pill_of(State state) {
    static const char* const classes[] = {"draft", "review", "planned", "ok", "plain"};
    return classes[int(state)];
}

const core::Rows& material_rows() {
    static const core::Rows rows{"materials",
                                 tr_noop("Materials and links"),
                                 tr_noop("Add a material"),
                                 {{"title", tr_noop("Title")}, {"url", tr_noop("Address"), core::Field::Kind::url}}};
    return rows;
}
const core::Rows& tool_rows() {
    static const core::Rows rows{
        "tools",
        tr_noop("Tools and online services"),
        tr_noop("Add a tool"),
        {{"title", tr_noop("Name")}, {"url", tr_noop("Address"), core::Field::Kind::url}, {"note", tr_noop("Note")}}};
    return rows;
}

std::vector<core::Option> options_of(const Visit& visit, const Facet& facet) {
    std::vector<core::Option> options;
    for (const auto& choice : facet.choices)
        options.push_back({std::string(choice.word), visit.tr(choice.label), visit.tr(choice.hint)});
    return options;
}

Form form_of(const Format& f, const Parts& parts) {
    Form form;
    form.set("title", f.title);
    form.set("title_en", f.title_en);
    form.set("summary", f.summary);
    form.set("summary_en", f.summary_en);
    form.set("description", f.description);
    form.set("tips", f.tips);
    for (const auto& word : words_of(purposes(), f.purposes)) form.add("purposes", word);
    for (const auto& word : words_of(forms(), f.forms)) form.add("forms", word);
    for (const auto& word : words_of(group_sizes(), f.group_sizes)) form.add("group_sizes", word);
    form.set("distance", f.distance ? "yes" : "no");
    if (f.publish) form.set("publish", "on");
    if (f.lead_days) form.set("lead_days", std::to_string(*f.lead_days));
    if (f.staff_days) form.set("staff_days", std::to_string(*f.staff_days));
    form.set("cost", std::string(to_word(f.cost)));
    form.set("duration", f.duration);
    form.set("source", f.source);
    form.set("related", join(parts.related, ", "));
    std::vector<std::map<std::string, std::string>> rows;
    for (const auto& link : parts.materials) rows.push_back({{"title", link.title}, {"url", link.url}});
    core::write_rows(form, material_rows(), rows);
    rows.clear();
    for (const auto& link : parts.tools)
        rows.push_back({{"title", link.title}, {"url", link.url}, {"note", link.note}});
    core::write_rows(form, tool_rows(), rows);
    return form;
}

std::optional<std::int64_t> days_from(const Form& form, const std::string& name, Problems& problems) {
    const std::string text = trimmed(form[name]);
    if (text.empty()) return {};
    const auto number = to_int(text);
    if (!number || *number < 0 || *number > 3650)
        problems.add(name, tr_noop("Please give a number of days between 0 and 3650."));
    return number;
}

std::vector<Link> links_from(const Form& form, const core::Rows& rows, Problems& problems) {
    std::vector<Link> links;
    for (auto& row : core::read_rows(form, rows)) {
        if (row["title"].empty()) problems.add(rows.name, tr_noop("Every row needs a title."));
        if (!row["url"].empty() && !is_web_address(row["url"]) && !is_own_path(row["url"]))
            problems.add(rows.name,
                         tr_noop("Addresses begin with https:// – please check “{text}”.", {{"text", row["url"]}}));
        links.push_back({row["title"], row["url"], row.count("note") ? row["note"] : ""});
    }
    return links;
}

void read_choice(const Form& form, const Facet& facet, int& mask, Problems& problems) {
    const auto words = form.all(facet.word);
    const auto found = mask_from(facet, words);
    if (!found)
        problems.add(std::string(facet.word), tr_noop("Please choose from the list."));
    else if (*found == 0)
        problems.add(std::string(facet.word), tr_noop("Please choose at least one."));
    mask = found.value_or(0);
}

// Checks what was typed into `format` and `parts`.
Problems read_format(Visit& visit, Format& f, Parts& parts) {
    Problems problems;
    const Form& form = visit.form;
    const auto text = [&](const char* name, std::size_t most, bool needed, const Message& missing) {
        const std::string value = trimmed(form[name]);
        if (needed && value.empty()) problems.add(name, missing);
        if (letters(value) > most)
            problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(most)}}));
        return value;
    };
    f.title = text("title", 200, true, tr_noop("Please give the format a name."));
    f.title_en = text("title_en", 200, false, {});
    f.summary = text("summary", 300, true, tr_noop("Please say in one or two sentences what it is."));
    f.summary_en = text("summary_en", 300, false, {});
    f.description = text("description", 20000, true, tr_noop("Please describe the format."));
    f.tips = text("tips", 20000, false, {});
    f.duration = text("duration", 200, false, {});
    f.source = text("source", 500, false, {});
    text("comment", 200, false, {});
    core::need_short_titles(problems, form);
    read_choice(form, purposes(), f.purposes, problems);
    read_choice(form, forms(), f.forms, problems);
    read_choice(form, group_sizes(), f.group_sizes, problems);
    f.distance = form["distance"] == "yes";
    f.publish = form["publish"] == "on";
    f.lead_days = days_from(form, "lead_days", problems);
    f.staff_days = days_from(form, "staff_days", problems);
    f.cost = cost_from(form["cost"]).value_or(Cost::unknown);
    parts.materials = links_from(form, material_rows(), problems);
    parts.tools = links_from(form, tool_rows(), problems);
    parts.related.clear();
    for (const auto& word : split(form["related"], ',')) {
        const std::string key = trimmed(word);
        if (key.empty()) continue;
        if (!find_format(visit.tx, visit.tenant.id, key))
            problems.add("related", tr_noop("There is no format “{text}”.", {{"text", key}}));
        parts.related.push_back(key);
    }
    if (auto* uploads = visit.prepared<core::TakenFiles>(); uploads && !*uploads) problems.append(uploads->problems());
    return problems;
}

core::FormView& add_fields(Visit& visit, core::FormView& form, const Format& f) {
    form.text("title", tr_noop("Format/method")).limit(200);
    form.area("summary", tr_noop("In short")).hint(tr_noop("One or two sentences for the list.")).limit(300);
    form.choices("purposes", tr_noop("Purpose"), options_of(visit, purposes()));
    form.markdown("description", tr_noop("Description"))
        .hint(tr_noop("Basics, course, result. Markdown: ## heading, - list, **bold**."));
    form.choices("forms", tr_noop("Form"), options_of(visit, forms()));
    form.choices("group_sizes", tr_noop("Group of participants"), options_of(visit, group_sizes()));
    form.markdown("tips", tr_noop("Tips and tricks")).optional();
    if (f.id) form.files(core::attachments(visit.tx, visit.tenant.id, ref_of(f.id)));
    form.file("files", tr_noop("Add files"))
        .several()
        .optional()
        .hint(tr_noop("PDF, Word, Excel, PowerPoint, OpenDocument, text, pictures; at most 25 MB each."));
    form.rows(material_rows());
    form.rows(tool_rows());
    form.radios("distance", tr_noop("Possible at a distance"), {{"yes", visit.tr("Yes")}, {"no", visit.tr("No")}});
    form.number("lead_days", tr_noop("Lead time in days")).optional();
    form.number("staff_days", tr_noop("Work of staff in days")).optional();
    form.select("cost", tr_noop("Cost"),
                {{"", "–"},
                 {"low", visit.tr(name_of(Cost::low))},
                 {"medium", visit.tr(name_of(Cost::medium))},
                 {"high", visit.tr(name_of(Cost::high))}});
    form.text("duration", tr_noop("Duration")).optional().limit(200);
    form.text("related", tr_noop("Related formats"))
        .optional()
        .hint(tr_noop("Their keys, separated by commas: world-cafe, fishbowl"));
    form.text("source", tr_noop("Source")).optional().limit(500);
    form.text("title_en", tr_noop("Title in English")).optional().limit(200);
    form.area("summary_en", tr_noop("In short, in English")).optional().limit(300);
    form.check("publish", tr_noop("Publish on the web"))
        .hint(tr_noop("Otherwise only colleagues see it, also after its release."));
    return form;
}

html::SafeHtml state_buttons(Visit& visit, const Format& f) {
    namespace t = tpl::edit_states;
    html::Values values;
    values.set(t::STATE, visit.tr(name_of(f.state)))
        .set(t::CLASS, pill_of(f.state))
        .set(t::ACTION, visit.url(base + "/" + f.key + "/stand"));
    for (const State next : next_states(f.state)) {
        const bool release = next == State::published || next == State::archived || f.state == State::published;
        if (release && !visit.may(publish_action)) continue;
        if (next == State::agreed && f.state == State::handed_in && !may_release(visit, f.owner)) continue;
        values.add(t::NEXT).set(t::VALUE, to_word(next)).set(t::LABEL, visit.tr(name_of(next)));
    }
    return html::render_part(t::file, values, visit.language);
}

html::SafeHtml edit_content(Visit& visit, const Format& f, const Form& values, const Problems& problems,
                            const html::SafeHtml& notice) {
    namespace t = tpl::edit;
    html::Values page;
    core::Heading heading{.title = f.id ? f.title : visit.tr("New format"), .crumbs = {{visit.tr("Toolbox"), base}}};
    if (f.id)
        heading.links = {{base + "/" + f.key + "/vorschau", visit.tr("Preview"), "eye"},
                         {base + "/" + f.key + "/versionen", visit.tr("Versions"), "history"}};
    page.set(t::HEAD, core::admin_head(visit, heading)).set(t::NOTICE, notice);
    if (f.id) page.set(t::STATES, state_buttons(visit, f));
    core::FormView form(visit, values, problems);
    form.hidden("_version", f.id ? core::version_field(visit, ref_of(f.id)) : "0");
    add_fields(visit, form, f);
    form.text("comment", tr_noop("What did you change?")).optional().limit(200);
    page.set(
        t::FORM,
        form.html(
            {.action = base + "/" + (f.id ? f.key : "neu"), .cancel = base, .has_files = true, .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml published_notice(const Visit& visit, const Format& f) {
    return core::published_notice(visit, *core::state_from(to_word(f.state)), publish_action);
}

Format editable(Visit& visit) {
    if (visit.parameter("key") == "neu") return {};
    const auto format = find_format(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!format) throw NotFound();
    visit.need(edit_action, format->owner);
    return *format;
}

}  // namespace

http::Response managed_page(Visit& visit) {
    ManagedFilter filter{state_from(visit.query["stand"]), {}};
    if (visit.actor.role == core::Role::editor) filter.owner = visit.actor.organisation;
    const bool backwards = !visit.query["vor"].empty();
    const FormatId from{to_int(visit.query[backwards ? "vor" : "nach"]).value_or(0)};
    auto list = managed_formats(visit.tx, visit.tenant.id, filter, from, backwards, per_page + 1);
    const bool more = list.size() > per_page;
    if (more) backwards ? list.erase(list.begin()) : list.erase(list.end() - 1);
    core::TableView view{
        .id = "formats", .caption = visit.tr("Toolbox"), .empty = visit.tr("No format here. “New format” begins one.")};
    view.columns = {visit.tr("Format/method"), visit.tr("State"), visit.tr("On the web"), visit.tr("Last changed")};
    for (const auto& f : list)
        view.rows.push_back({core::link_cell(f.title, base + "/" + f.key),
                             core::pill_cell(visit.tr(name_of(f.state)), pill_of(f.state)),
                             core::text_cell(visit.tr(f.publish ? "Yes" : "No")),
                             core::text_cell(visit.language.ago(f.changed_at, visit.now))});
    namespace t = tpl::managed;
    html::Values values;
    core::Heading heading{.title = visit.tr("Toolbox"),
                          .links = {{base + "/neu", visit.tr("New format"), "plus", true}}};
    if (visit.may(publish_action))
        heading.links.push_back({"/verwaltung/instrumente-einlesen", visit.tr("Import"), "upload"});
    values.set(t::HEAD, core::admin_head(visit, heading));
    for (const auto& [word, label] :
         std::vector<std::pair<std::string, std::string>>{{"", visit.tr("All")},
                                                          {"draft", visit.tr(name_of(State::draft))},
                                                          {"handed_in", visit.tr(name_of(State::handed_in))},
                                                          {"agreed", visit.tr(name_of(State::agreed))},
                                                          {"published", visit.tr(name_of(State::published))},
                                                          {"archived", visit.tr(name_of(State::archived))}})
        values.add(t::TAB)
            .set(t::URL, visit.url(base) + (word.empty() ? "" : "?stand=" + word))
            .set(t::LABEL, label)
            .show_if(visit.query["stand"] == word, t::CURRENT);
    values.set(t::LIST, core::table(visit, view));
    const std::string stand = visit.query["stand"].empty() ? "?" : "?stand=" + escape_url(visit.query["stand"]) + "&";
    const bool has_back = (from && !backwards) || (backwards && more), has_next = (more && !backwards) || backwards;
    values.set(
        t::PAGER,
        core::pager(
            visit,
            has_back && !list.empty() ? visit.url(base) + stand + "vor=" + std::to_string(list.front().id.value) : "",
            has_next && !list.empty() ? visit.url(base) + stand + "nach=" + std::to_string(list.back().id.value) : "",
            ""));
    return visit.page(head_of(visit.tr("Toolbox")), t::file, values);
}

http::Response edit_page(Visit& visit) {
    const Format f = editable(visit);
    Form values = f.id ? form_of(f, parts_of(visit.tx, f.id)) : Form({{"distance", "no"}, {"publish", "on"}});
    return visit.page(head_of(f.id ? f.title : visit.tr("New format")),
                      edit_content(visit, f, values, {}, published_notice(visit, f)));
}

http::Response save_format(Visit& visit) {
    Format f = editable(visit);
    const std::string title = f.id ? f.title : visit.tr("New format");
    const auto published = published_notice(visit, f);
    if (!published.empty())
        return core::show_again(visit, head_of(title), edit_content(visit, f, visit.form, {}, published));
    if (core::change_rows(visit.form, material_rows()) || core::change_rows(visit.form, tool_rows())) {
        return visit.page(head_of(title), edit_content(visit, f, visit.form, {}, {}));
    }
    Parts parts;
    const Format before = f;
    const Problems problems = read_format(visit, f, parts);
    const bool meanwhile = !problems.any() && f.id && core::changed_meanwhile(visit, ref_of(f.id));
    if (problems.any() || meanwhile) {
        const auto notice = meanwhile ? core::meanwhile_notice(visit, ref_of(f.id)) : html::SafeHtml{};
        return core::show_again(visit, head_of(title), edit_content(visit, before, visit.form, problems, notice));
    }
    if (!f.id) {
        f.key = free_key(visit.tx, visit.tenant.id, f.title);
        f.owner = visit.actor.organisation;
    }
    // What the department agreed to has to be agreed to again when another hand changed it.
    if (f.state == State::agreed && !may_release(visit, f.owner)) f.state = State::handed_in;
    save(visit.tx, visit.tenant.id, f, parts, visit.actor.account, first_letters(trimmed(visit.form["comment"]), 200),
         visit.now);
    core::keep_files(visit, ref_of(f.id));
    refresh(visit.tx, visit.tenant.id, f.id, visit.now);
    visit.record(before.id ? "toolbox.changed" : "toolbox.created", ref_of(f.id), f.key);
    return visit.go(base + "/" + f.key, tr_noop("Saved."));
}

http::Response preview_page(Visit& visit) {
    const Format f = editable(visit);
    if (!f.id) throw NotFound();
    namespace t = tpl::preview;
    html::Values values;
    values.set(t::URL, visit.url(base + "/" + f.key)).set(t::CONTENT, detail_content(visit, f, Showing::preview));
    return visit.page({.title = visit.tr("Preview") + ": " + f.title, .navigation = "/instrumente", .index = false},
                      t::file, values);
}

http::Response versions(Visit& visit) {
    const Format f = editable(visit);
    if (!f.id) throw NotFound();
    return core::versions_page(visit, ref_of(f.id), f.title, {f.title, base + "/" + f.key});
}

http::Response change_state(Visit& visit) {
    const Format f = editable(visit);
    const auto next = state_from(visit.form["state"]);
    const auto allowed = next_states(f.state);
    if (!f.id || !next || std::find(allowed.begin(), allowed.end(), *next) == allowed.end())
        throw Conflict(tr_noop("This step is not possible from the present state."));
    if (*next == State::published || *next == State::archived || f.state == State::published)
        visit.need(publish_action);
    if (*next == State::agreed && f.state == State::handed_in && !may_release(visit, f.owner))
        throw NotAllowed(tr_noop("The department this entry belongs to has to agree to it."));
    set_state(visit.tx, visit.tenant.id, f.id, *next, visit.now);
    visit.record("toolbox.state", ref_of(f.id), std::string(to_word(*next)));
    if (*next == State::published && f.publish)
        visit.publish(core::ItemPublished{ref_of(f.id), f.title, "/instrumente/" + f.key, "format"});
    return visit.go(base + "/" + f.key, tr_noop("The state is changed."));
}

}  // namespace mitwirken::toolbox
