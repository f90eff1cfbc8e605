// Staff sign in, look after their own account, and administrators invite people and give them roles.
// Guessing is slowed by network address and, for browsers that never signed in here, by account; the browser of the
// person attacked carries a signed device mark and is not slowed, so nobody can be locked out by others.
#pragma once

#include <string>

#include "core/visit.h"

namespace mitwirken::accounts {

// What the password check of a prepare function found.
struct Checked {
    bool right = false;
    core::AccountId account;  // whose address it is, also when the password is wrong
    core::TenantId tenant;    // of that account
    bool second_factor = false;
    std::chrono::seconds wait{0};
};

// "Firefox, Windows": what the list of sessions shows of a User-Agent.
std::string device_words(std::string_view user_agent);
// Is this the newest code of the account's app, or one of its recovery codes? It is used up by asking.
bool code_is_right(core::Visit& visit, const core::Account& account, const std::string& typed);
// The path to return to after signing in: one of ours, else "/verwaltung".
std::string safe_return(const std::string& path);

// prepare functions: Argon2 takes its time, so it runs before the transaction.
void check_sign_in(core::Preparation& preparation);
void hash_new_password(core::Preparation& preparation);
// What the check of the present password of somebody who is signed in found, and the hash of a new one if one was sent.
struct OwnPassword {
    bool right = false;
    std::string new_hash;
    std::chrono::seconds wait{0};
};
void check_own_password(core::Preparation& preparation);

http::Response sign_in_page(core::Visit& visit);
http::Response sign_in(core::Visit& visit);
http::Response code_page(core::Visit& visit);
http::Response code(core::Visit& visit);
http::Response sign_out(core::Visit& visit);
http::Response forgotten_page(core::Visit& visit);
http::Response forgotten(core::Visit& visit);
http::Response link_page(core::Visit& visit);  // invitation and reset: shows the form, changes nothing
http::Response link(core::Visit& visit);

http::Response own_page(core::Visit& visit);
http::Response own_password(core::Visit& visit);
http::Response end_session(core::Visit& visit);
http::Response end_other_sessions(core::Visit& visit);
http::Response totp_page(core::Visit& visit);
http::Response totp_on(core::Visit& visit);
http::Response totp_off_page(core::Visit& visit);
http::Response totp_off(core::Visit& visit);
http::Response own_data(core::Visit& visit);

http::Response people_page(core::Visit& visit);
http::Response person_page(core::Visit& visit);
http::Response save_person(core::Visit& visit);
http::Response invite_page(core::Visit& visit);
http::Response invite(core::Visit& visit);
http::Response invite_again(core::Visit& visit);
http::Response erase_person(core::Visit& visit);
http::Response organisations_page(core::Visit& visit);
http::Response save_organisation(core::Visit& visit);

// The mail with a link that invites or resets.
void send_link(core::Visit& visit, const core::Account& account, core::LinkPurpose purpose);
// The same by a job, so that the answer takes as long for an address that nobody has.
void plan_reset(core::Visit& visit, const std::string& email);
void send_reset(core::House& house, const jobs::Job& job);

}  // namespace mitwirken::accounts
