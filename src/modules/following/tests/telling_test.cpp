// Who is told what, when, and how often; and what a mail says.
#include "scene.h"

#include <chrono>
#include <cstdlib>

#include "core/contributions/contributions.h"
#include "core/house.h"
#include "core/participants/participants.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/following/audience.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;
using namespace following;

const char* const next_morning = "2026-11-24T06:00:30Z";

void go_to(TestHouse& house, const char* instant) {
    house.clock().set(*parse_instant(instant));
    house.run_jobs();
}

void run(TestHouse& house, const char* kind) {
    house.write(
        [&](db::Tx& tx) { jobs::enqueue(tx, {.kind = kind, .run_at = house.clock().now()}, house.clock().now()); });
    house.run_jobs();
}

core::ProcedureRecord rhino(TestHouse& house) {
    std::optional<core::ProcedureRecord> record;
    house.read([&](db::Tx& tx) { record = core::find_procedure(tx, house.tenant(), "smart-rhino"); });
    return *record;
}

void publish(TestHouse& house, core::ProcedureHappened event) {
    event.procedure = rhino(house).id;
    house.write([&](db::Tx& tx) { house.house().publish(tx, house.tenant(), event, house.clock().now()); });
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

core::ContributionId id_of(const std::string& path) {
    return core::ContributionId{*to_int(path.substr(path.rfind('/') + 1))};
}

}  // namespace

TEST_CASE("at once means at once, with the addresses that end it; one's own acts are told to nobody else's mailbox") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "at_once");
        auto ben = house.visitor();
        const auto path = hand_in_idea(house, ben, "Bänke\nam Wasser", "Mit **Lehne**, bitte.");
        house.run_jobs();
        const auto mails = texts_to(house, "anna@example.org");
        REQUIRE(mails.size() == 2);
        CHECK(mails[1].find("Neuer Beitrag: Bänke am Wasser – ") == 0);
        CHECK(mails[1].find("Mit Lehne, bitte.") != std::string::npos);
        CHECK(mails[1].find(path) != std::string::npos);
        const auto raw = raw_mails(house, "anna@example.org")[1];
        CHECK(raw.find("List-Unsubscribe: <http://127.0.0.1/folgen/ende/") != std::string::npos);
        CHECK(raw.find("List-Unsubscribe-Post: List-Unsubscribe=One-Click") != std::string::npos);
        CHECK(raw.find("Content-Type: multipart/alternative") != std::string::npos);
        hand_in_idea(house, anna, "Annas eigene");
        house.clock().set(house.clock().now() + 1h);
        house.run_jobs();
        CHECK(texts_to(house, "anna@example.org").size() == 2);
    });
}

TEST_CASE("a digest waits for seven o'clock, says each thing once, and is not sent when there is nothing") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "daily");
        follow_confirmed(house, anna, "vorhaben=smart-rhino", "anna@example.org", "weekly");
        follow_confirmed(house, anna, "q=Wasserspiel", "anna@example.org", "daily");
        const auto before = texts_to(house, "anna@example.org").size();
        auto ben = house.visitor();
        const auto idea = hand_in_idea(house, ben, "Wasserspiel");
        fill_in(house, ben, idea, "/verfahren/smart-rhino/gespraech/ideen/" + std::to_string(id_of(idea).value),
                {{"body", "Ein Wasserspiel kühlt."}});
        house.run_jobs();
        CHECK(texts_to(house, "anna@example.org").size() == before);
        go_to(house, next_morning);
        const auto mails = texts_to(house, "anna@example.org");
        REQUIRE(mails.size() == before + 1);
        CHECK(count(mails.back(), "Neuer Beitrag: Wasserspiel") == 1);
        CHECK(count(mails.back(), "Neuer Kommentar zu: Wasserspiel") == 1);
        for (const auto* later : {"2026-11-25T06:00:30Z", "2026-11-26T06:00:30Z", "2026-11-30T06:00:30Z"})
            go_to(house, later);
        CHECK(texts_to(house, "anna@example.org").size() == before + 1);
    });
}

