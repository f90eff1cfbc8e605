// The grid to the second: inclusive days, daylight saving, gaps, pauses, rough dates, several tracks.
#include "core/procedures/grid.h"

#include <doctest/doctest.h>

#include "sample.h"

using namespace mitwirken;
using namespace mitwirken::core;
using namespace mitwirken::core::sample;

namespace {

const std::vector<std::string> everyone = {"everyone"};

std::string said(const Procedure& procedure, const Answer& answer) {
    std::string text(to_word(answer.because));
    if (answer.where) {
        const auto& track = procedure.tracks[answer.where->track];
        text += " " + track.key + "/" + track.steps[answer.where->step].key;
    }
    return text;
}

std::string asked(const Procedure& procedure, const std::vector<std::string>& tracks, const char* activity,
                  const char* interaction, Timestamp at) {
    return said(procedure, ask(procedure, tracks, activity, interaction, at));
}

std::string times_of(const Step& step) {
    const Period p = period(step);
    return (p.from ? to_iso(*p.from) : "-") + " " + (p.until ? to_iso(*p.until) : "-");
}

const auto second = std::chrono::seconds{1};

}  // namespace

TEST_CASE("days are inclusive: a step runs from the first midnight to the midnight after the last day") {
    CHECK(times_of(days("a", "2027-01-10", "2027-01-10")) == "2027-01-09T23:00:00Z 2027-01-10T23:00:00Z");
    CHECK(times_of(days("a", "2026-07-01", "2026-07-31")) == "2026-06-30T22:00:00Z 2026-07-31T22:00:00Z");
    CHECK(times_of(days("a", "2026-12-31")) == "2026-12-30T23:00:00Z -");
    CHECK(times_of(days("a", "2028-02-28", "2028-02-29")) == "2028-02-27T23:00:00Z 2028-02-29T23:00:00Z");
    CHECK(times_of(roughly("a", "bald")) == "- -");
}

TEST_CASE("the days on which the clocks change have 23 and 25 hours, in both years") {
    CHECK(times_of(days("a", "2026-03-29", "2026-03-29")) == "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z");
    CHECK(times_of(days("a", "2027-03-28", "2027-03-28")) == "2027-03-27T23:00:00Z 2027-03-28T22:00:00Z");
    CHECK(times_of(days("a", "2026-10-25", "2026-10-25")) == "2026-10-24T22:00:00Z 2026-10-25T23:00:00Z");
    CHECK(times_of(days("a", "2027-10-31", "2027-10-31")) == "2027-10-30T22:00:00Z 2027-10-31T23:00:00Z");
}

TEST_CASE("a local time that does not exist moves forward by the gap") {
    CHECK(times_of(times("a", "2026-03-29T02:30", "2026-03-29T02:45")) == "2026-03-29T01:30:00Z 2026-03-29T01:45:00Z");
    CHECK(times_of(times("a", "2027-03-28T02:00", "2027-03-28T02:59")) == "2027-03-28T01:00:00Z 2027-03-28T01:59:00Z");
    CHECK(times_of(times("a", "2027-03-28T01:59:59", "2027-03-28T03:00")) ==
          "2027-03-28T00:59:59Z 2027-03-28T01:00:00Z");
}

TEST_CASE("a local time that exists twice opens at the first and closes at the second") {
    CHECK(times_of(times("a", "2026-10-25T02:30", "2026-10-25T02:30")) == "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z");
    CHECK(times_of(times("a", "2027-10-31T02:00", "2027-10-31T02:59:59")) ==
          "2027-10-31T00:00:00Z 2027-10-31T01:59:59Z");
    CHECK(times_of(times("a", "2027-10-31T01:30", "2027-10-31T03:00")) == "2027-10-30T23:30:00Z 2027-10-31T02:00:00Z");
    CHECK(times_of(times("a", "2027-10-31T02:10")) == "2027-10-31T00:10:00Z -");
}

