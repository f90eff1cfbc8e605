// Accounts of staff and of residents, their sessions, and the links that invite them, reset their password or prove an
// address. Residents' pseudonyms (participants) are another thing and another table.
// Invariants: passwords are Argon2id hashes; of session and link tokens only hashes are stored; a link works once and
// only by a button press (POST), never by being opened; a TOTP step is accepted once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/access/access.h"
#include "core/ids.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::core {

enum class AccountState { invited, active, disabled };

struct Account {
    AccountId id;
    TenantId tenant;  // 0: operator of the installation
    std::string email, name;
    Role role = Role::analyst;
    OrganisationId organisation;
    AccountState state = AccountState::invited;
    std::string password_hash;
    std::string totp_sealed;  // "" = no second factor
    std::int64_t totp_last_step = 0;
    std::string language;
    Timestamp created_at{};
    std::optional<Timestamp> last_sign_in;
    std::optional<Timestamp> verified_at;  // shown to live here
    std::string verified_by;               // "code", or the issuer that says so
    // Residents of another sign-in service may have no address: theirs is then a word that is none.
    bool has_address() const { return email.find('@') != std::string::npos; }
    bool is_resident() const { return role == Role::resident; }
    Actor actor() const { return {id, tenant, role, organisation}; }
};

struct NewAccount {
    TenantId tenant;
    std::string email, name;
    Role role = Role::editor;
    OrganisationId organisation;
};
// Lower-cases the address; Problems when it is taken, not an address, or the name is missing.
Result<NewAccount> check_account(db::Tx& tx, NewAccount account);
AccountId add_account(db::Tx& tx, const NewAccount& account, Timestamp now);
std::optional<Account> find_account(db::Tx& tx, AccountId id);
// An operator's address is found from every tenant.
std::optional<Account> find_account(db::Tx& tx, TenantId tenant, const std::string& email);
// Staff, by name, `after` = last name and id shown, or "" and 0.
std::vector<Account> accounts(db::Tx& tx, TenantId tenant, const std::string& after_name, AccountId after, int count);
// Active accounts of one role; with an organisation only its own. For mails to an office.
std::vector<Account> accounts_with_role(db::Tx& tx, TenantId tenant, Role role, OrganisationId organisation);
void save_account(db::Tx& tx, const Account& account);  // name, role, organisation, state, language
// A resident whose address is proven (or "", when another service vouches for the person); active at once.
AccountId add_resident(db::Tx& tx, TenantId tenant, const std::string& email, const std::string& name,
                       const std::string& password_hash, Timestamp now);
void set_account_email(db::Tx& tx, AccountId id, const std::string& email);
void set_verified(db::Tx& tx, AccountId id, const std::string& by, Timestamp now);
void set_password(db::Tx& tx, AccountId id, const std::string& hash);
// Takes a step of the second factor once; false when it, or a later one, was taken in the meantime.
bool use_totp_step(db::Tx& tx, AccountId id, std::int64_t step);
void set_totp(db::Tx& tx, AccountId id, const std::string& sealed, std::int64_t last_step);
void set_recovery_codes(db::Tx& tx, AccountId id, const std::vector<std::string>& hashes);
int recovery_codes_left(db::Tx& tx, AccountId id);
bool use_recovery_code(db::Tx& tx, AccountId id, const std::string& hash, Timestamp now);
void note_sign_in(db::Tx& tx, AccountId id, Timestamp now);
// At least 12 letters, not the address, not one of the commonest; says what is wrong.
Result<std::string> check_password(const std::string& password, const std::string& email);

struct Organisation {
    OrganisationId id;
    std::string key, name, kind;  // kind: "department", "association", "agency"
};
std::vector<Organisation> organisations(db::Tx& tx, TenantId tenant);
std::optional<Organisation> find_organisation(db::Tx& tx, TenantId tenant, OrganisationId id);
// Adds a problem of the field "organisation" when it is none of this municipality's; 0 is none at all.
void check_organisation(db::Tx& tx, TenantId tenant, OrganisationId id, Problems& problems);
OrganisationId add_organisation(db::Tx& tx, TenantId tenant, const std::string& key, const std::string& name,
                                const std::string& kind);
void rename_organisation(db::Tx& tx, TenantId tenant, OrganisationId id, const std::string& name,
                         const std::string& kind);

