// See example.h.
#include "core/example/example.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "platform/base/embedded.h"

namespace mitwirken::core {

std::string_view example_bytes(const std::string& name) {
    const auto* file = find_embedded("example/dortmund/" + name);
    if (!file) throw std::logic_error("the example has no file " + name);
    return file->content;
}

nlohmann::json example_file(const std::string& name) { return nlohmann::json::parse(example_bytes(name)); }

}  // namespace mitwirken::core
