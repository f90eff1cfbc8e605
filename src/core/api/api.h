// What every API route shares: the pieces of its JSON Schema, how an answer is put together, and how its query is read.
// Invariants: a list answers {"items": […], "next": address or null}; addresses in answers are absolute; a parameter
// that is not described, or not of its kind, is refused with a sentence and never ignored.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/taxonomy/taxonomy.h"
#include "core/visit.h"

namespace mitwirken::core {

using Json = nlohmann::ordered_json;

// ---- schema.cpp: JSON Schema 2020-12, as OpenAPI 3.1 uses it
namespace schema {
Json text(std::string_view words = {});
Json markdown();
Json address();
Json day();
Json instant();
Json integer();
Json number();
Json boolean();
Json words(const std::vector<std::string_view>& values);
Json list(Json items);
Json or_null(Json of);
// Every property is required but those named in `optional`.
Json object(std::initializer_list<std::pair<std::string_view, Json>> properties,
            const std::vector<std::string_view>& optional = {});
// One of Manifest::api_schemas, or one of shared().
Json ref(std::string_view name);
// The answer of a list whose items are ref(name).
Json page_of(std::string_view name);
// Used by more than one module: Error, Term.
std::vector<ApiSchema> shared();
}  // namespace schema

// ---- query.cpp: parameters
ApiParameter limit_parameter();  // 1 to 100
ApiParameter after_parameter();
ApiParameter topic_parameter();
ApiParameter district_parameter();
// Throws BadRequest, naming the parameter, when the query is not what the description says.
void check_api_query(const ApiDescription& api, const Form& query);
int api_limit(const Visit& visit);  // 50 when nothing is said
// The terms named by topic= and district=; BadRequest for a key that there is not.
std::vector<TermId> api_terms(Visit& visit);
// A cursor that is an id; BadRequest when it is none.
template <class I>
I api_after(const Visit& visit) {
    const std::string& text = visit.query["after"];
    if (text.empty()) return I{};
    const auto number = to_int(text);
    if (!number || *number <= 0) throw BadRequest(tr_noop("“after” is not a place of this list."));
    return I{*number};
}

// ---- answer.cpp
http::Response api_answer(const Json& value);
// `cursor` is the "after" of the following page, "" when this is the last one; every other parameter stays. `more` are
// further fields of the answer.
http::Response api_page(const Visit& visit, Json items, const std::string& cursor, const Json& more = Json::object());
Json api_instant(const std::optional<Timestamp>& at);
Json api_day(const std::optional<Date>& day);
// null when there is nothing.
Json api_text(const std::string& text);
Json api_term(const Term& term);
// Adds "topics" and "districts".
void add_api_terms(Json& json, const std::vector<Term>& terms);

}  // namespace mitwirken::core
