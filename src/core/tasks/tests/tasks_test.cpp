// Tasks of offices: order, lateness, reminders once, on both databases.
#include <doctest/doctest.h>

#include "core/procedures/transfer.h"
#include "core/tasks/tasks.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace core;
using namespace std::chrono;

constexpr const char* plan = R"({
  "format": "mitwirken/procedure", "version": 1, "title": "Hafen", "state": "published",
  "dossier": {"key": "hafen", "title": "Der Hafen"},
  "tracks": [{"key": "alle", "label": "Alle", "steps": []}], "activities": [], "grid": []})";

OfficeTask task(ProcedureId procedure, const std::string& title, Date due) {
    OfficeTask t;
    t.procedure = procedure;
    t.title = title;
    t.due = due;
    return t;
}

void order_and_reminders(TestHouse& house, db::Tx& tx) {
    const auto now = house.clock().now();
    // The example has tasks of its own.
    for (const auto& other : open_tasks(tx, house.tenant(), {}, 100))
        finish_task(tx, house.tenant(), other.id, {}, now);
    const auto procedure = *add_whole(house.house(), tx, house.tenant(), *read_whole(plan), now);
    add_task(tx, house.tenant(), task(procedure, "später", 2027y / 3 / 2), now);
    const auto first = add_task(tx, house.tenant(), task(procedure, "zuerst", 2027y / 3 / 1), now);
    auto open = open_tasks(tx, house.tenant(), {}, 10);
    REQUIRE(open.size() == 2);
    CHECK(open[0].title == "zuerst");
    finish_task(tx, house.tenant(), first, AccountId{7}, now);
    CHECK(count_open_tasks(tx, house.tenant(), {}) == 1);
    CHECK(tasks_of(tx, house.tenant(), procedure).size() == 2);
    CHECK(find_task(tx, house.tenant(), first)->done_by == AccountId{7});
    reopen_task(tx, house.tenant(), first);
    TaskFilter behind;
    behind.after = first;
    behind.after_day = 2027y / 3 / 1;
    open = open_tasks(tx, house.tenant(), behind, 10);
    REQUIRE(open.size() == 1);
    CHECK(open[0].title == "später");
    CHECK(take_reminders(tx, house.tenant(), 2027y / 2 / 26, 3, now).size() == 1);
    CHECK(take_reminders(tx, house.tenant(), 2027y / 2 / 26, 3, now).empty());
    auto moved = *find_task(tx, house.tenant(), first);
    moved.due = 2027y / 2 / 27;
    save_task(tx, house.tenant(), moved);
    CHECK(take_reminders(tx, house.tenant(), 2027y / 2 / 26, 3, now).size() == 1);
    // Each is told of once more when it is late, and not reminded of afterwards.
    CHECK(take_late(tx, house.tenant(), 2027y / 2 / 27, now).empty());
    CHECK(take_late(tx, house.tenant(), 2027y / 2 / 28, now).size() == 1);
    CHECK(take_late(tx, house.tenant(), 2027y / 2 / 28, now).empty());
    CHECK(moved.late(start_of(2027y / 2 / 28)));
    CHECK_FALSE(moved.late(start_of(2027y / 2 / 27)));
}

}  // namespace

TEST_CASE("tasks: what is due first comes first, done ones leave the list and stay") {
    on_both_houses([](TestHouse& house) { house.write([&](db::Tx& tx) { order_and_reminders(house, tx); }); });
}

}  // namespace mitwirken::tests
