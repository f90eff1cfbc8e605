// Strict reading of JSON for the exchange format: each member has the kind that is expected or becomes a problem that
// names its place; what nobody asked for is the rest.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace mitwirken::core {

using Json = nlohmann::ordered_json;

// Nothing and a problem when the text is no JSON, names a member twice or is nested deeper than anybody needs.
std::optional<Json> parse_json(std::string_view text, Problems& problems);

class Members {
public:
    // `object` and `problems` outlive this. An object that is none gives one problem, and defaults for every member.
    Members(const Json& object, std::string place, Problems& problems);

    bool has(const char* name) const;  // there and not null
    std::string text(const char* name);
    std::string optional_text(const char* name);
    bool yes_or_no(const char* name);
    std::int64_t optional_number(const char* name);  // whole, not negative; 0 when it is left out
    std::string optional_object(const char* name);   // as JSON text, "" when it is left out
    std::vector<std::string> texts(const char* name);
    const Json& list(const char* name);
    // A member that must be there; nullptr and a problem when it is not. null counts as there.
    const Json* need(const char* name);
    // Known, but asked for elsewhere.
    void take(const char* name) { taken_.insert(name); }
    void problem(const char* name, Message message);
    // Everything that was not asked for, as a JSON object; "" for nothing.
    std::string rest() const;

private:
    const Json& object_;
    std::string place_;
    bool broken_;  // it is no object: that is said once, nothing more
    Problems& problems_;
    std::set<std::string> taken_;
};

// The key of a part for naming its place: what it says, else its number.
std::string key_or_number(const Json& part, const char* name, std::size_t index);

}  // namespace mitwirken::core
