// Contributions, support, confirmation, the desk and erasure, on both databases.
#include <doctest/doctest.h>

#include <set>

#include "core/contributions/contributions.h"
#include "core/moderation/moderation.h"
#include "core/participants/participants.h"
#include "core/procedures/transfer.h"
#include "core/procedures/words.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace core;

constexpr const char* plan = R"({
  "format": "mitwirken/procedure", "version": 1, "title": "Hafenpromenade", "state": "published",
  "summary": "Was soll an der Promenade entstehen?", "promise_days": 42, "later_member": {"kept": true},
  "dossier": {"key": "hafen", "title": "Der Hafen", "entries": [
    {"kind": "decision", "day": "2026-03-05", "title": "Aufstellungsbeschluss", "text": "", "url": ""}]},
  "tracks": [{"key": "alle", "label": "Für alle", "steps": [
    {"key": "sammeln", "label": "Sammeln", "first_day": "2026-11-01", "last_day": "2026-12-31", "text": "Jetzt!"},
    {"key": "danach", "label": "Danach", "roughly": "Frühjahr 2027"}]}],
  "activities": [], "grid": []})";

struct Scene {
    TenantId tenant;
    ProcedureRecord procedure;
    Occasion occasion;
    ParticipantId anna, ben;
};

// An activity row of its own: building blocks are tested in their folders, the core without them.
Scene scene(TestHouse& house, db::Tx& tx) {
    Scene s;
    s.tenant = house.tenant();
    const Timestamp now = house.clock().now();
    auto whole = *read_whole(plan);
    whole.record.id = *add_whole(house.house(), tx, s.tenant, whole, now);
    s.procedure = *find_procedure(tx, s.tenant, whole.record.id);
    Procedure with = load_plan(tx, s.procedure);
    with.activities.push_back({{}, "probe", "toolbox", "Probe", "", Who::anyone, "", 0, ""});
    with.grid.push_back({"probe", "alle", "sammeln", true, {"contribute"}, ""});
    REQUIRE_FALSE(save_plan(tx, s.tenant, s.procedure.id, with).any());
    const auto saved = load_plan(tx, s.procedure);
    s.occasion = {s.tenant, s.procedure.id, saved.activities[0].id, saved.tracks[0].steps[0].id};
    s.anna = add_participant(tx, s.tenant, {}, now).participant.id;
    s.ben = add_participant(tx, s.tenant, {}, now).participant.id;
    return s;
}

NewContribution idea(ParticipantId who, const std::string& title) {
    NewContribution c{.module = "toolbox", .kind = "idea", .title = title, .body = "Mehr Bänke"};
    c.participant = who;
    c.author_name = "Anna B.";
    c.original = R"({"title":"so wie getippt"})";
    return c;
}

}  // namespace

TEST_CASE("a procedure goes through the database and out again as the same file") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            const auto first = read_whole(plan);
            REQUIRE(first);
            const auto id = add_whole(house.house(), tx, house.tenant(), *first, house.clock().now());
            REQUIRE(id);
            const auto record = find_procedure(tx, house.tenant(), *id);
            const std::string out = write_whole(load_whole(house.house(), tx, house.tenant(), *record));
            auto a = nlohmann::json::parse(plan), b = nlohmann::json::parse(out);
            a["key"] = "hafenpromenade";
            CHECK(a == b);
        });
    });
}

TEST_CASE("a file that names an unknown building block or a wrong member changes nothing") {
    TestHouse house;
    house.write([&](db::Tx& tx) {
        auto json = nlohmann::json::parse(plan);
        json["activities"] = {{{"key", "x"}, {"module", "wuerfeln"}, {"title", "X"}}};
        const auto whole = read_whole(json.dump());
        REQUIRE(whole);
        const auto before = procedures(tx, house.tenant(), {}, 100).size();
        const auto added = add_whole(house.house(), tx, house.tenant(), *whole, house.clock().now());
        REQUIRE_FALSE(added);
        CHECK(problems_in_words(i18n::german(), added.problems()).find("wuerfeln") != std::string::npos);
        CHECK(procedures(tx, house.tenant(), {}, 100).size() == before);
        CHECK_FALSE(find_dossier(tx, house.tenant(), "hafen"));
        json["activities"] = nlohmann::json::array();
        json["promise_days"] = "viele";
        CHECK_FALSE(read_whole(json.dump()));
    });
}

