// Small facts of the installation, by name: "backup.last". The database remembers them for every process.
#pragma once

#include <optional>
#include <string>

#include "platform/db/fwd.h"

namespace mitwirken::core {

void set_fact(db::Tx& tx, const std::string& name, const std::string& value);
std::optional<std::string> fact(db::Tx& tx, const std::string& name);

}  // namespace mitwirken::core
