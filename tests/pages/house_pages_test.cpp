// Pages of the house itself: languages of a municipality, its colours, the record, the first page of each role, and
// what monitoring reads.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/audit/audit.h"
#include "core/facts.h"
#include "core/notify/notify.h"
#include "core/tenants/tenants.h"
#include "platform/db/db.h"
#include "support/page_forms.h"
#include "support/test_house.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

PageForm settings_form(const Answer& page) {
    for (const auto& form : ParsedPage(page.body).forms())
        if (form.field("site_name")) return form;
    FAIL("there is no form of settings");
    return {};
}

// The settings with these languages chosen, sent by an administrator.
Answer choose_languages(Client& admin, const std::vector<std::string>& codes) {
    const auto form = settings_form(admin.get("/verwaltung/einstellungen"));
    Fields fields;
    for (auto& field : form.sent())
        if (field.first != "languages") fields.push_back(field);
    for (const auto& code : codes) fields.emplace_back("languages", code);
    return send(admin, form, fields);
}

Answer with_field(Client& admin, const std::string& name, const std::string& value, const std::string& button = "") {
    const auto form = settings_form(admin.get("/verwaltung/einstellungen"));
    auto fields = form.sent();
    PageForm::set(fields, name, value);
    if (!button.empty()) PageForm::set(fields, button, "yes");
    return send(admin, form, fields);
}

const db::Query mail_texts{"test.mail_texts", "SELECT recipient || subject || text || html FROM core_mail"};
const db::Query mail_errors{"test.mail_errors", "SELECT error FROM core_mail WHERE given_up_at IS NOT NULL"};
const db::Query dead_jobs{"test.dead_jobs", "SELECT count(*) FROM platform_job WHERE state = 'dead'"};

}  // namespace

TEST_CASE("Arabic, switched on by a municipality, is written from right to left with Arabic navigation") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    CHECK(house.visitor().get("/ar").status == 404);
    REQUIRE(choose_languages(admin, {"de", "en", "de-easy", "ar"}).status == 303);
    const auto page = house.visitor().get("/ar");
    CHECK(page.status == 200);
    CHECK(page.has("<html lang=\"ar\" dir=\"rtl\">"));
    CHECK(page.has("فرص المشاركة"));                         // navigation
    CHECK(page.has("تسجيل الدخول"));                         // sign in
    CHECK(page.has("مكتوبة بالألمانية"));                    // says which contents are German
    CHECK(page.has("lang=\"de\""));                          // and marks them
    CHECK(house.visitor().get("/").has("hreflang=\"ar\""));  // the switch
    // What Arabic does not say is said in English, never by an empty text.
    CHECK(house.visitor().get("/ar/gibt-es-nicht").has("هذه الصفحة غير موجودة"));
    const auto simple = house.visitor().get("/de-easy");
    CHECK(simple.has("<html lang=\"de-simple\" dir=\"ltr\">"));
    CHECK(simple.has("Angebote zum Mitmachen"));
    CHECK_FALSE(simple.has("dir=\"rtl\">"));
    // German pages carry no mark, and a municipality without these languages has no such page.
    CHECK_FALSE(house.visitor().get("/").has(" lang=\"de\"><a"));
    REQUIRE(choose_languages(admin, {"de", "en"}).status == 303);
    CHECK(house.visitor().get("/ar").status == 404);
}

TEST_CASE("the preview of colours shows what was typed and saves nothing") {
    TestHouse house;
    auto admin = house.as(Role::admin);
    const auto preview = with_field(admin, "primary", "#123456", "preview");
    CHECK(preview.status == 200);
    CHECK(preview.has("farben.css?primary=%23123456"));
    CHECK(preview.has("value=\"#123456\""));
    CHECK(house.visitor().get("/theme.css").has("--tenant-primary:#0b4a55"));
    const auto css = admin.get("/verwaltung/einstellungen/farben.css?primary=%23123456&accent=}body{x:y");
    CHECK(css.type() == "text/css; charset=utf-8");
    CHECK(css.has("--tenant-primary:#123456"));
    CHECK_FALSE(css.has("x:y"));
    // Too weak is said in the preview, and refused when it is saved.
    CHECK(with_field(admin, "primary", "#aaaaaa", "preview").has("2,3 : 1"));
    CHECK(with_field(admin, "primary", "#aaaaaa").status == 422);
    CHECK(with_field(admin, "primary", "#123456").status == 303);
    CHECK(house.visitor().get("/theme.css").has("--tenant-primary:#123456"));
}

