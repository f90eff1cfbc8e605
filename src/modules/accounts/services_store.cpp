// Rows of sign-in services and of answered states; see services.h.
#include "modules/accounts/services.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace mitwirken::accounts {

namespace {

const db::Query select_services{"accounts.services", R"(
    SELECT id, key, label, issuer, client_id, secret_sealed, scopes, verified_claim, active FROM accounts_service
    WHERE tenant_id = :tenant ORDER BY label, id)"};
const db::Query select_service{"accounts.service", R"(
    SELECT id, key, label, issuer, client_id, secret_sealed, scopes, verified_claim, active FROM accounts_service
    WHERE tenant_id = :tenant AND key = :key)"};
const db::Query insert_service{"accounts.service_insert", R"(
    INSERT INTO accounts_service (tenant_id, key, label, issuer, client_id, secret_sealed, scopes, verified_claim,
        active) VALUES (:tenant, :key, :label, :issuer, :client, :secret, :scopes, :claim, :active))"};
const db::Query update_service{"accounts.service_update", R"(
    UPDATE accounts_service SET label = :label, issuer = :issuer, client_id = :client, secret_sealed = :secret,
        scopes = :scopes, verified_claim = :claim, active = :active WHERE id = :id AND tenant_id = :tenant)"};
const db::Query delete_row{"accounts.service_delete", R"(
    DELETE FROM accounts_service WHERE tenant_id = :tenant AND key = :key)"};
const db::Query insert_answered{"accounts.answered_insert", R"(
    INSERT INTO accounts_answered (state_hash, expires_at) VALUES (:hash, :expires) ON CONFLICT DO NOTHING)"};
const db::Query count_answered{"accounts.answered", R"(
    SELECT COUNT(*) FROM accounts_answered WHERE state_hash = :hash)"};
const db::Query delete_answered{"accounts.answered_delete", R"(
    DELETE FROM accounts_answered WHERE expires_at <= :now)"};

}  // namespace

std::vector<Service> services(db::Tx& tx, core::TenantId tenant) { return tx.all<Service>(select_services, tenant); }

std::optional<Service> find_service(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Service>(select_service, tenant, key);
}

void save_service(db::Tx& tx, core::TenantId tenant, const Service& s) {
    if (s.id)
        tx.exec(update_service, s.label, s.issuer, s.client_id, s.secret_sealed, s.scopes, s.verified_claim, s.active,
                s.id, tenant);
    else
        tx.exec(insert_service, tenant, s.key, s.label, s.issuer, s.client_id, s.secret_sealed, s.scopes,
                s.verified_claim, s.active);
}

void delete_service(db::Tx& tx, core::TenantId tenant, const std::string& key) { tx.exec(delete_row, tenant, key); }

bool answer_once(db::Tx& tx, const std::string& state, Timestamp expires) {
    return tx.exec(insert_answered, crypto::token_hash(state), expires) == 1;
}

bool was_answered(db::Tx& tx, const std::string& state) {
    return tx.value<std::int64_t>(count_answered, crypto::token_hash(state)) > 0;
}

void forget_answered(db::Tx& tx, Timestamp now) { tx.exec(delete_answered, now); }

}  // namespace mitwirken::accounts
