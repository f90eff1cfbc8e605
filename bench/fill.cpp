// Fills a data folder that holds the example with many entries, for the load test:
//   bench_fill DATA FORMATS OFFERS NEWS EVENTS [DATABASE-URL]
//   bench_fill DATA participation PROCEDURES IDEAS COMMENTS SUPPORTS [DATABASE-URL]
// The first numbers are how many there are to be afterwards, what an earlier call has made stays; the second are added.
// Not part of the program: nobody's real portal gets made-up entries by a slip of the keyboard.
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

#include "app/program.h"
#include "support/many.h"

using namespace mitwirken;

namespace {

constexpr std::array<std::pair<tests::What, const char*>, 4> kinds{{{tests::What::formats, "formats"},
                                                                    {tests::What::offers, "offers"},
                                                                    {tests::What::news, "news"},
                                                                    {tests::What::events, "events"}}};

// How many were made before stands in the data folder, because keys alone would have to be counted.
std::array<int, 4> made_before(const std::string& file) {
    std::array<int, 4> numbers{};
    std::ifstream in(file);
    for (auto& number : numbers) in >> number;
    return numbers;
}

// The municipality of the example in this data folder.
struct Town {
    app::Program program;
    core::TenantId tenant;

    Town(const std::string& data, const std::string& database) : program(config(data, database)) {
        program.need_current_schema();
        program.database().read([&](db::Tx& tx) { tenant = core::all_tenants(tx).at(0).id; });
    }
    static app::Config config(const std::string& data, const std::string& database) {
        app::Config c;
        c.data = data;
        if (!database.empty()) c.database.url = database;
        c.log_level = "warning";
        c.database.statement_timeout_ms = 60'000;
        return c;
    }
};

template <class Work>
void timed(int number, const char* what, Work work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    fmt::print(stderr, "{} {}: {:.1f} s\n", number, what, took.count());
}

void fill(const std::vector<std::string>& words) {
    Town town(words.at(0), words.size() > 5 ? words[5] : "");
    const std::string file = words[0] + "/bench-made.txt";
    auto made = made_before(file);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const int wanted = std::atoi(words.at(i + 1).c_str());
        if (wanted <= made[i]) continue;
        timed(wanted - made[i], kinds[i].second, [&] {
            tests::add_many(town.program.house(), town.tenant, kinds[i].first, made[i], wanted, SystemClock().now());
        });
        made[i] = wanted;
    }
    std::ofstream(file) << fmt::format("{} {} {} {}\n", made[0], made[1], made[2], made[3]);
}

void fill_participation(const std::vector<std::string>& words) {
    Town town(words.at(0), words.size() > 6 ? words[6] : "");
    const auto number = [&](std::size_t i) { return std::atoi(words.at(i).c_str()); };
    tests::Participation numbers{number(2), number(3), number(4), number(5)};
    numbers.largest = numbers.ideas / 5;
    timed(numbers.ideas, "ideas with comments and support",
          [&] { tests::add_participation(town.program.house(), town.tenant, numbers, SystemClock().now()); });
}

}  // namespace

int main(int count, char** words) {
    if (count < 6) {
        fmt::print(stderr,
                   "bench_fill DATA FORMATS OFFERS NEWS EVENTS [DATABASE-URL]\n"
                   "bench_fill DATA participation PROCEDURES IDEAS COMMENTS SUPPORTS [DATABASE-URL]\n");
        return 2;
    }
    try {
        const std::vector<std::string> given{words + 1, words + count};
        given[1] == "participation" ? fill_participation(given) : fill(given);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_fill: {}\n", error.what());
        return 1;
    }
    return 0;
}
