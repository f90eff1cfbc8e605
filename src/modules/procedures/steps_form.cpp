// See steps_form.h.
#include "modules/procedures/steps_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/procedures/validate.h"
#include "modules/procedures/editing.h"

namespace mitwirken::procedures {

namespace {

std::string clock_of(const LocalTime& time) { return core::to_local_iso(time).substr(11); }

void write_step(Form& form, int number, const core::Step& step) {
    const auto set = [&](std::string_view name, const std::string& value) {
        form.set(step_field(number, name), value);
    };
    set("key", step.key);
    set("label", step.label);
    set("position", std::to_string(number));
    if (const auto* days = std::get_if<core::ByDays>(&step.dates)) {
        set("first_day", to_iso(days->first));
        if (days->last) set("last_day", to_iso(*days->last));
    } else if (const auto* times = std::get_if<core::ByTimes>(&step.dates)) {
        set("first_day", to_iso(times->opens.day));
        set("first_time", clock_of(times->opens));
        if (times->closes) set("last_day", to_iso(times->closes->day)), set("last_time", clock_of(*times->closes));
    } else {
        set("roughly", std::get<core::Roughly>(step.dates).words);
    }
    set("text", step.text);
    if (step.round) set("round", std::to_string(step.round));
    if (step.silent) set("silent", "on");
}

// What was typed of one step.
struct Typed {
    const Form& form;
    int number;
    Problems& problems;

    std::string operator[](std::string_view name) const { return trimmed(form[step_field(number, name)]); }
    void problem(std::string_view name, Message words) const { problems.add(step_field(number, name), words); }

