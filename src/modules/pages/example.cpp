// The example's standing pages.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "modules/pages/pages.h"

namespace mitwirken::pages {

namespace {

struct Menu {
    std::string_view key;
    Place place;
    std::int64_t position;
    std::string_view name, name_en;
};
constexpr Menu menus[] = {{"about", Place::main, 60, "Über uns", "About"},
                          {"how-it-works", Place::footer, 20, "", ""},
                          {"netiquette", Place::footer, 30, "", ""},
                          {"imprint", Place::legal, 10, "", ""},
                          {"privacy", Place::legal, 20, "", ""},
                          {"accessibility", Place::legal, 30, "Barrierefreiheit", "Accessibility"}};

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("pages.json");
    for (const auto& e : data.at("pages")) {
        Page p;
        p.key = e.at("key");
        p.state = core::State::published;
        p.title = e.at("title"), p.title_en = e.value("title_en", "");
        p.body = e.at("body"), p.body_en = e.value("body_en", "");
        for (const auto& menu : menus)
            if (menu.key == p.key) {
                p.place = menu.place, p.position = menu.position;
                p.menu = menu.name, p.menu_en = menu.name_en;
            }
        p.changed_at = now;
        p.id = add(tx, tenant, p, {}, now);
        core::add_revision(tx, tenant, ref_of(p.id), snapshot(p), {}, "", now);
        index(tx, tenant, p, now);
    }
}

}  // namespace mitwirken::pages
