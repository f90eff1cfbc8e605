// Rows of residents: links that prove an address, identities at other services, codes on paper, and the erasure.
#include "core/people/people.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

template <>
struct mitwirken::db::Names<mitwirken::core::AddressPurpose> {
    static constexpr std::string_view words[] = {"register", "sign_in", "change"};
};

namespace mitwirken::core {

namespace {

const db::Query insert_resident{"core.resident_insert", R"(
    INSERT INTO core_account (tenant_id, email, name, role, state, password_hash, created_at)
    VALUES (:tenant, :email, :name, 'resident', 'active', :hash, :now) RETURNING id)"};
const db::Query update_email{"core.account_email", "UPDATE core_account SET email = :email WHERE id = :id"};
const db::Query update_verified{"core.account_verified", R"(
    UPDATE core_account SET verified_at = :now, verified_by = :by WHERE id = :id)"};

const db::Query insert_link{"core.address_link_insert", R"(
    INSERT INTO core_address_link (tenant_id, purpose, account_id, email, back, expires_at)
    VALUES (:tenant, :purpose, :account, :email, :back, :expires) RETURNING id)"};
const db::Query select_link{"core.address_link", R"(
    SELECT id, tenant_id, purpose, account_id, email, back, expires_at FROM core_address_link
    WHERE id = :id)"};
const db::Query select_link_by_token{"core.address_link_by_token", R"(
    SELECT id, tenant_id, purpose, account_id, email, back, expires_at FROM core_address_link
    WHERE token_hash = :hash AND token_hash <> '' AND tenant_id = :tenant AND purpose = :purpose AND used_at IS NULL
      AND expires_at > :now)"};
const db::Query delete_earlier{"core.address_link_earlier", R"(
    DELETE FROM core_address_link WHERE tenant_id = :tenant AND purpose = :purpose AND email = :email AND id < :id)"};
const db::Query set_token{"core.address_link_token", R"(
    UPDATE core_address_link SET token_hash = :hash WHERE id = :id)"};
const db::Query delete_link{"core.address_link_delete", "DELETE FROM core_address_link WHERE id = :id"};
const db::Query use_link_once{"core.address_link_use", R"(
    UPDATE core_address_link SET used_at = :now WHERE id = :id AND used_at IS NULL AND expires_at > :limit)"};

const db::Query select_identity{"core.identity", R"(
    SELECT account_id FROM core_identity WHERE tenant_id = :tenant AND issuer = :issuer AND subject = :subject)"};
const db::Query insert_identity{"core.identity_insert", R"(
    INSERT INTO core_identity (tenant_id, issuer, subject, account_id, label, at)
    VALUES (:tenant, :issuer, :subject, :account, :label, :at))"};
const db::Query select_identities{"core.identities", R"(
    SELECT issuer, subject, label, at FROM core_identity WHERE account_id = :account ORDER BY at, issuer, subject)"};
const db::Query delete_identity{"core.identity_delete", R"(
    DELETE FROM core_identity WHERE account_id = :account AND issuer = :issuer AND subject = :subject)"};

const db::Query insert_code{"core.proof_code_insert", R"(
    INSERT INTO core_proof_code (hash, tenant_id, created_by, created_at, expires_at)
    VALUES (:hash, :tenant, :by, :now, :expires))"};
const db::Query use_code_once{"core.proof_code_use", R"(
    UPDATE core_proof_code SET used_at = :now WHERE hash = :hash AND tenant_id = :tenant AND used_at IS NULL
      AND expires_at > :limit)"};
const db::Query count_codes{"core.proof_codes", R"(
    SELECT COUNT(*) FILTER (WHERE used_at IS NULL AND expires_at > :now), COUNT(*) FILTER (WHERE used_at IS NOT NULL)
    FROM core_proof_code WHERE tenant_id = :tenant)"};

const db::Query erase_row{"core.account_erase", R"(
    UPDATE core_account SET email = :email, name = '', password_hash = '', totp_sealed = '', state = 'disabled',
        organisation_id = 0, verified_at = NULL, verified_by = '' WHERE id = :id)"};
const db::Query erase_codes{"core.account_erase_codes", "DELETE FROM core_recovery_code WHERE account_id = :id"};
const db::Query erase_links{"core.account_erase_links", "DELETE FROM core_link WHERE account_id = :id"};
const db::Query erase_address_links{"core.account_erase_addresses", R"(
    DELETE FROM core_address_link WHERE account_id = :id
      OR (tenant_id, email) = (SELECT tenant_id, email FROM core_account WHERE id = :id))"};
const db::Query erase_identities{"core.account_erase_identities", "DELETE FROM core_identity WHERE account_id = :id"};

// Without what people add or leave out when they type what they read.
std::string code_hash(const std::string& typed) {
    std::string code;
    for (const char c : lower_ascii(typed))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) code += c;
    return crypto::token_hash("proof:" + code);
}

}  // namespace

