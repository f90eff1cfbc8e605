// What somebody typed, taken apart, and how it is said to each engine.
// Invariant: everything in an expression is made of terms (letters and digits) and our own signs, so nothing typed can
// be an operator.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/search/search.h"

namespace mitwirken::search {

struct Term {
    std::string stem, folded;
    std::string other;               // "buerger": the stem of "bürger"; "" when there is none
    bool prefix = false;             // the last word, perhaps not finished
    std::size_t begin = 0, end = 0;  // in the text typed

    bool matches(std::string_view indexed) const {
        return indexed == stem || (!other.empty() && indexed == other) || (prefix && indexed.starts_with(folded));
    }
};

struct Clause {
    std::vector<Term> terms;  // more than one: a phrase
    bool excluded = false;
};

struct Parsed {
    std::vector<Clause> clauses;
    bool finds_something() const;
    std::vector<Term> wanted() const;
};

Parsed parse(std::string_view text);

// Words of the scope column: a document has one of each; they hold only a-z and 0-9.
std::string audience_term(std::int64_t tenant, std::string_view audience);
std::string facet_term(std::int64_t tenant, std::string_view facet);
std::string module_term(std::int64_t tenant, std::string_view module);

enum class Fields { all, title };
std::string fts5_expression(const Parsed& parsed, const Query& query, Fields fields);
std::string tsquery(const Parsed& parsed, const Query& query, Fields fields);

}  // namespace mitwirken::search
