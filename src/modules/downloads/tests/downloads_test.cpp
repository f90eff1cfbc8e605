// The rules of materials, and their lists on both databases.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/tenants/tenants.h"
#include "modules/downloads/pages.h"
#include "platform/db/migrations.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using namespace mitwirken::downloads;

namespace {

const Timestamp now = *parse_instant("2026-11-23T09:00:00Z");

Form filled(const std::string& title = "Leitfaden", const std::string& group = "Leitfäden") {
    Form form;
    form.set("title", title), form.set("category", group), form.set("summary", "Wofür es da ist.");
    return form;
}

std::string problem(const Form& form, const char* field) {
    const auto checked = check(form);
    if (checked) return "";
    const auto* found = checked.problems().of(field);
    return found ? std::string(found->message.id) : "";
}

ItemId put(db::Tx& tx, core::TenantId tenant, const std::string& title, const std::string& group) {
    Item item = *check(filled(title, group));
    item.state = core::State::published;
    return add(tx, tenant, item, {}, now);
}

std::vector<std::string> titles(const std::vector<Item>& items) {
    std::vector<std::string> list;
    for (const auto& item : items) list.push_back(item.title);
    return list;
}
using Titles = std::vector<std::string>;

core::NewAttachment file(const std::string& key, const std::string& type) {
    core::NewAttachment one;
    one.stored.key = key, one.stored.type = type, one.stored.sha256 = "0";
    one.name = key;
    return one;
}

}  // namespace

TEST_CASE("a material needs a title, a group and a sentence, and says what is missing or too long") {
    CHECK(check(filled()));
    for (const auto& [field, words] : std::vector<std::pair<const char*, std::string>>{
             {"title", "Please give the material a title."},
             {"category", "Please name the group it stands in."},
             {"summary", "Please say in one or two sentences what it is for."}}) {
        Form form = filled();
        form.set(field, "  ");
        CHECK(problem(form, field) == words);
        form.set(field, std::string(20001, 'x'));
        CHECK(problem(form, field) == "Please shorten this to {limit} letters.");
    }
    Form form = filled("Titel", "★★★");
    CHECK(problem(form, "category") == "The group’s name needs letters or digits.");
    form = filled();
    form.set("day", "2026-02-30");
    CHECK(problem(form, "day") == "Please enter a day that exists, for example 2026-11-23.");
}

TEST_CASE("links need a title and an address of the web, and an address may be missing") {
    Form form = filled();
    form.set("links-1-title", "Handreichung"), form.set("links-1-url", "https://www.example.org/a.pdf");
    form.set("links-2-title", "Nur auf Papier"), form.set("links-2-url", "");
    const auto item = check(form);
    REQUIRE(item);
    REQUIRE(links_of(*item).size() == 2);
    CHECK(links_of(*item)[1].url.empty());
    for (const char* wrong : {"javascript:alert(1)", "www.example.org", "https://a b.example", "data:text/html,x",
                              "//boese.example", "/\\boese.example", "https://a.example/\"onclick"}) {
        form.set("links-1-url", wrong);
        CHECK(problem(form, "links").find("Addresses begin with") == 0);
    }
    form.set("links-1-url", "/ergebnisse/dialog");
    CHECK(check(form));
    form.set("links-1-url", "https://www.example.org"), form.set("links-1-title", "");
    CHECK(problem(form, "links") == "Every row needs a title.");
}

TEST_CASE("what is stored comes back in the form as it was typed") {
    Form form = filled();
    form.set("body", "**Text**"), form.set("day", "2026-11-01"), form.set("title_en", "Guide");
    form.set("links-1-title", "Link"), form.set("links-1-url", "https://www.example.org");
    form.set("publish_at_day", "2026-12-01"), form.set("publish_at_time", "08:00");
    const Item item = *check(form);
    const Form again = to_form(item);
    for (const char* field : {"title", "category", "summary", "body", "day", "title_en", "links-1-title", "links-1-url",
                              "publish_at_day", "publish_at_time"})
        CHECK_MESSAGE(again[field] == form[field], field);
}

TEST_CASE("every accepted type of file belongs to one kind of the filter") {
    for (const auto& accepted : files::accepted_types()) {
        if (accepted.type == "image/gif") continue;  // becomes a PNG
        int kinds = 0;
        for (const auto& kind : file_kinds())
            kinds += int(std::count(kind.types.begin(), kind.types.end(), accepted.type));
        CHECK_MESSAGE(kinds == 1, accepted.type);
    }
}

