// A page of a list costs the same however much the list holds. Counted, not timed: statements that SQLite runs for a
// page, and steps of its virtual machine, which rise with every row that is read. What happens inside the full-text
// index is not among them; platform/tests/search_test.cpp holds its limits.
#include <doctest/doctest.h>

#include <map>

#include "support/many.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;

namespace {

struct Cost {
    std::int64_t statements = 0, steps = 0;
};

// What a page may cost once after a write: it counts at most 1,001 offers for its filters and remembers the numbers.
constexpr std::int64_t most_steps_once = 250'000;

// The second request, with everything that may be remembered; each has an address of its own for the page cache.
Cost cost_of(TestHouse& house, Client visitor, const std::string& path) {
    auto& database = house.program().database();
    Cost cost;
    for (int i = 0; i < 2; ++i) {
        const auto before = database.statistics();
        const std::string sign = path.find('?') == std::string::npos ? "?" : "&";
        CHECK(visitor.get(path + sign + "probe=" + std::to_string(i)).status == 200);
        const auto after = database.statistics();
        cost = {after.statements - before.statements, after.steps - before.steps};
        CHECK_MESSAGE(cost.steps <= most_steps_once, path);
    }
    return cost;
}

// Offers from where the limits of the home page (200 that run) are reached.
void fill(TestHouse& house, int from, int to) {
    for (const auto what : {What::formats, What::news, What::events})
        add_many(house.house(), house.tenant(), what, from, to, house.clock().now());
    add_many(house.house(), house.tenant(), What::offers, from == 0 ? 0 : 800, to == 250 ? 800 : to,
             house.clock().now());
}

// Each page shows something of every list, from its beginning, its end and its middle.
const std::vector<std::string> pages = {"/",
                                        "/instrumente",
                                        "/instrumente?sortierung=geaendert-ab",
                                        "/instrumente?zweck=austauschen&form=digital",
                                        "/instrumente?ab=probe-format-100",
                                        "/instrumente/probe-format-7",
                                        "/angebote",
                                        "/angebote?sortierung=titel",
                                        "/angebote?stand=vergangen",
                                        "/angebote/probe-angebot-7",
                                        "/neuigkeiten",
                                        "/neuigkeiten?nach=150",
                                        "/neuigkeiten/probe-neuigkeit-7",
                                        "/termine",
                                        "/termine?vergangen=ja",
                                        "/termine/probe-termin-7"};

}  // namespace

TEST_CASE("a page costs the same in a town with ten times as many entries") {
    TestHouse house;
    fill(house, 0, 250);
    std::map<std::string, Cost> few, few_signed_in;
    auto editor = house.as(core::Role::coordinator);
    for (const auto& page : pages) {
        few[page] = cost_of(house, house.visitor(), page);
        few_signed_in[page] = cost_of(house, editor, page);
    }
    fill(house, 250, 2500);
    for (const auto& page : pages)
        for (const bool signed_in : {false, true}) {
            const Cost many = signed_in ? cost_of(house, editor, page) : cost_of(house, house.visitor(), page);
            const Cost& before = signed_in ? few_signed_in[page] : few[page];
            INFO(page, signed_in ? " signed in: " : ": ", before.statements, " statements with ", before.steps,
                 " steps, then ", many.statements, " with ", many.steps);
            CHECK(many.statements <= before.statements);
            CHECK(double(many.steps) <= double(before.steps) * 1.25 + 300);
        }
}
