// The manifest of polls (Schnellumfragen).
#include "core/api/api.h"
#include "core/house.h"
#include "core/manifest.h"
#include "modules/polls/pages.h"

namespace mitwirken::polls {

namespace {

using http::Method;
using Handler = http::Response (*)(Visit&);

core::Route route(Method method, std::string_view pattern, Handler handler, std::string_view interaction = "") {
    return {.method = method,
            .pattern = pattern,
            .permission = core::everyone,
            .handler = handler,
            .interaction = interaction};
}
// {key} and {part}, not {procedure} and {activity}: nobody takes part here, so the grid is not asked.
core::Route staff(Method method, std::string_view pattern, Handler handler) {
    return {.method = method, .pattern = pattern, .permission = edit_action, .handler = handler, .cacheable = false};
}
core::Route data(core::Route route) {
    route.kind = core::RouteKind::data;
    return route;
}

std::vector<core::Route> routes() {
    core::Route live = data(route(Method::get, "/verfahren/{procedure}/schnellumfragen/{activity}/live", live_stream));
    live.cacheable = false;
    core::Route all = route(Method::get, "/api/v1/polls", api_list),
                one = route(Method::get, "/api/v1/polls/{key}", api_one);
    all.kind = one.kind = core::RouteKind::api;
    all.api = {.summary = tr_noop("Quick polls in procedures"),
               .query = {core::after_parameter(), core::limit_parameter()},
               .schema = [] { return core::schema::page_of("Poll"); }};
    one.api = {.summary = tr_noop("One quick poll with its questions, and its results as far as they are public"),
               .schema = [] { return core::schema::ref("PollResults"); }};
    return {
        route(Method::get, "/verfahren/{procedure}/schnellumfragen/{activity}", poll_page),
        route(Method::get, "/verfahren/{procedure}/schnellumfragen/{activity}/leinwand", wall_page),
        live,
        data(route(Method::get, "/verfahren/{procedure}/schnellumfragen/{activity}/ergebnisse.csv", results_csv)),
        route(Method::post, "/verfahren/{procedure}/schnellumfragen/{activity}/{question}", vote, "vote"),
        staff(Method::get, "/verwaltung/verfahren/{key}/schnellumfragen/{part}/bearbeiten", editor_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/schnellumfragen/{part}/bearbeiten", change_questions),
        staff(Method::get, "/verwaltung/verfahren/{key}/schnellumfragen/{part}/frage/{question}", question_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/schnellumfragen/{part}/frage/{question}", save_question_form),
        data(staff(Method::get, "/verwaltung/verfahren/{key}/schnellumfragen/{part}/export.csv", export_csv)),
        all,
        one,
    };
}

// ---- as a building block

Problems check_content(const nlohmann::json& json) {
    const auto read = read_content(json);
    return read ? Problems{} : read.problems();
}

void set_content(db::Tx& tx, TenantId tenant, ActivityId activity, const nlohmann::json& json, Timestamp) {
    const auto read = read_content(json);
    if (!read) return;
    const auto before = questions(tx, activity);
    for (auto question : *read) {
        const auto same =
            std::find_if(before.begin(), before.end(), [&](const Question& one) { return one.key == question.key; });
        if (same == before.end()) {
            add_question(tx, tenant, activity, question);
            continue;
        }
        question.id = same->id;
        if (same->votes == 0) save_question(tx, tenant, activity, question);
    }
}

std::vector<Message> what_is_missing(db::Tx& tx, const core::Activity& activity) {
    std::vector<Message> list;
    if (questions(tx, activity.id).empty())
        list.push_back(tr_noop("{poll}: there is no question yet.", {{"poll", activity.title}}));
    if (activity.who == core::Who::token)
        list.push_back(tr_noop("{poll}: codes are for surveys. Let everybody, accounts or invited people vote.",
                               {{"poll", activity.title}}));
    return list;
}

core::ActivityKind kind_of_block() {
    core::ActivityKind block;
    block.title = tr_noop("Quick poll");
    block.summary = tr_noop("One or a few questions, one press each; results live, on a screen in the hall, too.");
    block.icon = "check-circle";
    block.path = "schnellumfragen";
    block.interactions = {{"vote", tr_noop("Vote")}};
    using Kind = core::Setting::Kind;
    block.settings = {
        {"results",
         Kind::choice,
         tr_noop("Results for everybody"),
         tr_noop("live: at once. after: for who has voted. end: when the voting is over."),
         "live",
         {"live", "after", "end"}},
        {"change", Kind::on_off, tr_noop("A vote can be changed while it is open"), {}, "on"},
    };
    block.has_editor = true;
    block.card = card;
    block.content = [](db::Tx& tx, ActivityId activity) { return write_content(questions(tx, activity)); };
    block.check_content = check_content;
    block.set_content = set_content;
    block.missing = what_is_missing;
    block.paper_form = paper_form;
    return block;
}

// Words of the choices above.
[[maybe_unused]] const Message choice_words[] = {tr_noop("live"), tr_noop("after"), tr_noop("end")};

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "polls";
    m.title = tr_noop("Quick polls");
    m.activity = kind_of_block();
    m.recorded = {{"polls.changed", tr_noop("Questions of a quick poll changed")}};
    m.routes = routes();
    m.api_schemas = {{"Poll", poll_schema}, {"PollResults", poll_results_schema}};
    m.personal = {{"polls_vote", "participant_id", "whose vote it is, so that nobody votes twice",
                   "until the person erases it; the vote stays counted"}};
    m.export_participant = export_participant;
    m.erase_participant = [](db::Tx& tx, TenantId tenant, ParticipantId who, core::Keep, Timestamp) {
        forget_participant(tx, tenant, who);
    };
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::polls
