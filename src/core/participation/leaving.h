// Going: what a person asks to be forgotten is forgotten in every module, in one transaction.
// Invariant: afterwards no column that any manifest lists as personal holds anything of them.
#pragma once

#include "core/contributions/contributions.h"
#include "core/visit.h"

namespace mitwirken::core {

// The pseudonym, with everything it did.
void erase_pseudonym(Visit& visit, ParticipantId who, Keep keep);
// The account, with every pseudonym it has in this municipality. A resident's or staff's.
void erase_person(Visit& visit, const Account& account, Keep keep);
// One contribution loses its author for good: nobody can change or withdraw it any more, its text stays.
void make_anonymous(Visit& visit, const Contribution& contribution);
// Nobody but its author sees it any more.
void withdraw(Visit& visit, const Contribution& contribution);

}  // namespace mitwirken::core