struct Session {
    SessionId id;
    AccountId account;
    Timestamp created_at{}, seen_at{}, expires_at{};
    std::string device;  // "Firefox, Windows": for the list of sessions
    std::string notice;  // shown on the next page, then removed
    bool second_factor_pending = false;
};
inline constexpr auto session_length = std::chrono::hours{24 * 14};
inline constexpr auto session_idle = std::chrono::hours{24};

// Returns the token for the cookie.
std::string start_session(db::Tx& tx, AccountId account, const std::string& device, bool second_factor_pending,
                          Timestamp now);
struct SignedIn {
    Session session;
    Account account;
};
// Nothing when the token is unknown, expired, idle for too long, or the account is not active.
std::optional<SignedIn> find_session(db::Tx& tx, const std::string& token, Timestamp now);
void touch_session(db::Tx& tx, SessionId id, Timestamp now);
void confirm_session(db::Tx& tx, SessionId id);
void set_notice(db::Tx& tx, SessionId id, const std::string& notice);
std::vector<Session> sessions(db::Tx& tx, AccountId account, Timestamp now);
bool end_session(db::Tx& tx, AccountId account, SessionId id);
void end_sessions(db::Tx& tx, AccountId account, SessionId except = {});

// Sessions that have ended by themselves and links that work no more, of everybody.
void forget_expired(db::Tx& tx, Timestamp now);

enum class LinkPurpose { invitation, password_reset };
// Returns the token for the mail; earlier links of the same purpose stop working.
std::string add_link(db::Tx& tx, AccountId account, LinkPurpose purpose, Timestamp now, std::chrono::hours valid);
std::optional<Account> find_link(db::Tx& tx, const std::string& token, LinkPurpose purpose, Timestamp now);
bool use_link(db::Tx& tx, const std::string& token, LinkPurpose purpose, Timestamp now);

// ---- links that prove an address: the mail leads to a page, its button does it, once
enum class AddressPurpose { register_, sign_in, change };
struct AddressLink {
    std::int64_t id = 0;
    TenantId tenant;
    AddressPurpose purpose = AddressPurpose::register_;
    AccountId account;  // none: nobody has this address (yet)
    std::string email, back;
    Timestamp expires_at{};
};
inline constexpr auto sign_in_link_valid = std::chrono::minutes{15};
inline constexpr auto address_link_valid = std::chrono::hours{24};
// Written in the request, whether there is an account or not; the mail is a job's business.
std::int64_t add_address_link(db::Tx& tx, const AddressLink& link);
std::optional<AddressLink> find_address_link(db::Tx& tx, std::int64_t id);
// Makes the token for the mail; links of before that ask for the same stop working.
std::string arm_address_link(db::Tx& tx, const AddressLink& link);
void drop_address_link(db::Tx& tx, std::int64_t id);
std::optional<AddressLink> find_address_link(db::Tx& tx, TenantId tenant, const std::string& token,
                                             AddressPurpose purpose, Timestamp now);
bool use_address_link(db::Tx& tx, std::int64_t id, Timestamp now);

// ---- other sign-in services: (issuer, subject) is the person, whatever address comes with it
struct Identity {
    std::string issuer, subject, label;
    Timestamp at{};
};
std::optional<AccountId> account_of_identity(db::Tx& tx, TenantId tenant, const std::string& issuer,
                                             const std::string& subject);
void add_identity(db::Tx& tx, TenantId tenant, AccountId account, const Identity& identity);
std::vector<Identity> identities_of(db::Tx& tx, AccountId account);
bool remove_identity(db::Tx& tx, AccountId account, const std::string& issuer, const std::string& subject);

// ---- codes on paper that show that somebody lives here
inline constexpr auto proof_code_valid = std::chrono::hours{24 * 90};
// Returns the codes, "abcd-efgh-jkmn"; they can be read only now.
std::vector<std::string> add_proof_codes(db::Tx& tx, TenantId tenant, int count, AccountId by, Timestamp now);
// However it is typed: case, spaces and dashes do not matter. Once.
bool use_proof_code(db::Tx& tx, TenantId tenant, const std::string& typed, Timestamp now);
struct ProofCodes {
    std::int64_t open = 0, used = 0;
};
ProofCodes count_proof_codes(db::Tx& tx, TenantId tenant, Timestamp now);

// The account's own row and everything that hangs on it alone; modules are asked before (core/participation/leaving.h).
void erase_account(db::Tx& tx, AccountId id);

}  // namespace mitwirken::core
