// The public page of a procedure's figures, its tables as CSV, and the API.
#include <algorithm>

#include "channels/templates.h"
#include "core/api/api.h"
#include "core/forms/forms.h"
#include "modules/channels/charts.h"
#include "modules/channels/figures.h"
#include "modules/channels/pages.h"
#include "platform/base/text.h"
#include "platform/tables/csv.h"

namespace mitwirken::channels {

namespace {

using core::Json;
using core::Visit;

core::Place place_of(Visit& visit, const char* name) {
    auto record = core::find_procedure(visit.tx, visit.tenant.id, visit.parameter(name));
    if (!record) throw NotFound();
    return core::open_place(visit, std::move(*record));
}

// At midnight an answer that was in time may be overdue.
std::shared_ptr<const Figures> figures_of(Visit& visit, const core::Place& place) {
    const Timestamp midnight = start_of(add_days(berlin_day(visit.now), 1));
    visit.right_until(midnight);
    return visit.remembered<Figures>(place.procedure.scope(), "channels.figures", midnight, [&] {
        return count_figures(visit.tx, visit.tenant.id, place.procedure, place.plan, visit.now);
    });
}

// ---- the tables

std::vector<Share> by_channel(const Visit& visit, const std::map<core::Channel, std::int64_t>& counts) {
    std::vector<Share> list;
    for (std::size_t i = 0; i < std::size(db::Names<core::Channel>::words); ++i) {
        const auto channel = core::Channel(i);
        const auto found = counts.find(channel);
        if (found != counts.end() && found->second > 0)
            list.push_back({channel_word(channel), visit.tr(channel_name(channel)), found->second});
    }
    return list;
}

std::vector<Share> by_term(Visit& visit, const std::map<core::TermId, std::int64_t>& counts, const std::string& tree) {
    std::vector<Share> list;
    const auto known = core::terms(visit, tree);
    for (const auto& term : *known)
        if (const auto found = counts.find(term.id); found != counts.end())
            list.push_back({term.key, term.name_in(visit.language.code()), found->second});
    std::stable_sort(list.begin(), list.end(), [](const Share& a, const Share& b) { return a.count > b.count; });
    return list;
}

void add_rest(std::vector<Share>& list, const char* key, std::string label, std::int64_t count) {
    if (count > 0) list.push_back({key, std::move(label), count});
}

std::vector<Share> topics(Visit& visit, const Figures& f) {
    auto list = by_term(visit, f.topics, "topic");
    add_rest(list, "none", visit.tr("Without a topic"), f.without_topic);
    return list;
}
std::vector<Share> districts(Visit& visit, const Figures& f) {
    auto list = by_term(visit, f.districts, "district");
    add_rest(list, "outside", visit.tr("Outside the districts"), f.outside);
    add_rest(list, "none", visit.tr("Without a place"), f.without_place);
    return list;
}

std::string percent(const Visit& visit, std::int64_t part, std::int64_t whole) {
    return whole == 0 ? "–" : visit.language.number(100.0 * double(part) / double(whole), 1) + " %";
}

// A number about persons whose contributions nobody sees one by one.
std::string careful(const Visit& visit, std::int64_t n) {
    if (n == 0 || n >= few) return visit.language.number(n);
    return visit.tr(tr_noop("fewer than {n}", {{"n", std::to_string(few)}}));
}

// "Online 12, On paper 3": what a chart shows, to be heard.
std::string heard(const Visit& visit, const std::vector<Share>& shares) {
    std::vector<std::string> parts;
    for (const auto& share : shares) parts.push_back(share.label + " " + visit.language.number(share.count));
    return join(parts, ", ");
}

// ---- the page

struct Part {
    const char* id;
    std::string title, note, csv;
    std::int64_t whole = 0;
};
void add_shares(Visit& visit, html::Values& page, const Part& part, const std::vector<Share>& shares) {
    namespace t = tpl::figures;
    auto box = page.add(t::PART).set(t::ID, part.id).set(t::TITLE, part.title);
    if (!part.note.empty()) box.add(t::NOTE).set(t::TEXT, part.note);
    if (shares.empty()) return void(box.show(t::EMPTY));
    std::vector<Bar> bars;
    for (const auto& share : shares) bars.push_back({share.label, share.count});
    box.set(t::CHART, bar_chart(visit, {part.id, part.title, heard(visit, shares)}, bars));
    auto table = box.add(t::TABLE).set(t::FIRST_HEAD, visit.tr("What")).set(t::CSV_URL, visit.url(part.csv));
    table.add(t::HEAD_CELL).set(t::TEXT, visit.tr("Contributions"));
    table.add(t::HEAD_CELL).set(t::TEXT, visit.tr("Share"));
    for (const auto& share : shares) {
        auto row = table.add(t::ROW).set(t::LABEL, share.label);
        row.add(t::CELL).set(t::TEXT, visit.language.number(share.count));
        row.add(t::CELL).set(t::TEXT, percent(visit, share.count, part.whole));
    }
}

void add_time(Visit& visit, html::Values& page, const Figures& f, const std::string& csv) {
    namespace t = tpl::figures;
    const auto series = f.time_series();
    const std::string title = f.by_weeks() ? visit.tr("Week by week") : visit.tr("Day by day");
    auto box = page.add(t::PART).set(t::ID, "time").set(t::TITLE, title);
    box.add(t::NOTE).set(t::TEXT,
                         visit.tr("By the day on which it came in. Below contributions, above them comments."));
    if (series.empty()) return void(box.show(t::EMPTY));
    std::vector<Stack> stacks;
    std::vector<std::int64_t> growing;
    std::int64_t together = 0;
    const Bucket* most = &series.front();
    for (const auto& one : series) {
        stacks.push_back({one.contributions, one.comments});
        growing.push_back(together += one.contributions + one.comments);
        if (one.contributions + one.comments > most->contributions + most->comments) most = &one;
    }
    const TimeAxis axis{visit.language.date_short(series.front().from), visit.language.date_short(series.back().from)};
    const std::string words = visit.tr(tr_noop("From {first} to {last}; most on {day}: {n}.",
                                               {{"first", axis.first},
                                                {"last", axis.last},
                                                {"day", visit.language.date_short(most->from)},
                                                {"n", visit.language.number(most->contributions + most->comments)}}));
    box.set(t::CHART, column_chart(visit, {"time", title, words}, stacks, axis));
    const std::string sum = visit.tr("All together until then");
    box.add(t::SECOND)
        .set(t::TITLE, sum)
        .set(t::CHART, line_chart(visit, {"sum", sum, visit.language.number(together)}, growing, axis));
    auto table = box.add(t::TABLE).set(t::FIRST_HEAD, visit.tr(f.by_weeks() ? "Week from" : "Day"));
    table.set(t::CSV_URL, visit.url(csv));
    table.add(t::HEAD_CELL).set(t::TEXT, visit.tr("Contributions"));
    table.add(t::HEAD_CELL).set(t::TEXT, visit.tr("Comments"));
    for (const auto& one : series) {
        auto row = table.add(t::ROW).set(t::LABEL, visit.language.date_short(one.from));
        row.add(t::CELL).set(t::TEXT, visit.language.number(one.contributions));
        row.add(t::CELL).set(t::TEXT, visit.language.number(one.comments));
    }
}

void add_answers(Visit& visit, html::Values& page, const Figures& f) {
    namespace t = tpl::figures;
    if (f.answers == 0) return;
    auto box = page.add(t::SURVEYS);
    if (f.answers < few || !f.answers_tell_channels()) return void(box.show(t::TOO_FEW));
    for (const auto& share : by_channel(visit, f.answers_by_channel))
        box.add(t::SURVEY_ROW)
            .set(t::LABEL, share.label)
            .set(t::COUNT, visit.language.number(share.count))
            .set(t::SHARE, percent(visit, share.count, f.answers));
}

void add_promise(Visit& visit, html::Values& page, const core::ProcedureRecord& procedure, const Figures& f) {
    namespace t = tpl::figures;
    if (procedure.promise_days == 0) return void(page.show(t::NO_PROMISE));
    const auto number = [&](std::int64_t n) { return visit.language.number(n); };
    page.add(t::PROMISE)
        .set(t::WORDS, visit.language.plural("We have promised an answer within one day.",
                                             "We have promised an answer within {n} days.", procedure.promise_days))
        .set(t::ALL, number(f.promise.all))
        .set(t::IN_TIME, number(f.promise.in_time))
        .set(t::LATE, number(f.promise.late))
        .set(t::OPEN, number(f.promise.open()))
        .set(t::OVERDUE, number(f.promise.overdue));
}

void add_goals(Visit& visit, html::Values& page, const Figures& f, const std::string& csv) {
    namespace t = tpl::figures;
    if (f.goals.empty()) return;
    auto box = page.add(t::GOALS).set(t::CSV_URL, visit.url(csv));
    for (const auto& one : f.goals) {
        auto line = box.add(t::GOAL)
                        .set(t::TEXT, one.goal.text)
                        .set(t::WHAT, visit.tr(core::indicator_name(one.goal.indicator)));
        line.set(t::TARGET, visit.language.number(one.goal.target));
        const bool people = one.goal.indicator == core::Indicator::participants;
        line.set(t::REACHED, !one.reached ? "–"
                             : people     ? careful(visit, *one.reached)
                                          : visit.language.number(*one.reached));
        line.show_if(one.met(), t::MET);
    }
}

}  // namespace

http::Response figures_page(Visit& visit) {
    namespace t = tpl::figures;
    const auto place = place_of(visit, "procedure");
    const auto& p = place.procedure;
    const auto f = figures_of(visit, place);
    const std::string base = "/verfahren/" + p.key, here = base + "/zahlen";
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = visit.tr("This procedure in figures"),
                                              .lead = p.title,
                                              .crumbs = {{visit.tr("Procedures"), "/verfahren"}, {p.title, base}}}));
    page.set(t::PARTICIPANTS, careful(visit, f->participants)).set(t::ANSWERS, careful(visit, f->answers));
    page.set(t::CONTRIBUTIONS, visit.language.number(f->contributions));
    page.set(t::COMMENTS, visit.language.number(f->comments)).set(t::SUPPORTS, visit.language.number(f->supports));
    page.set(t::DAY, visit.language.date(berlin_day(visit.now))).set(t::BACK_URL, visit.url(base));
    page.set(t::API_URL, visit.url("/api/v1/procedures/" + escape_url(p.key) + "/figures"));
    add_shares(visit, page, {"channels", visit.tr("How it came"), "", here + "/wege.csv", f->contributions},
               by_channel(visit, f->by_channel));
    add_time(visit, page, *f, here + "/verlauf.csv");
    add_shares(visit, page,
               {"topics", visit.tr("Topics"), visit.tr("A contribution may have several."), here + "/themen.csv",
                f->contributions},
               topics(visit, *f));
    add_shares(visit, page,
               {"districts", visit.tr("Districts"), visit.tr("By the place on the map."), here + "/stadtbezirke.csv",
                f->contributions},
               districts(visit, *f));
    add_answers(visit, page, *f);
    add_promise(visit, page, p, *f);
    add_goals(visit, page, *f, here + "/ziele.csv");
    return visit.page({.title = visit.tr("This procedure in figures") + " – " + p.title,
                       .description = p.summary,
                       .navigation = "/verfahren"},
                      t::file, page);
}

