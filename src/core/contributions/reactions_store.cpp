// See reactions.h.
#include "core/contributions/reactions.h"

namespace mitwirken::core {

namespace {

const db::Query delete_reaction{"core.reaction_delete",
                                "DELETE FROM core_reaction WHERE contribution_id = :contribution"};
const db::Query insert_reaction{"core.reaction_insert", R"(
    INSERT INTO core_reaction (contribution_id, at, days) VALUES (:contribution, :at, :days))"};
const db::Query select_reaction{"core.reaction", "SELECT at FROM core_reaction WHERE contribution_id = :contribution"};
const db::Query select_figures{"core.promise", R"(
    SELECT count(*), COALESCE(sum(CASE WHEN r.days <= :promise THEN 1 ELSE 0 END), 0),
      COALESCE(sum(CASE WHEN r.days > :promise THEN 1 ELSE 0 END), 0),
      COALESCE(sum(CASE WHEN r.days IS NULL AND c.published_at < :late THEN 1 ELSE 0 END), 0)
    FROM core_contribution c LEFT JOIN core_reaction r ON r.contribution_id = c.id
    WHERE c.procedure_id = :procedure AND c.target_id = 0 AND c.state = 'published' AND c.title <> '')"};

}  // namespace

void set_reaction(db::Tx& tx, ContributionId contribution, const std::optional<Reaction>& first) {
    tx.exec(delete_reaction, contribution);
    if (first) tx.exec(insert_reaction, contribution, first->at, first->days);
}

std::optional<Timestamp> reaction(db::Tx& tx, ContributionId contribution) {
    return tx.one<Timestamp>(select_reaction, contribution);
}

PromiseFigures promise_figures(db::Tx& tx, ProcedureId procedure, std::int64_t promise_days, Timestamp late_before) {
    return tx.value<PromiseFigures>(select_figures, promise_days, late_before, procedure);
}

}  // namespace mitwirken::core
