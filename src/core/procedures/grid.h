// May this person do this now, and if not, why? One pure function over the grid Activity × Step; the clock is handed
// in, so a stopped background job can never lengthen or shorten a period. A Grid is made once from a procedure (periods
// in UTC, cells by activity) and then answers many questions cheaply; it holds what it needs, so the procedure may go.
// It expects one that validate() accepts; of another it never crashes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/procedures/procedures.h"

namespace mitwirken::core {

// In the order in which they are asked; the first that applies is the answer.
enum class Reason { draft, not_for_you, not_offered, paused, open, not_yet, no_date, closed };
std::string_view to_word(Reason reason);  // "draft", "not_for_you" …

struct Answer {
    bool visible = false;
    Reason because = Reason::draft;
    std::optional<Spot> where;  // the step that decided, for open, not_yet, no_date and closed
    Period period;              // its times
    bool allowed() const { return because == Reason::open; }
};

// The last step of a track that has begun; it may have ended.
struct Current {
    std::size_t step = 0;
    bool running = false;
};

class Grid {
public:
    explicit Grid(const Procedure& procedure);

    // The tracks a person belongs to. Keys the procedure does not have give nothing.
    class Audience {
    public:
        bool has(std::size_t track) const { return tracks_[track]; }

    private:
        friend class Grid;
        std::vector<bool> tracks_;
    };
    Audience audience(const std::vector<std::string>& tracks) const;
    Audience everybody() const;  // in all tracks: for previews

    // O(cells of this activity). An activity that is not there is in nobody's track: not_for_you.
    Answer ask(const Audience& person, std::string_view activity, std::string_view interaction, Timestamp at) const;
    bool visible(const Audience& person, std::string_view activity, Timestamp at) const;
    std::optional<Current> current(std::size_t track, Timestamp at) const;
    const Period& period(Spot spot) const { return tracks_[spot.track].periods[spot.step]; }
    // The first instant after `at` at which a step begins or ends; until then every answer and the time line stay.
    std::optional<Timestamp> next_change(Timestamp at) const;

private:
    struct TrackTimes {
        std::string key;
        std::vector<Period> periods;         // by step
        std::vector<std::size_t> beginning;  // dated steps by their beginning
    };
    struct Setting {
        Spot spot;
        bool visible = false;
        std::vector<std::string> open;
        bool offers(std::string_view interaction) const;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Scan;

    const std::vector<Setting>& settings(std::string_view activity) const;
    bool shows(const Setting& setting, Timestamp at) const;

    ProcedureState state_;
    std::vector<TrackTimes> tracks_;
    std::unordered_map<std::string, std::vector<Setting>, Hash, std::equal_to<>> settings_;  // in order of the steps
    std::vector<Timestamp> boundaries_;                                                      // sorted, each once
};

// For a single question; who has several makes a Grid.
Answer ask(const Procedure& procedure, const std::vector<std::string>& tracks, std::string_view activity,
           std::string_view interaction, Timestamp at);
std::optional<Timestamp> next_change(const Procedure& procedure, Timestamp at);

}  // namespace mitwirken::core
