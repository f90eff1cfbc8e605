// What other modules tell of themselves; see teasers.h.
#include "modules/site/teasers.h"

#include <algorithm>

#include "core/house.h"
#include "platform/base/text.h"
#include "site/templates.h"

namespace mitwirken::site {

namespace {

namespace t = tpl::home;  // the partials of term.html have the same names

bool has(const core::Teaser& teaser, core::TermId id) {
    return std::find(teaser.terms.begin(), teaser.terms.end(), id) != teaser.terms.end();
}

// A topic's colour is one of six classes of the style sheet; towns name colours more freely.
std::string topic_class(const std::string& colour) {
    static const std::map<std::string, std::string> classes = {
        {"green", "green"}, {"blue", "blue"}, {"slate", "blue"},  {"orange", "rust"}, {"brown", "rust"},
        {"red", "rust"},    {"rust", "rust"}, {"teal", "teal"},   {"cyan", "teal"},   {"purple", "plum"},
        {"plum", "plum"},   {"gold", "gold"}, {"yellow", "gold"}, {"amber", "gold"}};
    const auto at = classes.find(colour);
    return "topic--" + (at == classes.end() ? std::string("blue") : at->second);
}

// Icons of a topics' file that the set of icons calls otherwise.
std::string topic_icon(const std::string& icon) {
    static const std::map<std::string, std::string> others = {
        {"house", "building"}, {"digital", "monitor"}, {"bank", "townhall"}, {"sun", "heart"}, {"", "info"}};
    const auto at = others.find(icon);
    return at == others.end() ? icon : at->second;
}

bool earlier(const core::Teaser& a, const core::Teaser& b) {
    if (!a.day || !b.day) return a.day && !b.day;
    return *a.day < *b.day;
}

}  // namespace

std::vector<core::Teaser> collect(core::Visit& visit, const core::TeaserQuery& query) {
    std::vector<core::Teaser> list;
    for (const auto& module : visit.house.modules) {
        if (!module.teasers) continue;
        visit.reads(module.name);
        for (auto& teaser : module.teasers(visit, query)) list.push_back(std::move(teaser));
    }
    if (query.section == "coming") std::stable_sort(list.begin(), list.end(), earlier);
    if (query.section == "news" || query.section == "decided")
        std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return earlier(b, a); });
    if (list.size() > std::size_t(query.count)) list.resize(std::size_t(query.count));
    return list;
}

Words::Words(core::Visit& visit) : topics(*core::terms(visit, "topic")), districts(*core::terms(visit, "district")) {}

std::string place_of(core::Visit& visit, const core::Teaser& teaser, const Words& words) {
    std::vector<std::string> names;
    for (const auto& district : words.districts)
        if (has(teaser, district.id)) names.push_back(district.name_in(visit.language.code()));
    if (names.empty() || names.size() == words.districts.size()) return visit.tr("The whole city");
    if (names.size() > 2) return visit.language.plural("{n} district", "{n} districts", std::int64_t(names.size()));
    return join(names, ", ");
}

void fill_card(core::Visit& visit, html::Values card, const core::Teaser& teaser, const Words& words) {
    card.set(t::TITLE, teaser.title).set(t::SUMMARY, teaser.summary).set(t::URL, visit.url(teaser.url));
    card.show_if(visit.in_german(teaser.has_english), t::GERMAN);
    if (!teaser.image.empty()) card.add(t::MEDIA).set(t::IMAGE, teaser.image).set(t::IMAGE_ALT, teaser.image_alt);
    if (!teaser.state.empty()) {
        const bool open = teaser.kind == "offer";
        card.add(t::STATE).set(t::TEXT, teaser.state).set(t::CLASS, open ? "pill--running" : "pill--plain");
    }
    if (!teaser.when.empty()) card.add(t::WHEN).set(t::TEXT, teaser.when);
    card.add(t::PLACE).set(t::TEXT, place_of(visit, teaser, words));
    for (const auto& topic : words.topics) {
        if (!has(teaser, topic.id)) continue;
        card.add(t::TOPIC)
            .set(t::CLASS, topic_class(topic.colour))
            .set(t::ICON, topic_icon(topic.icon))
            .set(t::LABEL, topic.name_in(visit.language.code()));
        break;  // one is enough for a card
    }
}

void fill_event(core::Visit& visit, html::Values event, const core::Teaser& teaser, const Words& words) {
    event.set(t::TITLE, teaser.title).set(t::URL, visit.url(teaser.url));
    event.show_if(visit.in_german(teaser.has_english), t::GERMAN);
    if (teaser.day)
        event.add(t::DATE)
            .set(t::DAY, std::int64_t{unsigned(teaser.day->day())})
            .set(t::MONTH, visit.language.month_short(*teaser.day));
    else
        event.show(t::NO_DATE);
    std::vector<std::string> meta;
    for (const std::string& part : {teaser.when, teaser.state, place_of(visit, teaser, words)})
        if (!part.empty()) meta.push_back(part);
    event.set(t::META, join(meta, " · "));
}

void fill_news(core::Visit& visit, html::Values item, const core::Teaser& teaser) {
    item.set(t::TITLE, teaser.title).set(t::URL, visit.url(teaser.url)).set(t::SUMMARY, teaser.summary);
    item.show_if(visit.in_german(teaser.has_english), t::GERMAN);
    item.set(t::ISO, teaser.day ? to_iso(*teaser.day) : "")
        .set(t::DATE_WORDS, teaser.day ? visit.language.date(*teaser.day) : teaser.when);
}

}  // namespace mitwirken::site
