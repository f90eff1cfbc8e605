// The brochure: of ticked formats, or of all that match; never more than is public, never more than fits.
#include "platform/pdf/pdf.h"
#include "support.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;
using namespace mitwirken::toolbox::tests;
using core::Role;

TEST_CASE("a brochure has a cover, contents that lead to the entries, and a code for each page") {
    TestHouse house;
    const auto page = house.visitor().get("/instrumente/broschuere?f=world-cafe&f=barcamp&f=world-cafe&f=unbekannt");
    CHECK(page.status == 200);
    CHECK(page.has("brochure__cover"));
    CHECK(page.has("2 Formate"));
    CHECK(page.has("href=\"#format-world-cafe\""));
    CHECK(page.has("id=\"format-world-cafe\""));
    CHECK(times(page.body, "data:image/svg+xml") >= 3);
    CHECK(page.body.find("id=\"format-barcamp\"") < page.body.find("id=\"format-world-cafe\""));
}

TEST_CASE("all that match the filters become a brochure that names the filters") {
    TestHouse house;
    const auto list = house.visitor().get("/instrumente?zweck=entscheiden&form=digital");
    const std::string link = "/instrumente/broschuere?zweck=entscheiden&amp;form=digital&amp;alle=1";
    CHECK(list.has(link));
    const auto page = house.visitor().get("/instrumente/broschuere?zweck=entscheiden&form=digital&alle=1");
    CHECK(page.has("Anwendungskategorie: (Mit-)Entscheiden"));
    const auto expected = times(list.body, "card__title");
    CHECK(expected > 0);
    CHECK(times(page.body, "brochure__entry") == expected);
}

TEST_CASE("a draft gets into no brochure, whoever asks") {
    TestHouse house;
    for (const char* way : {"/instrumente/broschuere?f=design-thinking", "/instrumente/broschuere?q=Design&alle=1"}) {
        CHECK_FALSE(house.visitor().get(way).has("format-design-thinking"));
        CHECK_FALSE(house.as(Role::admin).get(way).has("format-design-thinking"));
    }
    CHECK(house.visitor().get("/instrumente/broschuere?f=design-thinking").has("Wählen Sie Formate"));
}

TEST_CASE("more than fits is said, with the number, and nothing is left out in silence") {
    TestHouse house;
    house.write([&](db::Tx& tx) {
        for (int i = 0; i < 10; ++i) {
            Format format = *find_format(tx, house.tenant(), "world-cafe");
            format.id = {};
            format.title = "Kopie " + std::to_string(i);
            format.key = free_key(tx, house.tenant(), format.title);
            save(tx, house.tenant(), format, {}, {}, "", house.clock().now());
        }
    });
    house.house().versions.raise(house.tenant(), "toolbox");
    const auto page = house.visitor().get("/instrumente/broschuere?alle=1");
    CHECK(page.has("Eine Broschüre fasst höchstens 40 Formate; Sie haben 44 gewählt."));
    CHECK_FALSE(page.has("brochure__entry"));
    const auto pdf = house.visitor().get("/instrumente/broschuere/pdf?alle=1");
    CHECK(pdf.status == 303);
    CHECK(pdf.location() == "/instrumente/broschuere?alle=1");
    CHECK(house.visitor().get("/instrumente/vergleich?f=a&f=b&f=c&f=d&f=e").has("Hier stehen nur die ersten vier."));
}

TEST_CASE("the brochure as PDF is made once, and without WeasyPrint the page says so") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto first = visitor.get("/instrumente/broschuere/pdf?f=world-cafe&f=barcamp");
    if (!pdf::available()) {
        CHECK(first.status == 303);
        CHECK(visitor.follow(first).has("Auf diesem Server gibt es kein PDF"));
        return;
    }
    CHECK(first.type() == "application/pdf");
    CHECK(first.body.substr(0, 5) == "%PDF-");
    CHECK(visitor.get("/instrumente/broschuere/pdf?f=world-cafe&f=barcamp").body == first.body);
    CHECK(visitor.get("/instrumente/broschuere?f=world-cafe").has("Broschüre als PDF"));
}
