// A file that waits between "this is what would happen" and "do it": in the data folder, readable for the account that
// sent it, for an hour.
#pragma once

#include <optional>
#include <string>

#include "core/house.h"
#include "core/ids.h"

namespace mitwirken::core {

// The token under which it waits; what has waited too long is removed.
std::string let_wait(const House& house, AccountId account, const std::string& bytes);
// Nothing when it is not there (any more) or waits for somebody else.
std::optional<std::string> waiting_bytes(const House& house, AccountId account, const std::string& token);
void stop_waiting(const House& house, AccountId account, const std::string& token);

}  // namespace mitwirken::core
