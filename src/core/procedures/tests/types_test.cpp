// Templates: days counted from the beginning, there and back, and what is refused.
#include <doctest/doctest.h>

#include "core/procedures/days_off.h"
#include "core/procedures/transfer.h"
#include "core/procedures/types.h"

namespace mitwirken::tests {

namespace {

using namespace core;
using namespace std::chrono;

constexpr const char* sample = R"({
 "format": "mitwirken/template", "version": 1,
 "template": {"key": "ideen", "title": "Ideen sammeln", "summary": "Kurz", "toolbox_format": "online-dialog",
   "colour": "blue"},
 "title": "Ideen für [Ort]", "state": "draft", "later": {"x": 1},
 "tracks": [{"key": "alle", "label": "Alle", "steps": [
   {"key": "sammeln", "label": "Sammeln", "first_day": 0, "last_day": 13, "mark": "m"},
   {"key": "saal", "label": "Saal", "opens_at": "14T18:30", "closes_at": "14T20:00"},
   {"key": "spaeter", "label": "Später", "roughly": "Herbst"},
   {"key": "ende", "label": "Ende", "first_day": 15, "last_day": null}]}],
 "activities": [], "grid": [],
 "goals": [{"text": "Viele machen mit", "indicator": "participants", "target": 200, "mark": "g"}],
 "faq": [{"question": "Wer?", "answer": "Alle.", "mark": "f"}],
 "tasks": [{"title": "Saal buchen", "due": -10, "mark": "t"}],
 "events": [{"title": "Auftakt", "day": 1, "from": "18:00", "until": "20:00", "mark": "e"}]})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

bool refuses(const std::string& json, const std::string& place) {
    const auto file = with_real_days(json, 2027y / 3 / 1);
    if (!file) return file.problems().of(place) != nullptr;
    const auto whole = read_whole(*file);
    return !whole && whole.problems().of(place) != nullptr;
}

}  // namespace

TEST_CASE("a template gets real days from its first one") {
    const auto file = with_real_days(sample, 2027y / 3 / 29);
    REQUIRE(file);
    const auto whole = read_whole(*file);
    REQUIRE(whole);
    const auto& steps = whole->plan.tracks[0].steps;
    CHECK(std::get<ByDays>(steps[0].dates).first == 2027y / 3 / 29);
    CHECK(*std::get<ByDays>(steps[0].dates).last == 2027y / 4 / 11);
    CHECK(to_local_iso(std::get<ByTimes>(steps[1].dates).opens) == "2027-04-12T18:30");
    CHECK_FALSE(std::get<ByDays>(steps[3].dates).last);
    REQUIRE(whole->tasks.size() == 1);
    CHECK(whole->tasks[0].due == 2027y / 3 / 19);
    REQUIRE(whole->goals.size() == 1);
    CHECK(whole->goals[0].target == 200);
    CHECK(whole->faq[0].answer == "Alle.");
    CHECK(whole->record.extra.find("2027-03-30") != std::string::npos);
}

TEST_CASE("a procedure and its template are the same but for the days, with members nobody knows") {
    const auto file = with_real_days(sample, 2028y / 1 / 3);
    REQUIRE(file);
    const auto whole = read_whole(*file);
    REQUIRE(whole);
    const std::string counted = with_counted_days(write_whole(*whole));
    const auto again = with_real_days(counted, 2028y / 1 / 3);
    REQUIRE(again);
    CHECK(write_whole(*read_whole(*again)) == write_whole(*whole));
    for (const char* mark : {"\"mark\":\"m\"", "\"mark\":\"g\"", "\"mark\":\"f\"", "\"mark\":\"t\"", "\"mark\":\"e\"",
                             "\"later\":{\"x\":1}", "\"due\":-10", "\"14T18:30\"", "\"last_day\":null"})
        CHECK_MESSAGE(counted.find(mark) != std::string::npos, mark);
}

TEST_CASE("a template in and out of its file keeps its head") {
    const auto type = read_type(sample);
    REQUIRE(type);
    CHECK(type->key == "ideen");
    CHECK(type->title == "Ideen sammeln");
    CHECK(type->format_key == "online-dialog");
    auto other = *type;
    other.title = "Ideen und mehr";
    other.format_key.clear();
    const std::string file = write_type(other);
    CHECK(file.find("\"colour\": \"blue\"") != std::string::npos);
    CHECK(file.find("toolbox_format") == std::string::npos);
    const auto again = read_type(file);
    REQUIRE(again);
    CHECK(again->title == "Ideen und mehr");
    CHECK(write_type(*again) == file);
}

TEST_CASE("what is wrong in a template is named with its place") {
    const std::string s = sample;
    CHECK(refuses(replaced(s, "\"first_day\": 0", "\"first_day\": \"2027-03-01\""),
                  "track alle, step sammeln, first_day"));
    CHECK(refuses(replaced(s, "\"14T18:30\"", "\"2027-03-01T18:30\""), "track alle, step saal, opens_at"));
    CHECK(refuses(replaced(s, "\"14T18:30\"", "\"14T25:30\""), "track alle, step saal, opens_at"));
    CHECK(refuses(replaced(s, "-10", "\"bald\""), "task 1, due"));
    CHECK(refuses(replaced(s, "-10", "99999999"), "task 1, due"));
    CHECK(refuses(replaced(s, "\"day\": 1", "\"day\": 1.5"), "event 1, day"));
    CHECK(refuses(replaced(s, "\"from\": \"18:00\"", "\"from\": \"abends\""), "event 1, from"));
    CHECK(refuses(replaced(s, "\"target\": 200", "\"target\": -1"), "goal 1, target"));
    CHECK(refuses(replaced(s, "\"participants\"", "\"leute\""), "goal 1, indicator"));
    CHECK(refuses(replaced(s, "\"question\": \"Wer?\", ", ""), "question 1, question"));
    CHECK(refuses(replaced(s, "\"last_day\": 13", "\"last_day\": 14"), "track alle, step saal, opens_at"));
    CHECK(refuses("[]", ""));
    CHECK_FALSE(read_type("{}"));
    CHECK_FALSE(read_type(replaced(s, "mitwirken/template", "mitwirken/procedure")));
    CHECK_FALSE(read_type(replaced(s, "\"title\": \"Ideen sammeln\", ", "")));
    CHECK_FALSE(read_type(replaced(s, "\"key\": \"ideen\"", "\"key\": \"../ideen\"")));
    CHECK_FALSE(read_type(replaced(s, "\"key\": \"ideen\"", "\"key\": 7")));
}

TEST_CASE("days off are those of North Rhine-Westphalia") {
    CHECK(easter(2027y) == 2027y / 3 / 28);
    CHECK(easter(2024y) == 2024y / 3 / 31);
    CHECK(easter(2038y) == 2038y / 4 / 25);
    CHECK(day_off(2027y / 3 / 26)->id == "Good Friday");
    CHECK(day_off(2027y / 5 / 27)->id == "Corpus Christi");
    CHECK(day_off(2027y / 11 / 1)->id == "All Saints’ Day");
    CHECK(day_off(2027y / 10 / 31)->id == "Sunday");  // Reformation Day is none here
    CHECK(day_off(2027y / 3 / 27)->id == "Saturday");
    CHECK_FALSE(day_off(2027y / 3 / 30));
}

}  // namespace mitwirken::tests
