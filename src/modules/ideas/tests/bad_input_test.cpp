// What goes wrong around ideas: twice, at the border of a day, in masses, by somebody else. Nothing lost, a clear word.
#include "modules/ideas/tests/support.h"
#include "platform/base/text.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;

std::int64_t ideas_in(TestHouse& house) {
    std::int64_t count = 0;
    house.read([&](db::Tx& tx) {
        const auto procedure = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        for (const auto& activity : core::load_plan(tx, procedure).activities)
            if (activity.key == "ideen") count = activity.contributions;
    });
    return count;
}

// The procedure with one step of these days.
void open_on(TestHouse& house, const char* first, const char* last) {
    house.write([&](db::Tx& tx) {
        const auto procedure = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        auto plan = core::load_plan(tx, procedure);
        for (auto& cell : plan.grid)
            if (cell.activity == "ideen")
                for (auto& track : plan.tracks)
                    for (auto& step : track.steps)
                        if (track.key == cell.track && step.key == cell.step && !cell.open.empty())
                            step.dates = core::ByDays{*parse_date(first), *parse_date(last)};
        core::save_plan(tx, house.tenant(), procedure.id, plan);
    });
    house.house().versions.raise({}, "tenants");
}

}  // namespace

TEST_CASE("a form that is sent twice, and by two tabs at once, gives one idea") {
    TestHouse house;
    auto anna = someone(house);
    const auto before = ideas_in(house);
    const auto fields = with_marks(house, anna, ideas_form, {{"title", "Bänke"}, {"body", "Am Wasser."}});
    const auto first = anna.post(ideas_form, fields), second = anna.post(ideas_form, fields);
    CHECK(first.status == 303);
    CHECK(second.location() == first.location());
    CHECK(ideas_in(house) == before + 1);
}

TEST_CASE("a hundred ideas at once from one address: most are held up with a sentence, and keep their text") {
    TestHouse house;
    auto robot = house.visitor();
    robot.from("2001:db8:9::1");
    const auto fields =
        with_marks(house, robot, ideas_form, {{"title", "Bänke"}, {"body", "Mein langer Text über Bänke."}});
    int held_up = 0, taken = 0;
    for (int i = 0; i < 100; ++i) {
        auto one = fields;
        one[0].second = "Bänke " + std::to_string(i);
        const auto answer = robot.post(ideas_form, one);
        if (answer.status == 429) {
            ++held_up;
            CHECK(answer.has("Sekunden"));
            CHECK(answer.has("Mein langer Text über Bänke."));
        } else {
            taken += answer.status == 303;
        }
    }
    CHECK(held_up > 30);
    CHECK(taken + held_up == 100);
}

TEST_CASE("an activity that was taken away or moved while somebody wrote: the text is shown, nothing is written") {
    TestHouse house;
    auto anna = someone(house);
    const auto before = ideas_in(house);
    const auto fields =
        with_marks(house, anna, ideas_form, {{"title", "Bänke"}, {"body", "Mein langer Text über Bänke."}});
    open_on(house, "2027-06-01", "2027-06-30");
    const auto refused = anna.post(ideas_form, fields);
    CHECK(refused.status >= 403);
    CHECK(refused.has("Mein langer Text über Bänke."));
    house.write([&](db::Tx& tx) {
        auto procedure = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        procedure.state = core::ProcedureState::draft;
        core::save_procedure(tx, house.tenant(), procedure, house.clock().now());
    });
    house.house().versions.raise({}, "tenants");
    const auto gone = anna.post(ideas_form, fields);
    CHECK(gone.status == 404);
    CHECK(gone.has("Mein langer Text über Bänke."));
    CHECK(ideas_in(house) == before);
}

TEST_CASE("the last second of a last day counts, the first after it does not, also where the clock is changed") {
    for (const auto& [first, last, next] :
         {std::tuple{"2027-03-20", "2027-03-28", "2027-03-29"}, std::tuple{"2027-10-20", "2027-10-31", "2027-11-01"}}) {
        INFO(last);
        TestHouse house;
        open_on(house, first, last);
        const Timestamp end = start_of(*parse_date(next));
        auto anna = someone(house);
        house.clock().set(end - 90s);
        auto fields =
            with_marks(house, anna, ideas_form, {{"title", "Bänke"}, {"body", "Mein langer Text über Bänke."}});
        house.clock().set(end - 1s);
        CHECK(anna.post(ideas_form, fields).status == 303);
        fields[0].second = "Tische";
        house.clock().set(end + 1s);
        const auto late = anna.post(ideas_form, fields);
        CHECK(late.status == 403);
        CHECK(late.has("Mein langer Text über Bänke."));
        // Three hours before, on the day itself, with one hour more or less than other days.
        house.clock().set(start_of(*parse_date(last)));
        CHECK(someone(house).get(ideas_form).has("name=\"title\""));
        house.clock().set(start_of(*parse_date(first)) - 1s);
        CHECK_FALSE(someone(house).get(ideas_form).has("name=\"title\""));
    }
}

TEST_CASE("the idea of somebody who is gone stays readable, and nobody else becomes its author") {
    TestHouse house;
    auto anna = someone(house), ben = someone(house);
    const auto saved = send_idea(house, anna, {{"title", "Bänke"}, {"body", "Am Wasser."}, {"name", "Anna B."}});
    REQUIRE(saved.status == 303);
    house.write([&](db::Tx& tx) {
        core::release_contribution(
            tx, core::ContributionId{*to_int(saved.location().substr(saved.location().rfind('/') + 1))});
    });
    house.house().versions.raise({}, "tenants");
    CHECK(ben.get(saved.location()).has("Am Wasser."));
    CHECK_FALSE(ben.get(saved.location()).has("Anna B."));
    for (auto* who : {&anna, &ben}) {
        CHECK(who->post(saved.location() + "/bearbeiten", {{"title", "x"}, {"body", "x"}}).status == 403);
        CHECK(who->post(saved.location() + "/zurueckziehen").status == 403);
    }
}

TEST_CASE("with the address of somebody else nothing is public, and nobody is told whose address is known") {
    TestHouse house;
    house.program().database().script("UPDATE core_activity SET who = 'email' WHERE key = 'ideen'");
    house.house().versions.raise({}, "tenants");
    auto robot = someone(house);
    const auto saved = send_idea(
        house, robot, {{"title", "Unbestätigt"}, {"body", "x"}, {"email", "fremd@example.org\r\nBcc: x@example.org"}});
    CHECK(saved.status == 422);
    const auto waits =
        send_idea(house, robot, {{"title", "Unbestätigt"}, {"body", "x"}, {"email", "fremd@example.org"}});
    REQUIRE(waits.status == 303);
    CHECK(house.visitor().get(waits.location()).status == 404);
    CHECK_FALSE(house.visitor().get(ideas_list).has("Unbestätigt"));
    CHECK_FALSE(house.visitor().get(ideas_list + "/ideen.csv").has("Unbestätigt"));
    CHECK_FALSE(house.as(core::Role::admin).get(ideas_list + "/ideen.csv?alle=ja").has("Unbestätigt"));
}

}  // namespace mitwirken::tests
