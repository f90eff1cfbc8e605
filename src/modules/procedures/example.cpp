// The example's procedures and the templates that come with the program, in the exchange format.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/procedures/transfer.h"
#include "core/procedures/types.h"
#include "core/procedures/words.h"
#include "modules/procedures/pages.h"

namespace mitwirken::procedures {

namespace {

[[noreturn]] void refuse(const std::string& name, const Problems& problems) {
    throw std::logic_error(name + ": " + core::problems_in_words(i18n::english(), problems));
}

// One for each way of taking part that the toolbox describes and this platform can carry out.
constexpr const char* recipes[] = {
    "ideensammlung-abstimmung", "online-dialog",          "quartiersumfrage",        "buergerrat",
    "spielplatzplanung",        "stadtspaziergang-karte", "buergerhaushalt-kompakt", "runder-tisch"};

void load_recipes(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    for (const std::string name : recipes) {
        const auto type = core::read_type(core::example_bytes("recipes/" + name + ".json"));
        if (!type) refuse(name, type.problems());
        core::add_procedure_type(tx, tenant, *type, {}, now);
    }
}

}  // namespace

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    for (const std::string name : {"procedures/smart-rhino.json"}) {
        const auto whole = core::read_whole(core::example_bytes(name));
        if (!whole) refuse(name, whole.problems());
        const auto added = core::add_whole(house, tx, tenant, *whole, now);
        if (!added) refuse(name, added.problems());
    }
    load_recipes(tx, tenant, now);
}

}  // namespace mitwirken::procedures
