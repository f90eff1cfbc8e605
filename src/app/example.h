// The Dortmund example: a tenant, its departments and terms, one account per role, and what every module brings.
#pragma once

#include <string>
#include <vector>

#include "app/program.h"

namespace mitwirken::app {

struct ExampleResult {
    bool loaded = false;      // false: it was there already
    std::string logins_file;  // role TAB e-mail TAB password, mode 0600
};
// All or nothing: one transaction.
ExampleResult load_example(Program& program, const std::vector<std::string>& hosts);

}  // namespace mitwirken::app
