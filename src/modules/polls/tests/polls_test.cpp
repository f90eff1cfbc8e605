// Quick polls: rules, then voting as people do it, and what the office may do.
#include <doctest/doctest.h>

#include "core/participants/participants.h"
#include "core/procedures/records.h"
#include "modules/polls/polls.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;
using polls::Question;

constexpr const char* base = "/verfahren/smart-rhino/schnellumfragen/stimmung";
constexpr const char* desk = "/verwaltung/verfahren/smart-rhino/schnellumfragen/stimmung";

core::Activity activity_of(TestHouse& house) {
    core::Activity found;
    house.read([&](db::Tx& tx) {
        const auto procedure = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        for (const auto& activity : core::load_plan(tx, *procedure).activities)
            if (activity.key == "stimmung") found = activity;
    });
    REQUIRE(found.id);
    return found;
}

std::vector<Question> stored(TestHouse& house) {
    std::vector<Question> list;
    const auto id = activity_of(house).id;
    house.read([&](db::Tx& tx) { list = polls::questions(tx, id); });
    return list;
}

void set_up(TestHouse& house, core::Who who, const std::string& settings) {
    house.write([&](db::Tx& tx) {
        const auto procedure = *core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        auto plan = core::load_plan(tx, procedure);
        for (auto& activity : plan.activities)
            if (activity.key == "stimmung") {
                activity.who = who;
                activity.settings = settings;
            }
        core::save_plan(tx, house.tenant(), procedure.id, plan);
        house.house().versions.raise_at_commit(tx, house.tenant(), procedure.scope());
    });
}

std::int64_t count_of(TestHouse& house, const std::string& option) {
    return stored(house).front().option(option)->count;
}

Answer vote(TestHouse& house, Client& client, const std::vector<std::string>& chosen, std::int64_t edits = 1) {
    const auto question = stored(house).front();
    Fields fields{{"fassung", std::to_string(edits)}};
    for (const auto& key : chosen) fields.emplace_back(question.field(), key);
    return client.post(std::string(base) + "/" + std::to_string(question.id.value), fields);
}

Question two_of_three() {
    Question q;
    q.key = "f1";
    q.title = "Was?";
    q.options = {{"a1", "A"}, {"a2", "B"}, {"a3", "C"}};
    q.most = 2;
    q.edits = 4;
    return q;
}

}  // namespace

TEST_CASE("a vote names offered answers, not too many, on the wording it was read in") {
    const auto q = two_of_three();
    const auto good = polls::check_vote(q, Form({{"wahl-f1", "a3"}, {"wahl-f1", "a1"}, {"fassung", "4"}}));
    REQUIRE(good);
    CHECK(*good == std::vector<std::string>{"a1", "a3"});
    const std::vector<Fields> refused = {{{"fassung", "4"}},
                                         {{"wahl-f1", "a9"}, {"fassung", "4"}},
                                         {{"wahl-f1", "a1"}, {"fassung", "3"}},
                                         {{"wahl-f1", "a1"}, {"wahl-f1", "a2"}, {"wahl-f1", "a3"}, {"fassung", "4"}}};
    for (const auto& fields : refused) CHECK_FALSE(polls::check_vote(q, Form(fields)));
    CHECK(polls::check_vote(q, Form({{"wahl-f1", "a1"}, {"wahl-f1", "a1"}, {"wahl-f1", "a2"}, {"fassung", "4"}})));
}

TEST_CASE("a question has two to ten answers, each with words of its own") {
    Form form({{"title", "Was?"}, {"most", "1"}, {"new-1-label", "A"}, {"new-2-label", "B"}});
    const auto q = polls::check({}, form);
    REQUIRE(q);
    CHECK(q->options.size() == 2);
    CHECK(q->options[1].key == "a2");
    form.set("new-2-label", "A");
    CHECK_FALSE(polls::check({}, form));
    form.set("new-2-label", "");
    CHECK_FALSE(polls::check({}, form));
    CHECK_FALSE(polls::check({}, Form({{"title", "Was?"}, {"most", "3"}, {"new-1-label", "A"}, {"new-2-label", "B"}})));
    CHECK_FALSE(polls::check({}, Form({{"title", " "}, {"most", "1"}, {"new-1-label", "A"}, {"new-2-label", "B"}})));
}

