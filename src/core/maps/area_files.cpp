// See area_files.h.
#include "core/maps/area_files.h"

#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/geo/geometry.h"

namespace mitwirken::core {

namespace {

using nlohmann::json;

struct Part {
    json geometry;
    std::string name;
};

Problems problem(Message message) {
    Problems problems;
    problems.add("file", std::move(message));
    return problems;
}

// Positions of UTM 32 become degrees, wherever they lie in the nesting; `depth` against files that only nest.
void to_degrees(json& coordinates, int depth = 0) {
    if (!coordinates.is_array() || coordinates.empty() || depth > 6) return;
    if (!coordinates[0].is_number()) {
        for (auto& part : coordinates) to_degrees(part, depth + 1);
        return;
    }
    if (coordinates.size() < 2 || !coordinates[1].is_number()) return;
    double x = coordinates[0], y = coordinates[1];
    if (x >= 32'000'000 && x < 33'000'000) x -= 32'000'000;
    if (x < 100'000 || x > 1'000'000 || y < 5'000'000 || y > 6'500'000) return;
    const geo::Point point = geo::from_utm32({x, y});
    coordinates = {point.lon, point.lat};
}

void collect(const json& given, const std::string& name, std::vector<Part>& parts, int depth = 0) {
    if (!given.is_object() || depth > 4 || parts.size() > most_area_features) return;
    const auto kind = given.find("type");
    const std::string type = kind != given.end() && kind->is_string() ? kind->get<std::string>() : "";
    if (type == "Feature") {
        std::string called = name;
        const auto properties = given.value("properties", json::object());
        if (properties.is_object())
            for (const char* key : {"name", "titel", "title", "bezeichnung", "Name"})
                if (const auto at = properties.find(key); called.empty() && at != properties.end() && at->is_string())
                    called = first_letters(trimmed(clean(at->get<std::string>())), 200);
        collect(given.value("geometry", json()), called, parts, depth + 1);
        return;
    }
    const char* inner = type == "FeatureCollection"    ? "features"
                        : type == "GeometryCollection" ? "geometries"
                                                       : nullptr;
    if (inner) {
        if (const auto list = given.find(inner); list != given.end() && list->is_array())
            for (const auto& one : *list) collect(one, name, parts, depth + 1);
        return;
    }
    json coordinates = given.value("coordinates", json());
    to_degrees(coordinates);
    if (!starts_with(type, "Multi")) return parts.push_back({{{"type", type}, {"coordinates", coordinates}}, name});
    if (coordinates.is_array())
        for (const auto& one : coordinates) parts.push_back({{{"type", type.substr(5)}, {"coordinates", one}}, name});
}

// Every part checked and written anew.
Result<std::vector<Part>> parts_of(const std::string& bytes) {
    const auto start = bytes.find_first_not_of("\xef\xbb\xbf");
    const auto file = json::parse(start == std::string::npos ? "" : bytes.substr(start), nullptr, false);
    std::vector<Part> parts;
    collect(file, "", parts);
    if (parts.empty()) return problem(tr_noop("There is no area in this file. It should be GeoJSON."));
    if (parts.size() > most_area_features)
        return problem(tr_noop("This file has too many parts; {most} are allowed.",
                               {{"most", std::to_string(most_area_features)}}));
    for (auto& part : parts) {
        const auto checked = geo::read_geometry(part.geometry.dump());
        if (!checked) return problem(checked.problems().list().front().message);
        if (!geo::parse_point(std::to_string(checked->inside.lat), std::to_string(checked->inside.lon)))
            return problem(
                tr_noop("This file does not lie in Germany. Are longitude and latitude exchanged, or is it in "
                        "another grid than degrees and UTM 32?"));
        part.geometry = json::parse(checked->json);
    }
    return parts;
}

}  // namespace

Result<std::string> read_one_area(const std::string& bytes) {
    const auto parts = parts_of(bytes);
    if (!parts) return parts.problems();
    if (parts->size() != 1 || parts->front().geometry["type"] != "Polygon")
        return problem(tr_noop("A procedure has one area without gaps. Further areas can be added below."));
    return parts->front().geometry.dump();
}

Result<std::string> read_area_features(const std::string& bytes) {
    const auto parts = parts_of(bytes);
    if (!parts) return parts.problems();
    auto features = json::array();
    for (const auto& part : *parts)
        features.push_back({{"type", "Feature"}, {"geometry", part.geometry}, {"properties", {{"name", part.name}}}});
    return json{{"type", "FeatureCollection"}, {"features", features}}.dump();
}

}  // namespace mitwirken::core
