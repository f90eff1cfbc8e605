// Fills a data folder that holds the example with many entries, for the load test:
//   bench_fill DATA FORMATS OFFERS NEWS EVENTS [DATABASE-URL]
// The numbers are how many there are to be afterwards; what an earlier call has made stays.
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

void fill(const std::vector<std::string>& words) {
    app::Config config;
    config.data = words.at(0);
    if (words.size() > 5) config.database.url = words[5];
    config.log_level = "warning";
    config.database.statement_timeout_ms = 60'000;
    app::Program program(config);
    program.need_current_schema();
    core::TenantId tenant;
    program.database().read([&](db::Tx& tx) { tenant = core::all_tenants(tx).at(0).id; });
    const std::string file = config.data + "/bench-made.txt";
    auto made = made_before(file);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const int wanted = std::atoi(words.at(i + 1).c_str());
        const auto begin = std::chrono::steady_clock::now();
        if (wanted <= made[i]) continue;
        tests::add_many(program.house(), tenant, kinds[i].first, made[i], wanted, SystemClock().now());
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        fmt::print(stderr, "{} {}: {:.1f} s\n", wanted - made[i], kinds[i].second, took.count());
        made[i] = wanted;
    }
    std::ofstream(file) << fmt::format("{} {} {} {}\n", made[0], made[1], made[2], made[3]);
}

}  // namespace

int main(int count, char** words) {
    if (count < 6) {
        fmt::print(stderr, "bench_fill DATA FORMATS OFFERS NEWS EVENTS [DATABASE-URL]\n");
        return 2;
    }
    try {
        fill({words + 1, words + count});
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_fill: {}\n", error.what());
        return 1;
    }
    return 0;
}
