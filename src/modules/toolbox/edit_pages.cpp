// Writing formats: list, form with all fields of the city's sheet, files, preview, versions, states.
#include "core/attachments/attachments.h"
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "modules/toolbox/report_form.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
constexpr int most_found = 20;  // related formats offered at once
const std::string base = "/verwaltung/instrumente";

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

const core::Rows& material_rows() {
    static const core::Rows rows{"materials",
                                 tr_noop("Materials and links"),
                                 tr_noop("Add a material"),
                                 {{"title", tr_noop("Title")},
                                  {"url", tr_noop("Address"), core::Field::Kind::url},
                                  {"title_en", tr_noop("Title in English")}}};
    return rows;
}
const core::Rows& tool_rows() {
    static const core::Rows rows{"tools",
                                 tr_noop("Tools and online services"),
                                 tr_noop("Add a tool"),
                                 {{"title", tr_noop("Name")},
                                  {"url", tr_noop("Address"), core::Field::Kind::url},
                                  {"note", tr_noop("Note")},
                                  {"title_en", tr_noop("Name in English")},
                                  {"note_en", tr_noop("Note in English")}}};
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
    form.set("description_en", f.description_en);
    form.set("tips_en", f.tips_en);
    form.set("duration_en", f.duration_en);
    form.set("source_en", f.source_en);
    for (const auto& key : parts.related) form.add("related", key);
    std::vector<std::map<std::string, std::string>> rows;
    for (const auto& link : parts.materials)
        rows.push_back({{"title", link.title}, {"url", link.url}, {"title_en", link.title_en}});
    core::write_rows(form, material_rows(), rows);
    rows.clear();
    for (const auto& link : parts.tools)
        rows.push_back({{"title", link.title},
                        {"url", link.url},
                        {"note", link.note},
                        {"title_en", link.title_en},
                        {"note_en", link.note_en}});
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
        links.push_back({row["title"], row["url"], row["note"], row["title_en"], row["note_en"]});
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

// The keys that are ticked, each once.
std::vector<std::string> chosen_related(const Form& form) {
    std::vector<std::string> keys;
    for (const auto& value : form.all("related"))
        for (const auto& word : split(value, ',')) {
            const std::string key = trimmed(word);
            if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
        }
    return keys;
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
    f.description_en = text("description_en", 20000, false, {});
    f.tips_en = text("tips_en", 20000, false, {});
    f.duration_en = text("duration_en", 200, false, {});
    f.source_en = text("source_en", 500, false, {});
    parts.related.clear();
    for (const auto& key : chosen_related(form)) {
        if (!find_format(visit.tx, visit.tenant.id, key))
            problems.add("related", tr_noop("There is no format “{text}”.", {{"text", key}}));
        parts.related.push_back(key);
    }
    if (auto* uploads = visit.prepared<core::TakenFiles>(); uploads && !*uploads) problems.append(uploads->problems());
    return problems;
}

// Chosen ones stay ticked; a search in the form finds others, which it shows again with everything that was typed.
html::SafeHtml related_picker(Visit& visit, const Format& f, const Form& values, const Problems& problems) {
    namespace t = tpl::related;
    html::Values page;
    const auto chosen = chosen_related(values);
    for (const auto& key : chosen) {
        const auto other = find_format(visit.tx, visit.tenant.id, key);
        page.add(t::CHOSEN).set(t::KEY, key).set(t::TITLE, other ? other->title : key);
    }
    const std::string find = trimmed(values["related_find"]);
    page.show_if(chosen.empty(), t::NONE).set(t::FIND, find);
    if (const auto* problem = problems.of("related")) page.add(t::ERROR).set(t::TEXT, visit.tr(problem->message));
    if (values["find_related"] != "1") return html::render_part(t::file, page, visit.language);
    auto box = page.add(t::FOUND);
    std::int64_t count = 0;
    for (const auto& hit : managed_formats(visit.tx, visit.tenant.id, {.text = find}, {}, false, most_found + 6)) {
        if (hit.id == f.id || std::find(chosen.begin(), chosen.end(), hit.key) != chosen.end()) continue;
        if (++count > most_found) break;
        box.add(t::HIT)
            .set(t::KEY, hit.key)
            .set(t::TITLE, hit.title)
            .set(t::STATE, hit.state == State::published ? "" : visit.tr(name_of(hit.state)));
    }
    box.set(t::WORDS, count == 0           ? visit.tr("No format found; try another word.")
                      : count > most_found ? visit.tr("The first ones found; a longer word finds fewer.")
                                           : visit.tr("Found: tick what belongs to it"));
    return html::render_part(t::file, page, visit.language);
}

void add_english_fields(core::FormView& form) {
    form.fold(tr_noop("English version"));
    form.text("title_en", tr_noop("Title in English")).optional().limit(200);
    form.area("summary_en", tr_noop("In short, in English")).optional().limit(300);
    form.markdown("description_en", tr_noop("Description in English")).optional();
    form.markdown("tips_en", tr_noop("Tips and tricks in English")).optional();
    form.text("duration_en", tr_noop("Duration in English")).optional().limit(200);
    form.text("source_en", tr_noop("Source in English"))
        .optional()
        .limit(500)
        .hint(
            tr_noop("What stays empty is shown in German. Names of materials and tools have their field beside them."));
    form.end_fold();
}

void add_fields(Visit& visit, core::FormView& form, const Format& f, const html::SafeHtml& related) {
    form.heading(tr_noop("What it is"));
    form.text("title", tr_noop("Format/method")).limit(200);
    form.area("summary", tr_noop("In short")).hint(tr_noop("One or two sentences for the list.")).limit(300);
    form.choices("purposes", tr_noop("Purpose"), options_of(visit, purposes()));
    form.markdown("description", tr_noop("Description"))
        .hint(tr_noop("Basics, course, result. Markdown: ## heading, - list, **bold**."));
    form.heading(tr_noop("How it is done"));
    form.choices("forms", tr_noop("Form"), options_of(visit, forms()));
    form.choices("group_sizes", tr_noop("Group of participants"), options_of(visit, group_sizes()));
    form.radios("distance", tr_noop("Possible at a distance"), {{"yes", visit.tr("Yes")}, {"no", visit.tr("No")}});
    form.heading(tr_noop("Tips and tricks"));
    form.markdown("tips", tr_noop("Tips and tricks")).optional();
    if (f.id) form.files(core::attachments(visit.tx, visit.tenant.id, ref_of(f.id)));
    form.file("files", tr_noop("Add files"))
        .several()
        .optional()
        .hint(tr_noop("PDF, Word, Excel, PowerPoint, OpenDocument, text, pictures; at most 25 MB each."));
    form.rows(material_rows());
    form.heading(tr_noop("Tools and online services"));
    form.rows(tool_rows());
    form.heading(tr_noop("Effort"));
    form.number("lead_days", tr_noop("Lead time in days")).optional();
    form.number("staff_days", tr_noop("Work of staff in days")).optional();
    form.select("cost", tr_noop("Cost"),
                {{"", "–"},
                 {"low", visit.tr(name_of(Cost::low))},
                 {"medium", visit.tr(name_of(Cost::medium))},
                 {"high", visit.tr(name_of(Cost::high))}});
    form.text("duration", tr_noop("Duration")).optional().limit(200);
    form.heading(tr_noop("Related formats"));
    form.part(related);
    add_english_fields(form);
    form.heading(tr_noop("Source and publication"));
    form.text("source", tr_noop("Source")).optional().limit(500);
    form.check("publish", tr_noop("Publish on the web"))
        .hint(tr_noop("Otherwise only colleagues see it, also after its release."));
}

// Back from "agreed": the department undoes its own step; the office needs a reason, which the versions show.
bool needs_reason(const Visit& visit, const Format& f, State next) {
    return f.state == State::agreed && next == State::handed_in && !may_release(visit, f.owner);
}

html::SafeHtml state_buttons(Visit& visit, const Format& f, const Problems& problems) {
    namespace t = tpl::edit_states;
    html::Values values;
    values.set(t::STATE, visit.tr(name_of(f.state)))
        .set(t::CLASS, pill_of(f.state))
        .set(t::ACTION, visit.url(base + "/" + f.key + "/stand"));
    for (const State next : next_states(f.state)) {
        const bool release = next == State::published || next == State::archived || f.state == State::published;
        if (release && !visit.may(publish_action)) continue;
        if (next == State::agreed && f.state == State::handed_in && !may_release(visit, f.owner)) continue;
        if (needs_reason(visit, f, next)) {
            if (!visit.may(publish_action)) continue;
            auto form = values.add(t::TAKE_BACK).set(t::REASON, visit.form["reason"]);
            if (const auto* problem = problems.of("reason"))
                form.add(t::ERROR).set(t::TEXT, visit.tr(problem->message));
            continue;
        }
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
    if (f.id) page.set(t::STATES, state_buttons(visit, f, problems));
    core::FormView form(visit, values, problems);
    form.hidden("_version", f.id ? core::version_field(visit, ref_of(f.id)) : "0");
    add_fields(visit, form, f, related_picker(visit, f, values, problems));
    form.text("comment", tr_noop("What did you change?")).optional().limit(200);
    page.set(t::FORM, form.html({.action = base + "/" + (f.id ? f.key : "neu"),
                                 .cancel = base,
                                 .has_files = true,
                                 .keep_draft = true,
                                 .contents = true}));
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
    if (core::change_rows(visit.form, material_rows()) || core::change_rows(visit.form, tool_rows()) ||
        visit.form["find_related"] == "1") {
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
    if (needs_reason(visit, f, *next)) {
        visit.need(publish_action);
        const std::string reason = trimmed(visit.form["reason"]);
        Problems problems;
        if (reason.empty()) problems.add("reason", tr_noop("Please say why the agreement is taken back."));
        core::need_short(problems, "reason", reason, 200);
        const Parts parts = parts_of(visit.tx, f.id);
        if (problems.any())
            return core::show_again(visit, head_of(f.title), edit_content(visit, f, form_of(f, parts), problems, {}));
        add_note(visit.tx, visit.tenant.id, f, parts, visit.actor.account,
                 visit.tr(tr_noop("Agreement taken back: {text}", {{"text", reason}})), visit.now);
    }
    set_state(visit.tx, visit.tenant.id, f.id, *next, visit.now);
    visit.record("toolbox.state", ref_of(f.id), std::string(to_word(*next)));
    if (*next == State::published && f.publish)
        visit.publish(core::ItemPublished{ref_of(f.id), f.title, "/instrumente/" + f.key, "format"});
    return visit.go(base + "/" + f.key, tr_noop("The state is changed."));
}

}  // namespace mitwirken::toolbox