    std::optional<Date> day(std::string_view name) const {
        const auto date = parse_date((*this)[name]);
        if (date && core::exists(*date)) return date;
        problem(name, tr_noop("This date does not exist."));
        return {};
    }
    std::optional<LocalTime> time(std::string_view day_name, std::string_view time_name) const {
        const auto date = day(day_name);
        if (!date) return {};
        const auto local = core::parse_local_time(to_iso(*date) + "T" + (*this)[time_name]);
        if (!local) problem(time_name, tr_noop("Please give a time such as 18:30."));
        return local;
    }
};

core::StepDates read_times(const Typed& typed) {
    core::ByTimes times;
    times.opens = typed.time("first_day", "first_time").value_or(LocalTime{});
    if (typed["last_day"].empty()) {
        typed.problem("last_day", tr_noop("The time needs its day."));
    } else {
        times.closes = typed.time("last_day", "last_time");
    }
    return times;
}

core::StepDates read_dates(const Typed& typed) {
    const bool words = !typed["roughly"].empty(), first = !typed["first_day"].empty(),
               last = !typed["last_day"].empty();
    const bool opens = !typed["first_time"].empty(), closes = !typed["last_time"].empty();
    if (words && (first || last || opens || closes)) {
        typed.problem("roughly", tr_noop("Please give either days or words, not both."));
        return core::Roughly{typed["roughly"]};
    }
    if (words) return core::Roughly{typed["roughly"]};
    if (!first) {
        typed.problem("first_day", tr_noop("Please say when it begins: a day, or words such as “autumn 2027”."));
        return core::Roughly{"?"};
    }
    if (!opens && !closes) {
        core::ByDays days;
        days.first = typed.day("first_day").value_or(Date{});
        if (last) days.last = typed.day("last_day");
        return days;
    }
    if (!opens) typed.problem("first_time", tr_noop("Please give both times, or none: then whole days count."));
    if (opens && !last && !closes) {
        core::ByTimes endless;
        endless.opens = typed.time("first_day", "first_time").value_or(LocalTime{});
        return endless;
    }
    if (opens && !closes)
        typed.problem("last_time", tr_noop("Please give both times, or none: then whole days count."));
    return opens && closes ? read_times(typed) : core::StepDates{core::Roughly{"?"}};
}

core::Step read_step(const Typed& typed, core::Step step) {
    step.label = typed["label"];
    if (step.label.empty()) typed.problem("label", tr_noop("Please give the step a name."));
    if (letters(step.label) > 200)
        typed.problem("label", tr_noop("Please shorten the text to {limit} letters.", {{"limit", "200"}}));
    step.dates = read_dates(typed);
    step.text = typed["text"];
    if (letters(step.text) > 2000)
        typed.problem("text", tr_noop("Please shorten the text to {limit} letters.", {{"limit", "2000"}}));
    const std::string round = typed["round"];
    const auto number = to_int(round.empty() ? "0" : round);
    if (!number || *number < 0 || *number > 99) typed.problem("round", tr_noop("Please give a number from 0 to 99."));
    step.round = number.value_or(0);
    step.silent = typed["silent"] == "on";
    return step;
}

// Nothing was typed into the fields for a new step.
bool is_empty(const Typed& typed) {
    for (const char* name :
         {"key", "label", "first_day", "first_time", "last_day", "last_time", "roughly", "text", "round"})
        if (!typed[name].empty()) return false;
    return true;
}

struct Placed {
    core::Step step;
    int number = 0;
    std::int64_t position = 0;
};

}  // namespace

std::string step_field(int number, std::string_view name) { return fmt::format("step-{}-{}", number, name); }

void write_track(Form& form, const core::Track& track) {
    form.set("label", track.label);
    form.set("for_whom", track.for_whom);
    form.set("audience", std::string(core::to_word(track.audience)));
    int number = 0;
    for (const auto& step : track.steps) write_step(form, ++number, step);
}

int steps_in(const Form& form) {
    int last = 0;
    for (int number = 1; number <= most_steps; ++number)
        if (form.has(step_field(number, "label"))) last = number;
    return last;
}

TypedTrack read_track(const Form& form, const core::Track& before) {
    TypedTrack typed{before, {}, {}};
    auto& track = typed.track;
    track.label = trimmed(form["label"]);
    track.for_whom = trimmed(form["for_whom"]);
    track.audience = core::audience_from(form["audience"]).value_or(before.audience);
    if (track.label.empty()) typed.problems.add("label", tr_noop("Please give the track a name."));
    for (const auto& [name, text] : {std::pair{"label", track.label}, std::pair{"for_whom", track.for_whom}})
        if (letters(text) > 200)
            typed.problems.add(name, tr_noop("Please shorten the text to {limit} letters.", {{"limit", "200"}}));
    std::vector<Placed> placed;
    std::vector<core::Step> stay = before.steps;
    for (int number = 1; number <= steps_in(form); ++number) {
        const Typed of{form, number, typed.problems};
        if (is_empty(of)) continue;
        const auto known =
            std::find_if(stay.begin(), stay.end(), [&](const auto& step) { return step.key == of["key"]; });
        core::Step step;
        if (known != stay.end()) step = *known, stay.erase(known);
        if (of["remove"] == "on") continue;
        const auto position = to_int(of["position"]);
        placed.push_back({read_step(of, std::move(step)), number, position.value_or(number)});
    }
    std::stable_sort(placed.begin(), placed.end(),
                     [](const Placed& a, const Placed& b) { return a.position < b.position; });
    track.steps.clear();
    for (auto& one : placed) track.steps.push_back(std::move(one.step)), typed.numbers.push_back(one.number);
    for (auto& step : stay) track.steps.push_back(std::move(step)), typed.numbers.push_back(0);
    for (auto& step : track.steps)
        if (step.key.empty()) step.key = free_key(track.steps, step.label);
    return typed;
}

std::string field_of(const TypedTrack& typed, const std::string& place) {
    for (std::size_t i = 0; i < typed.track.steps.size(); ++i) {
        if (typed.numbers[i] == 0) continue;
        const auto& key = typed.track.steps[i].key;
        // A time and its day are two fields of the form; the day is where the problem is said.
        for (const auto& [member, name] :
             {std::pair{"first_day", "first_day"}, std::pair{"opens_at", "first_day"},
              std::pair{"last_day", "last_day"}, std::pair{"closes_at", "last_day"}, std::pair{"roughly", "roughly"}})
            if (place == core::step_place(typed.track.key, key, member)) return step_field(typed.numbers[i], name);
        if (place == core::step_place(typed.track.key, key, "key")) return step_field(typed.numbers[i], "label");
    }
    return "";
}

}  // namespace mitwirken::procedures
