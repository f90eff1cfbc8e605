// The list: order, filters, views; exports, API and feeds.
#include <set>

#include "core/taxonomy/taxonomy.h"
#include "modules/ideas/tests/support.h"

namespace mitwirken::tests {

namespace {

void add_ideas(TestHouse& house, int count, core::Channel channel = core::Channel::online) {
    house.write([&](db::Tx& tx) {
        const auto procedure = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        core::Occasion occasion{house.tenant(), procedure.id, {}, {}};
        for (const auto& activity : core::load_plan(tx, procedure).activities)
            if (activity.key == "ideen") occasion.activity = activity.id;
        for (int i = 0; i < count; ++i) {
            core::NewContribution c{
                .module = "ideas", .kind = "idea", .title = "Nummer " + std::to_string(i), .body = "x"};
            c.channel = channel;
            c.original = "{}";
            core::hand_in(tx, occasion, c, house.clock().now());
        }
    });
    house.house().versions.raise({}, "tenants");
}

// The addresses of the ideas on a page, in their order.
std::vector<std::string> ideas_on(const std::string& page) {
    std::vector<std::string> found;
    const std::string mark = "<h3 class=\"h4\" dir=\"auto\"><a href=\"";
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1))
        found.push_back(page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size()));
    return found;
}

std::string next_of(const std::string& page) {
    const auto at = page.find("rel=\"next\"");
    if (at == std::string::npos) return "";
    const auto begin = page.rfind("href=\"", at) + 6;
    std::string url = page.substr(begin, page.find('"', begin) - begin);
    for (auto amp = url.find("&amp;"); amp != std::string::npos; amp = url.find("&amp;")) url.replace(amp, 5, "&");
    return url;
}

}  // namespace

TEST_CASE("by chance: another order for each visitor, and none twice and none missing while one turns the pages") {
    on_both_houses([](TestHouse& house) {
        add_ideas(house, 60);
        const auto begin = house.visitor().get(ideas_list + "?sortierung=zufall");
        REQUIRE(begin.status == 303);
        CHECK(begin.location().find("reihe=") != std::string::npos);
        auto anna = house.visitor();
        std::set<std::string> seen;
        std::size_t shown = 0;
        std::string url = begin.location();
        std::vector<std::string> first;
        for (int pages = 0; !url.empty() && pages < 10; ++pages) {
            const auto page = anna.get(url);
            REQUIRE(page.status == 200);
            const auto some = ideas_on(page.body);
            if (pages == 0) first = some;
            shown += some.size();
            seen.insert(some.begin(), some.end());
            url = next_of(page.body);
            house.clock().set(house.clock().now() + std::chrono::hours{2});
        }
        CHECK(shown >= 60);
        CHECK(seen.size() == shown);
        CHECK(ideas_on(anna.get(ideas_list + "?sortierung=zufall&reihe=1").body) !=
              ideas_on(anna.get(ideas_list + "?sortierung=zufall&reihe=777").body));
        CHECK(ideas_on(anna.get(begin.location()).body) == first);
    });
}

TEST_CASE("filters stand in the address, can be taken out one by one, and nonsense in them harms nothing") {
    TestHouse house;
    add_ideas(house, 2, core::Channel::hearing);
    auto anna = house.visitor();
    CHECK(ideas_on(anna.get(ideas_list + "?kanal=hearing").body).size() == 2);
    CHECK(ideas_on(anna.get(ideas_list + "?kanal=hearing&ort=ja").body).empty());
    CHECK(anna.get(ideas_list + "?kanal=hearing&ort=ja").has("Keine Idee passt"));
    CHECK_FALSE(ideas_on(anna.get(ideas_list + "?ort=ja").body).empty());
    const auto both = anna.get(ideas_list + "?kanal=hearing&stand=offen&thema=&bezirk=");
    CHECK(both.has("chip"));
    CHECK(both.has("/ideen/ideen?stand=offen\""));
    CHECK(ideas_on(both.body).size() == 2);
    for (const char* query : {"?kanal=brieftaube", "?bezirk=nirgends", "?thema[]=x", "?stand=%27--", "?nach=x.y",
                              "?sortierung=zufall&reihe=99999999999999999", "?ansicht=liste", "?ansicht=karte"})
        CHECK(anna.get(ideas_list + query).status == 200);
}

