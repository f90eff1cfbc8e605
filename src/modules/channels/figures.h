// What a procedure comes to, in numbers that everybody may see.
// Invariants: of answers to surveys, which nobody but the office sees one by one, no number below `few` is said; what
// only the office takes part in is not counted; everything is counted when it is asked for (and then remembered until
// the procedure changes), nothing is kept twice.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/contributions/reactions.h"
#include "core/procedures/parts.h"
#include "core/procedures/place.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/channels/channels.h"

namespace mitwirken::channels {

inline constexpr std::int64_t few = 5;
inline constexpr int most_days = 60;  // shown day by day; a longer time by weeks

struct Share {
    std::string key, label;
    std::int64_t count = 0;
};
struct Bucket {
    Date from{};  // a day, or the Monday of a week
    std::int64_t contributions = 0, comments = 0;
};
struct Figures {
    std::int64_t participants = 0;
    std::int64_t contributions = 0;  // public, with a page of their own
    std::int64_t answers = 0;        // to surveys
    std::int64_t comments = 0, supports = 0;
    std::map<core::Channel, std::int64_t> by_channel, answers_by_channel;
    std::map<core::TermId, std::int64_t> topics;  // one contribution may have several
    std::int64_t without_topic = 0;
    std::map<core::TermId, std::int64_t> districts;
    std::int64_t without_place = 0, outside = 0;
    std::map<std::chrono::sys_days, Bucket> days;  // those on which something came
    core::PromiseFigures promise;
    std::vector<core::GoalProgress> goals;

    bool by_weeks() const;
    // Every day or week from the first to the last, also empty ones.
    std::vector<Bucket> time_series() const;
    // May the answers be told apart by channel, without saying anything about few?
    bool answers_tell_channels() const;
};

// The activities of tracks that somebody outside the office belongs to.
std::vector<core::ActivityId> public_activities(const core::Procedure& plan);

// ---- figures_store.cpp
Figures count_figures(db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure,
                      const core::Procedure& plan, Timestamp now);

}  // namespace mitwirken::channels
