// A track as a form and back, and moving a plan in time: rules without a page.
#include <doctest/doctest.h>

#include "modules/procedures/copies.h"
#include "modules/procedures/steps_form.h"

using namespace mitwirken;
using namespace mitwirken::procedures;

namespace {

core::Track sample() {
    core::Track track;
    track.key = "alle", track.label = "Für alle";
    core::Step days, times, words;
    days.key = "sammeln", days.label = "Sammeln";
    days.dates = core::ByDays{*parse_date("2027-03-01"), parse_date("2027-03-31")};
    days.legal_code = "§ 3", days.extra = R"({"x":1})";
    times.key = "abend", times.label = "Abend", times.silent = true, times.round = 1;
    times.dates =
        core::ByTimes{*core::parse_local_time("2027-04-02T18:30"), core::parse_local_time("2027-04-02T20:00:30")};
    words.key = "danach", words.label = "Danach", words.dates = core::Roughly{"Herbst 2027"};
    track.steps = {days, times, words};
    return track;
}

}  // namespace

TEST_CASE("a track that goes through its form comes back as it was") {
    const auto before = sample();
    Form form;
    write_track(form, before);
    const auto typed = read_track(form, before);
    CHECK_FALSE(typed.problems.any());
    REQUIRE(typed.track.steps.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto &was = before.steps[i], &is = typed.track.steps[i];
        CHECK(is.key == was.key);
        CHECK(is.legal_code == was.legal_code);
        CHECK(is.extra == was.extra);
        CHECK(is.silent == was.silent);
        CHECK(is.round == was.round);
        CHECK(is.dates.index() == was.dates.index());
        CHECK(core::period(is) == core::period(was));
    }
    CHECK(std::get<core::Roughly>(typed.track.steps[2].dates).words == "Herbst 2027");
}

TEST_CASE("steps are added, put in another order and removed, and what the form does not name stays") {
    const auto before = sample();
    Form form;
    write_track(form, before);
    form.set("step-1-position", "3");
    form.set("step-2-remove", "on");
    form.set("step-3-position", "1");
    form.set("step-4-label", "Abend");
    form.set("step-4-first_day", "2027-05-01");
    const auto typed = read_track(form, before);
    CHECK_FALSE(typed.problems.any());
    REQUIRE(typed.track.steps.size() == 3);
    CHECK(typed.track.steps[0].key == "danach");
    CHECK(typed.track.steps[1].key == "sammeln");
    CHECK(typed.track.steps[2].label == "Abend");
    Form less;
    less.set("label", "Für alle");
    CHECK(read_track(less, before).track.steps.size() == 3);
}

TEST_CASE("dates that cannot be read are said at their field") {
    const auto wrong = [](std::initializer_list<std::pair<const char*, const char*>> fields, const char* at) {
        Form form;
        form.set("label", "Alle");
        form.set("step-1-label", "Schritt");
        for (const auto& [name, value] : fields) form.set(std::string("step-1-") + name, value);
        const auto typed = read_track(form, {});
        INFO(at);
        CHECK(typed.problems.of(std::string("step-1-") + at));
    };
    wrong({}, "first_day");
    wrong({{"first_day", "2027-02-30"}}, "first_day");
    wrong({{"first_day", "2027-02-01"}, {"last_day", "morgen"}}, "last_day");
    wrong({{"first_day", "2027-02-01"}, {"roughly", "bald"}}, "roughly");
    wrong({{"first_day", "2027-02-01"}, {"first_time", "25:00"}}, "first_time");
    wrong({{"first_day", "2027-02-01"}, {"first_time", "10:00"}, {"last_day", "2027-02-02"}}, "last_time");
    wrong({{"first_day", "2027-02-01"}, {"last_day", "2027-02-02"}, {"last_time", "10:00"}}, "first_time");
    wrong({{"first_day", "2027-02-01"}, {"first_time", "10:00"}, {"last_time", "12:00"}}, "last_day");
    wrong({{"first_day", "2027-02-01"}, {"round", "-1"}}, "round");
}

TEST_CASE("a plan moves by whole days: clock times and words stay") {
    core::Procedure plan;
    plan.tracks = {sample()};
    CHECK(*first_day(plan) == *parse_date("2027-03-01"));
    move_to(plan, *parse_date("2028-03-01"));
    const auto& steps = plan.tracks[0].steps;
    CHECK(to_iso(*std::get<core::ByDays>(steps[0].dates).last) == "2028-03-31");
    CHECK(core::to_local_iso(std::get<core::ByTimes>(steps[1].dates).opens) == "2028-04-02T18:30");
    CHECK(std::get<core::Roughly>(steps[2].dates).words == "Herbst 2027");
}