TEST_CASE("the record says in words what was done to which thing, and can be filtered and taken away") {
    TestHouse house;
    auto editor = house.as(Role::coordinator);
    auto admin = house.as(Role::admin);
    REQUIRE(with_field(admin, "site_name", "Mitmachen in Dortmund").status == 303);
    const auto page = admin.get("/verwaltung/protokoll");
    CHECK(page.has("Einstellungen geändert"));
    CHECK_FALSE(page.has(">settings.changed<"));
    CHECK(page.has("Beispiel geladen"));
    const auto only = admin.get("/verwaltung/protokoll?tat=settings.changed");
    CHECK(only.has(">Einstellungen geändert</span>"));
    CHECK_FALSE(only.has(">Beispiel geladen</span>"));
    CHECK(admin.get("/verwaltung/protokoll?bis=2026-11-22").has("Hierzu ist nichts festgehalten."));
    CHECK(admin.get("/verwaltung/protokoll?von=2026-11-23&bis=2026-11-23").has(">Einstellungen geändert</span>"));
    CHECK(admin.get("/verwaltung/protokoll?von=2026-11-24").has("Hierzu ist nichts festgehalten."));
    CHECK(admin.get("/verwaltung/protokoll?wer=999999").has("Hierzu ist nichts festgehalten."));
    CHECK(admin.get("/verwaltung/protokoll?von=gestern&wer=alle").status == 200);
    const auto csv = admin.get("/verwaltung/protokoll.csv?tat=settings.changed");
    CHECK(csv.type() == "text/csv; charset=utf-8");
    CHECK(csv.has("settings.changed"));
    CHECK_FALSE(csv.has("example.loaded"));
    CHECK(house.as(Role::editor).get("/verwaltung/protokoll.csv").status == 403);
}

TEST_CASE("a long record turns page by page and its table is whole") {
    TestHouse house;
    house.write([&](db::Tx& tx) {
        for (int i = 0; i < 1100; ++i)
            core::audit(tx, house.tenant(), {}, "settings.changed", {"app", 1}, "", house.clock().now());
    });
    auto admin = house.as(Role::admin);
    const auto first = admin.get("/verwaltung/protokoll");
    CHECK(first.has("vor="));
    const auto csv = admin.get("/verwaltung/protokoll.csv");
    std::size_t lines = 0;
    for (const char c : csv.body) lines += c == '\n';
    CHECK(lines > 1100);
}

TEST_CASE("signing in and failing to are recorded without what was typed") {
    TestHouse house;
    auto stranger = house.visitor();
    CHECK(stranger.post("/anmelden", {{"email", "niemand@dortmund.example"}, {"password", "falsch"}}).status == 422);
    std::string known;
    house.read([&](db::Tx& tx) {
        for (const auto& account : core::accounts(tx, house.tenant(), "", {}, 100))
            if (account.role == Role::editor) known = account.email;
    });
    CHECK(stranger.post("/anmelden", {{"email", known}, {"password", "falsch"}}).status == 422);
    auto admin = house.as(Role::admin);
    const auto failed = admin.get("/verwaltung/protokoll?tat=account.sign_in_failed");
    CHECK(failed.has("falsches Passwort"));
    CHECK(failed.has("unbekannte Adresse"));
    CHECK_FALSE(failed.has("niemand@dortmund.example"));
    CHECK_FALSE(failed.has("192.0.2.1"));
    CHECK_FALSE(admin.get("/verwaltung/protokoll.csv").has("niemand@"));
}

TEST_CASE("who evaluates begins with figures, who operates with the state of the installation and no contents") {
    TestHouse house;
    const auto evaluation = house.as(Role::analyst).get("/verwaltung");
    CHECK(evaluation.has("Was veröffentlicht ist"));
    CHECK(evaluation.has("Laufende Angebote"));
    CHECK(evaluation.has("Besuche werden nicht gezählt"));
    CHECK(evaluation.has("/offene-daten"));
    house.write([&](db::Tx& tx) {
        core::set_fact(tx, "backup.last", R"({"at":"2026-11-23T02:00:00Z","files":7,"problems":0})");
    });
    const auto installation = house.as(Role::operator_).get("/verwaltung");
    CHECK(installation.status == 200);
    CHECK(installation.has("7 Dateien, geprüft"));
    CHECK(installation.has("Stadt Dortmund"));
    CHECK(installation.has("Platz auf der Festplatte"));
    CHECK_FALSE(installation.has("Es gibt keine Sicherung der letzten Nacht."));
    CHECK_FALSE(installation.has("Hörde"));  // no title of anything
    house.clock().set(house.clock().now() + std::chrono::hours{48});
    CHECK(house.as(Role::operator_).get("/verwaltung").has("Es gibt keine Sicherung der letzten Nacht."));
}

