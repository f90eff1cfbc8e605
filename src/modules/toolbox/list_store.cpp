// Reads the public list. A page costs a row of counts, the place of its first line and its lines; a search adds the
// hits. What must stay true: no query here grows with the number of formats. An order is walked along its index while
// enough of what lies there passes the filter; when few pass (known from the counts), these few are fetched and sorted
// instead.
#include <algorithm>

#include "modules/toolbox/listing.h"
#include "platform/db/db.h"
#include "platform/search/search.h"

namespace mitwirken::toolbox {

namespace {

#define LISTED_COLUMNS                                                                                               \
    "format_id, key, facets, title, title_en, lead_days, staff_days, cost, by_reports, by_change, by_age, by_tips, " \
    "by_tools, summary, summary_en"

const db::Query select_counts{"toolbox.list_counts", "SELECT counts FROM toolbox_counts WHERE tenant_id = :tenant"};
const db::Query select_after{"toolbox.listed_after", "SELECT " LISTED_COLUMNS
                                                     " FROM toolbox_listed WHERE tenant_id = :tenant AND "
                                                     "format_id > :after ORDER BY format_id LIMIT :count"};
const db::Query select_newest{"toolbox.listed_newest", "SELECT " LISTED_COLUMNS
                                                       " FROM toolbox_listed WHERE tenant_id = :tenant "
                                                       "ORDER BY by_age, title_key, format_id LIMIT :count"};
const db::Query select_keys{"toolbox.listed_keys",
                            "SELECT key FROM toolbox_listed WHERE tenant_id = :tenant "
                            "ORDER BY title_key, format_id LIMIT :count"};
const db::Query select_by_key{"toolbox.listed_by_key",
                              "SELECT " LISTED_COLUMNS " FROM toolbox_listed WHERE tenant_id = :tenant AND key = :key"};

// The order's column, "title_key" for the order by title.
std::string column_of(Order order) {
    const auto column = name_of(order).column;
    return column.empty() ? "title_key" : std::string(column);
}

struct Place {
    std::int64_t value;
    std::string title_key;
    FormatId id;
};

std::optional<Place> place_of(db::Tx& tx, TenantId tenant, const std::string& key, Order order) {
    const auto column = name_of(order).column;
    const std::string sql = "SELECT " + (column.empty() ? std::string("by_age") : std::string(column)) +
                            ", title_key, format_id FROM toolbox_listed WHERE tenant_id = :p1 AND key = :p2";
    auto found = tx.all_built_with<Place>(sql, {tenant.value, key});
    if (found.empty()) return {};
    return found.front();
}

// A statement in the making: literals and bound values.
struct Built {
    std::string sql;
    std::vector<db::Parameter> values;
    std::string bind(db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    }
};

// One page and one line more, from `place` on (towards the end, or the beginning when `backwards`).
struct Span {
    std::optional<Place> place;
    bool backwards = false;
    int count = 0;
};

// `few`: the lines are found by their facets and sorted then. Without the harmless operation on the first column,
// SQLite would rather walk along the index of the order, past all that does not match.
enum class Way { along_order, few };

void add_place_and_order(Built& built, const Selection& selection, const Span& span, Way way) {
    const bool by_title = column_of(selection.order) == "title_key";
    const bool down = selection.descending != span.backwards;
    std::string title = "title_key", value = column_of(selection.order);
    if (way == Way::few) by_title ? title += " || ''" : value = "+" + value;
    if (span.place) {
        built.sql += by_title ? " AND (" + title + ", format_id) " : " AND (" + value + ", title_key, format_id) ";
        built.sql += down ? "< (" : "> (";
        if (!by_title) built.sql += built.bind(span.place->value) + ", ";
        built.sql += built.bind(span.place->title_key) + ", " + built.bind(span.place->id.value) + ")";
    }
    const std::string direction = down ? " DESC" : "";
    built.sql += " ORDER BY ";
    if (!by_title) built.sql += value + direction + ", ";
    built.sql += title + direction + ", format_id" + direction + " LIMIT " + built.bind(std::int64_t{span.count});
}

std::vector<Listed> along_index(db::Tx& tx, TenantId tenant, const Selection& selection, const Span& span,
                                const std::vector<int>& combinations) {
    Built built{"SELECT " LISTED_COLUMNS " FROM toolbox_listed WHERE tenant_id = ", {}};
    built.sql += built.bind(tenant.value);
    if (selection.chosen != 0) {
        for (const auto* facet : all_facets())
            built.sql += " AND (facets & " + built.bind(std::int64_t{sql_mask(*facet, selection.chosen)}) + ") <> 0";
        if (const auto* facet = facet_of(selection.order)) {
            // Sorted by what is filtered by: skips what cannot match in front and behind.
            const auto [low, high] = rank_range(*facet, combinations);
            built.sql += " AND " + column_of(selection.order) + " BETWEEN " + built.bind(std::int64_t{low});
            built.sql += " AND " + built.bind(std::int64_t{high});
        }
    }
    add_place_and_order(built, selection, span, Way::along_order);
    return tx.all_built_with<Listed>(built.sql, built.values);
}

// "IN (…)" with the number of values rounded up, so that only a few texts are prepared.
template <class T, class F>
void add_in(Built& built, const std::vector<T>& list, F value) {
    std::size_t size = 1;
    while (size < list.size()) size *= 2;
    built.sql += " IN (";
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0) built.sql += ", ";
        built.sql += built.bind(std::int64_t{value(list[std::min(i, list.size() - 1)])});
    }
    built.sql += ")";
}

