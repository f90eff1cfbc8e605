// One contribution as it was typed or stands in a file: the same checks for both. See channels.h.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/forms/forms.h"
#include "core/maps/addresses.h"
#include "core/maps/layers.h"
#include "modules/channels/channels.h"
#include "platform/base/text.h"

namespace mitwirken::channels {

namespace {

using core::Visit;
using nlohmann::json;

constexpr std::size_t most_title = 120, most_name = 80, most_number = 40;

std::string without_comma(std::string text) {
    while (!text.empty() && (text.back() == ',' || text.back() == ';')) text.pop_back();
    return text;
}

// "51.5136, 7.4653", "51,5136 7,4653", "51.5136/7.4653"
std::optional<geo::Point> position_in(const std::string& typed) {
    std::string text = typed;
    for (char& c : text)
        if (c == '/' || c == ';' || c == '\t') c = ' ';
    std::vector<std::string> parts;
    for (const auto& part : split(text, ' '))
        if (!without_comma(part).empty()) parts.push_back(without_comma(part));
    if (parts.size() == 1) parts = split(parts[0], ',');
    return parts.size() == 2 ? geo::parse_point(parts[0], parts[1]) : std::nullopt;
}

bool holds(const geo::Box& box, geo::Point p) {
    return p.lon >= box.west && p.lon <= box.east && p.lat >= box.south && p.lat <= box.north;
}

std::string point_json(geo::Point p) { return json{{"type", "Point"}, {"coordinates", {p.lon, p.lat}}}.dump(); }

}  // namespace

Checker::Checker(Visit& visit, const core::Place& place, std::string kind)
    : visit_(visit), place_(place), kind_(std::move(kind)), topics_(core::terms(visit.tx, visit.tenant.id, "topic")) {
    const std::string& text = place.activity->settings;
    const auto settings = json::parse(text.empty() ? "{}" : text, nullptr, false);
    if (settings.is_object()) {
        if (const auto at = settings.find("topics"); at != settings.end() && at->is_boolean())
            with_topics_ = at->get<bool>();
        if (const auto at = settings.find("most_letters"); at != settings.end() && at->is_number_integer())
            most_letters_ = std::size_t(std::max<std::int64_t>(1, at->get<std::int64_t>()));
    }
    std::erase_if(topics_, [](const core::Term& term) { return term.retired != 0; });
    rules_ = core::place_rules(settings, place.procedure);
    if (const auto area = geo::read_geometry(rules_.within)) area_ = area->json;
    town_ = core::municipal_box(core::terms(visit.tx, visit.tenant.id, "district"));
}

void Checker::read_topics(const Form& form, Checked& c, Problems& problems) const {
    for (const auto& key : form.all("topics"))
        for (const auto& term : topics_)
            if (term.key == key) c.topics.push_back(term.id);
    for (const auto& part : split(form["topic_names"], '|')) {
        const std::string name = trimmed(part);
        if (name.empty()) continue;
        const auto known = std::find_if(topics_.begin(), topics_.end(), [&](const core::Term& term) {
            return term.key == name || lower_ascii(term.name) == lower_ascii(name);
        });
        if (known == topics_.end())
            problems.add("topics", tr_noop("There is no topic “{name}”. Topics are divided by |.", {{"name", name}}));
        else
            c.topics.push_back(known->id);
    }
    std::sort(c.topics.begin(), c.topics.end(), [](auto a, auto b) { return a.value < b.value; });
    c.topics.erase(std::unique(c.topics.begin(), c.topics.end()), c.topics.end());
}

std::optional<geo::Point> Checker::point_of(const Form& form, Problems& problems) const {
    const std::string lat = trimmed(form["lat"]), lon = trimmed(form["lon"]);
    if (!lat.empty() || !lon.empty()) {
        const auto point = geo::parse_point(lat, lon);
        if (!point) problems.add("lat", tr_noop("This is no position: 51.51 and 7.46 would be one."));
        return point;
    }
    const std::string typed = trimmed(form["place"]);
    if (typed.empty()) return {};
    if (const auto point = position_in(typed)) return point;
    const auto found = core::find_addresses(visit_.tx, visit_.tenant.id, first_letters(typed, 200), 4);
    const bool with_number = typed.find_first_of("0123456789") != std::string::npos;
    if (found.size() == 1 || (!found.empty() && with_number)) return found.front().point;
    if (found.empty()) {
        problems.add("place", tr_noop("“{typed}” is not among our addresses. Please give a street and number, or a "
                                      "position such as 51.5136, 7.4653 – or leave the place out and write it into "
                                      "the text.",
                                      {{"typed", first_letters(typed, 80)}}));
        return {};
    }
    std::vector<std::string> labels;
    for (const auto& one : found) labels.push_back(one.label);
    problems.add("place",
                 tr_noop("Several places fit: {list}. Please write which one.", {{"list", join(labels, "; ")}}));
    return {};
}

void Checker::set_point(geo::Point point, Checked& c, Problems& problems) const {
    const std::string geometry = point_json(point);
    if (!area_.empty() && !geo::contains(area_, geometry))
        return problems.add("place", tr_noop("This place lies outside the area this is about."));
    if (area_.empty() && town_ && !holds(*town_, point))
        return problems.add("place", tr_noop("This place lies outside the municipality. Please choose one inside."));
    c.head.place = geometry;
    c.head.lon = point.lon;
    c.head.lat = point.lat;
}

void Checker::read_place(const Form& form, Checked& c, Problems& problems) const {
    if (!with_places()) {
        if (!trimmed(form["place"] + form["lat"] + form["lon"]).empty())
            problems.add("place", tr_noop("No places are asked for here. Please write it into the text."));
        return;
    }
    if (const auto point = point_of(form, problems)) set_point(*point, c, problems);
}

Result<Checked> Checker::check(const Form& form) const {
    Problems problems;
    Checked c;
    c.head = {.module = place_.activity->module, .kind = kind_};
    c.head.title = trimmed(form["title"]);
    c.head.body = trimmed(form["body"]);
    c.head.author_name = trimmed(form["name"]);
    c.own_number = trimmed(form["number"]);
    if (c.head.title.empty()) problems.add("title", tr_noop("Please give a title: what it is about, in a few words."));
    if (c.head.body.empty()) problems.add("body", tr_noop("Please write down what was said or written."));
    core::need_short(problems, "title", c.head.title, most_title);
    core::need_short(problems, "body", c.head.body, most_letters_);
    core::need_short(problems, "name", c.head.author_name, most_name);
    core::need_short(problems, "number", c.own_number, most_number);
    const auto channel = entered_channel(form["channel"]);
    if (!channel) problems.add("channel", tr_noop("Please say how it came."));
    c.head.channel = channel.value_or(core::Channel::paper);
    if (const auto day = read_day(form["day"])) {
        c.day = *day;
        const auto received = received_on(place_, *day, visit_.language, visit_.now);
        if (received)
            c.received = *received;
        else
            problems.append(received.problems());
    } else {
        problems.add("day", tr_noop("Please give the day on which it came in, such as 23.11.2026."));
    }
    if (with_topics_) read_topics(form, c, problems);
    read_place(form, c, problems);
    if (problems.any()) return problems;
    c.head.original =
        json{{"title", c.head.title}, {"body", c.head.body},       {"name", c.head.author_name},
             {"place", c.head.place}, {"received", to_iso(c.day)}, {"channel", channel_word(c.head.channel)},
             {"number", c.own_number}}
            .dump();
    return c;
}

}  // namespace mitwirken::channels
