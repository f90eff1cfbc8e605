// The invited list: addresses, the button, what an invitation opens and what its end closes.
#include <doctest/doctest.h>

#include "modules/invitations/invitations.h"
#include "support/test_house.h"

namespace mitwirken::tests {

namespace {

using core::Role;
const std::string desk = "/verwaltung/verfahren/smart-rhino/eingeladene";

std::string link_in(const std::string& mail) {
    const auto at = mail.find("http://");
    REQUIRE(at != std::string::npos);
    const auto path = mail.find('/', at + 7);
    return mail.substr(path, mail.find_first_of(" \r\n", path) - path);
}

// The example's track becomes one for invited people.
std::string only_invited(TestHouse& house) {
    house.program().database().script(
        "UPDATE core_track SET audience = 'invited' WHERE procedure_id = (SELECT id FROM core_procedure WHERE key = "
        "'smart-rhino')");
    house.house().versions.raise_all();
    std::string key;
    house.read([&](db::Tx& tx) {
        const auto record = core::find_procedure(tx, house.tenant(), std::string("smart-rhino"));
        key = core::load_plan(tx, *record).tracks.front().key;
    });
    return key;
}

}  // namespace

TEST_CASE("addresses are read from lines and CSV, and a line without one is named") {
    const auto read = invitations::read_addresses("a@b.example\n\"Muster\";\"C@d.example\";Dortmund\n\na@b.example");
    REQUIRE(read);
    CHECK(*read == std::vector<std::string>{"a@b.example", "c@d.example"});
    const auto wrong = invitations::read_addresses("a@b.example\nErika Muster\n");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.problems().of("addresses")->message.arguments.front().second == "Erika Muster");
    CHECK_FALSE(invitations::read_addresses(" \n"));
    CHECK_FALSE(invitations::read_addresses("a@b.example\nx@y.example\rBcc: z@z.example"));
}

TEST_CASE("an invitation lets one browser in by its button, and taking it back ends that") {
    on_both_houses([](TestHouse& house) {
        const auto track = only_invited(house);
        auto office = house.as(Role::coordinator);
        CHECK(office.get(desk).status == 200);
        CHECK(office.post(desk, {{"track", track}, {"addresses", "keine"}}).status == 422);
        CHECK(office.post(desk, {{"track", "gibt-es-nicht"}, {"addresses", "a@b.example"}}).status == 422);
        CHECK(house.as(Role::moderator).post(desk, {{"track", track}, {"addresses", "a@b.example"}}).status == 403);
        REQUIRE(office.post(desk, {{"track", track}, {"addresses", "a@b.example\nc@d.example"}}).status == 303);
        house.run_jobs();
        const auto mails = house.mails();
        REQUIRE(mails.size() == 2);
        const auto link = link_in(mails.front());

        const std::string ideas = "/verfahren/smart-rhino/ideen/ideen";
        auto anna = house.visitor();
        CHECK(anna.get(ideas).status == 404);
        for (int i = 0; i < 3; ++i) CHECK(house.visitor().get(link).status == 200);  // a filter opens it
        CHECK(anna.get(ideas).status == 404);
        CHECK(anna.post(link).status == 303);
        CHECK(anna.get(ideas).status == 200);
        CHECK(anna.post(link).status == 303);  // twice is no harm
        CHECK(house.visitor().post(link).status == 404);
        CHECK(house.visitor().get(ideas).status == 404);

        const auto page = office.get(desk);
        CHECK(page.has("angenommen"));
        const std::string mark = "name=\"id\" value=\"";
        for (auto at = page.body.find(mark); at != std::string::npos; at = page.body.find(mark, at + 1)) {
            const auto begin = at + mark.size();
            CHECK(
                office.post(desk + "/entfernen", {{"id", page.body.substr(begin, page.body.find('"', begin) - begin)}})
                    .status == 303);
        }
        CHECK(anna.get(ideas).status == 404);
        CHECK(anna.get(link).status == 404);
    });
}

}  // namespace mitwirken::tests
