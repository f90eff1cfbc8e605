// Finding whom a happening concerns, by key, a few hundred at a time; see audience.h.
#include <algorithm>
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "core/contributions/contributions.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/following/audience.h"
#include "platform/base/text.h"
#include "platform/geo/geometry.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"
#include "platform/search/search.h"

namespace mitwirken::following {

namespace {

constexpr int batch = 500;
// How long something that is to be public later is waited for.
constexpr auto wait_for_publication = std::chrono::hours{24 * 90};

enum class Readiness { ready, later, never };

Readiness readiness(db::Tx& tx, const Happening& h, Timestamp now) {
    if (h.contribution) {
        const auto c = core::find_contribution(tx, h.tenant, h.contribution);
        if (!c || !c->is_public()) return Readiness::never;
    }
    if (h.procedure) {
        const auto procedure = core::find_procedure(tx, h.tenant, h.procedure);
        return procedure && procedure->state != core::ProcedureState::draft ? Readiness::ready : Readiness::never;
    }
    if (h.what != What::item || search::is_shown(tx, h.tenant.value, h.module, h.item, "public"))
        return Readiness::ready;
    return now - h.at < wait_for_publication ? Readiness::later : Readiness::never;
}

// Topics and districts: of the thing itself, of what a comment is about, and of the procedure.
std::vector<core::Term> terms_around(db::Tx& tx, const Happening& h) {
    std::vector<core::Term> terms;
    const auto add = [&](const core::Ref& ref) {
        for (auto& term : core::terms_of(tx, h.tenant, ref))
            if (std::none_of(terms.begin(), terms.end(), [&](const auto& known) { return known.id == term.id; }))
                terms.push_back(std::move(term));
    };
    if (!h.module.empty()) add({h.module, h.item});
    auto c = h.contribution ? core::find_contribution(tx, h.tenant, h.contribution) : std::nullopt;
    if (c && c->target) c = core::find_contribution(tx, h.tenant, c->target);
    if (c) add(c->ref());
    if (h.procedure) add({"procedures", h.procedure.value});
    return terms;
}

// Decided once, so that a job which begins anew asks the same people.
void open_audience(db::Tx& tx, Happening& h) {
    std::vector<std::string> words;
    const auto add = [&](std::string_view kind, std::int64_t item) {
        words.push_back(std::string(kind) + ":" + std::to_string(item));
    };
    std::vector<core::TermId> ids;
    for (const auto& term : terms_around(tx, h)) {
        ids.push_back(term.id);
        if (term.tree == "topic" || term.tree == "district") add(term.tree, term.id.value);
    }
    if (h.procedure) {
        add("procedure", h.procedure.value);
        add("search", h.procedure.value);
        if (const auto procedure = core::find_procedure(tx, h.tenant, h.procedure))
            add("dossier", procedure->dossier.value);
    }
    add("search", 0);
    if (const auto spot = spot_of(tx, h)) {
        add("radius", 0);
        if (spot->point) h.lon = spot->point->lon, h.lat = spot->point->lat;
    }
    if (h.everyone && h.procedure) add("people", 0);
    set_terms(tx, h.id, ids);
    h.audience = join(words, " ");
    h.after = 0;
    h.state = Progress::asking;
}

struct Batch {
    std::int64_t last = 0;
    bool full = false;
    std::set<Timestamp> due;
};

// Due times in whole minutes: those who wait for the end of a pause between mails share a job.
Timestamp rounded(Timestamp due, Timestamp now) {
    return due <= now ? now : Timestamp{std::chrono::ceil<std::chrono::minutes>(due.time_since_epoch())};
}

bool is_own_act(const Happening& h, const std::string& own_address, const Reader& reader) {
    return h.who && (reader.participant == h.who || (!own_address.empty() && reader.email == own_address));
}

void deliver_to(db::Tx& tx, const Happening& h, const Reader& reader, FollowId why, Rhythm rhythm, Timestamp now,
                Batch& done) {
    const auto due = rounded(due_at(rhythm, reader, now), now);
    if (deliver(tx, h, reader.id, why, due)) done.due.insert(due);
}

Batch ask_followers(db::Tx& tx, const Happening& h, Kind kind, std::int64_t item, Timestamp now) {
    Batch done;
    const std::string own = address_of(tx, h.tenant, h.who);
    const auto spot = kind == Kind::radius ? spot_of(tx, h) : std::nullopt;
    if (kind == Kind::radius && !spot) return done;
    const auto list = spot ? followers_around(tx, h.tenant, spot->box, h.after, batch)
                           : followers(tx, h.tenant, kind, item, h.after, batch);
    const bool searching = kind == Kind::search && !list.empty();
    const search::ReadText text(searching ? text_of(tx, h) : "");
    const std::string facet = searching ? facet_of(tx, h) : "";
    const auto terms = searching ? terms_of(tx, h.id) : std::vector<core::TermId>{};
    for (const auto& follow : list) {
        done.last = follow.id.value;
        // Nobody is told of what happened before they asked; what is published counts from the day it is public.
        if (h.what != What::item && follow.confirmed_at > h.at) continue;
        if (spot && !reaches(follow, *spot)) continue;
        if (searching && !finds(follow, text, facet, terms)) continue;
        const auto reader = find_reader(tx, follow.reader);
        if (reader && !is_own_act(h, own, *reader)) deliver_to(tx, h, *reader, follow.id, follow.rhythm, now, done);
    }
    done.full = int(list.size()) == batch;
    return done;
}

// Everybody who took part and can be written to, unless they said that they do not want it.
Batch ask_people(db::Tx& tx, const Happening& h, Timestamp now) {
    Batch done;
    const std::string own = address_of(tx, h.tenant, h.who);
    const auto list = people_of(tx, h.tenant, h.procedure, h.after, batch);
    for (const auto& person : list) {
        done.last = person.id.value;
        const std::string email = lower_ascii(person.email);
        if (!mail::is_address(email) || person.id == h.who) continue;
        const auto reader = need_reader(tx, {h.tenant, email, person.account, person.id, person.language, ""}, now);
        if (reader.news && !is_own_act(h, own, reader)) deliver_to(tx, h, reader, {}, Rhythm::at_once, now, done);
    }
    done.full = int(list.size()) == batch;
    return done;
}

std::optional<Kind> kind_from(std::string_view word) {
    for (std::size_t i = 0; i < std::size(db::Names<Kind>::words); ++i)
        if (db::Names<Kind>::words[i] == word) return Kind(i);
    return {};
}

}  // namespace

bool ask_next(db::Tx& tx, HappeningId id, Timestamp now) {
    auto h = find_happening(tx, id);
    if (!h || h->state == Progress::done || h->state == Progress::dropped) return false;
    const auto ready = readiness(tx, *h, now);
    if (ready == Readiness::later) {
        jobs::enqueue(tx,
                      {.kind = std::string(fan_out_job),
                       .payload = std::to_string(id.value),
                       .run_at = now + std::chrono::hours{1},
                       .unique_key = "later:" + std::to_string(id.value),
                       .tenant = h->tenant.value},
                      now);
        return false;
    }
    if (ready == Readiness::never) {
        h->state = Progress::dropped;
    } else if (h->state == Progress::fresh) {
        open_audience(tx, *h);
    } else if (h->audience.empty()) {
        h->state = Progress::done;
    } else {
        auto words = split(h->audience, ' ');
        const auto parts = split(words.front(), ':');
        const auto kind = kind_from(parts.front());
        const auto done =
            kind ? ask_followers(tx, *h, *kind, to_int(parts.back()).value_or(0), now) : ask_people(tx, *h, now);
        for (const auto due : done.due) plan_sending(tx, h->tenant, due, now);
        h->after = done.full ? done.last : 0;
        if (!done.full) words.erase(words.begin());
        h->audience = join(words, " ");
    }
    save_progress(tx, *h);
    return h->state == Progress::asking;
}

void fan_out(core::House& house, const jobs::Job& job) {
    const HappeningId id{to_int(job.payload).value_or(0)};
    for (bool more = true; more;)
        house.database->write([&](db::Tx& tx) { more = ask_next(tx, id, house.clock->now()); });
}

void plan_sending(db::Tx& tx, core::TenantId tenant, Timestamp due, Timestamp now) {
    jobs::enqueue(tx,
                  {.kind = std::string(send_job),
                   .run_at = due,
                   .unique_key = due <= now ? "now" : to_iso(due),
                   .tenant = tenant.value},
                  now);
}

std::string text_of(db::Tx& tx, const Happening& h) {
    if (!h.module.empty())
        if (const auto text = search::text_of(tx, h.module, h.item)) return *text;
    std::string text = h.title + "\n" + h.text;
    if (const auto c = h.contribution ? core::find_contribution(tx, h.tenant, h.contribution) : std::nullopt)
        text += "\n" + c->title + "\n" + c->body;
    return text;
}

std::string facet_of(db::Tx& tx, const Happening& h) {
    if (h.what == What::item) return h.word;
    const auto c = h.contribution ? core::find_contribution(tx, h.tenant, h.contribution) : std::nullopt;
    return c ? c->kind : "";
}

bool finds(const Follow& saved, const search::ReadText& text, const std::string& facet,
           const std::vector<core::TermId>& terms) {
    if (!saved.facet.empty() && saved.facet != facet) return false;
    for (const auto wanted : term_ids(saved.terms))
        if (std::find(terms.begin(), terms.end(), wanted) == terms.end()) return false;
    return saved.words.empty() || text.found_by(saved.words);
}

std::optional<Spot> spot_of(db::Tx& tx, const Happening& h) {
    std::optional<double> lon = h.lon, lat = h.lat;
    auto c = h.contribution ? core::find_contribution(tx, h.tenant, h.contribution) : std::nullopt;
    if (c && c->target) c = core::find_contribution(tx, h.tenant, c->target);
    if (c) lon = c->lon, lat = c->lat;
    if (lon && lat) return Spot{{*lon, *lat, *lon, *lat}, geo::Point{*lon, *lat}, "", {}};
    // What is said of one contribution without a place is nowhere; what is said of a procedure is in all of its area.
    if (c || !h.procedure) return {};
    const auto procedure = core::find_procedure(tx, h.tenant, h.procedure);
    if (!procedure || procedure->area.empty()) return {};
    const auto area = geo::read_geometry(procedure->area);
    if (!area) return {};
    Spot spot{area->box, {}, area->json, {}};
    const auto json = nlohmann::json::parse(area->json, nullptr, false);
    const auto collect = [&](const auto& self, const nlohmann::json& part) -> void {
        if (part.size() == 2 && part[0].is_number())
            spot.corners.push_back({part[0].template get<double>(), part[1].template get<double>()});
        else
            for (const auto& inner : part) self(self, inner);
    };
    if (json.contains("coordinates")) collect(collect, json["coordinates"]);
    return spot;
}

bool reaches(const Follow& circle, const Spot& spot) {
    const auto near = [&](geo::Point point) {
        return geo::distance_metres(circle.centre(), point) <= double(circle.metres);
    };
    if (spot.point) return near(*spot.point);
    if (std::any_of(spot.corners.begin(), spot.corners.end(), near)) return true;
    const nlohmann::json centre{{"type", "Point"}, {"coordinates", {circle.lon, circle.lat}}};
    return geo::contains(spot.area, centre.dump());
}

}  // namespace mitwirken::following
