// The example: the city's own entry is word for word that of Anlage 1 of the council paper, without people's data.
#include <map>
#include <set>

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
        const std::vector<Link> tools{
            {"Zoom", "https://zoom.us/", "Zoom Leitfaden.docx"},
            {"Microsoft Teams", "https://www.microsoft.com/de-de/microsoft-teams/group-chat-software", ""},
            {"Cisco WebEx", "https://www.webex.com/de/index.html", ""}};
        REQUIRE(parts.tools.size() == tools.size());
        for (std::size_t i = 0; i < tools.size(); ++i) {
            CHECK(parts.tools[i].title == tools[i].title);
            CHECK(parts.tools[i].url == tools[i].url);
            CHECK(parts.tools[i].note == tools[i].note);
        }
        // What the annex does not say is left open.
        CHECK_FALSE(f->lead_days);
        CHECK_FALSE(f->staff_days);
        CHECK(f->cost == Cost::unknown);
        CHECK(f->duration.empty());
        CHECK(html::markdown_to_text(f->description).rfind(f->summary, 0) == 0);
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

TEST_CASE("every format of the example can be read in English, whole") {
    TestHouse house;
    house.read([&](db::Tx& tx) {
        for (const auto& f : formats_after(tx, house.tenant(), {}, 100)) {
            INFO(f.key);
            CHECK(letters(f.description_en) >= 450);
            CHECK(letters(f.tips_en) >= 150);
            for (const auto* text : {&f.title_en, &f.summary_en, &f.source_en}) CHECK_FALSE(text->empty());
            CHECK(f.duration_en.empty() == f.duration.empty());
            const auto parts = parts_of(tx, f.id);
            for (const auto* links : {&parts.materials, &parts.tools})
                for (const auto& link : *links) {
                    CHECK_MESSAGE(!link.title_en.empty(), link.title);
                    CHECK_MESSAGE(link.note.empty() == link.note_en.empty(), link.note);
                }
        }
    });
}

TEST_CASE("the example has experiences with many formats, and work that waits for the office") {
    TestHouse house;
    house.read([&](db::Tx& tx) {
        std::map<ReportState, int> states;
        std::set<std::int64_t> formats;
        for (const auto& report : managed_reports(tx, house.tenant(), {}, {}, 100)) {
            ++states[report.state];
            if (report.state == ReportState::published) formats.insert(report.format->value);
        }
        CHECK(formats.size() >= 6);
        CHECK(states[ReportState::handed_in] >= 2);
        CHECK(states[ReportState::agreed] >= 1);
    });
    CHECK(house.visitor().get("/instrumente/world-cafe").has("Elf Tische, drei Fragen"));
}
