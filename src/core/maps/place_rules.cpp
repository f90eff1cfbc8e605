// What a place may be, and reading it from a form; see place_field.h.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/maps/layers.h"
#include "core/maps/place_field.h"
#include "platform/geo/geometry.h"

namespace mitwirken::core {

namespace {

using nlohmann::json;
constexpr double most_metres = 60'000;  // across: whoever draws more has slipped

bool holds(const geo::Box& box, geo::Point p) {
    return p.lon >= box.west && p.lon <= box.east && p.lat >= box.south && p.lat <= box.north;
}
bool holds(const geo::Box& box, const geo::Box& inner) {
    return holds(box, geo::Point{inner.west, inner.south}) && holds(box, geo::Point{inner.east, inner.north});
}

std::size_t points_in(const json& coordinates) {
    if (!coordinates.is_array() || coordinates.empty()) return 0;
    if (coordinates[0].is_number()) return 1;
    std::size_t count = 0;
    for (const auto& part : coordinates) count += points_in(part);
    return count;
}

std::optional<Message> wrong_kind(const std::string& type, const PlaceRules& rules) {
    const bool fits =
        (type == "Point" && rules.point) || (type == "LineString" && rules.line) || (type == "Polygon" && rules.area);
    if (fits) return {};
    if (rules.point && !rules.line && !rules.area) return tr_noop("Please set one point here, no line and no area.");
    if (rules.line && !rules.point && !rules.area) return tr_noop("Please draw a line here.");
    if (rules.area && !rules.point && !rules.line) return tr_noop("Please draw an area here.");
    return tr_noop("This kind of drawing is not wanted here. Please choose one of those the map offers.");
}

// Where it has to lie: the procedure's area, else the municipality.
std::optional<Message> misplaced(Visit& visit, const geo::Geometry& drawn, const PlaceRules& rules) {
    if (!rules.within.empty())
        if (const auto area = geo::read_geometry(rules.within)) {
            if (geo::contains(area->json, drawn.json)) return {};
            const geo::Box turned{drawn.box.south, drawn.box.west, drawn.box.north, drawn.box.east};
            if (holds(area->box, turned))
                return tr_noop("Longitude and latitude are exchanged: 7.46 is the longitude, 51.51 the latitude.");
            return tr_noop(
                "This place lies outside the area this is about. The map shows it: please choose a place "
                "inside.");
        }
    const auto town = municipal_box(visit);
    if (!town || holds(*town, drawn.box)) return {};
    const geo::Box turned{drawn.box.south, drawn.box.west, drawn.box.north, drawn.box.east};
    if (holds(*town, turned))
        return tr_noop("Longitude and latitude are exchanged: 7.46 is the longitude, 51.51 the latitude.");
    return tr_noop("This place lies outside the municipality. Please choose one inside.");
}

std::optional<Message> wrong_size(const geo::Geometry& drawn) {
    const double across = geo::distance_metres({drawn.box.west, drawn.box.south}, {drawn.box.east, drawn.box.north});
    const auto read = json::parse(drawn.json);
    if (points_in(read["coordinates"]) > most_drawn_points)
        return tr_noop("This drawing has too many points; {most} are allowed. Please draw it more simply.",
                       {{"most", std::to_string(most_drawn_points)}});
    if (across > most_metres) return tr_noop("This drawing is too large: it is wider than the municipality.");
    if (read["type"] != "Point" && across < 1)
        return tr_noop("This drawing is smaller than a metre. Please set a point.");
    return {};
}

// What stands for the place in the form: a hit of the address search, the drawing, or coordinates.
Result<std::string> geojson_of(const Form& form, const PlaceRules& rules) {
    const auto point = [](const geo::Point& p) {
        return json{{"type", "Point"}, {"coordinates", {p.lon, p.lat}}}.dump();
    };
    Problems problems;
    const std::string choice = form[rules.name + "-choice"];
    if (choice == "none") return std::string();
    if (!choice.empty() && choice != "keep") {
        const auto parts = split(choice, ' ');
        const auto at = parts.size() == 2 ? geo::parse_point(parts[1], parts[0]) : std::nullopt;
        if (at) return point(*at);
        problems.add(rules.name, tr_noop("Please choose one of the addresses found."));
        return problems;
    }
    const std::string lon = trimmed(form[rules.name + "-lon"]), lat = trimmed(form[rules.name + "-lat"]);
    if (lon.empty() && lat.empty()) return trimmed(form[rules.name]);
    if (const auto at = geo::parse_point(lat, lon)) return point(*at);
    problems.add(rules.name, geo::parse_point(lon, lat)
                                 ? tr_noop("Longitude and latitude are exchanged: 7.46 is the longitude, 51.51 the "
                                           "latitude.")
                                 : tr_noop("This is no position: 51.51 and 7.46 would be one."));
    return problems;
}

}  // namespace

std::vector<Setting> place_settings() {
    using Kind = Setting::Kind;
    return {{"place", Kind::choice, tr_noop("Place on the map"), {}, "optional", {"none", "optional", "required"}},
            {"place_kinds",
             Kind::choice,
             tr_noop("What can be drawn"),
             {},
             "point",
             {tr_noop("point").id, tr_noop("line").id, tr_noop("area").id, tr_noop("point line").id,
              tr_noop("point area").id, tr_noop("point line area").id}},
            {"place_inside", Kind::on_off, tr_noop("Only places inside the procedure’s area"),
             tr_noop("As far as the procedure has an area."), "on"}};
}

PlaceRules place_rules(const json& settings, const ProcedureRecord& procedure) {
    PlaceRules rules;
    if (!settings.is_object()) return rules;
    const auto word = [&](const char* key, const char* otherwise) {
        const auto at = settings.find(key);
        return at != settings.end() && at->is_string() ? at->get<std::string>() : std::string(otherwise);
    };
    const std::string place = word("place", "optional"), kinds = " " + word("place_kinds", "point") + " ";
    rules.need = place == "none"       ? PlaceRules::Need::none
                 : place == "required" ? PlaceRules::Need::required
                                       : PlaceRules::Need::optional;
    rules.point = kinds.find(" point ") != std::string::npos;
    rules.line = kinds.find(" line ") != std::string::npos;
    rules.area = kinds.find(" area ") != std::string::npos;
    const auto inside = settings.find("place_inside");
    if (inside == settings.end() || !inside->is_boolean() || inside->get<bool>()) rules.within = procedure.area;
    return rules;
}

PlaceRules place_rules(const std::string& settings, const ProcedureRecord& procedure) {
    return place_rules(json::parse(settings.empty() ? "{}" : settings, nullptr, false), procedure);
}

Result<GivenPlace> read_place(Visit& visit, const Form& form, const PlaceRules& rules) {
    GivenPlace given;
    if (!rules.wanted()) return given;
    Problems problems;
    const auto refuse = [&](Message why) {
        problems.add(rules.name, std::move(why));
        return problems;
    };
    const auto geojson = geojson_of(form, rules);
    if (!geojson) return geojson.problems();
    if (geojson->empty()) {
        if (rules.need == PlaceRules::Need::required)
            return refuse(tr_noop("Please say where it is: on the map, by its address or by coordinates."));
        return given;
    }
    const auto drawn = geo::read_geometry(*geojson);
    if (!drawn) return refuse(drawn.problems().list().front().message);
    if (auto why = wrong_kind(json::parse(drawn->json)["type"].get<std::string>(), rules))
        return refuse(std::move(*why));
    if (auto why = wrong_size(*drawn)) return refuse(std::move(*why));
    if (auto why = misplaced(visit, *drawn, rules)) return refuse(std::move(*why));
    given.json = drawn->json;
    given.lon = drawn->inside.lon;
    given.lat = drawn->inside.lat;
    return given;
}

void write_place(Form& form, const std::string& geometry, const PlaceRules& rules) { form.set(rules.name, geometry); }

bool asks_for_address(const Form& form, const PlaceRules& rules) { return form.has(rules.name + "-search"); }

}  // namespace mitwirken::core
