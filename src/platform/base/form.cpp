// Reading and writing of form fields; see form.h.
#include "platform/base/form.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken {

const std::string& Form::operator[](std::string_view name) const {
    static const std::string none;
    for (const auto& [key, value] : fields_)
        if (key == name) return value;
    return none;
}

std::vector<std::string> Form::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : fields_)
        if (key == name) values.push_back(value);
    return values;
}

bool Form::has(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
}

bool Form::has(std::string_view name, std::string_view value) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [&](const auto& field) { return field.first == name && field.second == value; });
}

void Form::set(std::string_view name, std::string value) {
    remove(name);
    fields_.emplace_back(std::string(name), std::move(value));
}

void Form::remove(std::string_view name) {
    std::erase_if(fields_, [&](const auto& field) { return field.first == name; });
}

Form parse_query(std::string_view text) {
    Form form;
    for (const auto& pair : split(text, '&')) {
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const std::string name = pair.substr(0, equals);
        const std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
        form.add(clean(unescape_url(name, true).value_or(name)), clean(unescape_url(value, true).value_or(value)));
    }
    return form;
}

std::string to_query(const Form& form) {
    std::string query;
    for (const auto& [name, value] : form.fields()) {
        if (!query.empty()) query += '&';
        query += escape_url(name) + '=' + escape_url(value);
    }
    return query;
}

}  // namespace mitwirken
