// The public pages of offers: read the filter, ask the store, show. No SQL and no HTML.
#include "modules/offers/pages.h"

#include <algorithm>

#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "platform/search/search.h"

namespace mitwirken::offers {

namespace {

std::vector<core::TermId> chosen(const Form& query, const char* name, const std::vector<core::Term>& all,
                                 std::vector<core::Term>& found) {
    std::vector<core::TermId> ids;
    for (const auto& key : query.all(name))
        for (const auto& term : all)
            if (term.key == key && std::find(ids.begin(), ids.end(), term.id) == ids.end()) {
                ids.push_back(term.id);
                found.push_back(term);
            }
    return ids;
}

Filter read_filter(core::Visit& visit, ListView& view) {
    Filter filter;
    const Form& query = visit.query;
    for (const auto& word : query.all("stand"))
        if (const auto kind = kind_from(word);
            kind && std::find(filter.kinds.begin(), filter.kinds.end(), *kind) == filter.kinds.end())
            filter.kinds.push_back(*kind);
    view.default_kinds = filter.kinds.empty();
    if (view.default_kinds && query["stand"] != "alle") filter.kinds = {Kind::running, Kind::permanent, Kind::planned};
    filter.topics = chosen(query, "thema", view.terms.topics, view.topics);
    filter.districts = chosen(query, "bezirk", view.terms.districts, view.districts);
    filter.how = how_from(query.all("art"));
    filter.sort = query["sortierung"] == "titel" ? Sort::title
                  : query["sortierung"] == "neu" ? Sort::newest
                                                 : Sort::deadline;
    if (const std::string text = trimmed(query["q"]); !text.empty())
        filter.ids = search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                   .audiences = {"public"},
                                                   .text = first_letters(text, 200),
                                                   .module = "offers",
                                                   .limit = 256});
    filter.after = OfferId{to_int(query["nach"]).value_or(0)};
    filter.before = OfferId{to_int(query["vor"]).value_or(0)};
    return filter;
}

bool by_kinds_only(const Filter& filter) {
    return filter.topics.empty() && filter.districts.empty() && filter.all_terms.empty() && filter.how == 0 &&
           !filter.ids && !filter.with_results && !filter.with_place;
}

// What is counted for every list page, whatever else is chosen: the same until an offer changes or a day begins.
struct CommonCounts {
    Facets facets;
    std::int64_t all = 0, of_kinds = 0;
};
std::shared_ptr<const CommonCounts> counts_of(core::Visit& visit, const std::vector<Kind>& kinds) {
    std::string name = "counts";
    for (int i = 0; i < 4; ++i) name += std::find(kinds.begin(), kinds.end(), Kind(i)) == kinds.end() ? '-' : 'x';
    return visit.remembered<CommonCounts>("offers", name, start_of(add_days(berlin_day(visit.now), 1)), [&] {
        return CommonCounts{facets(visit.tx, visit.tenant.id, kinds, visit.now),
                            public_count(visit.tx, visit.tenant.id, {}, visit.now),
                            public_count(visit.tx, visit.tenant.id, {.kinds = kinds}, visit.now)};
    });
}

// What a visitor may see; anything else is not there.
Offer visible_offer(core::Visit& visit) {
    const auto offer = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!offer || !is_visible(*offer, visit.now)) throw NotFound();
    return *offer;
}

}  // namespace

void right_until_midnight(core::Visit& visit) { visit.right_until(start_of(add_days(berlin_day(visit.now), 1))); }

ListView read_view(core::Visit& visit) {
    ListView view;
    view.terms = load_terms(visit, {});
    view.filter = read_filter(visit, view);
    right_until_midnight(visit);
    return view;
}

