// Full-text search over everything that has a page. Terms are made in C++ (analyse.h: German Snowball stems, umlauts
// folded, gender endings and stop words off) for SQLite FTS5 and PostgreSQL tsvector alike, so both find the same.
//
// Invariants
//  * The index is written in the same transaction as what it describes and holds only what a reader with that audience
//    may see; tenant and audience are part of every question to it.
//  * The cost of a search is bounded: the newest 200 documents that match (most_found), and of more the newest 100 that
//    match in their titles, are ranked; paging ends behind them, the count then says "over 200". Up to 200 it is exact.
//    For find_items the bounds are 1,000 and 300, because a module's filters take away from what is found.
//  * Rank: a wanted word counts 8 in the title, 3 in the summary, 1 in the text, a beginning of a word less; more when
//    the title has the words in the order typed; then the newer first. The same on both engines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::search {

inline constexpr int most_found = 200;

struct Document {
    std::int64_t tenant = 0;
    std::string module;                // "toolbox"
    std::int64_t item = 0;             // the module's id
    std::string audience;              // "public" or "staff": a query names the audiences it may see
    std::string title, summary, body;  // plain text; weights 8 : 3 : 1
    std::string url;                   // path without language prefix
    std::string facet;                 // kind for people: "format", "offer", "news", "event", "page"
    Timestamp at{};                    // date shown and used to break ties
};
// One document for each (module, item): putting it again replaces it. Of the body the first 200,000 bytes are indexed.
void put(db::Tx& tx, const Document& document);
void remove(db::Tx& tx, const std::string& module, std::int64_t item);

struct Query {
    std::int64_t tenant = 0;
    std::vector<std::string> audiences;
    std::string text;    // as typed; "quoted words" = in this order; -word = not; the last word also as prefix
    std::string facet;   // "" = all; the facets of Hits are counted without it
    std::string module;  // "" = all
    int limit = 20;
    std::string after;  // cursor from Hits::next, "" = from the start
};
struct Hit {
    std::string module, title, url, facet;
    std::int64_t item = 0;
    std::string snippet;  // plain text with \x01 … \x02 around the words found
    Timestamp at{};
    double score = 0;
};
struct Hits {
    std::vector<Hit> list;
    std::string next;                                          // "" = no more
    std::int64_t count = 0;                                    // exact up to most_found, one more = "over most_found"
    std::vector<std::pair<std::string, std::int64_t>> facets;  // the same limit
};
Hits find(db::Tx& tx, const Query& query);
// Does this have the form of Hits::next? What has not counts as "from the start" in find().
bool is_cursor(const std::string& text);
// The ids only, best first, at most `limit`: for lists of a module that also filter by their own columns.
std::vector<std::int64_t> find_items(db::Tx& tx, const Query& query);

// Does the index hold this item for this audience now?
bool is_shown(db::Tx& tx, std::int64_t tenant, const std::string& module, std::int64_t item,
              const std::string& audience);
// Title, summary and body of an item in the index.
std::optional<std::string> text_of(db::Tx& tx, const std::string& module, std::int64_t item);
// One text, read once, and asked whether searches find it that somebody has saved. No index, no database.
class ReadText {
public:
    explicit ReadText(std::string_view text);
    bool found_by(std::string_view query) const;

private:
    std::vector<std::string> stems_;
};

// "Did you mean": nothing, or the query with its unknown words replaced by near ones from the index.
std::optional<std::string> suggestion(db::Tx& tx, const Query& query);

}  // namespace mitwirken::search