TEST_CASE("answers that were voted on keep their keys and cannot go") {
    auto before = two_of_three();
    Form form = polls::to_form(before);
    form.set("option-a2", "");
    form.set("new-1-label", "D");
    const auto changed = polls::check(before, form);
    REQUIRE(changed);
    CHECK(changed->options[1].key == "a3");
    before.votes = 1;
    CHECK_FALSE(polls::check(before, form));
}

TEST_CASE("shares are rounded to whole per cent of the people") {
    auto q = two_of_three();
    CHECK(polls::share(q, q.options[0]) == 0);
    q.votes = 3;
    q.options[0].count = 2;
    CHECK(polls::share(q, q.options[0]) == 67);
    q.options[0].count = 3;
    CHECK(polls::share(q, q.options[0]) == 100);
}

TEST_CASE("questions travel in files, and what cannot be one is refused") {
    const auto read = polls::read_content(polls::write_content({two_of_three()}));
    REQUIRE(read);
    CHECK(read->front().options[2].label == "C");
    CHECK(read->front().most == 2);
    using nlohmann::json;
    for (const char* bad :
         {R"([])", R"({"questions": 5})", R"({"questions": [7]})", R"({"questions": [{"title": "x", "options": []}]})",
          R"({"questions": [{"title": "", "options": [{"label": "a"}, {"label": "b"}]}]})",
          R"({"questions": [{"key": "<b>", "title": "x", "options": [{"label": "a"}, {"label": "b"}]}]})",
          R"({"questions": [{"title": "x", "most": 9, "options": [{"label": "a"}, {"label": "b"}]}]})"})
        CHECK_FALSE(polls::read_content(json::parse(bad)));
}

TEST_CASE("somebody votes once, sees how it stands, and changes the vote while it is open") {
    on_both_houses([](TestHouse& house) {
        const auto before = stored(house).front();
        auto anna = house.visitor();
        CHECK(anna.get(base).has("zuerst entstehen"));
        REQUIRE(vote(house, anna, {"a2"}).status == 303);
        CHECK(count_of(house, "a2") == before.option("a2")->count + 1);
        CHECK(stored(house).front().votes == before.votes + 1);
        CHECK(anna.get(base).has("Sie haben abgestimmt"));
        // The other tab, with the same browser: once more, and another answer.
        CHECK(vote(house, anna, {"a2"}).status == 303);
        CHECK(stored(house).front().votes == before.votes + 1);
        CHECK(vote(house, anna, {"a4"}).status == 303);
        CHECK(stored(house).front().votes == before.votes + 1);
        CHECK(count_of(house, "a2") == before.option("a2")->count);
        CHECK(count_of(house, "a4") == before.option("a4")->count + 1);
        auto ben = house.visitor();
        CHECK_FALSE(ben.get(base).has("Sie haben abgestimmt"));
        CHECK(vote(house, ben, {"a4"}).status == 303);
        CHECK(count_of(house, "a4") == before.option("a4")->count + 2);
    });
}

TEST_CASE("the database itself takes one vote for each person and question") {
    on_both_houses([](TestHouse& house) {
        const auto activity = activity_of(house).id;
        const auto question = stored(house).front();
        house.write([&](db::Tx& tx) {
            const auto now = house.clock().now();
            const auto who = core::add_participant_without_browser(tx, house.tenant(), now);
            CHECK(polls::cast(tx, house.tenant(), activity, question, who, {"a1"}, now));
            CHECK_FALSE(polls::cast(tx, house.tenant(), activity, question, who, {"a2"}, now));
        });
        CHECK(stored(house).front().votes == question.votes + 1);
        CHECK(count_of(house, "a2") == question.option("a2")->count);
    });
}

TEST_CASE("where votes stay as they are the first one counts") {
    TestHouse house;
    set_up(house, core::Who::anyone, R"({"change": false})");
    const auto before = count_of(house, "a1");
    auto anna = house.visitor();
    CHECK(vote(house, anna, {"a2"}).status == 303);
    const auto second = vote(house, anna, {"a1"});
    CHECK(second.status == 303);
    CHECK(anna.follow(second).has("Ihre erste"));
    CHECK(count_of(house, "a1") == before);
}

