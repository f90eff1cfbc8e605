// Following as people do it: asking, confirming, changing, ending; and as others try to misuse it.
#include "scene.h"

#include <nlohmann/json.hpp>

#include "core/participants/participants.h"
#include "core/procedures/records.h"
#include "core/procedures/transfer.h"
#include "modules/following/store.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;
using namespace following;

std::optional<Reader> reader_of(TestHouse& house, const std::string& email) {
    std::optional<Reader> reader;
    house.read([&](db::Tx& tx) { reader = find_reader(tx, house.tenant(), email); });
    return reader;
}

std::vector<Follow> follows(TestHouse& house, const std::string& email) {
    std::vector<Follow> list;
    const auto reader = reader_of(house, email);
    if (reader) house.read([&](db::Tx& tx) { list = follows_of(tx, reader->id); });
    return list;
}

void run(TestHouse& house, const char* kind) {
    house.write(
        [&](db::Tx& tx) { jobs::enqueue(tx, {.kind = kind, .run_at = house.clock().now()}, house.clock().now()); });
    house.run_jobs();
}

}  // namespace

TEST_CASE("whoever has no account follows by mail, and only the button counts") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        CHECK(anna.get("/verfahren/smart-rhino").has("/folgen?verfahren=smart-rhino"));
        const auto asked = ask_to_follow(house, anna, "verfahren=smart-rhino",
                                         {{"email", " Anna@Example.org "}, {"rhythmus", "daily"}});
        CHECK(asked.status == 303);
        CHECK(asked.location() == "/verfahren/smart-rhino");
        house.run_jobs();
        const auto mails = texts_to(house, "anna@example.org");
        REQUIRE(mails.size() == 1);
        const auto link = link_in(mails[0], "bestaetigen");
        REQUIRE_FALSE(link.empty());
        // A mail filter opens the link, more than once: nothing is confirmed.
        auto filter = house.visitor();
        CHECK(filter.get(link).has("SMART RHINO"));
        CHECK(filter.head(link).status == 200);
        REQUIRE(follows(house, "anna@example.org").size() == 1);
        CHECK_FALSE(follows(house, "anna@example.org")[0].confirmed_at);
        CHECK(anna.post(link).status == 303);
        REQUIRE(follows(house, "anna@example.org").size() == 1);
        CHECK(follows(house, "anna@example.org")[0].confirmed_at);
        CHECK(anna.get(link).has("Es wartet nichts auf Ihre Bestätigung"));
        CHECK(anna.post(link).status == 303);
        CHECK(follows(house, "anna@example.org").size() == 1);
    });
}

TEST_CASE("the address of somebody else gets one mail, however often it is typed") {
    TestHouse house;
    for (int i = 0; i < 12; ++i) {
        auto stranger = house.visitor();
        stranger.from("2001:db8:7::" + std::to_string(i));
        const std::string circle = "lat=51.5&lon=7.46&umkreis=" + std::to_string(500 + i);
        const auto answer =
            ask_to_follow(house, stranger, circle, {{"email", "opfer@example.org"}, {"rhythmus", "at_once"}});
        CHECK(answer.status == 303);
    }
    house.run_jobs();
    CHECK(texts_to(house, "opfer@example.org").size() == 1);
    CHECK(follows(house, "opfer@example.org").size() == most_waiting);
    auto resident = house.visitor();
    hand_in_idea(house, resident, "Bänke");
    house.run_jobs();
    CHECK(texts_to(house, "opfer@example.org").size() == 1);
    // Never confirmed: after three days nothing of the address is left.
    house.clock().set(house.clock().now() + 24h * 3 + 1min);
    run(house, "following.nightly");
    CHECK_FALSE(reader_of(house, "opfer@example.org"));
}

