// The wordings an author has given an idea, oldest first. They are shown as they were handed in.
#include <nlohmann/json.hpp>

#include "core/forms/forms.h"
#include "core/moderation/moderation.h"
#include "core/participation/taking_part.h"
#include "ideas/templates.h"
#include "modules/ideas/pages.h"

namespace mitwirken::ideas {

using core::Visit;

bool history_is_public(Visit& visit, const core::Contribution& idea) {
    for (const auto& one : core::cases_of(visit.tx, idea.id))
        for (const auto& ruling : core::rulings_of(visit.tx, one.id))
            if (ruling.kind == core::RulingKind::redact || ruling.kind == core::RulingKind::hide) return false;
    return true;
}

http::Response history_page(Visit& visit) {
    namespace t = tpl::history;
    const auto idea = idea_of(visit);
    const bool insider = is_own(visit, idea) || is_staff(visit);
    if (!insider && (!idea.is_public() || !history_is_public(visit, idea))) throw NotFound();
    const auto& place = visit.place();
    const std::string title = visit.tr("Wordings of this idea");
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = title,
                                              .crumbs = {{place.procedure.title, "/verfahren/" + place.procedure.key},
                                                         {place.activity->title, base(visit)},
                                                         {idea.title, core::path_of(visit, idea)}}}));
    for (const auto& version : core::originals(visit.tx, idea.id)) {
        const auto content = nlohmann::json::parse(version.content, nullptr, false);
        const auto text = [&](const char* key) {
            return content.is_object() && content.contains(key) && content[key].is_string()
                       ? content[key].get<std::string>()
                       : std::string();
        };
        page.add(t::VERSION)
            .set(t::NUMBER, visit.language.number(version.number))
            .set(t::WHEN, visit.language.date_time(version.at))
            .set(t::TITLE, text("title"))
            .set(t::BODY, html::markdown(text("body"), {.first_heading = 3, .by_public = true}));
    }
    page.set(t::BACK, visit.url(core::path_of(visit, idea)));
    return visit.page({.title = title + ": " + idea.title, .navigation = "/verfahren", .index = false},
                      html::render_part(t::file, page, visit.language));
}

}  // namespace mitwirken::ideas
