// Goals and questions of a procedure, and what is counted for goals, on both databases.
#include <doctest/doctest.h>

#include "core/procedures/parts.h"
#include "core/procedures/transfer.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace core;

void goals_and_questions(TestHouse& house, db::Tx& tx) {
    const auto tenant = house.tenant();
    const auto rhino = find_procedure(tx, tenant, "smart-rhino");
    REQUIRE(rhino);
    set_goals(tx, tenant, rhino->id,
              {{0, "Ideen", Indicator::contributions, 1, {}, ""},
               {0, "Menschen", Indicator::participants, 1'000'000, {}, ""},
               {0, "Bögen", Indicator::own, 30, 31, R"({"mark":1})"},
               {0, "Gäste", Indicator::own, 5, {}, ""}});
    const auto progress = progress_of_goals(tx, tenant, rhino->id);
    REQUIRE(progress.size() == 4);
    CHECK(progress[0].met());
    CHECK(*progress[0].reached > 0);
    CHECK_FALSE(progress[1].met());
    CHECK(progress[2].met());
    CHECK(progress[2].goal.extra == R"({"mark":1})");
    CHECK_FALSE(progress[3].reached);
    set_faq(tx, tenant, rhino->id, {{0, "Wer?", "Alle.", ""}});
    REQUIRE(faq_of(tx, tenant, rhino->id).size() == 1);
    const auto whole = load_whole(house.house(), tx, tenant, *rhino);
    CHECK(whole.goals.size() == 4);
    CHECK(whole.faq[0].question == "Wer?");
    CHECK(read_whole(write_whole(whole))->goals[2].extra == R"({"mark":1})");
}

}  // namespace

TEST_CASE("goals are counted when they are asked for, and go into the file with the questions") {
    on_both_houses([](TestHouse& house) { house.write([&](db::Tx& tx) { goals_and_questions(house, tx); }); });
}

}  // namespace mitwirken::tests