TEST_CASE("open from the first second to the last, not before and not after") {
    const Procedure p = park();
    const Timestamp from = utc("2027-02-28T23:00:00Z"), until = utc("2027-03-28T22:00:00Z");
    CHECK(asked(p, everyone, "ideas", "comment", from - second) == "not_yet everyone/collect");
    CHECK(asked(p, everyone, "ideas", "comment", from - std::chrono::milliseconds{1}) == "not_yet everyone/collect");
    CHECK(asked(p, everyone, "ideas", "comment", from) == "open everyone/collect");
    CHECK(asked(p, everyone, "ideas", "comment", until - std::chrono::milliseconds{1}) == "open everyone/collect");
    CHECK(asked(p, everyone, "ideas", "comment", until) == "not_yet everyone/discuss");
    const Answer open = ask(p, everyone, "ideas", "comment", from);
    CHECK(open.allowed());
    CHECK(open.period == Period{from, until});
    CHECK_FALSE(ask(p, everyone, "ideas", "comment", until).allowed());
}

TEST_CASE("steps that touch hand over at the same second") {
    const Procedure p = park();
    const Timestamp change = local("2027-04-12T00:00");
    CHECK(asked(p, everyone, "ideas", "support", change - second) == "not_yet everyone/vote");
    CHECK(asked(p, everyone, "ideas", "comment", change - second) == "open everyone/discuss");
    CHECK(asked(p, everyone, "ideas", "support", change) == "open everyone/vote");
    CHECK(asked(p, everyone, "ideas", "comment", change) == "closed everyone/discuss");
}

TEST_CASE("later comes before roughly, roughly before closed") {
    const Procedure p = park();
    const Timestamp in_gap = local("2027-04-01T12:00"), afterwards = local("2027-05-01T12:00");
    CHECK(asked(p, everyone, "ideas", "comment", in_gap) == "not_yet everyone/discuss");
    CHECK(asked(p, everyone, "ideas", "contribute", in_gap) == "no_date everyone/decide");
    CHECK(asked(p, everyone, "ideas", "answer", afterwards) == "no_date everyone/decide");
    CHECK(asked(p, everyone, "survey", "answer", afterwards) == "closed everyone/vote");
    CHECK(ask(p, everyone, "ideas", "contribute", in_gap).period == Period{});
}

TEST_CASE("reading follows the step that began last, through gaps and past the end; rough steps never begin") {
    Procedure p = park();
    const Grid grid(p);
    const auto person = grid.audience(everyone);
    CHECK_FALSE(grid.visible(person, "ideas", local("2027-02-28T23:59:59")));
    CHECK(grid.visible(person, "ideas", local("2027-03-01T00:00")));
    CHECK(grid.visible(person, "ideas", local("2027-04-01T12:00")));
    CHECK_FALSE(grid.visible(person, "survey", local("2027-04-11T23:59:59")));
    CHECK(grid.visible(person, "survey", local("2030-01-01T00:00")));
    CHECK_FALSE(grid.current(0, local("2027-02-28T23:59:59")));
    CHECK(grid.current(0, local("2027-04-01T12:00"))->step == 0);
    CHECK_FALSE(grid.current(0, local("2027-04-01T12:00"))->running);
    CHECK(grid.current(0, local("2027-04-05T00:00"))->step == 1);
    CHECK(grid.current(0, local("2027-04-05T00:00"))->running);
    // A step that says nothing of an activity hides it again.
    p.grid.erase(p.grid.begin() + 1);
    CHECK_FALSE(ask(p, everyone, "ideas", "contribute", local("2027-04-06T12:00")).visible);
    CHECK(ask(p, everyone, "ideas", "contribute", local("2027-04-13T12:00")).visible);
}

