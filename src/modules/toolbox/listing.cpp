// What is chosen, what passes, in which order, and how many: pure functions and the table of counts.
#include "modules/toolbox/listing.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken::toolbox {

const std::vector<OrderName>& orders() {
    static const std::vector<OrderName> names{
        {Order::title, "name", "", tr_noop("Format/method, A–Z"), tr_noop("Format/method, Z–A")},
        {Order::purpose, "zweck", "by_purpose", tr_noop("Purpose, ascending"), tr_noop("Purpose, descending")},
        {Order::description, "beschreibung", "by_description", tr_noop("Description, short ones first"),
         tr_noop("Description, long ones first")},
        {Order::form, "form", "by_form", tr_noop("Form, ascending"), tr_noop("Form, descending")},
        {Order::size, "kreis", "by_size", tr_noop("Group of participants, ascending"),
         tr_noop("Group of participants, descending")},
        {Order::tips, "tipps", "by_tips", tr_noop("Tips and tricks, most material first"),
         tr_noop("Tips and tricks, least material first")},
        {Order::tools, "werkzeuge", "by_tools", tr_noop("Tools and online services, most first"),
         tr_noop("Tools and online services, fewest first")},
        {Order::distance, "abstand", "by_distance", tr_noop("Possible at a distance first"),
         tr_noop("Not possible at a distance first")},
        {Order::effort, "aufwand", "by_effort", tr_noop("Effort, lowest first"), tr_noop("Effort, highest first")},
        {Order::reports, "erfahrungen", "by_reports", tr_noop("Most reports first"), tr_noop("Fewest reports first")},
        {Order::change, "geaendert", "by_change", tr_noop("Changed last"), tr_noop("Changed longest ago")},
        {Order::age, "neu", "by_age", tr_noop("Newest first"), tr_noop("Oldest first")},
    };
    return names;
}

const OrderName& name_of(Order order) {
    static const OrderName relevance{Order::relevance, "treffer", "", tr_noop("Best hits first"), {}};
    for (const auto& name : orders())
        if (name.order == order) return name;
    return relevance;
}

int not_stated(const Facet& facet) {
    if (&facet == &purposes()) return 1 << 13;
    if (&facet == &forms()) return 1 << 14;
    if (&facet == &group_sizes()) return 1 << 15;
    return 0;
}

Selection selection_from(const Form& query) {
    Selection selection;
    for (const auto* facet : all_facets())
        for (std::size_t i = 0; i < facet->choices.size(); ++i)
            if (query.has(facet->parameter, facet->choices[i].parameter))
                selection.chosen |= 1 << (facet->first_bit + int(i));
    selection.text = first_letters(trimmed(query["q"]), 200);
    if (!selection.text.empty()) selection.order = Order::relevance;
    const std::string& wanted = query["sortierung"];
    for (const auto& name : orders()) {
        if (wanted != name.parameter && wanted != std::string(name.parameter) + "-ab") continue;
        selection.order = name.order;
        selection.descending = wanted != name.parameter;
    }
    selection.table = query["ansicht"] == "tabelle";
    for (const auto& key : query.all("f"))
        if (selection.ticked.size() < std::size_t(most_in_brochure) && !key.empty() &&
            std::find(selection.ticked.begin(), selection.ticked.end(), key) == selection.ticked.end())
            selection.ticked.push_back(key);
    selection.after = query["ab"];
    if (selection.after.empty()) selection.before = query["bis"];
    return selection;
}

Form to_form(const Selection& selection, bool with_cursor) {
    Form form;
    if (!selection.text.empty()) form.add("q", selection.text);
    for (const auto* facet : all_facets())
        for (std::size_t i = 0; i < facet->choices.size(); ++i)
            if (selection.chosen & (1 << (facet->first_bit + int(i))))
                form.add(std::string(facet->parameter), std::string(facet->choices[i].parameter));
    const Order initial = selection.text.empty() ? Order::title : Order::relevance;
    if (selection.order != initial || selection.descending)
        form.add("sortierung", std::string(name_of(selection.order).parameter) + (selection.descending ? "-ab" : ""));
    if (selection.table) form.add("ansicht", "tabelle");
    for (const auto& key : selection.ticked) form.add("f", key);
    if (with_cursor && !selection.after.empty()) form.add("ab", selection.after);
    if (with_cursor && !selection.before.empty()) form.add("bis", selection.before);
    return form;
}

Form toggled(const Selection& selection, int bit) {
    Selection other = selection;
    other.chosen ^= 1 << bit;
    return to_form(other);
}

bool matches(int bits, int chosen) {
    for (const auto* facet : all_facets()) {
        const int wanted = chosen & facet->mask();
        if (wanted != 0 && (bits & wanted) == 0) return false;
    }
    return true;
}

