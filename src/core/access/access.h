// Who may do what: few profiles, one function, and a reason when the answer is no.
// Invariants: every route names an action (or says that everyone may); an action names the profiles that hold it;
// nobody holds an action in another tenant; operators of the installation hold none that shows contents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "platform/base/message.h"

namespace mitwirken::core {

// Profiles ("Rollen") of staff, in the order of the permission table, and the residents, who hold no action at all. The
// words are stored.
enum class Role { operator_, admin, coordinator, editor, moderator, analyst, resident };
std::string_view to_word(Role role);  // "operator", "admin", …
std::optional<Role> role_from(std::string_view word);
Message role_name(Role role);            // for people
const std::vector<Role>& all_roles();    // with residents
const std::vector<Role>& staff_roles();  // everybody who works here

// Who acts. Somebody who is not signed in has no account.
struct Actor {
    AccountId account;
    TenantId tenant;  // 0 for operators: they belong to the installation
    Role role = Role::analyst;
    OrganisationId organisation;
    bool signed_in() const { return bool(account); }
    bool staff() const { return signed_in() && role != Role::resident; }
};

// Declared by a module: "toolbox.edit" – editors only for what belongs to their own organisation.
struct Action {
    std::string_view name;
    std::vector<Role> roles;
    bool own_organisation_only_for_editors = false;
};

// What the action is about. Without an organisation the ownership rule asks only for the role.
struct Target {
    TenantId tenant;
    std::optional<OrganisationId> owner;
};

struct Decision {
    bool allowed = false;
    Message because;  // why not, for the person
    explicit operator bool() const { return allowed; }
};

// The names of route permissions that are no action.
inline constexpr std::string_view everyone = "";
inline constexpr std::string_view signed_in = "signed-in";

class Access {
public:
    explicit Access(std::vector<Action> actions);
    // Unknown actions are a bug (assertion).
    Decision may(const Actor& actor, std::string_view action, const Target& target) const;
    const std::vector<Action>& actions() const { return actions_; }
    bool knows(std::string_view action) const;

private:
    const Action& find(std::string_view action) const;
    std::vector<Action> actions_;
};

}  // namespace mitwirken::core
