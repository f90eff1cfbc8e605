// Writing the index. What differs between the engines is said in built statements, not in named queries, because the
// other engine could not prepare them.
#include <map>
#include <set>

#include <fmt/format.h>

#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/search/analyse.h"
#include "platform/search/match.h"
#include "platform/search/search.h"

namespace mitwirken::search {

namespace {

constexpr std::size_t longest_text = 200000;  // bytes; beyond, positions and tsvector have their limits
constexpr std::size_t largest_gap = 100;      // between title, summary and body, so that no phrase reaches across

const db::Query known_document{"search.known", R"(
    SELECT id, tenant_id, title FROM platform_search_document WHERE module = :module AND item = :item)"};

const db::Query insert_text{"search.insert_text", R"(
    INSERT INTO platform_search_text (document_id, summary, body) VALUES (:id, :summary, :body)
    ON CONFLICT (document_id) DO UPDATE SET summary = excluded.summary, body = excluded.body)"};

const db::Query delete_document{"search.delete", "DELETE FROM platform_search_document WHERE id = :id"};

const db::Query add_word{"search.add_word", R"(
    INSERT INTO platform_search_word (tenant_id, folded, word, ending, documents)
    VALUES (:tenant, :folded, :word, :ending, 1)
    ON CONFLICT (tenant_id, folded) DO UPDATE SET documents = platform_search_word.documents + 1)"};

const db::Query take_word{"search.take_word", R"(
    UPDATE platform_search_word SET documents = documents - 1 WHERE tenant_id = :tenant AND folded = :folded)"};

const db::Query delete_word{"search.delete_word", R"(
    DELETE FROM platform_search_word WHERE tenant_id = :tenant AND folded = :folded AND documents <= 0)"};

struct Known {
    DocumentId id;
    std::int64_t tenant;
    std::string title;
};

std::map<std::string, std::string> title_words(std::string_view title) {
    std::map<std::string, std::string> result;  // folded -> as people write it
    each_word(title, [&result](Word&& word) {
        const bool number = word.lower.find_first_of("0123456789") != std::string::npos;
        if (!number && word.lower.size() >= 4) result.emplace(folded(word.lower), word.lower);
        return true;
    });
    return result;
}

// Only words that come or go are touched: a row that many documents share is not worth a conflict.
void change_words(db::Tx& tx, std::int64_t old_tenant, const std::string& old_title, std::int64_t tenant,
                  const std::string& title) {
    const auto before = title_words(old_title), after = title_words(title);
    for (const auto& [folded_word, word] : after) {
        if (old_tenant == tenant && before.contains(folded_word)) continue;
        const std::string ending =
            folded_word.substr(folded_word.size() - std::min<std::size_t>(3, folded_word.size()));
        tx.exec(add_word, tenant, folded_word, word, ending);
    }
    for (const auto& [folded_word, word] : before) {
        if (old_tenant == tenant && after.contains(folded_word)) continue;
        tx.exec(take_word, old_tenant, folded_word);
        tx.exec(delete_word, old_tenant, folded_word);
    }
}

std::string shortened(const std::string& text) {
    if (text.size() <= longest_text) return text;
    std::size_t end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

void add_positions(std::string& vector, std::int64_t tenant, const std::string& stemmed, std::size_t& position) {
    for (const std::string& term : split(stemmed, ' ')) {
        if (!term.empty()) vector += fmt::format("'{}':{} ", text_term(tenant, term), ++position);
    }
    position += largest_gap;
}

struct Terms {
    std::string title, summary, body, scope;
};

Terms terms_of(const Document& document, const std::string& body) {
    return {stems(document.title), stems(document.summary), stems(body),
            audience_term(document.tenant, document.audience) + ' ' + facet_term(document.tenant, document.facet) +
                ' ' + module_term(document.tenant, document.module)};
}

std::string vector_of(const Document& document, const Terms& terms, DocumentId id) {
    std::string vector;
    std::size_t position = 0;
    for (const std::string& text : {terms.title, terms.summary, terms.body}) {
        add_positions(vector, document.tenant, text, position);
    }
    for (const std::string& term : split(terms.title, ' ')) {
        if (!term.empty()) vector += "'" + title_term(document.tenant, term) + "' ";
    }
    vector += "'" + facet_term(document.tenant, document.facet) + "' '" +
              module_term(document.tenant, document.module) + "' ";
    for (std::size_t level = 0; level < window_widths.size(); ++level) {
        vector += "'" + window_term(level, id.value / window_widths[level]) + "' ";
    }
    return vector;
}

// A term stays when its last document goes: then it finds nothing.
void note_long_terms(db::Tx& tx, const Terms& terms) {
    std::set<std::string> all;
    for (const std::string* text : {&terms.title, &terms.summary, &terms.body})
        for (auto& term : split(*text, ' '))
            if (term.size() > longest_indexed_beginning) all.insert(std::move(term));
    for (const auto& term : all)
        tx.exec_built("INSERT INTO platform_search_term (term) VALUES (:p1) ON CONFLICT DO NOTHING", term);
}

DocumentId store_sqlite(db::Tx& tx, const Document& document, const Terms& terms) {
    const auto id = tx.all_built<DocumentId>(
        "INSERT INTO platform_search_document (tenant_id, module, item, audience, facet, url, title, title_terms, "
        "summary_terms, at) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10) "
        "ON CONFLICT (module, item) DO UPDATE SET tenant_id = excluded.tenant_id, audience = excluded.audience, "
        "facet = excluded.facet, url = excluded.url, title = excluded.title, title_terms = excluded.title_terms, "
        "summary_terms = excluded.summary_terms, at = excluded.at RETURNING id",
        document.tenant, document.module, document.item, document.audience, document.facet, document.url,
        document.title, terms.title, terms.summary, document.at);
    tx.exec_built("DELETE FROM platform_search_index WHERE rowid = :p1", id.at(0));
    tx.exec_built(
        "INSERT INTO platform_search_index (rowid, title, summary, body, scope) VALUES (:p1, :p2, :p3, :p4, :p5)",
        id.at(0), terms.title, terms.summary, terms.body, terms.scope);
    tx.exec_built("DELETE FROM platform_search_title WHERE rowid = :p1", id.at(0));
    tx.exec_built("INSERT INTO platform_search_title (rowid, title, scope) VALUES (:p1, :p2, :p3)", id.at(0),
                  terms.title, terms.scope);
    note_long_terms(tx, terms);
    return id.at(0);
}

// The id is known before the row is, because the row holds its windows.
DocumentId store_postgresql(db::Tx& tx, const Document& document, const Terms& terms, std::optional<DocumentId> known) {
    if (!known) {
        known =
            tx.all_built<DocumentId>("SELECT nextval(pg_get_serial_sequence('platform_search_document', 'id'))").at(0);
    }
    const auto id = tx.all_built<DocumentId>(
        "INSERT INTO platform_search_document (tenant_id, module, item, audience, facet, url, title, title_terms, "
        "summary_terms, at, terms, id) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, "
        "CAST(:p11 AS tsvector), :p12) "
        "ON CONFLICT (module, item) DO UPDATE SET tenant_id = excluded.tenant_id, audience = excluded.audience, "
        "facet = excluded.facet, url = excluded.url, title = excluded.title, title_terms = excluded.title_terms, "
        "summary_terms = excluded.summary_terms, at = excluded.at, terms = excluded.terms RETURNING id",
        document.tenant, document.module, document.item, document.audience, document.facet, document.url,
        document.title, terms.title, terms.summary, document.at, vector_of(document, terms, *known), *known);
    return id.at(0);
}

}  // namespace

void put(db::Tx& tx, const Document& document) {
    const auto known = tx.one<Known>(known_document, document.module, document.item);
    const std::string body = shortened(document.body);
    const Terms terms = terms_of(document, body);
    const DocumentId id = tx.engine() == db::Engine::sqlite
                              ? store_sqlite(tx, document, terms)
                              : store_postgresql(tx, document, terms, known ? std::optional(known->id) : std::nullopt);
    tx.exec(insert_text, id, document.summary, body);
    change_words(tx, known ? known->tenant : 0, known ? known->title : "", document.tenant, document.title);
}

void remove(db::Tx& tx, const std::string& module, std::int64_t item) {
    const auto known = tx.one<Known>(known_document, module, item);
    if (!known) return;
    if (tx.engine() == db::Engine::sqlite) {
        tx.exec_built("DELETE FROM platform_search_index WHERE rowid = :p1", known->id);
        tx.exec_built("DELETE FROM platform_search_title WHERE rowid = :p1", known->id);
    }
    tx.exec(delete_document, known->id);
    change_words(tx, known->tenant, known->title, known->tenant, "");
}

}  // namespace mitwirken::search
