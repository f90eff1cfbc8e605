// Before an idea is sent: similar ones, the preview, and that nothing is lost on the way.
#include "core/moderation/moderation.h"
#include "modules/ideas/ideas.h"
#include "modules/ideas/tests/support.h"

namespace mitwirken::tests {

TEST_CASE("the telling words of a text: long enough, each once, in any script") {
    CHECK(ideas::telling_words("Ein Weg, ein WEG am Fluß \"-x\" Größere", 4, 5) ==
          std::vector<std::string>{"Fluß", "Größere"});
    CHECK(ideas::telling_words("aaaa bbbb cccc", 4, 2).size() == 2);
    CHECK(ideas::telling_words("", 4, 2).empty());
}

TEST_CASE("who hands in what is there already sees it first, may support it, and loses nothing") {
    on_both_houses([](TestHouse& house) {
        auto ben = someone(house);
        const auto first =
            send_idea(house, ben, {{"title", "Trinkbrunnen am Spielplatz"}, {"body", "Wasser für alle Kinder."}});
        REQUIRE(first.status == 303);
        auto anna = someone(house);
        const Fields fields{{"title", "Mehr Trinkbrunnen bei Spielplätzen"},
                            {"body", "Mein Text, **fett**."},
                            {"topics", "mobilitaet"},
                            {"name", "Anna"},
                            {"place-lat", "51,515"},
                            {"place-lon", "7,44"},
                            {"_step", "look"}};
        const auto look = send_idea(house, anna, fields);
        REQUIRE(look.status == 303);
        CHECK(look.location() == ideas_form + "?schritt=pruefen");
        const auto page = anna.follow(look);
        REQUIRE(page.status == 200);
        CHECK(page.has("Trinkbrunnen am Spielplatz"));
        CHECK(page.has("Mehr Trinkbrunnen bei Spielplätzen"));
        CHECK(page.has("<strong>fett</strong>"));
        CHECK(page.has("Trotzdem abschicken"));
        // Support for the other one, and back.
        const auto supported = anna.post(first.location() + "/unterstuetzung", {{"zurueck", "pruefen"}});
        CHECK(supported.location() == look.location());
        CHECK(anna.get(look.location()).has("Mehr Trinkbrunnen"));
        CHECK(anna.get(ideas_form).has("Mein Text, **fett**."));
        Fields again;
        for (const char* name : {"title", "body", "topics", "name", "place-lat", "place-lon", "_shown", "_key"})
            again.emplace_back(name, hidden_in(anna.get(look.location()).body, name));
        const auto saved = anna.post(ideas_form, again);
        REQUIRE(saved.status == 303);
        const auto idea = house.visitor().get(saved.location());
        CHECK(idea.has("Mehr Trinkbrunnen bei Spielplätzen"));
        CHECK(idea.has("Anna"));
        CHECK(idea.has("Mobilität"));
        CHECK(idea.has("place-map"));
        CHECK_FALSE(anna.get(ideas_form).has("Mein Text, **fett**."));
    });
}

TEST_CASE("what is like nothing else goes through at once; the preview is shown to whoever asks for it") {
    TestHouse house;
    auto anna = someone(house);
    const auto saved =
        send_idea(house, anna, {{"title", "Quantenflux"}, {"body", "Xylophonorchester."}, {"_step", "look"}});
    REQUIRE(saved.status == 303);
    CHECK(house.visitor().get(saved.location()).has("Quantenflux"));
    auto ben = someone(house);
    const auto look = send_idea(house, ben, {{"title", "Zwetschgen"}, {"body", "Zwetschgen."}, {"_preview", "1"}});
    const auto page = ben.follow(look);
    CHECK(page.has("So erscheint es"));
    CHECK_FALSE(page.has("Gibt es das schon?"));
    CHECK_FALSE(house.visitor().get(look.location()).has("Zwetschgen"));
}

TEST_CASE("the wordings of an idea are there for everybody, until the desk has taken a passage out") {
    TestHouse house;
    auto anna = someone(house);
    const std::string path = send_idea(house, anna, {{"title", "Bänke"}, {"body", "Am Wasser."}}).location();
    CHECK_FALSE(house.visitor().get(path).has("/fassungen"));
    REQUIRE(anna.post(path + "/bearbeiten", {{"title", "Bänke und Tische"}, {"body", "Am Ufer."}}).status == 303);
    CHECK(house.visitor().get(path).has("/fassungen"));
    const auto history = house.visitor().get(path + "/fassungen");
    CHECK(history.has("Am Wasser."));
    CHECK(history.has("Am Ufer."));
    house.write([&](db::Tx& tx) {
        const auto id = core::ContributionId{*to_int(path.substr(path.rfind('/') + 1))};
        const auto stored = *core::find_contribution(tx, house.tenant(), id);
        const auto opened = core::open_case(tx, house.tenant(), stored, core::CaseReason::flagged, house.clock().now());
        core::Ruling ruling{.kind = core::RulingKind::redact, .rule = "1", .words = "x"};
        ruling.at = house.clock().now();
        core::decide(tx, house.tenant(), *core::find_case(tx, house.tenant(), opened), ruling, house.clock().now());
    });
    house.house().versions.raise({}, "tenants");
    CHECK(house.visitor().get(path + "/fassungen").status == 404);
    CHECK_FALSE(house.visitor().get(path).has("/fassungen"));
    CHECK(anna.get(path + "/fassungen").status == 200);
}

TEST_CASE("the paper form leaves room for a long text") {
    TestHouse house;
    const auto sheet = house.visitor().get("/verfahren/smart-rhino/papier/ideen");
    REQUIRE(sheet.status == 200);
    int lines = 0;
    for (auto at = sheet.body.find("<p>____"); at != std::string::npos; at = sheet.body.find("<p>____", at + 1))
        ++lines;
    CHECK(lines >= 11);
}

}  // namespace mitwirken::tests