TEST_CASE("an activity with contributions cannot be taken out of the plan, an empty one can") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            const Scene s = scene(house, tx);
            hand_in(tx, s.occasion, idea(s.anna, "Bänke"), house.clock().now());
            Procedure without = load_plan(tx, s.procedure);
            without.activities.clear();
            without.grid.clear();
            CHECK(save_plan(tx, s.tenant, s.procedure.id, without).of("activities") != nullptr);
            CHECK(load_plan(tx, s.procedure).activities.size() == 1);
            Procedure step_gone = load_plan(tx, s.procedure);
            step_gone.tracks[0].steps.erase(step_gone.tracks[0].steps.begin());
            step_gone.grid.clear();
            CHECK(save_plan(tx, s.tenant, s.procedure.id, step_gone).of("steps") != nullptr);
        });
    });
}

TEST_CASE("counters of support, comments and contributions follow what happens, also twice and back") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            const Scene s = scene(house, tx);
            const Timestamp now = house.clock().now();
            const auto id = hand_in(tx, s.occasion, idea(s.anna, "Bänke"), now);
            const auto seen = [&] { return *find_contribution(tx, s.tenant, id); };
            CHECK(support(tx, s.occasion, seen(), s.ben, now));
            CHECK_FALSE(support(tx, s.occasion, seen(), s.ben, now));
            CHECK(seen().supports == 1);
            CHECK(supported(tx, s.ben, {id}).size() == 1);
            CHECK(take_support_back(tx, s.occasion, seen(), s.ben, now));
            CHECK_FALSE(take_support_back(tx, s.occasion, seen(), s.ben, now));
            CHECK(seen().supports == 0);

            auto comment = idea(s.ben, "");
            comment.kind = "comment";
            comment.target = id;
            const auto said = hand_in(tx, s.occasion, comment, now);
            CHECK(seen().comments == 1);
            set_state(tx, *find_contribution(tx, s.tenant, said), ContributionState::hidden, now);
            set_state(tx, *find_contribution(tx, s.tenant, said), ContributionState::hidden, now);
            CHECK(seen().comments == 0);
            CHECK(comments_of(tx, id, {}, {}, 10).empty());
            CHECK(comments_of(tx, id, s.ben, {}, 10).size() == 1);  // its author still sees it

            CHECK(load_plan(tx, s.procedure).activities[0].contributions == 1);
            set_state(tx, seen(), ContributionState::withdrawn, now);
            CHECK(load_plan(tx, s.procedure).activities[0].contributions == 0);
        });
    });
}

TEST_CASE("lists page by key in every order without leaving out or repeating one") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            const Scene s = scene(house, tx);
            const Timestamp now = house.clock().now();
            for (int i = 0; i < 23; ++i) {
                const auto id = hand_in(tx, s.occasion, idea(s.anna, "Nr. " + std::to_string(i)), now);
                if (i % 3 == 0) support(tx, s.occasion, *find_contribution(tx, s.tenant, id), s.ben, now);
            }
            using Sort = ContributionFilter::Sort;
            for (const auto sort : {Sort::newest, Sort::supports, Sort::comments, Sort::random}) {
                ContributionFilter filter{.activity = s.occasion.activity, .kind = "idea", .sort = sort, .seed = 77};
                std::set<std::int64_t> seen;
                for (int page = 0; page < 10; ++page) {
                    const auto rows = contributions(tx, s.tenant, filter, 5);
                    if (rows.empty()) break;
                    for (const auto& row : rows) CHECK(seen.insert(row.id.value).second);
                    filter.after = key_of(rows.back(), filter);
                }
                CHECK(seen.size() == 23);
                CHECK(count_contributions(tx, s.tenant, filter) == 23);
                CHECK(count_contributions(tx, s.tenant, filter, 10) == 11);
            }
        });
    });
}

