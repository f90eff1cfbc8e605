// Rows of invitations; see invitations.h.
#include <nlohmann/json.hpp>

#include "core/participants/participants.h"
#include "modules/invitations/invitations.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace mitwirken::invitations {

namespace {

const db::Query insert_one{"invitations.insert", R"(
    INSERT INTO invitations_invitation (tenant_id, procedure_id, track_id, email, created_at)
    VALUES (:tenant, :procedure, :track, :email, :now) ON CONFLICT DO NOTHING)"};
const db::Query select_page{"invitations.page", R"(
    SELECT id, procedure_id, track_id, email, participant_id, created_at, sent_at, accepted_at
    FROM invitations_invitation WHERE procedure_id = :procedure AND id > :after ORDER BY id LIMIT :count)"};
const db::Query select_one{"invitations.one", R"(
    SELECT id, procedure_id, track_id, email, participant_id, created_at, sent_at, accepted_at
    FROM invitations_invitation WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_by_token{"invitations.by_token", R"(
    SELECT id, procedure_id, track_id, email, participant_id, created_at, sent_at, accepted_at
    FROM invitations_invitation WHERE token_hash = :hash AND token_hash <> '' AND tenant_id = :tenant
      AND sent_at > :limit)"};
const db::Query select_unsent{"invitations.unsent", R"(
    SELECT id, procedure_id, track_id, email, participant_id, created_at, sent_at, accepted_at
    FROM invitations_invitation WHERE procedure_id = :procedure AND sent_at IS NULL ORDER BY id LIMIT :count)"};
const db::Query set_token{"invitations.token", R"(
    UPDATE invitations_invitation SET token_hash = :hash, sent_at = :now WHERE id = :id)"};
const db::Query set_accepted{"invitations.accept", R"(
    UPDATE invitations_invitation SET participant_id = :who, accepted_at = :now WHERE id = :id)"};
const db::Query delete_one{"invitations.delete", "DELETE FROM invitations_invitation WHERE id = :id"};
const db::Query select_of_participant{"invitations.of_participant", R"(
    SELECT id, procedure_id, track_id, email, participant_id, created_at, sent_at, accepted_at
    FROM invitations_invitation WHERE participant_id = :who AND tenant_id = :tenant ORDER BY id)"};
const db::Query delete_of_participant{"invitations.erase_participant", R"(
    DELETE FROM invitations_invitation WHERE participant_id = :who AND participant_id <> 0 AND tenant_id = :tenant)"};
const db::Query select_of_person{"invitations.of_person", R"(
    SELECT i.id, i.procedure_id, i.track_id, i.email, i.participant_id, i.created_at, i.sent_at, i.accepted_at
    FROM invitations_invitation i JOIN core_account a ON a.tenant_id = i.tenant_id AND a.email = i.email
    WHERE a.id = :account ORDER BY i.id)"};
const db::Query delete_of_person{"invitations.erase_person", R"(
    DELETE FROM invitations_invitation WHERE id IN
        (SELECT i.id FROM invitations_invitation i
         JOIN core_account a ON a.tenant_id = i.tenant_id AND a.email = i.email WHERE a.id = :account))"};

nlohmann::json to_json(const std::vector<Invitation>& list) {
    auto result = nlohmann::json::array();
    for (const auto& one : list)
        result.push_back({{"email", one.email},
                          {"invited", to_iso(one.created_at)},
                          {"accepted", one.accepted_at ? to_iso(*one.accepted_at) : ""}});
    return result;
}

}  // namespace

bool add(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, core::TrackId track, const std::string& email,
         Timestamp now) {
    return tx.exec(insert_one, tenant, procedure, track, email, now) == 1;
}

std::vector<Invitation> invitations(db::Tx& tx, core::ProcedureId procedure, std::int64_t after, int count) {
    return tx.all<Invitation>(select_page, procedure, after, count);
}

std::optional<Invitation> find(db::Tx& tx, core::TenantId tenant, std::int64_t id) {
    return tx.one<Invitation>(select_one, id, tenant);
}

std::optional<Invitation> find_by_token(db::Tx& tx, core::TenantId tenant, const std::string& token, Timestamp now) {
    if (token.empty() || token.size() > 100) return {};
    return tx.one<Invitation>(select_by_token, crypto::token_hash(token), tenant, now - valid);
}

std::vector<Invitation> unsent(db::Tx& tx, core::ProcedureId procedure, int count) {
    return tx.all<Invitation>(select_unsent, procedure, count);
}

std::string arm(db::Tx& tx, std::int64_t id, Timestamp now) {
    const std::string token = crypto::random_token();
    tx.exec(set_token, crypto::token_hash(token), now, id);
    return token;
}

void accept(db::Tx& tx, std::int64_t id, core::ParticipantId who, Timestamp now) {
    tx.exec(set_accepted, who, now, id);
}

void remove(db::Tx& tx, core::TenantId tenant, const Invitation& one) {
    if (const auto who = core::find_participant(tx, tenant, one.participant)) {
        core::leave_track(tx, one.track, who->id);
        // An account that has claimed the pseudonym since is in the track, too.
        if (who->account)
            for (const auto& same : core::participants_of(tx, tenant, who->account))
                core::leave_track(tx, one.track, same.id);
    }
    tx.exec(delete_one, one.id);
}

nlohmann::json export_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who) {
    return to_json(tx.all<Invitation>(select_of_participant, who, tenant));
}

void erase_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who) {
    tx.exec(delete_of_participant, who, tenant);
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    return to_json(tx.all<Invitation>(select_of_person, account));
}

void erase_person(db::Tx& tx, core::AccountId account) { tx.exec(delete_of_person, account); }

}  // namespace mitwirken::invitations
