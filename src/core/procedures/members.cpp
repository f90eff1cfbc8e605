// See members.h.
#include "core/procedures/members.h"

#include <fmt/format.h>

namespace mitwirken::core {

namespace {

constexpr int deepest = 64;  // later parts of the format are perhaps six deep; writing back is recursive

const Json& empty_object() {
    static const Json object = Json::object();
    return object;
}

}  // namespace

std::optional<Json> parse_json(std::string_view text, Problems& problems) {
    std::vector<std::set<std::string>> names;  // of the objects that are open
    std::string twice;
    bool too_deep = false;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
        if (depth > deepest) too_deep = true;
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        if (event == Json::parse_event_t::object_end) names.pop_back();
        if (event == Json::parse_event_t::key && !names.back().insert(value.get<std::string>()).second && twice.empty())
            twice = value.get<std::string>();
        return !too_deep;
    };
    Json document;
    try {
        document = Json::parse(text, watch);
    } catch (const Json::parse_error& error) {
        problems.add(fmt::format("byte {}", error.byte), tr_noop("The file is not valid JSON."));
        return {};
    }
    if (too_deep) {
        problems.add("", tr_noop("The file is nested too deeply."));
        return {};
    }
    if (!twice.empty()) {
        problems.add(twice, tr_noop("A member of this name is there twice in one object."));
        return {};
    }
    return document;
}

Members::Members(const Json& object, std::string place, Problems& problems)
    : object_(object.is_object() ? object : empty_object()),
      place_(std::move(place)),
      broken_(!object.is_object()),
      problems_(problems) {
    if (broken_) problems_.add(place_, tr_noop("This must be an object: {…}."));
}

void Members::problem(const char* name, Message message) {
    if (broken_) return;
    problems_.add(place_.empty() ? name : fmt::format("{}, {}", place_, name), std::move(message));
}

bool Members::has(const char* name) const {
    const auto found = object_.find(name);
    return found != object_.end() && !found->is_null();
}

const Json* Members::need(const char* name) {
    taken_.insert(name);
    const auto found = object_.find(name);
    if (found != object_.end()) return &*found;
    problem(name, tr_noop("This is missing."));
    return nullptr;
}

std::string Members::text(const char* name) {
    const Json* value = need(name);
    if (!value) return {};
    if (value->is_string()) return value->get<std::string>();
    problem(name, tr_noop("This must be a text."));
    return {};
}

std::string Members::optional_text(const char* name) {
    taken_.insert(name);
    return has(name) ? text(name) : std::string();
}

std::int64_t Members::optional_number(const char* name) {
    taken_.insert(name);
    if (!has(name)) return 0;
    const Json& value = *object_.find(name);
    if (value.is_number_unsigned() && value <= 1'000'000) return value.get<std::int64_t>();
    problem(name, tr_noop("This must be a whole number."));
    return 0;
}

std::string Members::optional_object(const char* name) {
    taken_.insert(name);
    if (!has(name)) return {};
    const Json& value = *object_.find(name);
    if (value.is_object()) return value.dump();
    problem(name, tr_noop("This must be an object: {…}."));
    return {};
}

bool Members::yes_or_no(const char* name) {
    const Json* value = need(name);
    if (!value) return false;
    if (value->is_boolean()) return value->get<bool>();
    problem(name, tr_noop("This must be true or false."));
    return false;
}

const Json& Members::list(const char* name) {
    static const Json none = Json::array();
    const Json* value = need(name);
    if (!value) return none;
    if (value->is_array()) return *value;
    problem(name, tr_noop("This must be a list: […]."));
    return none;
}

std::vector<std::string> Members::texts(const char* name) {
    std::vector<std::string> result;
    for (const auto& value : list(name)) {
        if (value.is_string())
            result.push_back(value.get<std::string>());
        else
            problem(name, tr_noop("This must be a list of texts."));
    }
    return result;
}

std::string Members::rest() const {
    Json rest = Json::object();
    for (const auto& [name, value] : object_.items())
        if (!taken_.contains(name)) rest[name] = value;
    return rest.empty() ? std::string() : rest.dump();
}

std::string key_or_number(const Json& part, const char* name, std::size_t index) {
    if (part.is_object())
        if (const auto found = part.find(name); found != part.end() && found->is_string())
            if (auto text = found->get<std::string>(); !text.empty()) return text;
    return fmt::format("no. {}", index + 1);
}

}  // namespace mitwirken::core
