// Answers of the API; see api.h.
#include "core/api/api.h"
#include "platform/base/text.h"

namespace mitwirken::core {

http::Response api_answer(const Json& value) { return http::Response::json(200, value.dump()); }

http::Response api_page(const Visit& visit, Json items, const std::string& cursor, const Json& more) {
    Json next = nullptr;
    if (!cursor.empty()) {
        Form query = visit.query;
        query.remove("after");
        query.add("after", cursor);
        next = visit.absolute(visit.path) + "?" + to_query(query);
    }
    Json answer{{"items", std::move(items)}, {"next", next}};
    answer.update(more);
    return api_answer(answer);
}

Json api_instant(const std::optional<Timestamp>& at) { return at ? Json(to_iso(*at)) : Json(nullptr); }
Json api_day(const std::optional<Date>& day) { return day ? Json(to_iso(*day)) : Json(nullptr); }
Json api_text(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json api_term(const Term& term) { return {{"key", term.key}, {"name", term.name}}; }

void add_api_terms(Json& json, const std::vector<Term>& terms) {
    json["topics"] = json["districts"] = Json::array();
    for (const auto& term : terms)
        if (term.tree == "topic" || term.tree == "district")
            json[term.tree == "topic" ? "topics" : "districts"].push_back(api_term(term));
}

}  // namespace mitwirken::core
