// See work.h. A challenge is "milliseconds.random.signature"; signed are time, random part and the activity.
#include "core/forms/work.h"

#include "core/templates.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::core {

namespace {

constexpr std::string_view purpose = "proof-of-work";
constexpr std::chrono::hours most_age{24};
constexpr std::size_t longest_answer = 20;

std::string signed_part(const Visit& visit, const std::string& time_and_random) {
    const auto* place = visit.place_or_none();
    const auto activity = place && place->activity ? place->activity->id.value : 0;
    return time_and_random + " " + std::to_string(visit.tenant.id.value) + " " + std::to_string(activity);
}

std::string new_challenge(const Visit& visit) {
    const std::string part =
        std::to_string(visit.now.time_since_epoch().count()) + "." + crypto::random_token().substr(0, 22);
    return part + "." + crypto::sign(visit.house.key, purpose, signed_part(visit, part));
}

bool is_ours(const Visit& visit, const std::string& challenge) {
    if (challenge.size() > 200) return false;
    const auto dot = challenge.find('.'), last = challenge.rfind('.');
    if (dot == std::string::npos || last == dot) return false;
    const auto number = to_int(challenge.substr(0, dot));
    if (!number || !crypto::verify(visit.house.key, purpose, signed_part(visit, challenge.substr(0, last)),
                                   challenge.substr(last + 1)))
        return false;
    const Timestamp made{std::chrono::milliseconds{*number}};
    return made <= visit.now && visit.now - made <= most_age;
}

}  // namespace

bool solves(const std::string& challenge, const std::string& answer, int bits) {
    if (answer.empty() || answer.size() > longest_answer) return false;
    const std::string hash = crypto::sha256_hex(challenge + ":" + answer);
    for (const char c : hash) {
        const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
        if (bits <= 0) return true;
        if (bits >= 4 && digit != 0) return false;
        if (bits < 4) return (digit >> (4 - bits)) == 0;
        bits -= 4;
    }
    return bits <= 0;
}

bool wants_proof(const Visit& visit) { return visit.setting_on("moderation.proof"); }

void add_proof(FormView& form, Visit& visit) {
    if (!wants_proof(visit)) return;
    namespace t = tpl::proof;
    // A form that is shown again with its errors keeps what was computed.
    const bool solved = has_proof(visit);
    html::Values values;
    values.set(t::BITS, proof_bits)
        .set(t::CHALLENGE, solved ? visit.form["_work"] : new_challenge(visit))
        .set(t::ANSWER, solved ? visit.form["_proof"] : "");
    form.part(html::render_part(t::file, values, visit.language));
}

bool has_proof(const Visit& visit) {
    const std::string &challenge = visit.form["_work"], &answer = visit.form["_proof"];
    return is_ours(visit, challenge) && solves(challenge, answer, proof_bits);
}

bool spend_proof(Visit& visit) { return has_proof(visit) && spend_challenge(visit.tx, visit.form["_work"], visit.now); }

}  // namespace mitwirken::core
