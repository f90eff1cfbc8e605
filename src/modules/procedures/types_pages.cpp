// Templates: the list, one with everything that is in it, its versions, and what is done with it as a whole.
#include "core/forms/table.h"
#include "core/people/people.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/making.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/types_editing.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
using Json = nlohmann::ordered_json;

std::string who(Visit& visit, core::AccountId account) {
    if (!account) return visit.tr("delivered with the program");
    const auto found = core::find_account(visit.tx, account);
    return found ? found->name : visit.tr("Somebody");
}

std::string text_of(const Json& object, const char* name) {
    return object.contains(name) && object[name].is_string() ? object[name].get<std::string>() : "";
}

void add_steps(const Visit& visit, html::Values& page, const Json& content) {
    namespace t = tpl::type;
    if (!content.contains("tracks") || !content["tracks"].is_array()) return;
    int number = 0;
    for (const auto& track : content["tracks"]) {
        core::TableView view{.id = "track-" + std::to_string(++number), .caption = text_of(track, "label")};
        view.columns = {visit.tr("Step"), visit.tr("Days"), visit.tr("What happens")};
        if (track.contains("steps") && track["steps"].is_array())
            for (const auto& step : track["steps"])
                view.rows.push_back({core::text_cell(text_of(step, "label")),
                                     core::text_cell(days_in_words(visit, step)),
                                     core::text_cell(text_of(step, "text"))});
        page.add(t::TABLE).set(t::CONTENT, core::table(visit, view));
    }
}

void add_activities(const Visit& visit, html::Values& page, const Json& content) {
    namespace t = tpl::type;
    if (!content.contains("activities") || !content["activities"].is_array()) return;
    core::TableView view{
        .id = "activities", .caption = visit.tr("Activities"), .empty = visit.tr("This template has no activities.")};
    view.columns = {visit.tr("Title"), visit.tr("Building block"), visit.tr("What it says to people")};
    for (const auto& one : content["activities"]) {
        const auto* kind = kind_of(visit, text_of(one, "module"));
        view.rows.push_back({core::text_cell(text_of(one, "title")),
                             core::text_cell(kind ? visit.tr(kind->title)
                                                  : visit.tr(tr_noop("“{name}” is not there; it is left out.",
                                                                     {{"name", text_of(one, "module")}}))),
                             core::text_cell(text_of(one, "intro"))});
    }
    page.add(t::TABLE).set(t::CONTENT, core::table(visit, view));
}

http::Response versions_of(Visit& visit, const core::ProcedureType& type) {
    namespace t = tpl::type;
    const auto list = core::procedure_type_versions(visit.tx, visit.tenant.id, type.key);
    const auto version = [&](const char* name) -> const core::ProcedureType* {
        const auto number = to_int(visit.query[name]);
        for (const auto& one : list)
            if (number && one.version == *number) return &one;
        return nullptr;
    };
    html::Values page;
    page.set(t::HEAD,
             core::admin_head(visit,
                              {.title = visit.tr(tr_noop("Versions of “{title}”", {{"title", type.title}})),
                               .crumbs = {{visit.tr("Templates"), types_base}, {type.title, type_address(type.key)}}}));
    core::TableView view{.id = "versions", .caption = visit.tr("Versions")};
    view.columns = {visit.tr("Version"), visit.tr("When"), visit.tr("Who"), ""};
    for (std::size_t i = 0; i < list.size(); ++i) {
        core::Cell cell = core::text_cell("");
        if (i + 1 < list.size()) {
            cell = core::link_cell(visit.tr("What changed"),
                                   type_address(type.key, "/versionen?von=" + std::to_string(list[i + 1].version) +
                                                              "&bis=" + std::to_string(list[i].version)));
            cell.spoken = std::to_string(list[i].version);
        }
        view.rows.push_back({core::number_cell(std::to_string(list[i].version)),
                             core::text_cell(core::when(visit, list[i].created_at)),
                             core::text_cell(who(visit, list[i].created_by)), cell});
    }
    const auto *before = version("von"), *after = version("bis");
    if (before && after)
        page.add(t::TABLE).set(t::CONTENT,
                               core::comparison(visit, snapshot_of(visit, *before), snapshot_of(visit, *after)));
    page.add(t::TABLE).set(t::CONTENT, core::table(visit, view));
    return visit.page(head_of(visit.tr("Versions")), t::file, page);
}

}  // namespace

