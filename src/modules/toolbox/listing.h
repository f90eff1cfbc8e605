// The public list: which filters are chosen, in which order, and how many of what there are.
// Invariants: all functions here are pure; a Counts holds exactly one number per combination of facets, so every count
// of every filter is exact and costs the same however many formats there are.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/toolbox/toolbox.h"
#include "platform/base/form.h"

namespace mitwirken::toolbox {

// Orders of the list: every category of AP1, effort, reports, age and change.
enum class Order {
    title,
    purpose,
    form,
    size,
    distance,
    description,
    tips,
    tools,
    effort,
    reports,
    change,
    age,
    relevance
};
struct OrderName {
    Order order;
    std::string_view parameter;  // in addresses: "zweck"
    std::string_view column;     // of toolbox_listed; "" for relevance
    Message label, reversed;     // of the select: rising, and the other way round
};
const std::vector<OrderName>& orders();  // without relevance
const OrderName& name_of(Order order);

// The largest number of hits of the full-text search that filters are applied to.
inline constexpr int most_hits = 1000;
// More would take longer to set than somebody waits (40 take four to six seconds).
inline constexpr int most_in_brochure = 40;

// Every facet ends with a bit for "not stated", so that "no filter" is a mask as well.
inline constexpr int facet_bit_count = 16;
int not_stated(const Facet& facet);  // 0 for distance, which is yes or no

struct Selection {
    int chosen = 0;    // bits of the chosen values of all facets
    std::string text;  // full-text search, "" = none
    Order order = Order::title;
    bool descending = false;
    bool table = false;
    std::vector<std::string> ticked;  // keys chosen for a comparison or a brochure; they filter nothing
    std::string after, before;        // key of the entry the page begins behind, or ends before
    bool filtered() const { return chosen != 0 || !text.empty(); }
};
// From the query of an address; unknown words are left out. With a text and no order given, the best hits come first.
Selection selection_from(const Form& query);
// The other way round, in the order of the form; the cursor only when asked for.
Form to_form(const Selection& selection, bool with_cursor = false);
// The address's parameters with a value of a facet switched on or off, starting at the first page.
Form toggled(const Selection& selection, int bit);

// Does a format with these facets pass?
bool matches(int bits, int chosen);
// The mask of one facet for SQL: the chosen bits, or everything when none is chosen.
int sql_mask(const Facet& facet, int chosen);

class Counts {
public:
    Counts() = default;
    explicit Counts(std::string_view bytes);  // as stored; foreign bytes are cut off, never read beyond
    std::string bytes() const;
    void add(int bits, std::int64_t change);  // never below 0
    std::int64_t total() const;
    std::int64_t matching(int chosen) const;
    // For every bit: how many would be shown if it were the only choice of its facet, with those of the others.
    std::array<std::int64_t, facet_bit_count> per_value(int chosen) const;
    // The combinations that pass.
    std::vector<int> combinations(int chosen) const;
    const std::vector<std::pair<int, std::int64_t>>& list() const { return list_; }

private:
    std::vector<std::pair<int, std::int64_t>> list_;  // sorted by bits, no zeros
};

// The place of a set of values in a list sorted by them: as lists of values in the order of AP1, the empty one last.
int rank_of(const Facet& facet, int bits);
// Lowest and highest rank among these combinations, for the orders by a facet.
std::pair<int, int> rank_range(const Facet& facet, const std::vector<int>& combinations);
// The facet an order goes by, or nullptr.
const Facet* facet_of(Order order);

// One line of the list; fields stand in the order of listed_columns in list_store.cpp.
struct Listed {
    FormatId id;
    std::string key;
    int facets = 0;
    std::string title, title_en;
    std::optional<std::int64_t> lead_days, staff_days;
    Cost cost = Cost::unknown;
    std::int64_t by_reports = 0, by_change = 0, by_age = 0, by_tips = 0, by_tools = 0;  // negative: see the migration
    std::string summary, summary_en;
    std::int64_t reports() const { return -by_reports; }
    std::int64_t materials() const { return -by_tips; }  // files and links
    std::int64_t tools() const { return -by_tools; }
    Timestamp changed_at() const { return Timestamp{std::chrono::milliseconds{-by_change}}; }
    Timestamp published_at() const { return Timestamp{std::chrono::milliseconds{-by_age}}; }
};
struct ListPage {
    std::vector<Listed> lines;
    std::int64_t total = 0, count = 0;  // all; those that match
    bool more_than_count = false;       // the search found more than most_hits
    std::array<std::int64_t, facet_bit_count> per_value{};
    std::string back, next;  // keys for `before` and `after`, "" = none
};
Counts counts_of(db::Tx& tx, TenantId tenant);
ListPage list(db::Tx& tx, TenantId tenant, const Selection& selection, int page_size);
// The same with counts that are known already.
ListPage list(db::Tx& tx, TenantId tenant, const Selection& selection, int page_size, const Counts& counts);
// Published ones by key, in the order of the keys, for comparisons; unknown ones are left out.
std::vector<Listed> listed(db::Tx& tx, TenantId tenant, const std::vector<std::string>& keys);
// Those with one of these combinations of facets: most reports first, then the least effort.
std::vector<Listed> listed_with(db::Tx& tx, TenantId tenant, const std::vector<int>& combinations, int count);
// Behind this id, for exports that go through everything.
std::vector<Listed> listed_after(db::Tx& tx, TenantId tenant, FormatId after, int count);
// By title, for the site map.
std::vector<std::string> public_keys(db::Tx& tx, TenantId tenant, int count);
// Those published last first (RSS, teasers).
std::vector<Listed> newest(db::Tx& tx, TenantId tenant, int count);

// A public format with all that belongs to it, for exports: a fixed number of queries for any number of formats.
struct Whole {
    Format format;
    Parts parts;  // related: the public ones
    bool has_files = false;
};
std::vector<Whole> public_formats_after(db::Tx& tx, TenantId tenant, FormatId after, int count);
std::optional<Whole> public_format(db::Tx& tx, TenantId tenant, const std::string& key);

}  // namespace mitwirken::toolbox
