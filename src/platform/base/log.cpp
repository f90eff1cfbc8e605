// JSON lines by spdlog's asynchronous-safe sink; see log.h.
#include "platform/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/base/time.h"

namespace mitwirken::log {

namespace {

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = std::make_shared<spdlog::logger>("mitwirken", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum to_library(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

void set_level(Level level) { logger().set_level(to_library(level)); }

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!logger().should_log(to_library(level))) return;
    static const char* const words[] = {"debug", "info", "warning", "error"};
    nlohmann::ordered_json line;
    line["time"] = to_iso(SystemClock{}.now());
    line["level"] = words[int(level)];
    line["event"] = event;
    for (const auto& [name, value] : fields)
        std::visit([&, key = std::string(name)](const auto& plain) { line[key] = plain; }, value);
    logger().log(to_library(level), line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace mitwirken::log
