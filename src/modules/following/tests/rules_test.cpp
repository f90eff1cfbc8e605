// Following: the rules, without a database and at any hour.
#include <doctest/doctest.h>

#include "modules/following/following.h"
#include "platform/search/search.h"

namespace mitwirken::tests {

namespace {

using namespace following;
using namespace std::chrono_literals;

Timestamp at(const char* text) { return *parse_instant(text); }

}  // namespace

TEST_CASE("digests go out at seven o'clock in Berlin, whatever the clocks were changed to") {
    CHECK(next_mail(Rhythm::at_once, at("2026-11-23T09:00:00Z")) == at("2026-11-23T09:00:00Z"));
    CHECK(next_mail(Rhythm::daily, at("2026-11-23T05:59:59Z")) == at("2026-11-23T06:00:00Z"));
    CHECK(next_mail(Rhythm::daily, at("2026-11-23T06:00:00Z")) == at("2026-11-24T06:00:00Z"));
    // Spring: the night of 29 March 2026 has 23 hours, that of 25 October 25.
    CHECK(next_mail(Rhythm::daily, at("2026-03-28T06:00:00Z")) == at("2026-03-29T05:00:00Z"));
    CHECK(next_mail(Rhythm::daily, at("2026-03-29T00:30:00Z")) == at("2026-03-29T05:00:00Z"));
    CHECK(next_mail(Rhythm::daily, at("2026-10-24T05:00:00Z")) == at("2026-10-25T06:00:00Z"));
    CHECK(next_mail(Rhythm::daily, at("2026-10-25T00:30:00Z")) == at("2026-10-25T06:00:00Z"));
    // Mondays, also over the change; on a Monday before seven the same day.
    CHECK(next_mail(Rhythm::weekly, at("2026-11-23T05:00:00Z")) == at("2026-11-23T06:00:00Z"));
    CHECK(next_mail(Rhythm::weekly, at("2026-11-23T06:00:00Z")) == at("2026-11-30T06:00:00Z"));
    CHECK(next_mail(Rhythm::weekly, at("2026-03-24T12:00:00Z")) == at("2026-03-30T05:00:00Z"));
    // Half past midnight in Berlin on a Monday is still Sunday in UTC.
    CHECK(next_mail(Rhythm::weekly, at("2026-11-22T23:30:00Z")) == at("2026-11-23T06:00:00Z"));
}

TEST_CASE("nobody is flooded, and a pause holds everything until its day") {
    Reader reader;
    const auto now = at("2026-11-23T09:00:00Z");
    CHECK(due_at(Rhythm::at_once, reader, now) == now);
    reader.mailed_at = now - 3min;
    CHECK(due_at(Rhythm::at_once, reader, now) == now + 7min);
    reader.mailed_at = now - 1h;
    CHECK(due_at(Rhythm::at_once, reader, now) == now);
    reader.paused_until = "2026-12-01";
    for (const auto rhythm : {Rhythm::at_once, Rhythm::daily, Rhythm::weekly}) {
        const auto due = due_at(rhythm, reader, now);
        CHECK(due == at("2026-12-01T06:00:00Z"));
    }
    CHECK_FALSE(resumes_at(reader, at("2026-12-01T06:00:00Z")));
    reader.paused_until = "kein Tag";
    CHECK(due_at(Rhythm::at_once, reader, now) == now);
}

TEST_CASE("an address that has proven nothing gets one mail, later ones rarely, five in all") {
    Reader reader;
    const auto now = at("2026-11-23T09:00:00Z");
    CHECK(may_ask(reader, now));
    reader.asked_at = now;
    reader.asked = 1;
    CHECK_FALSE(may_ask(reader, now + 14min));
    CHECK(may_ask(reader, now + 15min));
    reader.asked = 5;
    CHECK_FALSE(may_ask(reader, now + 24h));
}

TEST_CASE("steps are told by their beginnings and ends, gaps and silent ones considered") {
    core::Procedure plan;
    plan.state = core::ProcedureState::published;
    const auto days = [](const char* first, const char* last) {
        return core::StepDates{core::ByDays{*parse_date(first), *parse_date(last)}};
    };
    core::Track open;
    open.key = "alle";
    open.steps = {{core::StepId{1}, "a", "Sammeln", days("2026-11-01", "2026-11-22")},
                  {core::StepId{2}, "b", "Bewerten", days("2026-11-23", "2026-11-24")},
                  {core::StepId{3}, "c", "Später", days("2026-11-27", "2026-11-28")},
                  {core::StepId{4}, "d", "Irgendwann", core::Roughly{"Sommer"}}};
    core::Track invited = open;
    invited.key = "rat", invited.audience = core::Audience::invited;
    plan.tracks = {open, invited};
    const core::Grid grid(plan);
    const auto told = [&](const char* from, const char* until) {
        std::string words;
        for (const auto& change : step_changes(plan, grid, at(from), at(until)))
            words += (change.begins ? "+" : "-") + change.step->key;
        return words;
    };
    // The end of a is the beginning of b: one thing to say. b ends before c begins: two.
    CHECK(told("2026-11-20T00:00:00Z", "2026-11-29T12:00:00Z") == "+b-b+c-c");
    CHECK(told("2026-11-22T22:59:59Z", "2026-11-22T23:00:00Z") == "+b");
    CHECK(told("2026-11-22T23:00:00Z", "2026-11-23T12:00:00Z").empty());
    plan.tracks[0].steps[1].silent = true;
    CHECK(told("2026-11-20T00:00:00Z", "2026-11-25T12:00:00Z") == "-a");
}

TEST_CASE("links act for one reader and one purpose only") {
    crypto::init();
    crypto::Key key{};
    key[0] = 7;
    Reader anna;
    anna.id = ReaderId{12}, anna.tenant = core::TenantId{1}, anna.salt = "salz";
    const auto token = sign_link(key, "end", anna, "f7-n");
    const auto link = read_link(token);
    REQUIRE(link);
    CHECK(link->reader == anna.id);
    CHECK(is_genuine(key, "end", anna, *link));
    CHECK_FALSE(is_genuine(key, "manage", anna, *link));
    auto other = *link;
    other.scope = "all";
    CHECK_FALSE(is_genuine(key, "end", anna, other));
    Reader ben = anna;
    ben.id = ReaderId{13};
    CHECK_FALSE(is_genuine(key, "end", ben, *link));
    Reader again = anna;  // the same number, given anew after the first was erased
    again.salt = "anderes";
    CHECK_FALSE(is_genuine(key, "end", again, *link));
    for (const auto* bad : {"", "12", "x.y", "-1.abc", "1.2.3.4", "99999999999999999999.a"})
        CHECK_FALSE(read_link(bad));
    CHECK_FALSE(read_link(std::string(1000, '1').append(".a")));
}

TEST_CASE("one click ends exactly what a mail was sent for") {
    const auto both = scope_from(to_word({{FollowId{12}, FollowId{15}}, true, false}));
    CHECK(both.follows == std::vector{FollowId{12}, FollowId{15}});
    CHECK(both.news);
    CHECK(to_word({{}, true, false}) == "fn");
    CHECK_FALSE(scope_from("f12").news);
    CHECK(to_word({std::vector<FollowId>(40, FollowId{1}), false, false}) == "all");
    CHECK(scope_from("all").all);
    CHECK_FALSE(scope_from("daily").all);
}

TEST_CASE("what goes into a subject or a list is one line") {
    CHECK(one_line("Bänke\r\nBcc: alle@example.org\x01", 100) == "Bänke Bcc: alle@example.org");
    CHECK(one_line("  a \t b ", 100) == "a b");
    CHECK(one_line("äöüäöü", 3) == "äöü…");
}

TEST_CASE("a saved search finds what the search would find") {
    const search::ReadText text("Neue Bänke am Wasser\nDie Bürgerinnen wünschen sich Schatten und einen Steg.");
    CHECK(text.found_by("Bank"));
    CHECK(text.found_by("Bürger*innen Schatten"));
    CHECK(text.found_by("\"Bänke am Wasser\""));
    CHECK_FALSE(text.found_by("\"Wasser Bänke\""));
    CHECK_FALSE(text.found_by("Bänke -Steg"));
    CHECK_FALSE(text.found_by("Radweg"));
    CHECK_FALSE(text.found_by(""));
    CHECK_FALSE(text.found_by("-Radweg"));
}

}  // namespace mitwirken::tests
