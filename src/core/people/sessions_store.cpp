// Rows of sessions and of links sent by mail. Only hashes of their tokens are stored.
#include "core/people/people.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

const db::Query insert_session{"core.session_insert", R"(
    INSERT INTO core_session (token_hash, account_id, created_at, seen_at, expires_at, device, second_factor_pending)
    VALUES (:hash, :account, :created, :seen, :expires, :device, :pending))"};
const db::Query select_session{"core.session", R"(
    SELECT id, account_id, created_at, seen_at, expires_at, device, notice, second_factor_pending FROM core_session
    WHERE token_hash = :hash AND expires_at > :now AND seen_at > :idle)"};
const db::Query update_seen{"core.session_seen", "UPDATE core_session SET seen_at = :now WHERE id = :id"};
const db::Query update_confirmed{"core.session_confirmed", R"(
    UPDATE core_session SET second_factor_pending = 0 WHERE id = :id)"};
const db::Query update_notice{"core.session_notice", "UPDATE core_session SET notice = :notice WHERE id = :id"};
const db::Query select_sessions{"core.sessions", R"(
    SELECT id, account_id, created_at, seen_at, expires_at, device, notice, second_factor_pending FROM core_session
    WHERE account_id = :account AND expires_at > :now AND seen_at > :idle ORDER BY seen_at DESC, id DESC LIMIT 100)"};
const db::Query delete_session{"core.session_end", "DELETE FROM core_session WHERE account_id = :account AND id = :id"};
const db::Query delete_sessions{"core.sessions_end", R"(
    DELETE FROM core_session WHERE account_id = :account AND id <> :except)"};

const db::Query delete_links{"core.links_delete", R"(
    DELETE FROM core_link WHERE account_id = :account AND purpose = :purpose)"};
const db::Query insert_link{"core.link_insert", R"(
    INSERT INTO core_link (token_hash, account_id, purpose, expires_at) VALUES (:hash, :account, :purpose, :expires))"};
const db::Query select_link{"core.link", R"(
    SELECT account_id FROM core_link WHERE token_hash = :hash AND purpose = :purpose AND used_at IS NULL
      AND expires_at > :now)"};
const db::Query use_link_once{"core.link_use", R"(
    UPDATE core_link SET used_at = :now WHERE token_hash = :hash AND purpose = :purpose AND used_at IS NULL
      AND expires_at > :now2)"};

const db::Query delete_expired_sessions{"core.sessions_expired", R"(
    DELETE FROM core_session WHERE expires_at <= :now OR seen_at <= :idle)"};
const db::Query delete_expired_links{"core.links_expired", "DELETE FROM core_link WHERE expires_at <= :now"};
const db::Query delete_expired_addresses{"core.address_links_expired", R"(
    DELETE FROM core_address_link WHERE expires_at <= :now)"};
const db::Query delete_expired_codes{"core.proof_codes_expired", R"(
    DELETE FROM core_proof_code WHERE expires_at <= :now AND used_at IS NULL)"};

std::string to_word(LinkPurpose purpose) {
    return purpose == LinkPurpose::invitation ? "invitation" : "password_reset";
}

}  // namespace

std::string start_session(db::Tx& tx, AccountId account, const std::string& device, bool second_factor_pending,
                          Timestamp now) {
    const std::string token = crypto::random_token();
    tx.exec(insert_session, crypto::token_hash(token), account, now, now, now + session_length, device,
            second_factor_pending);
    return token;
}

std::optional<SignedIn> find_session(db::Tx& tx, const std::string& token, Timestamp now) {
    if (token.empty() || token.size() > 100) return {};
    auto session = tx.one<Session>(select_session, crypto::token_hash(token), now, now - session_idle);
    if (!session) return {};
    auto account = find_account(tx, session->account);
    if (!account || account->state != AccountState::active) return {};
    return SignedIn{std::move(*session), std::move(*account)};
}

void touch_session(db::Tx& tx, SessionId id, Timestamp now) { tx.exec(update_seen, now, id); }

void confirm_session(db::Tx& tx, SessionId id) { tx.exec(update_confirmed, id); }

void set_notice(db::Tx& tx, SessionId id, const std::string& notice) { tx.exec(update_notice, notice, id); }

std::vector<Session> sessions(db::Tx& tx, AccountId account, Timestamp now) {
    return tx.all<Session>(select_sessions, account, now, now - session_idle);
}

bool end_session(db::Tx& tx, AccountId account, SessionId id) { return tx.exec(delete_session, account, id) == 1; }

void end_sessions(db::Tx& tx, AccountId account, SessionId except) { tx.exec(delete_sessions, account, except); }

void forget_expired(db::Tx& tx, Timestamp now) {
    tx.exec(delete_expired_sessions, now, now - session_idle);
    tx.exec(delete_expired_links, now);
    tx.exec(delete_expired_addresses, now);
    tx.exec(delete_expired_codes, now);
}

std::string add_link(db::Tx& tx, AccountId account, LinkPurpose purpose, Timestamp now, std::chrono::hours valid) {
    const std::string token = crypto::random_token();
    tx.exec(delete_links, account, to_word(purpose));
    tx.exec(insert_link, crypto::token_hash(token), account, to_word(purpose), now + valid);
    return token;
}

std::optional<Account> find_link(db::Tx& tx, const std::string& token, LinkPurpose purpose, Timestamp now) {
    const auto id = tx.one<AccountId>(select_link, crypto::token_hash(token), to_word(purpose), now);
    if (!id) return {};
    return find_account(tx, *id);
}

bool use_link(db::Tx& tx, const std::string& token, LinkPurpose purpose, Timestamp now) {
    return tx.exec(use_link_once, now, crypto::token_hash(token), to_word(purpose), now) == 1;
}

}  // namespace mitwirken::core
