// Results as tables and for programs.
#include "core/api/api.h"
#include "core/participation/taking_part.h"
#include "modules/polls/pages.h"
#include "platform/tables/csv.h"

namespace mitwirken::polls {

namespace {

using core::Json;

// The poll as a visitor sees it; nothing when it is not visible to everybody.
std::optional<core::Place> public_place(Visit& visit, const std::string& procedure, const std::string& activity) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, procedure);
    if (!record || record->state == core::ProcedureState::draft) return {};
    core::Place place = core::open_place(visit, std::move(*record));
    for (const auto& known : place.plan.activities)
        if (known.key == activity && known.module == "polls" && place.visible(known)) {
            place.activity = &known;
            return place;
        }
    return {};
}

Json question_json(const core::Place& place, const core::Activity& activity, const Question& question) {
    const bool shown = shows_results(place, activity, question, false);
    Json json = {{"key", question.key},     {"title", question.title},
                 {"choose", question.most}, {"open", is_open(place, activity, question)},
                 {"results_public", shown}, {"voters", question.votes},
                 {"answers", Json::array()}};
    for (const auto& option : question.options)
        json["answers"].push_back(
            {{"key", option.key}, {"label", option.label}, {"count", shown ? Json(option.count) : Json(nullptr)}});
    return json;
}

Json poll_json(Visit& visit, const core::Place& place, const core::Activity& activity, bool whole) {
    const auto answer = place.ask(activity, "vote");
    Json json = {{"key", place.procedure.key + "." + activity.key},
                 {"title", activity.title},
                 {"procedure", place.procedure.key},
                 {"url", visit.absolute(core::path_of(visit, place.procedure, activity))},
                 {"open", answer.allowed()},
                 {"open_until", core::api_instant(answer.allowed() ? answer.period.until : std::nullopt)}};
    if (!whole) return json;
    json["questions"] = Json::array();
    for (const auto& one : questions(visit.tx, activity.id))
        json["questions"].push_back(question_json(place, activity, one));
    return json;
}

}  // namespace

http::Response table_of(const Visit& visit, const std::vector<Question>& list, const std::string& file) {
    tables::CsvWriter csv;
    csv.row({visit.tr("Question"), visit.tr("Answer"), visit.tr("Votes"), visit.tr("Share in per cent"),
             visit.tr("People who voted")});
    for (const auto& one : list)
        for (const auto& option : one.options)
            csv.row({one.title, option.label, std::to_string(option.count), std::to_string(share(one, option)),
                     std::to_string(one.votes)});
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"" + file + "\"");
    response.body = csv.take();
    return response;
}

http::Response api_list(Visit& visit) {
    const int count = core::api_limit(visit);
    auto list = public_polls(visit.tx, visit.tenant.id, core::api_after<ActivityId>(visit), count + 1);
    std::string cursor;
    if (int(list.size()) > count) {
        list.pop_back();
        cursor = std::to_string(list.back().activity.value);
    }
    Json items = Json::array();
    for (const auto& one : list)
        if (const auto place = public_place(visit, one.procedure_key, one.key))
            items.push_back(poll_json(visit, *place, *place->activity, false));
    return core::api_page(visit, std::move(items), cursor);
}

http::Response api_one(Visit& visit) {
    const std::string& key = visit.parameter("key");
    const auto dot = key.find('.');
    if (dot == std::string::npos) throw NotFound();
    const auto place = public_place(visit, key.substr(0, dot), key.substr(dot + 1));
    if (!place) throw NotFound();
    return core::api_answer(poll_json(visit, *place, *place->activity, true));
}

nlohmann::ordered_json poll_schema() {
    namespace s = core::schema;
    return s::object({{"key", s::text("procedure.activity")},
                      {"title", s::text()},
                      {"procedure", s::text()},
                      {"url", s::address()},
                      {"open", s::boolean()},
                      {"open_until", s::or_null(s::instant())}});
}

nlohmann::ordered_json poll_results_schema() {
    namespace s = core::schema;
    const auto answer = s::object({{"key", s::text()}, {"label", s::text()}, {"count", s::or_null(s::integer())}});
    const auto question = s::object({{"key", s::text()},
                                     {"title", s::text()},
                                     {"choose", s::integer()},
                                     {"open", s::boolean()},
                                     {"results_public", s::boolean()},
                                     {"voters", s::integer()},
                                     {"answers", s::list(answer)}});
    auto schema = poll_schema();
    schema["properties"]["questions"] = s::list(question);
    schema["required"].push_back("questions");
    return schema;
}

}  // namespace mitwirken::polls