std::vector<Listed> by_combination(db::Tx& tx, TenantId tenant, const Selection& selection, const Span& span,
                                   const std::vector<int>& combinations) {
    Built built{"SELECT " LISTED_COLUMNS " FROM toolbox_listed WHERE tenant_id = ", {}};
    built.sql += built.bind(tenant.value) + " AND facets";
    add_in(built, combinations, [](int bits) { return bits; });
    add_place_and_order(built, selection, span, Way::few);
    return tx.all_built_with<Listed>(built.sql, built.values);
}

std::vector<Listed> lines_at(db::Tx& tx, TenantId tenant, const Selection& selection, const Span& span,
                             const Counts& counts, const ListPage& page) {
    if (page.count == 0) return {};
    const auto combinations = selection.chosen != 0 ? counts.combinations(selection.chosen) : std::vector<int>{};
    // Walking reads about total / count entries of the index for each line that is shown. Fetching reads all that
    // match, and each costs about eight times as much, because its row is looked up. The cheaper way is taken: at worst
    // a page reads in the order of the square root of the table.
    const bool few =
        selection.chosen != 0 && combinations.size() <= 256 && page.count * page.count * 8 < page.total * span.count;
    return few ? by_combination(tx, tenant, selection, span, combinations)
               : along_index(tx, tenant, selection, span, combinations);
}

// Cuts what was read (one more than a page) and says whether there are pages on either side.
void cut(ListPage& page, std::vector<Listed> lines, const Span& span) {
    const bool more = lines.size() == static_cast<std::size_t>(span.count);
    if (more) lines.pop_back();
    if (span.backwards) std::reverse(lines.begin(), lines.end());
    if (!lines.empty()) {
        const bool has_next = span.backwards ? true : more;
        const bool has_back = span.backwards ? more : span.place.has_value();
        if (has_next) page.next = lines.back().key;
        if (has_back) page.back = lines.front().key;
    }
    page.lines = std::move(lines);
}

// ---- with a full-text search: at most most_hits lines are in play, and they are filtered and sorted here

struct HitRow {
    FormatId id;
    std::string key;
    int facets;
    std::string title_key;
    std::int64_t value;
};

std::vector<HitRow> rows_of(db::Tx& tx, TenantId tenant, const std::vector<std::int64_t>& items, Order order) {
    const auto column = name_of(order).column;
    Built built{"SELECT format_id, key, facets, title_key, " +
                    (column.empty() ? std::string("by_age") : std::string(column)) +
                    " FROM toolbox_listed WHERE tenant_id = ",
                {}};
    built.sql += built.bind(tenant.value) + " AND format_id";
    add_in(built, items, [](std::int64_t item) { return item; });
    return tx.all_built_with<HitRow>(built.sql, built.values);
}

void sort_hits(std::vector<HitRow>& rows, const std::vector<std::int64_t>& items, const Selection& selection) {
    if (selection.order == Order::relevance) {
        std::vector<HitRow> sorted;
        sorted.reserve(rows.size());
        std::sort(rows.begin(), rows.end(), [](const HitRow& a, const HitRow& b) { return a.id < b.id; });
        for (const auto item : items) {
            const auto at = std::lower_bound(rows.begin(), rows.end(), FormatId{item},
                                             [](const HitRow& row, FormatId id) { return row.id < id; });
            if (at != rows.end() && at->id == FormatId{item}) sorted.push_back(*at);
        }
        rows = std::move(sorted);
    } else {
        const bool by_title = selection.order == Order::title;
        std::sort(rows.begin(), rows.end(), [&](const HitRow& a, const HitRow& b) {
            const std::int64_t left = by_title ? 0 : a.value, right = by_title ? 0 : b.value;
            return std::tie(left, a.title_key, a.id) < std::tie(right, b.title_key, b.id);
        });
    }
    if (selection.descending) std::reverse(rows.begin(), rows.end());
}

