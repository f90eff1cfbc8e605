// Who gets at what: things of another municipality, of another department, and what is not public yet, tried on every
// address of every module.
#include <doctest/doctest.h>

#include <filesystem>

#include "core/notify/notify.h"
#include "platform/base/text.h"
#include "platform/jobs/jobs.h"
#include "support/filled_forms.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

// Somebody with this role, signed in; of a department of their own that owns nothing.
Client somebody(TestHouse& house, core::TenantId tenant, Role role) {
    auto client = house.visitor();
    house.write([&](db::Tx& tx) {
        const auto department = core::add_organisation(tx, tenant, "fremd", "Fremdes Amt", "department");
        const auto id = core::add_account(
            tx, {tenant, "fremd-" + std::to_string(tenant.value) + "@example.org", "Fremde Person", role, department},
            house.clock().now());
        core::set_password(tx, id, "-");
        client.set_cookie("mw_session", core::start_session(tx, id, "test", false, house.clock().now()));
    });
    return client;
}

core::TenantId add_soest(TestHouse& house) {
    core::TenantId soest;
    house.write([&](db::Tx& tx) {
        soest = core::add_tenant(tx, {"soest", "Stadt Soest", "Mitdenken Soest", {"soest.example"}, {"de", "en"}},
                                 house.clock().now());
    });
    house.house().versions.raise({}, "tenants");
    return soest;
}

bool names_a_thing(TestHouse& house, const std::string& path) {
    const auto match = house.program().router().find(http::Method::get, path);
    return match.route && match.route->pattern.find('{') != std::string_view::npos &&
           path.find("/neu") == std::string::npos;
}

bool is_shut(const Answer& answer) { return answer.status == 403 || answer.status == 404; }

std::size_t stored_files(TestHouse& house) {
    namespace fs = std::filesystem;
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(house.program().config().folder("files")))
        count += entry.is_regular_file();
    return count;
}

const std::string small_pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

}  // namespace

TEST_CASE("no address of one municipality's things opens in another, for reading or writing") {
    TestHouse house;
    const auto soest = add_soest(house);
    auto here = house.as(Role::admin);
    auto there = somebody(house, soest, Role::admin);
    there.on_host("soest.example");
    REQUIRE(there.get("/verwaltung").status == 200);
    std::vector<std::string> pages = staff_pages(house, here);
    for (auto& path : pages_reached(house, here, {"/"}, "/")) pages.push_back(std::move(path));
    for (auto& path : addresses_of_site_map(here)) pages.push_back(std::move(path));
    int tried = 0;
    for (const auto& path : pages) {
        if (!names_a_thing(house, path)) continue;
        INFO(path);
        ++tried;
        CHECK(is_shut(there.get(path)));
        for (const auto& form : ParsedPage(here.get(path).body).forms()) {
            if (form.method != "post" || !names_a_thing(house, form.action)) continue;
            INFO(form.action);
            const auto rows = all_rows(house);
            CHECK(is_shut(send(there, form, form.sent())));
            CHECK(all_rows(house) == rows);
        }
    }
    CHECK(tried > 20);
}

TEST_CASE("an editor of one department cannot open or change the things of another") {
    TestHouse house;
    auto office = house.as(Role::admin);
    auto stranger = somebody(house, house.tenant(), Role::editor);
    int tried = 0;
    for (const auto& path : staff_pages(house, office)) {
        if (!starts_with(path, "/verwaltung/") || !names_a_thing(house, path)) continue;
        INFO(path);
        ++tried;
        // Templates are no department's: everybody who sets procedures up reads them, few change them.
        const bool for_all = starts_with(path, "/verwaltung/verfahrensarten/") && !path.ends_with("/bearbeiten");
        CHECK(is_shut(stranger.get(path)) != for_all);
        for (const auto& form : ParsedPage(office.get(path).body).forms()) {
            if (form.method != "post" || !starts_with(form.action, "/verwaltung/")) continue;
            INFO(form.action);
            const auto rows = all_rows(house);
            Fields fields = form.sent();
            for (const auto& [name, value] : form.buttons) PageForm::set(fields, name, value);
            CHECK(is_shut(send(stranger, form, fields)));
            CHECK(all_rows(house) == rows);
        }
    }
    CHECK(tried >= 8);
}

TEST_CASE("what is not published is found by nobody: not by address, list, search, feed, API or file") {
    TestHouse house;
    auto office = house.as(Role::admin);
    std::vector<std::string> made;
    for (const auto& path : only_new(staff_pages(house, office))) {
        if (path.find_first_of("0123456789") != std::string::npos) continue;  // a part of something that is public
        const auto filled = fill_and_send(office, path, "Kleinod Zwölfpunktmarke");
        REQUIRE(filled.answer.status == 303);
        made.push_back(filled.answer.location());
    }
    house.run_jobs();
    auto visitor = house.visitor();
    std::vector<std::string> open = addresses_of_site_map(visitor);
    for (const auto& entry : house.program().router().entries())
        if (entry.route->method == http::Method::get && entry.route->pattern.find('{') == std::string_view::npos)
            open.emplace_back(entry.route->pattern);
    for (const char* query : {"/suche?q=Kleinod", "/instrumente?q=Kleinod", "/angebote?q=Kleinod", "/termine?q=Kleinod",
                              "/neuigkeiten?q=Kleinod", "/ergebnisse?q=Kleinod"})
        open.emplace_back(query);
    for (const auto& path : open) {
        INFO(path);
        CHECK_FALSE(visitor.get(path).has("Zwölfpunktmarke"));
    }
    for (const auto& path : made) {
        INFO(path);
        for (const char* part : {"", "/vorschau", "/versionen"}) {
            const auto answer = visitor.get(path + part);
            CHECK(answer.status != 200);
            CHECK_FALSE(answer.has("Zwölfpunktmarke"));
        }
    }
}

