// Documentations in the API: what it answers, and what may be asked.
#include "core/api/api.h"
#include "modules/documentation/pages.h"

namespace mitwirken::documentation {

namespace {

namespace schema = core::schema;
using core::Json;
using core::Visit;

Json listed_schema() {
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"lead", schema::text()},
                           {"day", schema::or_null(schema::day())},
                           {"when", schema::text()},
                           {"url", schema::address()},
                           {"data", schema::address()}});
}

Json link_schema() { return schema::object({{"title", schema::text()}, {"url", schema::text()}}); }

Json question_schema() {
    const auto option = schema::object({{"text", schema::text()}, {"votes", schema::or_null(schema::integer())}});
    auto choose = schema::integer();
    choose["description"] = "How many answers one could give";
    return schema::object({{"text", schema::text()}, {"choose", choose}, {"options", schema::list(option)}});
}

Json session_schema() {
    const auto notes = schema::list(schema::text());
    const auto group = schema::object({{"title", schema::text()},
                                       {"quotes", notes},
                                       {"helpful", notes},
                                       {"improve", notes},
                                       {"new", notes},
                                       {"quintessence", schema::text()}});
    return schema::object({{"title", schema::text()},
                           {"question", schema::text()},
                           {"input", schema::markdown()},
                           {"groups", schema::list(group)}});
}

Json documentation_schema() {
    const auto points = schema::list(schema::object({{"group", schema::text()}, {"text", schema::text()}}));
    const auto key_points = schema::object({{"intro", schema::text()}, {"groups", points}});
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"lead", schema::text()},
                           {"day", schema::or_null(schema::day())},
                           {"when", schema::text()},
                           {"partners", schema::list(schema::text())},
                           {"why", schema::markdown()},
                           {"agenda", schema::list(schema::text())},
                           {"moods", schema::text()},
                           {"questions", schema::list(schema::ref("DialogueQuestion"))},
                           {"sessions", schema::list(schema::ref("DialogueSession"))},
                           {"key_points", key_points},
                           {"closing", schema::markdown()},
                           {"contact", schema::text()},
                           {"credits", schema::text()},
                           {"note", schema::text()},
                           {"links", schema::list(schema::ref("DocumentationLink"))},
                           {"changed", schema::instant()},
                           {"url", schema::address()}});
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() {
    return {{"ListedDocumentation", listed_schema},
            {"Documentation", documentation_schema},
            {"DialogueQuestion", question_schema},
            {"DialogueSession", session_schema},
            {"DocumentationLink", link_schema}};
}

void describe_api(core::Route& all, core::Route& one) {
    all.api = {.summary = tr_noop("Documentations of dialogues, newest first"),
               .query = {core::after_parameter(), core::limit_parameter()},
               .schema = [] { return schema::page_of("ListedDocumentation"); }};
    one.api = {.summary = tr_noop("One documentation: questions, sessions, groups with quotes, key points"),
               .schema = [] { return schema::ref("Documentation"); }};
}

http::Response api_list(Visit& visit) {
    const auto limit = std::size_t(core::api_limit(visit));
    auto documents =
        public_list(visit.tx, visit.tenant.id, core::api_after<DocumentId>(visit), visit.now, int(limit) + 1);
    until_next_publication(visit);
    const bool more = documents.size() > limit;
    if (more) documents.pop_back();
    auto items = Json::array();
    for (const auto& d : documents)
        items.push_back({{"key", d.key},
                         {"title", d.title},
                         {"lead", d.lead},
                         {"day", core::api_day(d.day)},
                         {"when", d.when_text},
                         {"url", visit.absolute("/ergebnisse/" + d.key)},
                         {"data", visit.absolute("/api/v1/documentations/" + d.key)}});
    return core::api_page(visit, std::move(items), more ? std::to_string(documents.back().id.value) : "");
}

http::Response api_one(Visit& visit) {
    Json value = to_json(load(visit.tx, public_document(visit)));
    value["url"] = visit.absolute("/ergebnisse/" + visit.parameter("key"));
    return core::api_answer(value);
}

}  // namespace mitwirken::documentation
