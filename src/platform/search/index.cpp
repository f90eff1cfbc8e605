// Writing the index. What differs between the engines is said in built statements, not in named queries, because the
// other engine could not prepare them.
#include <map>
#include <set>

#include <fmt/format.h>

#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/search/analyse.h"
#include "platform/search/parse.h"
#include "platform/search/search.h"

namespace mitwirken::search {

namespace {

using DocumentId = Id<struct DocumentTag>;

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

void add_positions(std::string& vector, const std::string& stemmed, char weight, std::size_t& position) {
    for (std::size_t at = 0; at < stemmed.size();) {
        const std::size_t end = std::min(stemmed.find(' ', at), stemmed.size());
        vector += fmt::format("'{}':{}{} ", std::string_view(stemmed).substr(at, end - at), ++position, weight);
        at = end + 1;
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

std::string vector_of(const Terms& terms) {
    std::string vector;
    std::size_t position = 0;
    add_positions(vector, terms.title, 'A', position);
    add_positions(vector, terms.summary, 'B', position);
    add_positions(vector, terms.body, 'C', position);
    for (const std::string& term : split(terms.scope, ' ')) vector += "'" + term + "' ";
    return vector;
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
    return id.at(0);
}

DocumentId store_postgresql(db::Tx& tx, const Document& document, const Terms& terms) {
    const auto id = tx.all_built<DocumentId>(
        "INSERT INTO platform_search_document (tenant_id, module, item, audience, facet, url, title, title_terms, "
        "summary_terms, at, terms) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, CAST(:p11 AS tsvector)) "
        "ON CONFLICT (module, item) DO UPDATE SET tenant_id = excluded.tenant_id, audience = excluded.audience, "
        "facet = excluded.facet, url = excluded.url, title = excluded.title, title_terms = excluded.title_terms, "
        "summary_terms = excluded.summary_terms, at = excluded.at, terms = excluded.terms RETURNING id",
        document.tenant, document.module, document.item, document.audience, document.facet, document.url,
        document.title, terms.title, terms.summary, document.at, vector_of(terms));
    return id.at(0);
}

}  // namespace

void put(db::Tx& tx, const Document& document) {
    const auto known = tx.one<Known>(known_document, document.module, document.item);
    const std::string body = shortened(document.body);
    const Terms terms = terms_of(document, body);
    const DocumentId id =
        tx.engine() == db::Engine::sqlite ? store_sqlite(tx, document, terms) : store_postgresql(tx, document, terms);
    tx.exec(insert_text, id, document.summary, body);
    change_words(tx, known ? known->tenant : 0, known ? known->title : "", document.tenant, document.title);
}

void remove(db::Tx& tx, const std::string& module, std::int64_t item) {
    const auto known = tx.one<Known>(known_document, module, item);
    if (!known) return;
    if (tx.engine() == db::Engine::sqlite) {
        tx.exec_built("DELETE FROM platform_search_index WHERE rowid = :p1", known->id);
    }
    tx.exec(delete_document, known->id);
    change_words(tx, known->tenant, known->title, known->tenant, "");
}

}  // namespace mitwirken::search
