// What every form of every module promises, found by following links and read like a browser does: bad input comes back
// with what was typed, a form sent twice is done once, of two editors the second loses nothing.
#include <doctest/doctest.h>

#include <algorithm>

#include "platform/base/text.h"
#include "support/filled_forms.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

bool would_end_the_test(const PageForm& form) {
    for (const char* end : {"/abmelden", "/andere-beenden", "/beenden", "/loeschen"})
        if (form.action.find(end) != std::string::npos) return true;
    return false;
}

bool is_fair_answer(int status) {
    return status == 200 || status == 303 || status == 400 || status == 403 || status == 404 || status == 409 ||
           status == 413 || status == 422 || status == 429;
}

// Every form for staff and for people who sign in, with the client that may use it.
template <class Use>
void each_form(TestHouse& house, const Use& use) {
    auto admin = house.as(Role::admin);
    auto visitor = house.visitor();
    visitor.from("192.0.2.77");
    int forms = 0;
    const auto look = [&](Client& client, const std::vector<std::string>& pages) {
        for (const auto& path : pages)
            for (std::size_t i = 0;; ++i) {
                // Read anew for each form: the one before may have saved something.
                const ParsedPage page(client.get(path).body);
                if (i >= page.forms().size()) break;
                const PageForm& form = page.forms()[i];
                if (form.method != "post" || would_end_the_test(form)) continue;
                INFO(path, " -> ", form.action);
                ++forms;
                use(client, path, form);
            }
    };
    look(admin, staff_pages(house, admin));
    look(visitor, {"/anmelden", "/passwort", "/registrieren", "/anmelden/link"});
    CHECK(forms > 20);  // or the crawl has gone astray
}

std::string typed_in(const ParsedPage& page, const PageForm& form, const std::string& name) {
    const auto again = form_to(page, form.action);
    const auto* field = again ? again->field(name) : nullptr;
    return field ? field->value : "";
}

// Signed in anew: some answers of a test end a session or change a password.
Client admin_of(TestHouse& house) { return house.as(Role::admin); }

}  // namespace

TEST_CASE("a form with nothing in it, or with nonsense in its hidden fields, is answered with words") {
    TestHouse house;
    each_form(house, [&](Client& client, const std::string&, const PageForm& form) {
        CHECK(is_fair_answer(send(client, form, {}).status));
        for (const char* nonsense : {"<script>", "-1", "99999999999999999999", "9223372036854775807", "' OR 1=1 --"}) {
            const auto fields =
                form.sent_with(nonsense, [](const auto& f) { return f.type == "hidden" || f.type == "select"; });
            INFO(nonsense);
            CHECK(is_fair_answer(send(client, form, fields).status));
        }
        for (const auto& [name, value] : form.buttons) {
            Fields fields = form.sent();
            fields.emplace_back(name, value + "<x>");
            CHECK(is_fair_answer(send(client, form, fields).status));
        }
    });
}

TEST_CASE("bytes that are no text are cleaned or refused by every form, and kept by none") {
    TestHouse house;
    each_form(house, [&](Client& client, const std::string& path, const PageForm& form) {
        const std::string broken = "gut\xFF\xC3\x28\xED\xA0\x80\xF4\x90\x80\x80 Ende";
        std::string body;
        for (const auto& field : form.fields)
            body += escape_url(field.name) + "=" +
                    (field.is_typed() ? escape_url(broken + std::string("\0\x01\x7F", 3)) : escape_url(field.value)) +
                    "&";
        const auto answer = client.send(http::Method::post, form.action, "application/x-www-form-urlencoded", body);
        CHECK(is_fair_answer(answer.status));
        CHECK(is_utf8(answer.body));
        const auto shown = client.get(path);
        CHECK(shown.status < 500);
        CHECK(is_utf8(shown.body));
    });
}

TEST_CASE("text that is too long comes back whole or is kept whole, never cut off without a word") {
    TestHouse house;
    std::string text;
    while (text.size() < 40000) text += "Wort mit Umlaut ä ";
    text += "Ende";
    each_form(house, [&](Client& client, const std::string& path, const PageForm& form) {
        const auto fields = form.sent_with(text, [](const auto& f) { return f.is_free_text(); });
        const auto answer = send(client, form, fields);
        CHECK(is_fair_answer(answer.status));
        if (answer.status == 422) {
            const ParsedPage page(answer.body);
            CHECK(page.has_error_summary());
            for (const auto& field : form.fields)
                if (field.is_free_text() && form_to(page, form.action)) {
                    INFO(field.name);
                    CHECK(typed_in(page, form, field.name) == text);
                }
        } else if (answer.status == 303) {
            const ParsedPage page(client.get(path).body);
            for (const auto& field : form.fields) {
                const std::string kept = field.is_free_text() ? typed_in(page, form, field.name) : "";
                INFO(field.name);
                CHECK((kept.empty() || kept == field.value || kept == text));
            }
        }
    });
}

