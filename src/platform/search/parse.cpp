// Queries; see parse.h.
#include "platform/search/parse.h"

#include <algorithm>

#include <fmt/format.h>

#include "platform/base/text.h"
#include "platform/search/analyse.h"

namespace mitwirken::search {

namespace {

constexpr std::size_t most_terms = 12;
constexpr std::size_t shortest_prefix = 3;  // bytes; shorter ones match half the index

// "buerger" -> "bürger", for keyboards without umlauts; "" when nothing changes.
std::string with_umlauts(std::string_view lower) {
    std::string result;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const bool pair =
            i + 1 < lower.size() && lower[i + 1] == 'e' && (lower[i] == 'a' || lower[i] == 'o' || lower[i] == 'u');
        if (!pair) {
            result += lower[i];
            continue;
        }
        result += lower[i] == 'a' ? "ä" : lower[i] == 'o' ? "ö" : "ü";
        ++i;
    }
    return result == lower ? std::string() : result;
}

Term term_of(const Word& word, std::size_t offset) {
    Term term{stem(word.lower), folded(word.lower), {}, false, {}, offset + word.begin, offset + word.end};
    const std::string umlauts = with_umlauts(word.lower);
    if (!umlauts.empty()) term.other = stem(umlauts);
    return term;
}

// One piece between spaces, or between quotation marks.
void add_piece(Parsed& parsed, std::string_view piece, std::size_t offset, bool phrase, bool excluded) {
    Clause clause;
    clause.excluded = excluded;
    for (const Word& word : words(piece)) {
        clause.terms.push_back(term_of(word, offset));
        if (phrase) {
            clause.terms.back().other.clear();
            continue;
        }
        parsed.clauses.push_back(std::move(clause));
        clause = {};
        clause.excluded = excluded;
    }
    if (!clause.terms.empty()) parsed.clauses.push_back(std::move(clause));
}

std::string plain(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'y') || (c >= '0' && c <= '9'))
            result += c;
        else
            result += fmt::format("z{:02x}", static_cast<unsigned char>(c));
    }
    return result;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    return parts.size() == 1 ? parts[0] : "(" + join(parts, between) + ")";
}

std::string fts5_term(const Term& term) {
    std::vector<std::string> ways{"\"" + term.stem + "\""};
    if (!term.other.empty()) ways.push_back("\"" + term.other + "\"");
    if (term.prefix && !term.completions) ways.push_back("\"" + term.folded + "\"*");
    if (term.prefix && term.completions)
        for (const auto& whole : *term.completions) ways.push_back("\"" + whole + "\"");
    return joined(ways, " OR ");
}

std::string tsquery_term(const Term& term, std::int64_t tenant, Fields fields) {
    const auto said = [&](const std::string& word) {
        return "'" + (fields == Fields::title ? title_term(tenant, word) : text_term(tenant, word)) + "'";
    };
    std::vector<std::string> ways{said(term.stem)};
    if (!term.other.empty()) ways.push_back(said(term.other));
    if (term.prefix) ways.push_back(said(term.folded) + ":*");
    return joined(ways, "|");
}

}  // namespace

bool Parsed::finds_something() const {
    return std::any_of(clauses.begin(), clauses.end(), [](const Clause& clause) { return !clause.excluded; });
}

std::vector<Term> Parsed::wanted() const {
    std::vector<Term> result;
    for (const Clause& clause : clauses) {
        if (!clause.excluded) result.insert(result.end(), clause.terms.begin(), clause.terms.end());
    }
    return result;
}

Parsed parse(std::string_view text) {
    Parsed parsed;
    std::size_t at = 0;
    bool open_end = false;  // the last piece is a word that may go on
    while (at < text.size() && parsed.clauses.size() < most_terms) {
        if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n') {
            ++at;
            continue;
        }
        const bool excluded = text[at] == '-' && at + 1 < text.size() && text[at + 1] != ' ';
        if (excluded) ++at;
        const bool phrase = text[at] == '"';
        if (phrase) ++at;
        const std::size_t end = std::min(text.find_first_of(phrase ? "\"" : " \t\n", at), text.size());
        const std::size_t before = parsed.clauses.size();
        add_piece(parsed, text.substr(at, end - at), at, phrase, excluded);
        open_end = !phrase && !excluded && parsed.clauses.size() > before;
        at = phrase ? end + 1 : end;
    }
    if (open_end && parsed.clauses.back().terms[0].end == text.size()) {
        Term& last = parsed.clauses.back().terms[0];
        last.prefix = last.folded.size() >= shortest_prefix;
    }
    return parsed;
}

std::string audience_term(std::int64_t tenant, std::string_view audience) {
    return fmt::format("a{}x{}", tenant, plain(audience));
}
std::string facet_term(std::int64_t tenant, std::string_view facet) {
    return fmt::format("f{}x{}", tenant, plain(facet));
}
std::string module_term(std::int64_t tenant, std::string_view module) {
    return fmt::format("m{}x{}", tenant, plain(module));
}

std::string fts5_expression(const Parsed& parsed, const Query& query, Fields fields) {
    std::vector<std::string> audiences, wanted, unwanted;
    for (const std::string& audience : query.audiences) {
        audiences.push_back("\"" + audience_term(query.tenant, audience) + "\"");
    }
    wanted.push_back("scope : " + joined(audiences, " OR "));
    if (!query.facet.empty()) wanted.push_back("scope : \"" + facet_term(query.tenant, query.facet) + "\"");
    if (!query.module.empty()) wanted.push_back("scope : \"" + module_term(query.tenant, query.module) + "\"");
    for (const Clause& clause : parsed.clauses) {
        std::string said;
        if (clause.terms.size() == 1) {
            said = fts5_term(clause.terms[0]);
        } else {
            for (const Term& term : clause.terms) said += (said.empty() ? "\"" : " ") + term.stem;
            said += '"';
        }
        const bool title_only = fields == Fields::title && !clause.excluded;
        (clause.excluded ? unwanted : wanted).push_back((title_only ? "title : " : "{title summary body} : ") + said);
    }
    std::string expression = "(" + join(wanted, " AND ") + ")";
    if (!unwanted.empty()) expression += " NOT (" + join(unwanted, " OR ") + ")";
    return expression;
}

std::string text_term(std::int64_t tenant, std::string_view stem) { return fmt::format("{}x{}", tenant, stem); }
std::string title_term(std::int64_t tenant, std::string_view stem) { return fmt::format("{}t{}", tenant, stem); }

std::string tsquery(const Parsed& parsed, const Query& query, Fields fields, const std::string& also) {
    std::vector<std::string> all;
    if (!also.empty()) all.push_back(also);
    if (!query.facet.empty()) all.push_back("'" + facet_term(query.tenant, query.facet) + "'");
    if (!query.module.empty()) all.push_back("'" + module_term(query.tenant, query.module) + "'");
    for (const Clause& clause : parsed.clauses) {
        const bool phrase = clause.terms.size() > 1;
        std::vector<std::string> terms;
        for (const Term& term : clause.terms) {
            // The words of a title have no positions of their own: a phrase is looked for in the whole text, too.
            if (fields == Fields::title && !clause.excluded) all.push_back(tsquery_term(term, query.tenant, fields));
            terms.push_back(tsquery_term(term, query.tenant, Fields::all));
        }
        if (fields == Fields::title && !clause.excluded && !phrase) continue;
        all.push_back((clause.excluded ? "!" : "") + joined(terms, "<->"));
    }
    return join(all, "&");
}

}  // namespace mitwirken::search
