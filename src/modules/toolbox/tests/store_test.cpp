// The public list against a list made by hand: every order, filter and page; and that nothing unpublished is in it.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include <nlohmann/json.hpp>
#include "core/tenants/tenants.h"
#include "modules/toolbox/listing.h"
#include "platform/base/text.h"

#include "platform/db/migrations.h"
#include "platform/search/search.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using namespace mitwirken::toolbox;
using mitwirken::testing::on_both;
using mitwirken::testing::TestDatabase;

namespace {

const Timestamp start = *parse_instant("2026-11-23T09:00:00Z");

TenantId prepared(TestDatabase& database) {
    db::migrate(*database, db::embedded_migrations({"platform", "search", "core", "toolbox"}), start);
    TenantId tenant;
    database->write([&](db::Tx& tx) {
        tenant = core::add_tenant(tx, {"dortmund", "Stadt", "Seite", {"a.example"}, {"de"}}, start);
    });
    return tenant;
}

Format sample(const std::string& title, State state = State::published) {
    Format format;
    format.key = slug(title);
    format.title = title;
    format.state = state;
    format.publish = true;
    format.purposes = 0b0010;
    format.forms = 0b001;
    format.group_sizes = 0b0010;
    format.summary = "Kurz zu " + title;
    format.description = "Lang zu " + title;
    return format;
}

std::vector<Format> many(db::Tx& tx, TenantId tenant, int count) {
    std::mt19937 random(11);
    const auto one_of = [&](int n) { return int(random() % unsigned(n)); };
    static const char* const names[] = {"Ähre", "Bürgerrat", "café", "Dialog", "Übung", "Zelle", "Öffnung", "Markt"};
    std::vector<Format> all;
    for (int i = 0; i < count; ++i) {
        Format format = sample(std::string(names[one_of(8)]) + " " + std::to_string(one_of(100000)));
        format.key += "-" + std::to_string(i);
        format.purposes = one_of(16);
        format.forms = 1 + one_of(7);
        format.group_sizes = 1 + one_of(15);
        format.distance = one_of(2) == 1;
        format.description = std::string(std::size_t(one_of(9)), 'x');
        if (one_of(3) > 0) format.staff_days = one_of(20);
        Parts parts;
        parts.tools.resize(std::size_t(one_of(3)), {"Werkzeug", "", ""});
        parts.materials.resize(std::size_t(one_of(3)), {"Blatt", "", ""});
        save(tx, tenant, format, parts, {}, "", start + std::chrono::seconds(one_of(50)));
        all.push_back(format);
    }
    return all;
}

// All keys of a selection, page by page in both directions.
std::vector<std::string> walk(db::Tx& tx, TenantId tenant, Selection selection, int size) {
    std::vector<std::string> keys;
    std::vector<std::vector<std::string>> pages;
    for (;;) {
        const auto page = list(tx, tenant, selection, size);
        pages.emplace_back();
        for (const auto& line : page.lines) pages.back().push_back(line.key);
        keys.insert(keys.end(), pages.back().begin(), pages.back().end());
        REQUIRE(pages.size() < 100);
        if (page.next.empty()) break;
        selection.after = page.next;
    }
    for (std::size_t at = pages.size(); at > 1; --at) {  // back again, the same pages
        const auto last = list(tx, tenant, selection, size);
        REQUIRE_FALSE(last.back.empty());
        selection.after.clear();
        selection.before = last.back;
        std::vector<std::string> found;
        for (const auto& line : list(tx, tenant, selection, size).lines) found.push_back(line.key);
        CHECK(found == pages[at - 2]);
    }
    return keys;
}

std::int64_t value_of(db::Tx& tx, Order order, const Format& format) {
    const auto parts = parts_of(tx, format.id);
    const int bits = facet_bits(format);
    switch (order) {
        case Order::description:
            return std::int64_t(letters(format.description));
        case Order::tips:
            return -std::int64_t(parts.materials.size());
        case Order::tools:
            return -std::int64_t(parts.tools.size());
        case Order::effort:
            return format.staff_days.value_or(1'000'000);
        case Order::change:
            return -format.changed_at.time_since_epoch().count();
        case Order::age:
            return -format.published_at->time_since_epoch().count();
        default:
            return facet_of(order) ? rank_of(*facet_of(order), bits) : 0;
    }
}

std::vector<std::string> by_hand(db::Tx& tx, std::vector<Format> all, const Selection& selection) {
    std::erase_if(all, [&](const Format& format) { return !matches(facet_bits(format), selection.chosen); });
    std::vector<std::tuple<std::int64_t, std::string, std::int64_t, std::string>> rows;
    for (const auto& format : all)
        rows.emplace_back(value_of(tx, selection.order, format), title_key(format.title), format.id.value, format.key);
    std::sort(rows.begin(), rows.end());
    if (selection.descending) std::reverse(rows.begin(), rows.end());
    std::vector<std::string> keys;
    for (const auto& row : rows) keys.push_back(std::get<3>(row));
    return keys;
}

std::set<std::string> listed_keys(db::Tx& tx, TenantId tenant) {
    std::set<std::string> keys;
    for (const auto& line : listed_after(tx, tenant, {}, 1000)) keys.insert(line.key);
    return keys;
}

}  // namespace