TEST_CASE("what is wrong with the form is said, and what was typed stays") {
    TestHouse house;
    auto anna = house.visitor();
    const auto bad =
        ask_to_follow(house, anna, "verfahren=smart-rhino", {{"email", "keine Adresse"}, {"rhythmus", "stündlich"}});
    CHECK(bad.status == 422);
    CHECK(bad.has("keine Adresse"));
    CHECK(bad.has("Bitte wählen Sie, wie oft"));
    for (const auto* email : {"a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "@", "a@b@c"}) {
        const auto answer =
            ask_to_follow(house, anna, "verfahren=smart-rhino", {{"email", email}, {"rhythmus", "daily"}});
        CHECK(answer.status == 422);
    }
    house.run_jobs();
    CHECK(house.mails().empty());
    // Sent at once, as only machines do.
    const auto fast =
        anna.post("/folgen", {{"verfahren", "smart-rhino"}, {"email", "a@example.org"}, {"rhythmus", "daily"}});
    CHECK(fast.status == 422);
}

TEST_CASE("what is not public cannot be followed: drafts, foreign words, places that are none") {
    TestHouse house;
    auto anna = house.visitor();
    house.write([&](db::Tx& tx) {
        auto record = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        record.state = core::ProcedureState::draft;
        core::save_procedure(tx, house.tenant(), record, house.clock().now());
    });
    for (const auto* thing : {"verfahren=smart-rhino", "verfahren=gibt-es-nicht", "vorhaben=nein", "thema=nein",
                              "bezirk=nein", "lat=51.5&lon=7.46&umkreis=1", "lat=51.5&lon=7.46&umkreis=999999",
                              "lat=0&lon=0&umkreis=500", "lat=hier&lon=da&umkreis=500", "q=Bank&verfahren=smart-rhino"})
        CHECK_MESSAGE(anna.get(std::string("/folgen?") + thing).status == 404, thing);
    CHECK(anna.get("/folgen/verfahren/smart-rhino/aktuelles.rss").status == 404);
    CHECK(anna.get("/folgen/verfahren/smart-rhino/zeitplan.ics").status == 404);
    CHECK(anna.get("/folgen/irgendwas/smart-rhino/aktuelles.rss").status == 404);
}

TEST_CASE("around a place: the centre is found by the name of a district or by coordinates") {
    TestHouse house;
    auto anna = house.visitor();
    CHECK(anna.get("/folgen?ort=H%C3%B6rde&umkreis=2000").has("2 km um Hörde"));
    CHECK(anna.get("/folgen?ort=51.5136,+7.4653&umkreis=500").has("500 Meter um"));
    const auto unknown = anna.get("/folgen?ort=Atlantis&umkreis=500");
    CHECK(unknown.status == 422);
    CHECK(unknown.has("Atlantis"));
}

TEST_CASE("whoever is signed in follows at once, and sees it on the page of the procedure") {
    on_both_houses([](TestHouse& house) {
        auto editor = house.as(core::Role::editor);
        const auto followed = ask_to_follow(house, editor, "verfahren=smart-rhino", {{"rhythmus", "weekly"}});
        CHECK(followed.status == 303);
        CHECK(editor.get("/verfahren/smart-rhino").has("Sie folgen dem schon"));
        CHECK(editor.get("/folgen/meine").has("SMART RHINO"));
        house.run_jobs();
        CHECK(house.mails().empty());
        // Once more with another rhythm: the same follow, changed.
        CHECK(ask_to_follow(house, editor, "verfahren=smart-rhino", {{"rhythmus", "daily"}}).status == 303);
        house.read([&](db::Tx& tx) {
            for (const auto& reader : idle_readers(tx, house.clock().now() + 1h, 10)) FAIL("idle ", reader.value);
        });
        CHECK(editor.get("/meine-beitraege").has("/folgen/meine"));
    });
}

TEST_CASE("one page changes everything: rhythm, pause, end; by the link of the mail, and by no other") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "daily");
        follow_confirmed(house, anna, "lat=51.5&lon=7.46&umkreis=500&ort=Hafen", "anna@example.org", "daily");
        hand_in_idea(house, anna, "Anna schreibt selbst");
        auto ben = house.visitor();
        hand_in_idea(house, ben, "Bens Idee");
        house.run_jobs();
        house.clock().set(*parse_instant("2026-11-24T06:00:30Z"));
        house.run_jobs();
        const auto mail = texts_to(house, "anna@example.org").back();
        const auto link = link_in(mail, "meine");
        REQUIRE_FALSE(link.empty());
        const auto list = follows(house, "anna@example.org");
        REQUIRE(list.size() == 2);
        const std::string first = std::to_string(list[0].id.value), second = std::to_string(list[1].id.value);
        auto phone = house.visitor();  // another browser, without a cookie
        CHECK(phone.get(link).has("SMART RHINO"));
        const auto wrong = phone.post(link, {{"rhythmus-" + first, "nie"}, {"pause", "2020-01-01"}, {"news", "on"}});
        CHECK(wrong.status == 422);
        CHECK(wrong.has("2020-01-01"));
        CHECK(phone
                  .post(link, {{"rhythmus-" + first, "weekly"},
                               {"ende-" + second, "on"},
                               {"pause", "2026-12-24"},
                               {"news", "on"}})
                  .status == 303);
        CHECK(follows(house, "anna@example.org").size() == 1);
        CHECK(follows(house, "anna@example.org")[0].rhythm == Rhythm::weekly);
        CHECK(reader_of(house, "anna@example.org")->paused_until == "2026-12-24");
        // Forged, cut, of another kind.
        std::string forged = link;
        forged.back() = forged.back() == 'A' ? 'B' : 'A';
        CHECK(phone.get(forged).status == 404);
        CHECK(phone.post(forged, {{"step", "end_all"}}).status == 404);
        CHECK(phone.get(link.substr(0, link.size() - 4)).status == 404);
        const std::string as_end = "/folgen/ende/" + link.substr(std::string("/folgen/meine/").size());
        CHECK(phone.post(as_end).status == 404);
        CHECK(follows(house, "anna@example.org").size() == 1);
        CHECK(phone.post(link, {{"step", "end_all"}}).status == 303);
        CHECK(follows(house, "anna@example.org").empty());
        CHECK_FALSE(reader_of(house, "anna@example.org")->news);
    });
}

