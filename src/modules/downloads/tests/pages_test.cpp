// Downloads as visitors and departments meet them, on the example.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/people/people.h"
#include "modules/downloads/pages.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

Fields material(const std::string& title, const std::string& version = "0") {
    return {{"_version", version}, {"title", title}, {"category", "Leitfäden"}, {"summary", "Wofür es da ist."}};
}

void set(Fields& fields, const std::string& name, const std::string& value) {
    for (auto& field : fields)
        if (field.first == name) return void(field.second = value);
    fields.emplace_back(name, value);
}

std::string file_in(const Answer& page) {
    const auto at = page.body.find("/dateien/");
    if (at == std::string::npos) return "";
    return page.body.substr(at, page.body.find('"', at) - at);
}

std::string file_id(const Answer& form) {
    const auto at = form.body.find("name=\"file-") + 11;
    return form.body.substr(at, form.body.find('-', at) - at);
}

}  // namespace

TEST_CASE("the list shows groups, files with type, size and accessibility, and what is not online") {
    on_both_houses([](TestHouse& house) {
        auto visitor = house.visitor();
        const auto page = visitor.get("/downloads");
        CHECK(page.has("data-announce=\"14 Downloads\""));
        CHECK(page.has(">Digitaler Bürger*innendialog</h3>"));
        CHECK(page.has("Text (txt), 2,"));
        CHECK(page.has("barrierefrei"));
        CHECK(page.has("nicht online"));
        CHECK(page.body.find(">Checklisten</h3>") < page.body.find(">Leitfäden</h3>"));
        const auto narrow = visitor.get("/downloads?gruppe=checklisten");
        CHECK(narrow.has("data-announce=\"2 Downloads\""));
        CHECK(narrow.has("Filter entfernen"));
        CHECK_FALSE(narrow.has(">Leitfäden</h3>"));
        CHECK(visitor.get("/downloads?art=text").has("data-announce=\"4 Downloads\""));
        CHECK(visitor.get("/downloads?barrierefrei=ja").has("data-announce=\"4 Downloads\""));
        CHECK(visitor.get("/downloads?art=pdf").has("Kein Download passt"));
        CHECK(visitor.get("/downloads?q=Einladung").has("Checkliste: Einladung zu einer Veranstaltung"));
        CHECK(visitor.get("/downloads?q=%22%27%3B--&gruppe=%00&nach=kaputt&art=unsinn").status == 200);
        CHECK(visitor.get("/en/downloads").has("not online"));
        CHECK(visitor.get("/suche?q=Checkliste").has("/downloads/einladung-veranstaltung"));
        CHECK(visitor.get("/sitemap.xml").has("/downloads/einladung-veranstaltung"));
        CHECK(visitor.get("/themen/mitwirkung").has("/downloads/"));
    });
}

TEST_CASE("every value of a filter says how many it would leave") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto count_of = [](const Answer& page, const std::string& name, const std::string& value) {
        const auto at = page.body.find("name=\"" + name + "\" value=\"" + value + "\"");
        REQUIRE(at != std::string::npos);
        const std::string begin = "count-plain\">";
        const auto from = page.body.find(begin, at) + begin.size();
        return std::stoi(page.body.substr(from));
    };
    const auto all = visitor.get("/downloads"), links = visitor.get("/downloads?art=link");
    const int linked = count_of(all, "art", "link");
    CHECK(linked > 0);
    CHECK(links.has("data-announce=\"" + std::to_string(linked) + " Download"));
    // The own group counts as if nothing of it were chosen; the others with the choice.
    CHECK(count_of(links, "art", "link") == linked);
    CHECK(count_of(links, "barrierefrei", "ja") <= count_of(all, "barrierefrei", "ja"));
}

TEST_CASE("a file of the example can be fetched, as a download and not as a page") {
    TestHouse house;
    auto visitor = house.visitor();
    const auto page = visitor.get("/downloads/einladung-veranstaltung");
    REQUIRE(page.status == 200);
    const auto file = visitor.get(file_in(page));
    CHECK(file.status == 200);
    CHECK(file.headers["Content-Disposition"].substr(0, 10) == "attachment");
    CHECK(file.body.size() > 2000);
    CHECK(visitor.get("/downloads/gibt-es-nicht").status == 404);
}

