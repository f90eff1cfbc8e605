// The public pages of offers; see views.h.
#include "modules/offers/views.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/forms/forms.h"
#include "core/maps/layers.h"
#include "modules/offers/card.h"
#include "offers/templates.h"

namespace mitwirken::offers {

namespace {

namespace t = tpl::list;

// The address of this page without one value of a filter (the others of the same name stay), back on its first page.
std::string without(const core::Visit& visit, std::string_view name, std::string_view value) {
    Form form;
    for (const auto& [field, text] : visit.query.fields())
        if (!(field == name && text == value) && field != "nach" && field != "vor") form.add(field, text);
    const std::string query = to_query(form);
    return visit.url(visit.path) + (query.empty() ? "" : "?" + query);
}

// The same filters on another address or in another view.
std::string same_filter(const core::Visit& visit, const std::string& path, bool map) {
    Form form;
    for (const auto& [field, text] : visit.query.fields())
        if (field != "nach" && field != "vor" && field != "ansicht" && !text.empty()) form.add(field, text);
    if (map) form.add("ansicht", "karte");
    const std::string query = to_query(form);
    return visit.url(path) + (query.empty() ? "" : "?" + query);
}

std::string how_many(const core::Visit& visit, std::int64_t n) {
    if (n > count_limit) return visit.tr("Over 1,000 offers");
    return visit.language.plural("{n} offer", "{n} offers", n);
}

class Filters {
public:
    Filters(core::Visit& visit, html::Values& page, const ListView& view) : visit_(visit), page_(page), view_(view) {}

    void fill() {
        std::vector<Choice> kinds, ways;
        for (int i = 0; i < 4; ++i) {
            const Kind kind = Kind(i);
            const bool on =
                std::find(view_.filter.kinds.begin(), view_.filter.kinds.end(), kind) != view_.filter.kinds.end();
            kinds.push_back(
                {std::string(to_word(kind)), state_name(visit_, kind), view_.counts.kinds[std::size_t(i)], on});
            const std::int64_t bit = std::int64_t{1} << i;
            ways.push_back({how_words(bit).front(), how_name(visit_, std::size_t(i)), view_.counts.how[std::size_t(i)],
                            (view_.filter.how & bit) != 0});
        }
        group("stand", visit_.tr("State"), kinds, !view_.default_kinds);
        group("thema", visit_.tr("Topic"), of_terms(view_.terms.topics, view_.filter.topics), true);
        group("art", visit_.tr("How to take part"), ways, true);
        group("bezirk", visit_.tr("District"), of_terms(view_.terms.districts, view_.filter.districts), true);
        if (!visit_.query["q"].empty()) chip(visit_.query["q"], "q", visit_.query["q"]);
        if (chips_.empty()) return;
        auto chips = page_.add(t::CHIPS);
        for (const auto& [label, url] : chips_) chips.add(t::CHIP).set(t::LABEL, label).set(t::URL, url);
        page_.add(t::ACTIVE).set(t::TEXT,
                                 visit_.language.plural("{n} active", "{n} active", std::int64_t(chips_.size())));
    }

private:
    struct Choice {
        std::string value, label;
        std::int64_t count;
        bool chosen;
    };
    std::vector<Choice> of_terms(const std::vector<core::Term>& all, const std::vector<core::TermId>& chosen) const {
        std::vector<Choice> list;
        for (const auto& term : all) {
            const auto count = view_.counts.terms.find(term.id.value);
            const bool on = std::find(chosen.begin(), chosen.end(), term.id) != chosen.end();
            if (term.retired && !on) continue;
            list.push_back({term.key, term.name_in(visit_.language.code()),
                            count == view_.counts.terms.end() ? 0 : count->second, on});
        }
        return list;
    }
    void group(const std::string& name, const std::string& legend, const std::vector<Choice>& choices,
               bool explicit_choice) {
        auto box = page_.add(t::GROUP).set(t::LEGEND, legend);
        for (const auto& choice : choices) {
            auto option = box.add(t::OPTION).set(t::NAME, name).set(t::VALUE, choice.value).set(t::LABEL, choice.label);
            option.set(t::COUNT, choice.count > count_limit ? "1.000+" : visit_.language.number(choice.count));
            option.show_if(choice.chosen, t::CHOSEN);
            if (choice.chosen && explicit_choice) chip(choice.label, name, choice.value);
        }
    }
    void chip(const std::string& label, const std::string& name, const std::string& value) {
        chips_.emplace_back(label, without(visit_, name, value));
    }

