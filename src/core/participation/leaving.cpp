// See leaving.h.
#include "core/participation/leaving.h"

#include "core/participation/taking_part.h"
#include "core/people/people.h"
#include "platform/search/search.h"

namespace mitwirken::core {

namespace {

// The pages that show it are made anew.
void touch_procedure(Visit& visit, ProcedureId id) {
    if (const auto procedure = find_procedure(visit.tx, visit.tenant.id, id)) visit.touch(procedure->scope());
}

}  // namespace

void erase_pseudonym(Visit& visit, ParticipantId who, Keep keep) {
    for (const auto& c : contributions_of(visit.tx, visit.tenant.id, who, {}, 100'000)) {
        touch_procedure(visit, c.procedure);
        if (keep == Keep::nothing) search::remove(visit.tx, c.module, c.id.value);
    }
    for (const auto& module : visit.house.modules)
        if (module.erase_participant) module.erase_participant(visit.tx, visit.tenant.id, who, keep, visit.now);
    release_contributions(visit.tx, visit.tenant.id, who, keep, visit.now);
    erase_participant(visit.tx, who);
}

void erase_person(Visit& visit, const Account& account, Keep keep) {
    for (const auto& one : participants_of(visit.tx, visit.tenant.id, account.id)) erase_pseudonym(visit, one.id, keep);
    // The account itself goes last: by its address others find what else is the person's.
    for (const auto& module : visit.house.modules)
        if (module.erase_person && module.name != "accounts") module.erase_person(visit.tx, account.id, visit.now);
    visit.house.module("accounts").erase_person(visit.tx, account.id, visit.now);
}

void make_anonymous(Visit& visit, const Contribution& contribution) {
    release_contribution(visit.tx, contribution.id);
    touch_procedure(visit, contribution.procedure);
}

void withdraw(Visit& visit, const Contribution& c) {
    set_state(visit.tx, c, ContributionState::withdrawn, visit.now);
    note_interaction(visit.tx, {visit.tenant.id, c.procedure, c.activity, {}}, c.participant, "withdraw", c.id,
                     Channel::online, visit.now);
    search::remove(visit.tx, c.module, c.id.value);
    touch_procedure(visit, c.procedure);
}

}  // namespace mitwirken::core
