// Tasks, goals, questions and documents of a procedure, and matters, through their pages; bad input for each form.
#include <doctest/doctest.h>

#include "core/house.h"
#include "core/procedures/parts.h"
#include "core/procedures/records.h"
#include "core/tasks/tasks.h"
#include "modules/procedures/documents.h"
#include "support/page_forms.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

const std::string desk = "/verwaltung/verfahren/smart-rhino";
const std::string pdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

Answer post(Client& client, const std::string& path, Fields fields) {
    const ParsedPage page(client.get(path).body);
    for (const auto& form : page.forms())
        if (const auto* version = form.field("_version")) fields.emplace_back("_version", version->value);
    return client.post(path, fields);
}

}  // namespace

TEST_CASE("tasks: added, late, done, open again, deleted; of an office on one page") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const std::string tasks = desk + "/aufgaben";
        REQUIRE(office.post(tasks, {{"title", "Saal buchen"}, {"due", "2026-11-20"}, {"organisation", "1"}}).status ==
                303);
        CHECK(office.get(tasks).has("Überfällig"));
        CHECK(office.get("/verwaltung/aufgaben").has("Saal buchen"));
        CHECK(office.get("/verwaltung/aufgaben?amt=1").has("Saal buchen"));
        CHECK_FALSE(office.get("/verwaltung/aufgaben?amt=99").has("Saal buchen"));
        CHECK(office.get("/verwaltung").has("in den nächsten sieben Tagen"));
        std::string one;
        house.read([&](db::Tx& tx) {
            for (const auto& task : core::open_tasks(tx, house.tenant(), {}, 50))
                if (task.title == "Saal buchen") one = tasks + "/" + std::to_string(task.id.value);
        });
        CHECK(office.get(one).has("Saal buchen"));
        CHECK(office.post(one, {{"title", ""}, {"due", "2026-11-20"}, {"organisation", "1"}}).status == 422);
        CHECK(
            office.post(one, {{"title", "Halle buchen"}, {"due", "bald"}, {"organisation", "1"}}).has("Halle buchen"));
        CHECK(office.post(one, {{"title", "X"}, {"due", "2026-12-01"}, {"organisation", "999"}}).status == 422);
        REQUIRE(office.post(one, {{"title", "Halle buchen"}, {"due", "2026-12-01"}, {"organisation", "1"}}).status ==
                303);
        REQUIRE(office.post(one + "/stand", {{"step", "done"}}).status == 303);
        CHECK_FALSE(office.get("/verwaltung/aufgaben").has("Halle buchen"));
        CHECK(office.get(tasks).has("Halle buchen"));
        REQUIRE(office.post(one + "/stand", {{"step", "reopen"}}).status == 303);
        CHECK(office.get("/verwaltung/aufgaben").has("Halle buchen"));
        CHECK(office.post(one + "/stand", {{"step", "unfug"}}).status == 409);
        REQUIRE(office.post(one + "/stand", {{"step", "drop"}}).status == 303);
        CHECK(office.get(one).status == 404);
        CHECK(office.post(tasks, {{"title", std::string(300, 'x')}, {"due", "2026-12-01"}}).status == 422);
        CHECK(house.as(Role::editor).get(tasks).status == 403);
        CHECK(office.get("/verwaltung/aufgaben?nach=unfug_x&amt=-3").status == 200);
    });
}

TEST_CASE("an office is reminded of a task twice: before its day and when it is late") {
    on_both_houses([](TestHouse& house) {
        using namespace std::chrono;
        const auto reminded = [&] {
            std::size_t count = 0;
            for (const auto& mail : house.mails()) count += mail.find("Rutsche bestellen") != std::string::npos;
            return count;
        };
        house.write([&](db::Tx& tx) {
            const auto rhino = core::find_procedure(tx, house.tenant(), "smart-rhino");
            core::OfficeTask task;
            task.procedure = rhino->id;
            task.title = "Rutsche bestellen";
            task.due = 2026y / 12 / 10;
            core::add_task(tx, house.tenant(), task, house.clock().now());
        });
        house.run_jobs();
        CHECK(reminded() == 0);
        std::size_t once = 0;
        for (int day = 24; day < 24 + 30; ++day) {
            house.clock().set(start_of(add_days(2026y / 11 / 1, day - 1)) + hours{7});
            house.run_jobs();
            const Date today = berlin_day(house.clock().now());
            if (today == 2026y / 12 / 6) CHECK(reminded() == 0);
            if (today == 2026y / 12 / 7) {
                once = reminded();
                CHECK(once > 0);
            }
            if (today == 2026y / 12 / 10) CHECK(reminded() == once);
        }
        CHECK(reminded() == 2 * once);
    });
}

