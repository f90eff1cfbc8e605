// The example's files, embedded in the binary ("example/dortmund/…").
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace mitwirken::core {

// Parsed; throws std::logic_error when it is not there (a bug of the build).
nlohmann::json example_file(const std::string& name);
// The bytes of any file of the example.
std::string_view example_bytes(const std::string& name);

}  // namespace mitwirken::core