TEST_CASE("a place gives an idea its district") {
    TestHouse house;
    auto anna = someone(house);
    const auto saved =
        send_idea(house, anna, {{"title", "Bänke"}, {"body", "x"}, {"place-lat", "51,515"}, {"place-lon", "7,44"}});
    REQUIRE(saved.status == 303);
    bool found = false;
    house.read([&](db::Tx& tx) {
        const auto number = *to_int(saved.location().substr(saved.location().rfind('/') + 1));
        for (const auto& term : core::terms_of(tx, house.tenant(), core::Ref{"ideas", number}))
            if (term.tree == "district") {
                found = true;
                CHECK(anna.get(ideas_list + "?bezirk=" + term.key).has("Bänke"));
            }
    });
    CHECK(found);
}

TEST_CASE("tables, places, API and feeds hold every public idea once; the office's table also what is held") {
    on_both_houses([](TestHouse& house) {
        add_ideas(house, 450);
        set_ideas(house, {{"moderation", "before"}});
        auto anna = someone(house);
        const auto held = send_idea(house, anna, {{"title", "Noch geprüft"}, {"body", "x"}});
        REQUIRE(held.status == 303);
        auto visitor = house.visitor();
        const auto csv = visitor.get(ideas_list + "/ideen.csv");
        CHECK(csv.type().find("text/csv") == 0);
        for (const char* title : {"Nummer 0;", "Nummer 199;", "Nummer 200;", "Nummer 449;"}) CHECK(csv.has(title));
        CHECK_FALSE(csv.has("Noch geprüft"));
        auto office = house.as(core::Role::admin);
        CHECK(office.get(ideas_list + "/ideen.csv?alle=ja").has("Noch geprüft"));
        REQUIRE(anna.post(held.location() + "/zurueckziehen").status == 303);
        CHECK_FALSE(office.get(ideas_list + "/ideen.csv?alle=ja").has("Noch geprüft"));
        const auto places = nlohmann::json::parse(visitor.get(ideas_list + "/ideen.geojson").body);
        std::set<std::int64_t> ids;
        for (const auto& one : places.at("features")) ids.insert(one.at("id").get<std::int64_t>());
        CHECK(ids.size() == places.at("features").size());
        CHECK(ids.size() > 450);
        std::set<std::int64_t> listed;
        std::string url = "/api/v1/ideas?procedure=smart-rhino&limit=100";
        for (int pages = 0; !url.empty() && pages < 20; ++pages) {
            const auto answer = nlohmann::json::parse(visitor.get(url).body);
            for (const auto& one : answer.at("items")) listed.insert(one.at("id").get<std::int64_t>());
            url = answer.at("next").is_null() ? "" : answer.at("next").get<std::string>();
            if (const auto at = url.find("/api/"); at != std::string::npos) url = url.substr(at);
        }
        CHECK(listed == ids);
        CHECK(visitor.get("/api/v1/ideas?procedure=gibt-es-nicht").status == 400);
        CHECK(visitor.get("/api/v1/ideas?procedure=smart-rhino&after=99999999").status == 400);
        CHECK(visitor.get(ideas_list + "/ideen.rss").has("<rss"));
        CHECK(visitor.get(ideas_list + "/ideen.atom").has("Nummer 449"));
        CHECK(visitor.get(ideas_list).has("/ideen.rss"));
        CHECK_FALSE(visitor.get(ideas_list).has("/beitraege\""));
        CHECK(office.get(ideas_list).has("/verwaltung/verfahren/smart-rhino/beitraege\""));
    });
}

}  // namespace mitwirken::tests