http::Response list_page(core::Visit& visit) {
    ListView view = read_view(visit);
    view.map = visit.query["ansicht"] == "karte";
    if (view.map) view.filter.after = view.filter.before = {};
    view.page = public_list(visit.tx, visit.tenant.id, view.filter, visit.now, view.map ? map_limit : page_size);
    view.terms = load_terms(visit, view.page.offers);
    const auto counts = counts_of(visit, view.filter.kinds);
    view.all = counts->all;
    view.counts = counts->facets;
    view.found =
        by_kinds_only(view.filter) ? counts->of_kinds : public_count(visit.tx, visit.tenant.id, view.filter, visit.now);
    core::PageHead head;
    head.title = view.map ? visit.tr("Ways to take part on the map") : visit.tr("Ways to take part");
    head.description = visit.tr(
        "What runs now, what is always open, what is coming and what has been – all in one place, with "
        "documents and results.");
    head.navigation = "/angebote";
    head.kind = "list";
    head.feeds = {{visit.tr("Ways to take part"), "application/rss+xml", "/angebote.rss"},
                  {visit.tr("Ways to take part"), "application/atom+xml", "/angebote.atom"},
                  {visit.tr("Deadlines as calendar"), "text/calendar", "/angebote.ics"}};
    head.index = visit.request.query.empty();
    return visit.page(head, list_view(visit, view));
}

http::Response detail_page(core::Visit& visit) {
    const Offer offer = visible_offer(visit);
    right_until_midnight(visit);
    core::PageHead head;
    head.title = title_in(visit, offer);
    head.description = summary_in(visit, offer);
    head.crumbs = {{visit.tr("Ways to take part"), "/angebote"}};
    head.navigation = "/angebote";
    return visit.page(head,
                      detail_view(visit, offer, core::attachments(visit.tx, visit.tenant.id, ref(offer.id)), false));
}

http::Response embed_list(core::Visit& visit) {
    ListView view = read_view(visit);
    const auto count = to_int(visit.query["anzahl"]).value_or(5);
    view.filter.after = view.filter.before = {};
    view.page =
        public_list(visit.tx, visit.tenant.id, view.filter, visit.now, int(std::clamp<std::int64_t>(count, 1, 20)));
    view.terms = load_terms(visit, view.page.offers);
    return visit.page({.title = visit.tr("Ways to take part"), .kind = "embed", .bare = true},
                      embed_list_view(visit, view));
}

http::Response embed_card(core::Visit& visit) {
    const Offer offer = visible_offer(visit);
    right_until_midnight(visit);
    return visit.page({.title = title_in(visit, offer), .kind = "embed", .bare = true}, embed_card_view(visit, offer));
}

std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query) {
    Filter filter;
    filter.all_terms = query.terms;
    if (query.section == "running") {
        filter.kinds = {Kind::running, Kind::permanent};
    } else if (query.section == "coming") {
        filter.kinds = {Kind::planned};
    } else if (query.section == "decided") {
        filter.kinds = {Kind::past};
        filter.with_results = true;
    } else {
        return {};
    }
    right_until_midnight(visit);
    auto page = public_list(visit.tx, visit.tenant.id, filter, visit.now, query.count);
    // What can be missed stands before what is always open.
    std::stable_partition(page.offers.begin(), page.offers.end(), [](const Offer& offer) { return !offer.permanent; });
    const Terms terms = load_terms(visit, page.offers);
    std::vector<core::Teaser> list;
    for (const auto& offer : page.offers) {
        core::Teaser teaser{.kind = query.section == "decided" ? "result" : "offer",
                            .title = title_in(visit, offer),
                            .summary = summary_in(visit, offer),
                            .url = url_of(offer),
                            .state = state_name(visit, kind_of(offer, visit.now))};
        teaser.day = query.section == "coming" ? offer.starts() : offer.ends();
        const std::string left = left_in(visit, offer);
        teaser.when = left.empty() ? when_in(visit, offer) : left;
        if (const auto at = terms.of.find(offer.id.value); at != terms.of.end()) teaser.terms = at->second;
        teaser.image = image_of(offer, terms);
        teaser.image_alt = offer.image_alt;
        teaser.has_english = !offer.title_en.empty();
        teaser.external = !offer.external_url.empty() && !starts_with(offer.external_url, "/");
        list.push_back(std::move(teaser));
    }
    return list;
}

}  // namespace mitwirken::offers
