// Export and erasure of a person; see store.cpp.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/people/people.h"

namespace mitwirken::accounts {

nlohmann::json export_person(db::Tx& tx, core::AccountId id);
void erase_person(db::Tx& tx, core::AccountId id);

}  // namespace mitwirken::accounts