TEST_CASE("foreign answers, too many, none and a changed question are refused with what was chosen") {
    TestHouse house;
    auto anna = house.visitor();
    const auto before = stored(house).front().votes;
    CHECK(vote(house, anna, {"a9"}).status == 422);
    CHECK(vote(house, anna, {}).status == 422);
    CHECK(vote(house, anna, {"a1", "a2"}).status == 422);
    CHECK(anna.post(std::string(base) + "/999999", {{"wahl-f1", "a1"}, {"fassung", "1"}}).status == 404);
    // Staff change the wording between load and send.
    auto staff = house.as(core::Role::coordinator);
    const auto question = stored(house).front();
    Fields fields{{"_version", "1"}, {"title", "Was soll zuletzt entstehen?"}, {"most", "1"}};
    for (const auto& option : question.options) fields.emplace_back("option-" + option.key, option.label);
    REQUIRE(staff.post(std::string(desk) + "/frage/" + std::to_string(question.id.value), fields).status == 303);
    const auto late = vote(house, anna, {"a2"}, 1);
    CHECK(late.status == 422);
    CHECK(late.has("inzwischen geändert"));
    CHECK(late.has("Was soll zuletzt entstehen?"));
    CHECK(late.has("value=\"a2\" checked"));
    CHECK(stored(house).front().votes == before);
    CHECK(vote(house, anna, {"a2"}, 2).status == 303);
}

TEST_CASE("one second after midnight of the last day no vote counts any more") {
    TestHouse house;
    const auto before = stored(house).front().votes;
    auto anna = house.visitor();
    const Timestamp end = start_of(*parse_date("2027-02-01"));
    house.clock().set(end + 1s);
    const auto late = vote(house, anna, {"a1"});
    CHECK(late.status == 403);
    CHECK(late.has("31. Januar"));
    CHECK(stored(house).front().votes == before);
    house.clock().set(end - 1s);
    CHECK(vote(house, anna, {"a1"}).status == 303);
}

TEST_CASE("results are shown when the setting says so: at once, after voting, at the end") {
    TestHouse house;
    auto anna = house.visitor();
    CHECK(anna.get(base).has("poll-results"));
    CHECK(house.visitor().get(std::string(base) + "/live").status == 200);
    set_up(house, core::Who::anyone, R"({"results": "after"})");
    CHECK_FALSE(anna.get(base).has("poll-results"));
    CHECK(anna.get(std::string(base) + "/ergebnisse.csv").status == 404);
    CHECK_FALSE(anna.get(std::string(base) + "/leinwand").has("<td class=\"num\">"));
    REQUIRE(vote(house, anna, {"a1"}).status == 303);
    CHECK(anna.get(base).has("poll-results"));
    CHECK(anna.get(std::string(base) + "/ergebnisse.csv").has("Werkst"));
    set_up(house, core::Who::anyone, R"({"results": "end"})");
    CHECK_FALSE(anna.get(base).has("poll-results"));
    CHECK_FALSE(house.visitor().get("/api/v1/polls/smart-rhino.stimmung").has("\"count\":1"));
    house.clock().set(start_of(*parse_date("2027-02-01")) + 1s);
    CHECK(house.visitor().get(base).has("poll-results"));
}

TEST_CASE("a vote is pushed to who listens, without the answers where they are not public yet") {
    TestHouse house;
    const std::string id = std::to_string(activity_of(house).id.value);
    auto& hub = *house.house().events;
    auto anna = house.visitor();
    REQUIRE(vote(house, anna, {"a1"}).status == 303);
    const auto first = hub.current("polls:" + id + ":de");
    CHECK(first.find("poll-results") != std::string::npos);
    CHECK(first.find(">32<") != std::string::npos);
    CHECK(hub.current("polls:" + id + "#:de").find(">32<") == std::string::npos);
    auto ben = house.visitor();
    REQUIRE(vote(house, ben, {"a1"}).status == 303);
    CHECK(hub.current("polls:" + id + ":de").find(">33<") != std::string::npos);
    CHECK(hub.current("polls:" + id + ":en").find("people have voted") != std::string::npos);
    set_up(house, core::Who::anyone, R"({"results": "end"})");
    auto cem = house.visitor();
    REQUIRE(vote(house, cem, {"a1"}).status == 303);
    CHECK(hub.current("polls:" + id + ":de").find(">34<") == std::string::npos);
}

