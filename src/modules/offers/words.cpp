// The words of an offer in the visitor's language; see views.h.
#include <fmt/format.h>

#include "modules/offers/views.h"
#include "offers/templates.h"

namespace mitwirken::offers {

const core::Term* Terms::find(core::TermId id) const {
    for (const auto* list : {&topics, &districts})
        for (const auto& term : *list)
            if (term.id == id) return &term;
    return nullptr;
}

namespace {

std::vector<const core::Term*> of_tree(const Terms& terms, OfferId id, const std::string& tree) {
    std::vector<const core::Term*> list;
    const auto at = terms.of.find(id.value);
    if (at == terms.of.end()) return list;
    for (const auto& term : tree == "topic" ? terms.topics : terms.districts)  // in the order of the tree
        for (const auto own : at->second)
            if (own == term.id) list.push_back(&term);
    return list;
}

// "building /assets/…": the default pictures of a topic, by the topic's icon; a topic may have several.
const std::map<std::string, std::vector<std::string>>& pictures() {
    static const auto made = [] {
        std::map<std::string, std::vector<std::string>> list;
        const std::string text = html::render(tpl::pictures::file, html::Values(), i18n::german());
        for (const auto& line : split(text, '\n'))
            if (const auto space = line.find(' '); space != std::string::npos)
                list[line.substr(0, space)].push_back(trimmed(line.substr(space)));
        return list;
    }();
    return made;
}

// Always the same for the same offer; lists of one topic do not repeat one picture in every card.
const std::string& one_of(const std::vector<std::string>& list, const std::string& key) {
    std::uint32_t sum = 2166136261U;  // FNV-1a; its upper bits are mixed best
    for (const unsigned char letter : key) sum = (sum ^ letter) * 16777619U;
    return list[(sum >> 24) % list.size()];
}

}  // namespace

std::vector<const core::Term*> Terms::topics_of(OfferId id) const { return of_tree(*this, id, "topic"); }
std::vector<const core::Term*> Terms::districts_of(OfferId id) const { return of_tree(*this, id, "district"); }

Terms load_terms(core::Visit& visit, const std::vector<Offer>& offers) {
    Terms terms;
    terms.topics = *core::terms(visit, "topic");
    terms.districts = *core::terms(visit, "district");
    std::vector<std::int64_t> items;
    for (const auto& offer : offers) items.push_back(offer.id.value);
    if (items.empty()) return terms;
    for (const auto& row : core::terms_of(visit.tx, visit.tenant.id, "offers", items))
        terms.of[row.item].push_back(row.term);
    return terms;
}

std::string title_in(const core::Visit& visit, const Offer& offer) {
    return visit.language.code() == "en" && !offer.title_en.empty() ? offer.title_en : offer.title;
}

std::string summary_in(const core::Visit& visit, const Offer& offer) {
    return visit.language.code() == "en" && !offer.summary_en.empty() ? offer.summary_en : offer.summary;
}

std::string state_name(const core::Visit& visit, Kind kind) {
    switch (kind) {
        case Kind::running:
            return visit.tr("running");
        case Kind::permanent:
            return visit.tr("permanent");
        case Kind::planned:
            return visit.tr("being planned");
        case Kind::past:
            return visit.tr("finished");
    }
    return {};
}

std::string how_name(const core::Visit& visit, std::size_t way) {
    static const Message names[] = {tr_noop("Online"), tr_noop("On site"), tr_noop("On paper"), tr_noop("By phone")};
    return visit.tr(names[way]);
}

std::string how_in(const core::Visit& visit, const Offer& offer) {
    std::vector<std::string> list;
    for (std::size_t way = 0; way < 4; ++way)
        if (offer.how & (std::int64_t{1} << way)) list.push_back(how_name(visit, way));
    return join(list, ", ");
}

std::string when_in(const core::Visit& visit, const Offer& offer) {
    if (!offer.when_text.empty()) return offer.when_text;
    const auto first = offer.starts(), last = offer.ends();
    const auto day = [&](const Date& date) { return visit.language.date(date); };
    switch (kind_of(offer, visit.now)) {
        case Kind::planned:
            return visit.tr(tr_noop("from {day}", {{"day", day(*first)}}));
        case Kind::past:
            return visit.tr(tr_noop("ended on {day}", {{"day", day(*last)}}));
        default:
            break;
    }
    return last ? visit.tr(tr_noop("until {day}", {{"day", day(*last)}})) : visit.tr("without a deadline");
}

std::string left_in(const core::Visit& visit, const Offer& offer) {
    const auto days = days_left(offer, visit.now);
    if (!days) return "";
    if (*days == 0) return visit.tr("ends today");
    return visit.language.plural("{n} day left", "{n} days left", *days);
}

std::string place_in(const core::Visit& visit, const Offer& offer, const Terms& terms) {
    if (!offer.place.empty()) return offer.place;
    const auto districts = terms.districts_of(offer.id);
    if (districts.empty() || districts.size() == terms.districts.size()) return visit.tr("The whole city");
    if (districts.size() > 2)
        return visit.language.plural("{n} district", "{n} districts", std::int64_t(districts.size()));
    std::vector<std::string> names;
    for (const auto* district : districts) names.push_back(district->name_in(visit.language.code()));
    return join(names, ", ");
}

std::string image_of(const Offer& offer, const Terms& terms) {
    if (!offer.image.empty()) return offer.image;
    for (const auto* topic : terms.topics_of(offer.id))
        if (const auto at = pictures().find(topic->icon); at != pictures().end()) return one_of(at->second, offer.key);
    return one_of(pictures().at("building"), offer.key);
}

std::string url_of(const Offer& offer) { return "/angebote/" + offer.key; }

std::optional<geo::Point> point_of(const Offer& offer, const Terms& terms) {
    if (offer.lon && offer.lat) return geo::Point{*offer.lon, *offer.lat};
    const auto districts = terms.districts_of(offer.id);
    if (districts.size() != 1 || !districts.front()->lon || !districts.front()->lat) return {};
    return geo::Point{*districts.front()->lon, *districts.front()->lat};
}

}  // namespace mitwirken::offers
