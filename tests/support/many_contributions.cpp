// Ideas, comments and support in bulk; see many.h.
#include <fmt/format.h>

#include "core/procedures/transfer.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/ideas/ideas.h"
#include "support/many.h"
#include "support/words.h"

namespace mitwirken::tests {

namespace {

// Running since a month, for a month.
core::WholeProcedure procedure_file(int number, Timestamp now) {
    const auto day = [&](int days) { return to_iso(berlin_day(now + std::chrono::hours{24 * days})); };
    const auto text = fmt::format(
        R"({{"format": "mitwirken/procedure", "version": 1, "title": "Lastverfahren {0}", "key": "last-{0}",
             "state": "published", "summary": "Was soll hier entstehen?", "promise_days": 42,
             "dossier": {{"key": "last-{0}", "title": "Vorhaben {0}"}},
             "tracks": [{{"key": "alle", "label": "Alle", "steps": [
               {{"key": "sammeln", "label": "Sammeln", "first_day": "{1}", "last_day": "{2}"}}]}}],
             "activities": [{{"key": "ideen", "module": "ideas", "title": "Ideen", "who": "everyone"}},
               {{"key": "stimmung", "module": "polls", "title": "Stimmung", "who": "everyone",
                 "content": {{"questions": [{{"key": "f1", "title": "Was zuerst?",
                   "options": [{{"key": "a1", "label": "Wege"}}, {{"key": "a2", "label": "Bäume"}}]}}]}}}}],
             "grid": [{{"activity": "stimmung", "track": "alle", "step": "sammeln", "visible": true, "open": ["vote"]}},
               {{"activity": "ideen", "track": "alle", "step": "sammeln", "visible": true,
                        "open": ["contribute", "support", "comment"]}}]}})",
        number, day(-30), day(30));
    return *core::read_whole(text);
}

struct Filler {
    db::Tx& tx;
    core::TenantId tenant;
    Timestamp now;
    core::Occasion occasion;
    std::vector<core::Term> topics;
    std::vector<core::ParticipantId> people;
    Writer writer;

    core::ParticipantId somebody() { return people[std::size_t(writer.below(int(people.size())))]; }
    // Spread over the last 30 days.
    Timestamp some_time() { return now - std::chrono::seconds{writer.below(30 * 24 * 3600)}; }

    core::Contribution add_idea(bool with_place) {
        core::NewContribution c{.module = "ideas", .kind = std::string(ideas::kind)};
        c.title = writer.words(5);
        c.body = writer.words(60);
        c.participant = somebody();
        if (with_place || writer.below(2) == 0) {
            c.lon = 7.30 + writer.below(300'000) / 1e6;
            c.lat = 51.42 + writer.below(180'000) / 1e6;
            c.place = fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", *c.lon, *c.lat);
        }
        c.original = R"({"title":"Lasttest"})";
        const auto id = core::hand_in(tx, occasion, c, some_time());
        ideas::save_fields(tx, tenant, occasion.activity, id, {});
        const auto stored = *core::find_contribution(tx, tenant, id);
        if (!topics.empty())
            core::classify(tx, tenant, stored.ref(), {topics[std::size_t(writer.below(int(topics.size())))].id});
        return stored;
    }

    void add_comment(const core::Contribution& idea) {
        core::NewContribution c{.module = "discussion", .kind = "comment"};
        c.body = writer.words(25);
        c.participant = somebody();
        c.target = idea.id;
        c.original = R"({"body":"Lasttest"})";
        core::hand_in(tx, occasion, c, some_time());
    }
};

// One procedure in one transaction.
void add_one(core::House& house, core::TenantId tenant, int number, int ideas, const Participation& all,
             Timestamp now) {
    house.database->write([&](db::Tx& tx) {
        const auto id = *core::add_whole(house, tx, tenant, procedure_file(number, now), now);
        const auto plan = core::load_plan(tx, *core::find_procedure(tx, tenant, id));
        Filler filler{tx,
                      tenant,
                      now,
                      {tenant, id, plan.activities.at(0).id, plan.tracks.at(0).steps.at(0).id},
                      core::terms(tx, tenant, "topic"),
                      {},
                      Writer(unsigned(number) + 7'000U)};
        for (int i = 0; i < std::max(50, ideas / 4); ++i)
            filler.people.push_back(core::add_participant_without_browser(tx, tenant, now));
        // As many for each idea as there are on average; by chance around it.
        const auto share = [&](int total) { return filler.writer.below(2 * total / std::max(all.ideas, 1) + 1); };
        for (int i = 0; i < ideas; ++i) {
            const auto idea = filler.add_idea(number == 1);
            for (int n = share(all.comments); n > 0; --n) filler.add_comment(idea);
            for (int n = share(all.supports); n > 0; --n)
                core::support(tx, filler.occasion, idea, filler.somebody(), filler.some_time());
        }
    });
}

}  // namespace

void add_participation(core::House& house, core::TenantId tenant, const Participation& all, Timestamp now) {
    const int largest = std::min(all.largest, all.ideas);
    const int others = all.procedures > 1 ? (all.ideas - largest) / (all.procedures - 1) : 0;
    for (int number = 1; number <= all.procedures; ++number)
        add_one(house, tenant, number, number == 1 ? largest : others, all, now);
    for (const char* module : {"procedures", "ideas", "discussion", "offers"}) house.versions.raise(tenant, module);
}

}  // namespace mitwirken::tests