TEST_CASE("the order of the reasons: draft, not for you, not offered, paused") {
    Procedure p = park();
    const Timestamp at = local("2027-03-10T12:00");
    p.state = ProcedureState::draft;
    CHECK(asked(p, {}, "nothing", "contribute", at) == "draft");
    CHECK_FALSE(ask(p, everyone, "ideas", "contribute", at).visible);
    CHECK_FALSE(Grid(p).visible(Grid(p).everybody(), "ideas", at));
    p.state = ProcedureState::paused;
    CHECK(asked(p, {}, "ideas", "contribute", at) == "not_for_you");
    CHECK(asked(p, everyone, "ideas", "answer", at) == "paused");
    CHECK(asked(p, everyone, "ideas", "dance", at) == "not_offered");
    CHECK(asked(p, everyone, "ideas", "contribute", at) == "paused");
    CHECK(ask(p, everyone, "ideas", "contribute", at).visible);
    CHECK(ask(p, everyone, "ideas", "contribute", at).period == Period{});
    CHECK_FALSE(ask(p, everyone, "ideas", "contribute", local("2027-02-01T12:00")).visible);
}

TEST_CASE("an unknown track or activity is nobody's") {
    const Procedure p = park();
    const Timestamp at = local("2027-03-10T12:00");
    CHECK(asked(p, {"strangers"}, "ideas", "contribute", at) == "not_for_you");
    CHECK(asked(p, everyone, "map", "contribute", at) == "not_for_you");
    CHECK(asked(p, {"strangers", "everyone"}, "ideas", "contribute", at) == "open everyone/collect");
}

TEST_CASE("three audiences: each sees its own bars, who belongs to several has the best of them") {
    const Procedure p = plan();
    const std::vector<std::string> agencies = {"agencies"}, both = {"everyone", "agencies"}, near = {"neighbours"};
    const Timestamp october = local("2026-10-20T19:00"), november = local("2026-11-10T12:00");
    CHECK(asked(p, everyone, "ideas", "support", october) == "not_for_you");
    CHECK(asked(p, near, "ideas", "support", october) == "open neighbours/evening");
    CHECK(asked(p, near, "survey", "answer", october) == "not_for_you");
    CHECK(asked(p, everyone, "survey", "answer", october) == "open everyone/early");
    CHECK(asked(p, both, "survey", "answer", october) == "open agencies/early");  // ends later
    CHECK(asked(p, everyone, "survey", "answer", november) == "closed everyone/early");
    CHECK(asked(p, both, "survey", "answer", november) == "open agencies/early");
    CHECK(asked(p, everyone, "survey", "comment", november) == "not_offered");
    CHECK(asked(p, both, "survey", "comment", november) == "not_yet agencies/draft");
    CHECK_FALSE(ask(p, everyone, "ideas", "support", october).visible);
}

TEST_CASE("without end means last of all, and never closed") {
    Procedure p = plan();
    p.tracks[0].steps.push_back(days("draft", "2027-01-18", "2099-12-31"));
    p.grid.push_back({"survey", "everyone", "draft", true, {"answer"}, {}});
    const Timestamp at = local("2080-06-01T12:00");
    CHECK(asked(p, {"everyone", "agencies"}, "survey", "answer", at) == "open agencies/draft");
    CHECK_FALSE(ask(p, {"agencies"}, "survey", "answer", at).period.until);
    CHECK(asked(p, {"agencies"}, "survey", "answer", local("2200-01-01T00:00")) == "open agencies/draft");
}

TEST_CASE("of equals the first step of the file decides, whatever the order of the cells") {
    const Track a = track("a", "a", "", {days("one", "2027-05-01", "2027-05-10"), roughly("soon", "bald")});
    Track b = a;
    b.key = "b";
    const Procedure p = published({a, b}, {{"ideas", "b", "soon", false, {"vote"}, {}},
                                           {"ideas", "b", "one", true, {"contribute"}, {}},
                                           {"ideas", "a", "soon", false, {"vote"}, {}},
                                           {"ideas", "a", "one", false, {"contribute"}, {}}});
    const std::vector<std::string> both = {"b", "a"};
    CHECK(asked(p, both, "ideas", "contribute", local("2027-04-01T00:00")) == "not_yet a/one");
    CHECK(asked(p, both, "ideas", "contribute", local("2027-05-05T00:00")) == "open a/one");
    CHECK(asked(p, both, "ideas", "contribute", local("2027-06-05T00:00")) == "closed a/one");
    CHECK(asked(p, both, "ideas", "vote", local("2027-06-05T00:00")) == "no_date a/soon");
    CHECK(ask(p, both, "ideas", "vote", local("2027-05-05T00:00")).visible);  // b shows it
}

