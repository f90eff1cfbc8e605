// What the API answers, as JSON Schema, for the description of the API.
#include "core/api/api.h"
#include "modules/toolbox/pages.h"

namespace mitwirken::toolbox {

namespace {

namespace schema = core::schema;
using core::Json;

Json words_in(const Facet& facet) {
    std::vector<std::string_view> values;
    for (const auto& choice : facet.choices) values.push_back(choice.word);
    return schema::list(schema::words(values));
}

Json link() {
    return schema::object({{"title", schema::text()},
                           {"url", schema::text()},
                           {"note", schema::text()},
                           {"title_en", schema::text()},
                           {"note_en", schema::text()}},
                          {"url", "note", "title_en", "note_en"});
}

Json file() {
    return schema::object({{"title", schema::text()},
                           {"name", schema::text()},
                           {"type", schema::text("Media type")},
                           {"bytes", schema::integer()},
                           {"url", schema::address()}});
}

Json experience() {
    return schema::object({{"title", schema::text()},
                           {"occasion", schema::text()},
                           {"when", schema::text()},
                           {"went_well", schema::text()},
                           {"went_badly", schema::text()},
                           {"advice", schema::text()},
                           {"organisation", schema::text()},
                           {"participants", schema::or_null(schema::integer())}});
}

Json format() {
    const auto number = schema::or_null(schema::integer());
    const auto effort = schema::object(
        {{"lead_days", number}, {"staff_days", number}, {"cost", schema::words({"", "low", "medium", "high"})}});
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"title_en", schema::text()},
                           {"summary", schema::text()},
                           {"summary_en", schema::text()},
                           {"purposes", words_in(purposes())},
                           {"forms", words_in(forms())},
                           {"group_sizes", words_in(group_sizes())},
                           {"distance", schema::boolean()},
                           {"publish", schema::boolean()},
                           {"description", schema::markdown()},
                           {"description_en", schema::markdown()},
                           {"tips", schema::markdown()},
                           {"tips_en", schema::markdown()},
                           {"tip_materials", schema::list(schema::ref("FormatLink"))},
                           {"tools", schema::list(schema::ref("FormatLink"))},
                           {"related", schema::list(schema::text("Key of another format"))},
                           {"duration", schema::text()},
                           {"duration_en", schema::text()},
                           {"source", schema::text()},
                           {"source_en", schema::text()},
                           {"files", schema::list(schema::ref("FormatFile"))},
                           {"effort", effort},
                           {"url", schema::address()},
                           {"published_at", schema::instant()},
                           {"changed_at", schema::instant()}});
}

Json whole_format() {
    auto json = format();
    json["properties"]["experiences"] = schema::list(schema::ref("Experience"));
    json["required"].push_back("experiences");
    return json;
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() {
    return {{"Format", format},
            {"WholeFormat", whole_format},
            {"FormatLink", link},
            {"FormatFile", file},
            {"Experience", experience}};
}

void describe_api(core::Route& all, core::Route& one) {
    all.api = {.summary = tr_noop("Published formats of the toolbox"),
               .query = {core::after_parameter(), core::limit_parameter()},
               .schema = [] { return schema::page_of("Format"); }};
    one.api = {.summary = tr_noop("One published format with the experiences made with it"),
               .schema = [] { return schema::ref("WholeFormat"); }};
}

}  // namespace mitwirken::toolbox
