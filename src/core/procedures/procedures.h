// A procedure as it is planned: tracks of steps (time), activities (what people can do), and the grid of both, which is
// the only place that says what is open. The same structs serve the exchange file and the database: parts name each
// other by key; the ids are those of the rows and 0 for what comes from a file.
// Invariant: a step owns no method, an activity owns no dates. Rules are in grid.h, refusals in validate.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "platform/base/time.h"

namespace mitwirken::core {

enum class ProcedureState { draft, published, paused };
std::string_view to_word(ProcedureState state);  // "draft", "published", "paused": in files and in the database
std::optional<ProcedureState> procedure_state_from(std::string_view word);

// Whole days, both inclusive; no last day = no end.
struct ByDays {
    Date first;
    std::optional<Date> last;
};
// Local times in Europe/Berlin, half-open; no closing = no end.
struct ByTimes {
    LocalTime opens;
    std::optional<LocalTime> closes;
};
// "Herbst 2026": never begins by itself.
struct Roughly {
    std::string words;
};
using StepDates = std::variant<ByDays, ByTimes, Roughly>;

// `extra` in every part: members of the file that are not known here, as a JSON object, "" for none. They are kept and
// written back.
struct Step {
    StepId id;
    std::string key, label;
    StepDates dates;
    std::string text;        // what happens, for the time line; may be empty
    bool silent = false;     // not drawn on the public time line
    std::int64_t round = 0;  // 1 = the first repetition ("1. erneute Auslegung")
    std::string legal_code;  // of the law's own list of steps; "" = none
    std::string extra;
};

// Who a track is for: everyone; those who were invited to it; the office itself.
enum class Audience { anyone, invited, staff };
std::string_view to_word(Audience audience);
std::optional<Audience> audience_from(std::string_view word);

// One audience and its steps in their order.
struct Track {
    TrackId id;
    std::string key, label;
    std::string for_whom;  // fits behind "nur für": "die Nachbarschaft"; may be empty
    Audience audience = Audience::anyone;
    std::vector<Step> steps;
    std::string extra;
};

// What somebody needs to be to take part.
enum class Who { anyone, email, account, verified, invited, token };
std::string_view to_word(Who who);
std::optional<Who> who_from(std::string_view word);

struct Activity {
    ActivityId id;
    std::string key, module, title;
    std::string intro;  // Markdown
    Who who = Who::anyone;
    std::string settings;            // JSON object by the module's own keys, "" = all as they are by default
    std::int64_t contributions = 0;  // published ones; no part of the file
    std::string extra;
};

// The setting of an activity in a step. One that is left out: hidden, nothing open.
struct StepSetting {
    std::string activity, track, step;
    bool visible = false;
    std::vector<std::string> open;  // interactions: "contribute", "comment" …
    std::string extra;
};

struct Procedure {
    ProcedureId id;
    std::string title;
    ProcedureState state = ProcedureState::draft;
    std::vector<Track> tracks;
    std::vector<Activity> activities;
    std::vector<StepSetting> grid;
    std::string extra;
};

// Where a step stands: tracks[track].steps[step].
struct Spot {
    std::size_t track = 0, step = 0;
    auto operator<=>(const Spot&) const = default;
};

// From (inclusive) until (exclusive). Without `from` the step is only dated roughly; without `until` it has no end.
struct Period {
    std::optional<Timestamp> from, until;
    bool operator==(const Period&) const = default;
};

// A time that does not exist (spring) moves forward by the gap; one that exists twice (autumn) is the first of the two
// for opening and the second for closing.
Period period(const Step& step);

// "2026-10-25T01:30", with seconds only where there are some; nothing when it is no time of a day that exists.
std::optional<LocalTime> parse_local_time(std::string_view text);
std::string to_local_iso(const LocalTime& local);
bool exists(Date day);  // years 1 to 9999, so that it can be written
bool exists(const LocalTime& local);

}  // namespace mitwirken::core
