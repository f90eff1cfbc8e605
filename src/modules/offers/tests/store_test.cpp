// The lists of offers on both databases: filters, order, paging by key, counts.
#include <doctest/doctest.h>

#include <set>

#include "core/domain_events.h"
#include "core/tenants/tenants.h"
#include "modules/offers/offers.h"
#include "platform/db/migrations.h"
#include "platform/tests/test_database.h"

using namespace mitwirken;
using namespace mitwirken::offers;
using testing::TestDatabase;

namespace {

const Timestamp now = *parse_instant("2026-11-23T09:00:00Z");

struct Town {
    core::TenantId tenant;
    core::TermId park, roads, north;
};

Town build(TestDatabase& database) {
    db::migrate(*database, db::embedded_migrations({"platform", "core", "search", "offers"}), now);
    Town town;
    database->write([&](db::Tx& tx) {
        town.tenant = core::add_tenant(tx, {"town", "Stadt", "Mitwirken", {"town.example"}, {"de"}}, now);
        town.park = core::add_term(tx, town.tenant, {.tree = "topic", .key = "park", .name = "Park"});
        town.roads = core::add_term(tx, town.tenant, {.tree = "topic", .key = "roads", .name = "Wege"});
        town.north = core::add_term(tx, town.tenant, {.tree = "district", .key = "north", .name = "Nord"});
    });
    return town;
}

Offer offer(const std::string& title, const char* first, const char* last, std::int64_t how = online) {
    Offer o;
    o.title = o.summary = title;
    o.state = State::published;
    o.how = how;
    o.publish_at = now - std::chrono::hours{24};
    o.starts_at = begin_of(first ? parse_date(first) : std::nullopt);
    o.ends_at = end_of(last ? parse_date(last) : std::nullopt);
    return o;
}

std::vector<std::string> titles(const ListPage& page) {
    std::vector<std::string> list;
    for (const auto& o : page.offers) list.push_back(o.title);
    return list;
}
using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("the list shows the nearest deadline first and never what is not published") {
    testing::on_both([](TestDatabase& database) {
        const Town town = build(database);
        database->write([&](db::Tx& tx) {
            add(tx, town.tenant, offer("later", nullptr, "2026-12-24"), {}, now);
            add(tx, town.tenant, offer("sooner", nullptr, "2026-11-30"), {}, now);
            add(tx, town.tenant, offer("open end", nullptr, nullptr), {}, now);
            add(tx, town.tenant, offer("planned", "2026-12-01", "2026-12-31"), {}, now);
            add(tx, town.tenant, offer("past", nullptr, "2026-11-22"), {}, now);
            add(tx, town.tenant, offer("long past", nullptr, "2020-08-31"), {}, now);
            for (const State state : {State::draft, State::handed_in, State::archived}) {
                Offer hidden = offer("hidden", nullptr, nullptr);
                hidden.state = state;
                add(tx, town.tenant, hidden, {}, now);
            }
            Offer tomorrow = offer("tomorrow", nullptr, nullptr);
            tomorrow.publish_at = now + std::chrono::hours{24};
            add(tx, town.tenant, tomorrow, {}, now);
        });
        database->read([&](db::Tx& tx) {
            Filter filter;
            filter.kinds = {Kind::running, Kind::permanent, Kind::planned};
            CHECK(titles(public_list(tx, town.tenant, filter, now, 10)) ==
                  Titles{"sooner", "later", "planned", "open end"});
            filter.kinds = {Kind::planned};
            CHECK(titles(public_list(tx, town.tenant, filter, now, 10)) == Titles{"planned"});
            filter.kinds = {Kind::past};
            CHECK(titles(public_list(tx, town.tenant, filter, now, 10)) == Titles{"past", "long past"});
            filter.kinds = {};
            CHECK(titles(public_list(tx, town.tenant, filter, now, 10)).front() == "open end");
            CHECK(public_count(tx, town.tenant, filter, now) == 6);
            CHECK(public_count(tx, core::TenantId{town.tenant.value + 1}, filter, now) == 0);
            const auto counts = facets(tx, town.tenant, {}, now);
            CHECK(counts.kinds == std::array<std::int64_t, 4>{3, 0, 1, 2});
            // A moment before midnight "past" still ran.
            filter.kinds = {Kind::running};
            CHECK(public_count(tx, town.tenant, filter, *parse_instant("2026-11-22T22:59:59Z")) == 4);
        });
    });
}

TEST_CASE("filters narrow by topic, district, way and words, and several values of one filter widen") {
    testing::on_both([](TestDatabase& database) {
        const Town town = build(database);
        OfferId both;
        database->write([&](db::Tx& tx) {
            both = add(tx, town.tenant, offer("both", nullptr, nullptr, online | paper), {}, now);
            const auto park = add(tx, town.tenant, offer("park", nullptr, nullptr, on_site), {}, now);
            const auto roads = add(tx, town.tenant, offer("roads", nullptr, nullptr, phone), {}, now);
            core::classify(tx, town.tenant, ref(both), {town.park, town.north});
            core::classify(tx, town.tenant, ref(park), {town.park});
            core::classify(tx, town.tenant, ref(roads), {town.roads});
        });
        database->read([&](db::Tx& tx) {
            const auto count = [&](const Filter& filter) { return public_count(tx, town.tenant, filter, now); };
            CHECK(count({.topics = {town.park}}) == 2);
            CHECK(count({.topics = {town.park, town.roads}}) == 3);
            CHECK(count({.topics = {town.park}, .districts = {town.north}}) == 1);
            CHECK(count({.all_terms = {town.roads, town.north}}) == 0);
            CHECK(count({.how = online}) == 1);
            CHECK(count({.how = paper | phone}) == 2);
            CHECK(count({.ids = std::vector<std::int64_t>{both.value}}) == 1);
            CHECK(count({.ids = std::vector<std::int64_t>{}}) == 0);
            CHECK(count({.with_place = true}) == 0);
            const auto counts = facets(tx, town.tenant, {}, now);
            CHECK(counts.terms.at(town.park.value) == 2);
            CHECK(counts.how == std::array<std::int64_t, 4>{1, 1, 1, 1});
        });
    });
}

TEST_CASE("pages follow each other without gap or repetition, forwards and backwards, in every order") {
    testing::on_both([](TestDatabase& database) {
        const Town town = build(database);
        database->write([&](db::Tx& tx) {
            for (int i = 0; i < 23; ++i)
                add(tx, town.tenant,
                    offer("Angebot " + std::to_string(100 + i * 7 % 23), nullptr, i % 3 ? "2026-12-24" : nullptr), {},
                    now);
        });
        database->read([&](db::Tx& tx) {
            for (const Sort sort : {Sort::deadline, Sort::newest, Sort::title}) {
                Filter filter{.sort = sort};
                std::vector<std::int64_t> forwards;
                ListPage page = public_list(tx, town.tenant, filter, now, 5);
                CHECK_FALSE(page.has_earlier);
                while (true) {
                    for (const auto& o : page.offers) forwards.push_back(o.id.value);
                    if (!page.has_later) break;
                    filter.after = page.offers.back().id;
                    page = public_list(tx, town.tenant, filter, now, 5);
                    CHECK(page.has_earlier);
                }
                CHECK(forwards.size() == 23);
                CHECK(std::set<std::int64_t>(forwards.begin(), forwards.end()).size() == 23);
                filter.after = {};
                filter.before = page.offers.front().id;
                const ListPage back = public_list(tx, town.tenant, filter, now, 5);
                REQUIRE(back.offers.size() == 5);
                CHECK(back.offers.back().id.value == forwards[forwards.size() - page.offers.size() - 1]);
                CHECK(back.has_later);
            }
            Filter gone{.after = OfferId{999999}};
            CHECK(public_list(tx, town.tenant, gone, now, 5).offers.size() == 5);
        });
    });
}

TEST_CASE("titles sort as people expect and keys never collide") {
    testing::on_both([](TestDatabase& database) {
        const Town town = build(database);
        database->write([&](db::Tx& tx) {
            for (const char* title : {"Zoo", "Äpfel", "apfelbaum", "Bäume", "Zoo"})
                add(tx, town.tenant, offer(title, nullptr, nullptr), {}, now);
        });
        database->read([&](db::Tx& tx) {
            CHECK(titles(public_list(tx, town.tenant, {.sort = Sort::title}, now, 10)) ==
                  Titles{"Äpfel", "apfelbaum", "Bäume", "Zoo", "Zoo"});
            CHECK(find(tx, town.tenant, std::string("zoo")).has_value());
            CHECK(find(tx, town.tenant, std::string("zoo-2")).has_value());
        });
    });
}

TEST_CASE("what a person put aside stays aside when its source speaks again; what the source withdrew comes back") {
    testing::on_both([](TestDatabase& database) {
        const Town town = build(database);
        const core::ParticipationAnnounced event{{"procedures", 7}, "Verfahren", "Kurz.", "/verfahren/7", {}, {},
                                                 {"online"},        {town.park}};
        database->write([&](db::Tx& tx) {
            announced(tx, town.tenant, event, now);
            announced(tx, town.tenant, event, now);
            CHECK(public_count(tx, town.tenant, {.topics = {town.park}}, now) == 1);
            withdrawn(tx, town.tenant, event.source, now);
            CHECK(public_count(tx, town.tenant, {}, now) == 0);
            announced(tx, town.tenant, event, now);
            CHECK(public_count(tx, town.tenant, {}, now) == 1);
            auto aside = *find_source(tx, town.tenant, event.source);
            aside.state = State::archived;
            save(tx, town.tenant, aside, {}, now);
            set_withdrawn(tx, aside.id, false);
            announced(tx, town.tenant, event, now);
            CHECK(public_count(tx, town.tenant, {}, now) == 0);
        });
    });
}