TEST_CASE("feed, RSS, API and list tell the same; the API pages by key") {
    TestHouse house;
    auto visitor = house.visitor();
    CHECK(nlohmann::json::parse(visitor.get("/downloads.json").body)["items"].size() == 14);
    CHECK(visitor.get("/downloads.rss").has("<item>"));
    std::set<std::string> keys;
    std::string next = "/api/v1/downloads?limit=5";
    for (int pages = 0; !next.empty() && pages < 5; ++pages) {
        const auto page = nlohmann::json::parse(visitor.get(next).body);
        for (const auto& item : page["items"]) keys.insert(item["key"].get<std::string>());
        next = page["next"].is_string() ? page["next"].get<std::string>() : "";
        if (!next.empty()) next = next.substr(next.find("/api/"));
    }
    CHECK(keys.size() == 14);
    const auto one = nlohmann::json::parse(visitor.get("/api/v1/downloads/einladung-veranstaltung").body);
    CHECK(one["files"][0]["accessible"] == true);
    CHECK(one["files"][0]["type"] == "text/plain");
    CHECK(nlohmann::json::parse(visitor.get("/api/v1/downloads?accessible=true").body)["items"].size() == 4);
    CHECK(visitor.get("/einbetten/downloads").status == 200);
}

TEST_CASE("the second page of the JSON list is found in every language") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    for (int number = 0; number < 100; ++number) {
        const auto saved = office.upload("/verwaltung/downloads/neu", material("Blatt " + std::to_string(number)), {});
        REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
    }
    for (const char* list : {"/downloads.json", "/en/downloads.json"}) {
        const auto first = nlohmann::json::parse(house.visitor().get(list).body);
        REQUIRE(first["next"].is_string());
        const std::string next = first["next"];
        const auto second = house.visitor().get(next.substr(next.find('/', 8)));
        INFO(next);
        REQUIRE(second.status == 200);
        CHECK(nlohmann::json::parse(second.body)["items"].size() == 14);
    }
}

TEST_CASE("a material travels from draft to the web and back, and its file with it") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        auto visitor = house.visitor();
        Fields fields = material("Regieplan");
        set(fields, "new_accessible", "on");
        const auto saved = office.upload(
            "/verwaltung/downloads/neu", fields,
            {{"files", "plan.txt", "text/plain", "Ein Plan."}, {"files", "b.csv", "text/csv", "a;b\n1;2\n"}});
        REQUIRE(saved.status == 303);
        CHECK(visitor.get("/downloads/regieplan").status == 404);
        const auto preview = office.get("/downloads/regieplan");
        CHECK(preview.has("nicht öffentlich"));
        const std::string file = file_in(preview);
        REQUIRE_FALSE(file.empty());
        CHECK(office.get(file).status == 200);
        CHECK(visitor.get(file).status == 404);
        REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(visitor.get("/downloads").has("data-announce=\"15 Downloads\""));
        CHECK(visitor.get("/downloads/regieplan").has("barrierefrei"));
        CHECK(visitor.get(file).body == "Ein Plan.");
        REQUIRE(office.post(saved.location() + "/stand", {{"step", "archive"}}).status == 303);
        CHECK(visitor.get("/downloads").has("data-announce=\"14 Downloads\""));
        CHECK(visitor.get(file).status == 404);
        CHECK_FALSE(visitor.get("/downloads.json").has("regieplan"));
        CHECK_FALSE(visitor.get("/suche?q=Regieplan").has("/downloads/regieplan\""));
    });
}

TEST_CASE("a scheduled material and its file appear and vanish by the clock alone") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    auto visitor = house.visitor();
    Fields fields = material("Unterlagen zur Sitzung");
    set(fields, "publish_at_day", "2026-12-01"), set(fields, "publish_at_time", "08:00");
    set(fields, "unpublish_at_day", "2026-12-02");
    const auto saved =
        office.upload("/verwaltung/downloads/neu", fields, {{"files", "plan.txt", "text/plain", "Ein Plan."}});
    REQUIRE(office.post(saved.location() + "/stand", {{"step", "publish"}}).status == 303);
    const std::string path = "/downloads/unterlagen-zur-sitzung", file = file_in(office.get(path));
    CHECK(visitor.get(path).status == 404);
    CHECK(visitor.get(file).status == 404);
    CHECK(visitor.get("/downloads").has("data-announce=\"14 Downloads\""));
    house.clock().set(*parse_instant("2026-12-01T07:00:00Z"));
    CHECK(visitor.get(path).status == 200);
    CHECK(visitor.get(file).status == 200);
    CHECK(visitor.get("/downloads").has("data-announce=\"15 Downloads\""));
    house.run_jobs();
    CHECK(visitor.get("/suche?q=Unterlagen").has(path));
    house.clock().set(*parse_instant("2026-12-01T23:00:00Z"));
    CHECK(visitor.get(path).status == 404);
    CHECK(visitor.get(file).status == 404);
    CHECK(visitor.get("/downloads").has("data-announce=\"14 Downloads\""));
    house.run_jobs();
    CHECK_FALSE(visitor.get("/suche?q=Unterlagen").has(path));
}

