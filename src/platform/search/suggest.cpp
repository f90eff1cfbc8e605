// "Did you mean": words of a query that stand nowhere are replaced by near ones from titles; offered only when the
// result finds something.
#include <algorithm>

#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/search/parse.h"

namespace mitwirken::search {

namespace {

const db::Query words_beginning{"search.words_beginning", R"(
    SELECT folded, word, documents FROM platform_search_word
    WHERE tenant_id = :tenant AND folded >= :from AND folded < :behind ORDER BY folded LIMIT 3000)"};

const db::Query words_ending{"search.words_ending", R"(
    SELECT folded, word, documents FROM platform_search_word
    WHERE tenant_id = :tenant AND ending = :ending LIMIT 3000)"};

struct Candidate {
    std::string folded, word;
    std::int64_t documents;
};

bool found_anywhere(db::Tx& tx, const Query& query, const std::string& text) {
    const Parsed parsed = parse(text);
    if (!parsed.finds_something() || query.audiences.empty()) return false;
    Query everything = query;
    everything.facet.clear();
    if (tx.engine() == db::Engine::sqlite) {
        return !tx.all_built<std::int64_t>(
                      "SELECT rowid FROM platform_search_index WHERE platform_search_index MATCH :p1 LIMIT 1",
                      fts5_expression(parsed, everything, Fields::all))
                    .empty();
    }
    return !tx.all_built<std::int64_t>(
                  "SELECT id FROM platform_search_document WHERE terms @@ CAST(:p1 AS tsquery) LIMIT 1",
                  tsquery(parsed, everything, Fields::all))
                .empty();
}

// A slip is either behind the first two letters or before the last three.
std::optional<std::string> near_word(db::Tx& tx, std::int64_t tenant, const std::string& word) {
    if (word.size() < 4) return {};
    const std::string begin = word.substr(0, 2);
    std::string behind = begin;
    behind.back() = char(static_cast<unsigned char>(behind.back()) + 1);
    std::vector<Candidate> candidates;
    if (static_cast<unsigned char>(begin[0]) < 128 && static_cast<unsigned char>(begin[1]) < 127) {
        candidates = tx.all<Candidate>(words_beginning, tenant, begin, behind);
    }
    for (auto& candidate : tx.all<Candidate>(words_ending, tenant, word.substr(word.size() - 3))) {
        candidates.push_back(std::move(candidate));
    }
    // Of words that are equally near, the one that more documents have.
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.documents > b.documents; });
    std::vector<std::string> plain;
    for (const Candidate& candidate : candidates) plain.push_back(candidate.folded);
    const auto best = nearest(word, plain);
    if (!best || *best == word) return {};
    return candidates[std::size_t(std::find(plain.begin(), plain.end(), *best) - plain.begin())].word;
}

}  // namespace

std::optional<std::string> suggestion(db::Tx& tx, const Query& query) {
    const std::vector<Term> wanted = parse(query.text).wanted();
    std::string better = query.text;
    bool changed = false;
    for (auto term = wanted.rbegin(); term != wanted.rend(); ++term) {  // from the end, so that positions stay true
        // A word behind which something may come is searched as a beginning, as in the query itself.
        const std::string typed = query.text.substr(term->begin, term->end - term->begin) + (term->prefix ? "" : " ");
        if (found_anywhere(tx, query, typed)) continue;
        const auto near = near_word(tx, query.tenant, term->folded);
        if (!near) continue;
        better.replace(term->begin, term->end - term->begin, *near);
        changed = true;
    }
    if (!changed || !found_anywhere(tx, query, better)) return {};
    return better;
}

}  // namespace mitwirken::search
