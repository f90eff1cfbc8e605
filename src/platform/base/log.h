// JSON lines on standard error: time, level, event, and fields. Personal data never go in: no addresses of people, no
// mail addresses, no free text, no query strings. An event is a fixed word ("request", "job_failed").
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace mitwirken::log {

using Value = std::variant<std::string, long long, double, bool>;
using Field = std::pair<std::string_view, Value>;

enum class Level { debug, info, warning, error };

// Lines below this level are dropped. Default: info.
void set_level(Level level);
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::error, event, fields);
}

}  // namespace mitwirken::log