TEST_CASE("every form for something new can be filled in, and sent twice it makes one thing") {
    TestHouse house;
    auto admin = admin_of(house);
    const auto pages = only_new(staff_pages(house, admin));
    CHECK(pages.size() >= 5);
    for (const auto& path : pages) {
        INFO(path);
        const auto first = fill_and_send(admin, path, "Zweimal gesendet");
        INFO(ParsedPage(first.answer.body).text());
        REQUIRE(first.answer.status == 303);
        REQUIRE(first.form.field("_key"));
        const auto rows = all_rows(house);
        const auto second = send(admin, first.form, first.fields);
        CHECK(second.status == 303);
        CHECK(second.location() == first.answer.location());
        CHECK(all_rows(house) == rows);
        // Somebody goes back, changes the text and sends again: that is another sending, and not lost.
        Fields changed = first.fields;
        for (auto& [name, value] : changed)
            if (value == "Zweimal gesendet") value = "Nach dem Zurückgehen geändert";
        const auto again = send(admin, first.form, changed);
        if (again.status == 303) {
            CHECK(all_rows(house) > rows);
        } else {  // a part of something that was changed meanwhile, by the first sending
            CHECK(again.status == 422);
            CHECK(again.has("Nach dem Zurückgehen geändert"));
        }
    }
}

TEST_CASE("a key of any length and kind does no harm, and works for one person only") {
    TestHouse house;
    for (const auto& key : {std::string(5000, 'k'), std::string("' OR '1'='1"), std::string("ä\xFF")}) {
        Fields fields{{"_key", key}, {"name", "Amt " + key.substr(0, 20)}, {"kind", "department"}};
        auto admin = admin_of(house);
        CHECK(admin.post("/verwaltung/organisationen", fields).status == 303);
        const auto rows = all_rows(house);
        CHECK(admin.post("/verwaltung/organisationen", fields).status == 303);
        CHECK(all_rows(house) == rows);
    }
}

TEST_CASE("of two who edit at once the second keeps the own text and sees what the first wrote, in every module") {
    TestHouse house;
    auto first = admin_of(house), second = admin_of(house);
    int compared = 0;
    for (const auto& path : staff_pages(house, first)) {
        const auto form = main_form(ParsedPage(first.get(path).body));
        const auto* version = form ? form->field("_version") : nullptr;
        if (!version || version->value == "0" || path.find("/neu") != std::string::npos) continue;
        const auto words = std::find_if(form->fields.begin(), form->fields.end(),
                                        [](const auto& f) { return f.is_free_text() && !f.value.empty(); });
        if (words == form->fields.end()) continue;
        INFO(path, " ", words->name);
        ++compared;
        auto of_first = form->sent(), of_second = form->sent();
        PageForm::set(of_first, words->name, "Erstfassung Zitronenfalter");
        PageForm::set(of_first, "_key", "eins-" + path);
        PageForm::set(of_second, words->name, "Zweitfassung Schwalbenschwanz");
        PageForm::set(of_second, "_key", "zwei-" + path);
        const auto saved = send(first, *form, of_first);
        INFO(ParsedPage(saved.body).text());
        REQUIRE(saved.status == 303);
        const auto answer = send(second, *form, of_second);
        CHECK(answer.status == 422);
        const ParsedPage page(answer.body);
        CHECK(typed_in(page, *form, words->name) == "Zweitfassung Schwalbenschwanz");
        if (path.find("/einstellungen") == std::string::npos && path.find("/einbetten") == std::string::npos)
            CHECK(page.text().find("Zitronenfalter") != std::string::npos);
        // The form is now made from the newest version: saving again is a decision.
        const auto again = form_to(page, form->action);
        REQUIRE(again);
        CHECK(send(second, *again, again->sent()).status == 303);
    }
    CHECK(compared >= 5);
}
