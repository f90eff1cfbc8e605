// The desk at work: shortening, pictures, similar texts, trust, limits, proof of work, many cases at once.
#include <doctest/doctest.h>

#include "core/attachments/attachments.h"
#include "core/attachments/covering.h"
#include "core/forms/work.h"
#include "core/moderation/similar.h"
#include "core/procedures/records.h"
#include "modules/moderation/tests/desk_scene.h"
#include "platform/base/text.h"
#include "platform/geo/geo.h"

namespace mitwirken::tests {

namespace {

Form typed(const Fields& fields) {
    Form made;
    for (const auto& [name, value] : fields) made.add(name, value);
    return made;
}

std::string cut(const std::string& text, const std::string& shorter) {
    const auto result = shortened(text, shorter, "[…]", "x");
    return result ? *result : "problem";
}

core::ContributionId id_of(const std::string& path) {
    return core::ContributionId{*to_int(path.substr(path.rfind('/') + 1))};
}

const std::string insult =
    "Ihr seid doch alle unfähig und gehört abgewählt, jeder Einzelne von euch, und zwar noch vor dem Sommer.";
const Fields hide = {{"ruling", "hide"}, {"rule", "Respekt"}, {"words", "Bitte sachlich."}};

// Any picture: a map tile that we draw ourselves.
std::string png() { return geo::draw_tile({12, 2132, 1361}, {}, false); }

core::AttachmentId add_picture(TestHouse& house, const std::string& path) {
    auto stored = house.house().files->take_bytes(png(), "");
    REQUIRE(stored);
    core::AttachmentId id;
    house.write([&](db::Tx& tx) {
        const auto c = core::find_contribution(tx, house.tenant(), id_of(path));
        id = core::attach(tx, house.tenant(), c->ref(), {*stored, "foto.png", "Foto", "Eine Bank", "photo"}, {},
                          house.clock().now());
    });
    return id;
}

core::Attachment picture_of(TestHouse& house, core::AttachmentId id) {
    core::Attachment found;
    house.read([&](db::Tx& tx) { found = *core::find_attachment(tx, house.tenant(), id); });
    return found;
}

}  // namespace

TEST_CASE("a text is shortened by hand: words only go, and a mark says where") {
    CHECK(cut("Fragen an Herrn Muster, Weg 7. Bänke bitte.", "Fragen an Bänke bitte.") == "Fragen an […] Bänke bitte.");
    CHECK(cut("Fragen an Herrn Muster. Bänke.", "Fragen an […] Bänke.") == "Fragen an […] Bänke.");
    CHECK(cut("Ruf an: 0231555, bitte", "Ruf an: , bitte") == "Ruf an: […], bitte");
    CHECK(cut("Tel:0231555!", "Tel:!") == "Tel:[…]!");
    CHECK(cut("Ihr Deppen", "") == "[…]");
    CHECK(cut("Ändern und öffnen", "ndern und öffnen") != "problem");
    CHECK(cut("eins zwei\nzeile", "eins zwei\r\nzeile") == "eins zwei\nzeile");
    CHECK(cut("eins zwei drei", "eins vier drei") == "problem");
    CHECK(cut("eins zwei", "eins zwei und mehr") == "problem");
    // Never half a letter: the result stays valid text.
    CHECK(cut("grün", "grü") == "grü[…]");
    CHECK(mark_of("Respekt") == "[… – Respekt]");
    CHECK(mark_of("a](b)[") == "[… – a(b)]");
}

TEST_CASE("the form shortens title and text, compares first, and refuses other words") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        auto office = house.as(core::Role::moderator);
        const std::string path = idea(house, anna, "Bänke für Frau Muster", "Fragen an Herrn Muster. Bänke bitte.");
        REQUIRE(report(house, ben, path).status == 303);
        const std::string one = newest_case(house);
        CHECK(office.get(one).has("Fragen an Herrn Muster. Bänke bitte.</textarea>"));
        Fields fields = {{"ruling", "redact"},
                         {"block", "Persönliche Daten"},
                         {"short_title", "Bänke für"},
                         {"short_body", "Fragen an Bänke bitte."},
                         {"_preview", "1"}};
        const auto preview = office.post(one, fields);
        CHECK(preview.status == 200);
        CHECK(preview.has("<del>"));
        CHECK(preview.has("[… – Schutz persönlicher Daten]"));
        CHECK(house.visitor().get(path).has("Herrn Muster"));  // nothing is decided yet
        fields.pop_back();
        auto wrong = fields;
        wrong[3].second = "Fragen an den Bürgermeister";
        const auto refused = office.post(one, wrong);
        CHECK(refused.status == 422);
        CHECK(refused.has("Fragen an den Bürgermeister"));
        // The text block brings its rule.
        REQUIRE(office.post(one, fields).status == 303);
        const auto seen = house.visitor().get(path);
        CHECK(seen.has("Fragen an [… – Schutz persönlicher Daten] Bänke bitte."));
        CHECK_FALSE(seen.has("Muster"));
        CHECK(office.get(one).has("Herrn Muster"));
    });
}