TEST_CASE("monitoring reads how long each route takes, by its pattern and nothing a stranger could make up") {
    TestHouse house;
    auto visitor = house.visitor();
    for (int i = 0; i < 20; ++i) visitor.get("/erfunden-" + std::to_string(i));
    visitor.get("/angebote/smart-rhino");
    const auto figures = visitor.get("/metrics");
    CHECK(figures.has("# TYPE mitwirken_request_seconds histogram"));
    CHECK(figures.has("mitwirken_request_seconds_count{method=\"GET\",route=\"/angebote/{key}\"} 1"));
    CHECK(figures.has("mitwirken_request_seconds_bucket{method=\"GET\",route=\"/angebote/{key}\",le=\"+Inf\"} 1"));
    CHECK(figures.has("mitwirken_request_seconds_count{method=\"-\",route=\"other\"} 20"));
    CHECK_FALSE(figures.has("erfunden"));
    CHECK_FALSE(figures.has("smart-rhino"));
}

TEST_CASE("a mail that is given up keeps its kind and error, and nothing of the person") {
    TestHouse house;
    house.write([&](db::Tx& tx) {
        core::send_mail(tx, house.tenant(),
                        {"jemand@example.org", "Geheimer Betreff", "Geheimer Text", "", tr_noop("Invitation")},
                        house.clock().now());
    });
    // The outbox cannot be written: a file stands where its folder should be.
    const std::string shelf = house.program().config().folder("outbox") + "/" + core::outbox_shelf(house.tenant());
    std::filesystem::remove_all(shelf);
    std::ofstream(shelf) << "in the way";
    for (int i = 0; i < 8; ++i) {
        house.run_jobs();
        house.clock().set(house.clock().now() + std::chrono::hours{7});
    }
    house.read([&](db::Tx& tx) {
        CHECK(tx.value<std::int64_t>(dead_jobs) == 1);
        for (const auto& text : tx.all<std::string>(mail_texts)) CHECK(text.empty());
        const auto errors = tx.all<std::string>(mail_errors);
        REQUIRE(errors.size() == 1);
        CHECK_FALSE(errors.front().empty());
    });
    const auto jobs = house.as(Role::admin).get("/verwaltung/auftraege");
    CHECK(jobs.has("Einladung (nicht zugestellt, geleert)"));
    CHECK_FALSE(jobs.has("Erneut versuchen"));
}

TEST_CASE("a form that is refused leaves the pages in memory as they are") {
    TestHouse house;
    auto editor = house.as(Role::coordinator);
    const auto before = house.house().versions.of(house.tenant(), "news")->load();
    CHECK(editor.post("/verwaltung/neuigkeiten/neu", {{"title", ""}}).status == 422);
    CHECK(house.house().versions.of(house.tenant(), "news")->load() == before);
}

TEST_CASE("two programs in one process do not slow each other down") {
    TestHouse first, second;
    auto attacker = first.visitor();
    int status = 0;
    for (int i = 0; i < 30 && status != 429; ++i)
        status = attacker.post("/anmelden", {{"email", "a@b.example"}, {"password", "x"}}).status;
    CHECK(status == 429);
    CHECK(second.visitor().post("/anmelden", {{"email", "a@b.example"}, {"password", "x"}}).status == 422);
}

TEST_CASE("the same page packed in two ways has two tags") {
    TestHouse house;
    auto brotli = house.visitor(), gzip = house.visitor(), plain = house.visitor();
    brotli.with("Accept-Encoding", "br"), gzip.with("Accept-Encoding", "gzip");
    for (const char* path : {"/", "/api/v1/topics", "/angebote.json"}) {
        const auto b = std::string(brotli.get(path).headers["ETag"]), g = std::string(gzip.get(path).headers["ETag"]),
                   p = std::string(plain.get(path).headers["ETag"]);
        INFO(path << " " << b << " " << g << " " << p);
        CHECK_FALSE(p.empty());
        CHECK(b != g);
        CHECK(b != p);
        CHECK(g != p);
        CHECK_FALSE(p.starts_with("W/"));
    }
}
