// Participants: the pseudonym under which somebody takes part. It exists from the first thing they hand in (a token in
// their browser), can be confirmed by e-mail, and can be claimed by an account; it never needs a name.
// Invariants: of the token only a hash is stored; an address stands here only after its owner pressed a button; what a
// participant handed in stays when the participant is erased, without any trace of who it was.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::core {

inline constexpr std::string_view participant_cookie = "mw_participant";
inline constexpr auto participant_cookie_age = std::chrono::hours{24 * 365};

struct Participant {
    ParticipantId id;
    AccountId account;       // none: a pseudonym of one browser
    std::string name;        // as the person wants to be called; "" = anonymous
    std::string email;       // confirmed, else ""
    std::int64_t trust = 0;  // contributions that were published without complaint
    Timestamp created_at{};
};

// The participant of this browser or of this account (the account's wins); nothing before the first contribution. What
// an account has claimed is found only by who is signed in to it: a browser that was left behind shows nothing.
std::optional<Participant> find_participant(db::Tx& tx, TenantId tenant, const std::string& token, AccountId account);
std::optional<Participant> find_participant(db::Tx& tx, TenantId tenant, ParticipantId id);

struct NewParticipant {
    Participant participant;
    std::string token;  // for the cookie; "" for somebody without a browser (paper, phone, hall)
};
NewParticipant add_participant(db::Tx& tx, TenantId tenant, AccountId account, Timestamp now);
ParticipantId add_participant_without_browser(db::Tx& tx, TenantId tenant, Timestamp now);
void set_participant_name(db::Tx& tx, ParticipantId id, const std::string& name);
// Makes what the pseudonym did part of the account, after signing in: where the account has a participant already,
// what core keeps goes over to that one (a support that both gave counts once), and modules find the other by
// participants_of. A pseudonym that another account has claimed stays there.
void claim_participant(db::Tx& tx, TenantId tenant, const std::string& token, AccountId account, Timestamp now);
// Every participant an account has, the one it takes part as first.
std::vector<Participant> participants_of(db::Tx& tx, TenantId tenant, AccountId account);
void add_trust(db::Tx& tx, ParticipantId id, int points);

// ---- confirmation by e-mail: the mail leads to a page, the page's button confirms (scanners open links).
struct Confirmation {
    ParticipantId participant;
    ContributionId contribution;  // what waits for it; 0 = only the address
    std::string email;
};
inline constexpr auto confirmation_valid = std::chrono::hours{24 * 3};
// Returns the token for the mail.
std::string add_confirmation(db::Tx& tx, TenantId tenant, const Confirmation& confirmation, Timestamp now);
std::optional<Confirmation> find_confirmation(db::Tx& tx, TenantId tenant, const std::string& token, Timestamp now);
// The first press counts; the address is then the participant's. Nothing when used, unknown or too late.
std::optional<Confirmation> use_confirmation(db::Tx& tx, TenantId tenant, const std::string& token, Timestamp now);
// Removes what was never confirmed in time, with its addresses; returns the contributions that waited in vain.
std::vector<ContributionId> expire_confirmations(db::Tx& tx, Timestamp now);

// ---- audiences: in which tracks of a procedure this participant is, beside the public ones.
void join_track(db::Tx& tx, TenantId tenant, TrackId track, ParticipantId participant, Timestamp now);
void leave_track(db::Tx& tx, TrackId track, ParticipantId participant);
std::vector<TrackId> tracks_of(db::Tx& tx, ParticipantId participant);

// Empties every personal column and unlinks the interactions; contributions are dealt with before (contributions.h).
void erase_participant(db::Tx& tx, ParticipantId id);

}  // namespace mitwirken::core
