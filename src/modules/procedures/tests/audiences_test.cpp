// What each audience sees on the page of a procedure on a chosen day: three audiences, bars that overlap, dates that
// are only said in words; looked at ahead by the office ("?am=…&strang=…"), and really by those who are invited or not.
#include <doctest/doctest.h>

#include "core/house.h"
#include "core/participants/participants.h"
#include "core/procedures/transfer.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

constexpr const char* three_audiences = R"({"format": "mitwirken/procedure", "version": 1, "key": "am-fluss",
  "title": "Am Fluss", "state": "published", "summary": "Das Ufer.",
  "tracks": [
    {"key": "alle", "label": "Strang der Stadt", "audience": "everyone", "steps": [
      {"key": "sammeln", "label": "Sammeln am Ufer", "first_day": "2026-12-01", "last_day": "2026-12-20"},
      {"key": "lesen", "label": "Nachlesen am Ufer", "first_day": "2027-01-11", "last_day": null}]},
    {"key": "nachbarn", "label": "Strang der Nachbarn", "audience": "invited", "steps": [
      {"key": "begehung", "label": "Begehung", "first_day": "2026-12-10", "last_day": "2027-01-10"}]},
    {"key": "amt", "label": "Strang des Amts", "audience": "staff", "steps": [
      {"key": "pruefen", "label": "Akten wälzen", "first_day": "2026-12-15", "last_day": "2027-02-01"},
      {"key": "entscheiden", "label": "Entscheiden", "roughly": "Frühjahr 2027"}]}],
  "activities": [
    {"key": "ideen", "module": "ideas", "title": "Ideen der Stadt"},
    {"key": "hinweise", "module": "ideas", "title": "Hinweise der Nachbarn"},
    {"key": "notizen", "module": "ideas", "title": "Notizen des Amts"},
    {"key": "votum", "module": "ideas", "title": "Votum im Frühjahr"}],
  "grid": [
    {"activity": "ideen", "track": "alle", "step": "sammeln", "visible": true, "open": ["contribute", "support"]},
    {"activity": "ideen", "track": "alle", "step": "lesen", "visible": true, "open": []},
    {"activity": "ideen", "track": "nachbarn", "step": "begehung", "visible": true, "open": ["comment"]},
    {"activity": "hinweise", "track": "nachbarn", "step": "begehung", "visible": true, "open": ["contribute"]},
    {"activity": "notizen", "track": "amt", "step": "pruefen", "visible": true, "open": ["contribute"]},
    {"activity": "votum", "track": "amt", "step": "entscheiden", "visible": true, "open": ["support"]}]})";

const std::string page = "/verfahren/am-fluss";

void add_procedure(TestHouse& house) {
    house.write([&](db::Tx& tx) {
        auto whole = core::read_whole(three_audiences);
        REQUIRE(whole);
        REQUIRE(core::add_whole(house.house(), tx, house.tenant(), std::move(*whole), house.clock().now()));
    });
}

// The activities on the page, in their order: "+" open, "-" only to read.
std::string shown(const Answer& answer) {
    std::string all;
    const std::pair<const char*, const char*> names[] = {
        {"ideen", "Ideen"}, {"hinweise", "Hinweise"}, {"notizen", "Notizen"}, {"votum", "Votum"}};
    for (const auto& [key, name] : names) {
        const auto link = answer.body.find("/ideen/" + std::string(key) + "\">" + name);
        if (link == std::string::npos) continue;
        const auto card = answer.body.rfind("<article", link);
        const bool open = answer.body.substr(card, link - card).find("Jetzt offen") != std::string::npos;
        all += (all.empty() ? "" : " ") + std::string(open ? "+" : "-") + key;
    }
    return all;
}

// The steps of the time line that are marked as the present ones.
std::string present(const Answer& answer) {
    std::string all;
    for (std::size_t at = 0; (at = answer.body.find("aria-current=\"step\"", at)) != std::string::npos; ++at) {
        const auto from = answer.body.find("<b>", at) + 3;
        all += (all.empty() ? "" : ", ") + answer.body.substr(from, answer.body.find("</b>", from) - from);
    }
    return all;
}

}  // namespace