TEST_CASE("the step that ended last is named, also when it began first") {
    const Track a = track("a", "a", "", {days("long", "2027-01-01", "2027-06-30")});
    const Track b = track("b", "b", "", {days("short", "2027-02-01", "2027-02-10")});
    const Procedure p = published(
        {b, a}, {{"ideas", "b", "short", true, {"contribute"}, {}}, {"ideas", "a", "long", true, {"contribute"}, {}}});
    CHECK(asked(p, {"a", "b"}, "ideas", "contribute", local("2027-08-01T00:00")) == "closed a/long");
    CHECK(asked(p, {"a", "b"}, "ideas", "contribute", local("2026-08-01T00:00")) == "not_yet a/long");
    CHECK(asked(p, {"a", "b"}, "ideas", "contribute", local("2027-02-05T00:00")) == "open a/long");
}

TEST_CASE("steps need not stand in the order of time") {
    Procedure p = park();
    std::swap(p.tracks[0].steps[0], p.tracks[0].steps[2]);
    CHECK(asked(p, everyone, "ideas", "comment", local("2027-03-10T12:00")) == "open everyone/collect");
    CHECK(Grid(p).current(0, local("2027-04-20T12:00"))->step == 0);
}

TEST_CASE("a moment has begun and is over at once, and is never open") {
    const Track a = track("a", "a", "", {times("vote", "2027-05-05T14:00", "2027-05-05T14:00")});
    const Procedure p = published({a}, {{"ideas", "a", "vote", true, {"vote"}, {}}});
    CHECK(asked(p, {"a"}, "ideas", "vote", local("2027-05-05T13:59:59")) == "not_yet a/vote");
    CHECK(asked(p, {"a"}, "ideas", "vote", local("2027-05-05T14:00")) == "closed a/vote");
    CHECK(ask(p, {"a"}, "ideas", "vote", local("2027-05-05T14:00")).visible);
}

TEST_CASE("the next change is the next beginning or end of any step") {
    const Procedure p = plan();
    CHECK(to_iso(*next_change(p, local("2026-01-01T00:00"))) == "2026-10-04T22:00:00Z");
    CHECK(to_iso(*next_change(p, utc("2026-10-04T22:00:00Z"))) == "2026-10-20T16:30:00Z");
    CHECK(to_iso(*next_change(p, utc("2026-10-20T16:30:00Z"))) == "2026-10-20T19:00:00Z");
    CHECK(to_iso(*next_change(p, utc("2026-11-18T22:59:59Z"))) == "2026-11-18T23:00:00Z");
    CHECK(to_iso(*next_change(p, utc("2026-11-18T23:00:00Z"))) == "2027-01-17T23:00:00Z");
    CHECK_FALSE(next_change(p, utc("2027-01-17T23:00:00Z")));
}

TEST_CASE("a grid of a procedure that is not valid answers without a crash") {
    Procedure p = park();
    p.tracks[0].steps[0].dates = ByDays{Date{}, Date{}};
    p.grid.push_back({"ideas", "nobody", "collect", true, {"comment"}, {}});
    p.grid.push_back({"map", "everyone", "never", true, {"comment"}, {}});
    CHECK(asked(p, everyone, "map", "comment", local("2027-04-06T12:00")) == "not_for_you");
    CHECK(asked(p, everyone, "ideas", "comment", local("2027-04-06T12:00")) == "open everyone/discuss");
}