TEST_CASE("of a hidden text a sketch is kept: nearly the same text waits for the desk, others do not") {
    CHECK(core::prints_of("Danke!").empty());
    CHECK(core::prints_of(insult) == core::prints_of("IHR seid doch alle unfähig, und gehört abgewählt; jeder "
                                                     "Einzelne von euch und zwar noch vor dem Sommer!!"));
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor(), cem = house.visitor();
        auto office = house.as(core::Role::moderator), other = house.as(core::Role::admin);
        const std::string path = idea(house, anna, "Rathaus", insult);
        REQUIRE(report(house, ben, path).status == 303);
        REQUIRE(office.post(newest_case(house), hide).status == 303);
        std::string changed = insult;
        changed.replace(changed.find("Sommer"), 6, "Winter");
        const std::string again = idea(house, cem, "Rathaus", changed);
        CHECK(house.visitor().get(again).status == 404);
        CHECK(office.get(std::string(desk) + "?grund=similar_to_removed").has("Rathaus"));
        const std::string free = idea(house, ben, "Rathaus öffnen",
                                      "Das Rathaus soll auch am Samstag offen sein, damit alle hingehen können.");
        CHECK(house.visitor().get(free).status == 200);
        // Granted an appeal, the text holds up nobody any more.
        REQUIRE(other.post(newest_case(house), hide).status == 303);
        house.write([&](db::Tx& tx) {
            core::forget_removed(tx, id_of(again));
            core::forget_removed(tx, id_of(path));
            CHECK_FALSE(core::similar_to_removed(tx, house.tenant(), insult));
        });
    });
}

TEST_CASE("who was public often enough without complaint is not looked at first; hiding takes that away") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        auto office = house.as(core::Role::moderator);
        std::string last;
        for (const char* title : {"Eins", "Zwei", "Drei"}) last = idea(house, anna, title, "Bänke am Weg bitte.");
        core::ParticipantId who;
        const auto standing = [&] {
            std::int64_t points = 0;
            house.read([&](db::Tx& tx) {
                who = core::find_contribution(tx, house.tenant(), id_of(last))->participant;
                points = core::standing(tx, house.tenant(), who, house.clock().now());
            });
            return points;
        };
        CHECK(standing() == 0);  // a day has to pass: until then nobody has had time to complain
        house.clock().set(house.clock().now() + 25h);
        CHECK(standing() == 3);
        REQUIRE(report(house, ben, last).status == 303);
        CHECK(standing() == 2);
        office = house.as(core::Role::moderator);
        REQUIRE(office.post(newest_case(house), hide).status == 303);
        CHECK(standing() == -3);
    });
}

TEST_CASE("in an activity that looks before publication, trusted people are public at once where the town wants it") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        idea(house, anna, "Eins", "Bänke am Weg bitte.");
        house.clock().set(house.clock().now() + 25h);
        house.write([&](db::Tx& tx) {
            const auto procedure = core::find_procedure(tx, house.tenant(), "smart-rhino");
            auto plan = core::load_plan(tx, *procedure);
            for (auto& activity : plan.activities) {
                if (activity.key != "ideen") continue;
                auto settings = nlohmann::json::parse(activity.settings, nullptr, false);
                if (!settings.is_object()) settings = nlohmann::json::object();
                settings["moderation"] = "before";
                activity.settings = settings.dump();
            }
            REQUIRE_FALSE(core::save_plan(tx, house.tenant(), procedure->id, plan).any());
        });
        CHECK(house.visitor().get(idea(house, anna, "Zwei", "Ein Brunnen am Platz.")).status == 404);
        set(house, "moderation.trusted_after", "1");
        CHECK(house.visitor().get(idea(house, anna, "Drei", "Noch ein Baum am Platz.")).status == 200);
        CHECK(house.visitor().get(idea(house, ben, "Vier", "Ein Weg am Ufer.")).status == 404);
    });
}