TEST_CASE("each audience sees its own bars on every day that is looked at ahead") {
    on_both_houses([](TestHouse& house) {
        add_procedure(house);
        auto office = house.as(Role::coordinator);
        struct Case {
            const char *day, *track, *activities, *steps;
        };
        const Case cases[] = {
            {"2026-11-30", "alle", "", ""},
            {"2026-12-01", "alle", "+ideen", "Sammeln am Ufer"},
            {"2026-12-12", "alle", "+ideen", "Sammeln am Ufer"},
            {"2026-12-20", "alle", "+ideen", "Sammeln am Ufer"},
            {"2026-12-21", "alle", "-ideen", ""},  // a gap: what was last shown stays to be read
            {"2027-01-11", "alle", "-ideen", "Nachlesen am Ufer"},
            {"2030-01-01", "alle", "-ideen", "Nachlesen am Ufer"},  // without an end
            {"2026-12-09", "nachbarn", "", ""},
            {"2026-12-12", "nachbarn", "+ideen +hinweise", "Begehung"},  // comments are theirs, and longer
            {"2027-01-10", "nachbarn", "+ideen +hinweise", "Begehung"},
            {"2027-01-11", "nachbarn", "-ideen -hinweise", ""},
            {"2026-12-14", "amt", "", ""},
            {"2026-12-15", "amt", "+notizen", "Akten wälzen"},
            {"2027-02-02", "amt", "-notizen", ""},
            {"2027-06-01", "amt", "-notizen", ""},  // words never begin by themselves
            {"2026-12-12", "gibt-es-nicht", "", ""},
        };
        for (const auto& c : cases) {
            const std::string where = std::string(c.day) + " " + c.track;
            CAPTURE(where);
            const auto answer = office.get(page + "?am=" + c.day + "&strang=" + c.track);
            CHECK(answer.status == 200);
            CHECK(shown(answer) == c.activities);
            CHECK(present(answer) == c.steps);
            CHECK(answer.has("Vorschau"));
            CHECK(answer.has("Strang der Stadt") == (std::string(c.track) == "alle"));
            CHECK(answer.has("Strang der Nachbarn") == (std::string(c.track) == "nachbarn"));
            CHECK(answer.has("Frühjahr 2027") == (std::string(c.track) == "amt"));
        }
    });
}

TEST_CASE("bars that overlap: who is in several audiences sees all of theirs") {
    TestHouse house;
    add_procedure(house);
    auto office = house.as(Role::coordinator);
    // The office is in the public track and in its own, not among those who were invited.
    const auto answer = office.get(page + "?am=2026-12-16");
    CHECK(shown(answer) == "+ideen +notizen");
    CHECK(present(answer) == "Sammeln am Ufer, Akten wälzen");
    CHECK_FALSE(answer.has("Begehung"));
    CHECK(shown(office.get(page + "?am=2026-12-21")) == "-ideen +notizen");
    CHECK(shown(office.get(page + "?am=2026-02-31")) == shown(office.get(page)));
}

TEST_CASE("looking ahead is the office’s: others see today, and nobody hands anything in") {
    TestHouse house;
    add_procedure(house);
    auto visitor = house.visitor();
    for (const char* query : {"", "?am=2026-12-12", "?am=2026-12-12&strang=nachbarn", "?strang=amt"}) {
        CAPTURE(query);
        const auto answer = visitor.get(page + query);
        CHECK(answer.status == 200);
        CHECK(shown(answer) == "");
        CHECK_FALSE(answer.has("Begehung"));
        CHECK_FALSE(answer.has("Akten wälzen"));
        CHECK_FALSE(answer.has("Vorschau"));
    }
    CHECK(visitor.get(page + "/ideen/ideen/neu?am=2026-12-12").status == 404);
    CHECK(house.as(Role::coordinator)
              .post(page + "/ideen/ideen/neu?am=2026-12-12", {{"title", "Steg"}, {"body", "Ein Steg."}})
              .status == 403);
    house.clock().set(*parse_instant("2026-12-12T09:00:00Z"));
    CHECK(shown(visitor.get(page)) == "+ideen");
    CHECK(visitor.get(page + "/ideen/hinweise").status == 404);
    house.clock().set(*parse_instant("2026-12-20T22:59:59Z"));
    CHECK(shown(visitor.get(page)) == "+ideen");
    house.clock().set(*parse_instant("2026-12-20T23:00:00Z"));  // midnight in Dortmund
    CHECK(shown(visitor.get(page)) == "-ideen");
}

TEST_CASE("who was invited sees the bars of that audience beside the public ones, until they leave it") {
    TestHouse house;
    add_procedure(house);
    auto neighbour = house.visitor();
    const auto day = *parse_instant("2026-12-12T09:00:00Z");
    house.clock().set(day);
    core::ParticipantId id;
    core::TrackId track;
    house.write([&](db::Tx& tx) {
        const auto made = core::add_participant(tx, house.tenant(), {}, day);
        id = made.participant.id;
        neighbour.set_cookie("mw_participant", made.token);
        const auto record = core::find_procedure(tx, house.tenant(), "am-fluss");
        track = core::load_plan(tx, *record).tracks[1].id;
        core::join_track(tx, house.tenant(), track, id, day);
    });
    const auto answer = neighbour.get(page);
    CHECK(shown(answer) == "+ideen +hinweise");
    CHECK(present(answer) == "Sammeln am Ufer, Begehung");
    CHECK_FALSE(answer.has("Akten wälzen"));
    CHECK(neighbour.get(page + "/ideen/hinweise/neu").status == 200);
    CHECK(neighbour.get(page + "/ideen/notizen").status == 404);
    house.write([&](db::Tx& tx) { core::leave_track(tx, track, id); });
    CHECK(shown(neighbour.get(page)) == "+ideen");
}
