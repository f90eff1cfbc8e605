// The example's procedures and the templates that come with the program, in the exchange format.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/house.h"
#include "core/procedures/transfer.h"
#include "core/procedures/types.h"
#include "core/procedures/words.h"
#include "core/tasks/tasks.h"
#include "modules/procedures/documents.h"
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

// A document with an earlier version.
void add_example_document(core::House& house, db::Tx& tx, core::TenantId tenant, core::ProcedureId id, Timestamp now) {
    const auto record = core::find_procedure(tx, tenant, id);
    const auto document = add_document(tx, tenant, id, "Worum es geht, auf einer Seite");
    for (const auto& [file, note] :
         {std::pair{"procedures/rahmen.md", ""},
          std::pair{"procedures/rahmen-2.md", "Mit der Geschichte des Ortes und der Zusage"}}) {
        const auto stored = house.files->take_bytes(std::string(core::example_bytes(file)), "files");
        if (!stored) throw std::runtime_error(std::string("the example's file is refused: ") + file);
        const auto attachment = core::attach(
            tx, tenant, record->ref(), {*stored, "worum-es-geht" + stored->extension, "", "", "document"}, {}, now);
        add_version(tx, document, attachment, note, now);
    }
}

}  // namespace

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    for (const std::string name : {"procedures/smart-rhino.json"}) {
        const auto whole = core::read_whole(core::example_bytes(name));
        if (!whole) refuse(name, whole.problems());
        const auto added = core::add_whole(house, tx, tenant, *whole, now);
        if (!added) refuse(name, added.problems());
        add_example_document(house, tx, tenant, *added, now);
    }
    // Its tasks are to look at: nobody gets a mail about what was due before the example was loaded.
    core::take_late(tx, tenant, Date{std::chrono::year{9999} / 12 / 31}, now);
    load_recipes(tx, tenant, now);
}

}  // namespace mitwirken::procedures
