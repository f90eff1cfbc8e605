// The fields of a form as they came: names and values in order, a name may stand several times.
// Values are clean() text (valid UTF-8, LF line ends); files are in http::Request, not here.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mitwirken {

class Form {
public:
    Form() = default;
    explicit Form(std::vector<std::pair<std::string, std::string>> fields) : fields_(std::move(fields)) {}

    // The first value of a field, "" when it is missing.
    const std::string& operator[](std::string_view name) const;
    std::vector<std::string> all(std::string_view name) const;
    bool has(std::string_view name) const;
    // A check box or a list contains this value.
    bool has(std::string_view name, std::string_view value) const;
    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    // Replaces every value of the name by one.
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
    bool empty() const { return fields_.empty(); }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// application/x-www-form-urlencoded, also the query of an address. Broken escapes keep their bytes as they are.
Form parse_query(std::string_view text);
// The other way round; the order of the fields stays.
std::string to_query(const Form& form);

}  // namespace mitwirken
