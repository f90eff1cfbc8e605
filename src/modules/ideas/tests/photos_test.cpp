// Pictures of ideas: what is taken, what is refused, what stays when a form is not complete, who sees them.
#include "modules/ideas/tests/photo.h"
#include "modules/ideas/tests/support.h"

namespace mitwirken::tests {

namespace {

const Fields idea{{"title", "Bänke"}, {"body", "Am Wasser."}, {"photo-1-alt", "Eine leere Wiese"}};

bool contains(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

SentFile jpeg(const std::string& field = "photo-1") {
    return {field, "IMG_Anna_Beispiel.jpg", "image/jpeg", telephone_photo()};
}

std::string first_picture(const std::string& page) {
    const auto at = page.find("/dateien/");
    return at == std::string::npos ? "" : page.substr(at, page.find_first_of("\"?", at) - at);
}

}  // namespace

TEST_CASE("a picture with its position is shown to everybody without it, on the page and on the card") {
    on_both_houses([](TestHouse& house) {
        auto anna = someone(house);
        const std::string bytes = telephone_photo();
        REQUIRE(contains(bytes, "Exif"));
        REQUIRE(contains(bytes, "Hersteller"));
        const auto saved = send_idea(house, anna, idea, {{"photo-1", "IMG_Anna_Beispiel.jpg", "image/jpeg", bytes}});
        REQUIRE(saved.status == 303);
        const auto page = house.visitor().get(saved.location());
        CHECK(page.has("alt=\"Eine leere Wiese\""));
        CHECK_FALSE(page.has("Anna_Beispiel"));
        const std::string url = first_picture(page.body);
        REQUIRE_FALSE(url.empty());
        const auto picture = house.visitor().get(url);
        REQUIRE(picture.status == 200);
        CHECK(picture.type() == "image/jpeg");
        CHECK_FALSE(contains(picture.body, "Exif"));
        CHECK_FALSE(contains(picture.body, "Hersteller"));
        CHECK(house.visitor().get(url + "?breite=640").status == 200);
        CHECK(house.visitor().get(ideas_list).has(url));
    });
}

TEST_CASE("a script that calls itself a picture is refused; the text and the good picture stay") {
    TestHouse house;
    auto anna = someone(house);
    const auto refused =
        send_idea(house, anna, idea, {jpeg(), {"photo-2", "schoen.png", "image/png", "<script>alert(1)</script>"}});
    CHECK(refused.status == 422);
    CHECK(refused.has("Am Wasser."));
    CHECK(refused.has("Eine leere Wiese"));
    const std::string url = first_picture(refused.body);
    REQUIRE_FALSE(url.empty());
    CHECK(anna.get(url).status == 200);
    CHECK(house.visitor().get(url).status == 404);
    // Sent again without the wrong file: the good one comes along.
    const auto saved = send_idea(house, anna, {{"title", "Bänke"}, {"body", "Am Wasser."}});
    REQUIRE(saved.status == 303);
    CHECK(house.visitor().get(saved.location()).has(url));
    CHECK(house.visitor().get(url).status == 200);
}

TEST_CASE("a picture of twenty megabytes ends in a sentence, and what was typed stays") {
    TestHouse house;
    auto anna = someone(house);
    const auto refused =
        send_idea(house, anna, idea, {{"photo-1", "gross.jpg", "image/jpeg", std::string(20'000'000, 'x')}});
    CHECK(refused.status == 422);
    CHECK(refused.has("größer als 15 MB"));
    CHECK(refused.has("Am Wasser."));
    CHECK(refused.has("Eine leere Wiese"));
}

TEST_CASE("pictures survive a form that is not complete and a draft, and not more are taken than the editor wants") {
    TestHouse house;
    set_ideas(house, {{"most_photos", 1}});
    auto anna = someone(house);
    const auto refused = send_idea(house, anna, {{"title", ""}, {"body", "Am Wasser."}}, {jpeg()});
    CHECK(refused.status == 422);
    const std::string url = first_picture(refused.body);
    REQUIRE_FALSE(url.empty());
    const auto many = send_idea(house, anna, idea, {jpeg()});
    CHECK(many.status == 422);
    CHECK(many.has("zu viele Bilder"));
    REQUIRE(send_idea(house, anna, {{"title", "Bänke"}, {"_draft", "1"}}).status == 303);
    CHECK(anna.get(ideas_form).has(url));
    CHECK_FALSE(house.visitor().get(ideas_form).has(url));
    set_ideas(house, {{"most_photos", 0}});
    CHECK_FALSE(house.visitor().get(ideas_form).has("type=\"file\""));
}

TEST_CASE("the author takes a picture away while changes are possible, the office at any time, nobody else") {
    TestHouse house;
    auto anna = someone(house), ben = someone(house);
    auto office = house.as(core::Role::admin);
    const auto saved = send_idea(house, anna, idea, {jpeg(), jpeg("photo-2")});
    REQUIRE(saved.status == 303);
    const std::string path = saved.location();
    const auto form = anna.get(path + "/bearbeiten");
    const auto at = form.body.find("name=\"kept-");
    REQUIRE(at != std::string::npos);
    const std::string kept = form.body.substr(at + 6, form.body.find("-alt", at) - at - 6);
    CHECK(anna.post(path + "/bearbeiten", {{"title", "Bänke"},
                                           {"body", "Am Wasser."},
                                           {kept + "-alt", "Jetzt <b>mit</b> Bank"},
                                           {kept + "-remove", ""}})
              .status == 303);
    CHECK(house.visitor().get(path).has("Jetzt &lt;b&gt;mit&lt;/b&gt; Bank"));
    const std::string url = first_picture(house.visitor().get(path).body);
    const std::string remove = path + "/bilder/" + kept.substr(5);
    CHECK(ben.post(remove).status == 403);
    CHECK(house.visitor().get(url).status == 200);
    CHECK(anna.post(remove).status == 303);
    CHECK(house.visitor().get(url).status == 404);
    house.clock().set(house.clock().now() + std::chrono::hours{2});
    const auto left = house.as(core::Role::admin).get(path);
    const auto other = left.body.find("/bilder/");
    REQUIRE(other != std::string::npos);
    const auto begin = left.body.rfind('"', other) + 1;
    const std::string second = left.body.substr(begin, left.body.find('"', other) - begin);
    CHECK(anna.post(second).status == 403);
    CHECK(office.post(second).status == 303);
    CHECK_FALSE(house.visitor().get(path).has("/dateien/"));
}

TEST_CASE("a picture nobody handed in is gone after thirty days; one of a withdrawn idea is seen by nobody else") {
    TestHouse house;
    auto anna = someone(house);
    const auto refused = send_idea(house, anna, {{"title", ""}, {"body", "x"}}, {jpeg()});
    const std::string waiting = first_picture(refused.body);
    auto ben = someone(house);
    const auto saved = send_idea(house, ben, idea, {jpeg()});
    const std::string shown = first_picture(ben.get(saved.location()).body);
    REQUIRE(ben.post(saved.location() + "/zurueckziehen").status == 303);
    CHECK(house.visitor().get(shown).status == 404);
    CHECK(ben.get(shown).status == 200);
    house.clock().set(house.clock().now() + std::chrono::hours{24 * 31});
    house.run_jobs();
    house.run_jobs();
    CHECK(anna.get(waiting).status == 404);
}

}  // namespace mitwirken::tests
