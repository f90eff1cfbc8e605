// The manifest of procedures (Verfahren).
#include "core/manifest.h"

#include "core/house.h"
#include "core/procedures/place.h"
#include "modules/procedures/pages.h"

namespace mitwirken::procedures {

core::Manifest manifest() {
    using core::Role;
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "procedures";
    m.title = tr_noop("Procedures");
    m.actions = {{core::edit_procedures_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.routes = {
        {http::Method::get, "/verfahren", core::everyone, list_page},
        {http::Method::get, "/verfahren/{procedure}", core::everyone, procedure_page},
        {http::Method::get, "/vorhaben/{dossier}", core::everyone, dossier_page},
    };
    m.navigation = {{Place::main, "/verfahren", tr_noop("Procedures"), 15}};
    m.public_paths = [](core::Visit& visit) {
        std::vector<std::string> paths{"/verfahren"};
        for (const auto& record : core::procedures(visit.tx, visit.tenant.id, {}, 1000))
            if (record.state != core::ProcedureState::draft && record.listed)
                paths.push_back("/verfahren/" + record.key);
        return paths;
    };
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::procedures