http::Response types_page(Visit& visit) {
    namespace t = tpl::type;
    html::Values page;
    core::Heading heading{.title = visit.tr("Templates"),
                          .lead = visit.tr("A template holds everything of a procedure but its dates: texts, steps, "
                                           "activities, tasks and goals.")};
    if (visit.may(types_action)) heading.links = {{types_base + "-einlesen", visit.tr("From a file"), "upload"}};
    page.set(t::HEAD, core::admin_head(visit, heading));
    core::TableView view{.id = "types",
                         .caption = visit.tr("Templates"),
                         .empty = visit.tr("There is no template yet. A procedure becomes one by “Save as template”.")};
    view.columns = {visit.tr("Title"), visit.tr("What it is for"), visit.tr("Version"), visit.tr("State"), ""};
    for (const auto& type : core::all_procedure_types(visit.tx, visit.tenant.id)) {
        core::Cell use = core::text_cell("");
        if (!type.retired) {
            use = core::link_cell(visit.tr("Use"), new_path + "?vorlage=" + escape_url(type.key));
            use.spoken = type.title;
        }
        view.rows.push_back({core::link_cell(type.title, type_address(type.key)), core::text_cell(type.summary),
                             core::number_cell(std::to_string(type.version)),
                             core::pill_cell(visit.tr(type.retired ? tr_noop("retired") : tr_noop("in use")),
                                             type.retired ? "draft" : "ok"),
                             use});
    }
    page.add(t::TABLE).set(t::CONTENT, core::table(visit, view));
    return visit.page(head_of(visit.tr("Templates")), t::file, page);
}

http::Response type_page(Visit& visit) {
    namespace t = tpl::type;
    const auto type = type_of(visit);
    const Json content = Json::parse(type.content);
    html::Values page;
    core::Heading heading{.title = type.title,
                          .lead = type.summary,
                          .crumbs = {{visit.tr("Templates"), types_base}},
                          .links = {{type_address(type.key, "/versionen"), visit.tr("Versions"), "history"},
                                    {type_address(type.key, "/vorlage.json"), visit.tr("As a file"), "download"}}};
    const bool may = bool(visit.may(types_action));
    if (may) heading.links.push_back({type_address(type.key, "/bearbeiten"), visit.tr("Edit"), "edit"});
    if (!type.retired)
        heading.links.push_back(
            {new_path + "?vorlage=" + escape_url(type.key), visit.tr("Use this template"), "plus", true});
    page.set(t::HEAD, core::admin_head(visit, heading));
    auto info = page.add(t::INFO);
    info.set(t::VERSION, type.version).set(t::WHEN, core::when(visit, type.created_at));
    info.set(t::NAME, who(visit, type.created_by));
    if (!type.format_key.empty())
        info.add(t::FORMAT).set(t::URL, visit.url("/instrumente/" + type.format_key)).set(t::KEY, type.format_key);
    info.show_if(type.retired, t::RETIRED);
    if (may) {
        auto steps = info.add(t::ACTIONS).set(t::ACTION, visit.url(type_address(type.key, "/stand")));
        steps.add(t::STEP).set(t::VALUE, "copy").set(t::LABEL, visit.tr("Copy"));
        if (type.retired)
            steps.add(t::STEP).set(t::VALUE, "restore").set(t::LABEL, visit.tr("Offer again"));
        else
            steps.add(t::STEP).set(t::VALUE, "retire").set(t::LABEL, visit.tr("Retire"));
    }
    add_steps(visit, page, content);
    add_activities(visit, page, content);
    const auto snapshot = snapshot_of(visit, type);
    for (std::size_t i = 3; i < snapshot.size(); ++i) {
        const auto& [field, text] = snapshot[i];
        if (trimmed(text).empty() || field == "Tracks and steps" || field == "Activities") continue;
        page.add(t::TEXT).set(t::LABEL, visit.language.tr(field)).set(t::WORDS, text);
    }
    return visit.page(head_of(type.title), t::file, page);
}

http::Response type_versions(Visit& visit) { return versions_of(visit, type_of(visit)); }

http::Response type_step(Visit& visit) {
    const auto type = type_of(visit);
    const std::string& step = visit.form["step"];
    if (step == "copy") {
        auto copy = type;
        copy.key.clear();
        copy.title = first_letters(visit.tr(tr_noop("Copy of “{title}”", {{"title", type.title}})), 200);
        copy = keep_type(visit, std::move(copy), "procedures.template_copied");
        return visit.go(type_address(copy.key, "/bearbeiten"), tr_noop("The template is copied."));
    }
    if (step != "retire" && step != "restore")
        throw Conflict(tr_noop("This step is not possible from the present state."));
    core::retire_procedure_type(visit.tx, visit.tenant.id, type.key, step == "retire");
    visit.record("procedures.template_" + step, {"procedures", 0}, type.key);
    visit.touch("toolbox");
    visit.touch("procedures");
    return visit.go(type_address(type.key), tr_noop("The state is changed."));
}

http::Response export_type(Visit& visit) {
    const auto type = type_of(visit);
    auto response = http::Response::json(200, core::write_type(type));
    response.headers.set("Content-Disposition", "attachment; filename=\"vorlage-" + slug(type.key) + ".json\"");
    return response;
}

}  // namespace mitwirken::procedures