AccountId add_resident(db::Tx& tx, TenantId tenant, const std::string& email, const std::string& name,
                       const std::string& password_hash, Timestamp now) {
    // An address must be unique also where there is none.
    const std::string own = email.empty() ? "none-" + crypto::random_token() : lower_ascii(email);
    return tx.value<AccountId>(insert_resident, tenant, own, name, password_hash, now);
}

void set_account_email(db::Tx& tx, AccountId id, const std::string& email) {
    tx.exec(update_email, lower_ascii(email), id);
}

void set_verified(db::Tx& tx, AccountId id, const std::string& by, Timestamp now) {
    tx.exec(update_verified, now, by, id);
}

std::int64_t add_address_link(db::Tx& tx, const AddressLink& l) {
    return tx.value<std::int64_t>(insert_link, l.tenant, l.purpose, l.account, lower_ascii(l.email), l.back,
                                  l.expires_at);
}

std::optional<AddressLink> find_address_link(db::Tx& tx, std::int64_t id) {
    return tx.one<AddressLink>(select_link, id);
}

std::string arm_address_link(db::Tx& tx, const AddressLink& link) {
    const std::string token = crypto::random_token();
    tx.exec(delete_earlier, link.tenant, link.purpose, link.email, link.id);
    tx.exec(set_token, crypto::token_hash(token), link.id);
    return token;
}

void drop_address_link(db::Tx& tx, std::int64_t id) { tx.exec(delete_link, id); }

std::optional<AddressLink> find_address_link(db::Tx& tx, TenantId tenant, const std::string& token,
                                             AddressPurpose purpose, Timestamp now) {
    if (token.empty() || token.size() > 100) return {};
    return tx.one<AddressLink>(select_link_by_token, crypto::token_hash(token), tenant, purpose, now);
}

bool use_address_link(db::Tx& tx, std::int64_t id, Timestamp now) { return tx.exec(use_link_once, now, id, now) == 1; }

std::optional<AccountId> account_of_identity(db::Tx& tx, TenantId tenant, const std::string& issuer,
                                             const std::string& subject) {
    return tx.one<AccountId>(select_identity, tenant, issuer, subject);
}

void add_identity(db::Tx& tx, TenantId tenant, AccountId account, const Identity& identity) {
    tx.exec(insert_identity, tenant, identity.issuer, identity.subject, account, identity.label, identity.at);
}

std::vector<Identity> identities_of(db::Tx& tx, AccountId account) {
    return tx.all<Identity>(select_identities, account);
}

bool remove_identity(db::Tx& tx, AccountId account, const std::string& issuer, const std::string& subject) {
    return tx.exec(delete_identity, account, issuer, subject) == 1;
}

std::vector<std::string> add_proof_codes(db::Tx& tx, TenantId tenant, int count, AccountId by, Timestamp now) {
    std::vector<std::string> codes;
    for (int i = 0; i < count; ++i) {
        const std::string plain = lower_ascii(crypto::random_password(16));
        tx.exec(insert_code, code_hash(plain), tenant, by, now, now + proof_code_valid);
        codes.push_back(plain.substr(0, 4) + "-" + plain.substr(4, 4) + "-" + plain.substr(8, 4) + "-" +
                        plain.substr(12));
    }
    return codes;
}

bool use_proof_code(db::Tx& tx, TenantId tenant, const std::string& typed, Timestamp now) {
    if (typed.size() > 100) return false;
    return tx.exec(use_code_once, now, code_hash(typed), tenant, now) == 1;
}

ProofCodes count_proof_codes(db::Tx& tx, TenantId tenant, Timestamp now) {
    return *tx.one<ProofCodes>(count_codes, now, tenant);
}

void erase_account(db::Tx& tx, AccountId id) {
    end_sessions(tx, id);
    for (const auto* query : {&erase_codes, &erase_links, &erase_address_links, &erase_identities}) tx.exec(*query, id);
    // The address must stay unique, and must be nobody's.
    tx.exec(erase_row, "erased-" + std::to_string(id.value), id);
}

}  // namespace mitwirken::core
