// The rules of standing pages, and their rows on both databases.
#include <doctest/doctest.h>

#include "core/tenants/tenants.h"
#include "modules/pages/pages.h"
#include "platform/db/migrations.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using namespace mitwirken::pages;
using core::State;

namespace {

const Timestamp now = *parse_instant("2026-11-23T09:00:00Z");

Form filled() {
    Form form;
    form.set("title", "Kontakt"), form.set("body", "Text"), form.set("place", "none"), form.set("position", "100");
    return form;
}

std::string problem(const Form& form, const char* field, const std::string& key = "kontakt",
                    State state = State::draft) {
    const auto checked = check(form, key, state);
    if (checked) return "";
    const auto* found = checked.problems().of(field);
    return found ? std::string(found->message.id) : "";
}

}  // namespace

TEST_CASE("a standing page needs a title and a text, and says which of them is missing or too long") {
    Form form = filled();
    CHECK(check(form, "kontakt", State::draft));
    form.set("title", " \n ");
    CHECK(problem(form, "title") == "Please give the page a title.");
    form.set("title", std::string(201, 'x'));
    CHECK(problem(form, "title") == "Please shorten this to {limit} letters.");
    form = filled();
    form.set("body", "");
    CHECK(problem(form, "body") == "Please write what the page says.");
    form.set("body", std::string(50001, 'x'));
    CHECK(problem(form, "body") == "Please shorten this to {limit} letters.");
}

TEST_CASE("an English title and an English text come together") {
    Form form = filled();
    form.set("title_en", "Contact");
    CHECK(problem(form, "body_en") == "There is an English title; please write the text as well.");
    form.set("title_en", ""), form.set("body_en", "Text");
    CHECK(problem(form, "title_en") == "The English text needs a title as well.");
}

TEST_CASE("a page stands in a menu that exists, at a position that is a number") {
    Form form = filled();
    for (const char* place : {"none", "main", "footer", "legal"}) {
        form.set("place", place);
        CHECK(check(form, "kontakt", State::draft));
    }
    form.set("place", "dach");
    CHECK(problem(form, "place") == "Please choose from the list.");
    form = filled();
    for (const char* wrong : {"-1", "1001", "vorn", "1e3"}) {
        form.set("position", wrong);
        CHECK(problem(form, "position") == "Please give a whole number from 0 to 1000.");
    }
}

TEST_CASE("what the law asks for cannot be scheduled away, archived or taken back") {
    Form form = filled();
    form.set("unpublish_at_day", "2027-01-01");
    CHECK(problem(form, "unpublish_at_day").empty());
    for (const char* key : {"imprint", "privacy", "accessibility"}) {
        CHECK(problem(form, "unpublish_at_day", key) == "The law asks for this page: it cannot leave the site.");
        Page page;
        page.key = key, page.state = State::published;
        CHECK_FALSE(step_of(page, "archive"));
        CHECK_FALSE(step_of(page, "return"));
        page.state = State::draft;
        CHECK(step_of(page, "publish") == State::published);
        page.state = State::archived;
        CHECK(step_of(page, "restore") == State::draft);
    }
    Page own;
    own.key = "kontakt", own.state = State::published;
    CHECK(step_of(own, "archive") == State::archived);
    CHECK(step_of(own, "return") == State::draft);
}

TEST_CASE("a key is one of the standing pages, what was typed, or made from the title") {
    Form form;
    form.set("title", "Häufige Fragen");
    CHECK(*check_key(form) == "haeufige-fragen");
    form.set("key", "faq");
    CHECK(*check_key(form) == "faq");
    for (const char* wrong : {"../etc", "Groß", "a b", "imprint", "<script>"}) {
        form.set("key", wrong);
        CHECK_FALSE(check_key(form));
    }
    form.set("standing", "imprint");
    CHECK(*check_key(form) == "imprint");
    CHECK(path_of("imprint") == "/impressum");
    CHECK(path_of("faq") == "/seiten/faq");
}

TEST_CASE("what is stored comes back in the form, and the menu holds what is public at the moment") {
    testing::on_both([](testing::TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "pages"}), now);
        database->write([&](db::Tx& tx) {
            const auto tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
            const auto other = core::add_tenant(tx, {"else", "Ort", "Mitreden", {"else.example"}, {"de"}}, now);
            Page page = *check(filled(), "kontakt", State::draft);
            page.key = "kontakt", page.state = State::published, page.place = Place::footer, page.menu = "Schreiben";
            page.publish_at = now + std::chrono::hours{1}, page.unpublish_at = now + std::chrono::hours{3};
            page.id = add(tx, tenant, page, {}, now);
            CHECK(find(tx, tenant, "kontakt")->menu == "Schreiben");
            CHECK_FALSE(find(tx, other, "kontakt"));
            CHECK_FALSE(find(tx, other, page.id));
            CHECK(menu_rows(tx, tenant, now).empty());
            CHECK(next_menu_change(tx, tenant, now) == page.publish_at);
            const Timestamp later = now + std::chrono::hours{2};
            REQUIRE(menu_rows(tx, tenant, later).size() == 1);
            CHECK(menu_rows(tx, tenant, later).front().place == Place::footer);
            CHECK(next_menu_change(tx, tenant, later) == page.unpublish_at);
            CHECK(menu_rows(tx, other, later).empty());
            CHECK(menu_rows(tx, tenant, now + std::chrono::hours{3}).empty());
        });
        // The address is taken, also for another page.
        CHECK_THROWS_AS(database->write([&](db::Tx& tx) {
            Page page = *check(filled(), "kontakt", State::draft);
            page.key = "kontakt";
            add(tx, core::find_tenant(tx, "town")->id, page, {}, now);
        }),
                        db::Error);
    });
}
