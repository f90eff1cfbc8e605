// Ideas on maps: the list's map with the same filters, the points it shows, and the small map of one idea. Above five
// thousand points the database makes groups for what is on the screen.
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/maps/layers.h"
#include "core/participation/taking_part.h"
#include "ideas/templates.h"
#include "modules/ideas/pages.h"
#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using core::Visit;
using nlohmann::json;
constexpr double cell_pixels = 32;          // of the database's squares; they are joined to groups of twice that
constexpr std::size_t most_drawings = 300;  // single ones among the groups, with their lines and areas

json feature(json geometry, json properties) {
    return {{"type", "Feature"}, {"geometry", std::move(geometry)}, {"properties", std::move(properties)}};
}

json point(double lon, double lat) { return {{"type", "Point"}, {"coordinates", {lon, lat}}}; }

// The point people choose, and what was drawn when that is more than a point.
void add_idea(const Visit& visit, const core::ContributionDrawing& idea, json& features) {
    features.push_back(
        feature(point(idea.lon, idea.lat), {{"title", idea.title},
                                            {"href", visit.url(base(visit) + "/" + std::to_string(idea.id.value))},
                                            {"state", visit.tr(status_name(idea.status))}}));
    auto drawn = json::parse(idea.place, nullptr, false);
    if (drawn.is_object() && drawn.value("type", "Point") != "Point")
        features.push_back(feature(std::move(drawn), json::object()));
}

// "7.3,51.4,7.6,51.6"; nothing when it is no box on earth.
std::optional<core::Box> box_in(const std::string& text) {
    const auto parts = split(text, ',');
    if (parts.size() != 4) return {};
    double number[4];
    for (std::size_t i = 0; i < 4; ++i) {
        const char* begin = parts[i].c_str();
        char* end = nullptr;
        number[i] = std::strtod(begin, &end);
        if (end == begin || *end || !std::isfinite(number[i])) return {};
    }
    const core::Box box{number[0], number[1], number[2], number[3]};
    const bool sane = box.west < box.east && box.south < box.north && box.west >= -180 && box.east <= 180 &&
                      box.south >= -90 && box.north <= 90;
    return sane ? std::optional(box) : std::nullopt;
}

json groups(Visit& visit, const core::ContributionFilter& filter, const core::Box& box, int zoom) {
    const double cell = cell_pixels * 360 / (256 * std::ldexp(1.0, zoom));
    std::vector<geo::Cluster> cells;
    for (const auto& one : core::contribution_cells(visit.tx, visit.tenant.id, filter, box, cell))
        cells.push_back(
            {{one.lon, one.lat}, one.count, one.one.value, {one.box.west, one.box.south, one.box.east, one.box.north}});
    auto features = json::array();
    std::vector<core::ContributionId> single;
    for (const auto& group : geo::join_clusters(cells, zoom)) {
        if (group.count == 1 && single.size() < most_drawings) {
            single.push_back(core::ContributionId{group.only});
            continue;
        }
        features.push_back(feature(
            point(group.centre.lon, group.centre.lat),
            {{"count", group.count}, {"box", {group.box.west, group.box.south, group.box.east, group.box.north}}}));
    }
    if (single.empty()) return features;
    core::ContributionFilter named{.activity = filter.activity, .kind = filter.kind};
    named.among = std::move(single);
    for (const auto& idea : core::contribution_drawings(visit.tx, visit.tenant.id, named, {}, int(most_drawings)))
        add_idea(visit, idea, features);
    return features;
}

// The filters of this page's address, for the points.
std::string points_address(const Visit& visit) {
    Form query;
    for (const auto& [name, value] : visit.query.fields())
        if (is_filter(name)) query.add(name, value);
    const std::string text = to_query(query);
    return base(visit) + "/punkte.geojson" + (text.empty() ? "" : "?" + text);
}

void set_points(Visit& visit, core::MapView& map, const core::ContributionFilter& filter, const std::string& address) {
    const bool many = core::count_places(visit.tx, visit.tenant.id, filter, most_points) > most_points;
    (many ? map.clusters : map.points) = address;
}

}  // namespace

bool shows_map(const Visit& visit) {
    return visit.query["ansicht"] == "karte" &&
           core::place_rules(visit.place().activity->settings, visit.place().procedure).wanted();
}

http::Response points(Visit& visit) {
    auto filter = filter_of(visit);
    auto features = json::array();
    const auto zoom = to_int(visit.query["zoom"]);
    if (visit.query.has("bbox") || visit.query.has("zoom")) {
        const auto box = box_in(visit.query["bbox"]);
        if (!box || !zoom || *zoom < 0 || *zoom > 22) throw BadRequest(tr_noop("This is no part of a map."));
        features = groups(visit, filter, *box, int(*zoom));
    } else {
        if (const auto one = to_int(visit.query["idee"])) filter.among = std::vector{core::ContributionId{*one}};
        for (const auto& idea : core::contribution_drawings(visit.tx, visit.tenant.id, filter, {}, most_points))
            add_idea(visit, idea, features);
    }
    http::Response response;
    response.headers.set("Content-Type", "application/geo+json");
    response.body = json{{"type", "FeatureCollection"}, {"features", std::move(features)}}.dump();
    return response;
}

html::SafeHtml list_map(Visit& visit) {
    core::MapView map{.label = visit.tr("Map of the ideas"), .procedure = &visit.place().procedure};
    auto filter = filter_of(visit);
    set_points(visit, map, filter, points_address(visit));
    return core::map_view(visit, map);
}

html::SafeHtml idea_map(Visit& visit, const core::Contribution& idea) {
    core::MapView map{.label = visit.tr("Map of the place"), .procedure = &visit.place().procedure};
    // Only what everybody sees is served as points; the author's own waiting text shows where it is by the map's part.
    if (idea.is_public()) map.points = base(visit) + "/punkte.geojson?idee=" + std::to_string(idea.id.value);
    constexpr double around = 0.004;
    if (idea.lon && idea.lat)
        map.bounds = core::bounds_words(
            {*idea.lon - around, *idea.lat - around / 2, *idea.lon + around, *idea.lat + around / 2});
    return core::map_view(visit, map);
}

std::vector<core::ProcedureSection> map_sections(Visit& visit, const core::Place& place) {
    std::vector<core::ProcedureSection> sections;
    for (const auto& activity : place.plan.activities) {
        if (activity.module != "ideas" || !place.visible(activity)) continue;
        if (!core::place_rules(activity.settings, place.procedure).wanted()) continue;
        const core::ContributionFilter filter{.activity = activity.id, .kind = std::string(kind)};
        if (core::count_places(visit.tx, visit.tenant.id, filter, 1) == 0) continue;
        const std::string path = core::path_of(visit, place.procedure, activity);
        core::MapView map{
            .id = "map-" + activity.key, .label = visit.tr("Map of the ideas"), .procedure = &place.procedure};
        set_points(visit, map, filter, path + "/punkte.geojson");
        namespace t = tpl::map_section;
        html::Values values;
        values.set(t::KEY, activity.key)
            .set(t::TITLE, visit.tr(tr_noop("Map: {title}", {{"title", activity.title}})))
            .set(t::MAP, core::map_view(visit, map))
            .set(t::URL, visit.url(path + "?ansicht=karte"));
        sections.push_back({.position = 30, .content = html::render_part(t::file, values, visit.language)});
        if (sections.size() == 2) break;  // a page full of maps helps nobody
    }
    return sections;
}

}  // namespace mitwirken::ideas
