// File <-> Procedure; see exchange.h.
#include "core/procedures/exchange.h"

#include "core/procedures/members.h"
#include "core/procedures/validate.h"

namespace mitwirken::core {

namespace {

constexpr const char* format_name = "mitwirken/procedure";
constexpr int format_version = 1;

// ---- reading

std::optional<Date> parse_day(std::string_view text) {
    const auto day = parse_date(text);
    return day && exists(*day) ? day : std::nullopt;
}

std::optional<LocalTime> parse_time(std::string_view text) {
    const auto time = parse_local_time(text);
    return time && exists(*time) ? time : std::nullopt;
}

template <class Parse>
auto needed(Members& members, const char* name, Parse parse, Message otherwise) {
    const Json* value = members.need(name);
    auto result = value && value->is_string() ? parse(value->get<std::string>()) : std::nullopt;
    if (value && !result) members.problem(name, std::move(otherwise));
    return result;
}

// null stands for "no end" and must be said: a forgotten end would leave a step open for ever.
template <class Parse>
auto needed_or_null(Members& members, const char* name, Parse parse, Message otherwise) {
    if (const Json* value = members.need(name); value && !value->is_null())
        return needed(members, name, parse, std::move(otherwise));
    return decltype(parse(""))();
}

StepDates read_dates(Members& members) {
    const bool days = members.has("first_day") || members.has("last_day");
    const bool times = members.has("opens_at") || members.has("closes_at");
    const bool rough = members.has("roughly");
    for (const char* name : {"first_day", "last_day", "opens_at", "closes_at", "roughly"}) members.take(name);
    const char* field = rough ? "roughly" : times ? "opens_at" : "first_day";
    if (int(days) + int(times) + int(rough) != 1) {
        members.problem(field, days || times || rough
                                   ? tr_noop("A step has dates of one kind: days, times or words.")
                                   : tr_noop("A step needs a first day, an opening time or words about its date."));
        return {};
    }
    const Message no_day = tr_noop("This is not a day that exists, such as “2027-03-29”.");
    const Message no_time = tr_noop("This is not a local time that exists, such as “2027-03-29T18:30”.");
    if (days) {
        const auto first = needed(members, "first_day", parse_day, no_day);
        const auto last = needed_or_null(members, "last_day", parse_day, no_day);
        return ByDays{first.value_or(Date{}), last};
    }
    if (times) {
        const auto opens = needed(members, "opens_at", parse_time, no_time);
        const auto closes = needed_or_null(members, "closes_at", parse_time, no_time);
        return ByTimes{opens.value_or(LocalTime{}), closes};
    }
    return Roughly{members.text("roughly")};
}

// A member that names one of a few things; left out, it is the usual one.
template <class E, class Parse>
E word_or(Members& members, const char* name, Parse parse, E usual, Message otherwise) {
    const std::string word = members.optional_text(name);
    if (word.empty()) return usual;
    const auto known = parse(word);
    if (!known) members.problem(name, std::move(otherwise));
    return known.value_or(usual);
}

Step read_step(const Json& json, const std::string& track, std::size_t index, Problems& problems) {
    Members members(json, step_place(track, key_or_number(json, "key", index), ""), problems);
    Step step;
    step.key = members.text("key");
    step.label = members.text("label");
    step.dates = read_dates(members);
    step.text = members.optional_text("text");
    step.silent = members.has("silent") && members.yes_or_no("silent");
    step.round = members.optional_number("round");
    step.legal_code = members.optional_text("legal_code");
    members.take("silent");
    step.extra = members.rest();
    return step;
}

Track read_track(const Json& json, std::size_t index, Problems& problems) {
    const std::string name = key_or_number(json, "key", index);
    Members members(json, track_place(name, ""), problems);
    Track track;
    track.key = members.text("key");
    track.label = members.text("label");
    track.for_whom = members.optional_text("for_whom");
    track.audience = word_or(members, "audience", audience_from, Audience::anyone,
                             tr_noop("This must be “everyone”, “invited” or “staff”."));
    for (const auto& step : members.list("steps"))
        track.steps.push_back(read_step(step, name, track.steps.size(), problems));
    track.extra = members.rest();
    return track;
}

Activity read_activity(const Json& json, std::size_t index, Problems& problems) {
    Members members(json, activity_place(key_or_number(json, "key", index), ""), problems);
    Activity activity;
    activity.key = members.text("key");
    activity.module = members.text("module");
    activity.title = members.text("title");
    activity.intro = members.optional_text("intro");
    activity.who = word_or(members, "who", who_from, Who::anyone,
                           tr_noop("This must be “everyone”, “email”, “account”, “verified”, “invited” or “token”."));
    activity.settings = members.optional_object("settings");
    activity.extra = members.rest();
    return activity;
}

StepSetting read_cell(const Json& json, std::size_t index, Problems& problems) {
    const StepSetting named{key_or_number(json, "activity", index),
                            key_or_number(json, "track", index),
                            key_or_number(json, "step", index),
                            false,
                            {},
                            {}};
    Members members(json, cell_place(named, ""), problems);
    StepSetting cell;
    cell.activity = members.text("activity");
    cell.track = members.text("track");
    cell.step = members.text("step");
    cell.visible = members.yes_or_no("visible");
    cell.open = members.texts("open");
    cell.extra = members.rest();
    return cell;
}

// False when it is a file of something else, of which nothing more can be said.
bool read_head(Members& members) {
    const Json* format = members.need("format");
    if (format && !(format->is_string() && format->get<std::string>() == format_name)) {
        members.problem("format", tr_noop("This file does not hold a procedure: “mitwirken/procedure” is expected."));
        return false;
    }
    const Json* version = members.need("version");
    if (version && !(version->is_number_integer() && version->get<std::int64_t>() == format_version)) {
        members.problem("version", tr_noop("This version of the format is not known here: 1 is expected."));
        return false;
    }
    return format && version;
}

// ---- writing

// The members in their order, then those that are not known here.
Json with_rest(Json members, const std::string& extra) {
    if (extra.empty()) return members;
    const Json rest = Json::parse(extra);
    for (const auto& [name, value] : rest.items())
        if (!members.contains(name)) members[name] = value;
    return members;
}

Json write_step(const Step& step) {
    Json json = {{"key", step.key}, {"label", step.label}};
    if (const auto* days = std::get_if<ByDays>(&step.dates)) {
        json["first_day"] = to_iso(days->first);
        json["last_day"] = days->last ? Json(to_iso(*days->last)) : Json();
    } else if (const auto* times = std::get_if<ByTimes>(&step.dates)) {
        json["opens_at"] = to_local_iso(times->opens);
        json["closes_at"] = times->closes ? Json(to_local_iso(*times->closes)) : Json();
    } else if (const auto* rough = std::get_if<Roughly>(&step.dates)) {
        json["roughly"] = rough->words;
    }
    if (!step.text.empty()) json["text"] = step.text;
    if (step.silent) json["silent"] = true;
    if (step.round) json["round"] = step.round;
    if (!step.legal_code.empty()) json["legal_code"] = step.legal_code;
    return with_rest(std::move(json), step.extra);
}

Json write_track(const Track& track) {
    Json json = {{"key", track.key}, {"label", track.label}};
    if (!track.for_whom.empty()) json["for_whom"] = track.for_whom;
    if (track.audience != Audience::anyone) json["audience"] = to_word(track.audience);
    json["steps"] = Json::array();
    for (const auto& step : track.steps) json["steps"].push_back(write_step(step));
    return with_rest(std::move(json), track.extra);
}

Json write_activity(const Activity& activity) {
    Json json = {{"key", activity.key}, {"module", activity.module}, {"title", activity.title}};
    if (!activity.intro.empty()) json["intro"] = activity.intro;
    if (activity.who != Who::anyone) json["who"] = to_word(activity.who);
    if (!activity.settings.empty()) json["settings"] = Json::parse(activity.settings);
    return with_rest(std::move(json), activity.extra);
}

Json write_cell(const StepSetting& cell) {
    Json json = {{"activity", cell.activity}, {"track", cell.track}, {"step", cell.step}, {"visible", cell.visible}};
    json["open"] = cell.open;
    return with_rest(std::move(json), cell.extra);
}

}  // namespace

Result<Procedure> read_procedure(std::string_view text) {
    Problems problems;
    const auto json = parse_json(text, problems);
    if (!json) return problems;
    Members members(*json, "", problems);
    if (problems.any() || !read_head(members)) return problems;
    Procedure procedure;
    procedure.title = members.text("title");
    const std::string state = members.text("state");
    if (const auto known = procedure_state_from(state))
        procedure.state = *known;
    else if (!problems.of("state"))
        members.problem("state", tr_noop("This must be “draft”, “published” or “paused”."));
    for (const auto& track : members.list("tracks"))
        procedure.tracks.push_back(read_track(track, procedure.tracks.size(), problems));
    for (const auto& activity : members.list("activities"))
        procedure.activities.push_back(read_activity(activity, procedure.activities.size(), problems));
    for (const auto& cell : members.list("grid"))
        procedure.grid.push_back(read_cell(cell, procedure.grid.size(), problems));
    procedure.extra = members.rest();
    if (!problems.any()) problems = validate(procedure);
    if (problems.any()) return problems;
    return procedure;
}

std::string write_procedure(const Procedure& procedure) {
    Json json = {{"format", format_name},
                 {"version", format_version},
                 {"title", procedure.title},
                 {"state", to_word(procedure.state)}};
    for (const char* list : {"tracks", "activities", "grid"}) json[list] = Json::array();
    for (const auto& track : procedure.tracks) json["tracks"].push_back(write_track(track));
    for (const auto& activity : procedure.activities) json["activities"].push_back(write_activity(activity));
    for (const auto& cell : procedure.grid) json["grid"].push_back(write_cell(cell));
    return with_rest(std::move(json), procedure.extra).dump(1) + "\n";
}

}  // namespace mitwirken::core
