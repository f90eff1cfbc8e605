// What the address of the list asks for, and the filters as people see them.
#include <algorithm>

#include "core/taxonomy/taxonomy.h"
#include "ideas/templates.h"
#include "modules/ideas/pages.h"
#include "platform/base/text.h"
#include "platform/search/search.h"

namespace mitwirken::ideas {

namespace {

using core::ContributionFilter;
using core::Visit;

constexpr int most_narrowed = 1000;  // by channel and place: the newest, as with what a search finds
constexpr std::string_view channel_words[] = {"online", "live", "paper", "phone", "mail", "hearing"};

std::optional<core::Channel> channel_in(const Visit& visit) {
    const auto* at = std::find(std::begin(channel_words), std::end(channel_words), visit.query["kanal"]);
    if (at == std::end(channel_words)) return {};
    return core::Channel(at - std::begin(channel_words));
}

bool with_place(const Visit& visit) { return visit.query["ort"] == "ja"; }

void narrow(Visit& visit, ContributionFilter& f) {
    const auto channel = channel_in(visit);
    if (!channel && !with_place(visit)) return;
    const auto ids = ideas::narrowed(visit.tx, {f.activity, channel, with_place(visit)}, most_narrowed);
    if (!f.among) {
        f.among = ids;
        return;
    }
    auto& among = *f.among;
    among.erase(std::remove_if(among.begin(), among.end(),
                               [&](const auto id) { return std::find(ids.begin(), ids.end(), id) == ids.end(); }),
                among.end());
}

// This page's address without one value of one filter, and from its beginning.
std::string without(const Visit& visit, std::string_view name, std::string_view value) {
    Form query;
    for (const auto& [key, given] : visit.query.fields())
        if (key != "nach" && !(key == name && given == value) && !given.empty()) query.add(key, given);
    const std::string text = to_query(query);
    return visit.url(visit.path) + (text.empty() ? "" : "?" + text);
}

std::string status_word(const std::string& status) { return status.empty() ? "offen" : status; }

}  // namespace

Message channel_name(core::Channel channel) {
    switch (channel) {
        case core::Channel::online:
            return tr_noop("Online");
        case core::Channel::live:
            return tr_noop("At an event");
        case core::Channel::paper:
            return tr_noop("On paper");
        case core::Channel::phone:
            return tr_noop("By phone");
        case core::Channel::mail:
            return tr_noop("By mail");
        case core::Channel::hearing:
            return tr_noop("At a hearing");
    }
    return {};
}

ContributionFilter filter_of(Visit& visit) {
    using Sort = ContributionFilter::Sort;
    ContributionFilter f{.activity = visit.place().activity->id, .kind = std::string(kind)};
    const std::string& sort = visit.query["sortierung"];
    f.sort = sort == "unterstuetzt" ? Sort::supports : sort == "besprochen" ? Sort::comments : Sort::newest;
    if (sort == "zufall") {
        f.sort = Sort::random;
        f.seed = to_int(visit.query["reihe"]).value_or(1);
    }
    for (const auto& [name, tree] : {std::pair{"thema", "topic"}, std::pair{"bezirk", "district"}})
        for (const auto& key : visit.query.all(name))
            if (const auto term = core::find_term(visit.tx, visit.tenant.id, tree, key)) f.terms.push_back(term->id);
    if (!visit.query["stand"].empty()) f.status = visit.query["stand"] == "offen" ? "" : visit.query["stand"];
    if (const std::string text = trimmed(visit.query["q"]); !text.empty()) {
        f.among.emplace();
        for (const auto id : search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                          .audiences = {"public"},
                                                          .text = text,
                                                          .module = "ideas",
                                                          .limit = 500}))
            f.among->push_back(core::ContributionId{id});
    }
    narrow(visit, f);
    const auto after = split(visit.query["nach"], '.');
    if (after.size() == 2) f.after = {to_int(after[0]).value_or(0), core::ContributionId{to_int(after[1]).value_or(0)}};
    return f;
}

bool is_filter(std::string_view name) {
    return name == "q" || name == "thema" || name == "bezirk" || name == "stand" || name == "kanal" || name == "ort";
}

void fill_filters(Visit& visit, html::Values& page) {
    namespace t = tpl::list;
    std::vector<std::pair<std::string, std::string>> active;  // label and address without it
    const auto note = [&](std::string label, std::string_view name, const std::string& value) {
        active.emplace_back(std::move(label), without(visit, name, value));
    };
    const std::string language(visit.language.code());
    page.set(t::Q, visit.query["q"]);
    if (const auto& q = visit.query["q"]; !trimmed(q).empty()) note("„" + trimmed(q) + "“", "q", q);
    const bool topics_asked = settings_of(visit.place().activity->settings).topics;
    auto topics = topics_asked ? std::optional(page.add(t::TOPICS)) : std::nullopt;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic")) {
        if (!topics) break;
        const bool chosen = visit.query.has("thema", term.key);
        topics->add(t::TOPIC).set(t::VALUE, term.key).set(t::LABEL, term.name_in(language)).show_if(chosen, t::CHOSEN);
        if (chosen) note(term.name_in(language), "thema", term.key);
    }
    for (const auto& [status, label] : statuses()) {
        const bool chosen = visit.query["stand"] == status_word(status);
        page.add(t::STATUS)
            .set(t::VALUE, status_word(status))
            .set(t::LABEL, visit.tr(label))
            .show_if(chosen, t::CHOSEN);
        if (chosen) note(visit.tr(label), "stand", status_word(status));
    }
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "district")) {
        const bool chosen = visit.query.has("bezirk", term.key);
        page.add(t::DISTRICT).set(t::VALUE, term.key).set(t::LABEL, term.name_in(language)).show_if(chosen, t::CHOSEN);
        if (chosen) note(term.name_in(language), "bezirk", term.key);
    }
    for (std::size_t i = 0; i < std::size(channel_words); ++i) {
        const std::string label = visit.tr(channel_name(core::Channel(i)));
        const bool chosen = visit.query["kanal"] == channel_words[i];
        page.add(t::CHANNEL)
            .set(t::VALUE, std::string(channel_words[i]))
            .set(t::LABEL, label)
            .show_if(chosen, t::CHOSEN);
        if (chosen) note(label, "kanal", std::string(channel_words[i]));
    }
    if (with_place(visit)) {
        page.show(t::PLACED);
        note(visit.tr("with a place"), "ort", "ja");
    }
    if (active.empty()) return;
    page.add(t::ACTIVE).set(t::NUMBER, int(active.size()));
    auto chips = page.add(t::CHIPS);
    for (const auto& [label, url] : active) chips.add(t::CHIP).set(t::LABEL, label).set(t::URL, url);
}

}  // namespace mitwirken::ideas
