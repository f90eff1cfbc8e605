// Results for everybody, the card on the procedure's page, and the API.
#include "core/api/activities.h"
#include "core/forms/forms.h"
#include "core/participation/taking_part.h"
#include "core/procedures/words.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/results.h"
#include "modules/surveys/surveys.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

void need_public_results(Visit& visit) {
    const auto& place = visit.place();
    if (results_are_public(place, *place.activity)) return;
    const bool end = settings_of(place.activity->settings).results == Settings::Results::end;
    throw NotFound(end ? tr_noop("The results are shown here when the survey is over.")
                       : tr_noop("The results of this survey are for the office only."));
}

http::Response framed(Visit& visit, const std::string& title, const html::SafeHtml& content) {
    namespace v = tpl::framed;
    html::Values values;
    values.set(v::HEAD, core::page_head(visit, {.title = title, .crumbs = crumbs_of(visit, true)}));
    values.set(v::CONTENT, content);
    return visit.page({.title = title + " – " + visit.place().activity->title}, v::file, values);
}

}  // namespace

http::Response results_page(Visit& visit) {
    need_public_results(visit);
    const auto& activity = *visit.place().activity;
    const auto filter = result_filter(visit.query);
    const auto all = results(visit.tx, activity.id, filter, true);
    const ResultsPage page{.path = base_of(visit) + "/ergebnisse",
                           .below = settings_of(activity.settings).cross ? "cross" : "",
                           .filter = filter,
                           .activity = activity.id};
    return framed(visit, visit.tr("Results"), results_content(visit, all, page));
}

http::Response results_csv(Visit& visit) {
    need_public_results(visit);
    const auto& activity = *visit.place().activity;
    return results_table(visit, results(visit.tx, activity.id, result_filter(visit.query), true),
                         activity.key + ".csv");
}

http::Response cross_page(Visit& visit) {
    need_public_results(visit);
    const auto& activity = *visit.place().activity;
    if (!settings_of(activity.settings).cross) throw NotFound();
    const auto all = results(visit.tx, activity.id, {}, true);
    return framed(
        visit, visit.tr("Two questions crossed"),
        cross_content(visit, all, activity.id, smallest_public_cell, base_of(visit) + "/ergebnisse/kreuztabelle"));
}

html::SafeHtml card(Visit& visit, const core::Place& place, const core::Activity& activity) {
    namespace v = tpl::card;
    html::Values values;
    values.set(v::URL, visit.url(core::path_of(visit, place.procedure, activity))).set(v::TITLE, activity.title);
    const auto answer = place.ask(activity, "contribute");
    values.show(answer.allowed() ? v::OPEN : v::SHUT);
    if (const auto version = current_version(visit.tx, activity.id))
        values.add(v::TAKES).set(v::TEXT, visit.language.plural("About {n} minute", "About {n} minutes",
                                                                minutes(parse_questionnaire(version->content))));
    if (answer.allowed() && answer.period.until)
        values.add(v::UNTIL).set(
            v::TEXT, visit.tr(tr_noop("open until {end}",
                                      {{"end", core::end_in_words(visit.language, *answer.period.until, visit.now)}})));
    if (results_are_public(place, activity))
        values.add(v::COUNT).set(v::TEXT, visit.language.plural("{n} answer", "{n} answers", activity.contributions));
    return html::render_part(v::file, values, visit.language);
}

// ---- API: /api/v1/surveys, /api/v1/surveys/PROCEDURE.ACTIVITY

namespace {

std::string api_text_of(const Visit& visit, const Text& text) { return text.in(visit.language.code()); }

Json question_json(const Visit& visit, const Results& all, const Question& q) {
    const auto s = summary_of(q, all.counts);
    Json json = {{"key", q.key},
                 {"kind", to_word(q.kind)},
                 {"title", api_text_of(visit, q.title)},
                 {"answered", s.answered},
                 {"answers", Json::array()}};
    const auto line = [&](const std::string& row, const Text& label, std::int64_t count) {
        Json one = {{"label", api_text_of(visit, label)}, {"count", count}};
        if (!row.empty()) one["row"] = row;
        json["answers"].push_back(std::move(one));
    };
    for (const auto& bar : s.bars) line("", bar.label, bar.count);
    for (const auto& row : s.rows)
        for (std::size_t i = 0; i < row.counts.size(); ++i)
            line(api_text_of(visit, row.label), q.options[i].label, row.counts[i]);
    for (const auto& rank : s.ranks) line("", rank.label, rank.borda);
    for (const auto& share : s.points) line("", share.label, share.sum);
    if (s.figures) {
        json["mean"] = s.figures->mean;
        json["median"] = s.figures->median;
        json["lowest"] = s.figures->lowest;
        json["highest"] = s.figures->highest;
    }
    return json;
}

Json survey_json(Visit& visit, const core::Place& place, bool whole) {
    const core::Activity& activity = *place.activity;
    const bool shown = results_are_public(place, activity);
    Json json = core::api_activity_head(visit, place, "contribute");
    json["results_public"] = shown;
    json["answers"] = shown ? Json(activity.contributions) : Json(nullptr);
    if (!whole) return json;
    json["questions"] = Json::array();
    if (!shown) return json;
    const auto all = results(visit.tx, activity.id, {}, true);
    for (const auto& q : all.questions) json["questions"].push_back(question_json(visit, all, q));
    return json;
}

}  // namespace

http::Response api_list(Visit& visit) { return core::api_activities(visit, "surveys", survey_json); }
http::Response api_one(Visit& visit) { return core::api_activity(visit, "surveys", survey_json); }

nlohmann::ordered_json survey_schema() {
    namespace s = core::schema;
    return s::object({{"key", s::text("procedure.activity")},
                      {"title", s::text()},
                      {"procedure", s::text()},
                      {"url", s::address()},
                      {"open", s::boolean()},
                      {"open_until", s::or_null(s::instant())},
                      {"results_public", s::boolean()},
                      {"answers", s::or_null(s::integer())}});
}

nlohmann::ordered_json survey_results_schema() {
    namespace s = core::schema;
    std::vector<std::string_view> kinds;
    for (const auto one : all_kinds()) kinds.push_back(to_word(one));
    // The count of a ranking is its Borda points, of distributed points their sum.
    const auto answer = s::object({{"label", s::text()}, {"count", s::integer()}, {"row", s::text()}}, {"row"});
    const auto question = s::object({{"key", s::text()},
                                     {"kind", s::words(kinds)},
                                     {"title", s::text()},
                                     {"answered", s::integer()},
                                     {"answers", s::list(answer)},
                                     {"mean", s::number()},
                                     {"median", s::number()},
                                     {"lowest", s::number()},
                                     {"highest", s::number()}},
                                    {"mean", "median", "lowest", "highest"});
    auto schema = survey_schema();
    schema["properties"]["questions"] = s::list(question);
    schema["required"].push_back("questions");
    return schema;
}

}  // namespace mitwirken::surveys