TEST_CASE("the link is sent again to whoever follows something, and nobody learns who does") {
    TestHouse house;
    auto anna = house.visitor();
    follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "daily");
    auto other = house.visitor();
    const auto known = fill_in(house, other, "/folgen/meine", "/folgen/link", {{"email", "anna@example.org"}});
    const auto unknown = fill_in(house, other, "/folgen/meine", "/folgen/link", {{"email", "niemand@example.org"}});
    CHECK(known.status == unknown.status);
    CHECK(known.location() == unknown.location());
    house.run_jobs();
    CHECK(texts_to(house, "niemand@example.org").empty());
    const auto mails = texts_to(house, "anna@example.org");
    CHECK(mails.size() == 2);
    CHECK_FALSE(link_in(mails.back(), "meine").empty());
    fill_in(house, other, "/folgen/meine", "/folgen/link", {{"email", "anna@example.org"}});
    house.run_jobs();
    CHECK(texts_to(house, "anna@example.org").size() == 2);
}

TEST_CASE("data of persons can be taken along and go with them") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        hand_in_idea(house, anna, "Annas Idee");
        follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "daily");
        const auto data = nlohmann::json::parse(anna.get("/meine-beitraege/daten.json").body);
        REQUIRE(data.contains("following"));
        CHECK(data["following"][0]["email"] == "anna@example.org");
        CHECK(data["following"][0]["follows"][0]["rhythm"] == "daily");
        CHECK(anna.post("/meine-beitraege/loeschen", {{"keep", "anonymous"}}).status == 303);
        CHECK_FALSE(reader_of(house, "anna@example.org"));
        house.read([&](db::Tx& tx) {
            for (const auto& h : all_happenings(tx, house.tenant(), 100)) CHECK_FALSE(h.who);
        });
    });
}

TEST_CASE("feeds and calendars of everything that can be followed") {
    TestHouse house;
    auto anna = house.visitor();
    const auto page = anna.get("/verfahren/smart-rhino");
    CHECK(page.has("/folgen/verfahren/smart-rhino/aktuelles.atom"));
    CHECK(page.has("/folgen/verfahren/smart-rhino/zeitplan.ics"));
    hand_in_idea(house, anna, "Wasserspiel <b>im</b> Hof");
    house.run_jobs();
    for (const auto* path :
         {"/folgen/verfahren/smart-rhino/aktuelles", "/folgen/vorhaben/smart-rhino/aktuelles", "/folgen/aktuelles"})
        for (const auto* ending : {".rss", ".atom"}) {
            const auto feed = anna.get(std::string(path) + ending);
            CHECK_MESSAGE(feed.status == 200, path);
            CHECK_MESSAGE(feed.has("Wasserspiel"), path);
            CHECK_FALSE(feed.has("<b>im</b>"));
        }
    CHECK(anna.get("/folgen/aktuelles.rss?q=Wasserspiel").has("Wasserspiel"));
    CHECK_FALSE(anna.get("/folgen/aktuelles.rss?q=Autobahnkreuz").has("Wasserspiel"));
    const auto calendar = anna.get("/folgen/verfahren/smart-rhino/zeitplan.ics");
    CHECK(calendar.type() == "text/calendar; charset=utf-8");
    CHECK(calendar.has("DTSTART;VALUE=DATE:20261102"));
    CHECK(calendar.has("DTEND;VALUE=DATE:20270201"));
    CHECK_FALSE(calendar.has("Sommer 2027"));
    CHECK(anna.get("/folgen/zeitplan.ics").has("DTSTART;VALUE=DATE:20261102"));
    CHECK(anna.get("/folgen/vorhaben/smart-rhino/zeitplan.ics").status == 200);
    CHECK(anna.get("/folgen/zeitplan.ics?q=Rhino").status == 200);
    CHECK(anna.get("/suche?q=Wasserspiel").has("/folgen?q=Wasserspiel"));
    CHECK(anna.get(std::string(ideas_base) + "?q=Wasserspiel").has("/folgen?verfahren=smart-rhino"));
}

}  // namespace mitwirken::tests
