// Finding and ranking; the rules stand in search.h. One pass over a bounded number of matches gives candidates, count
// and facets; only the documents of the page shown are read with their texts.
#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/search/match.h"
#include "platform/search/snippet.h"

namespace mitwirken::search {

namespace {

// How many matches are looked at, and how many more by their titles when there are more.
struct Bounds {
    int newest, by_title;
};
constexpr Bounds for_people{most_found, 100};
constexpr Bounds for_lists{1000, 300};

const db::Query hit_with_texts{"search.hit", R"(
    SELECT d.module, d.title, d.url, d.facet, t.summary, t.body
    FROM platform_search_document d JOIN platform_search_text t ON t.document_id = d.id WHERE d.id = :id)"};

struct Texts {
    std::string module, title, url, facet, summary, body;
};

struct Ranked {
    std::int64_t score = 0;  // thousandths
    Timestamp at{};
    std::int64_t id = 0, item = 0;

    // Best first, then newest: also the order of the cursor.
    auto key() const { return std::tuple(-score, -at.time_since_epoch().count(), -id); }
};

struct Matches {
    std::vector<Ranked> ranked;
    std::int64_t count = 0;
    std::map<std::string, std::int64_t> facets;
};

// 1 when the word stands there, 0.6 when only its beginning does, 0 when not.
double weight_in(std::string_view terms, const Term& wanted) {
    double best = 0;
    for (std::size_t at = 0; at < terms.size();) {
        const std::size_t end = std::min(terms.find(' ', at), terms.size());
        const std::string_view term = terms.substr(at, end - at);
        if (term == wanted.stem || (!wanted.other.empty() && term == wanted.other)) return 1;
        if (wanted.prefix && term.starts_with(wanted.folded)) best = 0.6;
        at = end + 1;
    }
    return best;
}

std::int64_t score(const Match& candidate, const std::vector<Term>& wanted, const std::string& in_order) {
    double sum = 0;
    for (const Term& term : wanted) {
        sum += 8 * weight_in(candidate.title_terms, term) + 3 * weight_in(candidate.summary_terms, term) + 1;
    }
    sum /= double(wanted.size());
    if (candidate.title_terms == in_order)
        sum += 4;
    else if ((" " + candidate.title_terms + " ").find(" " + in_order + " ") != std::string::npos)
        sum += 2;
    return std::int64_t(sum * 1000 + 0.5);
}

Matches match(db::Tx& tx, const Parsed& parsed, const Query& query, const Bounds& bounds) {
    auto found = newest_matches(tx, parsed, query, Fields::all, bounds.newest + 1);
    Matches result;
    result.count = std::int64_t(found.size());
    for (const Match& candidate : found) ++result.facets[candidate.facet];
    if (result.count > bounds.newest) {
        for (auto& by_title : newest_matches(tx, parsed, query, Fields::title, bounds.by_title)) {
            if (by_title.id < found[std::size_t(bounds.newest)].id) found.push_back(std::move(by_title));
        }
    }
    const std::vector<Term> wanted = parsed.wanted();
    std::string in_order;
    for (const Term& term : wanted) in_order += (in_order.empty() ? "" : " ") + term.stem;
    for (const Match& candidate : found) {
        result.ranked.push_back({score(candidate, wanted, in_order), candidate.at, candidate.id, candidate.item});
    }
    std::sort(result.ranked.begin(), result.ranked.end(),
              [](const Ranked& a, const Ranked& b) { return a.key() < b.key(); });
    return result;
}

std::string cursor_of(const Ranked& last) {
    return fmt::format("{}.{}.{}", last.score, last.at.time_since_epoch().count(), last.id);
}

std::optional<Ranked> read_cursor(const std::string& cursor) {
    const auto parts = split(cursor, '.');
    if (parts.size() != 3) return {};
    const auto points = to_int(parts[0]), at = to_int(parts[1]), id = to_int(parts[2]);
    if (!points || !at || !id) return {};
    return Ranked{*points, Timestamp{std::chrono::milliseconds{*at}}, *id, 0};
}

// The position behind a cursor; one that is not ours means the start.
std::size_t start_after(const std::vector<Ranked>& ranked, const std::string& cursor) {
    const auto last = read_cursor(cursor);
    if (!last) return 0;
    const auto next = std::upper_bound(ranked.begin(), ranked.end(), *last,
                                       [](const Ranked& a, const Ranked& b) { return a.key() < b.key(); });
    return std::size_t(next - ranked.begin());
}

std::vector<std::pair<std::string, std::int64_t>> facet_list(db::Tx& tx, const Parsed& parsed, const Query& query,
                                                             const Matches& matches) {
    std::vector<std::pair<std::string, std::int64_t>> list(matches.facets.begin(), matches.facets.end());
    if (!query.facet.empty()) {
        Query every = query;
        every.facet.clear();
        std::map<std::string, std::int64_t> counts;
        for (const auto& found : newest_matches(tx, parsed, every, Fields::all, most_found + 1)) ++counts[found.facet];
        list.assign(counts.begin(), counts.end());
    }
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return std::tie(b.second, a.first) < std::tie(a.second, b.first); });
    return list;
}

}  // namespace

bool is_cursor(const std::string& text) { return read_cursor(text).has_value(); }

Hits find(db::Tx& tx, const Query& query) {
    Hits hits;
    const Parsed parsed = parse(query.text);
    if (!parsed.finds_something() || query.audiences.empty()) return hits;
    const Matches matches = match(tx, parsed, query, for_people);
    hits.count = matches.count;
    hits.facets = facet_list(tx, parsed, query, matches);
    const std::vector<Term> wanted = parsed.wanted();
    const std::size_t first = start_after(matches.ranked, query.after);
    const std::size_t end = std::min(matches.ranked.size(), first + std::size_t(std::clamp(query.limit, 1, 100)));
    for (std::size_t i = first; i < end; ++i) {
        const Ranked& ranked = matches.ranked[i];
        Texts texts = tx.value<Texts>(hit_with_texts, ranked.id);
        Hit hit{std::move(texts.module), std::move(texts.title), std::move(texts.url), std::move(texts.facet)};
        hit.item = ranked.item;
        hit.at = ranked.at;
        hit.score = double(ranked.score) / 1000;
        hit.snippet = snippet(texts.summary, texts.body, wanted);
        hits.list.push_back(std::move(hit));
    }
    if (end > first && end < matches.ranked.size()) hits.next = cursor_of(matches.ranked[end - 1]);
    return hits;
}

std::vector<std::int64_t> find_items(db::Tx& tx, const Query& query) {
    const Parsed parsed = parse(query.text);
    if (!parsed.finds_something() || query.audiences.empty()) return {};
    const Matches matches = match(tx, parsed, query, for_lists);
    std::vector<std::int64_t> items;
    for (const Ranked& ranked : matches.ranked) {
        if (int(items.size()) == query.limit) break;
        items.push_back(ranked.item);
    }
    return items;
}

}  // namespace mitwirken::search