TEST_CASE("no form gives anything to a department of another municipality, or to none that there is") {
    TestHouse house;
    const auto soest = add_soest(house);
    core::OrganisationId elsewhere;
    house.write([&](db::Tx& tx) { elsewhere = core::add_organisation(tx, soest, "amt", "Amt", "department"); });
    auto office = house.as(Role::admin);
    int tried = 0;
    for (const auto& path : staff_pages(house, office)) {
        const auto form = main_form(ParsedPage(office.get(path).body));
        const auto* field = form ? form->field("organisation") : nullptr;
        if (!field || field->type != "select" || path.find("/neu") != std::string::npos) continue;
        INFO(path);
        ++tried;
        Fields fields = form->sent();
        PageForm::set(fields, "organisation", std::to_string(elsewhere.value));
        const auto answer = send(office, *form, fields);
        CHECK(answer.status == 422);
        CHECK(answer.has("Bitte wählen Sie einen der Fachbereiche."));
    }
    CHECK(tried >= 4);
}

TEST_CASE("files of a form that is refused, or was sent before, do not stay behind") {
    TestHouse house;
    auto office = house.as(Role::admin);
    auto stranger = somebody(house, house.tenant(), Role::editor);
    int forms = 0;
    for (const auto& path : staff_pages(house, office)) {
        const auto form = main_form(ParsedPage(office.get(path).body));
        if (!form || !form->takes_files) continue;
        for (const auto& field : form->fields) {
            if (field.type != "file" || field.name == "file") continue;
            INFO(path, " ", field.name);
            ++forms;
            const std::vector<SentFile> files = {{field.name, "a.pdf", "application/pdf", small_pdf}};
            const auto before = stored_files(house);
            stranger.upload(form->action, form->sent(), files);
            Fields stale = form->sent();
            if (form->field("_version")) PageForm::set(stale, "_version", "99");
            PageForm::set(stale, "title", "");
            CHECK(office.upload(form->action, stale, files).status == 422);
            CHECK(stored_files(house) == before);
            const auto saved = office.upload(form->action, form->sent(), files);
            if (saved.status != 303) continue;
            const auto with_file = stored_files(house);
            office.upload(form->action, form->sent(), files);
            CHECK(stored_files(house) == with_file);
        }
    }
    CHECK(forms >= 4);
}

TEST_CASE("mails and jobs of one municipality are nobody else's business") {
    TestHouse house;
    const auto soest = add_soest(house);
    house.visitor().from("192.0.2.78").post("/passwort", {{"email", "redaktion@example.org"}});
    house.run_jobs();
    house.run_jobs();
    REQUIRE(house.mails().size() == 1);
    auto here = house.as(Role::admin);
    CHECK(here.get("/verwaltung/postausgang").has("redaktion@example.org"));
    auto there = somebody(house, soest, Role::admin);
    there.on_host("soest.example");
    CHECK_FALSE(there.get("/verwaltung/postausgang").has("redaktion@example.org"));
    for (const auto& link : ParsedPage(here.get("/verwaltung/postausgang").body).links())
        if (starts_with(link, "/verwaltung/postausgang/")) CHECK(there.get(link).status == 404);

    const auto dortmund = house.tenant();
    house.write([&](db::Tx& tx) {
        const auto now = house.clock().now();
        jobs::enqueue(tx,
                      {.kind = "probe.dortmund",
                       .payload = "{}",
                       .run_at = now + std::chrono::hours{9},
                       .tenant = dortmund.value},
                      now);
    });
    std::string id;
    house.read([&](db::Tx& tx) {
        for (const auto& job : jobs::list(tx, "", {}, 100))
            if (job.kind == "probe.dortmund") id = std::to_string(job.id.value);
    });
    CHECK(here.get("/verwaltung/auftraege?stand=alle").has("probe.dortmund"));
    CHECK_FALSE(there.get("/verwaltung/auftraege?stand=alle").has("probe.dortmund"));
    CHECK(there.post("/verwaltung/auftraege", {{"id", id}, {"do", "remove"}}).status == 404);
    CHECK(here.post("/verwaltung/auftraege", {{"id", id}, {"do", "remove"}}).status == 303);
    CHECK(here.get("/verwaltung/protokoll.csv").has("job.removed"));
}

TEST_CASE("a link of one municipality sets no password in another, and a stranger's guess costs no hashing") {
    TestHouse house;
    const auto soest = add_soest(house);
    std::string token;
    house.write([&](db::Tx& tx) {
        const auto now = house.clock().now();
        const auto id = core::add_account(tx, {soest, "neu@soest.example", "Neu", Role::editor, {}}, now);
        token = core::add_link(tx, id, core::LinkPurpose::invitation, now, std::chrono::hours{1});
    });
    auto visitor = house.visitor();
    CHECK(visitor.get("/einladung/" + token).status == 404);
    CHECK(visitor.post("/einladung/" + token, {{"password", "vier kleine Wörter hier"}}).status == 404);
    // A mail scanner opens the link: it still works for the person.
    visitor.on_host("soest.example");
    CHECK(visitor.get("/einladung/" + token).status == 200);
    CHECK(visitor.head("/einladung/" + token).status == 200);
    CHECK(visitor.post("/passwort/" + token, {{"password", "vier kleine Wörter hier"}}).status == 404);
    CHECK(visitor.post("/einladung/" + token, {{"password", "kurz"}}).status == 422);
    CHECK(visitor.post("/einladung/" + token, {{"password", "vier kleine Wörter hier"}}).status == 303);
    CHECK(visitor.post("/einladung/" + token, {{"password", "vier kleine Wörter hier"}}).status == 404);
}
