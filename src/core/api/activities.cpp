// See activities.h.
#include "core/api/activities.h"

#include <fmt/format.h>

namespace mitwirken::core {

namespace {

// As a visitor sees it; nothing when it is not visible to everybody.
std::optional<Place> public_place(Visit& visit, std::string_view module, const std::string& procedure,
                                  const std::string& activity) {
    auto record = find_procedure(visit.tx, visit.tenant.id, procedure);
    if (!record || record->state == ProcedureState::draft) return {};
    Place place = open_place(visit, std::move(*record));
    for (const auto& known : place.plan.activities)
        if (known.key == activity && known.module == module && place.visible(known)) {
            place.activity = &known;
            return place;
        }
    return {};
}

}  // namespace

http::Response api_activities(Visit& visit, std::string_view module, const ActivityJson& json) {
    const int count = api_limit(visit);
    auto list =
        public_activities(visit.tx, visit.tenant.id, std::string(module), api_after<ActivityId>(visit), count + 1);
    std::string cursor;
    if (int(list.size()) > count) {
        list.pop_back();
        cursor = std::to_string(list.back().id.value);
    }
    Json items = Json::array();
    for (const auto& one : list)
        if (const auto place = public_place(visit, module, one.procedure_key, one.key))
            items.push_back(json(visit, *place, false));
    return api_page(visit, std::move(items), cursor);
}

http::Response api_activity(Visit& visit, std::string_view module, const ActivityJson& json) {
    const std::string& key = visit.parameter("key");
    const auto dot = key.find('.');
    if (dot == std::string::npos) throw NotFound();
    const auto place = public_place(visit, module, key.substr(0, dot), key.substr(dot + 1));
    if (!place) throw NotFound();
    return api_answer(json(visit, *place, true));
}

Json api_activity_head(Visit& visit, const Place& place, std::string_view interaction) {
    const auto& activity = *place.activity;
    const auto answer = place.ask(interaction);
    return {{"key", place.procedure.key + "." + activity.key},
            {"title", activity.title},
            {"procedure", place.procedure.key},
            {"url", visit.absolute(fmt::format("/verfahren/{}/{}/{}", place.procedure.key,
                                               visit.house.module(activity.module).activity->path, activity.key))},
            {"open", answer.allowed()},
            {"open_until", api_instant(answer.allowed() ? answer.period.until : std::nullopt)}};
}

}  // namespace mitwirken::core
