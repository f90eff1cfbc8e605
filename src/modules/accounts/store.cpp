// What this module keeps of a person, and its removal. The rows themselves belong to core/people.
#include "modules/accounts/store.h"

#include <nlohmann/json.hpp>

namespace mitwirken::accounts {

nlohmann::json export_person(db::Tx& tx, core::AccountId id) {
    const auto account = core::find_account(tx, id);
    if (!account) return nullptr;
    auto devices = nlohmann::json::array();
    for (const auto& session : core::sessions(tx, id, Timestamp{}))
        devices.push_back({{"device", session.device},
                           {"since", to_iso(session.created_at)},
                           {"last_seen", to_iso(session.seen_at)}});
    auto services = nlohmann::json::array();
    for (const auto& one : core::identities_of(tx, id))
        services.push_back({{"service", one.label}, {"issuer", one.issuer}, {"known_as", one.subject}});
    return {{"email", account->has_address() ? account->email : ""},
            {"name", account->name},
            {"role", core::to_word(account->role)},
            {"created_at", to_iso(account->created_at)},
            {"second_factor", !account->totp_sealed.empty()},
            {"lives_here_since", account->verified_at ? to_iso(*account->verified_at) : ""},
            {"lives_here_by", account->verified_by},
            {"services", services},
            {"signed_in_on", devices}};
}

void erase_person(db::Tx& tx, core::AccountId id) { core::erase_account(tx, id); }

}  // namespace mitwirken::accounts
