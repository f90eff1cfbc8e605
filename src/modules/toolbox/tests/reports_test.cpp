// The questionnaire of a department: draft, hand in, attach or make a format of it, release, publish – and nothing of
// it public before.
#include "support.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;
using namespace mitwirken::toolbox::tests;
using core::Role;

namespace {

const char* const secret = "Zwergpinguin";  // a word that stands nowhere else

Fields report_form(const std::string& format, const std::string& version = "0") {
    return {{"title", std::string("Café mit ") + secret},
            {"occasion", std::string("Anlass ") + secret},
            {"date_text", "Mai 2026"},
            {"participants", "31"},
            {"went_well", std::string("Gut: ") + secret},
            {"went_badly", ""},
            {"advice", std::string("Rat: ") + secret},
            {"format", format},
            {"_version", version}};
}

Fields with(Fields fields, const std::string& name, const std::string& value) {
    for (auto& field : fields)
        if (field.first == name) field.second = value;
    return fields;
}

void check_nowhere_public(TestHouse& house, const std::vector<std::string>& extra = {}) {
    auto visitor = house.visitor();
    auto ways = public_ways(extra);
    ways.push_back(std::string("/suche?q=") + secret);
    ways.push_back(std::string("/instrumente?q=") + secret);
    for (const auto& way : ways) {
        const auto page = visitor.get(way);
        INFO(way);
        // The search repeats the word that was typed, no more.
        const bool asked = way.find(secret) != std::string::npos;
        CHECK((asked ? !page.has(std::string("mit ") + secret) : !page.has(secret)));
    }
}

std::string stand(const std::string& path) { return path + "/stand"; }

ReportState state_of(TestHouse& house, const std::string& path) {
    ReportState state = ReportState::rejected;
    const ReportId id{*to_int(path.substr(path.rfind('/') + 1))};
    house.read([&](db::Tx& tx) { state = find_report(tx, house.tenant(), id)->state; });
    return state;
}

}  // namespace

TEST_CASE("an experience goes from draft to the web, each step by the one it belongs to") {
    on_both_houses([](TestHouse& house) {
        auto editor = house.as(Role::editor), office = house.as(Role::coordinator);
        const auto saved = editor.post("/verwaltung/erfahrungen/neu", report_form("0"));
        REQUIRE(saved.status == 303);
        const std::string path = saved.location();
        CHECK(state_of(house, path) == ReportState::draft);
        check_nowhere_public(house);

        auto handing = report_form("0", "1");
        handing.emplace_back("hand_in", "1");
        REQUIRE(editor.post(path, handing).status == 303);
        CHECK(state_of(house, path) == ReportState::handed_in);
        CHECK(office.get("/verwaltung/erfahrungen?stand=handed_in").has(secret));
        check_nowhere_public(house);

        // The office attaches it, but can neither release nor publish what the department has not released.
        REQUIRE(office.post(path, report_form(id_of(house, "world-cafe"), "2")).status == 303);
        CHECK(state_of(house, path) == ReportState::handed_in);
        CHECK(office.post(stand(path), {{"state", "agreed"}}).status == 409);
        CHECK(office.post(stand(path), {{"state", "published"}}).status == 409);
        check_nowhere_public(house);

        REQUIRE(editor.post(stand(path), {{"state", "agreed"}}).status == 303);
        check_nowhere_public(house);
        CHECK(editor.post(stand(path), {{"state", "published"}}).status == 409);
        REQUIRE(office.post(stand(path), {{"state", "published"}}).status == 303);
        CHECK(house.visitor().get("/instrumente/world-cafe").has(secret));
        CHECK(house.visitor().get("/api/v1/toolbox/formats/world-cafe").has(secret));
        CHECK(house.visitor().get("/instrumente/broschuere?f=world-cafe").has(secret));

        REQUIRE(editor.post(stand(path), {{"state", "handed_in"}}).status == 303);
        check_nowhere_public(house);
    });
}

TEST_CASE("an experience without a format cannot be published") {
    TestHouse house;
    auto editor = house.as(Role::editor), office = house.as(Role::coordinator);
    const std::string path = editor.post("/verwaltung/erfahrungen/neu", report_form("0")).location();
    for (const char* state : {"handed_in", "agreed"})
        REQUIRE(editor.post(stand(path), {{"state", state}}).status == 303);
    CHECK(office.post(stand(path), {{"state", "published"}}).status == 409);
    CHECK(office.get(path).has("muss er einem Format zugeordnet werden"));
}

TEST_CASE("a new format made of an experience needs the department as well") {
    TestHouse house;
    auto editor = house.as(Role::editor), office = house.as(Role::coordinator);
    auto handing = report_form("0");
    handing.emplace_back("hand_in", "1");
    const std::string path = editor.post("/verwaltung/erfahrungen/neu", handing).location();
    CHECK(editor.post(stand(path), {{"state", "new_format"}}).status == 403);
    REQUIRE(office.post(stand(path), {{"state", "new_format"}}).status == 303);
    const std::string format = "/verwaltung/instrumente/cafe-mit-zwergpinguin";
    CHECK(office.get(format).status == 200);
    check_nowhere_public(house, {"/instrumente/cafe-mit-zwergpinguin", "/instrumente/cafe-mit-zwergpinguin/drucken",
                                 "/api/v1/toolbox/formats/cafe-mit-zwergpinguin",
                                 "/instrumente/vergleich?f=world-cafe&f=cafe-mit-zwergpinguin",
                                 "/instrumente/broschuere?f=cafe-mit-zwergpinguin"});
    REQUIRE(office.post(stand(format), {{"state", "handed_in"}}).status == 303);
    CHECK(office.post(stand(format), {{"state", "agreed"}}).status == 403);
    CHECK(editor.post(stand(format), {{"state", "agreed"}}).status == 303);
}

