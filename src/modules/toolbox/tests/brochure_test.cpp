// The brochure: of ticked formats, or of all that match; never more than is public, never more than fits.
#include "modules/toolbox/brochure.h"
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
    const auto order = house.visitor().post("/instrumente/broschuere", {{"choice", "alle=1"}});
    CHECK(order.status == 422);
    CHECK(order.has("Sie haben 44 gewählt."));
    CHECK(house.visitor().get("/instrumente/vergleich?f=a&f=b&f=c&f=d&f=e").has("Hier stehen nur die ersten vier."));
}

namespace {

const Fields two{{"choice", "f=world-cafe&f=barcamp"}};

std::string state_of(TestHouse& house, const std::string& address) {
    std::string word;
    house.read([&](db::Tx& tx) {
        const auto b = find_brochure(tx, house.tenant(), address.substr(address.rfind('/') + 1));
        word = b ? std::to_string(int(b->state)) : "none";
    });
    return word;
}

}  // namespace

TEST_CASE("the brochure as PDF is made by a job, and its page says how far it is") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        if (!pdf::available()) {
            const auto page = visitor.post("/instrumente/broschuere", two);
            CHECK(page.status == 422);
            CHECK(page.has("Auf diesem Server gibt es kein PDF"));
            return;
        }
        CHECK(visitor.get("/instrumente/broschuere?f=world-cafe").has("Broschüre als PDF erstellen"));
        const auto order = visitor.post("/instrumente/broschuere", two);
        REQUIRE(order.status == 303);
        const auto waiting = visitor.follow(order);
        CHECK(waiting.has("Sie ist als Nächste an der Reihe."));
        CHECK(waiting.headers["Refresh"] == "2");
        CHECK(visitor.get(order.location() + "/pdf").status == 404);
        house.run_jobs();
        const auto done = visitor.follow(order);
        CHECK(done.has("Das PDF ist fertig."));
        CHECK_FALSE(done.headers.has("Refresh"));
        const auto file = visitor.get(order.location() + "/pdf");
        CHECK(file.type() == "application/pdf");
        CHECK(file.body.substr(0, 5) == "%PDF-");
    });
}

TEST_CASE("a brochure goes after a day, with its file") {
    TestHouse house;
    if (!pdf::available()) return;
    auto visitor = house.visitor();
    const auto order = visitor.post("/instrumente/broschuere", two);
    house.run_jobs();
    REQUIRE(visitor.get(order.location() + "/pdf").status == 200);
    house.clock().set(house.clock().now() + std::chrono::hours(23));
    house.run_jobs();
    CHECK(visitor.get(order.location() + "/pdf").status == 200);
    house.clock().set(house.clock().now() + std::chrono::hours(2));
    house.run_jobs();
    CHECK(visitor.get(order.location()).status == 404);
    CHECK(visitor.get(order.location() + "/pdf").status == 404);
}

TEST_CASE("a brochure that was stopped is never made, and can be made anew") {
    TestHouse house;
    if (!pdf::available()) return;
    auto visitor = house.visitor();
    const auto order = visitor.post("/instrumente/broschuere", two);
    const auto stopped = visitor.post(order.location(), {{"stop", "1"}});
    CHECK(visitor.follow(stopped).has("Sie haben diese Broschüre angehalten."));
    house.run_jobs();
    CHECK(state_of(house, order.location()) == std::to_string(int(BrochureState::cancelled)));
    const auto page = visitor.get(order.location());
    CHECK(hidden_value(page, "choice") == "f=barcamp&amp;f=world-cafe");
    CHECK(visitor.get(order.location() + "/pdf").status == 404);
}

TEST_CASE("a brochure that cannot be made says so") {
    TestHouse house;
    if (!pdf::available()) return;
    auto visitor = house.visitor();
    const auto order = visitor.post("/instrumente/broschuere", two);
    for (const char* key : {"world-cafe", "barcamp"})  // taken off the web in between
        house.write([&](db::Tx& tx) {
            set_state(tx, house.tenant(), find_format(tx, house.tenant(), key)->id, State::archived,
                      house.clock().now());
        });
    house.run_jobs();
    const auto page = visitor.get(order.location());
    CHECK(page.has("Die Broschüre konnte nicht erstellt werden."));
    CHECK(page.has("Erneut versuchen"));
}

TEST_CASE("ticks stay while somebody pages, filters and sorts, without script and without a cookie") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get("/instrumente?f=barcamp&f=world-cafe&f=gibt-es-nicht");
    CHECK(page.has("value=\"barcamp\" form=\"filter-form\" checked"));
    CHECK(page.has("Auch gewählt, auf anderen Seiten"));  // the World Café sorts behind the first page
    CHECK(page.has("value=\"world-cafe\" form=\"filter-form\" checked"));
    CHECK_FALSE(page.has("gibt-es-nicht\" form"));
    CHECK(page.has("ansicht=tabelle&amp;f=barcamp&amp;f=world-cafe"));
    CHECK(page.has("name=\"ab\""));
    CHECK(page.has("form=\"filter-form\" formaction=\"/instrumente/broschuere\""));
    const auto none = visitor.get("/instrumente?form=digital");
    CHECK_FALSE(none.has("Auch gewählt"));
    CHECK_FALSE(none.has("form=\"filter-form\" checked"));
}
