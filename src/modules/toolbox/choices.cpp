// The fixed choices of AP1 and the words for states, as they are stored, shown and written in addresses.
#include "modules/toolbox/toolbox.h"

namespace mitwirken::toolbox {

const Facet& purposes() {
    static const Facet facet{
        "purposes",
        "zweck",
        tr_noop("Purpose"),
        0,
        {{"inform", "informieren", "info", tr_noop("Inform/Present"), tr_noop("People should know what is planned")},
         {"exchange", "austauschen", "dialogue", tr_noop("Exchange/Discuss"), tr_noop("Views should come together")},
         {"solve", "loesen", "puzzle", tr_noop("Work out a solution"), tr_noop("Something new should emerge")},
         {"decide", "entscheiden", "decide", tr_noop("Decide (together)"), tr_noop("A choice should be made")}}};
    return facet;
}

const Facet& forms() {
    static const Facet facet{
        "forms",
        "form",
        tr_noop("Form"),
        4,
        {{"analog", "analog", "people", tr_noop("On site"), tr_noop("People meet in one place")},
         {"digital", "digital", "monitor", tr_noop("Digital"), tr_noop("Everybody joins by internet")},
         {"hybrid", "hybrid", "hybrid", tr_noop("Hybrid"), tr_noop("Both at the same time")}}};
    return facet;
}

const Facet& group_sizes() {
    static const Facet facet{"group_sizes",
                             "kreis",
                             tr_noop("Group of participants"),
                             7,
                             {{"1-10", "1-10", "people", tr_noop("1 to 10 people"), {}},
                              {"11-50", "11-50", "people", tr_noop("11 to 50 people"), {}},
                              {"over-50", "ueber-50", "people", tr_noop("More than 50 people"), {}},
                              {"unlimited", "unbegrenzt", "people", tr_noop("Unlimited"), {}}}};
    return facet;
}

const Facet& distance() {
    static const Facet facet{
        "distance",
        "abstand",
        tr_noop("Possible at a distance"),
        11,
        {{"yes", "ja", "distance", tr_noop("Yes"), {}}, {"no", "nein", "distance", tr_noop("No"), {}}}};
    return facet;
}

const std::vector<const Facet*>& all_facets() {
    static const std::vector<const Facet*> facets{&purposes(), &forms(), &group_sizes(), &distance()};
    return facets;
}

std::optional<int> mask_from(const Facet& facet, const std::vector<std::string>& words) {
    int mask = 0;
    for (const auto& word : words) {
        std::size_t i = 0;
        while (i < facet.choices.size() && facet.choices[i].word != word) ++i;
        if (i == facet.choices.size()) return {};
        mask |= 1 << i;
    }
    return mask;
}

std::vector<std::string> words_of(const Facet& facet, int mask) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < facet.choices.size(); ++i)
        if (mask & (1 << i)) words.emplace_back(facet.choices[i].word);
    return words;
}

namespace {

template <class E>
std::optional<E> from_word(std::string_view word) {
    int number = 0;
    for (const auto known : db::Names<E>::words) {
        if (known == word) return static_cast<E>(number);
        ++number;
    }
    return {};
}

}  // namespace

std::string_view to_word(State state) { return db::Names<State>::words[static_cast<std::size_t>(state)]; }
std::string_view to_word(ReportState state) { return db::Names<ReportState>::words[static_cast<std::size_t>(state)]; }
std::string_view to_word(Cost cost) { return db::Names<Cost>::words[static_cast<std::size_t>(cost)]; }
std::optional<State> state_from(std::string_view word) { return from_word<State>(word); }
std::optional<ReportState> report_state_from(std::string_view word) { return from_word<ReportState>(word); }
std::optional<Cost> cost_from(std::string_view word) { return from_word<Cost>(word); }

Message name_of(State state) {
    switch (state) {
        case State::draft:
            return tr_noop("Draft");
        case State::handed_in:
            return tr_noop("Handed in");
        case State::agreed:
            return tr_noop("Agreed");
        case State::published:
            return tr_noop("Published");
        case State::archived:
            return tr_noop("Archived");
    }
    return {};
}

Message name_of(ReportState state) {
    switch (state) {
        case ReportState::draft:
            return tr_noop("Draft");
        case ReportState::handed_in:
            return tr_noop("Handed in");
        case ReportState::agreed:
            return tr_noop("Agreed");
        case ReportState::published:
            return tr_noop("Published");
        case ReportState::rejected:
            return tr_noop("Rejected");
        case ReportState::unconfirmed:
            return tr_noop("Not confirmed yet");
    }
    return {};
}

Message name_of(Cost cost) {
    switch (cost) {
        case Cost::unknown:
            return tr_noop("not stated");
        case Cost::low:
            return tr_noop("low cost");
        case Cost::medium:
            return tr_noop("medium cost");
        case Cost::high:
            return tr_noop("high cost");
    }
    return {};
}

}  // namespace mitwirken::toolbox
