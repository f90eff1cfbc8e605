// See desk.h.
#include "core/desk/desk.h"

#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/templates.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

const std::string base = "/verwaltung/verfahren";

std::vector<const ProcedureScreen*> screens_for(const Visit& visit, const ProcedureRecord& procedure) {
    std::vector<const ProcedureScreen*> screens;
    for (const auto& manifest : visit.house.modules)
        for (const auto& screen : manifest.procedure_screens)
            if (visit.may(screen.permission, procedure.organisation)) screens.push_back(&screen);
    std::stable_sort(screens.begin(), screens.end(),
                     [](const auto* a, const auto* b) { return a->position < b->position; });
    return screens;
}

}  // namespace

ProcedureRecord procedure_at_desk(Visit& visit, std::string_view action) {
    auto record = find_procedure(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!record) throw NotFound();
    visit.need(action, record->organisation);
    return std::move(*record);
}

std::string desk_path(const ProcedureRecord& procedure, std::string_view below) {
    return base + "/" + escape_url(procedure.key) + std::string(below);
}

PageHead desk_head(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

html::SafeHtml desk_frame(Visit& visit, const ProcedureRecord& procedure, std::string_view below,
                          const html::SafeHtml& content) {
    namespace t = tpl::procedure_desk;
    html::Values page;
    page.set(
        t::HEAD,
        admin_head(visit, {.title = procedure.title,
                           .crumbs = {{visit.tr("Procedures"), base}},
                           .links = {{"/verfahren/" + procedure.key, visit.tr("Preview"), "eye"},
                                     {desk_path(procedure, "/versionen"), visit.tr("Versions"), "history"},
                                     {desk_path(procedure, "/verfahren.json"), visit.tr("As a file"), "download"},
                                     {desk_path(procedure, "/als-vorlage"), visit.tr("Save as template"), "copy"}}}));
    for (const auto* screen : screens_for(visit, procedure))
        page.add(t::TAB)
            .set(t::URL, visit.url(desk_path(procedure, screen->below)))
            .set(t::LABEL, visit.tr(screen->label))
            .show_if(screen->below == below, t::CURRENT);
    page.set(t::CONTENT, content);
    return html::render_part(t::file, page, visit.language);
}

http::Response desk_page(Visit& visit, const ProcedureRecord& procedure, std::string_view below,
                         const html::SafeHtml& content) {
    return visit.page(desk_head(procedure.title), desk_frame(visit, procedure, below, content));
}

}  // namespace mitwirken::core
