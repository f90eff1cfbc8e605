// Mails that prove an address. The request only notes what is wanted; whether there is an account, and so which mail is
// written or none, is found out by the job: the answer tells nobody who has an account.
#include <nlohmann/json.hpp>

#include "core/notify/letter.h"
#include "modules/accounts/accounts.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::accounts {

namespace {

using core::AddressPurpose;

constexpr std::string_view address_job = "accounts.address";

struct Sender {
    db::Tx& tx;
    const core::Tenant& tenant;
    const i18n::Language& language;
    std::string base;  // "https://host", with the language's prefix
    Timestamp now;

    std::string tr(const Message& message) const { return language.tr(message); }
    std::string tr(std::string_view id) const { return language.tr(id); }
    void send(const std::string& to, const core::Letter& letter) const {
        core::send_mail(tx, tenant.id, core::compose(language, tenant, to, letter), now);
    }
};

Message site_words(const Sender& s, Message message) {
    message.arguments.emplace_back("site", s.tenant.site_name);
    return message;
}

void send_registration(const Sender& s, const core::AddressLink& link) {
    s.send(link.email,
           {.subject = s.tr(site_words(s, tr_noop("Your registration at {site}"))),
            .words = {s.tr(site_words(s, tr_noop("somebody – probably you – wants an account at {site} with this "
                                                 "address. Open the page and press the button there; then the account "
                                                 "is made. The link works for one day."))),
                      s.tr("If it was not you, there is nothing to do: without the button the address is deleted.")},
            .url = s.base + "/registrieren/" + core::arm_address_link(s.tx, link),
            .button = s.tr("Make my account")});
}

void send_known(const Sender& s, const core::AddressLink& link) {
    s.send(link.email,
           {.subject = s.tr(site_words(s, tr_noop("You have an account at {site} already"))),
            .words = {s.tr(site_words(s, tr_noop("somebody – probably you – wanted to register this address at {site} "
                                                 "once more. There is an account already: please sign in, or ask for a "
                                                 "new password.")))},
            .url = s.base + "/anmelden",
            .button = s.tr("Sign in")});
    core::drop_address_link(s.tx, link.id);
}

void send_sign_in(const Sender& s, const core::AddressLink& link) {
    s.send(link.email,
           {.subject = s.tr(site_words(s, tr_noop("Your link to sign in to {site}"))),
            .words = {s.tr("here is the link you asked for. Open the page and press the button there. It works once, "
                           "for 15 minutes."),
                      s.tr("If you have not asked for it, there is nothing to do; do not hand the link on.")},
            .url = s.base + "/anmelden/link/" + core::arm_address_link(s.tx, link),
            .button = s.tr("Sign in")});
}

void send_change(const Sender& s, const core::AddressLink& link) {
    s.send(link.email,
           {.subject = s.tr(site_words(s, tr_noop("Your new address at {site}"))),
            .words = {s.tr(site_words(s, tr_noop("this address is to become the one of your account at {site}. Open "
                                                 "the page and press the button there; the link works for one day."))),
                      s.tr("If it was not you, there is nothing to do.")},
            .url = s.base + "/konto/e-mail/" + core::arm_address_link(s.tx, link),
            .button = s.tr("Use this address")});
}

void send_what_fits(const Sender& s, const core::AddressLink& link) {
    const auto known = core::find_account(s.tx, link.tenant, link.email);
    const bool active = known && known->state == core::AccountState::active;
    if (link.purpose == AddressPurpose::register_)
        return known ? (active ? send_known(s, link) : core::drop_address_link(s.tx, link.id))
                     : send_registration(s, link);
    if (link.purpose == AddressPurpose::change)
        return known ? core::drop_address_link(s.tx, link.id) : send_change(s, link);
    // Staff sign in with their password and, where they have one, their second factor; a mailbox alone is too little.
    if (active && known->is_resident() && known->id == link.account) return send_sign_in(s, link);
    core::drop_address_link(s.tx, link.id);
}

}  // namespace

void plan_address_mail(core::Visit& visit, AddressPurpose purpose, const std::string& email, const std::string& back,
                       core::AccountId account) {
    if (!account)
        if (const auto known = core::find_account(visit.tx, visit.tenant.id, email)) account = known->id;
    const auto valid =
        purpose == AddressPurpose::sign_in ? core::sign_in_link_valid : std::chrono::minutes(core::address_link_valid);
    const auto id = core::add_address_link(visit.tx, {.tenant = visit.tenant.id,
                                                      .purpose = purpose,
                                                      .account = account,
                                                      .email = email,
                                                      .back = back,
                                                      .expires_at = visit.now + valid});
    std::string base = visit.absolute("/");
    base.erase(base.find_last_not_of('/') + 1);
    const nlohmann::json payload{{"link", id}, {"base", base}, {"language", visit.language.code()}};
    jobs::enqueue(visit.tx,
                  {.kind = std::string(address_job),
                   .payload = payload.dump(),
                   .run_at = visit.now,
                   .tenant = visit.tenant.id.value},
                  visit.now);
}

void send_address_mail(core::House& house, const jobs::Job& job) {
    const auto payload = nlohmann::json::parse(job.payload);
    const auto* language = i18n::find_language(payload.at("language").get<std::string>());
    house.database->write([&](db::Tx& tx) {
        const auto link = core::find_address_link(tx, payload.at("link").get<std::int64_t>());
        const Timestamp now = house.clock->now();
        if (!link || !language || link->expires_at <= now) return;
        for (const auto& tenant : core::all_tenants(tx))
            if (tenant.id == link->tenant)
                send_what_fits({tx, tenant, *language, payload.at("base").get<std::string>(), now}, *link);
    });
}

void tell_old_address(core::Visit& visit, const core::Account& account, const std::string& new_email) {
    const core::Letter letter{
        .subject = visit.tr(tr_noop("Your address at {site} was changed", {{"site", visit.tenant.site_name}})),
        .words = {visit.tr(tr_noop("from now on your account at {site} has the address {email}. If it was not you, "
                                   "please write to us at once.",
                                   {{"site", visit.tenant.site_name}, {"email", new_email}}))}};
    core::send_mail(visit.tx, visit.tenant.id, core::compose(visit.language, visit.tenant, account.email, letter),
                    visit.now);
}

}  // namespace mitwirken::accounts
