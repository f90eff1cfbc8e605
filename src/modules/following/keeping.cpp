// What is kept of persons: export, erasure, and what the night forgets. Also the example's feeds.
#include <nlohmann/json.hpp>

#include "core/contributions/contributions.h"
#include "core/people/people.h"
#include "core/procedures/records.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::following {

namespace {

constexpr auto keep_sent = std::chrono::hours{24 * 45}, keep_happenings = std::chrono::hours{24 * 400};
constexpr int forget_at_once = 200;

void add(std::vector<Reader>& list, std::optional<Reader> reader) {
    if (reader && std::none_of(list.begin(), list.end(), [&](const Reader& known) { return known.id == reader->id; }))
        list.push_back(std::move(*reader));
}

std::vector<Reader> readers_of_person(db::Tx& tx, core::AccountId account) {
    auto list = readers_of(tx, account);
    if (const auto person = core::find_account(tx, account); person && person->tenant)
        add(list, find_reader(tx, person->tenant, lower_ascii(person->email)));
    return list;
}

std::vector<Reader> readers_of_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId participant) {
    auto list = readers_of(tx, tenant, participant);
    if (const std::string address = lower_ascii(address_of(tx, tenant, participant)); !address.empty())
        add(list, find_reader(tx, tenant, address));
    return list;
}

}  // namespace

nlohmann::json export_of(db::Tx& tx, const std::vector<Reader>& readers) {
    auto json = nlohmann::json::array();
    for (const auto& reader : readers) {
        auto follows = nlohmann::json::array();
        for (const auto& follow : follows_of(tx, reader.id))
            follows.push_back({{"kind", db::Names<Kind>::words[std::size_t(follow.kind)]},
                               {"name", name_of(tx, i18n::german(), reader.tenant, follow)},
                               {"rhythm", db::Names<Rhythm>::words[std::size_t(follow.rhythm)]},
                               {"confirmed", bool(follow.confirmed_at)},
                               {"since", to_iso(follow.created_at)}});
        json.push_back({{"email", reader.email},
                        {"language", reader.language},
                        {"paused_until", reader.paused_until},
                        {"news_of_own_procedures", reader.news},
                        {"follows", std::move(follows)}});
    }
    return json;
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    return export_of(tx, readers_of_person(tx, account));
}

nlohmann::json export_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId participant) {
    return export_of(tx, readers_of_participant(tx, tenant, participant));
}

void erase_person(db::Tx& tx, core::AccountId account, Timestamp) {
    for (const auto& reader : readers_of_person(tx, account)) erase_reader(tx, reader.id);
}

void erase_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId participant, core::Keep, Timestamp) {
    for (const auto& reader : readers_of_participant(tx, tenant, participant)) erase_reader(tx, reader.id);
    forget_author(tx, participant);
}

void nightly(core::House& house, const jobs::Job&) {
    const Timestamp now = house.clock->now();
    house.database->write([&](db::Tx& tx) {
        expire_follows(tx, now - confirm_within);
        jobs::enqueue(tx, {.kind = std::string(steps_job), .run_at = now, .unique_key = "now"}, now);
        // What is due and has lost its job.
        for (const auto& tenant : core::all_tenants(tx))
            if (const auto due = next_delivery(tx, tenant.id)) plan_sending(tx, tenant.id, std::max(*due, now), now);
    });
    for (bool more = true; more;)
        house.database->write([&](db::Tx& tx) {
            const auto idle = idle_readers(tx, now - confirm_within, forget_at_once);
            for (const auto id : idle) erase_reader(tx, id);
            more = int(idle.size()) == forget_at_once;
        });
    for (bool more = true; more;)
        house.database->write(
            [&](db::Tx& tx) { more = forget_old(tx, now - keep_sent, now - keep_happenings, forget_at_once); });
}

// The feeds of the example show what its residents handed in; nobody follows anything yet.
void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    for (const auto& procedure : core::procedures(tx, tenant, {}, 100)) {
        if (procedure.state == core::ProcedureState::draft) continue;
        for (const auto& activity : core::load_plan(tx, procedure).activities) {
            core::ContributionFilter filter{.activity = activity.id, .kind = "idea"};
            auto list = core::contributions(tx, tenant, filter, 100);
            std::reverse(list.begin(), list.end());
            for (const auto& c : list) {
                Happening h{.tenant = tenant, .what = What::contribution, .mark = mark_of(c.id)};
                h.procedure = procedure.id;
                h.contribution = c.id;
                h.url = "/beitrag/" + std::to_string(c.id.value);
                h.at = c.published_at.value_or(c.created_at);
                if (const auto id = add_happening(tx, h))
                    while (ask_next(tx, *id, now)) {
                    }
            }
        }
    }
}

}  // namespace mitwirken::following