    core::Visit& visit_;
    html::Values& page_;
    const ListView& view_;
    std::vector<std::pair<std::string, std::string>> chips_;
};

void fill_sort(core::Visit& visit, html::Values& page, Sort chosen) {
    const struct {
        const char* value;
        std::string label;
        Sort sort;
    } ways[] = {{"frist", visit.tr("Ending soon"), Sort::deadline},
                {"neu", visit.tr("Newest first"), Sort::newest},
                {"titel", visit.tr("Title A–Z"), Sort::title}};
    for (const auto& way : ways)
        page.add(t::SORT).set(t::VALUE, way.value).set(t::LABEL, way.label).show_if(way.sort == chosen, t::CHOSEN);
}

void fill_map(core::Visit& visit, html::Values& page, const ListView& view) {
    auto map = page.add(t::MAP);
    map.set(t::DRAWN, core::map_view(visit, {.label = visit.tr("Map of the offers"),
                                             .points = same_filter(visit, "/angebote.geojson", false),
                                             .areas = "/bezirke.geojson",
                                             .bounds = map_bounds(view.terms.districts)}));
    std::int64_t shown = 0;
    for (const auto& offer : view.page.offers) {
        if (!point_of(offer, view.terms)) continue;
        ++shown;
        map.add(t::SPOT)
            .set(t::URL, visit.url(url_of(offer)))
            .set(t::TITLE, title_in(visit, offer))
            .set(t::PLACE, place_in(visit, offer, view.terms))
            .set(t::STATE, state_name(visit, kind_of(offer, visit.now)));
    }
    map.show_if(shown == 0, t::NO_PLACES);
    const std::int64_t rest = std::min<std::int64_t>(view.found, map_limit) - shown;
    if (rest > 0)
        map.add(t::WITHOUT)
            .set(t::TEXT,
                 visit.language.plural("{n} more offer is for the whole city or for several districts.",
                                       "{n} more offers are for the whole city or for several districts.", rest))
            .set(t::LIST_URL, same_filter(visit, visit.path, false));
}

}  // namespace

html::SafeHtml list_view(core::Visit& visit, const ListView& view) {
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = visit.tr("Ways to take part"),
                                     .lead = visit.tr("What runs now, what is always open, what is coming and what has "
                                                      "been – all in one place, with documents and results.")}));
    page.set(t::ACTION, visit.url(visit.path))
        .set(t::RESET_URL, view.map ? visit.url(visit.path) + "?ansicht=karte" : visit.url(visit.path));
    page.set(t::Q, visit.query["q"]).set(t::FOUND, how_many(visit, view.found));
    const std::string all = view.all > count_limit
                                ? visit.tr("of over 1,000")
                                : visit.tr(tr_noop("of {n}", {{"n", visit.language.number(view.all)}}));
    page.set(t::OF_ALL, all);
    page.set(t::LIST_URL, same_filter(visit, visit.path, false)).set(t::MAP_URL, same_filter(visit, visit.path, true));
    page.set(t::ICS_URL, same_filter(visit, "/angebote.ics", false))
        .set(t::RSS_URL, same_filter(visit, "/angebote.rss", false));
    page.show(view.map ? t::IS_MAP : t::IS_LIST).show_if(view.map, t::KEEP_MAP);
    Filters(visit, page, view).fill();
    fill_sort(visit, page, view.filter.sort);
    if (view.found == 0) page.show(view.all == 0 ? t::NOTHING_YET : t::NONE);
    if (view.map) {
        fill_map(visit, page, view);
    } else if (!view.page.offers.empty()) {
        auto cards = page.add(t::CARDS);
        for (const auto& offer : view.page.offers) fill_card(visit, cards.add(t::CARD), offer, view.terms);
        const auto turn = [&](std::string_view name, OfferId id) {
            Form form;
            for (const auto& [field, text] : visit.query.fields())
                if (field != "nach" && field != "vor") form.add(field, text);
            form.add(std::string(name), std::to_string(id.value));
            return visit.url(visit.path) + "?" + to_query(form);
        };
        page.set(t::PAGER, core::pager(visit, view.page.has_earlier ? turn("vor", view.page.offers.front().id) : "",
                                       view.page.has_later ? turn("nach", view.page.offers.back().id) : "", ""));
    }
    if (view.default_kinds && !view.map) page.add(t::PAST_HINT).set(t::URL, visit.url(visit.path) + "?stand=vergangen");
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::offers
