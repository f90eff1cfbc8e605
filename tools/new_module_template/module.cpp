// What the house needs to know of @name@; see core/manifest.h.
#include <nlohmann/json.hpp>

#include "core/visit.h"
#include "modules/@name@/@name@.h"

namespace mitwirken::@name@ {

core::Manifest manifest() {
    using core::Role;
    core::Manifest m;
    m.name = "@name@";
    m.title = tr_noop("@title@");
    m.actions = {{"@name@.write", {Role::admin, Role::coordinator, Role::editor}}};
    m.routes = {
        {http::Method::get, "/@path@", core::everyone, list_page},
        {http::Method::get, "/@path@/neu", "@name@.write", new_page},
        {http::Method::post, "/@path@", "@name@.write", add_page},
    };
    m.navigation = {{core::Navigation::Place::main, "/@path@", tr_noop("@title@")}};
    m.personal = {{"@name@_item", "created_by", "who wrote an entry", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId account, Timestamp) { forget_person(tx, account); };
    m.public_paths = [](core::Visit&) { return std::vector<std::string>{"/@path@"}; };
    return m;
}

}  // namespace mitwirken::@name@