TEST_CASE("goals and questions are edited, versioned and refused when something is missing") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        const std::string goals = desk + "/ziele", faq = desk + "/fragen";
        REQUIRE(post(office, goals,
                     {{"goal-1-text", "Viele machen mit"},
                      {"goal-1-indicator", "participants"},
                      {"goal-1-target", "200"},
                      {"goal-2-text", "Bögen"},
                      {"goal-2-indicator", "own"},
                      {"goal-2-target", "5"},
                      {"goal-2-reached", "3"}})
                    .status == 303);
        CHECK(office.get(goals).has("Bisher: 3 von 5"));
        CHECK(office.get(desk + "/versionen?von=1&bis=2").has("Viele machen mit"));
        for (const auto& [field, value] : {std::pair{"goal-1-target", "viele"},
                                           {"goal-1-target", "0"},
                                           {"goal-1-text", ""},
                                           {"goal-1-indicator", "x"}}) {
            Fields fields{{"goal-1-text", "Ziel"}, {"goal-1-indicator", "own"}, {"goal-1-target", "2"}};
            for (auto& [name, old] : fields)
                if (name == field) old = value;
            INFO(field, "=", value);
            CHECK(post(office, goals, fields).status == 422);
        }
        REQUIRE(post(office, faq,
                     {{"faq-1-question", "Zweite Frage?"},
                      {"faq-1-answer", "So."},
                      {"faq-1-order", "2"},
                      {"faq-2-question", "Erste Frage?"},
                      {"faq-2-answer", "**Ja.**"},
                      {"faq-2-order", "1"}})
                    .status == 303);
        const auto page = house.visitor().get("/verfahren/smart-rhino");
        CHECK(page.has("<strong>Ja.</strong>"));
        CHECK(page.body.find("Erste Frage?") < page.body.find("Zweite Frage?"));
        CHECK(post(office, faq, {{"faq-1-question", "Ohne Antwort?"}, {"faq-1-answer", ""}}).status == 422);
        CHECK(post(office, faq, {{"faq-1-question", ""}, {"faq-1-answer", "Nur Antwort"}}).has("Nur Antwort"));
        CHECK(office.post(faq, {{"_version", "0"}, {"faq-1-question", "Q"}, {"faq-1-answer", "A"}}).status == 422);
    });
}

TEST_CASE("a new version of a document replaces the shown one, the older stays reachable") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        auto visitor = house.visitor();
        const std::string documents = desk + "/unterlagen";
        CHECK(office.post(documents, {{"title", "Rahmenplan"}}).status == 422);
        CHECK(office.upload(documents, {{"title", ""}}, {{"files", "a.pdf", "application/pdf", pdf}}).status == 422);
        CHECK(office
                  .upload(documents, {{"title", "X"}},
                          {{"files", "a.exe", "application/octet-stream", std::string("MZ\0\x90\0\3\0\xff", 8)}})
                  .status == 422);
        REQUIRE(office.upload(documents, {{"title", "Rahmenplan"}}, {{"files", "alt.pdf", "application/pdf", pdf}})
                    .status == 303);
        const auto first = visitor.get("/verfahren/smart-rhino");
        CHECK(first.has("Rahmenplan"));
        std::string old_file, one;
        house.read([&](db::Tx& tx) {
            const auto rhino = core::find_procedure(tx, house.tenant(), "smart-rhino");
            for (const auto& [document, versions] : procedures::documents_of(tx, house.tenant(), *rhino, true))
                if (document.title == "Rahmenplan") {
                    old_file = versions.front().file.url();
                    one = documents + "/" + std::to_string(document.id.value);
                }
        });
        REQUIRE(first.has(old_file));
        REQUIRE(office
                    .upload(one, {{"title", "Rahmenplan"}, {"position", "1"}, {"shown", "on"}, {"note", "Mit Radweg"}},
                            {{"files", "neu.pdf", "application/pdf", pdf}})
                    .status == 303);
        const auto second = visitor.get("/verfahren/smart-rhino");
        CHECK(second.has("Mit Radweg"));
        CHECK(second.has("Frühere Fassungen"));
        CHECK(second.has(old_file));
        CHECK(visitor.get(old_file).status == 200);
        CHECK(office.post(one, {{"title", "Rahmenplan"}, {"position", "oben"}, {"shown", "on"}}).status == 422);
        REQUIRE(office.post(one, {{"title", "Rahmenplan"}, {"position", "1"}}).status == 303);
        CHECK_FALSE(visitor.get("/verfahren/smart-rhino").has("Rahmenplan"));
        CHECK(office.get(documents).has("heruntergenommen"));
    });
}

