// Days of dates to days of a count, and back. See types.h.
#include "core/procedures/types.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/procedures/members.h"
#include "core/procedures/validate.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

constexpr const char* format_name = "mitwirken/template";
constexpr std::int64_t most_days = 36'500;

// What stands at one place of the file, with its name for people. Only places that are there and not null.
using Use = std::function<void(Json& value, const std::string& place)>;

void each_in(Json& object, std::initializer_list<const char*> names, const std::string& place, const Use& use) {
    if (!object.is_object()) return;
    for (const char* name : names)
        if (const auto at = object.find(name); at != object.end() && !at->is_null()) use(*at, place + ", " + name);
}

template <class Each>
void each_of(Json& file, const char* list, Each each) {
    if (!file.is_object() || !file.contains(list) || !file[list].is_array()) return;
    std::size_t index = 0;
    for (auto& part : file[list]) each(part, index++);
}

void each_step(Json& file, std::initializer_list<const char*> names, const Use& use) {
    each_of(file, "tracks", [&](Json& track, std::size_t number) {
        const std::string key = key_or_number(track, "key", number);
        each_of(track, "steps", [&](Json& step, std::size_t index) {
            each_in(step, names, step_place(key, key_or_number(step, "key", index), ""), use);
        });
    });
}

// The contents of building blocks name days by the same words, at any depth (a question for a date).
void each_day_within(Json& content, const std::string& place, const Use& use) {
    if (content.is_object()) each_in(content, {"first_day", "last_day"}, place, use);
    if (content.is_structured())
        for (auto& part : content) each_day_within(part, place, use);
}

void each_day(Json& file, const Use& use) {
    each_step(file, {"first_day", "last_day"}, use);
    each_of(file, "activities", [&](Json& activity, std::size_t i) {
        if (activity.is_object() && activity.contains("content"))
            each_day_within(activity["content"], "activity " + key_or_number(activity, "key", i), use);
    });
    each_of(file, "tasks",
            [&](Json& task, std::size_t i) { each_in(task, {"due"}, fmt::format("task {}", i + 1), use); });
    each_of(file, "events",
            [&](Json& event, std::size_t i) { each_in(event, {"day"}, fmt::format("event {}", i + 1), use); });
}

void each_time(Json& file, const Use& use) { each_step(file, {"opens_at", "closes_at"}, use); }

// "12T18:30" -> day and clock time.
std::optional<std::pair<std::int64_t, std::string>> counted_time(const Json& value) {
    if (!value.is_string()) return {};
    const std::string text = value.get<std::string>();
    const auto t = text.find('T');
    if (t == std::string::npos) return {};
    const auto days = to_int(text.substr(0, t));
    if (!days || std::abs(*days) > most_days) return {};
    return {{*days, text.substr(t)}};
}

std::optional<std::int64_t> counted_day(const Json& value) {
    if (!value.is_number_integer()) return {};
    const auto days = value.get<std::int64_t>();
    return days < -most_days || days > most_days ? std::nullopt : std::optional(days);
}

std::optional<Date> first_day(Json& file) {
    std::optional<Date> first;
    const auto look = [&](Json& value, const std::string&) {
        const auto day = value.is_string() ? parse_date(value.get<std::string>().substr(0, 10)) : std::nullopt;
        if (day && (!first || *day < *first)) first = day;
    };
    each_step(file, {"first_day", "opens_at"}, look);
    if (!first) each_day(file, look);  // steps in words only: the first task or event begins
    return first;
}

std::string told(Json& head, const char* name, Problems& problems) {
    if (!head.contains(name)) return {};
    if (head[name].is_string()) return head[name].get<std::string>();
    problems.add(std::string("template, ") + name, tr_noop("This must be a text."));
    return {};
}

bool is_key(const std::string& key) { return !key.empty() && key == slug(key) && key.size() <= 100; }

}  // namespace

Result<std::string> with_real_days(std::string_view content, Date first) {
    Problems problems;
    auto file = parse_json(content, problems);
    if (!file) return problems;
    each_day(*file, [&](Json& value, const std::string& place) {
        const auto days = counted_day(value);
        if (days)
            value = to_iso(add_days(first, int(*days)));
        else
            problems.add(place, tr_noop("In a template this is a whole number of days, counted from the beginning."));
    });
    each_time(*file, [&](Json& value, const std::string& place) {
        const auto time = counted_time(value);
        if (time)
            value = to_iso(add_days(first, int(time->first))) + time->second;
        else
            problems.add(place, tr_noop("In a template this is a day and a time such as “12T18:30”."));
    });
    if (problems.any()) return problems;
    if (!file->is_object()) return file->dump();
    file->erase("template");
    (*file)["format"] = "mitwirken/procedure";
    return file->dump();
}

std::string with_counted_days(std::string_view exchange) {
    Json file = Json::parse(exchange);
    const auto first = first_day(file);
    each_day(file, [&](Json& value, const std::string&) {
        if (const auto day = parse_date(value.get<std::string>())) value = days_between(*first, *day);
    });
    each_time(file, [&](Json& value, const std::string&) {
        const std::string text = value.get<std::string>();
        if (const auto day = parse_date(text.substr(0, 10)))
            value = std::to_string(days_between(*first, *day)) + text.substr(10);
    });
    for (const char* name : {"key", "dossier", "area"}) file.erase(name);
    file["state"] = "draft";
    file["format"] = format_name;
    return file.dump();
}

Result<ProcedureType> read_type(std::string_view json) {
    Problems problems;
    auto file = parse_json(json, problems);
    if (!file) return problems;
    Members members(*file, "", problems);
    if (problems.any()) return problems;
    const Json* format = members.need("format");
    if (format && *format != format_name)
        members.problem("format", tr_noop("This file does not hold a template: “mitwirken/template” is expected."));
    const Json* head = members.need("template");
    if (head && !head->is_object()) members.problem("template", tr_noop("This must be an object: {…}."));
    if (problems.any()) return problems;
    ProcedureType type;
    Json told_head = *head;
    type.key = told(told_head, "key", problems);
    type.title = told(told_head, "title", problems);
    type.summary = told(told_head, "summary", problems);
    type.format_key = told(told_head, "toolbox_format", problems);
    if (trimmed(type.title).empty() && !problems.of("template, title"))
        problems.add("template, title", tr_noop("This is missing."));
    if (!type.key.empty() && !is_key(type.key))
        problems.add("template, key", tr_noop("A key is made of small letters, digits and hyphens."));
    if (problems.any()) return problems;
    type.content = file->dump();
    return type;
}

std::string write_type(const ProcedureType& type) {
    Json content = Json::parse(type.content);
    Json head = content.contains("template") ? content["template"] : Json::object();
    head["key"] = type.key;
    head["title"] = type.title;
    head["summary"] = type.summary;
    head.erase("toolbox_format");
    if (!type.format_key.empty()) head["toolbox_format"] = type.format_key;
    Json file = {{"format", format_name}, {"version", 1}, {"template", head}};
    for (const auto& [name, value] : content.items())
        if (!file.contains(name)) file[name] = value;
    return file.dump(1) + "\n";
}

}  // namespace mitwirken::core
