// The place of an idea: every way to give one, and what is refused with which words.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/procedures/records.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;

constexpr const char* form_page = "/verfahren/smart-rhino/ideen/ideen/neu";

std::string hidden(const std::string& page, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = page.find(mark);
    if (at == std::string::npos) return "";
    return page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
}

Answer send(TestHouse& house, Client& client, Fields place) {
    const auto page = client.get(form_page);
    Fields fields{{"title", "Bänke"}, {"body", "Am Wasser."}};
    for (const char* name : {"_shown", "_key"}) fields.emplace_back(name, hidden(page.body, name));
    house.clock().set(house.clock().now() + 60s);
    fields.insert(fields.end(), place.begin(), place.end());
    return client.post(form_page, fields);
}

// Somebody who was never here before, from an address of their own: what is slowed down is tested elsewhere.
Answer send(TestHouse& house, Fields place) {
    static int people = 0;
    auto somebody = house.visitor();
    somebody.from("2001:db8::" + std::to_string(++people));
    return send(house, somebody, std::move(place));
}

// The settings of the example's activity, and the procedure's area.
void prepare(TestHouse& house, const nlohmann::json& settings, const std::string& area = "") {
    house.write([&](db::Tx& tx) {
        auto procedure = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        procedure.area = area;
        core::save_procedure(tx, house.tenant(), procedure, house.clock().now());
        auto plan = core::load_plan(tx, procedure);
        for (auto& activity : plan.activities)
            if (activity.key == "ideen") activity.settings = settings.dump();
        core::save_plan(tx, house.tenant(), procedure.id, plan);
    });
    house.house().versions.raise({}, "tenants");
}

std::string ring(int corners, double size) {
    std::string text = R"({"type":"Polygon","coordinates":[[)";
    for (int i = 0; i <= corners; ++i) {
        const double angle = (i % corners) * 6.283185307 / corners;
        text += (i ? ",[" : "[") + std::to_string(7.45 + size * std::cos(angle)) + "," +
                std::to_string(51.51 + size * std::sin(angle)) + "]";
    }
    return text + "]]}";
}

const char* const square =
    R"({"type":"Polygon","coordinates":[[[7.43,51.51],[7.45,51.51],[7.45,51.52],[7.43,51.52],[7.43,51.51]]]})";

}  // namespace

TEST_CASE("a place is given by drawing, by an address without script, by coordinates, or not at all") {
    on_both_houses([](TestHouse& house) {
        prepare(house, nlohmann::json::object());
        auto anna = house.visitor();
        anna.from("2001:db8:1::1");
        CHECK(anna.get(form_page).has("<place-map"));
        CHECK(send(house, {}).status == 303);
        CHECK(send(house, {{"place", R"({"type":"Point","coordinates":[7.44,51.515]})"}}).status == 303);
        CHECK(send(house, {{"place-lat", "51,515"}, {"place-lon", "7.44"}}).status == 303);
        // The search button: the form again with a list, nothing handed in, everything kept.
        const auto list = send(house, {{"place-address", "hansastr 7"}, {"place-search", "1"}});
        CHECK(list.status == 200);
        CHECK(list.has("Hansastraße 7, 44137 Dortmund"));
        CHECK(list.has("Am Wasser."));
        const std::string value = hidden(list.body, "place-choice");
        REQUIRE_FALSE(value.empty());
        const auto saved = send(house, anna, {{"place-address", "hansastr 7"}, {"place-choice", value}});
        REQUIRE(saved.status == 303);
        CHECK(anna.get(saved.location() + "/bearbeiten").has("Hansastraße 7, 44137 Dortmund"));
        CHECK(send(house, {{"place-address", "gibtesnicht 7"}, {"place-search", "1"}}).has("gibtesnicht"));
        // Taken away again when the text is changed.
        CHECK(anna.post(saved.location() + "/bearbeiten", {{"title", "Bänke"}, {"body", "x"}, {"place-choice", "none"}})
                  .status == 303);
        CHECK_FALSE(anna.get(saved.location() + "/bearbeiten").has("Hansastraße 7, 44137 Dortmund"));
    });
}

