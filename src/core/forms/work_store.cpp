// Challenges that were used; see work.h.
#include "core/forms/work.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

const db::Query insert_spent{"core.proof_spend", R"(
    INSERT INTO core_spent_proof (challenge_hash, at) VALUES (:hash, :now) ON CONFLICT DO NOTHING)"};
const db::Query delete_old{"core.proofs_forget", "DELETE FROM core_spent_proof WHERE at < :before"};

}  // namespace

bool spend_challenge(db::Tx& tx, const std::string& challenge, Timestamp now) {
    // Older ones are refused by their age.
    tx.exec(delete_old, now - std::chrono::hours{25});
    return tx.exec(insert_spent, crypto::sha256_hex(challenge), now) == 1;
}

}  // namespace mitwirken::core