TEST_CASE("topic, district, circle and search reach whom they should") {
    TestHouse house;
    std::string topic, other;
    house.read([&](db::Tx& tx) {
        const auto topics = core::terms(tx, house.tenant(), "topic");
        const auto own = core::terms_of(tx, house.tenant(), rhino(house).ref());
        const auto is_own = [&](const core::Term& term) {
            return std::any_of(own.begin(), own.end(), [&](const auto& known) { return known.id == term.id; });
        };
        for (const auto& term : topics)
            if (!is_own(term)) (topic.empty() ? topic : other) = term.key;
    });
    const std::pair<std::string, const char*> things[] = {{"thema=" + topic, "thema@example.org"},
                                                          {"thema=" + other, "anderes@example.org"},
                                                          {"lat=51.5136&lon=7.4381&umkreis=500", "nah@example.org"},
                                                          {"lat=51.6000&lon=7.4800&umkreis=500", "fern@example.org"},
                                                          {"q=Wasserspiel", "suche@example.org"},
                                                          {"q=Wasserspiel&art=news", "art@example.org"},
                                                          {"q=Wasserspiel&verfahren=smart-rhino", "hier@example.org"}};
    for (const auto& [thing, email] : things) {
        auto person = house.visitor();
        follow_confirmed(house, person, thing, email, "at_once");
    }
    auto ben = house.visitor();
    std::string page = ideas_base;
    page += "/neu";
    const auto handed_in = fill_in(house, ben, page, page,
                                   {{"title", "Wasserspiel"},
                                    {"body", "Kühl."},
                                    {"topics", topic},
                                    {"place-lat", "51.5146"},
                                    {"place-lon", "7.4391"}});
    REQUIRE(handed_in.status == 303);
    house.run_jobs();
    const auto told = [&](const char* email) { return texts_to(house, email).size() == 2; };
    CHECK(told("thema@example.org"));
    CHECK(told("nah@example.org"));
    CHECK(told("suche@example.org"));
    CHECK(told("hier@example.org"));
    CHECK_FALSE(told("anderes@example.org"));
    CHECK_FALSE(told("fern@example.org"));
    CHECK_FALSE(told("art@example.org"));
}

TEST_CASE("what is hidden before the mail goes out is in no mail, and what is gone hurts nobody") {
    TestHouse house;
    auto anna = house.visitor();
    follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "daily");
    auto ben = house.visitor();
    const auto bad = hand_in_idea(house, ben, "Beleidigung");
    house.run_jobs();
    house.write([&](db::Tx& tx) {
        core::set_state(tx, *core::find_contribution(tx, house.tenant(), id_of(bad)), core::ContributionState::hidden,
                        house.clock().now());
    });
    go_to(house, next_morning);
    CHECK(texts_to(house, "anna@example.org").size() == 1);  // the one that asked to confirm
    CHECK_FALSE(anna.get("/folgen/verfahren/smart-rhino/aktuelles.rss").has("Beleidigung"));
    // The procedure is taken back: its page of follows says so, its happenings are told to nobody.
    hand_in_idea(house, ben, "Danach");
    house.write([&](db::Tx& tx) {
        auto record = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        record.state = core::ProcedureState::draft;
        core::save_procedure(tx, house.tenant(), record, house.clock().now());
    });
    go_to(house, "2026-11-25T06:00:30Z");
    CHECK(texts_to(house, "anna@example.org").size() == 1);
}

TEST_CASE("everyone who took part is told once what becomes of it, unless they said no") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        const auto of_anna = hand_in_idea(house, anna, "Annas Idee"), of_ben = hand_in_idea(house, ben, "Bens Idee");
        const auto prove = [&](const std::string& path, const char* email) {
            house.write([&](db::Tx& tx) {
                const auto who = core::find_contribution(tx, house.tenant(), id_of(path))->participant;
                const auto token = core::add_confirmation(tx, house.tenant(), {who, {}, email}, house.clock().now());
                REQUIRE(core::use_confirmation(tx, house.tenant(), token, house.clock().now()));
            });
        };
        house.run_jobs();
        prove(of_anna, "anna@example.org");
        prove(of_ben, "ben@example.org");
        REQUIRE(ask_to_follow(house, anna, "verfahren=smart-rhino", {{"rhythmus", "at_once"}}).status == 303);
        house.run_jobs();
        publish(house, {.what = core::ProcedureHappened::What::outcome,
                        .title = "Die Bänke kommen",
                        .text = "Der Rat hat zugestimmt.",
                        .url = "/verfahren/smart-rhino",
                        .tell_everyone = true});
        house.run_jobs();
        const auto to_anna = texts_to(house, "anna@example.org"), to_ben = texts_to(house, "ben@example.org");
        REQUIRE(to_anna.size() == 1);
        REQUIRE(to_ben.size() == 1);
        CHECK(to_ben[0].find("weil Sie dort mitgemacht haben") != std::string::npos);
        // The mail program's one click: no cookie, no origin, a body of its own.
        const auto end = link_in(to_ben[0], "ende");
        auto program = house.visitor();
        program.with("Sec-Fetch-Site", "").with("Origin", "");
        const auto ended =
            program.send(http::Method::post, end, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
        CHECK(ended.status == 200);
        house.clock().set(house.clock().now() + 1h);
        publish(house, {.what = core::ProcedureHappened::What::measure,
                        .title = "Spatenstich",
                        .text = "",
                        .url = "/verfahren/smart-rhino",
                        .tell_everyone = true});
        house.run_jobs();
        CHECK(texts_to(house, "anna@example.org").size() == 2);
        CHECK(texts_to(house, "ben@example.org").size() == 1);
    });
}

