// Full-text search over everything that has a page: SQLite FTS5 with a German Snowball tokenizer (umlauts folded, stop
// words kept out, stems) or PostgreSQL tsvector 'german'. The index is written in the same transaction as what it
// describes and holds only what a reader with that audience may see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::search {

struct Document {
    std::int64_t tenant = 0;
    std::string module;      // "toolbox"
    std::int64_t item = 0;   // the module's id
    std::string audience;    // "public" or "staff": a query names the audiences it may see
    std::string title, summary, body;  // plain text; weights 8 : 3 : 1
    std::string url;         // path without language prefix
    std::string facet;       // kind for people: "format", "offer", "news", "event", "page"
    Timestamp at{};          // date shown and used to break ties
};
void put(db::Tx& tx, const Document& document);
void remove(db::Tx& tx, const std::string& module, std::int64_t item);

struct Query {
    std::int64_t tenant = 0;
    std::vector<std::string> audiences;
    std::string text;             // as typed; "quoted words" = in this order; -word = not; the last word also as prefix
    std::string facet;            // "" = all
    std::string module;           // "" = all
    int limit = 20;
    std::string after;            // cursor from Hits::next, "" = from the start
};
struct Hit {
    std::string module, title, url, facet;
    std::int64_t item = 0;
    std::string snippet;          // plain text with \x01 … \x02 around the words found
    Timestamp at{};
    double score = 0;
};
struct Hits {
    std::vector<Hit> list;
    std::string next;             // "" = no more
    std::int64_t count = 0;       // exact up to 1,000, then 1,001 = "over 1,000"
    std::vector<std::pair<std::string, std::int64_t>> facets;  // the same limit
};
Hits find(db::Tx& tx, const Query& query);
// The ids only, best first, at most `limit`: for lists of a module that also filter by their own columns.
std::vector<std::int64_t> find_items(db::Tx& tx, const Query& query);

// "Did you mean": nothing, or the query with its unknown words replaced by near ones from the index.
std::optional<std::string> suggestion(db::Tx& tx, const Query& query);

}  // namespace mitwirken::search
