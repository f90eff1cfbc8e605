// A form sent twice is done once; see visit.h.
#include "core/visit.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

const db::Query select_answer{"core.idempotency", R"(
    SELECT location FROM core_idempotency WHERE tenant_id = :tenant AND key = :key)"};
const db::Query insert_answer{"core.idempotency_insert", R"(
    INSERT INTO core_idempotency (tenant_id, key, location, created_at) VALUES (:tenant, :key, :location, :now))"};
const db::Query delete_old{"core.idempotency_delete", "DELETE FROM core_idempotency WHERE created_at < :before"};

}  // namespace

std::optional<std::string> earlier_answer(db::Tx& tx, TenantId tenant, const std::string& key) {
    return tx.one<std::string>(select_answer, tenant, key);
}

void remember_answer(db::Tx& tx, TenantId tenant, const std::string& key, const std::string& location, Timestamp now) {
    tx.exec(insert_answer, tenant, key, location, now);
}

void forget_old_answers(db::Tx& tx, Timestamp now) { tx.exec(delete_old, now - std::chrono::hours{24 * 2}); }

}  // namespace mitwirken::core
