// Rules of the toolbox without a database: facets, counts, ranks, addresses, suggestions.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "modules/toolbox/suggest.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;

namespace {

Format format_with(int purposes, int forms, int sizes, bool distance) {
    Format format;
    format.purposes = purposes;
    format.forms = forms;
    format.group_sizes = sizes;
    format.distance = distance;
    return format;
}

int bits_of(int purposes, int forms, int sizes, bool distance) {
    return facet_bits(format_with(purposes, forms, sizes, distance));
}

int bit(const Facet& facet, int value) { return 1 << (facet.first_bit + value); }

Listed listed_with_bits(int bits) {
    Listed line;
    line.facets = bits;
    return line;
}

}  // namespace

TEST_CASE("the fixed choices of AP1 are all there and share no bit") {
    CHECK(purposes().choices.size() == 4);
    CHECK(forms().choices.size() == 3);
    CHECK(group_sizes().choices.size() == 4);
    CHECK(distance().choices.size() == 2);
    int seen = 0;
    for (const auto* facet : all_facets()) {
        CHECK((seen & facet->mask()) == 0);
        CHECK((seen & not_stated(*facet)) == 0);
        seen |= facet->mask() | not_stated(*facet);
    }
    CHECK(seen < (1 << facet_bit_count));
}

TEST_CASE("words and masks are two ways to say the same, and an unknown word is no mask") {
    CHECK(mask_from(purposes(), {"exchange", "decide"}) == 0b1010);
    CHECK(words_of(purposes(), 0b1010) == std::vector<std::string>{"exchange", "decide"});
    CHECK_FALSE(mask_from(forms(), {"analog", "paper"}));
}

TEST_CASE("values of one facet are alternatives, facets stand together") {
    const int bits = bits_of(0b0010, 0b001, 0b0100, false);
    CHECK(matches(bits, 0));
    CHECK(matches(bits, bit(purposes(), 1) | bit(purposes(), 3)));
    CHECK_FALSE(matches(bits, bit(purposes(), 1) | bit(forms(), 1)));
    CHECK(matches(bits, bit(purposes(), 1) | bit(forms(), 0) | bit(distance(), 1)));
    CHECK_FALSE(matches(bits, bit(distance(), 0)));
}

TEST_CASE("a format without a value of a facet is listed unfiltered and in no filter of that facet") {
    const int bits = bits_of(0, 0b001, 0b0001, true);
    CHECK((bits & sql_mask(purposes(), 0)) != 0);
    for (int value = 0; value < 4; ++value) CHECK_FALSE(matches(bits, bit(purposes(), value)));
}

TEST_CASE("ranks follow the lists of values in the order of AP1") {
    std::vector<std::vector<int>> lists;
    std::vector<int> masks;
    for (int mask = 1; mask < 16; ++mask) masks.push_back(mask);
    const auto values = [](int mask) {
        std::vector<int> list;
        for (int i = 0; i < 4; ++i)
            if (mask & (1 << i)) list.push_back(i);
        return list;
    };
    std::sort(masks.begin(), masks.end(), [&](int a, int b) { return values(a) < values(b); });
    for (std::size_t i = 0; i < masks.size(); ++i) CHECK(rank_of(purposes(), masks[i]) == int(i));
    CHECK(rank_of(purposes(), 0) > rank_of(purposes(), masks.back()));
}

TEST_CASE("counts equal what counting one by one gives, and survive being stored") {
    std::mt19937 random(7);
    std::vector<int> all;
    Counts counts;
    for (int i = 0; i < 2000; ++i) {
        const int bits = bits_of(int(random() % 16), int(random() % 8), int(random() % 16), random() % 2 == 0);
        all.push_back(bits);
        counts.add(bits, 1);
    }
    for (int i = 0; i < 500; ++i) {
        counts.add(all.back(), -1);
        all.pop_back();
    }
    const Counts stored(counts.bytes());
    CHECK(stored.total() == 1500);
    for (int round = 0; round < 50; ++round) {
        const int chosen = int(random() % (1 << 13)) & int(random() % (1 << 13));
        CHECK(stored.matching(chosen) ==
              std::count_if(all.begin(), all.end(), [&](int b) { return matches(b, chosen); }));
        const auto per_value = stored.per_value(chosen);
        for (const auto* facet : all_facets())
            for (std::size_t i = 0; i < facet->choices.size(); ++i) {
                const int one = bit(*facet, int(i));
                const int alone = (chosen & ~facet->mask()) | one;
                CHECK(per_value[std::size_t(facet->first_bit) + i] ==
                      std::count_if(all.begin(), all.end(), [&](int b) { return matches(b, alone); }));
            }
    }
}

TEST_CASE("counts never fall below nothing, and foreign bytes are cut off") {
    Counts counts;
    counts.add(5, -1);
    CHECK(counts.total() == 0);
    counts.add(5, 1);
    CHECK(Counts(counts.bytes() + "abc").total() == 1);
    CHECK(Counts("abc").list().empty());
}

