// The invited list of a procedure's track: staff keep the addresses, each gets a mail, the button on the page it leads
// to lets the browser (or the account) into the track. Invariants: opening the link does nothing; a link lets one
// participant in; taking an invitation back ends what it gave.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/procedures/records.h"
#include "core/visit.h"

namespace mitwirken::invitations {

inline constexpr std::string_view below = "/eingeladene";
inline constexpr int page_size = 100;
inline constexpr std::size_t most_at_once = 2000;
inline constexpr auto valid = std::chrono::hours{24 * 180};

struct Invitation {
    std::int64_t id = 0;
    core::ProcedureId procedure;
    core::TrackId track;
    std::string email;
    core::ParticipantId participant;
    Timestamp created_at{};
    std::optional<Timestamp> sent_at, accepted_at;
};

// One address a line, or several with commas or semicolons; of a CSV line the field that is an address. Words that are
// none are named in the problem; nothing is left out in silence.
Result<std::vector<std::string>> read_addresses(const std::string& text);

// ---- store.cpp
// False when this address is invited to the track already.
bool add(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, core::TrackId track, const std::string& email,
         Timestamp now);
std::vector<Invitation> invitations(db::Tx& tx, core::ProcedureId procedure, std::int64_t after, int count);
std::optional<Invitation> find(db::Tx& tx, core::TenantId tenant, std::int64_t id);
std::optional<Invitation> find_by_token(db::Tx& tx, core::TenantId tenant, const std::string& token, Timestamp now);
std::vector<Invitation> unsent(db::Tx& tx, core::ProcedureId procedure, int count);
std::string arm(db::Tx& tx, std::int64_t id, Timestamp now);  // the token for the mail
void accept(db::Tx& tx, std::int64_t id, core::ParticipantId who, Timestamp now);
void remove(db::Tx& tx, core::TenantId tenant, const Invitation& invitation);

nlohmann::json export_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who);
void erase_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void erase_person(db::Tx& tx, core::AccountId account);

// ---- pages.cpp
http::Response list_page(core::Visit& visit);
http::Response invite(core::Visit& visit);
http::Response take_back(core::Visit& visit);
http::Response invitation_page(core::Visit& visit);
http::Response join(core::Visit& visit);
void send_mails(core::House& house, const jobs::Job& job);

}  // namespace mitwirken::invitations
