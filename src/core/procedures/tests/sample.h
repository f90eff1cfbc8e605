// Small procedures for the tests, built in code; times as people in Dortmund read them.
#pragma once

#include <string>
#include <vector>

#include "core/procedures/grid.h"
#include "platform/base/time.h"

namespace mitwirken::core::sample {

inline Date day(const char* text) { return *parse_date(text); }
inline Timestamp utc(const char* text) { return *parse_instant(text); }
inline Timestamp local(const char* text) { return from_berlin(*parse_local_time(text)); }

inline Step days(const char* key, const char* first, const char* last = nullptr) {
    return {{}, key, key, ByDays{day(first), last ? std::optional(day(last)) : std::nullopt}, {}};
}
inline Step times(const char* key, const char* opens, const char* closes = nullptr) {
    const auto end = closes ? parse_local_time(closes) : std::nullopt;
    return {{}, key, key, ByTimes{*parse_local_time(opens), end}, {}};
}
inline Step roughly(const char* key, const char* words) { return {{}, key, key, Roughly{words}, {}}; }

inline Track track(const char* key, const char* label, const char* for_whom, std::vector<Step> steps) {
    Track made;
    made.key = key;
    made.label = label;
    made.for_whom = for_whom;
    made.steps = std::move(steps);
    return made;
}

inline Procedure published(std::vector<Track> tracks, std::vector<StepSetting> grid) {
    Procedure procedure{{}, "Park am Fluss", ProcedureState::published, std::move(tracks), {}, std::move(grid), {}};
    for (const char* key : {"ideas", "survey"}) {
        Activity activity;
        activity.key = activity.module = activity.title = key;
        procedure.activities.push_back(activity);
    }
    return procedure;
}

// One track: collect in March, a gap, discuss, then vote directly after it, then a decision some time in autumn.
inline Procedure park() {
    Track everyone = track("everyone", "Öffentlichkeit", "",
                           {days("collect", "2027-03-01", "2027-03-28"), days("discuss", "2027-04-05", "2027-04-11"),
                            days("vote", "2027-04-12", "2027-04-25"), roughly("decide", "Herbst 2027")});
    return published({everyone}, {{"ideas", "everyone", "collect", true, {"contribute", "comment"}, {}},
                                  {"ideas", "everyone", "discuss", true, {"comment"}, {}},
                                  {"ideas", "everyone", "vote", true, {"support"}, {}},
                                  {"ideas", "everyone", "decide", true, {"contribute", "answer"}, {}},
                                  {"survey", "everyone", "vote", true, {"answer"}, {}}});
}

// Three audiences with bars that overlap, one of them without end.
inline Procedure plan() {
    Track everyone =
        track("everyone", "Öffentlichkeit", "die Öffentlichkeit", {days("early", "2026-10-05", "2026-11-04")});
    Track agencies = track("agencies", "Behörden", "Behörden",
                           {days("early", "2026-10-05", "2026-11-18"), days("draft", "2027-01-18")});
    Track neighbours = track("neighbours", "Nachbarschaft", "die Nachbarschaft",
                             {times("evening", "2026-10-20T18:30", "2026-10-20T21:00")});
    return published({everyone, agencies, neighbours},
                     {{"ideas", "neighbours", "evening", true, {"contribute", "support"}, {}},
                      {"survey", "agencies", "draft", true, {"answer", "comment"}, {}},
                      {"survey", "agencies", "early", true, {"answer"}, {}},
                      {"survey", "everyone", "early", true, {"answer"}, {}}});
}

}  // namespace mitwirken::core::sample