TEST_CASE("every order and filter gives what sorting by hand gives, forwards and backwards") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        std::vector<Format> all;
        database->write([&](db::Tx& tx) { all = many(tx, tenant, 90); });
        std::mt19937 random(5);
        database->read([&](db::Tx& tx) {
            for (const auto& order : orders())
                for (int round = 0; round < 6; ++round) {
                    Selection selection;
                    selection.order = order.order;
                    selection.descending = round % 2 == 1;
                    if (round > 1) selection.chosen = int(random() % (1 << 13)) & int(random() % (1 << 13));
                    INFO(order.parameter, " ", selection.descending, " ", selection.chosen);
                    const auto expected = by_hand(tx, all, selection);
                    CHECK(walk(tx, tenant, selection, 7) == expected);
                    CHECK(list(tx, tenant, selection, 7).count == std::int64_t(expected.size()));
                }
        });
    });
}

TEST_CASE("a filter that few pass finds them all") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) {
            many(tx, tenant, 60);
            Format rare = sample("Rarität");
            rare.purposes = 0b1000, rare.forms = 0b100, rare.group_sizes = 0b1000, rare.distance = true;
            save(tx, tenant, rare, {}, {}, "", start);
        });
        database->read([&](db::Tx& tx) {
            Selection selection =
                selection_from(parse_query("zweck=entscheiden&form=hybrid&kreis=unbegrenzt&abstand=ja"));
            const auto keys = walk(tx, tenant, selection, 3);
            CHECK(std::find(keys.begin(), keys.end(), "raritaet") != keys.end());
            CHECK(std::int64_t(keys.size()) == list(tx, tenant, selection, 3).count);
        });
    });
}

TEST_CASE("only what is published and meant for the web is listed, counted, found and exported") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        FormatId id;
        database->write([&](db::Tx& tx) {
            for (const auto state : {State::draft, State::handed_in, State::agreed, State::archived}) {
                Format hidden = sample("Geheim " + std::string(to_word(state)), state);
                save(tx, tenant, hidden, {}, {}, "", start);
            }
            Format internal = sample("Nur intern");
            internal.publish = false;
            save(tx, tenant, internal, {}, {}, "", start);
            Format open = sample("Offen");
            save(tx, tenant, open, {}, {}, "", start);
            id = open.id;
        });
        const auto found = [&](db::Tx& tx, const std::string& audience) {
            return search::find_items(tx, {tenant.value, {audience}, "kurz", "", "toolbox", 20, ""}).size();
        };
        database->read([&](db::Tx& tx) {
            CHECK(listed_keys(tx, tenant) == std::set<std::string>{"offen"});
            CHECK(counts_of(tx, tenant).total() == 1);
            CHECK(public_formats_after(tx, tenant, {}, 10).size() == 1);
            CHECK_FALSE(public_format(tx, tenant, "nur-intern"));
            CHECK(found(tx, "public") == 1);
            CHECK(found(tx, "staff") == 1);  // released for colleagues; drafts are in no index
        });
        database->write([&](db::Tx& tx) { set_state(tx, tenant, id, State::archived, start); });
        database->read([&](db::Tx& tx) {
            CHECK(listed_keys(tx, tenant).empty());
            CHECK(counts_of(tx, tenant).total() == 0);
            CHECK(found(tx, "public") == 0);
        });
    });
}

TEST_CASE("a change of categories moves the format in the counts, and building anew changes nothing") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) {
            auto all = many(tx, tenant, 20);
            for (auto& format : all) {
                format.purposes = 0b1000;
                save(tx, tenant, format, {}, {}, "", start);
            }
            CHECK(counts_of(tx, tenant).matching(0b1000) == 20);
            CHECK(counts_of(tx, tenant).matching(0b0111) == 0);
            const auto before = counts_of(tx, tenant).bytes();
            const auto keys = listed_keys(tx, tenant);
            refresh_all(tx, tenant, start);
            CHECK(counts_of(tx, tenant).bytes() == before);
            CHECK(listed_keys(tx, tenant) == keys);
        });
    });
}

