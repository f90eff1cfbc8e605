// The one answer to "may I?"; see access.h.
#include "core/access/access.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace mitwirken::core {

namespace {
constexpr std::array<std::string_view, 7> words = {"operator",  "admin",   "coordinator", "editor",
                                                   "moderator", "analyst", "resident"};
}

std::string_view to_word(Role role) { return words[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from(std::string_view word) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == word) return static_cast<Role>(i);
    return {};
}

Message role_name(Role role) {
    switch (role) {
        case Role::operator_:
            return tr_noop("Operator of the installation");
        case Role::admin:
            return tr_noop("Administration");
        case Role::coordinator:
            return tr_noop("Coordination");
        case Role::editor:
            return tr_noop("Department editor");
        case Role::moderator:
            return tr_noop("Moderation");
        case Role::analyst:
            return tr_noop("Evaluation");
        case Role::resident:
            return tr_noop("Resident");
    }
    return {};
}

const std::vector<Role>& all_roles() {
    static const std::vector<Role> roles = {Role::operator_, Role::admin,   Role::coordinator, Role::editor,
                                            Role::moderator, Role::analyst, Role::resident};
    return roles;
}

const std::vector<Role>& staff_roles() {
    static const std::vector<Role> roles(all_roles().begin(), all_roles().end() - 1);
    return roles;
}

Access::Access(std::vector<Action> actions) : actions_(std::move(actions)) {}

bool Access::knows(std::string_view action) const {
    return std::any_of(actions_.begin(), actions_.end(), [&](const Action& known) { return known.name == action; });
}

const Action& Access::find(std::string_view action) const {
    for (const auto& known : actions_)
        if (known.name == action) return known;
    throw std::logic_error("unknown action " + std::string(action));
}

Decision Access::may(const Actor& actor, std::string_view action, const Target& target) const {
    if (action == everyone) return {true, {}};
    if (!actor.signed_in()) return {false, tr_noop("Please sign in first.")};
    if (action == signed_in) return {true, {}};
    const Action& known = find(action);
    if (std::find(known.roles.begin(), known.roles.end(), actor.role) == known.roles.end())
        return {false, tr_noop("Your role does not include this.")};
    if (actor.role == Role::operator_) return {true, {}};
    if (actor.tenant != target.tenant) return {false, tr_noop("This belongs to another municipality.")};
    const bool bound = known.own_organisation_only_for_editors && actor.role == Role::editor && target.owner;
    if (bound && *target.owner != actor.organisation) return {false, tr_noop("This belongs to another department.")};
    return {true, {}};
}

}  // namespace mitwirken::core
