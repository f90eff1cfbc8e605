// What this module keeps of a person, and its removal. The rows themselves belong to core/people.
#include <nlohmann/json.hpp>

#include "modules/accounts/store.h"
#include "platform/db/db.h"

namespace mitwirken::accounts {

namespace {

const db::Query erase{"accounts.erase", R"(
    UPDATE core_account SET email = :email, name = '', password_hash = '', totp_sealed = '', state = 'disabled',
        organisation_id = 0 WHERE id = :id)"};
const db::Query erase_codes{"accounts.erase_codes", "DELETE FROM core_recovery_code WHERE account_id = :id"};
const db::Query erase_links{"accounts.erase_links", "DELETE FROM core_link WHERE account_id = :id"};

}  // namespace

nlohmann::json export_person(db::Tx& tx, core::AccountId id) {
    const auto account = core::find_account(tx, id);
    if (!account) return nullptr;
    auto devices = nlohmann::json::array();
    for (const auto& session : core::sessions(tx, id, Timestamp{}))
        devices.push_back({{"device", session.device},
                           {"since", to_iso(session.created_at)},
                           {"last_seen", to_iso(session.seen_at)}});
    return {{"email", account->email},
            {"name", account->name},
            {"role", core::to_word(account->role)},
            {"created_at", to_iso(account->created_at)},
            {"second_factor", !account->totp_sealed.empty()},
            {"signed_in_on", devices}};
}

void erase_person(db::Tx& tx, core::AccountId id, Timestamp) {
    core::end_sessions(tx, id);
    tx.exec(erase_codes, id);
    tx.exec(erase_links, id);
    // The address must stay unique, and must be nobody's.
    tx.exec(erase, "erased-" + std::to_string(id.value), id);
}

}  // namespace mitwirken::accounts
