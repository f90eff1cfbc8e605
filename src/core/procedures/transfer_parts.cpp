// See transfer_parts.h.
#include "core/procedures/transfer_parts.h"

#include <fmt/format.h>

namespace mitwirken::core {

namespace {

Date day_of(Members& members, const char* name) {
    const Json* value = members.need(name);
    const auto day = value && value->is_string() ? parse_date(value->get<std::string>()) : std::nullopt;
    if (value && (!day || !exists(*day)))
        members.problem(name, tr_noop("This is not a day that exists, such as “2027-03-29”."));
    return day.value_or(Date{});
}

Goal read_goal(const Json& json, const std::string& place, Problems& problems) {
    Members members(json, place, problems);
    Goal goal;
    goal.text = members.text("text");
    const std::string word = members.text("indicator");
    if (const auto indicator = indicator_from(word))
        goal.indicator = *indicator;
    else if (!word.empty())
        members.problem("indicator",
                        tr_noop("This must be “participants”, “contributions”, “comments”, “supports” or “own”."));
    if (const Json* target = members.need("target"); target && !(target->is_number_unsigned() && *target > 0))
        members.problem("target", tr_noop("This must be a whole number."));
    else
        goal.target = members.optional_number("target");
    if (members.has("reached")) goal.reached = members.optional_number("reached");
    members.take("reached");
    goal.extra = members.rest();
    return goal;
}

Faq read_faq(const Json& json, const std::string& place, Problems& problems) {
    Members members(json, place, problems);
    Faq faq{0, members.text("question"), members.text("answer"), ""};
    faq.extra = members.rest();
    return faq;
}

OfficeTask read_task(const Json& json, const std::string& place, Problems& problems) {
    Members members(json, place, problems);
    OfficeTask task;
    task.title = members.text("title");
    task.text = members.optional_text("text");
    task.due = day_of(members, "due");
    task.extra = members.rest();
    return task;
}

std::string clock_time(Members& members, const char* name) {
    const std::string time = members.optional_text(name);
    if (!time.empty() && !parse_clock_time(time)) members.problem(name, tr_noop("This is not a time such as “18:30”."));
    return time;
}

MeetingPlanned read_meeting(const Json& json, const std::string& place, Problems& problems) {
    Members members(json, place, problems);
    MeetingPlanned meeting;
    meeting.title = members.text("title");
    meeting.text = members.optional_text("text");
    meeting.place = members.optional_text("place");
    meeting.day = day_of(members, "day");
    meeting.from = clock_time(members, "from");
    meeting.until = clock_time(members, "until");
    meeting.online = members.has("online") && members.yes_or_no("online");
    return meeting;
}

template <class Part, class Read>
std::vector<Part> read_list(const Json& rest, const char* name, const char* word, Problems& problems, Read read) {
    std::vector<Part> parts;
    if (!rest.contains(name)) return parts;
    if (!rest[name].is_array()) {
        problems.add(name, tr_noop("This must be a list: […]."));
        return parts;
    }
    for (const auto& one : rest[name])
        parts.push_back(read(one, fmt::format("{} {}", word, parts.size() + 1), problems));
    return parts;
}

Json with_rest(Json members, const std::string& extra) {
    if (extra.empty()) return members;
    const Json rest = Json::parse(extra);
    for (const auto& [name, value] : rest.items())
        if (!members.contains(name)) members[name] = value;
    return members;
}

}  // namespace

void read_parts(Json& rest, WholeProcedure& whole, Problems& problems) {
    whole.goals = read_list<Goal>(rest, "goals", "goal", problems, read_goal);
    whole.faq = read_list<Faq>(rest, "faq", "question", problems, read_faq);
    whole.tasks = read_list<OfficeTask>(rest, "tasks", "task", problems, read_task);
    read_list<MeetingPlanned>(rest, "events", "event", problems, read_meeting);
    for (const char* name : {"goals", "faq", "tasks"}) rest.erase(name);
}

void write_parts(const WholeProcedure& whole, Json& to) {
    for (const auto& goal : whole.goals) {
        Json json = {{"text", goal.text}, {"indicator", to_word(goal.indicator)}, {"target", goal.target}};
        if (goal.reached) json["reached"] = *goal.reached;
        to["goals"].push_back(with_rest(std::move(json), goal.extra));
    }
    for (const auto& faq : whole.faq)
        to["faq"].push_back(with_rest({{"question", faq.question}, {"answer", faq.answer}}, faq.extra));
    for (const auto& task : whole.tasks) {
        Json json = {{"title", task.title}};
        if (!task.text.empty()) json["text"] = task.text;
        json["due"] = to_iso(task.due);
        to["tasks"].push_back(with_rest(std::move(json), task.extra));
    }
}

std::vector<MeetingPlanned> meetings_of(const std::string& extra) {
    Problems nobody_reads;  // they were checked when the file was read
    if (extra.empty()) return {};
    return read_list<MeetingPlanned>(Json::parse(extra), "events", "event", nobody_reads, read_meeting);
}

}  // namespace mitwirken::core
