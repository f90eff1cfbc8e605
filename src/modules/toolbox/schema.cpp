// What the API answers, as JSON Schema, for the description of the API.
#include <nlohmann/json.hpp>

#include "modules/toolbox/pages.h"

namespace mitwirken::toolbox {

namespace {

using nlohmann::ordered_json;

ordered_json list_of(ordered_json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
ordered_json text() { return {{"type", "string"}}; }
ordered_json number_or_null() { return {{"type", {"integer", "null"}}}; }

ordered_json words_in(const Facet& facet) {
    auto words = ordered_json::array();
    for (const auto& choice : facet.choices) words.push_back(std::string(choice.word));
    return list_of({{"type", "string"}, {"enum", words}});
}

ordered_json object(ordered_json properties) {
    auto names = ordered_json::array();
    for (const auto& [name, schema] : properties.items()) names.push_back(name);
    return {{"type", "object"}, {"properties", std::move(properties)}, {"required", names}};
}

ordered_json format() {
    const ordered_json link{{"type", "object"},
                            {"properties", {{"title", text()}, {"url", text()}, {"note", text()}}},
                            {"required", {"title"}}};
    const auto file = object(
        {{"title", text()}, {"name", text()}, {"type", text()}, {"bytes", {{"type", "integer"}}}, {"url", text()}});
    const auto effort = object({{"lead_days", number_or_null()},
                                {"staff_days", number_or_null()},
                                {"cost", {{"type", "string"}, {"enum", {"", "low", "medium", "high"}}}}});
    const ordered_json instant{{"type", "string"}, {"format", "date-time"}};
    return object({{"key", text()},
                   {"title", text()},
                   {"title_en", text()},
                   {"summary", text()},
                   {"summary_en", text()},
                   {"purposes", words_in(purposes())},
                   {"forms", words_in(forms())},
                   {"group_sizes", words_in(group_sizes())},
                   {"distance", {{"type", "boolean"}}},
                   {"publish", {{"type", "boolean"}}},
                   {"description", {{"type", "string"}, {"description", "CommonMark"}}},
                   {"tips", {{"type", "string"}, {"description", "CommonMark"}}},
                   {"tip_materials", list_of(link)},
                   {"tools", list_of(link)},
                   {"related", list_of(text())},
                   {"duration", text()},
                   {"source", text()},
                   {"files", list_of(file)},
                   {"effort", effort},
                   {"url", text()},
                   {"published_at", instant},
                   {"changed_at", instant}});
}

}  // namespace

std::string format_list_schema() {
    return object({{"items", list_of(format())}, {"next", {{"type", {"string", "null"}}}}}).dump();
}

std::string format_schema() {
    auto schema = format();
    schema["properties"]["experiences"] = list_of(object({{"title", text()},
                                                          {"occasion", text()},
                                                          {"when", text()},
                                                          {"went_well", text()},
                                                          {"went_badly", text()},
                                                          {"advice", text()},
                                                          {"organisation", text()},
                                                          {"participants", number_or_null()}}));
    schema["required"].push_back("experiences");
    return schema.dump();
}

}  // namespace mitwirken::toolbox