TEST_CASE("the list stands by group and title as people sort, and pages forwards and back without a gap") {
    testing::on_both([](testing::TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "downloads"}), now);
        database->write([&](db::Tx& tx) {
            const auto tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
            put(tx, tenant, "Zettel", "Ämter");
            put(tx, tenant, "Ähre", "Berichte");
            put(tx, tenant, "Apfel", "Berichte");
            put(tx, tenant, "apfel", "Berichte");
            put(tx, tenant, "Birne", "Berichte");
            Filter filter;
            const auto all = titles(public_list(tx, tenant, filter, now, 100));
            REQUIRE(all.size() == 5);
            CHECK(all.front() == "Zettel");
            CHECK(all[1] == "Ähre");
            CHECK(all.back() == "Birne");
            Titles paged;
            ItemId last;
            for (int i = 0; i < 5; ++i) {
                filter.after = last;
                const auto page = public_list(tx, tenant, filter, now, 1);
                REQUIRE(page.size() == 1);
                paged.push_back(page.front().title);
                last = page.front().id;
            }
            CHECK(paged == all);
            filter.after = {}, filter.before = last;
            const auto back = titles(public_list(tx, tenant, filter, now, 2));
            CHECK(back == Titles{all[2], all[3]});
            filter = {}, filter.sort = Sort::newest;
            CHECK(titles(public_list(tx, tenant, filter, now, 1)) == Titles{"Birne"});
            CHECK(groups(tx, tenant, now).front().name == "Ämter");
            CHECK(groups(tx, tenant, now).back().count == 4);
        });
    });
}

TEST_CASE("filters narrow by group, topic, kind of file, link and accessibility; counts agree with lists") {
    testing::on_both([](testing::TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "downloads"}), now);
        database->write([&](db::Tx& tx) {
            const auto tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
            const auto other = core::add_tenant(tx, {"else", "Ort", "Mitreden", {"else.example"}, {"de"}}, now);
            const auto park = core::add_term(tx, tenant, {.tree = "topic", .key = "park", .name = "Park"});
            const auto pdf = put(tx, tenant, "Bericht", "Berichte"), text = put(tx, tenant, "Liste", "Listen");
            put(tx, other, "Fremd", "Berichte");
            core::attach(tx, tenant, ref_of(pdf), file("aa/1", "application/pdf"), {}, now);
            const auto id = core::attach(tx, tenant, ref_of(text), file("aa/2", "text/plain"), {}, now);
            core::classify(tx, tenant, ref_of(text), {park});
            Item item = *find(tx, tenant, text);
            item.accessible = accessible_json({id.value});
            item.links = links_json({{"Link", "https://www.example.org"}});
            save(tx, tenant, item, {}, now);
            const auto found = [&](const Filter& filter) {
                const auto list = titles(public_list(tx, tenant, filter, now, 10));
                CHECK(public_count(tx, tenant, filter, now) == std::int64_t(list.size()));
                return list;
            };
            Filter filter;
            CHECK(found(filter) == Titles{"Bericht", "Liste"});
            filter.groups = {"berichte"};
            CHECK(found(filter) == Titles{"Bericht"});
            filter = {}, filter.topics = {park};
            CHECK(found(filter) == Titles{"Liste"});
            filter = {}, filter.kinds = {"pdf"};
            CHECK(found(filter) == Titles{"Bericht"});
            filter.kinds = {"pdf", "link"};
            CHECK(found(filter) == Titles{"Bericht", "Liste"});
            filter.kinds = {"link"};
            CHECK(found(filter) == Titles{"Liste"});
            filter = {}, filter.accessible = true;
            CHECK(found(filter) == Titles{"Liste"});
            filter = {}, filter.ids = std::vector<std::int64_t>{};
            CHECK(found(filter).empty());
            filter.ids = std::vector<std::int64_t>{pdf.value};
            CHECK(found(filter) == Titles{"Bericht"});
        });
    });
}

TEST_CASE("what is not public yet or any more is in no list, and the list knows when that changes") {
    testing::on_both([](testing::TestDatabase& database) {
        db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "downloads"}), now);
        database->write([&](db::Tx& tx) {
            const auto tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
            Item item = *check(filled());
            item.publish_at = now + std::chrono::hours{1}, item.unpublish_at = now + std::chrono::hours{3};
            item.state = core::State::published;
            item.id = add(tx, tenant, item, {}, now);
            const auto count_at = [&](int hours) {
                return public_count(tx, tenant, {}, now + std::chrono::hours{hours});
            };
            CHECK(count_at(0) == 0);
            CHECK(count_at(1) == 1);
            CHECK(count_at(3) == 0);
            CHECK(next_list_change(tx, tenant, now) == item.publish_at);
            CHECK(next_list_change(tx, tenant, now + std::chrono::hours{2}) == item.unpublish_at);
            item.state = core::State::draft;
            save(tx, tenant, item, {}, now);
            CHECK(count_at(2) == 0);
        });
    });
}
