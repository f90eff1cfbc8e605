// The field as it stands in a form; see place_field.h.
#include "core/maps/place_field.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/maps/layers.h"
#include "core/templates.h"
#include "platform/base/text.h"
#include "platform/geo/geometry.h"

namespace mitwirken::core {

namespace {

using nlohmann::json;

// What the operator's service said, asked for before the transaction.
struct ServiceAnswer {
    std::string typed;
    std::optional<std::vector<FoundPlace>> found;
};

// The text whose search button was pressed, or that a script asks for.
std::string typed_in(const Preparation& p) {
    for (const auto& [name, value] : p.form.fields())
        if (name.ends_with("-search")) return trimmed(p.form[name.substr(0, name.size() - 7) + "-address"]);
    return p.request.method == http::Method::get ? trimmed(parse_query(p.request.query)["q"]) : "";
}

void add_hits(Visit& visit, html::Values& field, const Form& values, const PlaceRules& rules) {
    namespace t = tpl::place_field;
    const std::string typed = trimmed(values[rules.name + "-address"]), chosen = values[rules.name + "-choice"];
    if (typed.empty() || !asks_for_address(values, rules)) {
        // A choice that was sent together with a mistake elsewhere stays chosen.
        if (!chosen.empty() && chosen != "keep" && chosen != "none") {
            auto box = field.add(t::HITS);
            box.add(t::HIT).set(t::VALUE, chosen).set(t::TEXT, visit.tr("The address chosen before")).show(t::CHOSEN);
        }
        return;
    }
    const auto found = addresses_for(visit, typed);
    if (!found) return void(field.show(t::AWAY));
    if (found->empty()) return void(field.add(t::NO_HIT).set(t::TEXT, typed));
    auto box = field.add(t::HITS);
    for (const auto& one : *found) {
        const std::string value = fmt::format("{:.7f} {:.7f}", one.point.lon, one.point.lat);
        auto hit = box.add(t::HIT).set(t::VALUE, value).set(t::TEXT, one.label);
        hit.show_if(&one == &found->front(), t::CHOSEN);
    }
}

// Drawn already, in words; what cannot be read is said by the problem and kept as it is.
void add_present(Visit& visit, html::Values& field, const std::string& value, const PlaceRules& rules) {
    namespace t = tpl::place_field;
    if (value.empty()) return;
    const auto drawn = geo::read_geometry(value);
    if (!drawn) return;
    auto box =
        field.add(t::PRESENT).set(t::TEXT, place_in_words(visit, drawn->json, drawn->inside.lon, drawn->inside.lat));
    box.set(t::NAME, rules.name);
}

}  // namespace

void prepare_place(Preparation& p) {
    ServiceAnswer answer{typed_in(p), {}};
    if (answer.typed.empty() || !p.house.geocoder) return;
    bool own = false;
    std::optional<geo::Box> town;
    p.house.database->read([&](db::Tx& tx) {
        own = !find_addresses(tx, p.tenant.id, answer.typed, 1).empty();
        if (!own) town = municipal_box(terms(tx, p.tenant.id, "district"));
    });
    if (own || !town) return;
    if (const auto found = p.house.geocoder->find(answer.typed, *town)) {
        answer.found.emplace();
        for (const auto& one : *found) answer.found->push_back({one.label, one.point});
    }
    p.result = std::move(answer);
}

std::optional<std::vector<FoundPlace>> addresses_for(Visit& visit, const std::string& typed) {
    auto own = find_addresses(visit.tx, visit.tenant.id, typed);
    if (!own.empty()) return own;
    if (const auto* answer = visit.prepared<ServiceAnswer>(); answer && answer->typed == typed) return answer->found;
    const auto list = address_list(visit.tx, visit.tenant.id);
    if (!list || list->addresses == 0) return {};
    return own;
}

void add_place_field(Visit& visit, FormView& form, const Form& values, const Problems& problems,
                     const PlaceRules& rules) {
    if (!rules.wanted()) return;
    namespace t = tpl::place_field;
    const std::string& name = rules.name;
    html::Values field;
    field.set(t::NAME, name).set(t::LABEL, visit.tr(rules.label)).set(t::VALUE, values[name]);
    field.set(t::ADDRESS, values[name + "-address"])
        .set(t::LON, values[name + "-lon"])
        .set(t::LAT, values[name + "-lat"]);
    field.show_if(rules.need == PlaceRules::Need::optional, t::OPTIONAL);
    field.show_if(rules.point, t::COORDINATES);
    field.show_if(!values[name + "-lon"].empty() || !values[name + "-lat"].empty(), t::OPENED);
    if (const auto* problem = problems.of(name))
        field.show(t::ERROR_CLASS).show(t::INVALID).add(t::ERROR).set(t::TEXT, visit.tr(problem->message));
    add_hits(visit, field, values, rules);
    add_present(visit, field, values[name], rules);
    MapView map{.id = "map-" + name, .label = visit.tr("Map to draw on"), .draw = name};
    map.kinds = std::string(rules.point ? "point " : "") + (rules.line ? "line " : "") + (rules.area ? "area" : "");
    const auto* place = visit.place_or_none();
    if (place) map.procedure = &place->procedure;
    if (const auto area = rules.within.empty() ? Result<geo::Geometry>(Problems{}) : geo::read_geometry(rules.within))
        map.bounds = bounds_words(area->box);
    field.set(t::MAP, map_view(visit, map));
    form.part(html::render_part(t::file, field, visit.language));
}

std::string drawing_in_words(const Visit& visit, const std::string& geometry) {
    const auto read = json::parse(geometry, nullptr, false);
    const std::string type = read.is_object() ? read.value("type", "") : "";
    const auto count = [&](const json& list) { return std::to_string(list.is_array() ? list.size() : 0); };
    const auto coordinates = read.is_object() ? read.value("coordinates", json::array()) : json::array();
    if (type == "Point") return visit.tr("Point");
    if (type == "LineString") return visit.tr(tr_noop("Line with {count} points", {{"count", count(coordinates)}}));
    if (type != "Polygon") return "";
    const std::size_t corners = !coordinates.empty() && coordinates[0].is_array() ? coordinates[0].size() : 1;
    return visit.tr(tr_noop("Area with {count} corners", {{"count", std::to_string(corners - 1)}}));
}

std::string place_in_words(Visit& visit, const std::string& geometry, std::optional<double> lon,
                           std::optional<double> lat) {
    if (geometry.empty() || !lon || !lat) return "";
    const std::string what = drawing_in_words(visit, geometry);
    if (const auto near = address_near(visit.tx, visit.tenant.id, {*lon, *lat}))
        return visit.tr(tr_noop("{what} near {address}", {{"what", what}, {"address", near->label}}));
    return visit.tr(
        tr_noop("{what} at {lat} north, {lon} east",
                {{"what", what}, {"lat", fmt::format("{:.5f}", *lat)}, {"lon", fmt::format("{:.5f}", *lon)}}));
}

}  // namespace mitwirken::core
