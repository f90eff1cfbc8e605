// Rows of participants, their confirmations and audiences; see participants.h.
#include "core/participants/participants.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

const db::Query select_by_account{"core.participant_of_account", R"(
    SELECT id, account_id, name, email, trust, created_at FROM core_participant
    WHERE account_id = :account AND account_id <> 0 AND tenant_id = :tenant ORDER BY id LIMIT 100)"};
const db::Query select_by_token{"core.participant_of_token", R"(
    SELECT id, account_id, name, email, trust, created_at FROM core_participant
    WHERE token_hash = :hash AND token_hash <> '' AND tenant_id = :tenant AND account_id IN (0, :account))"};
const db::Query select_by_id{"core.participant", R"(
    SELECT id, account_id, name, email, trust, created_at FROM core_participant
    WHERE id = :id AND tenant_id = :tenant)"};
const db::Query insert_participant{"core.participant_insert", R"(
    INSERT INTO core_participant (tenant_id, token_hash, account_id, name, email, created_at, seen_at)
    VALUES (:tenant, :hash, :account, '', '', :created, :seen) RETURNING id)"};
const db::Query update_name{"core.participant_name", "UPDATE core_participant SET name = :name WHERE id = :id"};
const db::Query update_account{"core.participant_claim", R"(
    UPDATE core_participant SET account_id = :account, seen_at = :now
    WHERE token_hash = :hash AND token_hash <> '' AND tenant_id = :tenant AND account_id = 0)"};
// ---- what goes over from a pseudonym to the account's participant
const db::Query count_less{"core.claim_count", R"(
    UPDATE core_contribution SET supports = supports - 1 WHERE id IN
        (SELECT a.contribution_id FROM core_support a JOIN core_support b ON b.contribution_id = a.contribution_id
         WHERE a.participant_id = :from AND b.participant_id = :to))"};
const db::Query drop_support{"core.claim_drop_support", R"(
    DELETE FROM core_support WHERE participant_id = :from AND contribution_id IN
        (SELECT contribution_id FROM core_support WHERE participant_id = :to))"};
const db::Query drop_membership{"core.claim_drop_membership", R"(
    DELETE FROM core_membership WHERE participant_id = :from AND track_id IN
        (SELECT track_id FROM core_membership WHERE participant_id = :to))"};
const db::Query drop_draft{"core.claim_drop_draft", R"(
    DELETE FROM core_draft WHERE participant_id = :to AND path IN
        (SELECT path FROM core_draft WHERE participant_id = :from))"};
const db::Query move_contributions{"core.claim_contributions", R"(
    UPDATE core_contribution SET participant_id = :to WHERE participant_id = :from)"};
const db::Query move_supports{"core.claim_supports", R"(
    UPDATE core_support SET participant_id = :to WHERE participant_id = :from)"};
const db::Query move_memberships{"core.claim_memberships", R"(
    UPDATE core_membership SET participant_id = :to WHERE participant_id = :from)"};
const db::Query move_drafts{"core.claim_drafts", R"(
    UPDATE core_draft SET participant_id = :to WHERE participant_id = :from)"};
const db::Query move_interactions{"core.claim_interactions", R"(
    UPDATE core_interaction SET participant_id = :to WHERE participant_id = :from)"};
const db::Query move_confirmations{"core.claim_confirmations", R"(
    UPDATE core_confirmation SET participant_id = :to WHERE participant_id = :from)"};
const db::Query move_flags{"core.claim_flags", R"(
    UPDATE core_flag SET participant_id = :to WHERE participant_id = :from)"};
const db::Query fill_person{"core.claim_person", R"(
    UPDATE core_participant SET name = CASE WHEN name = '' THEN :name ELSE name END,
        email = CASE WHEN email = '' THEN :email ELSE email END, trust = trust + :trust WHERE id = :to)"};

const db::Query update_trust{"core.participant_trust", R"(
    UPDATE core_participant SET trust = CASE WHEN trust + :points < 0 THEN 0 ELSE trust + :points2 END
    WHERE id = :id)"};
const db::Query update_email{"core.participant_email", R"(
    UPDATE core_participant SET email = :email, seen_at = :now WHERE id = :id)"};

const db::Query insert_confirmation{"core.confirmation_insert", R"(
    INSERT INTO core_confirmation (token_hash, tenant_id, participant_id, contribution_id, email, expires_at)
    VALUES (:hash, :tenant, :participant, :contribution, :email, :expires))"};
const db::Query select_confirmation{"core.confirmation", R"(
    SELECT participant_id, contribution_id, email FROM core_confirmation
    WHERE token_hash = :hash AND tenant_id = :tenant AND used_at IS NULL AND expires_at > :now)"};
const db::Query use_once{"core.confirmation_use", R"(
    UPDATE core_confirmation SET used_at = :now
    WHERE token_hash = :hash AND tenant_id = :tenant AND used_at IS NULL AND expires_at > :limit
    RETURNING participant_id, contribution_id, email)"};
const db::Query forget_address{"core.confirmation_done", R"(
    UPDATE core_confirmation SET email = '' WHERE token_hash = :hash)"};
const db::Query select_expired{"core.confirmations_expired", R"(
    SELECT contribution_id FROM core_confirmation WHERE used_at IS NULL AND expires_at <= :now
      AND contribution_id <> 0)"};
const db::Query delete_expired{"core.confirmations_delete", R"(
    DELETE FROM core_confirmation WHERE expires_at <= :now)"};

const db::Query insert_membership{"core.membership_insert", R"(
    INSERT INTO core_membership (tenant_id, track_id, participant_id, at) VALUES (:tenant, :track, :participant, :now)
    ON CONFLICT DO NOTHING)"};
