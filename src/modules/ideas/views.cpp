// Ideas as HTML.
#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/maps/place_field.h"
#include "core/participation/comments.h"
#include "core/participation/taking_part.h"
#include "core/taxonomy/taxonomy.h"
#include "ideas/templates.h"
#include "modules/ideas/pages.h"
#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using core::Contribution;
using core::Visit;

std::string author_of(const Visit& visit, const Contribution& idea) {
    return idea.author_name.empty() ? visit.tr("anonymous") : idea.author_name;
}

// Can anybody still do anything? When all is over, "open for discussion" and counts of nothing are not true any more.
bool is_alive(const core::Place& place) {
    for (const char* interaction : {"contribute", "support", "comment"})
        if (place.ask(interaction).because != core::Reason::closed &&
            place.ask(interaction).because != core::Reason::not_offered)
            return true;
    return false;
}

std::string base(const Visit& visit) { return core::path_of(visit, visit.place().procedure, *visit.place().activity); }

void add_topics(Visit& visit, html::Values& page) {
    if (!settings_of(visit.place().activity->settings).topics) return;
    namespace t = tpl::list;
    auto topics = page.add(t::TOPICS);
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        topics.add(t::TOPIC)
            .set(t::VALUE, term.key)
            .set(t::LABEL, term.name_in(visit.language.code()))
            .show_if(visit.query.has("thema", term.key), t::CHOSEN);
}

void add_lines(Visit& visit, html::Values& lines, html::Section section, const std::vector<Contribution>& ideas) {
    namespace t = tpl::list;
    const bool alive = is_alive(visit.place());
    for (const auto& idea : ideas) {
        auto line = lines.add(section)
                        .set(t::PLACE, idea.place.empty() ? visit.tr("without a place")
                                                          : core::drawing_in_words(visit, idea.place))
                        .set(t::URL, visit.url(base(visit) + "/" + std::to_string(idea.id.value)))
                        .set(t::TITLE, idea.title)
                        .set(t::TEXT, first_letters(html::markdown_to_text(idea.body), 240))
                        .set(t::AUTHOR, author_of(visit, idea))
                        .set(t::WHEN, visit.language.ago(idea.published_at.value_or(idea.created_at), visit.now))
                        .set(t::STATE, visit.tr(status_name(idea.status)));
        if (alive || !idea.status.empty()) line.add(t::STATUS).set(t::PILL, status_pill(idea.status));
        if (alive || idea.supports + idea.comments > 0)
            line.add(t::FIGURES)
                .set(t::SUPPORTS, visit.language.number(idea.supports))
                .set(t::COMMENTS, visit.language.number(idea.comments));
    }
}

}  // namespace

html::SafeHtml list_view(Visit& visit, const std::vector<Contribution>& ideas, const std::string& next,
                         std::int64_t count) {
    namespace t = tpl::list;
    const auto& place = visit.place();
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = place.activity->title,
                                     .crumbs = {{visit.tr("Procedures"), "/verfahren"},
                                                {place.procedure.title, "/verfahren/" + place.procedure.key}}}));
    if (!place.activity->intro.empty()) page.add(t::INTRO).set(t::PROSE, html::markdown(place.activity->intro));
    const auto needs = core::needs_of(visit, "contribute");
    if (needs.open || needs.later)
        page.add(t::ADD).set(t::URL, visit.url(base(visit) + "/neu"));
    else
        page.add(t::CLOSED).set(t::NOTICE, needs.notice);
    page.set(t::FOUND,
             count > 1000 ? visit.tr("over 1,000 ideas") : visit.language.plural("{n} idea", "{n} ideas", count));
    page.set(t::ACTION, visit.url(base(visit))).set(t::Q, visit.query["q"]);
    for (const auto& [word, label] :
         {std::pair{"neu", tr_noop("Newest first")}, std::pair{"unterstuetzt", tr_noop("Most supported")},
          std::pair{"besprochen", tr_noop("Most discussed")}, std::pair{"zufall", tr_noop("By chance")}})
        page.add(t::SORT)
            .set(t::VALUE, word)
            .set(t::LABEL, visit.tr(label))
            .show_if(visit.query["sortierung"] == word, t::CHOSEN);
    add_topics(visit, page);
    const bool on_map = shows_map(visit);
    if (core::place_rules(place.activity->settings, place.procedure).wanted())
        page.add(t::VIEWS)
            .set(t::LIST_URL, visit.with("ansicht", ""))
            .set(t::MAP_URL, visit.with("ansicht", "karte"))
            .show(on_map ? t::IS_MAP : t::IS_LIST);
    if (on_map) page.show(t::KEEP_MAP).add(t::MAP).set(t::DRAWING, list_map(visit));
    auto lines = page.add(on_map ? t::AS_LINES : t::AS_CARDS);
    if (ideas.empty()) page.show(t::NONE);
    add_lines(visit, lines, on_map ? t::LINE : t::IDEA, ideas);
    Form saved;
    saved.add("verfahren", place.procedure.key);
    for (const auto& key : visit.query.all("thema")) saved.add("thema", key);
    if (!visit.query["q"].empty()) saved.add("q", visit.query["q"]);
    const bool sought = saved.fields().size() > 1;
    if (const auto address = core::follow_address(visit, saved); sought && !address.empty())
        page.add(t::REMEMBER).set(t::URL, address);
    page.set(t::PAGER, core::pager(visit, "", next, ""));
    return html::render_part(t::file, page, visit.language);
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
    page.set(t::AUTHOR, author_of(visit, idea)).set(t::STATE, visit.tr(status_name(idea.status)));
    const bool alive = is_alive(place);
    if (alive || !idea.status.empty()) page.add(t::STATUS).set(t::PILL, status_pill(idea.status));
    if (alive || idea.supports > 0) page.add(t::FIGURES).set(t::SUPPORTS, visit.language.number(idea.supports));
    page.set(t::WHEN, visit.language.date_time(idea.published_at.value_or(idea.created_at)));
    if (idea.edit_count > 0) page.show(t::EDITED);
    if (idea.state == core::ContributionState::held) page.show(t::HELD);
    if (idea.state == core::ContributionState::waiting) page.show(t::WAITING);
    if (idea.state == core::ContributionState::hidden) page.show(t::HIDDEN);
    if (idea.state == core::ContributionState::withdrawn) page.show(t::WITHDRAWN);
    const auto settings = settings_of(place.activity->settings);
    const auto fields = fields_of(visit.tx, idea.id);
    for (const auto& field : settings.fields)
        if (const auto at = fields.find(field.key); at != fields.end())
            page.add(t::FIELD).set(t::LABEL, field.label).set(t::VALUE, at->second);
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
    values.show(place.ask(activity, "contribute").allowed() ? t::OPEN : t::SHUT);
    return html::render_part(t::file, values, visit.language);
}

}  // namespace mitwirken::ideas
