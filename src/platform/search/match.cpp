// See match.h. The statements are built, not named queries, because the other engine could not prepare them.
#include "platform/search/match.h"

#include <algorithm>

#include <fmt/format.h>

namespace mitwirken::search {

namespace {

const db::Query newest_document{"search.newest", "SELECT COALESCE(max(id), 0) FROM platform_search_document"};

std::string sqlite_matches(const std::string& index) {
    return "SELECT d.id, d.item, d.at, d.facet, d.title_terms, d.summary_terms FROM " + index +
           " i CROSS JOIN platform_search_document d ON d.id = i.rowid WHERE " + index +
           " MATCH :p1 ORDER BY i.rowid DESC LIMIT :p2";
}

// The index of titles knows nothing of the texts in which an excluded word must not stand.
std::string sqlite_index(const Parsed& parsed, Fields fields) {
    const bool excludes =
        std::any_of(parsed.clauses.begin(), parsed.clauses.end(), [](const Clause& clause) { return clause.excluded; });
    return fields == Fields::title && !excludes ? "platform_search_title" : "platform_search_index";
}

// "id + 0": with the plain id the planner likes to walk through the primary key and to unpack every row's terms.
std::string postgresql_matches(std::size_t audiences) {
    std::string sql =
        "SELECT id, item, at, facet, title_terms, summary_terms FROM platform_search_document "
        "WHERE terms @@ CAST(:p1 AS tsquery) AND tenant_id = :p3 AND audience IN (";
    for (std::size_t i = 0; i < audiences; ++i) sql += fmt::format("{}:p{}", i == 0 ? "" : ", ", i + 4);
    return sql + ") ORDER BY id + 0 DESC LIMIT :p2";
}

std::vector<Match> ask_postgresql(db::Tx& tx, const std::string& expression, const Query& query, int most) {
    std::vector<db::Parameter> values{expression, std::int64_t{most}, query.tenant};
    for (const std::string& audience : query.audiences) values.emplace_back(audience);
    return tx.all_built_with<Match>(postgresql_matches(query.audiences.size()), values);
}

// Terms beginning with a long word that may not be finished. Where there are very many, the index looks for itself.
constexpr std::size_t most_completions = 128;

Parsed with_completions(db::Tx& tx, Parsed parsed) {
    for (Clause& clause : parsed.clauses)
        for (Term& term : clause.terms) {
            if (!term.prefix || term.folded.size() <= longest_indexed_beginning) continue;
            std::string behind = term.folded;
            behind.back() = char(static_cast<unsigned char>(behind.back()) + 1);
            auto found = tx.all_built<std::string>(
                "SELECT term FROM platform_search_term WHERE term >= :p1 AND term < :p2 ORDER BY term LIMIT :p3",
                term.folded, behind, std::int64_t(most_completions) + 1);
            if (found.size() <= most_completions) term.completions = std::move(found);
        }
    return parsed;
}

}  // namespace

std::string window_term(std::size_t level, std::int64_t number) { return fmt::format("w{}x{}", level, number); }

std::vector<Match> newest_matches(db::Tx& tx, const Parsed& parsed, const Query& query, Fields fields, int most) {
    if (tx.engine() == db::Engine::sqlite) {
        return tx.all_built<Match>(sqlite_matches(sqlite_index(parsed, fields)),
                                   fts5_expression(with_completions(tx, parsed), query, fields), most);
    }
    const auto newest = tx.value<std::int64_t>(newest_document);
    for (std::size_t level = 0; level < window_widths.size(); ++level) {
        const std::int64_t last = newest / window_widths[level];
        if (last < 2) break;  // two windows would be nearly everything
        const std::string window = fmt::format("('{}'|'{}')", window_term(level, last), window_term(level, last - 1));
        auto found = ask_postgresql(tx, tsquery(parsed, query, fields, window), query, most);
        if (int(found.size()) == most) return found;
    }
    return ask_postgresql(tx, tsquery(parsed, query, fields, ""), query, most);
}

}  // namespace mitwirken::search
