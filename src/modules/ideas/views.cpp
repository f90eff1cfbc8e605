// Ideas as HTML.
#include "core/desk/desk.h"
#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/maps/place_field.h"
#include "core/participation/comments.h"
#include "core/participation/taking_part.h"
#include "core/taxonomy/taxonomy.h"
#include "ideas/templates.h"
#include "modules/ideas/own_fields.h"
#include "modules/ideas/pages.h"
#include "modules/ideas/photos.h"
#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using core::Contribution;
using core::Visit;

constexpr const char* interactions[] = {"contribute", "support", "comment"};

}  // namespace

bool is_alive(const core::Place& place) {
    for (const char* interaction : interactions)
        if (place.ask(interaction).because != core::Reason::closed &&
            place.ask(interaction).because != core::Reason::not_offered)
            return true;
    return false;
}

html::SafeHtml detail_view(Visit& visit, const Contribution& idea, bool own) {
    namespace t = tpl::detail;
    const auto& place = visit.place();
    const std::string path = core::path_of(visit, idea);
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = idea.title,
                                              .crumbs = {{place.procedure.title, "/verfahren/" + place.procedure.key},
                                                         {place.activity->title, base(visit)}}}));
    page.set(t::BODY, html::markdown(idea.body, {.first_heading = 2, .by_public = true}));
    page.set(t::AUTHOR, author_of(visit, idea.author_name)).set(t::STATE, visit.tr(status_name(idea.status)));
    const bool alive = is_alive(place);
    if (alive || !idea.status.empty()) page.add(t::STATUS).set(t::PILL, status_pill(idea.status));
    if (alive || idea.supports > 0) page.add(t::FIGURES).set(t::SUPPORTS, visit.language.number(idea.supports));
    page.set(t::WHEN, visit.language.date_time(idea.published_at.value_or(idea.created_at)));
    const bool insider = own || is_staff(visit);
    if (idea.edit_count > 0) {
        auto edited = page.add(t::EDITED);
        const auto versions = core::originals(visit.tx, idea.id);
        if (!versions.empty()) edited.add(t::CHANGED_AT).set(t::WHEN, visit.language.date_time(versions.back().at));
        if (versions.size() > 1 && (insider || history_is_public(visit, idea)))
            edited.add(t::HISTORY).set(t::URL, visit.url(path + "/fassungen"));
    }
    if (idea.state == core::ContributionState::held) page.show(t::HELD);
    if (idea.state == core::ContributionState::waiting) page.show(t::WAITING);
    if (idea.state == core::ContributionState::hidden) page.show(t::HIDDEN);
    if (idea.state == core::ContributionState::withdrawn) page.show(t::WITHDRAWN);
    const auto settings = settings_of(place.activity->settings);
    page.set(t::FIELDS, own_fields_shown(visit, settings, fields_of(visit.tx, idea.id), insider));
    const bool may_remove = is_staff(visit) || (own && may_edit(idea, settings, visit.now));
    page.set(t::PHOTOS,
             photo_figures(visit, photos_of(visit, idea.id), idea.title, may_remove ? path + "/bilder/" : ""));
    if (is_staff(visit) && core::has_page(visit, "/verwaltung/verfahren/{key}/beitraege/{id}"))
        page.add(t::DESK).set(
            t::URL, visit.url(core::desk_path(place.procedure, "/beitraege/" + std::to_string(idea.id.value))));
    if (!idea.place.empty())
        page.add(t::PLACE)
            .set(t::WORDS, core::place_in_words(visit, idea.place, idea.lon, idea.lat))
            .set(t::MAP, idea_map(visit, idea));
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, idea.ref()))
        page.add(t::TOPIC).set(t::LABEL, term.name_in(visit.language.code()));
    if (idea.is_public() && place.ask("support").allowed() && !idea.merged_into) {
        const auto* participant = visit.participant();
        const bool mine = participant && !core::supported(visit.tx, participant->id, {idea.id}).empty();
        page.add(t::SUPPORT).set(t::ACTION, visit.url(path + "/unterstuetzung")).show(mine ? t::BACK : t::GIVE);
    }
    if (own && may_edit(idea, settings, visit.now)) page.add(t::EDIT).set(t::URL, visit.url(path + "/bearbeiten"));
    if (own && idea.state != core::ContributionState::withdrawn)
        page.add(t::WITHDRAW).set(t::ACTION, visit.url(path + "/zurueckziehen"));
    for (const auto& section : core::contribution_sections(visit, idea)) page.add(t::SECTION).set(t::CONTENT, section);
    if (idea.is_public()) page.set(t::COMMENTS, core::comments_section(visit, idea));
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml card(Visit& visit, const core::Place& place, const core::Activity& activity) {
    namespace t = tpl::card;
    html::Values values;
    values.set(t::URL, visit.url(core::path_of(visit, place.procedure, activity))).set(t::TITLE, activity.title);
    values.set(t::COUNT, visit.language.plural("{n} idea", "{n} ideas", activity.contributions));
    const bool open = std::any_of(std::begin(interactions), std::end(interactions),
                                  [&](const char* one) { return place.ask(activity, one).allowed(); });
    values.show(open ? t::OPEN : t::SHUT);
    return html::render_part(t::file, values, visit.language);
}

}  // namespace mitwirken::ideas
