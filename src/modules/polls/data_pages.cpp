// Results as tables and for programs.
#include "core/api/activities.h"
#include "modules/polls/pages.h"
#include "platform/tables/csv.h"

namespace mitwirken::polls {

namespace {

using core::Json;

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

Json poll_json(Visit& visit, const core::Place& place, bool whole) {
    const core::Activity& activity = *place.activity;
    Json json = core::api_activity_head(visit, place, "vote");
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

http::Response api_list(Visit& visit) { return core::api_activities(visit, "polls", poll_json); }
http::Response api_one(Visit& visit) { return core::api_activity(visit, "polls", poll_json); }

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