TEST_CASE("one click ends: opening the page does not, a forged link does not, twice does no harm") {
    TestHouse house;
    auto anna = house.visitor();
    follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "at_once");
    follow_confirmed(house, anna, "vorhaben=smart-rhino", "anna@example.org", "weekly");
    auto ben = house.visitor();
    hand_in_idea(house, ben, "Bänke");
    house.run_jobs();
    const auto end = link_in(texts_to(house, "anna@example.org").back(), "ende");
    REQUIRE_FALSE(end.empty());
    auto program = house.visitor();
    for (int i = 0; i < 3; ++i) CHECK(program.get(end).has("SMART RHINO"));
    std::string forged = end;
    forged[forged.size() - 2] = forged[forged.size() - 2] == 'A' ? 'B' : 'A';
    CHECK(program.post(forged).status == 404);
    hand_in_idea(house, ben, "Noch eine");
    CHECK(program.send(http::Method::post, end, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
              .status == 200);
    CHECK(program.send(http::Method::post, end, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
              .status == 200);
    const auto before = texts_to(house, "anna@example.org").size();
    house.clock().set(house.clock().now() + 1h);
    house.run_jobs();
    CHECK(texts_to(house, "anna@example.org").size() == before);
    house.read([&](db::Tx& tx) {
        const auto reader = find_reader(tx, house.tenant(), "anna@example.org");
        REQUIRE(follows_of(tx, reader->id).size() == 1);
        CHECK(follows_of(tx, reader->id)[0].kind == Kind::dossier);
    });
}

TEST_CASE("steps are told once each, also by a job that is late or runs again, and never long after") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor();
        follow_confirmed(house, anna, "verfahren=smart-rhino", "anna@example.org", "at_once");
        house.write([&](db::Tx& tx) {
            auto record = *core::find_procedure(tx, house.tenant(), "smart-rhino");
            record.published_at = *parse_instant("2026-10-01T08:00:00Z");
            core::save_procedure(tx, house.tenant(), record, house.clock().now());
        });
        run(house, "following.steps");
        CHECK(texts_to(house, "anna@example.org").size() == 1);  // the second step began three weeks ago
        // 1 February 2027: one step ends, the next begins. The job slept for a day.
        house.clock().set(*parse_instant("2027-02-01T23:30:00Z"));
        run(house, "following.steps");
        run(house, "following.steps");
        const auto mails = texts_to(house, "anna@example.org");
        REQUIRE(mails.size() == 2);
        CHECK(mails[1].find("Hat begonnen: ") == 0);
        house.clock().set(*parse_instant("2027-06-01T00:00:00Z"));
        run(house, "following.steps");
        CHECK(texts_to(house, "anna@example.org").size() == 2);
    });
}

TEST_CASE("a job that is cut off anywhere neither loses nor doubles anybody") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            for (int i = 0; i < 620; ++i) {
                const auto reader = need_reader(
                    tx,
                    {house.tenant(), "person" + std::to_string(i) + "@example.org", {}, {}, "de", "https://x.example"},
                    house.clock().now());
                Follow follow{.reader = reader.id, .item = 0, .rhythm = Rhythm::at_once};
                follow.item = core::find_procedure(tx, house.tenant(), "smart-rhino")->id.value;
                follow.confirmed_at = follow.created_at = house.clock().now();
                add_follow(tx, house.tenant(), follow);
            }
        });
        HappeningId id;
        const auto now = house.clock().now();
        house.write([&](db::Tx& tx) {
            Happening h{.tenant = house.tenant(), .what = What::outcome};
            h.procedure = core::find_procedure(tx, house.tenant(), "smart-rhino")->id;
            h.title = "Ergebnis", h.url = "/verfahren/smart-rhino", h.at = now;
            id = *add_happening(tx, h);
        });
        // Cut off after each batch, and in the middle of one: what it did not commit it does again.
        struct Crash {};
        int batches = 0;
        for (bool more = true; more; ++batches) {
            CHECK_THROWS_AS(house.write([&](db::Tx& tx) {
                ask_next(tx, id, now);
                throw Crash{};
            }),
                            Crash);
            house.write([&](db::Tx& tx) { more = ask_next(tx, id, now); });
            REQUIRE(batches < 50);
        }
        house.read([&](db::Tx& tx) { CHECK(due_deliveries(tx, house.tenant(), now, 5000).size() == 620); });
        // Begun anew from the start, as a job whose lease was lost would: nobody is added.
        house.write([&](db::Tx& tx) {
            auto h = *find_happening(tx, id);
            h.state = Progress::fresh;
            save_progress(tx, h);
        });
        for (bool more = true; more;) house.write([&](db::Tx& tx) { more = ask_next(tx, id, now); });
        house.read([&](db::Tx& tx) { CHECK(due_deliveries(tx, house.tenant(), now, 5000).size() == 620); });
        house.run_jobs();
        CHECK(texts_to(house, "person7@example.org").size() == 1);
        CHECK(texts_to(house, "person619@example.org").size() == 1);
        house.read([&](db::Tx& tx) { CHECK(due_deliveries(tx, house.tenant(), now, 5000).empty()); });
    });
}

