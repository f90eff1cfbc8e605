// Pieces of JSON Schema; see api.h.
#include "core/api/api.h"

namespace mitwirken::core::schema {

namespace {

Json typed(std::string_view type) { return {{"type", std::string(type)}}; }

Json error_schema() {
    return object({{"error", object({{"status", integer()}, {"message", text("A sentence for people.")}})}});
}

Json term_schema() { return object({{"key", text("What parameters and addresses call it.")}, {"name", text()}}); }

}  // namespace

Json text(std::string_view words) {
    Json json = typed("string");
    if (!words.empty()) json["description"] = std::string(words);
    return json;
}
Json markdown() { return text("CommonMark"); }
Json address() { return {{"type", "string"}, {"format", "uri"}}; }
Json day() { return {{"type", "string"}, {"format", "date"}}; }
Json instant() { return {{"type", "string"}, {"format", "date-time"}}; }
Json integer() { return typed("integer"); }
Json number() { return typed("number"); }
Json boolean() { return typed("boolean"); }

Json words(const std::vector<std::string_view>& values) {
    Json json = typed("string");
    for (const auto value : values) json["enum"].push_back(std::string(value));
    return json;
}

Json list(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json or_null(Json of) {
    if (!of.contains("type")) return {{"anyOf", Json::array({std::move(of), typed("null")})}};
    of["type"] = Json::array({of["type"], "null"});
    return of;
}

Json object(std::initializer_list<std::pair<std::string_view, Json>> properties,
            const std::vector<std::string_view>& optional) {
    Json json{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    for (const auto& [name, schema] : properties) {
        json["properties"][std::string(name)] = schema;
        if (std::find(optional.begin(), optional.end(), name) == optional.end())
            json["required"].push_back(std::string(name));
    }
    return json;
}

Json ref(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }

Json page_of(std::string_view name) {
    Json next = or_null(address());
    next["description"] = "Address of the following page; null when this is the last one.";
    return object({{"items", list(ref(name))}, {"next", next}});
}

std::vector<ApiSchema> shared() { return {{"Error", error_schema}, {"Term", term_schema}}; }

}  // namespace mitwirken::core::schema