TEST_CASE("a thousand contributions a minute from one connection are refused in words, the typed text stays") {
    TestHouse house;
    auto robot = house.visitor();
    set(house, "moderation.hourly_address", "40");
    int taken = 0, refused = 0;
    Answer last;
    for (int i = 0; i < 60; ++i) {
        auto fresh = house.visitor();
        const std::string form = fmt::format("{}/neu", ideas_path);
        const auto page = fresh.get(form);
        const std::string mark = "name=\"_shown\" value=\"";
        const auto begin = page.body.find(mark) + mark.size();
        if (i == 0) house.clock().set(house.clock().now() + 5s);
        const std::string shown = page.body.substr(begin, page.body.find('"', begin) - begin);
        last = fresh.post(
            form,
            {{"title", "Nummer " + std::to_string(i)}, {"body", "Getippt " + std::to_string(i)}, {"_shown", shown}});
        if (last.status == 303) ++taken;
        if (last.has("schon viel abgeschickt")) ++refused;
    }
    CHECK(taken <= 41);
    CHECK(refused >= 19);
    CHECK(last.status == 422);
    CHECK(last.has("Getippt 59"));
}

TEST_CASE("proof of work: solved once it counts, replayed, missing or of another activity somebody looks first") {
    CHECK(core::solves("x", "1", 0));
    CHECK_FALSE(core::solves("x", "", 0));
    CHECK_FALSE(core::solves("x", std::string(1000, '1'), 0));
    on_both_houses([](TestHouse& house) {
        set(house, "moderation.proof", "on");
        auto anna = house.visitor();
        const std::string form = std::string(ideas_path) + "/neu";
        const auto value = [&](const std::string& page, const std::string& name) {
            const std::string mark = "name=\"" + name + "\" value=\"";
            const auto begin = page.find(mark) + mark.size();
            return page.substr(begin, page.find('"', begin) - begin);
        };
        const auto page = anna.get(form).body;
        const std::string challenge = value(page, "_work");
        REQUIRE(challenge.size() > 20);
        CHECK(page.find("work-worker.") != std::string::npos);
        int answer = 0;
        while (!core::solves(challenge, std::to_string(answer), core::proof_bits)) ++answer;
        Fields fields = {{"title", "Mit Nachweis"},
                         {"body", "Ein Baum."},
                         {"_shown", value(page, "_shown")},
                         {"_work", challenge},
                         {"_proof", std::to_string(answer)}};
        house.clock().set(house.clock().now() + 5s);
        const auto saved = anna.post(form, fields);
        REQUIRE(saved.status == 303);
        CHECK(house.visitor().get(saved.location()).status == 200);
        // The same solution again: not refused, but looked at.
        fields[0].second = "Noch einmal";
        house.clock().set(house.clock().now() + 20s);
        const auto replayed = anna.post(form, fields);
        REQUIRE(replayed.status == 303);
        CHECK(house.visitor().get(replayed.location()).status == 404);
        CHECK(house.as(core::Role::moderator).get(std::string(desk) + "?grund=unproven").has("Noch einmal"));
        // Without script: a longer least time, then held.
        const auto fresh = anna.get(form).body;
        Fields plain = {{"title", "Ohne"},
                        {"body", "Ein Beet."},
                        {"_shown", value(fresh, "_shown")},
                        {"_work", value(fresh, "_work")},
                        {"_proof", ""}};
        house.clock().set(house.clock().now() + 6s);
        const auto quick = anna.post(form, plain);
        CHECK(quick.status == 422);
        CHECK(quick.has("Ein Beet."));
        house.clock().set(house.clock().now() + 20s);
        const auto held = anna.post(form, plain);
        REQUIRE(held.status == 303);
        CHECK(house.visitor().get(held.location()).status == 404);
        // A challenge that nobody signed.
        plain[3].second = "1.x.y";
        plain[0].second = "Erfunden";
        CHECK(house.visitor().get(anna.post(form, plain).location()).status == 404);
    });
}

