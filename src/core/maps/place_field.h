// A place in a form: drawn on the map (point, line, area), found by its address, taken from the own position, or given
// by coordinates – the last two ways need no script (the position does). The value is a GeoJSON geometry.
//
//   const auto rules = core::place_rules(settings, visit.place().procedure);
//   if (core::asks_for_address(visit.form, rules)) return the form again, status 200, nothing done;
//   const auto given = core::read_place(visit, visit.form, rules);          // Problems: field rules.name
//   core::add_place_field(visit, form, values, problems, rules);
//   route.prepare = core::prepare_place;   // so that a service of addresses is asked outside the transaction
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/forms/forms.h"
#include "core/maps/addresses.h"
#include "core/visit.h"

namespace mitwirken::core {

inline constexpr std::size_t most_drawn_points = 500;

struct PlaceRules {
    enum class Need { none, optional, required } need = Need::optional;
    bool point = true, line = false, area = false;
    std::string within;          // GeoJSON geometry that has to hold it; "" = the municipality
    std::string name = "place";  // of the field; a form may have several
    Message label = tr_noop("Where is it?");
    bool wanted() const { return need != Need::none; }
};
// Of an activity: "place" none|optional|required, "place_kinds" such as "point line area", "place_inside" false = also
// outside the procedure's area.
PlaceRules place_rules(const nlohmann::json& settings, const ProcedureRecord& procedure);
PlaceRules place_rules(const std::string& settings, const ProcedureRecord& procedure);
// The settings an activity's module declares for it.
std::vector<Setting> place_settings();

struct GivenPlace {
    std::string json;                // "" = none
    std::optional<double> lon, lat;  // a point in it
};
Result<GivenPlace> read_place(Visit& visit, const Form& form, const PlaceRules& rules);

// The button "search the address" was pressed, which works without script.
bool asks_for_address(const Form& form, const PlaceRules& rules = {});
void prepare_place(Preparation& preparation);

void add_place_field(Visit& visit, FormView& form, const Form& values, const Problems& problems,
                     const PlaceRules& rules);
// What is stored, as the form's values.
void write_place(Form& form, const std::string& geometry, const PlaceRules& rules = {});

// "Point", "Line with 5 points".
std::string drawing_in_words(const Visit& visit, const std::string& geometry);
// The same with where it is: "Point near Hansastraße 12". Asks the list of addresses: not for every line of a list.
std::string place_in_words(Visit& visit, const std::string& geometry, std::optional<double> lon,
                           std::optional<double> lat);

// Addresses for what was typed: of the own list, else what prepare_place() had from the operator's service. Nothing (no
// list at all) when neither is there.
std::optional<std::vector<FoundPlace>> addresses_for(Visit& visit, const std::string& typed);

}  // namespace mitwirken::core
