// Random procedures: until the next change no answer changes, and an export answers like its original. What each answer
// must be is compared with an independent implementation in tests/procedures/ask_test.py.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "core/procedures/exchange.h"
#include "core/procedures/validate.h"
#include "sample.h"

using namespace mitwirken;
using namespace mitwirken::core;
using namespace mitwirken::core::sample;

namespace {

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    int roll(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }

private:
    std::mt19937 engine_;
};

Track random_track(Dice& dice, int number) {
    Track track{{}, "t" + std::to_string(number), "T", "", {}, {}};
    Date at = add_days(day("2026-03-20"), dice.roll(0, 12));
    const int steps = dice.roll(0, 4);
    for (int i = 0; i < steps; ++i) {
        Step step = days(("s" + std::to_string(i)).c_str(), "2026-01-01");
        const Date last = add_days(at, dice.roll(0, 5));
        const int kind = dice.roll(0, 9);
        if (kind < 5)
            step.dates = ByDays{at, last};
        else if (kind < 8)
            step.dates = ByTimes{{at, dice.roll(0, 4), dice.roll(0, 59), 0}, LocalTime{last, 5, dice.roll(0, 59), 0}};
        else
            step.dates = Roughly{"bald"};
        if (i + 1 == steps && dice.roll(0, 3) == 0) step.dates = ByDays{at, {}};
        track.steps.push_back(step);
        at = add_days(last, dice.roll(1, 200));
    }
    return track;
}

Procedure random_procedure(Dice& dice) {
    std::vector<Track> tracks;
    for (int t = dice.roll(1, 4); t > 0; --t) tracks.push_back(random_track(dice, t));
    std::vector<StepSetting> grid;
    for (const auto& track : tracks)
        for (const auto& step : track.steps)
            for (const char* activity : {"ideas", "survey"})
                if (dice.roll(0, 2)) {
                    StepSetting cell{activity, track.key, step.key, dice.roll(0, 1) == 1, {}, {}};
                    for (const char* interaction : {"contribute", "comment"})
                        if (dice.roll(0, 1)) cell.open.push_back(interaction);
                    grid.push_back(cell);
                }
    std::shuffle(grid.begin(), grid.end(), std::mt19937(unsigned(dice.roll(0, 1 << 30))));
    Procedure procedure = published(std::move(tracks), std::move(grid));
    procedure.state = dice.roll(0, 5) ? ProcedureState::published : ProcedureState::paused;
    return procedure;
}

// Every answer of a procedure at an instant, for each audience of one or all tracks.
std::vector<std::tuple<bool, Reason, std::optional<Spot>>> all_answers(const Procedure& procedure, const Grid& grid,
                                                                       Timestamp at) {
    std::vector<Grid::Audience> people{grid.everybody()};
    for (const auto& track : procedure.tracks) people.push_back(grid.audience({track.key}));
    std::vector<std::tuple<bool, Reason, std::optional<Spot>>> result;
    for (const auto& person : people)
        for (const char* activity : {"ideas", "survey"})
            for (const char* interaction : {"contribute", "comment", "vote"}) {
                const auto answer = grid.ask(person, activity, interaction, at);
                REQUIRE(answer.visible == grid.visible(person, activity, at));
                result.emplace_back(answer.visible, answer.because, answer.where);
            }
    return result;
}

}  // namespace

TEST_CASE("until the next change no answer changes") {
    Dice dice(20261128);
    int changes = 0;
    for (int round = 0; round < 300; ++round) {
        const Procedure procedure = random_procedure(dice);
        REQUIRE_FALSE(validate(procedure).any());
        const Grid grid(procedure);
        Timestamp at = local("2026-01-01T00:00");
        for (auto next = grid.next_change(at); next; next = grid.next_change(at)) {
            REQUIRE(*next > at);
            const auto now = all_answers(procedure, grid, at);
            REQUIRE(all_answers(procedure, grid, *next - std::chrono::milliseconds{1}) == now);
            REQUIRE(all_answers(procedure, grid, at + (*next - at) / 2) == now);
            changes += all_answers(procedure, grid, *next) != now;
            at = *next;
        }
        REQUIRE(all_answers(procedure, grid, at) == all_answers(procedure, grid, local("2999-01-01T00:00")));
    }
    CHECK(changes > 300);
}

TEST_CASE("an export answers every question like its original") {
    Dice dice(7);
    for (int round = 0; round < 200; ++round) {
        const Procedure procedure = random_procedure(dice);
        const auto again = read_procedure(write_procedure(procedure));
        REQUIRE(again);
        const Grid grid(procedure), other(*again);
        for (int day = 0; day < 40; ++day) {
            const Timestamp at = local("2026-03-01T02:30") + std::chrono::hours{day * 31};
            REQUIRE(all_answers(procedure, grid, at) == all_answers(*again, other, at));
        }
    }
}