TEST_CASE("who reported and has a confirmed address is told the outcome, with thanks") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        auto office = house.as(core::Role::moderator);
        const std::string path = idea(house, anna, "Bänke", "Ihr Deppen");
        REQUIRE(report(house, ben, path).status == 303);
        house.write([&](db::Tx& tx) {
            const auto open = core::cases(tx, house.tenant(), {}, 10);
            const auto who = core::flags_of(tx, open.back().id).at(0).who;
            const Timestamp now = house.clock().now();
            const auto token = core::add_confirmation(tx, house.tenant(), {who, {}, "ben@example.org"}, now);
            REQUIRE(core::use_confirmation(tx, house.tenant(), token, now));
        });
        REQUIRE(office.post(newest_case(house), hide).status == 303);
        house.run_jobs();
        bool told = false;
        for (const auto& mail : house.mails())
            told = told || (mail.find("Was aus Ihrer Meldung wurde") != std::string::npos &&
                            mail.find("nicht mehr gezeigt") != std::string::npos);
        CHECK(told);
    });
}

TEST_CASE("several cases at once: taken over, let pass; what others decided is left and said") {
    on_both_houses([](TestHouse& house) {
        set(house, "discussion.most_links", "0");
        auto anna = house.visitor();
        auto office = house.as(core::Role::moderator), other = house.as(core::Role::coordinator);
        const std::string one = idea(house, anna, "Eins", "https://a.example");
        const std::string first = newest_case(house);
        const std::string two = idea(house, anna, "Zwei", "https://b.example");
        const std::string second = newest_case(house);
        const auto number = [](const std::string& path) { return path.substr(path.rfind('/') + 1); };
        REQUIRE(office.post(desk, {{"was", "take"}, {"c", number(first)}, {"c", number(second)}}).status == 303);
        CHECK(office.get(std::string(desk) + "?wer=ich").has("Eins"));
        CHECK_FALSE(other.get(std::string(desk) + "?wer=ich").has("Eins"));
        CHECK(other.get(first).has("Übernommen von"));
        CHECK(other.post(first + "/uebernehmen", {{"from", "0"}}).status == 409);
        CHECK(office.get(std::string(desk) + "?art=comment&alter=30").status == 200);
        CHECK_FALSE(office.get(std::string(desk) + "?alter=30").has("Eins"));
        REQUIRE(other.post(first, {{"ruling", "publish"}}).status == 303);
        const auto done = office.post(desk, {{"was", "pass"}, {"c", number(first)}, {"c", number(second)}});
        REQUIRE(done.status == 303);
        CHECK(office.follow(done).has("1"));
        CHECK(house.visitor().get(two).status == 200);
        CHECK(office.follow(office.post(desk, {{"was", "pass"}})).has("Bitte kreuzen Sie"));
        CHECK(office.follow(office.post(desk, {{"was", "boom"}, {"c", "x"}})).status == 200);
        const auto figures = house.visitor().get("/moderation/zahlen");
        CHECK(figures.status == 200);
        CHECK(figures.has("2026-11"));
    });
}

