// What somebody typed, taken apart, and how it is said to each engine.
// Invariant: everything in an expression is made of terms (letters and digits) and our own signs, so nothing typed can
// be an operator.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/search/search.h"

namespace mitwirken::search {

struct Term {
    std::string stem, folded;
    std::string other;    // "buerger": the stem of "bürger"; "" when there is none
    bool prefix = false;  // the last word, perhaps not finished
    // SQLite, prefix: the terms of the index that the word may become; without them the index looks for the beginning.
    std::optional<std::vector<std::string>> completions;
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

// Words that say where a document belongs; they hold only a-z and 0-9.
std::string audience_term(std::int64_t tenant, std::string_view audience);
std::string facet_term(std::int64_t tenant, std::string_view facet);
std::string module_term(std::int64_t tenant, std::string_view module);

enum class Fields { all, title };
// SQLite: tenant and audience are terms of the expression.
std::string fts5_expression(const Parsed& parsed, const Query& query, Fields fields);

// PostgreSQL: every term begins with its tenant, those of titles stand there a second time; audiences are a column.
// `also` is a further part of the expression, "" for none.
std::string text_term(std::int64_t tenant, std::string_view stem);
std::string title_term(std::int64_t tenant, std::string_view stem);
std::string tsquery(const Parsed& parsed, const Query& query, Fields fields, const std::string& also);

}  // namespace mitwirken::search
