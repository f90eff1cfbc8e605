// What saved searches need: one text asked many questions, and what the index knows of one item.
#include <algorithm>

#include "platform/db/db.h"
#include "platform/search/analyse.h"
#include "platform/search/parse.h"
#include "platform/search/search.h"

namespace mitwirken::search {

namespace {

constexpr std::size_t longest_text = 200'000;

const db::Query shown_item{"search.shown", R"(
    SELECT id FROM platform_search_document
    WHERE module = :module AND item = :item AND tenant_id = :tenant AND audience = :audience)"};
const db::Query item_text{"search.item_text", R"(
    SELECT d.title, t.summary, t.body FROM platform_search_document d
    JOIN platform_search_text t ON t.document_id = d.id WHERE d.module = :module AND d.item = :item)"};

struct Texts {
    std::string title, summary, body;
};

// The terms of a clause one behind the other, as a phrase; a single one anywhere.
bool has(const std::vector<std::string>& stems, const Clause& clause) {
    const auto same = [](const std::string& stem, const Term& term) { return term.matches(stem); };
    return std::search(stems.begin(), stems.end(), clause.terms.begin(), clause.terms.end(), same) != stems.end();
}

}  // namespace

bool is_shown(db::Tx& tx, std::int64_t tenant, const std::string& module, std::int64_t item,
              const std::string& audience) {
    return tx.one<std::int64_t>(shown_item, module, item, tenant, audience).has_value();
}

std::optional<std::string> text_of(db::Tx& tx, const std::string& module, std::int64_t item) {
    const auto texts = tx.one<Texts>(item_text, module, item);
    if (!texts) return {};
    return texts->title + "\n" + texts->summary + "\n" + texts->body;
}

ReadText::ReadText(std::string_view text) {
    each_word(text.substr(0, longest_text), [this](Word&& word) {
        stems_.push_back(stem(word.lower));
        return true;
    });
}

bool ReadText::found_by(std::string_view query) const {
    const Parsed parsed = parse(query);
    return parsed.finds_something() &&
           std::all_of(parsed.clauses.begin(), parsed.clauses.end(),
                       [this](const Clause& clause) { return has(stems_, clause) != clause.excluded; });
}

}  // namespace mitwirken::search