TEST_CASE("parts of a picture are covered: the old address answers nobody, the original only the desk") {
    on_both_houses([](TestHouse& house) {
        auto anna = house.visitor(), ben = house.visitor();
        auto office = house.as(core::Role::moderator);
        const std::string path = idea(house, anna, "Bänke", "Mit Foto.");
        const auto id = add_picture(house, path);
        const auto before = picture_of(house, id);
        REQUIRE(report(house, ben, path).status == 303);
        const std::string one = newest_case(house), page = one + "/bild/" + std::to_string(id.value);
        CHECK(office.get(one).has(page));
        CHECK(office.get(page).status == 200);
        CHECK(office.get(page + "/original").status == 404);
        CHECK(house.visitor().get(page).status != 200);
        Fields fields = {{"part-1-left", "10"},
                         {"part-1-top", "10"},
                         {"part-1-width", "25,5"},
                         {"part-1-height", "50"},
                         {"way", "black"}};
        auto preview = fields;
        preview.emplace_back("_preview", "1");
        CHECK(office.post(page, preview).has("25.50%"));
        CHECK(office.post(page, fields).status == 422);  // no rule, no words
        fields.insert(fields.end(), {{"rule", "Respekt"}, {"words", "Ein Gesicht."}});
        for (const char* wrong : {"80", "-1", "nan", "1e9", "x"}) {
            auto outside = fields;
            outside[0].second = wrong;
            INFO(wrong);
            const auto refused = office.post(page, outside);
            CHECK(refused.status == 422);
            CHECK(refused.has("Ein Gesicht."));
        }
        CHECK(picture_of(house, id).key == before.key);
        REQUIRE(office.post(page, fields).status == 303);
        const auto after = picture_of(house, id);
        CHECK(after.key != before.key);
        CHECK(after.sha256 != before.sha256);
        CHECK(after.width == before.width);
        CHECK(after.title == "Foto");
        CHECK(house.visitor().get("/dateien/" + before.key + "/foto.png").status == 404);
        CHECK(office.get("/dateien/" + before.key + "/foto.png").status == 404);
        const auto original = office.get(page + "/original");
        CHECK(original.status == 200);
        CHECK(original.body != office.get(page + "/datei").body);
        CHECK(house.visitor().get(page + "/original").status != 200);
        CHECK(house.as(core::Role::analyst).get(page + "/original").status == 403);
        CHECK(anna.get("/meine-beitraege").has("Ein Gesicht."));
        CHECK(house.visitor().get("/moderation/protokoll").has("Teil eines Bildes abgedeckt"));
        // The case is still open; with the attachment the original goes, too.
        CHECK(office.get(one).has("name=\"ruling\""));
        REQUIRE(office.post(page, fields).status == 303);  // once more: the first original stays
        CHECK(office.get(page + "/original").body == original.body);
        house.write([&](db::Tx& tx) { core::detach(tx, house.tenant(), id, house.clock().now()); });
        house.run_jobs();
        CHECK_FALSE(house.house().files->exists(before.key));
        CHECK_FALSE(house.house().files->exists(after.key));
    });
}

TEST_CASE("a withdrawn contribution is neither shortened nor are its pictures covered; other files are out of reach") {
    TestHouse house;
    auto anna = house.visitor(), ben = house.visitor();
    auto office = house.as(core::Role::moderator);
    const std::string path = idea(house, anna, "Bänke", "Mit Foto."), foreign = idea(house, anna, "Zwei", "Auch.");
    const auto id = add_picture(house, path), other = add_picture(house, foreign);
    REQUIRE(report(house, ben, path).status == 303);
    const std::string one = newest_case(house);
    CHECK(office.get(one + "/bild/" + std::to_string(other.value)).status == 404);
    CHECK(office.get(one + "/bild/999999").status == 404);
    house.write([&](db::Tx& tx) {
        core::set_state(tx, *core::find_contribution(tx, house.tenant(), id_of(path)),
                        core::ContributionState::withdrawn, house.clock().now());
    });
    const Fields fields = {{"part-1-left", "0"}, {"part-1-top", "0"}, {"part-1-width", "50"}, {"part-1-height", "50"},
                           {"way", "blur"},      {"rule", "Respekt"}, {"words", "x"}};
    const auto before = picture_of(house, id).key;
    CHECK(office.post(one + "/bild/" + std::to_string(id.value), fields).status == 409);
    CHECK(picture_of(house, id).key == before);
    CHECK(office.post(one, {{"ruling", "redact"}, {"rule", "Respekt"}, {"words", "x"}, {"short_body", ""}}).status ==
          409);
}

TEST_CASE("the names of rules are short, however long somebody's rules are") {
    const auto rules = rules_from(std::string(100'000, 'x') + ": Text\n");
    REQUIRE(rules.size() == 1);
    CHECK(rules[0].name.size() == longest_name);
    const auto blocks = blocks_from("Ton | Respekt\nBitte sachlich.\n");
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].name == "Ton");
    CHECK(rule_of(typed({{"block", "Ton"}}), blocks) == "Respekt");
    CHECK(rule_of(typed({{"block", "Ton"}, {"rule", "Anderes"}}), blocks) == "Anderes");
}

}  // namespace mitwirken::tests
