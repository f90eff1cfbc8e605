// Inside this folder: the newest documents that match, on either engine, at a bounded cost.
//
// SQLite's FTS5 walks through its lists from the newest document on and stops when there are enough. PostgreSQL's GIN
// cannot: it would fetch every match and sort. So each document also has terms for the windows of ids it lies in, and
// the windows are asked from the narrowest on; the index alone answers "this word, in this window", and at most about
// eight times the wanted number of rows is fetched.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "platform/db/db.h"
#include "platform/search/parse.h"

namespace mitwirken::search {

using DocumentId = Id<struct DocumentTag>;

constexpr std::array<std::int64_t, 3> window_widths{2048, 16384, 131072};
std::string window_term(std::size_t level, std::int64_t number);

// Beginnings up to this length stand in SQLite's index themselves.
constexpr std::size_t longest_indexed_beginning = 10;

struct Match {
    std::int64_t id, item;
    Timestamp at;
    std::string facet, title_terms, summary_terms;
};
// At most `most`, the newest first. The query has audiences, and something is wanted.
std::vector<Match> newest_matches(db::Tx& tx, const Parsed& parsed, const Query& query, Fields fields, int most);

}  // namespace mitwirken::search