// ---- as CSV

namespace {

http::Response csv_answer(const core::Place& place, const char* name, std::string bytes) {
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"" + slug(place.procedure.key) + "-" + name + ".csv\"");
    response.body = std::move(bytes);
    return response;
}

http::Response shares_csv(Visit& visit, const core::Place& place, const char* name, const std::vector<Share>& shares) {
    tables::CsvWriter csv;
    csv.row({visit.tr("Key"), visit.tr("What"), visit.tr("Contributions")});
    for (const auto& share : shares) csv.row({share.key, share.label, std::to_string(share.count)});
    return csv_answer(place, name, csv.take());
}

}  // namespace

http::Response channels_csv(Visit& visit) {
    const auto place = place_of(visit, "procedure");
    return shares_csv(visit, place, "wege", by_channel(visit, figures_of(visit, place)->by_channel));
}
http::Response topics_csv(Visit& visit) {
    const auto place = place_of(visit, "procedure");
    return shares_csv(visit, place, "themen", topics(visit, *figures_of(visit, place)));
}
http::Response districts_csv(Visit& visit) {
    const auto place = place_of(visit, "procedure");
    return shares_csv(visit, place, "stadtbezirke", districts(visit, *figures_of(visit, place)));
}

http::Response days_csv(Visit& visit) {
    const auto place = place_of(visit, "procedure");
    const auto f = figures_of(visit, place);
    tables::CsvWriter csv;
    csv.row({visit.tr("Day"), visit.tr("Contributions"), visit.tr("Comments")});
    for (const auto& [day, counted] : f->days)
        csv.row({to_iso(Date{day}), std::to_string(counted.contributions), std::to_string(counted.comments)});
    return csv_answer(place, "verlauf", csv.take());
}

