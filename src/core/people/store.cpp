// Rows of accounts and organisations. Sessions and links: sessions_store.cpp; residents: residents_store.cpp.
#include <fmt/format.h>

#include "core/people/people.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"
#include "platform/mail/mail.h"

namespace mitwirken::core {

namespace {

struct Row {
    AccountId id;
    TenantId tenant;
    std::string email, name, role;
    OrganisationId organisation;
    std::string state, password_hash, totp_sealed;
    std::int64_t totp_last_step;
    std::string language;
    Timestamp created_at;
    std::optional<Timestamp> last_sign_in, verified_at;
    std::string verified_by;
};

const db::Query select_by_id{"core.account", R"(
    SELECT id, tenant_id, email, name, role, organisation_id, state, password_hash, totp_sealed, totp_last_step,
           language, created_at, last_sign_in, verified_at, verified_by FROM core_account WHERE id = :id)"};
const db::Query select_by_email{"core.account_by_email", R"(
    SELECT id, tenant_id, email, name, role, organisation_id, state, password_hash, totp_sealed, totp_last_step,
           language, created_at, last_sign_in, verified_at, verified_by FROM core_account
    WHERE email = :email AND tenant_id IN (:tenant, 0) ORDER BY tenant_id DESC LIMIT 1)"};
const db::Query select_page{"core.accounts", R"(
    SELECT id, tenant_id, email, name, role, organisation_id, state, password_hash, totp_sealed, totp_last_step,
           language, created_at, last_sign_in, verified_at, verified_by FROM core_account
    WHERE tenant_id = :tenant AND role <> 'resident' AND (name, id) > (:after_name, :after)
    ORDER BY name, id LIMIT :count)"};
const db::Query select_with_role{"core.accounts_with_role", R"(
    SELECT id, tenant_id, email, name, role, organisation_id, state, password_hash, totp_sealed, totp_last_step,
           language, created_at, last_sign_in, verified_at, verified_by FROM core_account
    WHERE tenant_id = :tenant AND role = :role AND state = 'active'
      AND (:any = 0 OR organisation_id = :organisation) ORDER BY name, id LIMIT 200)"};
const db::Query insert_account{"core.account_insert", R"(
    INSERT INTO core_account (tenant_id, email, name, role, organisation_id, state, created_at)
    VALUES (:tenant, :email, :name, :role, :organisation, 'invited', :now) RETURNING id)"};
const db::Query update_account{"core.account_update", R"(
    UPDATE core_account SET name = :name, role = :role, organisation_id = :organisation, state = :state,
        language = :language WHERE id = :id)"};
const db::Query update_password{"core.account_password", R"(
    UPDATE core_account SET password_hash = :hash, state = CASE state WHEN 'invited' THEN 'active' ELSE state END
    WHERE id = :id)"};
const db::Query update_totp{"core.account_totp", R"(
    UPDATE core_account SET totp_sealed = :sealed, totp_last_step = :step WHERE id = :id)"};
const db::Query take_step{"core.account_totp_step", R"(
    UPDATE core_account SET totp_last_step = :step WHERE id = :id AND totp_last_step < :step2)"};
const db::Query update_sign_in{"core.account_sign_in", "UPDATE core_account SET last_sign_in = :now WHERE id = :id"};
const db::Query clear_codes{"core.recovery_clear", "DELETE FROM core_recovery_code WHERE account_id = :id"};
const db::Query insert_code{"core.recovery_insert", R"(
    INSERT INTO core_recovery_code (account_id, hash) VALUES (:id, :hash))"};
const db::Query count_codes{"core.recovery_count", R"(
    SELECT COUNT(*) FROM core_recovery_code WHERE account_id = :id AND used_at IS NULL)"};
const db::Query use_code{"core.recovery_use", R"(
    UPDATE core_recovery_code SET used_at = :now WHERE account_id = :id AND hash = :hash AND used_at IS NULL)"};

const db::Query select_organisations{"core.organisations", R"(
    SELECT id, key, name, kind FROM core_organisation WHERE tenant_id = :tenant ORDER BY name, id)"};
const db::Query select_organisation{"core.organisation", R"(
    SELECT id, key, name, kind FROM core_organisation WHERE tenant_id = :tenant AND id = :id)"};
const db::Query insert_organisation{"core.organisation_insert", R"(
    INSERT INTO core_organisation (tenant_id, key, name, kind) VALUES (:tenant, :key, :name, :kind) RETURNING id)"};
const db::Query update_organisation{"core.organisation_update", R"(
    UPDATE core_organisation SET name = :name, kind = :kind WHERE tenant_id = :tenant AND id = :id)"};

AccountState state_from(const std::string& word) {
    if (word == "active") return AccountState::active;
    return word == "disabled" ? AccountState::disabled : AccountState::invited;
}

std::string to_word(AccountState state) {
    switch (state) {
        case AccountState::active:
            return "active";
        case AccountState::disabled:
            return "disabled";
        case AccountState::invited:
            break;
    }
    return "invited";
}

Account to_account(Row&& row) {
    return {row.id,
            row.tenant,
            std::move(row.email),
            std::move(row.name),
            role_from(row.role).value_or(Role::analyst),
            row.organisation,
            state_from(row.state),
            std::move(row.password_hash),
            std::move(row.totp_sealed),
            row.totp_last_step,
            std::move(row.language),
            row.created_at,
            row.last_sign_in,
            row.verified_at,
            std::move(row.verified_by)};
}

std::optional<Account> to_account(std::optional<Row>&& row) {
    if (!row) return {};
    return to_account(std::move(*row));
}

}  // namespace

Result<NewAccount> check_account(db::Tx& tx, NewAccount account) {
    Problems problems;
    account.email = lower_ascii(trimmed(account.email));
    account.name = trimmed(account.name);
    if (account.name.empty()) problems.add("name", tr_noop("Please give a name."));
    if (letters(account.name) > 200)
        problems.add("name", tr_noop("Please shorten this to {limit} letters.", {{"limit", "200"}}));
    if (!mail::is_address(account.email))
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    else if (find_account(tx, account.tenant, account.email))
        problems.add("email", tr_noop("There is an account with this address already."));
    check_organisation(tx, account.tenant, account.organisation, problems);
    if (problems.any()) return problems;
    return account;
}

AccountId add_account(db::Tx& tx, const NewAccount& account, Timestamp now) {
    return tx.value<AccountId>(insert_account, account.tenant, account.email, account.name,
                               std::string(to_word(account.role)), account.organisation, now);
}

std::optional<Account> find_account(db::Tx& tx, AccountId id) { return to_account(tx.one<Row>(select_by_id, id)); }

std::optional<Account> find_account(db::Tx& tx, TenantId tenant, const std::string& email) {
    return to_account(tx.one<Row>(select_by_email, lower_ascii(email), tenant));
}

std::vector<Account> accounts(db::Tx& tx, TenantId tenant, const std::string& after_name, AccountId after, int count) {
    std::vector<Account> result;
    for (auto& row : tx.all<Row>(select_page, tenant, after_name, after, count))
        result.push_back(to_account(std::move(row)));
    return result;
}

std::vector<Account> accounts_with_role(db::Tx& tx, TenantId tenant, Role role, OrganisationId organisation) {
    std::vector<Account> result;
    for (auto& row : tx.all<Row>(select_with_role, tenant, std::string(to_word(role)), organisation, organisation))
        result.push_back(to_account(std::move(row)));
    return result;
}

void save_account(db::Tx& tx, const Account& account) {
    tx.exec(update_account, account.name, std::string(to_word(account.role)), account.organisation,
            to_word(account.state), account.language, account.id);
}

void set_password(db::Tx& tx, AccountId id, const std::string& hash) { tx.exec(update_password, hash, id); }

void set_totp(db::Tx& tx, AccountId id, const std::string& sealed, std::int64_t last_step) {
    tx.exec(update_totp, sealed, last_step, id);
}

bool use_totp_step(db::Tx& tx, AccountId id, std::int64_t step) { return tx.exec(take_step, step, id, step) == 1; }

void set_recovery_codes(db::Tx& tx, AccountId id, const std::vector<std::string>& hashes) {
    tx.exec(clear_codes, id);
    for (const auto& hash : hashes) tx.exec(insert_code, id, hash);
}

int recovery_codes_left(db::Tx& tx, AccountId id) { return int(tx.value<std::int64_t>(count_codes, id)); }

bool use_recovery_code(db::Tx& tx, AccountId id, const std::string& hash, Timestamp now) {
    return tx.exec(use_code, now, id, hash) == 1;
}

void note_sign_in(db::Tx& tx, AccountId id, Timestamp now) { tx.exec(update_sign_in, now, id); }

std::vector<Organisation> organisations(db::Tx& tx, TenantId tenant) {
    return tx.all<Organisation>(select_organisations, tenant);
}

std::optional<Organisation> find_organisation(db::Tx& tx, TenantId tenant, OrganisationId id) {
    return tx.one<Organisation>(select_organisation, tenant, id);
}

void check_organisation(db::Tx& tx, TenantId tenant, OrganisationId id, Problems& problems) {
    if (id && !find_organisation(tx, tenant, id))
        problems.add("organisation", tr_noop("Please choose one of the departments."));
}

OrganisationId add_organisation(db::Tx& tx, TenantId tenant, const std::string& key, const std::string& name,
                                const std::string& kind) {
    return tx.value<OrganisationId>(insert_organisation, tenant, key, name, kind);
}

void rename_organisation(db::Tx& tx, TenantId tenant, OrganisationId id, const std::string& name,
                         const std::string& kind) {
    tx.exec(update_organisation, name, kind, tenant, id);
}

}  // namespace mitwirken::core
