// What the tests of ideas share: the form as a browser sends it, the settings of the example's activity, pictures.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/procedures/records.h"
#include "support/test_house.h"

namespace mitwirken::tests {

inline const std::string ideas_list = "/verfahren/smart-rhino/ideen/ideen", ideas_form = ideas_list + "/neu";

inline std::string hidden_in(const std::string& page, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = page.find(mark);
    if (at == std::string::npos) return "";
    return page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
}

// The fields with the marks of the form that is shown there now; the person has taken a minute.
inline Fields with_marks(TestHouse& house, Client& client, const std::string& form, Fields fields) {
    const auto page = client.get(form);
    REQUIRE(page.status == 200);
    for (const char* name : {"_shown", "_key"}) fields.emplace_back(name, hidden_in(page.body, name));
    house.clock().set(house.clock().now() + std::chrono::seconds{60});
    return fields;
}

inline Answer send_idea(TestHouse& house, Client& client, Fields fields, const std::vector<SentFile>& files = {}) {
    const auto all = with_marks(house, client, ideas_form, std::move(fields));
    return files.empty() ? client.post(ideas_form, all) : client.upload(ideas_form, all, files);
}

// Somebody from an address of their own: what is slowed down is tested apart.
inline Client someone(TestHouse& house) {
    static int people = 0;
    auto client = house.visitor();
    client.from("2001:db8:7::" + std::to_string(++people));
    return client;
}

inline void set_ideas(TestHouse& house, const nlohmann::json& settings) {
    house.write([&](db::Tx& tx) {
        const auto procedure = *core::find_procedure(tx, house.tenant(), "smart-rhino");
        auto plan = core::load_plan(tx, procedure);
        for (auto& activity : plan.activities)
            if (activity.key == "ideen") activity.settings = settings.dump();
        core::save_plan(tx, house.tenant(), procedure.id, plan);
    });
    house.house().versions.raise({}, "tenants");
}

inline nlohmann::json own_field(const char* key, const char* label, const char* kind, bool required = false,
                                bool is_public = true) {
    return {{"key", key},           {"label", label},     {"kind", kind}, {"options", {"Kinder", "Alle"}},
            {"required", required}, {"public", is_public}};
}

}  // namespace mitwirken::tests