http::Response goals_csv(Visit& visit) {
    const auto place = place_of(visit, "procedure");
    const auto f = figures_of(visit, place);
    tables::CsvWriter csv;
    csv.row({visit.tr("Goal"), visit.tr("Counted by"), visit.tr("Target"), visit.tr("Reached")});
    for (const auto& one : f->goals) {
        const bool hidden = one.goal.indicator == core::Indicator::participants && one.reached && *one.reached < few;
        csv.row({one.goal.text, visit.tr(core::indicator_name(one.goal.indicator)), std::to_string(one.goal.target),
                 !one.reached ? ""
                 : hidden     ? careful(visit, *one.reached)
                              : std::to_string(*one.reached)});
    }
    return csv_answer(place, "ziele", csv.take());
}

// ---- the API

namespace {

Json json_of(const std::vector<Share>& shares) {
    Json list = Json::array();
    for (const auto& share : shares)
        list.push_back({{"key", share.key}, {"name", share.label}, {"count", share.count}});
    return list;
}

// Nothing where a number would say something about few.
Json careful_json(std::int64_t n) { return n > 0 && n < few ? Json(nullptr) : Json(n); }

}  // namespace

http::Response api_figures(Visit& visit) {
    const auto place = place_of(visit, "key");
    if (place.procedure.state == core::ProcedureState::draft) throw NotFound();
    const auto f = figures_of(visit, place);
    Json days = Json::array();
    for (const auto& [day, counted] : f->days)
        days.push_back(
            {{"day", to_iso(Date{day})}, {"contributions", counted.contributions}, {"comments", counted.comments}});
    Json promise = nullptr;
    if (place.procedure.promise_days > 0)
        promise = {{"days", place.procedure.promise_days},
                   {"contributions", f->promise.all},
                   {"in_time", f->promise.in_time},
                   {"late", f->promise.late},
                   {"open", f->promise.open()},
                   {"overdue", f->promise.overdue}};
    Json goals = Json::array();
    for (const auto& one : f->goals) {
        const bool people = one.goal.indicator == core::Indicator::participants;
        goals.push_back({{"text", one.goal.text},
                         {"indicator", std::string(core::to_word(one.goal.indicator))},
                         {"target", one.goal.target},
                         {"reached", !one.reached ? Json(nullptr)
                                     : people     ? careful_json(*one.reached)
                                                  : Json(*one.reached)}});
    }
    return core::api_answer({{"procedure", place.procedure.key},
                             {"url", visit.absolute("/verfahren/" + place.procedure.key + "/zahlen")},
                             {"participants", careful_json(f->participants)},
                             {"contributions", f->contributions},
                             {"survey_answers", careful_json(f->answers)},
                             {"comments", f->comments},
                             {"supports", f->supports},
                             {"channels", json_of(by_channel(visit, f->by_channel))},
                             {"topics", json_of(topics(visit, *f))},
                             {"districts", json_of(districts(visit, *f))},
                             {"days", days},
                             {"promise", promise},
                             {"goals", goals}});
}

