// The exchange format: what is read, what is refused and with which place, and that nothing is lost on the way back.
#include "core/procedures/exchange.h"

#include <doctest/doctest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "core/procedures/validate.h"
#include "core/procedures/words.h"
#include "platform/i18n/i18n.h"
#include "sample.h"

using namespace mitwirken;
using namespace mitwirken::core;
using namespace mitwirken::core::sample;
using nlohmann::ordered_json;

namespace {

ordered_json park_json() { return ordered_json::parse(write_procedure(park())); }

// The lines that are said about a file, "" when it is accepted.
std::string refusal(const std::string& text) {
    const auto result = read_procedure(text);
    return result ? "" : problems_in_words(i18n::english(), result.problems());
}

std::string changed(const std::function<void(ordered_json&)>& change) {
    auto json = park_json();
    change(json);
    return refusal(json.dump());
}

ordered_json& step(ordered_json& json, int index) { return json["tracks"][0]["steps"][index]; }

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("export of an import is the same file and gives the same answers") {
    for (const auto& procedure : {park(), plan()}) {
        const std::string once = write_procedure(procedure);
        const auto read = read_procedure(once);
        REQUIRE(read);
        CHECK(write_procedure(*read) == once);
        for (const auto at : {local("2026-10-20T19:00"), local("2027-03-28T23:59:59"), local("2027-04-20T00:00")})
            for (const char* activity : {"ideas", "survey"})
                for (const char* interaction : {"contribute", "comment", "support", "answer"}) {
                    const std::vector<std::string> all = {"everyone", "agencies", "neighbours"};
                    const auto a = ask(procedure, all, activity, interaction, at);
                    const auto b = ask(*read, all, activity, interaction, at);
                    CHECK(a.because == b.because);
                    CHECK(a.where == b.where);
                    CHECK(a.period == b.period);
                    CHECK(a.visible == b.visible);
                }
    }
}

TEST_CASE("every kind of date survives the way there and back") {
    auto json = park_json();
    step(json, 0) = {
        {"key", "a"}, {"label", "A"}, {"opens_at", "2027-03-01T08:15:30"}, {"closes_at", "2027-03-02T09:00"}};
    step(json, 2) = {{"key", "vote"}, {"label", "V"}, {"opens_at", "2027-05-01T00:00"}, {"closes_at", nullptr}};
    json["tracks"][0]["steps"].erase(3);
    json["grid"] = ordered_json::array();
    const auto read = read_procedure(json.dump());
    REQUIRE(read);
    CHECK(ordered_json::parse(write_procedure(*read)) == json);
}

TEST_CASE("members that are not known are kept in every part and written back") {
    auto json = park_json();
    json["texts"] = {{"de", "Worum es geht"}, {"weight", 0.1}, {"list", {1, 2, 3}}};
    json["tracks"][0]["colour"] = "blue";
    step(json, 0)["round"] = 2;
    step(json, 3)["legal"] = {{"code", "§ 3 BauGB"}};
    json["activities"][1]["recipe"] = ordered_json::array({nullptr, true});
    json["grid"][0]["note"] = "Ä";
    const auto read = read_procedure(json.dump());
    REQUIRE(read);
    CHECK(ordered_json::parse(write_procedure(*read)) == json);
}

TEST_CASE("another format, version or state is refused") {
    CHECK(changed([](auto&) {}) == "");
    CHECK(has(changed([](auto& j) { j["format"] = "mitwirken/survey"; }), "format: "));
    CHECK(has(changed([](auto& j) { j.erase("format"); }), "format: This is missing."));
    for (const auto& version : {ordered_json(2), ordered_json("1"), ordered_json(1.5), ordered_json(nullptr)})
        CHECK(has(changed([&](auto& j) { j["version"] = version; }), "version: "));
    CHECK(has(changed([](auto& j) { j["state"] = "open"; }), "state: "));
    CHECK(has(changed([](auto& j) { j.erase("title"); }), "title: This is missing."));
}

TEST_CASE("what is no such file at all is refused with its place") {
    CHECK(has(refusal(""), "not valid JSON"));
    CHECK(has(refusal("{\"format\": "), ": The file is not valid JSON"));
    CHECK(has(refusal("[]"), "must be an object"));
    CHECK(has(refusal("{\"a\xff\": 1}"), "not valid JSON"));
    CHECK(has(refusal("{\"format\": 1, \"format\": 2}"), "format: A member of this name is there twice"));
    CHECK(has(refusal("{\"x\": " + std::string(100000, '[') + std::string(100000, ']') + "}"), "nested too deeply"));
}

TEST_CASE("members of the wrong kind are refused with track, step and field") {
    const auto kind = [](const char* place, const std::function<void(ordered_json&)>& change) {
        const std::string text = changed(change);
        INFO(text);
        CHECK(has(text, place));
    };
    kind("tracks: This must be a list", [](auto& j) { j["tracks"] = "all"; });
    kind("grid: This is missing", [](auto& j) { j.erase("grid"); });
    kind("track no. 1: This must be an object", [](auto& j) { j["tracks"][0] = 7; });
    kind("track no. 1, key: This is missing", [](auto& j) { j["tracks"][0].erase("key"); });
    kind("track everyone, step no. 2, key: This must be a text", [](auto& j) { step(j, 1)["key"] = 5; });
    kind("track everyone, step collect, label: This is missing", [](auto& j) { step(j, 0).erase("label"); });
    kind("activity survey, module: This must be a text", [](auto& j) { j["activities"][1]["module"] = nullptr; });
    kind("grid (activity ideas, track everyone, step collect), visible: This must be true or false",
         [](auto& j) { j["grid"][0]["visible"] = "yes"; });
    kind("grid (activity ideas, track everyone, step collect), open: This must be a list of texts",
         [](auto& j) { j["grid"][0]["open"] = {1}; });
}

TEST_CASE("dates that do not exist, two kinds and forgotten ends are refused with track, step and field") {
    const auto date = [](const char* field, const ordered_json& value) {
        return changed([&](auto& j) { step(j, 0)[field] = value; });
    };
    for (const char* text : {"2027-02-29", "2027-04-31", "2027-13-01", "2027-3-01", "0000-01-01", "gestern", ""}) {
        CHECK(has(date("first_day", text), "track everyone, step collect, first_day: This is not a day that exists"));
        CHECK(has(date("last_day", text), "track everyone, step collect, last_day: This is not a day that exists"));
    }
    CHECK(has(date("last_day", 20270328), "last_day: This is not a day"));
    CHECK(has(date("roughly", "im März"), "track everyone, step collect, roughly: A step has dates of one kind"));
    CHECK(has(date("opens_at", "2027-03-01T00:00"), "A step has dates of one kind"));
    CHECK(has(changed([](auto& j) { step(j, 0).erase("last_day"); }), "step collect, last_day: This is missing"));
    CHECK(has(changed([](auto& j) { step(j, 3).erase("roughly"); }), "step decide, first_day: A step needs"));
    CHECK(has(changed([](auto& j) { step(j, 3)["roughly"] = " "; }), "step decide, roughly: Please say in words"));
    for (const char* text : {"2027-03-01T24:00", "2027-02-29T10:00", "2027-03-01 10:00", "2027-03-01T10:00Z"}) {
        const std::string said = changed([&](auto& j) {
            step(j, 0) = {{"key", "collect"}, {"label", "S"}, {"opens_at", text}, {"closes_at", nullptr}};
        });
        CHECK(has(said, "step collect, opens_at: This is not a local time"));
    }
}

TEST_CASE("steps of one track may neither overlap nor end before they begin nor follow one without end") {
    const auto dates = [](int index, const char* first, const ordered_json& last) {
        return changed([&](auto& j) {
            step(j, index)["first_day"] = first;
            step(j, index)["last_day"] = last;
        });
    };
    CHECK(has(dates(1, "2027-03-28", "2027-04-11"),
              "track everyone, step discuss, first_day: “discuss” begins before “collect” has ended."));
    CHECK(has(dates(0, "2027-04-20", "2027-04-21"), "step collect, first_day: “collect” begins before “vote”"));
    CHECK(has(dates(0, "2027-01-01", "2027-12-31"), "step vote, first_day: “vote” begins before “collect”"));
    CHECK(dates(1, "2027-03-29", "2027-04-11") == "");
    CHECK(has(dates(1, "2027-04-11", "2027-04-10"), "step discuss, last_day: The end is before the beginning."));
    CHECK(dates(1, "2027-04-11", "2027-04-11") == "");
    CHECK(has(dates(2, "2027-04-12", nullptr), "step decide, roughly: “decide” cannot come after “vote”"));
    CHECK(has(dates(1, "2027-04-05", nullptr), "step vote, first_day: “vote” cannot come after “discuss”"));
    CHECK(has(dates(3, "2027-01-01", nullptr), "A step has dates of one kind"));
    // Listed last, but it begins before the others.
    CHECK(has(changed([](auto& j) {
                  step(j, 3) = {{"key", "decide"}, {"label", "D"}, {"first_day", "2027-01-01"}, {"last_day", nullptr}};
              }),
              "step collect, first_day: “collect” cannot come after “D”"));
    CHECK(dates(0, "2027-05-01", "2027-05-02") == "");  // other order than in time
}

TEST_CASE("an end is compared in real time when the clocks change") {
    const auto evening = [](const char* opens, const char* closes) {
        return changed([&](auto& j) {
            step(j, 0) = {{"key", "collect"}, {"label", "S"}, {"opens_at", opens}, {"closes_at", closes}};
        });
    };
    CHECK(evening("2026-10-25T02:30", "2026-10-25T02:15") == "");
    CHECK(has(evening("2026-10-24T02:30", "2026-10-24T02:15"), "closes_at: The end is before the beginning."));
    CHECK(has(evening("2026-03-29T02:30", "2026-03-29T03:15"), "closes_at: The end is before the beginning."));
    CHECK(evening("2026-03-29T02:30", "2026-03-29T02:30") == "");
}

TEST_CASE("keys and cells twice, and cells that name what is not there, are refused") {
    CHECK(has(changed([](auto& j) { j["tracks"].push_back(j["tracks"][0]); }),
              "track everyone, key: The key “everyone” is there twice."));
    CHECK(has(changed([](auto& j) { step(j, 1)["key"] = "collect"; }), "track everyone, step collect, key: The key"));
    CHECK(has(changed([](auto& j) { j["activities"][1]["key"] = "ideas"; }), "activity ideas, key: The key “ideas”"));
    CHECK(has(changed([](auto& j) { j["activities"][1]["key"] = ""; }), "activity no. 2, key: The key is missing."));
    CHECK(has(changed([](auto& j) { j["grid"].push_back(j["grid"][0]); }),
              "grid (activity ideas, track everyone, step collect): The setting of this activity in this step"));
    CHECK(has(changed([](auto& j) { j["grid"][0]["activity"] = "map"; }), ", activity: There is no activity “map”."));
    CHECK(has(changed([](auto& j) { j["grid"][0]["track"] = "youth"; }), ", track: There is no track “youth”."));
    CHECK(has(changed([](auto& j) { j["grid"][0]["step"] = "party"; }),
              "grid (activity ideas, track everyone, step party), step: The track “everyone” has no step “party”."));
    CHECK(has(changed([](auto& j) { j["grid"][0]["open"] = {""}; }), ", open: An interaction without a name"));
}

TEST_CASE("the editor's structs are checked by the same rules, with fields to show the problem at") {
    Procedure p = park();
    CHECK_FALSE(validate(p).any());
    p.tracks[0].steps[1].dates = ByDays{Date{std::chrono::year{2027}, std::chrono::month{2}, std::chrono::day{30}}, {}};
    p.tracks[0].steps[2].dates = ByTimes{LocalTime{day("2027-04-12"), 25, 0, 0}, {}};
    const auto problems = validate(p);
    CHECK(problems.of(step_place("everyone", "discuss", "first_day")));
    CHECK(problems.of(step_place("everyone", "vote", "opens_at")));
    CHECK(i18n::german().tr(problems.list()[0].message) == "Diesen Termin gibt es nicht.");
}

TEST_CASE("questions are answered in their order, with null where nothing applies") {
    const auto questions = read_questions(R"([
        {"id": "b", "tracks": ["everyone"],
         "activity": "survey", "interaction": "answer", "at": "2027-04-25T21:59:59Z"},
        {"id": "a", "tracks": [], "activity": "survey", "interaction": "answer", "at": "2027-04-25T22:00:00Z"}])");
    REQUIRE(questions);
    const auto answers = ordered_json::parse(write_answers(park(), *questions));
    CHECK(answers.dump() ==
          R"([{"id":"b","visible":true,"allowed":true,"because":"open","track":"everyone","step":"vote",)"
          R"("from":"2027-04-11T22:00:00Z","until":"2027-04-25T22:00:00Z"},)"
          R"({"id":"a","visible":false,"allowed":false,"because":"not_for_you","track":null,"step":null,)"
          R"("from":null,"until":null}])");
    CHECK(write_answers(park(), {}) == "[]\n");
}

TEST_CASE("questions that are none are refused with their place") {
    const auto said = [](const char* text) {
        const auto result = read_questions(text);
        return result ? std::string() : problems_in_words(i18n::english(), result.problems());
    };
    CHECK(has(said("{}"), "This must be a list"));
    CHECK(has(said("[7]"), "question no. 1: This must be an object"));
    CHECK(has(said(R"([{"id": "q", "tracks": [1], "activity": "a", "interaction": "b", "at": "2027-02-30"}])"),
              "question q, tracks: This must be a list of texts.\nquestion q, at: This is not an instant"));
    CHECK(has(said(R"([{"id": "q"}])"), "question q, interaction: This is missing."));
}
