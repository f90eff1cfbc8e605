// What stands beside the plan of a procedure: the goals it is measured by, and questions with their answers.
// Invariant: what a goal has reached is counted when it is asked for; only goals with the indicator "own" carry a
// number that somebody typed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "platform/base/message.h"
#include "platform/db/db.h"

namespace mitwirken::core {

// How a goal is counted. People who took part, published contributions, comments, supports; or by hand.
enum class Indicator { participants, contributions, comments, supports, own };
std::string_view to_word(Indicator indicator);
std::optional<Indicator> indicator_from(std::string_view word);
Message indicator_name(Indicator indicator);  // "People who took part"
inline constexpr Indicator all_indicators[] = {Indicator::participants, Indicator::contributions, Indicator::comments,
                                               Indicator::supports, Indicator::own};

struct Goal {  // fields stand in the order of the SELECT in parts_store.cpp
    std::int64_t id = 0;
    std::string text;  // "People of the quarter take part, also those who come to no meeting"
    Indicator indicator = Indicator::participants;
    std::int64_t target = 0;
    std::optional<std::int64_t> reached;  // typed, of Indicator::own
    std::string extra;                    // members of the file that are not known here, JSON
};
std::vector<Goal> goals_of(db::Tx& tx, TenantId tenant, ProcedureId procedure);
// Replaces them all, in this order.
void set_goals(db::Tx& tx, TenantId tenant, ProcedureId procedure, const std::vector<Goal>& goals);

// A goal and what is reached of it; nothing when it is counted by hand and nobody has.
struct GoalProgress {
    Goal goal;
    std::optional<std::int64_t> reached;
    bool met() const { return reached && *reached >= goal.target; }
};
// For the statistics of a procedure.
std::vector<GoalProgress> progress_of_goals(db::Tx& tx, TenantId tenant, ProcedureId procedure);

struct Faq {  // fields stand in the order of the SELECT in parts_store.cpp
    std::int64_t id = 0;
    std::string question, answer;  // the answer is Markdown
    std::string extra;
};
std::vector<Faq> faq_of(db::Tx& tx, TenantId tenant, ProcedureId procedure);
void set_faq(db::Tx& tx, TenantId tenant, ProcedureId procedure, const std::vector<Faq>& faq);

}  // namespace mitwirken::core

template <>
struct mitwirken::db::Names<mitwirken::core::Indicator> {
    static constexpr std::string_view words[] = {"participants", "contributions", "comments", "supports", "own"};
};