TEST_CASE("files are renamed, marked and removed one by one, and versions tell so") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const auto saved = office.upload("/verwaltung/downloads/neu", material("Plan"),
                                     {{"files", "plan.txt", "text/plain", "Ein Plan."}});
    REQUIRE(saved.status == 303);
    const std::string id = file_id(office.get(saved.location()));
    Fields fields = material("Plan", "1");
    set(fields, "file-" + id + "-title", "Der Plan"), set(fields, "accessible", id);
    set(fields, "links-1-title", "Mehr"), set(fields, "links-1-url", "https://www.example.org/mehr");
    REQUIRE(office.post(saved.location(), fields).status == 303);
    const auto shown = office.get("/downloads/plan");
    CHECK(shown.has("Der Plan</a>"));
    CHECK(shown.has("example.org"));
    const auto compared = office.get(saved.location() + "/versionen?von=1&bis=2");
    CHECK(compared.has("diff__name\">Dateien<"));
    CHECK(compared.has("diff__name\">Links<"));
    CHECK_FALSE(compared.has("diff__name\">Titel<"));
    const std::string file = file_in(shown);
    fields = material("Plan", "2");
    set(fields, "file-" + id + "-remove", "on");
    REQUIRE(office.post(saved.location(), fields).status == 303);
    CHECK(office.get(file).status == 404);
    CHECK(office.get("/downloads/plan").has("nicht online"));
}