TEST_CASE("a place that cannot be one is refused with words that help, and kept as it was drawn") {
    TestHouse house;
    prepare(house, {{"place_kinds", "point line area"}});
    const std::pair<std::string, const char*> wrong[] = {
        {R"({"type":"Point","coordinates":[13.4,52.5]})", "außerhalb der Kommune"},
        {R"({"type":"Point","coordinates":[51.515,7.44]})", "vertauscht"},
        {R"({"type":"Point","coordinates":[NaN,Infinity]})", "nicht lesen"},
        {R"({"type":"Point","coordinates":[1e999,51.5]})", "nicht lesen"},
        {R"({"type":"Point","coordinates":[7.44,"x"]})", "kein Ort auf der Erde"},
        {R"({"type":"MultiPolygon","coordinates":[]})", "Punkt, eine Linie oder eine Fläche"},
        {R"({"type":7,"coordinates":[7.44,51.5]})", "nicht lesen"},
        {R"(<script>alert(1)</script>)", "nicht lesen"},
        {R"({"type":"Polygon","coordinates":[[[7.43,51.51],[7.45,51.52],[7.45,51.51],[7.43,51.52],[7.43,51.51]]]})",
         "kreuzt sich"},
        {R"({"type":"LineString","coordinates":[[7.44,51.5]]})", "mindestens zwei Punkte"},
        {ring(600, 0.01), "zu viele Punkte"},
        {ring(4000, 0.01), "zu viele"},
    };
    for (const auto& [place, words] : wrong) {
        INFO(place.substr(0, 100));
        const auto refused = send(house, {{"place", place}});
        CHECK(refused.status == 422);
        CHECK(refused.has(words));
        CHECK(refused.has("Am Wasser."));
        CHECK_FALSE(refused.has("<script>alert"));
    }
    CHECK(send(house, {{"place-lat", "7.44"}, {"place-lon", "51.51"}}).has("vertauscht"));
    CHECK(send(house, {{"place-lat", "hier"}, {"place-lon", "da"}}).status == 422);
    CHECK(send(house, {{"place-choice", "1 2 3"}}).status == 422);
    CHECK(send(house, {{"place", ring(100, 0.01)}}).status == 303);
}

TEST_CASE("a polygon of a hundred thousand points and one of ten megabytes end in a sentence, not in a crash") {
    TestHouse house;
    prepare(house, {{"place_kinds", "area"}});
    const std::string huge = ring(100'000, 0.01);
    CHECK(send(house, {{"place", huge.substr(0, 900'000)}}).status == 422);
    CHECK(send(house, {{"place", huge}}).status == 413);
    CHECK(send(house, {{"place", std::string(10'000'000, '[')}}).status == 413);
    CHECK(send(house, {{"place", std::string(190'000, '[')}}).status == 422);
}

TEST_CASE("the activity says which kinds are wanted, whether a place is needed, and whether it lies in the area") {
    TestHouse house;
    const std::string inside = R"({"type":"Point","coordinates":[7.44,51.515]})";
    const std::string beside = R"({"type":"Point","coordinates":[7.48,51.515]})";
    prepare(house, {{"place", "required"}}, square);
    CHECK(send(house, {}).status == 422);
    CHECK(send(house, {{"place", square}}).status == 422);
    CHECK(send(house, {{"place", beside}}).has("außerhalb des Gebiets"));
    CHECK(send(house, {{"place", R"({"type":"Point","coordinates":[51.515,7.44]})"}}).has("vertauscht"));
    CHECK(send(house, {{"place", inside}}).status == 303);
    prepare(house, {{"place_inside", false}}, square);
    CHECK(send(house, {{"place", beside}}).status == 303);
    prepare(house, {{"place", "none"}});
    CHECK_FALSE(house.visitor().get(form_page).has("<place-map"));
    const auto without = send(house, {{"place", inside}});
    REQUIRE(without.status == 303);
    CHECK_FALSE(house.visitor().get(without.location()).has("place-map"));
}

}  // namespace mitwirken::tests
