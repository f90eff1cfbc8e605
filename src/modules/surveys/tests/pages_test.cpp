// Surveys as residents answer them, on both databases; and everything that goes wrong on the way.
#include <doctest/doctest.h>

#include "modules/surveys/tests/small_survey.h"
#include "platform/base/text.h"

namespace mitwirken::tests {

using namespace std::chrono_literals;
using namespace survey;
using surveys::Json;

TEST_CASE("surveys: somebody without an account answers page by page, looks it over and sends it") {
    on_both_houses([](TestHouse& house) {
        set_up(house);
        auto anna = somebody(house);
        CHECK(anna.get(base).has("/fragen"));
        CHECK_FALSE(anna.get(std::string(base) + "/fragen").has("Wie weit?"));
        CHECK(fill(anna, "", {}).status == 422);
        // The condition on the same page: the question appears before the next page.
        const auto same = fill(anna, "", {{"a-q1", "rad"}});
        CHECK(same.location().find("seite=p1") != std::string::npos);
        CHECK(anna.follow(same).has("Wie weit?"));
        const auto wrong = fill(anna, "?seite=p1", {{"a-q2", "500"}});
        CHECK(wrong.status == 422);
        CHECK(wrong.has("value=\"500\""));
        CHECK(fill(anna, "?seite=p1", {{"a-q2", "12,5"}}).location().find("seite=p2") != std::string::npos);
        const auto few = fill(anna, "?seite=p2", {{"a-q3", "a"}, {"a-q4", "Mein Text"}});
        CHECK(few.status == 422);
        CHECK(few.has("Mein Text"));
        CHECK(fill(anna, "?seite=p2", {{"a-q3", "a"}, {"a-q3", "b"}, {"a-q4", "Mein Text"}}).status == 303);
        const auto check = anna.get(std::string(base) + "/pruefen");
        CHECK(check.has("Mein Text"));
        CHECK(check.has("12.5"));
        CHECK(stored(house).empty());
        house.clock().set(house.clock().now() + 20s);
        const auto sent = hand_in(anna);
        REQUIRE(sent.status == 303);
        CHECK(anna.follow(sent).has("Mein Text"));
        CHECK(somebody(house).get(sent.location()).status == 404);
        REQUIRE(stored(house).size() == 1);
        CHECK(somebody(house).get(std::string(base) + "/ergebnisse").has("Rad"));
        CHECK_FALSE(somebody(house).get(std::string(base) + "/ergebnisse").has("Mein Text"));
        CHECK(anna.get(std::string(base) + "/fragen").status == 303);
    });
}

TEST_CASE("surveys: two tabs that send the same answers make one; a second one is refused in words") {
    TestHouse house;
    set_up(house);
    auto anna = somebody(house);
    to_the_end(house, anna);
    auto first = form_on(anna, std::string(base) + "/pruefen", std::string(base) + "/senden").sent();
    auto second = form_on(anna, std::string(base) + "/pruefen", std::string(base) + "/senden").sent();
    const auto sent = anna.post(std::string(base) + "/senden", first);
    REQUIRE(sent.status == 303);
    CHECK(anna.post(std::string(base) + "/senden", first).location() == sent.location());
    CHECK(anna.post(std::string(base) + "/senden", second).location() == base);
    CHECK(stored(house).size() == 1);
    // Once more from the beginning, with the old form.
    CHECK(anna.post(std::string(base) + "/fragen", {{"_survey", "1"}, {"_page", "p1"}, {"a-q1", "bus"}}).location() ==
          base);
}

TEST_CASE("surveys: an answer is changed and withdrawn by its author, and the counts follow") {
    on_both_houses([](TestHouse& house) {
        set_up(house);
        auto anna = somebody(house);
        to_the_end(house, anna);
        const std::string own = hand_in(anna).location();
        const auto answers = [&](const char* key) {
            std::int64_t n = 0;
            house.read([&](db::Tx& tx) {
                const auto counts = surveys::read_counts(tx, activity_of(house, tx));
                const auto at = counts.find({"q1", key});
                n = at == counts.end() ? 0 : at->second;
            });
            return n;
        };
        CHECK(answers("bus") == 1);
        REQUIRE(anna.post(std::string(base) + "/beginnen", {{"was", "aendern"}}).status == 303);
        CHECK(anna.get(std::string(base) + "/fragen").has("value=\"bus\" checked"));
        fill(anna, "", {{"a-q1", "rad"}});
        CHECK(answers("bus") == 1);
        house.clock().set(house.clock().now() + 20s);
        CHECK(hand_in(anna).location() == own);
        CHECK(answers("bus") == 0);
        CHECK(answers("rad") == 1);
        CHECK(stored(house).size() == 1);
        CHECK(somebody(house).post(own + "/zurueckziehen").status == 404);
        CHECK(anna.post(own + "/zurueckziehen").status == 303);
        CHECK(answers("rad") == 0);
        CHECK(stored(house).empty());
        CHECK(anna.get(own).status == 200);
    });
}

TEST_CASE("surveys: a version that was replaced is taken for an hour, then the changes are shown and nothing is lost") {
    TestHouse house;
    set_up(house);
    auto anna = somebody(house), ben = somebody(house);
    to_the_end(house, anna);
    const auto form = form_on(ben, std::string(base) + "/fragen", std::string(base) + "/fragen");
    auto newer = Json::parse(small);
    newer["pages"][0]["questions"][0]["options"].push_back({{"key", "fuss"}, {"label", "Zu Fuß"}});
    set_up(house, core::Who::anyone, R"({"results":"live"})", newer.dump());
    house.clock().set(house.clock().now() + 30min);
    REQUIRE(hand_in(anna).status == 303);
    REQUIRE(stored(house).size() == 1);
    std::int64_t first = 0;
    house.read([&](db::Tx& tx) { first = surveys::versions(tx, activity_of(house, tx)).back().number; });
    CHECK(stored(house)[0].version_number == first - 1);
    house.clock().set(house.clock().now() + 31min);
    auto fields = form.sent();
    fields.emplace_back("a-q1", "_other");
    PageForm::set(fields, "a-q1-other", "Mit dem Roller");
    fields.emplace_back("do", "next");
    const auto again = ben.post(std::string(base) + "/fragen", fields);
    CHECK(again.status == 422);
    CHECK(again.has("Mit dem Roller"));
    CHECK(again.has("Zu Fuß"));
    CHECK(again.has("Rad oder Bus?"));
    const auto now = form_to(ParsedPage(again.body), std::string(base) + "/fragen");
    REQUIRE(now);
    CHECK(now->field("_survey")->value == std::to_string(first));
    Fields once_more = now->sent();
    once_more.emplace_back("do", "next");
    CHECK(ben.post(std::string(base) + "/fragen", once_more).status == 303);
    CHECK(somebody(house).get(std::string(base) + "/ergebnisse?fassung=" + std::to_string(first)).status == 200);
    CHECK(house.as(core::Role::admin).get(std::string(desk) + "/ergebnisse").has("bietet andere Antworten an"));
}

TEST_CASE("surveys: one second after midnight of the last day nothing is taken, and what was typed is shown") {
    TestHouse house;
    set_up(house);
    auto anna = somebody(house);
    const auto form = form_on(anna, std::string(base) + "/fragen", std::string(base) + "/fragen");
    house.clock().set(start_of(*parse_date("2027-02-01")) + 1s);
    auto fields = form.sent();
    fields.emplace_back("a-q1", "_other");
    PageForm::set(fields, "a-q1-other", "Mein langer eigener Text");
    const auto refused = anna.post(std::string(base) + "/fragen", fields);
    CHECK(refused.status == 403);
    CHECK(refused.has("31. Januar"));
    CHECK(refused.has("Mein langer eigener Text"));
    CHECK(somebody(house).get(base).has("31. Januar"));
}

TEST_CASE("surveys: saved for later, gone on with on another device by a signed link that opening does not use up") {
    TestHouse house;
    set_up(house);
    auto phone = somebody(house), laptop = somebody(house);
    CHECK(fill(phone, "", {{"a-q1", "_other"}, {"a-q1-other", "Roller"}}, "later").location() ==
          std::string(base) + "/spaeter");
    const auto later = phone.get(std::string(base) + "/spaeter");
    const auto at = later.body.find("/fortsetzen/");
    REQUIRE(at != std::string::npos);
    const std::string link = std::string(base) + later.body.substr(at, later.body.find('<', at) - at);
    CHECK(phone.post(std::string(base) + "/spaeter", {{"email", "kein@"}}).status == 422);
    CHECK(phone.post(std::string(base) + "/spaeter", {{"email", "anna@example.org\nBcc: b@example.org"}}).status ==
          422);
    CHECK(phone.post(std::string(base) + "/spaeter", {{"email", "anna@example.org"}}).status == 303);
    house.run_jobs();
    REQUIRE(house.mails().size() == 1);
    CHECK(house.mails()[0].find("/fortsetzen/") != std::string::npos);
    CHECK(laptop.get(link).status == 200);
    CHECK(laptop.get(link).status == 200);
    CHECK(laptop.get(link.substr(0, link.size() - 1) + "x").status == 404);
    CHECK(laptop.get(std::string(base) + "/fortsetzen/1-x").status == 404);
    CHECK(laptop.post(link).status == 303);
    CHECK(laptop.get(std::string(base) + "/fragen").has("Roller"));
    house.clock().set(house.clock().now() + std::chrono::hours{24 * 31});
    house.run_jobs();
    CHECK(laptop.get(link).status == 404);
}

TEST_CASE("surveys: with a code once; guessing ten thousand codes gets nobody in") {
    on_both_houses([](TestHouse& house) {
        set_up(house, core::Who::token);
        auto office = house.as(core::Role::admin);
        CHECK(office.post(std::string(desk) + "/einladungen", {{"count", "viele"}}).status == 422);
        REQUIRE(office.post(std::string(desk) + "/einladungen", {{"count", "2"}}).status == 303);
        const auto list = office.get(std::string(desk) + "/einladungen/1/codes.csv");
        const auto at = list.body.find("code=");
        REQUIRE(at != std::string::npos);
        const std::string code = list.body.substr(at + 5, 19);
        CHECK(office.get(std::string(desk) + "/einladungen/1").has(code));
        auto anna = somebody(house);
        CHECK(anna.get(std::string(base) + "/fragen").location() == base);
        CHECK(anna.post(std::string(base) + "/beginnen", {{"code", "AAAA-BBBB-CCCC-DDDD"}}).status == 422);
        CHECK(anna.get(std::string(base) + "?code=" + code).has("value=\"" + code + "\""));
        std::string typed = lower_ascii(code);
        typed[9] = ' ';
        REQUIRE(anna.post(std::string(base) + "/beginnen", {{"code", typed}}).status == 303);
        to_the_end(house, anna);
        REQUIRE(hand_in(anna).status == 303);
        CHECK(stored(house).size() == 1);
        auto ben = somebody(house);
        ben.from("198.51.100.7");
        CHECK(ben.post(std::string(base) + "/beginnen", {{"code", code}}).status == 422);
        int looked_at = 0;
        for (int i = 0; i < 200; ++i)
            looked_at +=
                ben.post(std::string(base) + "/beginnen", {{"code", "GUESS" + std::to_string(i)}}).status == 422;
        CHECK(looked_at < 12);
        CHECK_FALSE(office.get(std::string(desk) + "/einladungen/1").has(code));
    });
}

TEST_CASE("surveys: two people with one code: the first who sends counts") {
    TestHouse house;
    set_up(house, core::Who::token);
    auto office = house.as(core::Role::admin);
    office.post(std::string(desk) + "/einladungen", {{"count", "1"}});
    const auto list = office.get(std::string(desk) + "/einladungen/1/codes.csv").body;
    const std::string code = list.substr(list.find("code=") + 5, 19);
    auto anna = somebody(house), ben = somebody(house);
    for (auto* client : {&anna, &ben}) {
        REQUIRE(client->post(std::string(base) + "/beginnen", {{"code", code}}).status == 303);
        to_the_end(house, *client);
    }
    CHECK(hand_in(anna).location() != base);
    CHECK(hand_in(ben).location() == base);
    CHECK(stored(house).size() == 1);
}

TEST_CASE("surveys: an answer that waits for a mail counts when the button is pressed") {
    TestHouse house;
    set_up(house, core::Who::email);
    auto anna = somebody(house);
    to_the_end(house, anna);
    CHECK(hand_in(anna, {{"email", "kein"}}).status == 422);
    REQUIRE(hand_in(anna, {{"email", "anna@example.org"}}).status == 303);
    const std::string path = fmt::format("{}/ergebnisse", base);
    const auto shown = [&] { return somebody(house).get(path).has("<b>1 Antwort</b>"); };
    CHECK_FALSE(shown());
    house.run_jobs();
    const std::string mail = house.mails().at(0);
    const auto at = mail.find("/bestaetigen/");
    REQUIRE(at != std::string::npos);
    std::string link = mail.substr(at, mail.find_first_of(" \r\n", at) - at);
    CHECK(anna.post(link).status == 303);
    CHECK(shown());
    house.write([&](db::Tx& tx) { surveys::settle(tx, house.tenant(), activity_of(house, tx)); });
    CHECK(shown());
}

TEST_CASE("surveys: a script that calls itself a picture, one too many, and text as a picture are refused") {
    TestHouse house;
    set_up(house);
    auto anna = somebody(house);
    REQUIRE(fill(anna, "", {{"a-q1", "bus"}}).status == 303);
    const auto form = form_on(anna, std::string(base) + "/fragen?seite=p2", std::string(base) + "/fragen");
    auto fields = form.sent();
    PageForm::set(fields, "a-q4", "Bleibt stehen");
    fields.emplace_back("do", "next");
    const auto refuse = [&](const char* name, const char* type, const char* bytes) {
        INFO(std::string(name));
        const auto refused = anna.upload(std::string(base) + "/fragen", fields, {{"a-q5", name, type, bytes}});
        CHECK(refused.status == 422);
        CHECK(refused.has("Bleibt stehen"));
    };
    refuse("bild.png", "image/png", "<script>alert(1)</script>");
    refuse("bild.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    refuse("text.txt", "text/plain", "nur Text");
    static constexpr unsigned char picture[] = {
        137, 80, 78, 71,  13,  10,  26,  10,  0,  0,  0, 13, 73, 72, 68, 82, 0,   0,   0,   2,   0,  0,  0, 2, 8,
        2,   0,  0,  0,   253, 212, 154, 115, 0,  0,  0, 15, 73, 68, 65, 84, 120, 156, 99,  104, 0,  3,  6, 7, 48,
        0,   0,  36, 206, 4,   129, 213, 81,  86, 21, 0, 0,  0,  0,  73, 69, 78,  68,  174, 66,  96, 130};  // 2 x 2
    const std::string png(std::begin(picture), std::end(picture));
    const auto taken = anna.upload(std::string(base) + "/fragen", fields, {{"a-q5", "bild.png", "image/png", png}});
    INFO(ParsedPage(taken.body).text());
    REQUIRE(taken.status == 303);
    CHECK(anna.get(std::string(base) + "/fragen?seite=p2").has("bild.png"));
    house.clock().set(house.clock().now() + 20s);
    REQUIRE(hand_in(anna).status == 303);
    std::vector<core::Attachment> files;
    house.read([&](db::Tx& tx) {
        files = core::attachments(tx, house.tenant(), {"surveys", stored(house)[0].id.value});
    });
    REQUIRE(files.size() == 1);
    CHECK(anna.get(files[0].url()).status == 200);
    CHECK(house.as(core::Role::admin).get(files[0].url()).status == 200);
    CHECK(somebody(house).get(files[0].url()).status == 404);
}

TEST_CASE("surveys: everything somebody answered is in their data, and goes with them") {
    on_both_houses([](TestHouse& house) {
        set_up(house);
        auto anna = somebody(house), ben = somebody(house);
        to_the_end(house, anna);
        REQUIRE(hand_in(anna).status == 303);
        CHECK(anna.get("/meine-beitraege/daten.json").has("Bänke"));
        fill(ben, "", {{"a-q1", "_other"}, {"a-q1-other", "Roller"}}, "later");
        CHECK(ben.get("/meine-beitraege/daten.json").has("Roller"));
        const auto erased = anna.post("/meine-beitraege/loeschen", {{"keep", "nothing"}});
        REQUIRE(erased.status == 303);
        CHECK(stored(house).empty());
        REQUIRE(ben.post("/meine-beitraege/loeschen", {{"keep", "anonymous"}}).status == 303);
        house.read([&](db::Tx& tx) {
            for (const char* table : {"surveys_sitting", "surveys_text", "surveys_choice"}) {
                INFO(table);
                const auto rows = tx.all_built<std::int64_t>(
                    "SELECT COUNT(*) FROM " + std::string(table) + " WHERE activity_id = :p1", activity_of(house, tx));
                CHECK(rows.front() == 0);
            }
        });
    });
}

TEST_CASE("surveys: mark-up and scripts in every free text stay text") {
    TestHouse house;
    set_up(house);
    auto attacker = somebody(house);
    const std::string evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    REQUIRE(fill(attacker, "", {{"a-q1", "_other"}, {"a-q1-other", evil}}).status == 303);
    REQUIRE(fill(attacker, "?seite=p2", {{"a-q4", evil}}).status == 303);
    house.clock().set(house.clock().now() + 20s);
    const auto sent = hand_in(attacker);
    REQUIRE(sent.status == 303);
    auto office = house.as(core::Role::admin);
    for (const auto& page : {attacker.follow(sent), office.get(std::string(desk) + "/ergebnisse"),
                             office.get(std::string(desk) + "/texte?frage=q4")})
        CHECK(ParsedPage(page.body).executable().empty());
}

}  // namespace mitwirken::tests
