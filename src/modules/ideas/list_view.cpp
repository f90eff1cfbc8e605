// The list of ideas as HTML: cards, lines or map, with its filters.
#include "core/desk/desk.h"
#include "core/feeds/follow.h"
#include "core/forms/forms.h"
#include "core/maps/place_field.h"
#include "core/participation/taking_part.h"
#include "ideas/templates.h"
#include "modules/ideas/pages.h"
#include "modules/ideas/photos.h"
#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using core::Contribution;
using core::Visit;

enum class View { cards, lines, map };

View view_of(const Visit& visit) {
    if (shows_map(visit)) return View::map;
    return visit.query["ansicht"] == "liste" ? View::lines : View::cards;
}

void fill_order(Visit& visit, html::Values& page) {
    namespace t = tpl::list;
    for (const auto& [word, label] :
         {std::pair{"neu", tr_noop("Newest first")}, std::pair{"unterstuetzt", tr_noop("Most supported")},
          std::pair{"besprochen", tr_noop("Most discussed")}, std::pair{"zufall", tr_noop("By chance")}})
        page.add(t::SORT)
            .set(t::VALUE, word)
            .set(t::LABEL, visit.tr(label))
            .show_if(visit.query["sortierung"] == word, t::CHOSEN);
    if (visit.query["sortierung"] == "zufall") page.add(t::KEEP_ORDER).set(t::VALUE, visit.query["reihe"]);
}

void fill_views(Visit& visit, html::Values& page, View view) {
    namespace t = tpl::list;
    page.set(t::CARDS_URL, visit.with("ansicht", "")).set(t::LIST_URL, visit.with("ansicht", "liste"));
    page.show(view == View::map ? t::IS_MAP : view == View::lines ? t::IS_LIST : t::IS_CARDS);
    const auto& place = visit.place();
    if (core::place_rules(place.activity->settings, place.procedure).wanted())
        page.add(t::MAP_VIEW).set(t::MAP_URL, visit.with("ansicht", "karte"));
    if (view != View::cards) page.add(t::KEEP_VIEW).set(t::VALUE, view == View::map ? "karte" : "liste");
    if (view == View::map) page.add(t::MAP).set(t::DRAWING, list_map(visit));
}

void fill_ideas(Visit& visit, html::Values& page, const std::vector<Contribution>& ideas, View view) {
    namespace t = tpl::list;
    auto lines = page.add(view == View::cards ? t::AS_CARDS : t::AS_LINES);
    lines.show_if(view == View::map, t::BESIDE_MAP);
    const auto photos = view == View::cards ? first_photos(visit.tx, visit.tenant.id, ideas)
                                            : std::map<std::int64_t, core::Attachment>{};
    const bool alive = is_alive(visit.place());
    for (const auto& idea : ideas) {
        auto line = lines.add(view == View::cards ? t::IDEA : t::LINE);
        line.set(t::PLACE, idea.place.empty() ? visit.tr("without a place") : core::drawing_in_words(visit, idea.place))
            .set(t::URL, visit.url(base(visit) + "/" + std::to_string(idea.id.value)))
            .set(t::TITLE, idea.title)
            .set(t::TEXT, first_letters(html::markdown_to_text(idea.body), 240))
            .set(t::AUTHOR, author_of(visit, idea.author_name))
            .set(t::WHEN, visit.language.ago(idea.published_at.value_or(idea.created_at), visit.now))
            .set(t::STATE, visit.tr(status_name(idea.status)))
            .set(t::SUPPORTS, visit.language.plural("{n} support", "{n} supports", idea.supports))
            .set(t::COMMENTS, visit.language.plural("{n} comment", "{n} comments", idea.comments));
        if (alive || !idea.status.empty()) line.add(t::ALIVE).set(t::PILL, status_pill(idea.status));
        if (alive || idea.supports + idea.comments > 0) line.show(t::FIGURES);
        if (const auto photo = photos.find(idea.id.value); photo != photos.end())
            line.add(t::PHOTO)
                .set(t::URL, photo->second.url() + "?breite=640")
                .set(t::ALT, alt_of(visit, photo->second, idea.title))
                .set(t::WIDTH, photo->second.width)
                .set(t::HEIGHT, photo->second.height);
    }
}

void fill_ways_out(Visit& visit, html::Values& page) {
    namespace t = tpl::list;
    const auto& place = visit.place();
    const std::string at = base(visit);
    page.set(t::CSV_URL, visit.url(at + "/ideen.csv")).set(t::XLSX_URL, visit.url(at + "/ideen.xlsx"));
    page.set(t::GEOJSON_URL, visit.url(at + "/ideen.geojson")).set(t::RSS_URL, visit.url(at + "/ideen.rss"));
    if (is_staff(visit)) {
        page.add(t::ALL_STATES).set(t::URL, visit.url(at + "/ideen.xlsx?alle=ja"));
        if (core::has_page(visit, "/verwaltung/verfahren/{key}/beitraege"))
            page.add(t::DESK).set(t::URL, visit.url(core::desk_path(place.procedure, "/beitraege")));
    }
    Form saved;
    saved.add("verfahren", place.procedure.key);
    for (const auto& key : visit.query.all("thema")) saved.add("thema", key);
    if (!visit.query["q"].empty()) saved.add("q", visit.query["q"]);
    const bool sought = saved.fields().size() > 1;
    if (const auto address = core::follow_address(visit, saved); sought && !address.empty())
        page.add(t::REMEMBER).set(t::URL, address);
}

bool is_filtered(const Visit& visit) {
    for (const auto& [name, value] : visit.query.fields())
        if (is_filter(name) && !trimmed(value).empty()) return true;
    return false;
}

}  // namespace

std::string author_of(const Visit& visit, const std::string& name) {
    return name.empty() ? visit.tr("anonymous") : name;
}

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
    page.set(t::ACTION, visit.url(base(visit)));
    fill_filters(visit, page);
    fill_order(visit, page);
    const View view = view_of(visit);
    fill_views(visit, page, view);
    if (ideas.empty()) page.show(is_filtered(visit) ? t::NO_MATCH : t::NONE);
    fill_ideas(visit, page, ideas, view);
    fill_ways_out(visit, page);
    page.set(t::PAGER, core::pager(visit, "", next, ""));
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::ideas