TEST_CASE("a selection survives its address") {
    const Form query(std::vector<std::pair<std::string, std::string>>{{"zweck", "austauschen"},
                                                                      {"zweck", "entscheiden"},
                                                                      {"kreis", "ueber-50"},
                                                                      {"abstand", "ja"},
                                                                      {"q", "  Karte "},
                                                                      {"sortierung", "kreis-ab"},
                                                                      {"ansicht", "tabelle"},
                                                                      {"ab", "world-cafe"},
                                                                      {"fremd", "x"}});
    const auto selection = selection_from(query);
    CHECK(selection.text == "Karte");
    CHECK(selection.order == Order::size);
    CHECK(selection.descending);
    CHECK(
        to_query(to_form(selection, true)) ==
        "q=Karte&zweck=austauschen&zweck=entscheiden&kreis=ueber-50&abstand=ja&sortierung=kreis-ab&ansicht=tabelle&ab="
        "world-cafe");
    CHECK(to_query(toggled(selection, distance().first_bit)).find("abstand") == std::string::npos);
}

TEST_CASE("a search begins with the best hits unless an order is asked for") {
    CHECK(selection_from(parse_query("q=karte")).order == Order::relevance);
    CHECK(selection_from(parse_query("q=karte&sortierung=name")).order == Order::title);
    CHECK(selection_from(parse_query("")).order == Order::title);
    CHECK(selection_from(parse_query("sortierung=unsinn")).order == Order::title);
}

TEST_CASE("titles sort as German readers expect") {
    CHECK(title_key("Ärger") < title_key("Bahn"));
    CHECK(title_key("Zukunft") > title_key("Ökologie"));
    CHECK(title_key("Abend") < title_key("abends"));
}

TEST_CASE("what serves another purpose is never suggested") {
    const std::vector<Listed> formats{listed_with_bits(bits_of(0b0001, 0b010, 0b0010, true))};
    CHECK(suggest({.purposes = 0b1000, .forms = 0b010}, formats, 5).empty());
    CHECK(suggest({.purposes = 0b0001}, formats, 5).size() == 1);
}

TEST_CASE("suggestions say what fits and what stands against") {
    Listed slow = listed_with_bits(bits_of(0b0010, 0b001, 0b0010, false));
    slow.lead_days = 150;
    slow.cost = Cost::high;
    slow.by_reports = -2;
    const auto found =
        suggest({.purposes = 0b0010, .forms = 0b010, .group_sizes = 0b0010, .at_a_distance = true}, {slow}, 5);
    REQUIRE(found.size() == 1);
    CHECK(found[0].score == 2);
    CHECK(found[0].reasons.size() == 3);  // purpose, size, experiences
    CHECK(found[0].against.size() == 4);  // form, distance, lead time, cost
}

TEST_CASE("an unlimited format serves every group but the smallest") {
    const std::vector<Listed> open{listed_with_bits(bits_of(0b0010, 0b001, 0b1000, false))};
    CHECK(suggest({.group_sizes = 0b0010}, open, 5).size() == 1);
    CHECK(suggest({.group_sizes = 0b0001}, open, 5).empty());
}

TEST_CASE("the better fit comes first, and of equal ones the one made for the purpose") {
    const std::vector<Listed> formats{listed_with_bits(bits_of(0b1111, 0b010, 0b0010, true)),
                                      listed_with_bits(bits_of(0b0010, 0b010, 0b0010, true)),
                                      listed_with_bits(bits_of(0b0010, 0b001, 0b0010, true))};
    const auto found = suggest({.purposes = 0b0010, .forms = 0b010}, formats, 2);
    REQUIRE(found.size() == 2);
    CHECK(found[0].index == 1);
    CHECK(found[1].index == 0);
}

TEST_CASE("the best combinations hold the formats that suggest would have chosen among all") {
    std::mt19937 random(3);
    std::vector<Listed> all;
    Counts counts;
    for (int i = 0; i < 400; ++i) {
        all.push_back(
            listed_with_bits(bits_of(int(random() % 16), int(random() % 8), int(random() % 16), random() % 2 == 0)));
        counts.add(all.back().facets, 1);
    }
    const Wish wish{.purposes = 0b1000, .forms = 0b100, .group_sizes = 0b0001, .at_a_distance = true};
    const auto expected = suggest(wish, all, 6);
    std::vector<Listed> chosen;
    for (const auto& level : best_combinations(wish, counts, 6))
        for (const auto& line : all)
            if (std::find(level.begin(), level.end(), line.facets) != level.end()) chosen.push_back(line);
    const auto found = suggest(wish, chosen, 6);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i].score == expected[i].score);
    CHECK(best_combinations({}, counts, 6).empty());
}

TEST_CASE("words of other pages are no keys") {
    CHECK(is_reserved("vergleich"));
    CHECK(is_reserved("finden"));
    CHECK_FALSE(is_reserved("world-cafe"));
}

TEST_CASE("from every state a way leads on, and none leads past the agreement with the department") {
    for (const auto state : {State::draft, State::handed_in, State::agreed, State::published, State::archived})
        CHECK_FALSE(next_states(state).empty());
    for (const auto state : {State::draft, State::handed_in, State::archived}) {
        const auto next = next_states(state);
        CHECK(std::find(next.begin(), next.end(), State::published) == next.end());
    }
}
