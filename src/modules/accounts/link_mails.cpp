// Mails with a link that invites somebody or gives a new password.
#include <nlohmann/json.hpp>

#include "core/notify/letter.h"
#include "modules/accounts/accounts.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::accounts {

namespace {

constexpr std::string_view reset_job = "accounts.reset";

// In whose name and language the mail is written, and the address that the link's token is put behind.
struct Letter {
    const core::Tenant& tenant;
    const i18n::Language& language;
    std::string address;
};

std::string address_of(core::LinkPurpose purpose) {
    return purpose == core::LinkPurpose::invitation ? "/einladung/" : "/passwort/";
}

void send(db::Tx& tx, const Letter& letter, const core::Account& account, core::LinkPurpose purpose, Timestamp now) {
    const bool invited = purpose == core::LinkPurpose::invitation;
    const std::string token =
        core::add_link(tx, account.id, purpose, now, invited ? std::chrono::hours{24 * 7} : std::chrono::hours{2});
    const std::string url = letter.address + token;
    const auto& site = letter.tenant.site_name;
    const auto tr = [&](const Message& message) { return letter.language.tr(message); };
    const std::string subject = tr(invited ? tr_noop("Your access to {site}", {{"site", site}})
                                           : tr_noop("New password for {site}", {{"site", site}}));
    const std::string words =
        tr(invited ? tr_noop("You have been invited to work on {site}. Open this link and choose a password; it "
                             "works for seven days.",
                             {{"site", site}})
                   : tr_noop("Somebody – probably you – has asked for a new password for {site}. Open this link "
                             "and choose one; it works for two hours. If it was not you, there is nothing to do.",
                             {{"site", site}}));
    const core::Letter mail{.subject = subject,
                            .hello = tr(tr_noop("Hello {name},", {{"name", account.name}})),
                            .words = {words},
                            .url = url,
                            .button = tr(invited ? tr_noop("Choose a password") : tr_noop("Choose a new password")),
                            .kind = invited ? tr_noop("Invitation") : tr_noop("New password")};
    core::send_mail(tx, account.tenant, core::compose(letter.language, letter.tenant, account.email, mail), now);
}

}  // namespace

void send_link(core::Visit& visit, const core::Account& account, core::LinkPurpose purpose) {
    send(visit.tx, {visit.tenant, visit.language, visit.absolute(address_of(purpose))}, account, purpose, visit.now);
}

void plan_reset(core::Visit& visit, const std::string& email) {
    const auto account = core::find_account(visit.tx, visit.tenant.id, email);
    const nlohmann::json payload{{"account", account ? account->id.value : 0},
                                 {"address", visit.absolute(address_of(core::LinkPurpose::password_reset))},
                                 {"language", visit.language.code()}};
    jobs::enqueue(visit.tx,
                  {.kind = std::string(reset_job),
                   .payload = payload.dump(),
                   .run_at = visit.now,
                   .tenant = visit.tenant.id.value},
                  visit.now);
}

void send_reset(core::House& house, const jobs::Job& job) {
    const auto payload = nlohmann::json::parse(job.payload);
    const core::AccountId id{payload.at("account").get<std::int64_t>()};
    if (!id) return;  // nobody's address
    house.database->write([&](db::Tx& tx) {
        const auto account = core::find_account(tx, id);
        const auto* language = i18n::find_language(payload.at("language").get<std::string>());
        if (!account || account->state != core::AccountState::active || !language) return;
        for (const auto& tenant : core::all_tenants(tx))
            if (tenant.id.value == job.tenant)
                send(tx, {tenant, *language, payload.at("address").get<std::string>()}, *account,
                     core::LinkPurpose::password_reset, house.clock->now());
    });
}

}  // namespace mitwirken::accounts