TEST_CASE("who needs an account is asked to sign in, and nothing is counted") {
    TestHouse house;
    set_up(house, core::Who::account, "{}");
    const auto before = stored(house).front().votes;
    auto anna = house.visitor();
    const auto refused = vote(house, anna, {"a1"});
    CHECK(refused.status >= 300);
    CHECK(stored(house).front().votes == before);
    auto staff = house.as(core::Role::editor);
    CHECK(vote(house, staff, {"a1"}).status == 303);
    CHECK(stored(house).front().votes == before + 1);
}

TEST_CASE("forgetting a person empties whose vote it was and keeps the count") {
    TestHouse house;
    auto anna = house.visitor();
    REQUIRE(vote(house, anna, {"a1"}).status == 303);
    const auto before = count_of(house, "a1");
    CHECK(anna.get("/meine-beitraege/daten.json").has("Wege und Pl"));
    house.write([&](db::Tx& tx) {
        const auto who = core::find_participant(tx, house.tenant(), anna.cookie("mw_participant"), {});
        REQUIRE(who);
        polls::forget_participant(tx, house.tenant(), who->id);
        CHECK(polls::votes_of(tx, activity_of(house).id, {who->id}).empty());
    });
    CHECK(count_of(house, "a1") == before);
}

TEST_CASE("staff write, order, close and delete questions; those with votes stay") {
    on_both_houses([](TestHouse& house) {
        auto staff = house.as(core::Role::coordinator);
        CHECK(staff.get(std::string(desk) + "/bearbeiten").has("zuerst entstehen"));
        CHECK(staff.post(std::string(desk) + "/frage/neu", {{"title", "Noch eine?"}, {"most", "1"}}).status == 422);
        REQUIRE(staff
                    .post(std::string(desk) + "/frage/neu",
                          {{"title", "Noch eine?"}, {"most", "1"}, {"new-1-label", "Ja"}, {"new-2-label", "Nein"}})
                    .status == 303);
        auto list = stored(house);
        REQUIRE(list.size() == 2);
        const std::string first = std::to_string(list[0].id.value), second = std::to_string(list[1].id.value);
        CHECK(staff.post(std::string(desk) + "/bearbeiten", {{"do", "up:" + second}}).status == 303);
        CHECK(stored(house).front().title == "Noch eine?");
        CHECK(staff.post(std::string(desk) + "/bearbeiten", {{"do", "remove:" + first}}).status == 303);
        CHECK(stored(house).size() == 2);
        CHECK(staff.post(std::string(desk) + "/bearbeiten", {{"do", "close:" + second}}).status == 303);
        auto anna = house.visitor();
        CHECK(anna.post(std::string(base) + "/" + second, {{"wahl-f2", "a1"}, {"fassung", "1"}}).status == 403);
        CHECK(staff.post(std::string(desk) + "/bearbeiten", {{"do", "remove:" + second}}).status == 303);
        CHECK(stored(house).size() == 1);
        CHECK(staff.get(std::string(desk) + "/export.csv").has("31"));
        CHECK(house.visitor().post(std::string(desk) + "/bearbeiten", {{"do", "close:" + first}}).status != 200);
        CHECK_FALSE(stored(house).front().closed);
    });
}

TEST_CASE("two of the staff do not overwrite each other's question") {
    TestHouse house;
    auto staff = house.as(core::Role::coordinator);
    const auto question = stored(house).front();
    Fields fields{{"_version", "1"}, {"title", "Neu"}, {"most", "1"}};
    for (const auto& option : question.options) fields.emplace_back("option-" + option.key, option.label);
    const std::string path = std::string(desk) + "/frage/" + std::to_string(question.id.value);
    CHECK(staff.post(path, fields).status == 303);
    fields[1].second = "Anders";
    const auto second = staff.post(path, fields);
    CHECK(second.status == 422);
    CHECK(second.has("Anders"));
    CHECK(stored(house).front().title == "Neu");
}

}  // namespace mitwirken::tests
