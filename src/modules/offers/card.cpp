// Parts that several pages of offers share; see card.h.
#include "modules/offers/card.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "offers/templates.h"

namespace mitwirken::offers {

namespace {

// A topic's colour is one of six classes of the style sheet; towns name colours more freely.
std::string topic_class(const std::string& colour) {
    static const std::map<std::string, std::string> classes = {
        {"green", "green"}, {"blue", "blue"},  {"slate", "blue"}, {"orange", "rust"}, {"brown", "rust"},
        {"red", "rust"},    {"teal", "teal"},  {"cyan", "teal"},  {"purple", "plum"}, {"plum", "plum"},
        {"yellow", "gold"}, {"amber", "gold"}, {"gold", "gold"},  {"rust", "rust"}};
    const auto at = classes.find(colour);
    return "topic--" + (at == classes.end() ? std::string("blue") : at->second);
}

// Icons of the topics' file that the set of icons calls otherwise.
std::string topic_icon(const std::string& icon) {
    static const std::map<std::string, std::string> others = {
        {"house", "building"}, {"digital", "monitor"}, {"bank", "townhall"}, {"sun", "heart"}, {"", "info"}};
    const auto at = others.find(icon);
    return at == others.end() ? icon : at->second;
}

}  // namespace

std::string pill_of(Kind kind) {
    if (kind == Kind::past) return "";
    return kind == Kind::planned ? "pill--planned" : "pill--running";
}

void fill_card(core::Visit& visit, html::Values card, const Offer& offer, const Terms& terms) {
    namespace t = tpl::list;
    const Kind kind = kind_of(offer, visit.now);
    card.set(t::IMAGE, image_of(offer, terms)).set(t::IMAGE_ALT, offer.image_alt).set(t::PILL, pill_of(kind));
    card.set(t::STATE, state_name(visit, kind))
        .set(t::URL, visit.url(url_of(offer)))
        .set(t::TITLE, title_in(visit, offer));
    card.show_if(visit.in_german(!offer.title_en.empty()), t::GERMAN);
    card.set(t::SUMMARY, summary_in(visit, offer))
        .set(t::PLACE, place_in(visit, offer, terms))
        .set(t::WHEN, when_in(visit, offer));
    const auto topics = terms.topics_of(offer.id);
    if (!topics.empty())
        card.add(t::TOPIC)
            .set(t::TOPIC_CLASS, topic_class(topics.front()->colour))
            .set(t::TOPIC_ICON, topic_icon(topics.front()->icon))
            .set(t::TOPIC_NAME, topics.front()->name_in(visit.language.code()));
    const std::string left = left_in(visit, offer);
    if (!left.empty()) card.add(t::LEFT).set(t::TEXT, left);
}

std::string map_bounds(const std::vector<core::Term>& districts) {
    geo::Box box{180, 90, -180, -90};
    for (const auto& district : districts)
        for (const auto& point : core::outline_of(district)) {
            box.west = std::min(box.west, point.lon), box.east = std::max(box.east, point.lon);
            box.south = std::min(box.south, point.lat), box.north = std::max(box.north, point.lat);
        }
    if (box.west > box.east) return "";
    return fmt::format("{:.4f},{:.4f},{:.4f},{:.4f}", box.west, box.south, box.east, box.north);
}

}  // namespace mitwirken::offers
