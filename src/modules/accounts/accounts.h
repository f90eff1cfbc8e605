// People sign in and look after their own account: residents, who register themselves, and staff, whom administrators
// invite and give roles.
// Guessing is slowed by network address and, for browsers that never signed in here, by account; the browser of the
// person attacked carries a signed device mark and is not slowed, so nobody can be locked out by others.
#pragma once

#include <string>

#include "core/forms/forms.h"
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
// The path to return to after signing in, with the language's prefix: one of ours, else "".
std::string safe_return(const std::string& path);
// "weiter" of the form or of the address.
std::string return_of(const core::Visit& visit);
// Where somebody goes after signing in: back, or to the place where their work is.
std::string landing(const core::Visit& visit, const core::Account& account, const std::string& back);
Message wait_words(std::chrono::seconds wait);

inline constexpr std::string_view registration_setting = "accounts.registration";

// The narrow card that the pages of signing in are.
core::PageHead head_of(core::Visit& visit, const Message& title);
html::SafeHtml card(core::Visit& visit, const Message& title, const Message& lead, const html::SafeHtml& form,
                    const Message& link = {}, const std::string& link_url = {});
// A new session, whose token no one knew before; the second factor may still be due. Then the browser's pseudonym
// becomes the resident's.
http::Response let_in(core::Visit& visit, const core::Account& account, bool second_factor_pending,
                      const std::string& back);

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

// ---- address_pages.cpp: registering, sign-in links, another address – by a mail whose page has a button
void hash_if_link(core::Preparation& preparation);
http::Response register_page(core::Visit& visit);
http::Response register_(core::Visit& visit);
http::Response registration_page(core::Visit& visit);
http::Response registration(core::Visit& visit);
http::Response link_sign_in_page(core::Visit& visit);
http::Response link_sign_in(core::Visit& visit);
http::Response sign_in_link_page(core::Visit& visit);
http::Response sign_in_link(core::Visit& visit);
http::Response new_address_page(core::Visit& visit);
http::Response new_address(core::Visit& visit);

// ---- resident_pages.cpp: what only residents do with their account
http::Response change_name(core::Visit& visit);
http::Response address_page(core::Visit& visit);
http::Response change_address(core::Visit& visit);
http::Response proof_page(core::Visit& visit);
http::Response give_proof(core::Visit& visit);
http::Response leave_page(core::Visit& visit);
http::Response leave(core::Visit& visit);
// The upper part of a resident's own page: who they are to us.
html::SafeHtml resident_part(core::Visit& visit, const core::Account& account, const Problems& problems);

// ---- proof_codes.cpp: staff make codes on paper
http::Response codes_page(core::Visit& visit);
http::Response make_codes(core::Visit& visit);

// ---- own_pages.cpp, for resident_pages.cpp
core::Account me(core::Visit& visit);
// The own page shown again with what is wrong.
http::Response own_again(core::Visit& visit, const Problems& problems);
http::Response own_shown(core::Visit& visit, const core::Heading& heading, const html::SafeHtml& content,
                         const Problems& problems);
// The fields that show that it is really the account's owner, and their check: password and second factor, or, where
// there is no password, that one has signed in just now.
void add_proof(core::FormView& form, const core::Account& account);
void check_proof(core::Visit& visit, const core::Account& account, Problems& problems);

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

// ---- address_mails.cpp
void plan_address_mail(core::Visit& visit, core::AddressPurpose purpose, const std::string& email,
                       const std::string& back, core::AccountId account = {});
void send_address_mail(core::House& house, const jobs::Job& job);
void tell_old_address(core::Visit& visit, const core::Account& account, const std::string& new_email);

}  // namespace mitwirken::accounts