nlohmann::ordered_json figures_schema() {
    namespace s = core::schema;
    const auto shares = s::list(s::object({{"key", s::text()}, {"name", s::text()}, {"count", s::integer()}}));
    const auto day = s::object({{"day", s::day()}, {"contributions", s::integer()}, {"comments", s::integer()}});
    const auto promise = s::object({{"days", s::integer()},
                                    {"contributions", s::integer()},
                                    {"in_time", s::integer()},
                                    {"late", s::integer()},
                                    {"open", s::integer()},
                                    {"overdue", s::integer()}});
    std::vector<std::string_view> indicators;
    for (const auto one : core::all_indicators) indicators.push_back(core::to_word(one));
    const auto goal = s::object({{"text", s::text()},
                                 {"indicator", s::words(indicators)},
                                 {"target", s::integer()},
                                 {"reached", s::or_null(s::integer())}});
    return s::object({{"procedure", s::text()},
                      {"url", s::address()},
                      {"participants", s::or_null(s::integer())},
                      {"contributions", s::integer()},
                      {"survey_answers", s::or_null(s::integer())},
                      {"comments", s::integer()},
                      {"supports", s::integer()},
                      {"channels", shares},
                      {"topics", shares},
                      {"districts", shares},
                      {"days", s::list(day)},
                      {"promise", s::or_null(promise)},
                      {"goals", s::list(goal)}});
}

}  // namespace mitwirken::channels