TEST_CASE("bad input to a material: missing, too long, mark-up, broken bytes, wrong files, sent twice") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    const std::string address = "/verwaltung/downloads/neu";
    const auto empty = office.post(address, {{"_version", "0"}, {"body", "<script>alert(1)</script>"}});
    CHECK(empty.status == 422);
    CHECK(empty.has("<title>Fehler: "));
    CHECK(empty.has("Bitte geben Sie dem Material einen Titel."));
    CHECK(empty.has("&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK_FALSE(empty.has("<script>alert"));
    CHECK(office.post(address, material(std::string(201, 'x'))).has("Bitte kürzen"));
    Fields fields = material("Mit Dateien");
    for (const auto& [name, type, bytes] : std::vector<std::tuple<const char*, const char*, std::string>>{
             {"seite.html", "text/html", "<!DOCTYPE html><html><script>alert(1)</script></html>"},
             {"bild.png", "image/png", "<?php echo 1; ?>\x7f\x45\x4c\x46"},
             {"bild.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"},
             {"tool.exe", "application/pdf", std::string("MZ\x90\x00\x03\x00\x00\x00", 8)}}) {
        const auto refused = office.upload(address, fields, {{"files", name, type, bytes}});
        INFO(name);
        CHECK(refused.status == 422);
        CHECK(refused.has("id=\"f-files-error\""));
        CHECK(refused.has("value=\"Mit Dateien\""));
    }
    CHECK(house.visitor().get("/downloads/mit-dateien").status == 404);
    CHECK(office.get("/downloads/mit-dateien").status == 404);
    const auto broken = office.post(address, material("Kaputt \xff Bytes"));
    REQUIRE(broken.status == 303);
    CHECK(office.get(broken.location()).has("Kaputt  Bytes"));
    fields = material("Zweimal");
    set(fields, "_key", "the-same-key-of-this-material");
    const std::vector<SentFile> files{{"files", "plan.txt", "text/plain", "Ein Plan."}};
    const auto first = office.upload(address, fields, files);
    CHECK(office.upload(address, fields, files).location() == first.location());
    CHECK(office.get("/downloads/zweimal-2").status == 404);
    fields = material("Mit Link");
    set(fields, "links-1-title", "Link"), set(fields, "links-1-url", "javascript:alert(1)");
    CHECK(office.post(address, fields).status == 422);
    const auto marked = office.post(address, material("<img src=x onerror=alert(1)>"));
    REQUIRE(marked.status == 303);
    CHECK_FALSE(office.get("/verwaltung/downloads").has("<img src=x"));
}

TEST_CASE("a row of links is added and removed without saving") {
    TestHouse house;
    auto office = house.as(Role::coordinator);
    Fields fields = material("Reihen");
    set(fields, "links-1-title", "Eins"), set(fields, "add", "links");
    const auto more = office.post("/verwaltung/downloads/neu", fields);
    CHECK(more.status == 200);
    CHECK(more.has("name=\"links-2-title\""));
    CHECK(more.has("value=\"Eins\""));
    CHECK(office.get("/downloads/reihen").status == 404);
}

TEST_CASE("of two who edit a material at once the second sees the change and keeps the own words") {
    TestHouse house;
    auto one = house.as(Role::coordinator), other = house.as(Role::admin);
    const auto saved = one.post("/verwaltung/downloads/neu", material("Plan"));
    Fields theirs = material("Plan", "1"), mine = material("Plan", "1");
    set(theirs, "summary", "Ihre Fassung"), set(mine, "summary", "Meine Fassung");
    REQUIRE(other.post(saved.location(), theirs).status == 303);
    const auto late = one.upload(saved.location(), mine, {{"files", "plan.txt", "text/plain", "Ein Plan."}});
    CHECK(late.status == 422);
    CHECK(late.has("Meine Fassung"));
    CHECK(late.has("Ihre Fassung"));
    set(mine, "_version", "2");
    CHECK(one.post(saved.location(), mine).status == 303);
    CHECK(file_in(one.get("/downloads/plan")).empty());
}

TEST_CASE("an editor writes for the own department only, and cannot publish") {
    TestHouse house;
    auto editor = house.as(Role::editor);
    const auto saved = editor.post("/verwaltung/downloads/neu", material("Vom Fachbereich"));
    REQUIRE(saved.status == 303);
    CHECK(editor.post(saved.location() + "/stand", {{"step", "publish"}}).status == 403);
    CHECK(editor.post(saved.location() + "/stand", {{"step", "hand_in"}}).status == 303);
    CHECK(house.as(Role::coordinator).get("/verwaltung").has("Eingereichte Downloads"));
    const auto foreign = house.as(Role::coordinator).post("/verwaltung/downloads/neu", material("Von anderen"));
    CHECK(editor.get(foreign.location()).status == 403);
    CHECK(editor.get("/downloads/von-anderen").status == 404);
}

TEST_CASE("a published material is changed or put away only by those who may publish, until they give it back") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    auto fields = material("Vom Fachbereich");
    const std::string path = editor.post("/verwaltung/downloads/neu", fields).location();
    REQUIRE(office.post(path + "/stand", {{"step", "publish"}}).status == 303);
    set(fields, "_version", "1"), set(fields, "summary", "Heimlich geändert");
    CHECK(editor.post(path, fields).status == 422);
    CHECK(editor.get(path).has("Das ist veröffentlicht"));
    CHECK(editor.post(path + "/stand", {{"step", "archive"}}).status == 403);
    REQUIRE(office.post(path + "/stand", {{"step", "return"}}).status == 303);
    CHECK(editor.post(path, fields).status == 303);
}

TEST_CASE("the department of a material exists, and is the editor's own") {
    TestHouse house;
    auto editor = house.as(core::Role::editor), office = house.as(core::Role::coordinator);
    auto fields = material("Für wen?");
    fields.push_back({"organisation", "99999"});
    CHECK(office.post("/verwaltung/downloads/neu", fields).status == 422);
    core::OrganisationId foreign;
    house.write([&](db::Tx& tx) { foreign = core::add_organisation(tx, house.tenant(), "f", "Fremd", "department"); });
    fields.back().second = std::to_string(foreign.value);
    CHECK(editor.post("/verwaltung/downloads/neu", fields).status == 422);
    CHECK(office.post("/verwaltung/downloads/neu", fields).status == 303);
}