TEST_CASE("a full-text search is filtered, sorted and paged like the rest") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) {
            for (int i = 0; i < 9; ++i) {
                Format format = sample("Spaziergang " + std::to_string(i));
                format.purposes = i % 3 == 0 ? 0b0001 : 0b0010;
                save(tx, tenant, format, {}, {}, "", start);
            }
            Format other = sample("Werkstatt");
            save(tx, tenant, other, {}, {}, "", start);
        });
        database->read([&](db::Tx& tx) {
            auto selection = selection_from(parse_query("q=spaziergang&sortierung=name-ab"));
            CHECK(walk(tx, tenant, selection, 4).front() == "spaziergang-8");
            CHECK(walk(tx, tenant, selection, 4).size() == 9);
            selection.chosen = 0b0001;
            const auto page = list(tx, tenant, selection, 4);
            CHECK(page.count == 3);
            CHECK(page.total == 10);
            CHECK(page.per_value[0] == 3);
            CHECK(page.per_value[1] == 6);
            CHECK(list(tx, tenant, selection_from(parse_query("q=gibtesnicht")), 4).lines.empty());
        });
    });
}

TEST_CASE("a page whose entry has gone begins at the start") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) { many(tx, tenant, 5); });
        database->read([&](db::Tx& tx) {
            Selection selection;
            const auto first = list(tx, tenant, selection, 2).lines.front().key;
            selection.after = "gibt-es-nicht";
            CHECK(list(tx, tenant, selection, 2).lines.front().key == first);
        });
    });
}

TEST_CASE("exports carry links, files' presence and public relations only") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) {
            Format hidden = sample("Versteckt", State::draft), open = sample("Offen"), main = sample("Haupt");
            save(tx, tenant, hidden, {}, {}, "", start);
            save(tx, tenant, open, {}, {}, "", start);
            save(tx, tenant, main,
                 {{{"Leitfaden", "https://example.org", ""}}, {{"Zoom", "", "Hinweis"}}, {"versteckt", "offen"}}, {},
                 "", start);
            const auto whole = public_format(tx, tenant, "haupt");
            REQUIRE(whole);
            CHECK(whole->parts.related == std::vector<std::string>{"offen"});
            CHECK(whole->parts.materials.size() == 1);
            CHECK(whole->parts.tools.front().note == "Hinweis");
            CHECK_FALSE(whole->has_files);
        });
    });
}

TEST_CASE("a published report counts for its format, and every save is a version") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) {
            Format format = sample("World Café");
            save(tx, tenant, format, {}, {}, "", start);
            save(tx, tenant, format, {}, {}, "neu", start);
            CHECK(format.version == 2);
            Report report;
            report.format = format.id;
            report.title = "Im Mai";
            save_report(tx, tenant, report, {}, "", start);
            CHECK(listed(tx, tenant, {"world-cafe"}).front().reports() == 0);
            CHECK(reports_of(tx, format.id, 5).empty());
            set_report_state(tx, tenant, report.id, ReportState::published, start);
            CHECK(listed(tx, tenant, {"world-cafe"}).front().reports() == 1);
            CHECK(reports_of(tx, format.id, 5).size() == 1);
            CHECK(free_key(tx, tenant, "World Café") == "world-cafe-2");
            CHECK(free_key(tx, tenant, "Vergleich") == "vergleich-2");
        });
    });
}

TEST_CASE("one municipality sees nothing of another's toolbox") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) {
            const auto other = core::add_tenant(tx, {"soest", "Soest", "Soest", {"b.example"}, {"de"}}, start);
            Format format = sample("Offen");
            save(tx, tenant, format, {}, {}, "", start);
            CHECK(list(tx, other, {}, 5).lines.empty());
            CHECK(list(tx, other, {}, 5).total == 0);
            CHECK_FALSE(find_format(tx, other, "offen"));
            CHECK_FALSE(public_format(tx, other, "offen"));
            CHECK(public_formats_after(tx, other, {}, 5).empty());
        });
    });
}

TEST_CASE("erasing a person keeps what they wrote without them") {
    on_both([](TestDatabase& database) {
        const auto tenant = prepared(database);
        database->write([&](db::Tx& tx) {
            const AccountId person{77};
            Format format = sample("Offen");
            save(tx, tenant, format, {}, person, "", start);
            Report report;
            report.title = "Im Mai";
            report.author = person;
            report.contact_email = "verein@example.org";
            save_report(tx, tenant, report, person, "", start);
            CHECK(export_person(tx, person).dump().find("verein@example.org") != std::string::npos);
            forget_person(tx, person);
            CHECK(find_report(tx, tenant, report.id)->contact_email.empty());
            CHECK_FALSE(find_report(tx, tenant, report.id)->author);
            CHECK(export_person(tx, person)["formats"].empty());
        });
    });
}
