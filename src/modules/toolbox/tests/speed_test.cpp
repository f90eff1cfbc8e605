// How fast the list is, and that it does not matter how much is in it. Not part of the ordinary run:
//   build/release/tests/house_tests -ns -tc='speed: the toolbox*'
#include <doctest/doctest.h>

#include <ctime>
#include <random>

#include "modules/toolbox/listing.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using namespace mitwirken::toolbox;

namespace {

void fill(TestHouse& house, int from, int to) {
    std::mt19937 random(unsigned(from) + 1);
    const auto one_of = [&](int n) { return int(random() % unsigned(n)); };
    for (int begin = from; begin < to; begin += 500)
        house.write([&](db::Tx& tx) {
            for (int i = begin; i < std::min(to, begin + 500); ++i) {
                Format format;
                format.key = "muster-" + std::to_string(i);
                format.title =
                    std::string(1, char('A' + one_of(26))) + "usterformat " + std::to_string(one_of(1'000'000));
                format.state = State::published;
                format.publish = true;
                const int first = one_of(4);  // one purpose, or two that lie side by side
                format.purposes = (1 << first) | (one_of(3) == 0 ? 1 << ((first + 1) % 4) : 0);
                format.forms = 1 + one_of(7);
                const int size = one_of(3);
                format.group_sizes = (1 << size) | (one_of(2) << (size + 1));
                format.distance = one_of(4) > 0;
                format.staff_days = one_of(60);
                format.summary = "Ein Format, wie es viele gibt, mit einem kurzen Satz darüber, was geschieht.";
                format.description = std::string(std::size_t(400 + one_of(2000)), 'x');
                save(tx, house.tenant(), format, {}, {}, "",
                     house.clock().now() - std::chrono::minutes(one_of(500'000)));
            }
        });
    house.house().versions.raise(house.tenant(), "toolbox");
}

// How often in a second of one core's time: what others do on this machine does not count.
template <class F>
double per_second(F&& work) {
    for (int i = 0; i < 50; ++i) work(i);
    const auto begin = std::clock();
    int done = 0;
    while (std::clock() - begin < 2 * CLOCKS_PER_SEC) work(50 + done++);
    return done / (double(std::clock() - begin) / CLOCKS_PER_SEC);
}

}  // namespace

TEST_CASE("speed: the toolbox answers as fast with 100,000 formats as with 1,000" * doctest::skip()) {
    TestHouse house;
    const std::string views[] = {"", "zweck=austauschen&form=digital", "sortierung=kreis&zweck=loesen&abstand=ja",
                                 "sortierung=aufwand&kreis=unbegrenzt&form=hybrid&zweck=entscheiden&abstand=nein",
                                 "ansicht=tabelle&sortierung=geaendert-ab"};
    int have = 0;
    for (const int wanted : {1'000, 10'000, 100'000}) {
        fill(house, have, wanted);
        have = wanted;
        for (const auto& view : views) {
            const auto selection = selection_from(parse_query(view));
            const double reads = per_second([&](int) {
                house.read([&](db::Tx& tx) { CHECK(list(tx, house.tenant(), selection, 24).total >= wanted); });
            });
            auto visitor = house.visitor();
            // Another address each time, so that the page cache does not answer.
            const double pages = per_second(
                [&](int i) { CHECK(visitor.get("/instrumente?n=" + std::to_string(i) + "&" + view).status == 200); });
            MESSAGE(wanted, " formats, \"", view, "\": ", int(reads), " lists/s, ", int(pages), " pages/s");
        }
    }
}
