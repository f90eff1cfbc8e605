// The administration of procedures: what its screens share. A screen loads an Editing, shows it in the frame, and keeps
// what was typed by keep_texts or keep_plan, which also write the version, the record and the announcement.
// Invariants: a plan that validate() refuses is never kept; the version counts texts and plan together, so two people
// at two screens of one procedure see each other; what was typed stands in the form that is shown again.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "core/editorial/editorial.h"
#include "core/procedures/records.h"
#include "core/visit.h"

namespace mitwirken::procedures {

inline const std::string editing_base = "/verwaltung/verfahren";
inline constexpr std::string_view four_eyes_setting = "procedures.four_eyes";

struct Editing {
    core::ProcedureRecord record;
    core::Procedure plan;
    std::string address(const std::string& below = "") const {
        return editing_base + "/" + escape_url(record.key) + below;
    }
};
// The procedure {key} of the address for those who may edit it.
Editing editing(core::Visit& visit);

// What differs between two versions is said by these fields.
core::Snapshot snapshot(const core::Visit& visit, const Editing& e);

// ---- the frame of every screen
enum class Screen { texts, plan, activities, grid, goals, faq };
constexpr std::string_view below(Screen screen) {
    constexpr std::string_view paths[] = {"", "/ablauf", "/bausteine", "/raster", "/ziele", "/fragen"};
    return paths[std::size_t(screen)];
}
core::PageHead head_of(const std::string& title);
html::SafeHtml frame(core::Visit& visit, const Editing& e, Screen screen, const html::SafeHtml& content);
http::Response show(core::Visit& visit, const Editing& e, Screen screen, const html::SafeHtml& content);
http::Response show_again(core::Visit& visit, const Editing& e, Screen screen, const html::SafeHtml& content);
// The hidden field that stops two people from overwriting each other, and what to say when it did.
bool changed_meanwhile(const core::Visit& visit, const Editing& e);
html::SafeHtml meanwhile(const core::Visit& visit, const Editing& e);
std::string version_of(const core::Visit& visit, const Editing& e);

// ---- keeping
void keep_texts(core::Visit& visit, const Editing& before, core::ProcedureRecord record);
// Nothing is kept when there are problems; their fields are the places of validate.h.
Problems keep_plan(core::Visit& visit, const Editing& before, core::Procedure plan);
// Goals, questions, documents: `keep` writes them; version, record and pages follow.
void keep_parts(core::Visit& visit, const Editing& e, const std::function<void()>& keep);
// Tells whoever lists offers; a paused or unlisted procedure is taken off the list.
void announce(core::Visit& visit, const Editing& e);
void make_pages_stale(core::Visit& visit, const core::ProcedureRecord& record);

// Problems of a plan as those of a form: `field_of` names the field of a place, "" where the form has none – then the
// sentence stands for the form as a whole.
template <class FieldOf>
Problems at_fields(const Problems& problems, FieldOf field_of) {
    Problems result;
    for (const auto& problem : problems.list()) result.add(field_of(problem.field), problem.message);
    return result;
}

// ---- words
Message state_name(core::ProcedureState state);
std::string state_class(core::ProcedureState state);
Message audience_name(core::Audience audience);
Message who_name(core::Who who);
// "5.10.2026 – 1.11.2026", "Sommer 2027": for the tables of the administration.
std::string dates_in_words(const core::Visit& visit, const core::StepDates& dates);
const core::ActivityKind* kind_of(const core::Visit& visit, const std::string& module);

// ---- what is missing
struct Missing {
    Message words;
    Screen where = Screen::texts;
};
std::vector<Missing> missing(core::Visit& visit, const Editing& e);
std::vector<Missing> advisable(core::Visit& visit, const Editing& e);

// The bars of all tracks, with today's line.
html::SafeHtml time_line(const core::Visit& visit, const core::Procedure& plan);

// A key from a label that none of these parts has: "sammeln", "sammeln-2".
template <class Parts>
std::string free_key(const Parts& parts, const std::string& label) {
    const std::string base = slug(label);
    const auto taken = [&](const std::string& key) {
        return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return part.key == key; });
    };
    std::string key = base;
    for (int n = 2; taken(key); ++n) key = base + "-" + std::to_string(n);
    return key;
}

}  // namespace mitwirken::procedures