TEST_CASE("words that another hand changed have to be released again") {
    TestHouse house;
    auto editor = house.as(Role::editor), office = house.as(Role::coordinator);
    const std::string cafe = id_of(house, "world-cafe");
    const std::string path = editor.post("/verwaltung/erfahrungen/neu", report_form(cafe)).location();
    for (const char* state : {"handed_in", "agreed"})
        REQUIRE(editor.post(stand(path), {{"state", state}}).status == 303);
    SUBCASE("another format alone changes no words") {
        REQUIRE(office.post(path, report_form(id_of(house, "barcamp"), "1")).status == 303);
        CHECK(state_of(house, path) == ReportState::agreed);
    }
    SUBCASE("the office changes words before the publication") {
        REQUIRE(office.post(path, with(report_form(cafe, "1"), "advice", "Anders")).status == 303);
        CHECK(state_of(house, path) == ReportState::handed_in);
    }
    SUBCASE("the office changes words of what is public") {
        REQUIRE(office.post(stand(path), {{"state", "published"}}).status == 303);
        REQUIRE(office.post(path, with(report_form(cafe, "1"), "advice", "Anders")).status == 303);
        CHECK(state_of(house, path) == ReportState::handed_in);
        check_nowhere_public(house);
    }
    SUBCASE("the department changes words of what is public") {
        REQUIRE(office.post(stand(path), {{"state", "published"}}).status == 303);
        REQUIRE(editor.post(path, with(report_form(cafe, "1"), "advice", "Anders")).status == 303);
        CHECK(state_of(house, path) == ReportState::agreed);
        check_nowhere_public(house);
    }
    CHECK(office.get(path + "/versionen").status == 200);
}

TEST_CASE("a file of an experience is reachable by its address only when the experience is public") {
    TestHouse house;
    auto editor = house.as(Role::editor), office = house.as(Role::coordinator);
    const auto saved =
        editor.upload("/verwaltung/erfahrungen/neu", report_form(id_of(house, "world-cafe")),
                      {{"files", "ablauf.txt", "text/plain", "Ablauf: 18 Uhr Begrüßung, 18:15 Uhr Tische.\n"}});
    REQUIRE(saved.status == 303);
    const auto page = editor.get(saved.location());
    const std::string file = address_in(page.body, "/dateien/");
    CHECK(editor.get(file).status == 200);
    for (const char* state : {"handed_in", "agreed"}) {
        CHECK(house.visitor().get(file).status == 404);
        REQUIRE(editor.post(stand(saved.location()), {{"state", state}}).status == 303);
    }
    CHECK(house.visitor().get(file).status == 404);
    REQUIRE(office.post(stand(saved.location()), {{"state", "published"}}).status == 303);
    CHECK(house.visitor().get(file).status == 200);
    CHECK(house.visitor().get("/instrumente/world-cafe").has(file));
    REQUIRE(office.post(stand(saved.location()), {{"state", "agreed"}}).status == 303);
    CHECK(house.visitor().get(file).status == 404);
}

TEST_CASE("a file that is not what it says is refused, and the words stay") {
    TestHouse house;
    const auto page = house.as(Role::editor)
                          .upload("/verwaltung/erfahrungen/neu", report_form("0"),
                                  {{"files", "foto.png", "image/png", "#!/bin/sh\nrm -rf /\n"}});
    CHECK(page.status == 422);
    CHECK(page.has(secret));
}

TEST_CASE("the preview shows what the public will see, whoever looks at it") {
    TestHouse house;
    auto office = house.as(Role::admin);
    const auto preview = office.get("/verwaltung/instrumente/design-thinking/vorschau");
    CHECK(preview.status == 200);
    CHECK(preview.has("So wird die Öffentlichkeit die Seite sehen."));
    CHECK_FALSE(preview.has("Für die Verwaltung"));
    CHECK_FALSE(preview.has("Nur wer diesen Eintrag bearbeiten darf"));
    for (const char* state : {"handed_in", "agreed", "published"})
        office.post("/verwaltung/instrumente/design-thinking/stand", {{"state", state}});
    house.write([&](db::Tx& tx) {
        auto format = find_format(tx, house.tenant(), "design-thinking");
        format->publish = true, format->state = State::published;
        save(tx, house.tenant(), *format, parts_of(tx, format->id), {}, "", house.clock().now());
    });
    house.house().versions.raise(house.tenant(), "toolbox");
    const auto content = [](const Answer& page) {
        const auto from = page.body.find("<div class=\"page-head\">");
        return trimmed(page.body.substr(from, page.body.find("</main>") - from));
    };
    CHECK(content(office.get("/verwaltung/instrumente/design-thinking/vorschau")) ==
          content(house.visitor().get("/instrumente/design-thinking")));
}
