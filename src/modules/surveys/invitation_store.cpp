// Single-use invitations; see store.h.
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

namespace {

const db::Query select_next{"surveys.invitation_batch", R"(
    SELECT COALESCE(MAX(batch), 0) + 1 FROM surveys_invitation WHERE activity_id = :activity)"};
const db::Query insert{"surveys.invitation_add", R"(
    INSERT INTO surveys_invitation (tenant_id, activity_id, batch, code_hash, sealed)
    VALUES (:tenant, :activity, :batch, :hash, :sealed))"};
const db::Query select_batches{"surveys.invitation_batches", R"(
    SELECT batch, COUNT(*), CAST(SUM(spent) AS BIGINT) FROM surveys_invitation WHERE activity_id = :activity
    GROUP BY batch ORDER BY batch)"};
const db::Query select_batch{"surveys.invitations", R"(
    SELECT id, sealed, spent FROM surveys_invitation WHERE activity_id = :activity AND batch = :batch ORDER BY id)"};
const db::Query select_by_code{"surveys.invitation", R"(
    SELECT id FROM surveys_invitation WHERE code_hash = :hash AND activity_id = :activity AND spent = 0)"};
const db::Query update_spent{"surveys.invitation_spend", R"(
    UPDATE surveys_invitation SET spent = 1, sealed = '' WHERE id = :id AND spent = 0)"};

}  // namespace

std::int64_t add_invitations(db::Tx& tx, TenantId tenant, ActivityId activity,
                             const std::vector<std::pair<std::string, std::string>>& codes) {
    const auto batch = tx.value<std::int64_t>(select_next, activity);
    for (const auto& [hash, sealed] : codes) tx.exec(insert, tenant, activity, batch, hash, sealed);
    return batch;
}

std::vector<Batch> batches(db::Tx& tx, ActivityId activity) { return tx.all<Batch>(select_batches, activity); }

std::vector<Invitation> invitations(db::Tx& tx, ActivityId activity, std::int64_t batch) {
    return tx.all<Invitation>(select_batch, activity, batch);
}

std::optional<InvitationId> find_invitation(db::Tx& tx, ActivityId activity, const std::string& code_hash) {
    return tx.one<InvitationId>(select_by_code, code_hash, activity);
}

bool spend_invitation(db::Tx& tx, InvitationId id) { return tx.exec(update_spent, id) > 0; }

}  // namespace mitwirken::surveys
