// Rows of goals and questions, and what is counted for goals. See parts.h.
#include <algorithm>

#include "core/procedures/parts.h"

namespace mitwirken::core {

namespace {

const db::Query select_goals{"core.goals", R"(
    SELECT id, text, indicator, target, reached, extra FROM core_goal
    WHERE procedure_id = :procedure AND tenant_id = :tenant ORDER BY position, id)"};
const db::Query delete_goals{"core.goals_delete", R"(
    DELETE FROM core_goal WHERE procedure_id = :procedure AND tenant_id = :tenant)"};
const db::Query insert_goal{"core.goal_insert", R"(
    INSERT INTO core_goal (tenant_id, procedure_id, text, indicator, target, reached, extra, position)
    VALUES (:tenant, :procedure, :text, :indicator, :target, :reached, :extra, :position))"};
const db::Query select_faq{"core.faq", R"(
    SELECT id, question, answer, extra FROM core_faq
    WHERE procedure_id = :procedure AND tenant_id = :tenant ORDER BY position, id)"};
const db::Query delete_faq{"core.faq_delete", R"(
    DELETE FROM core_faq WHERE procedure_id = :procedure AND tenant_id = :tenant)"};
const db::Query insert_faq{"core.faq_insert", R"(
    INSERT INTO core_faq (tenant_id, procedure_id, question, answer, extra, position)
    VALUES (:tenant, :procedure, :question, :answer, :extra, :position))"};

// People are counted once, however often they came; of those who were erased nothing is left to count.
const db::Query count_participants{"core.goal_participants", R"(
    SELECT count(DISTINCT participant_id) FROM core_interaction
    WHERE procedure_id = :procedure AND tenant_id = :tenant AND participant_id <> 0)"};
const db::Query count_contributions{"core.goal_contributions", R"(
    SELECT count(*) FILTER (WHERE kind <> 'comment'), count(*) FILTER (WHERE kind = 'comment'),
      CAST(COALESCE(sum(supports), 0) AS BIGINT)
    FROM core_contribution WHERE procedure_id = :procedure AND tenant_id = :tenant AND state = 'published')"};

struct Counted {
    std::int64_t contributions, comments, supports;
};

constexpr std::string_view words[] = {"participants", "contributions", "comments", "supports", "own"};

}  // namespace

std::string_view to_word(Indicator indicator) { return words[std::size_t(indicator)]; }

std::optional<Indicator> indicator_from(std::string_view word) {
    for (const Indicator indicator : all_indicators)
        if (to_word(indicator) == word) return indicator;
    return {};
}

Message indicator_name(Indicator indicator) {
    switch (indicator) {
        case Indicator::participants:
            return tr_noop("People who took part");
        case Indicator::contributions:
            return tr_noop("Contributions and answers");
        case Indicator::comments:
            return tr_noop("Comments");
        case Indicator::supports:
            return tr_noop("Supports");
        case Indicator::own:
            return tr_noop("Counted by hand");
    }
    return {};
}

std::vector<Goal> goals_of(db::Tx& tx, TenantId tenant, ProcedureId procedure) {
    return tx.all<Goal>(select_goals, procedure, tenant);
}

void set_goals(db::Tx& tx, TenantId tenant, ProcedureId procedure, const std::vector<Goal>& goals) {
    tx.exec(delete_goals, procedure, tenant);
    std::int64_t position = 0;
    for (const auto& g : goals)
        tx.exec(insert_goal, tenant, procedure, g.text, g.indicator, g.target, g.reached, g.extra, position++);
}

std::vector<GoalProgress> progress_of_goals(db::Tx& tx, TenantId tenant, ProcedureId procedure) {
    std::vector<GoalProgress> list;
    for (auto& goal : goals_of(tx, tenant, procedure)) list.push_back({std::move(goal), {}});
    if (list.empty()) return list;
    const auto people = tx.value<std::int64_t>(count_participants, procedure, tenant);
    const auto counted = tx.one<Counted>(count_contributions, procedure, tenant);
    for (auto& [goal, reached] : list) {
        if (goal.indicator == Indicator::participants) reached = people;
        if (goal.indicator == Indicator::contributions) reached = counted->contributions;
        if (goal.indicator == Indicator::comments) reached = counted->comments;
        if (goal.indicator == Indicator::supports) reached = counted->supports;
        if (goal.indicator == Indicator::own) reached = goal.reached;
    }
    return list;
}

std::vector<Faq> faq_of(db::Tx& tx, TenantId tenant, ProcedureId procedure) {
    return tx.all<Faq>(select_faq, procedure, tenant);
}

void set_faq(db::Tx& tx, TenantId tenant, ProcedureId procedure, const std::vector<Faq>& faq) {
    tx.exec(delete_faq, procedure, tenant);
    std::int64_t position = 0;
    for (const auto& f : faq) tx.exec(insert_faq, tenant, procedure, f.question, f.answer, f.extra, position++);
}

}  // namespace mitwirken::core