TEST_CASE("a confirmation works once, in time, and makes the address the participant's") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            const Scene s = scene(house, tx);
            const Timestamp now = house.clock().now();
            const auto token = add_confirmation(tx, s.tenant, {s.anna, {}, "anna@example.org"}, now);
            CHECK(find_confirmation(tx, s.tenant, token, now)->email == "anna@example.org");
            CHECK_FALSE(find_confirmation(tx, s.tenant, token, now + confirmation_valid));
            CHECK_FALSE(use_confirmation(tx, s.tenant, token + "x", now));
            CHECK(use_confirmation(tx, s.tenant, token, now));
            CHECK_FALSE(use_confirmation(tx, s.tenant, token, now));
            CHECK(find_participant(tx, s.tenant, s.anna)->email == "anna@example.org");

            auto waiting = idea(s.ben, "Wartet");
            waiting.state = ContributionState::waiting;
            const auto id = hand_in(tx, s.occasion, waiting, now);
            add_confirmation(tx, s.tenant, {s.ben, id, "ben@example.org"}, now);
            CHECK(expire_confirmations(tx, now).empty());
            CHECK(expire_confirmations(tx, now + confirmation_valid) == std::vector{id});
        });
    });
}

TEST_CASE("the desk: one open case, a second person where one proposes, the author's trust follows") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            const Scene s = scene(house, tx);
            const Timestamp now = house.clock().now();
            const auto id = hand_in(tx, s.occasion, idea(s.anna, "Bänke"), now);
            const auto seen = [&] { return *find_contribution(tx, s.tenant, id); };
            CHECK(flag(tx, s.tenant, seen(), s.ben, "insult", "Das ist beleidigend", now));
            CHECK_FALSE(flag(tx, s.tenant, seen(), s.ben, "insult", "noch einmal", now));
            const auto open = cases(tx, s.tenant, {}, 10);
            REQUIRE(open.size() == 1);
            CHECK(open_cases(tx, s.tenant) == 1);
            decide(tx, s.tenant, open[0], {AccountId{1}, RulingKind::propose_hide, "Regel 3", "…", now}, now);
            CHECK(seen().is_public());
            const auto proposed = *find_case(tx, s.tenant, open[0].id);
            CHECK_THROWS_AS(decide(tx, s.tenant, proposed, {AccountId{1}, RulingKind::hide, "Regel 3", "…", now}, now),
                            Conflict);
            decide(tx, s.tenant, proposed, {AccountId{2}, RulingKind::hide, "Regel 3", "Bitte sachlich.", now}, now);
            CHECK(seen().state == ContributionState::hidden);
            CHECK(rulings_of(tx, proposed.id).size() == 2);
            CHECK(open_cases(tx, s.tenant) == 0);
        });
    });
}

TEST_CASE("what a text shows of itself: words as wholes, endings by a star, links counted once") {
    const TextRules rules{{"depp", "trottel*"}, 2};
    CHECK(suspicion("Du Depp!", rules) == CaseReason::words);
    CHECK(suspicion("Trottelhaft", rules) == CaseReason::words);
    CHECK_FALSE(suspicion("Der Deppe-Weg ist schön", rules));
    CHECK_FALSE(suspicion("https://www.a.de und http://b.de", rules));
    CHECK(suspicion("https://a.de https://b.de www.c.de", rules) == CaseReason::links);
}

TEST_CASE("after erasure no personal column and no original holds anything of the person") {
    on_both_houses([](TestHouse& house) {
        house.write([&](db::Tx& tx) {
            const Scene s = scene(house, tx);
            const Timestamp now = house.clock().now();
            const auto id = hand_in(tx, s.occasion, idea(s.anna, "Bänke"), now);
            const auto other = hand_in(tx, s.occasion, idea(s.ben, "Bäume"), now);
            support(tx, s.occasion, *find_contribution(tx, s.tenant, other), s.anna, now);
            add_confirmation(tx, s.tenant, {s.anna, {}, "anna@example.org"}, now);
            set_participant_name(tx, s.anna, "Anna Beispiel");
            release_contributions(tx, s.tenant, s.anna, Keep::anonymous, now);
            erase_participant(tx, s.anna);
            const auto kept = *find_contribution(tx, s.tenant, id);
            CHECK(kept.title == "Bänke");
            CHECK(kept.author_name.empty());
            CHECK_FALSE(kept.participant);
            CHECK(originals(tx, id).empty());
            CHECK(find_contribution(tx, s.tenant, other)->supports == 0);
            CHECK(find_participant(tx, s.tenant, s.anna)->name.empty());

            release_contributions(tx, s.tenant, s.ben, Keep::nothing, now);
            erase_participant(tx, s.ben);
            CHECK(find_contribution(tx, s.tenant, other)->title.empty());
            CHECK(find_contribution(tx, s.tenant, other)->state == ContributionState::withdrawn);
        });
    });
}

}  // namespace mitwirken::tests