TEST_CASE("a matter: created, its entries added, deleted and brought back, published, archived") {
    on_both_houses([](TestHouse& house) {
        auto office = house.as(Role::coordinator);
        auto visitor = house.visitor();
        const std::string base = "/verwaltung/vorhaben";
        CHECK(office.post(base + "-neu", {{"title", ""}}).status == 422);
        const auto made =
            office.post(base + "-neu", {{"title", "Der Hafen"}, {"summary", "Kurz"}, {"organisation", "1"}});
        REQUIRE(made.status == 303);
        const std::string at = made.location();
        CHECK(visitor.get("/vorhaben/der-hafen").status == 404);
        CHECK(office.get("/vorhaben/der-hafen").has("Vorschau"));
        const Fields entry{{"kind", "decision"},
                           {"day", "2026-10-01"},
                           {"title", "Ratsbeschluss"},
                           {"text", "Ja."},
                           {"url", "https://rat.example/1"}};
        REQUIRE(office.post(at + "/eintraege/neuer", entry).status == 303);
        for (const auto& [field, value] :
             {std::pair{"kind", "gerücht"}, {"day", "gestern"}, {"title", ""}, {"url", "javascript:x"}}) {
            auto wrong = entry;
            for (auto& [name, old] : wrong)
                if (name == field) old = value;
            INFO(field);
            CHECK(office.post(at + "/eintraege/neuer", wrong).status == 422);
        }
        CHECK(office.post(at + "/stand", {{"step", "archive"}}).status == 409);
        REQUIRE(office.post(at + "/stand", {{"step", "publish"}}).status == 303);
        CHECK(visitor.get("/vorhaben/der-hafen").has("Ratsbeschluss"));
        CHECK(visitor.get("/vorhaben").has("Der Hafen"));
        std::string entry_path;
        house.read([&](db::Tx& tx) {
            const auto matter = core::find_dossier(tx, house.tenant(), "der-hafen");
            entry_path = at + "/eintraege/" + std::to_string(core::dossier_entries(tx, matter->id).at(0).id);
        });
        REQUIRE(office.post(entry_path + "/stand", {{"step", "remove"}}).status == 303);
        CHECK_FALSE(visitor.get("/vorhaben/der-hafen").has("Ratsbeschluss"));
        CHECK(office.get(at).has("Zurückholen"));
        REQUIRE(office.post(entry_path + "/stand", {{"step", "restore"}}).status == 303);
        CHECK(visitor.get("/vorhaben/der-hafen").has("Ratsbeschluss"));
        REQUIRE(post(office, at, {{"title", "Der alte Hafen"}, {"summary", "Kurz"}, {"organisation", "1"}}).status ==
                303);
        CHECK(visitor.get("/vorhaben/der-hafen").has("Der alte Hafen"));
        CHECK(office.post(at, {{"_version", "1"}, {"title", "Noch anders"}, {"organisation", "1"}}).status == 422);
        CHECK(office.get(at + "/versionen").status == 200);
        REQUIRE(office.post(at + "/stand", {{"step", "archive"}}).status == 303);
        CHECK(visitor.get("/vorhaben/der-hafen").has("archiviert"));
        CHECK_FALSE(visitor.get("/vorhaben").has("Der alte Hafen"));
    });
}

TEST_CASE("the page of a matter shows procedures and papers on one time line") {
    TestHouse house;
    const auto page = house.visitor().get("/vorhaben/smart-rhino");
    CHECK(page.has("Sachstandsbericht"));
    CHECK(page.has("SMART RHINO: Ideen"));
    CHECK(page.has("Ratsvorlage"));
    CHECK(page.body.find("Sachstandsbericht") < page.body.find("SMART RHINO: Ideen"));
}

TEST_CASE("a procedure is passed on by link, code and poster") {
    TestHouse house;
    auto visitor = house.visitor();
    CHECK(visitor.get("/verfahren/smart-rhino/teilen").has("/verfahren/smart-rhino"));
    CHECK(visitor.get("/verfahren/smart-rhino/plakat").has("Mitmachen!"));
    const auto paper = visitor.get("/verfahren/smart-rhino/plakat/pdf");
    CHECK((paper.status == 303 || paper.body.substr(0, 5) == "%PDF-"));
    CHECK(visitor.get("/verfahren/gibt-es-nicht/plakat").status == 404);
    const auto page = visitor.get("/verfahren/smart-rhino");
    CHECK(page.has("Mitmachen bis"));
    CHECK(page.body.find("id=\"join\"") < page.body.find("id=\"plan\""));
}
