// Numbers about people and about the desk's work; see moderation.h.
#include "core/moderation/moderation.h"

namespace mitwirken::core {

namespace {

const db::Query select_standing{"core.standing", R"(
    SELECT COALESCE(sum(CASE WHEN c.state = 'hidden' THEN -5
        WHEN c.state = 'published' AND c.published_at <= :since AND NOT EXISTS
          (SELECT 1 FROM core_case a WHERE a.contribution_id = c.id AND a.state <> 'decided') THEN 1
        ELSE 0 END), 0)
    FROM (SELECT id, state, published_at FROM core_contribution
          WHERE participant_id = :who AND tenant_id = :tenant ORDER BY id DESC LIMIT 200) AS c)"};
const db::Query count_came{"core.moderation_came", R"(
    SELECT count(*) FILTER (WHERE reason NOT IN ('flagged', 'appeal')), count(*) FILTER (WHERE reason = 'flagged'),
        count(*) FILTER (WHERE reason = 'appeal')
    FROM core_case WHERE tenant_id = :tenant AND created_at >= :from AND created_at < :to)"};
const db::Query count_rulings{"core.moderation_rulings", R"(
    SELECT count(*) FILTER (WHERE decision = 'publish'), count(*) FILTER (WHERE decision = 'hide'),
        count(*) FILTER (WHERE decision IN ('redact', 'redact_picture')), count(*) FILTER (WHERE decision = 'dismiss')
    FROM core_decision WHERE tenant_id = :tenant AND at >= :from AND at < :to)"};
const db::Query sum_waits{"core.moderation_waits", R"(
    SELECT count(*), CAST(COALESCE(sum(decided_at - created_at), 0) AS BIGINT)
    FROM core_case WHERE tenant_id = :tenant AND decided_at >= :from AND decided_at < :to)"};

struct Came {
    std::int64_t held, reported, appeals;
};
struct Decided {
    std::int64_t published, hidden, redacted, left;
};
struct Waits {
    std::int64_t count, sum;
};

}  // namespace

std::int64_t standing(db::Tx& tx, TenantId tenant, ParticipantId who, Timestamp now) {
    return tx.value<std::int64_t>(select_standing, now - std::chrono::hours{24}, who, tenant);
}

ModerationFigures moderation_figures(db::Tx& tx, TenantId tenant, Timestamp from, Timestamp to) {
    const auto came = *tx.one<Came>(count_came, tenant, from, to);
    const auto decided = *tx.one<Decided>(count_rulings, tenant, from, to);
    const auto waits = *tx.one<Waits>(sum_waits, tenant, from, to);
    return {came.held,        came.reported, came.appeals, decided.published, decided.hidden,
            decided.redacted, decided.left,  waits.count,  waits.sum};
}

}  // namespace mitwirken::core