const db::Query delete_membership{"core.membership_delete", R"(
    DELETE FROM core_membership WHERE track_id = :track AND participant_id = :participant)"};
const db::Query select_tracks{"core.tracks_of_participant", R"(
    SELECT track_id FROM core_membership WHERE participant_id = :participant)"};

const db::Query erase_row{"core.participant_erase", R"(
    UPDATE core_participant SET token_hash = '', account_id = 0, name = '', email = '' WHERE id = :id)"};
const db::Query erase_interactions{"core.interactions_unlink", R"(
    UPDATE core_interaction SET participant_id = 0 WHERE participant_id = :id)"};
const db::Query erase_confirmations{"core.confirmations_erase", R"(
    DELETE FROM core_confirmation WHERE participant_id = :id)"};
const db::Query erase_memberships{"core.memberships_erase", R"(
    DELETE FROM core_membership WHERE participant_id = :id)"};
const db::Query erase_drafts{"core.drafts_erase", "DELETE FROM core_draft WHERE participant_id = :id"};
const db::Query erase_flags{"core.flags_unlink", R"(
    UPDATE core_flag SET participant_id = 0, words = '' WHERE participant_id = :id)"};

}  // namespace

std::optional<Participant> find_participant(db::Tx& tx, TenantId tenant, const std::string& token, AccountId account) {
    if (account)
        if (auto known = tx.one<Participant>(select_by_account, account, tenant)) return known;
    if (token.empty() || token.size() > 100) return {};
    return tx.one<Participant>(select_by_token, crypto::token_hash(token), tenant, account);
}

std::optional<Participant> find_participant(db::Tx& tx, TenantId tenant, ParticipantId id) {
    return tx.one<Participant>(select_by_id, id, tenant);
}

NewParticipant add_participant(db::Tx& tx, TenantId tenant, AccountId account, Timestamp now) {
    NewParticipant made{{{}, account, "", "", 0, now}, crypto::random_token()};
    made.participant.id =
        tx.value<ParticipantId>(insert_participant, tenant, crypto::token_hash(made.token), account, now, now);
    return made;
}

ParticipantId add_participant_without_browser(db::Tx& tx, TenantId tenant, Timestamp now) {
    return tx.value<ParticipantId>(insert_participant, tenant, "", AccountId{}, now, now);
}

void set_participant_name(db::Tx& tx, ParticipantId id, const std::string& name) { tx.exec(update_name, name, id); }

void claim_participant(db::Tx& tx, TenantId tenant, const std::string& token, AccountId account, Timestamp now) {
    const auto from = find_participant(tx, tenant, token, AccountId{});
    if (!from) return;
    const auto to = find_participant(tx, tenant, "", account);
    tx.exec(update_account, account, now, crypto::token_hash(token), tenant);
    if (!to) return;
    tx.exec(count_less, from->id, to->id);
    tx.exec(drop_support, from->id, to->id);
    tx.exec(drop_membership, from->id, to->id);
    tx.exec(drop_draft, to->id, from->id);  // the newer one of the two forms stays
    for (const auto* query : {&move_contributions, &move_supports, &move_memberships, &move_drafts, &move_interactions,
                              &move_confirmations, &move_flags})
        tx.exec(*query, to->id, from->id);
    tx.exec(fill_person, from->name, from->email, from->trust, to->id);
}

std::vector<Participant> participants_of(db::Tx& tx, TenantId tenant, AccountId account) {
    return tx.all<Participant>(select_by_account, account, tenant);
}

void add_trust(db::Tx& tx, ParticipantId id, int points) { tx.exec(update_trust, points, points, id); }

std::string add_confirmation(db::Tx& tx, TenantId tenant, const Confirmation& c, Timestamp now) {
    const std::string token = crypto::random_token();
    tx.exec(insert_confirmation, crypto::token_hash(token), tenant, c.participant, c.contribution, c.email,
            now + confirmation_valid);
    return token;
}

std::optional<Confirmation> find_confirmation(db::Tx& tx, TenantId tenant, const std::string& token, Timestamp now) {
    if (token.empty() || token.size() > 100) return {};
    return tx.one<Confirmation>(select_confirmation, crypto::token_hash(token), tenant, now);
}

std::optional<Confirmation> use_confirmation(db::Tx& tx, TenantId tenant, const std::string& token, Timestamp now) {
    if (token.empty() || token.size() > 100) return {};
    const std::string hash = crypto::token_hash(token);
    auto used = tx.one<Confirmation>(use_once, now, hash, tenant, now);
    if (!used) return {};
    tx.exec(update_email, used->email, now, used->participant);
    tx.exec(forget_address, hash);
    return used;
}

std::vector<ContributionId> expire_confirmations(db::Tx& tx, Timestamp now) {
    auto waited = tx.all<ContributionId>(select_expired, now);
    tx.exec(delete_expired, now);
    return waited;
}

void join_track(db::Tx& tx, TenantId tenant, TrackId track, ParticipantId participant, Timestamp now) {
    tx.exec(insert_membership, tenant, track, participant, now);
}
void leave_track(db::Tx& tx, TrackId track, ParticipantId participant) {
    tx.exec(delete_membership, track, participant);
}
std::vector<TrackId> tracks_of(db::Tx& tx, ParticipantId participant) {
    return tx.all<TrackId>(select_tracks, participant);
}

void erase_participant(db::Tx& tx, ParticipantId id) {
    for (const auto* query :
         {&erase_row, &erase_interactions, &erase_confirmations, &erase_memberships, &erase_drafts, &erase_flags})
        tx.exec(*query, id);
}

}  // namespace mitwirken::core