std::vector<Listed> lines_of(db::Tx& tx, TenantId tenant, const std::vector<HitRow>& rows) {
    if (rows.empty()) return {};
    Built built{"SELECT " LISTED_COLUMNS " FROM toolbox_listed WHERE tenant_id = ", {}};
    built.sql += built.bind(tenant.value) + " AND format_id";
    add_in(built, rows, [](const HitRow& row) { return row.id.value; });
    auto found = tx.all_built_with<Listed>(built.sql, built.values);
    std::vector<Listed> lines;
    for (const auto& row : rows)
        for (auto& line : found)
            if (line.id == row.id) lines.push_back(std::move(line));
    return lines;
}

ListPage list_hits(db::Tx& tx, TenantId tenant, const Selection& selection, int page_size, const Counts& all) {
    ListPage page;
    page.total = all.total();
    search::Query query{tenant.value, {"public"}, selection.text, "", "toolbox", most_hits + 1, ""};
    auto items = search::find_items(tx, query);
    page.more_than_count = items.size() > static_cast<std::size_t>(most_hits);
    if (page.more_than_count) items.resize(most_hits);
    if (items.empty()) return page;
    auto rows = rows_of(tx, tenant, items, selection.order);
    Counts counts;
    for (const auto& row : rows) counts.add(row.facets, 1);
    page.per_value = counts.per_value(selection.chosen);
    rows.erase(std::remove_if(rows.begin(), rows.end(),
                              [&](const HitRow& row) { return !matches(row.facets, selection.chosen); }),
               rows.end());
    page.count = static_cast<std::int64_t>(rows.size());
    sort_hits(rows, items, selection);
    const auto index_of = [&](const std::string& key) {
        return std::find_if(rows.begin(), rows.end(), [&](const HitRow& row) { return row.key == key; }) - rows.begin();
    };
    const auto size = static_cast<std::ptrdiff_t>(rows.size());
    std::ptrdiff_t begin = 0;
    if (!selection.after.empty())
        begin = index_of(selection.after) + 1;
    else if (!selection.before.empty())
        begin = std::max<std::ptrdiff_t>(0, index_of(selection.before) - page_size);
    if (begin > size) begin = 0;  // the entry is not among the hits any more
    const auto end = std::min<std::ptrdiff_t>(size, begin + page_size);
    const std::vector<HitRow> shown(rows.begin() + begin, rows.begin() + end);
    if (!shown.empty() && end < size) page.next = shown.back().key;
    if (!shown.empty() && begin > 0) page.back = shown.front().key;
    page.lines = lines_of(tx, tenant, shown);
    return page;
}

}  // namespace

Counts counts_of(db::Tx& tx, TenantId tenant) {
    const auto stored = tx.one<db::Bytes>(select_counts, tenant);
    return Counts(stored ? stored->data : std::string());
}

std::vector<Listed> listed_with(db::Tx& tx, TenantId tenant, const std::vector<int>& combinations, int count) {
    if (combinations.empty()) return {};
    Built built{"SELECT " LISTED_COLUMNS " FROM toolbox_listed WHERE tenant_id = ", {}};
    built.sql += built.bind(tenant.value) + " AND facets";
    add_in(built, combinations, [](int bits) { return bits; });
    built.sql += " ORDER BY +by_reports, by_effort, title_key, format_id LIMIT " + built.bind(std::int64_t{count});
    return tx.all_built_with<Listed>(built.sql, built.values);
}

std::vector<std::string> public_keys(db::Tx& tx, TenantId tenant, int count) {
    return tx.all<std::string>(select_keys, tenant, count);
}

ListPage list(db::Tx& tx, TenantId tenant, const Selection& selection, int page_size) {
    return list(tx, tenant, selection, page_size, counts_of(tx, tenant));
}

ListPage list(db::Tx& tx, TenantId tenant, const Selection& selection, int page_size, const Counts& counts) {
    if (!selection.text.empty()) return list_hits(tx, tenant, selection, page_size, counts);
    ListPage page;
    page.total = counts.total();
    page.count = counts.matching(selection.chosen);
    page.per_value = counts.per_value(selection.chosen);
    Span span{{}, false, page_size + 1};
    const std::string& key = selection.after.empty() ? selection.before : selection.after;
    if (!key.empty()) span.place = place_of(tx, tenant, key, selection.order);
    span.backwards = span.place && selection.after.empty();
    cut(page, lines_at(tx, tenant, selection, span, counts, page), span);
    return page;
}

std::vector<Listed> listed(db::Tx& tx, TenantId tenant, const std::vector<std::string>& keys) {
    std::vector<Listed> lines;
    for (const auto& key : keys)
        if (auto line = tx.one<Listed>(select_by_key, tenant, key)) lines.push_back(std::move(*line));
    return lines;
}

std::vector<Listed> listed_after(db::Tx& tx, TenantId tenant, FormatId after, int count) {
    return tx.all<Listed>(select_after, tenant, after, count);
}

std::vector<Listed> newest(db::Tx& tx, TenantId tenant, int count) {
    return tx.all<Listed>(select_newest, tenant, count);
}

}  // namespace mitwirken::toolbox