int sql_mask(const Facet& facet, int chosen) {
    const int wanted = chosen & facet.mask();
    return wanted != 0 ? wanted : facet.mask() | not_stated(facet);
}

Counts::Counts(std::string_view bytes) {
    const auto byte = [&](std::size_t at) { return static_cast<std::int64_t>(static_cast<unsigned char>(bytes[at])); };
    list_.reserve(bytes.size() / 6);
    for (std::size_t at = 0; at + 6 <= bytes.size(); at += 6) {
        const auto bits = static_cast<int>(byte(at) | byte(at + 1) << 8);
        const auto count = byte(at + 2) | byte(at + 3) << 8 | byte(at + 4) << 16 | byte(at + 5) << 24;
        list_.emplace_back(bits, count);
    }
}

std::string Counts::bytes() const {
    std::string bytes;
    bytes.reserve(list_.size() * 6);
    for (const auto& [bits, count] : list_)
        for (const std::int64_t byte :
             {std::int64_t{bits}, std::int64_t{bits} >> 8, count, count >> 8, count >> 16, count >> 24})
            bytes += static_cast<char>(byte & 0xff);
    return bytes;
}

void Counts::add(int bits, std::int64_t change) {
    const auto at = std::lower_bound(list_.begin(), list_.end(), std::pair<int, std::int64_t>{bits, 0});
    if (at == list_.end() || at->first != bits) {
        if (change > 0) list_.insert(at, {bits, change});
        return;
    }
    at->second += change;
    if (at->second <= 0) list_.erase(at);
}

std::int64_t Counts::total() const {
    std::int64_t sum = 0;
    for (const auto& [bits, count] : list_) sum += count;
    return sum;
}

namespace {

// What each facet lets pass, read once for all combinations.
std::array<int, 4> masks_for(int chosen) {
    std::array<int, 4> masks{};
    for (std::size_t i = 0; i < masks.size(); ++i) masks[i] = sql_mask(*all_facets()[i], chosen);
    return masks;
}

bool passes(int bits, const std::array<int, 4>& masks) {
    return (bits & masks[0]) && (bits & masks[1]) && (bits & masks[2]) && (bits & masks[3]);
}

}  // namespace

std::int64_t Counts::matching(int chosen) const {
    const auto masks = masks_for(chosen);
    std::int64_t sum = 0;
    for (const auto& [bits, count] : list_)
        if (passes(bits, masks)) sum += count;
    return sum;
}

std::array<std::int64_t, facet_bit_count> Counts::per_value(int chosen) const {
    std::array<std::int64_t, facet_bit_count> sums{};
    const auto masks = masks_for(chosen), facets = masks_for(0);
    for (const auto& [bits, count] : list_) {
        int failed = 0, where = 0;  // a value counts when no facet but its own stands against the format
        for (std::size_t i = 0; i < masks.size(); ++i)
            if ((bits & masks[i]) == 0) {
                ++failed;
                where = facets[i];
            }
        if (failed > 1) continue;
        for (unsigned left = static_cast<unsigned>(failed == 0 ? bits : bits & where); left != 0; left &= left - 1)
            sums[static_cast<std::size_t>(__builtin_ctz(left))] += count;
    }
    return sums;
}

std::vector<int> Counts::combinations(int chosen) const {
    const auto masks = masks_for(chosen);
    std::vector<int> found;
    for (const auto& [bits, count] : list_)
        if (passes(bits, masks)) found.push_back(bits);
    return found;
}

int rank_of(const Facet& facet, int bits) {
    const int mask = (bits & facet.mask()) >> facet.first_bit;
    const int size = static_cast<int>(facet.choices.size());
    if (mask == 0) return 1 << size;
    // Walks through the lists in their order: each value is followed by the lists that begin with it.
    int rank = 0;
    for (int value = 0, last = -1; value < size; ++value) {
        if (!(mask & (1 << value))) continue;
        for (int skipped = last + 1; skipped < value; ++skipped) rank += 1 << (size - 1 - skipped);
        ++rank;
        last = value;
    }
    return rank - 1;
}

std::pair<int, int> rank_range(const Facet& facet, const std::vector<int>& combinations) {
    std::pair<int, int> range{1 << 30, -1};
    for (const int bits : combinations) {
        const int rank = rank_of(facet, bits);
        range = {std::min(range.first, rank), std::max(range.second, rank)};
    }
    return range;
}

const Facet* facet_of(Order order) {
    switch (order) {
        case Order::purpose:
            return &purposes();
        case Order::form:
            return &forms();
        case Order::size:
            return &group_sizes();
        case Order::distance:
            return &distance();
        default:
            return nullptr;
    }
}

}  // namespace mitwirken::toolbox
