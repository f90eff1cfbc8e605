// What the tests of the desk need again and again: an idea, a report, the case that became of it.
#pragma once

#include <doctest/doctest.h>

#include "core/tenants/tenants.h"
#include "modules/moderation/moderation.h"
#include "platform/base/text.h"
#include "support/test_house.h"

namespace mitwirken::tests {

using namespace std::chrono_literals;
using core::RulingKind;
using namespace moderation;

inline constexpr const char* ideas_path = "/verfahren/smart-rhino/ideen/ideen";
inline constexpr const char* desk = "/verwaltung/moderation";

inline Answer send(TestHouse& house, Client& client, const std::string& page, Fields fields) {
    const auto shown = client.get(page);
    REQUIRE(shown.status == 200);
    for (const char* name : {"_shown", "_key"}) {
        const std::string mark = std::string("name=\"") + name + "\" value=\"";
        const auto at = shown.body.find(mark);
        if (at == std::string::npos) continue;
        const auto begin = at + mark.size();
        fields.emplace_back(name, shown.body.substr(begin, shown.body.find('"', begin) - begin));
    }
    house.clock().set(house.clock().now() + 20s);
    return client.post(page.substr(0, page.find('?')), fields);
}

// An idea of this person; its path.
inline std::string idea(TestHouse& house, Client& client, const std::string& title, const std::string& body) {
    const auto saved = send(house, client, std::string(ideas_path) + "/neu",
                            {{"title", title}, {"body", body}, {"name", "Anna Probe"}});
    REQUIRE(saved.status == 303);
    return saved.location();
}

inline Answer report(TestHouse& house, Client& client, const std::string& path, const std::string& words = "") {
    static int number = 0;
    client.from("2001:db8:1::" + std::to_string(++number));  // how many one address may report is a test of its own
    const std::string id = path.substr(path.rfind('/') + 1);
    return send(house, client, "/verfahren/smart-rhino/gespraech/ideen/" + id + "/melden",
                {{"beitrag", id}, {"reason", "insult"}, {"words", words}});
}

inline std::string newest_case(TestHouse& house) {
    std::string path;
    house.read([&](db::Tx& tx) {
        // The example leaves something on the desk; what a test adds comes after it.
        const auto open = core::cases(tx, house.tenant(), {}, 10);
        REQUIRE_FALSE(open.empty());
        path = std::string(desk) + "/" + std::to_string(open.back().id.value);
    });
    return path;
}

inline void set(TestHouse& house, const char* key, const char* value) {
    house.write([&](db::Tx& tx) { core::set_setting(tx, house.tenant(), key, value); });
    house.house().versions.raise({}, "tenants");
}

// Anna's address, as if she had pressed the button.
inline void confirm_address(TestHouse& house, const std::string& path) {
    house.write([&](db::Tx& tx) {
        const auto id = core::ContributionId{*to_int(path.substr(path.rfind('/') + 1))};
        const auto who = core::find_contribution(tx, house.tenant(), id)->participant;
        const Timestamp now = house.clock().now();
        const auto token = core::add_confirmation(tx, house.tenant(), {who, {}, "anna@example.org"}, now);
        REQUIRE(core::use_confirmation(tx, house.tenant(), token, now));
    });
}

}  // namespace mitwirken::tests
