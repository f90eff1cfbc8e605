// A short survey in the example's procedure, and how tests fill it in.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/procedures/records.h"
#include "modules/surveys/results.h"
#include "modules/surveys/surveys.h"
#include "support/filled_forms.h"

namespace mitwirken::tests::survey {

using namespace std::chrono_literals;
using surveys::Json;

inline constexpr const char* base = "/verfahren/smart-rhino/umfragen/umfrage";
inline constexpr const char* desk = "/verwaltung/verfahren/smart-rhino/umfragen/umfrage";

// A short questionnaire instead of the example's; its answers are gone with it.
inline constexpr const char* small = R"({"pages": [
  {"key": "p1", "title": "Eins", "questions": [
    {"key": "q1", "kind": "single", "title": "Rad oder Bus?", "required": true, "other": true,
     "options": [{"key": "rad", "label": "Rad"}, {"key": "bus", "label": "Bus"}]},
    {"key": "q2", "kind": "number", "title": "Wie weit?", "highest": 100,
     "show_if": {"conditions": [{"question": "q1", "test": "is", "value": "rad"}]}}]},
  {"key": "p2", "title": "Zwei", "questions": [
    {"key": "q3", "kind": "multiple", "title": "Wählen Sie 2", "least": 2, "most": 2,
     "options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}, {"key": "c", "label": "C"}]},
    {"key": "q4", "kind": "long_text", "title": "Sonst noch?"},
    {"key": "q5", "kind": "file", "title": "Bild", "pictures_only": true}]}]})";

// A visitor with an address of their own: throttles are one for the whole process, and every test has its own time.
inline Client somebody(TestHouse& house) {
    static int count = 0;
    ++count;
    Client client = house.visitor();
    client.from(fmt::format("10.{}.{}.7", count / 250, count % 250));
    return client;
}

inline core::ActivityId activity_of(TestHouse& house, db::Tx& tx) {
    const auto procedure = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
    for (const auto& activity : core::load_plan(tx, *procedure).activities)
        if (activity.key == "umfrage") return activity.id;
    FAIL("the example has no survey");
    return {};
}

inline void set_up(TestHouse& house, core::Who who = core::Who::anyone,
                   const std::string& settings = R"({"results":"live"})", const std::string& content = small) {
    // Throttles of persons know only their number, which other houses have, too: each test is later than the one
    // before.
    static Timestamp next = house.clock().now() + std::chrono::hours{3};
    if (house.clock().now() < next) house.clock().set(next);
    if (house.clock().now() < next + std::chrono::hours{24}) next = house.clock().now() + std::chrono::hours{2};
    house.write([&](db::Tx& tx) {
        const auto procedure = *core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        auto plan = core::load_plan(tx, procedure);
        for (auto& activity : plan.activities)
            if (activity.key == "umfrage") {
                activity.who = who;
                activity.settings = settings;
            }
        core::save_plan(tx, house.tenant(), procedure.id, plan);
        const auto activity = activity_of(house, tx);
        for (const auto& one : surveys::answers_after(tx, activity, {}, 1000))
            surveys::drop_answer(tx, house.tenant(), activity, one.id);
        const std::string text =
            surveys::write_questionnaire(*surveys::read_questionnaire(Json::parse(content))).dump();
        surveys::save_draft(tx, house.tenant(), activity, text, house.clock().now());
        surveys::publish(tx, house.tenant(), activity, text, house.clock().now());
        house.house().versions.raise_at_commit(tx, house.tenant(), procedure.scope());
    });
}

inline std::vector<surveys::Exported> stored(TestHouse& house) {
    std::vector<surveys::Exported> list;
    house.read([&](db::Tx& tx) { list = surveys::answers_after(tx, activity_of(house, tx), {}, 1000); });
    return list;
}

inline PageForm form_on(Client& client, const std::string& path, const std::string& action) {
    const auto answer = client.get(path);
    INFO(path, " ", answer.status);
    const auto form = form_to(ParsedPage(answer.body), action);
    REQUIRE(form);
    return *form;
}

// Fills in one page; what is not named stays as the page shows it.
inline Answer fill(Client& client, const std::string& page, const Fields& said, const std::string& wish = "next") {
    const auto form = form_on(client, std::string(base) + "/fragen" + page, std::string(base) + "/fragen");
    Fields fields;
    for (const auto& [name, value] : form.sent())
        if (std::none_of(said.begin(), said.end(), [&, &n = name](const auto& one) { return one.first == n; }))
            fields.emplace_back(name, value);
    for (const auto& one : said) fields.push_back(one);
    fields.emplace_back("do", wish);
    return client.post(std::string(base) + "/fragen", fields);
}

inline void to_the_end(TestHouse& house, Client& client, const std::string& choice = "bus") {
    REQUIRE(fill(client, "", {{"a-q1", choice}}).status == 303);
    REQUIRE(fill(client, "?seite=p2", {{"a-q3", "a"}, {"a-q3", "b"}, {"a-q4", "=SUM(A1) Bänke"}}).location() ==
            std::string(base) + "/pruefen");
    house.clock().set(house.clock().now() + 20s);
}

inline Answer hand_in(Client& client, Fields more = {}) {
    auto fields = form_on(client, std::string(base) + "/pruefen", std::string(base) + "/senden").sent();
    for (const auto& [name, value] : more) PageForm::set(fields, name, value);
    return client.post(std::string(base) + "/senden", fields);
}

}  // namespace mitwirken::tests::survey
