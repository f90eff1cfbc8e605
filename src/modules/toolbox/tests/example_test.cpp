// The example: the city's own entry is word for word that of Anlage 1 of the council paper, without people's data.
#include "support.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;
using namespace mitwirken::toolbox::tests;

TEST_CASE("the entry of Anlage 1 stands there word for word, with its source") {
    TestHouse house;
    house.read([&](db::Tx& tx) {
        const auto f = find_format(tx, house.tenant(), "digitaler-buergerinnendialog");
        REQUIRE(f);
        CHECK(words_of(purposes(), f->purposes) == std::vector<std::string>{"exchange"});
        CHECK(f->title == "Digitaler Bürger*innendialog");
        CHECK(
            html::markdown_to_text(f->description) ==
            "Der Digitale Bürger*innendialog ist ein Format zum Austausch mit einer größeren Gruppe von Bürger*innen. "
            "Dabei diskutieren die Teilnehmenden in mehreren aufeinanderfolgenden Gesprächsrunden zu einem "
            "vorgegebenen Thema. Zwischenstände der Diskussionen werden an Pinnwänden dokumentiert und "
            "vergemeinschaftet. Abschließend findet eine Abstimmung über die Priorisierung der erarbeiteten Positionen "
            "statt. Ergebnisse der Veranstaltungen sind ausformulierte Empfehlungen an Politik, Verwaltung oder "
            "gesellschaftliche Verantwortungsträger.");
        CHECK(words_of(forms(), f->forms) == std::vector<std::string>{"digital"});
        CHECK(words_of(group_sizes(), f->group_sizes) == std::vector<std::string>{"over-50"});
        CHECK_FALSE(f->distance);
        const std::string tips = html::markdown_to_text(f->tips);
        for (const char* words :
             {"Informationsmaterial der Bertelsmann Stiftung:", "Handreichung (+Link)", "Tipps und Tricks",
              "Moderation (+Link)", "Regiefolien (+Link)", "Konzept und Ablaufplan (+Link)",
              "Beispiele:", "Dokumentation 1. Digitaler Dortmunder Bürger*innendialog"})
            CHECK_MESSAGE(tips.find(words) != std::string::npos, words);
        const auto parts = parts_of(tx, f->id);
        CHECK(parts.tools ==
              std::vector<Link>{
                  {"Zoom", "https://zoom.us/", "Zoom Leitfaden.docx"},
                  {"Microsoft Teams", "https://www.microsoft.com/de-de/microsoft-teams/group-chat-software", ""},
                  {"Cisco WebEx", "https://www.webex.com/de/index.html", ""}});
        for (const auto& material : parts.materials) CHECK_MESSAGE(material.url.empty(), material.title);
        CHECK(f->source.find("14.09.2021, Anlage 1") != std::string::npos);
    });
}

TEST_CASE("no name, number or address of the city's staff is carried over") {
    TestHouse house;
    const auto all = house.visitor().get("/instrumente.json");
    for (const char* word : {"Bonan", "Keppler", "27490", "27674", "Bußmann", "stadtdo.de", "Südwall"})
        CHECK_MESSAGE(!all.has(word), word);
}

TEST_CASE("every format of the example is described well enough to be used") {
    TestHouse house;
    house.read([&](db::Tx& tx) {
        const auto all = formats_after(tx, house.tenant(), {}, 100);
        CHECK(all.size() >= 26);
        for (const auto& f : all) {
            INFO(f.key);
            CHECK(letters(f.description) >= 500);
            CHECK(letters(f.tips) >= 200);
            CHECK_FALSE(f.summary.empty());
            CHECK((f.purposes && f.forms && f.group_sizes));
            CHECK_FALSE(f.source.empty());
        }
    });
}