TEST_CASE("something published for a later day is told on that day, withdrawn things never") {
    TestHouse house;
    auto anna = house.visitor();
    std::string topic;
    core::TermId term;
    house.read([&](db::Tx& tx) {
        const auto first = core::terms(tx, house.tenant(), "topic")[0];
        topic = first.key, term = first.id;
    });
    follow_confirmed(house, anna, "thema=" + topic, "anna@example.org", "at_once");
    house.write([&](db::Tx& tx) {
        core::classify(tx, house.tenant(), {"news", 4711}, {term});
        house.house().publish(tx, house.tenant(),
                              core::ItemPublished{{"news", 4711}, "Morgen mehr", "/neuigkeiten/morgen", "news"},
                              house.clock().now());
    });
    house.run_jobs();
    CHECK(texts_to(house, "anna@example.org").size() == 1);
    house.clock().set(house.clock().now() + 25h);
    house.write([&](db::Tx& tx) {
        search::put(tx, {.tenant = house.tenant().value,
                         .module = "news",
                         .item = 4711,
                         .audience = "public",
                         .title = "Morgen mehr",
                         .summary = "",
                         .body = "",
                         .url = "/neuigkeiten/morgen",
                         .facet = "news",
                         .at = house.clock().now()});
    });
    house.run_jobs();
    REQUIRE(texts_to(house, "anna@example.org").size() == 2);
    CHECK(texts_to(house, "anna@example.org")[1].find("Neuigkeit: Morgen mehr") == 0);
    // Published again after a change: known already.
    house.write([&](db::Tx& tx) {
        house.house().publish(tx, house.tenant(),
                              core::ItemPublished{{"news", 4711}, "Morgen mehr", "/neuigkeiten/morgen", "news"},
                              house.clock().now());
    });
    house.clock().set(house.clock().now() + 1h);
    house.run_jobs();
    CHECK(texts_to(house, "anna@example.org").size() == 2);
}

TEST_CASE("what ten thousand followers of one procedure cost" *
          doctest::skip(std::getenv("MITWIRKEN_MEASURE") == nullptr)) {
    on_both_houses([](TestHouse& house) {
        const auto now = house.clock().now();
        core::ProcedureId procedure = rhino(house).id;
        house.write([&](db::Tx& tx) {
            for (int i = 0; i < 10'000; ++i) {
                const auto reader = need_reader(
                    tx, {house.tenant(), "p" + std::to_string(i) + "@example.org", {}, {}, "de", "https://x.example"},
                    now);
                Follow follow{.reader = reader.id, .item = procedure.value, .rhythm = Rhythm::at_once};
                follow.confirmed_at = follow.created_at = now;
                add_follow(tx, house.tenant(), follow);
            }
        });
        HappeningId id;
        const auto start = std::chrono::steady_clock::now();
        house.write([&](db::Tx& tx) {
            Happening h{.tenant = house.tenant(), .what = What::outcome};
            h.procedure = procedure;
            h.title = "Ergebnis", h.url = "/verfahren/smart-rhino", h.at = now;
            id = *add_happening(tx, h);
        });
        const auto noted = std::chrono::steady_clock::now();
        for (bool more = true; more;) house.write([&](db::Tx& tx) { more = ask_next(tx, id, now); });
        const auto asked = std::chrono::steady_clock::now();
        send_due(house.house(), jobs::Job{.tenant = house.tenant().value});
        const auto sent = std::chrono::steady_clock::now();
        const auto ms = [](auto a, auto b) {
            return std::chrono::duration_cast<std::chrono::milliseconds>(b - a).count();
        };
        MESSAGE("noted in ", ms(start, noted), " ms, 10,000 found in ", ms(noted, asked),
                " ms, 10,000 mails written in ", ms(asked, sent), " ms");
    });
}

}  // namespace mitwirken::tests
