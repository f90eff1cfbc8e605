// The manifest of surveys (Umfragen).
#include "core/api/api.h"
#include "core/house.h"
#include "core/manifest.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/surveys.h"

namespace mitwirken::surveys {

namespace {

using http::Method;
using Handler = http::Response (*)(core::Visit&);

core::Route route(Method method, std::string_view pattern, Handler handler, std::string_view interaction = "") {
    return {.method = method,
            .pattern = pattern,
            .permission = core::everyone,
            .handler = handler,
            .interaction = interaction};
}
core::Route staff(Method method, std::string_view pattern, Handler handler, std::string_view action = edit_action) {
    return {.method = method, .pattern = pattern, .permission = action, .handler = handler, .cacheable = false};
}
core::Route data(core::Route route) {
    route.kind = core::RouteKind::data;
    return route;
}

std::vector<core::Route> public_routes() {
    core::Route answers =
        route(Method::post, "/verfahren/{procedure}/umfragen/{activity}/fragen", answer_questions, "contribute");
    answers.prepare = take_answer_files;
    return {
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}", start_page),
        route(Method::post, "/verfahren/{procedure}/umfragen/{activity}/beginnen", begin, "contribute"),
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/fragen", questions_page, "contribute"),
        answers,
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/pruefen", check_page, "contribute"),
        route(Method::post, "/verfahren/{procedure}/umfragen/{activity}/senden", send, "contribute"),
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/spaeter", later_page),
        route(Method::post, "/verfahren/{procedure}/umfragen/{activity}/spaeter", mail_link),
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/fortsetzen/{mark}", resume_page),
        route(Method::post, "/verfahren/{procedure}/umfragen/{activity}/fortsetzen/{mark}", resume),
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/ergebnisse", results_page),
        data(route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/ergebnisse.csv", results_csv)),
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/ergebnisse/kreuztabelle", cross_page),
        route(Method::get, "/verfahren/{procedure}/umfragen/{activity}/{answer}", own_page),
        route(Method::post, "/verfahren/{procedure}/umfragen/{activity}/{answer}/zurueckziehen", withdraw),
    };
}

// {key} and {part}, not {procedure} and {activity}: nobody takes part here, so the grid is not asked.
std::vector<core::Route> staff_routes() {
    core::Route question =
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/frage/{question}", edit_question);
    question.prepare = [](core::Preparation& p) { core::take_files(p, "picture"); };
    const auto results = [](Method method, std::string_view pattern, Handler handler) {
        return staff(method, pattern, handler, results_action);
    };
    return {
        results(Method::get, "/verwaltung/verfahren/{key}/umfragen", surveys_page),
        staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/bearbeiten", builder_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/bearbeiten", change_questionnaire),
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/frage", new_question),
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/seite", new_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/freigeben", release_questionnaire),
        staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/frage/{question}", edit_question_page),
        question,
        staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/seite/{page}", edit_page_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/seite/{page}", edit_page),
        staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/vorschau", preview_page),
        results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/ergebnisse", desk_results),
        data(results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/ergebnisse.csv", desk_results_csv)),
        results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/kreuztabelle", desk_cross),
        results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/texte", coding_page),
        results(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/texte", code_texts),
        data(results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/export.csv", export_csv)),
        data(results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/export.xlsx", export_xlsx)),
        results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/codebuch", codebook_page),
        data(results(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/codebuch.csv", codebook_csv)),
        staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/einladungen", invitations_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/einladungen", make_invitations),
        staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/einladungen/{batch}", invitation_sheet),
        data(staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/einladungen/{batch}/codes.csv",
                   invitation_csv)),
        staff(Method::get, "/verwaltung/verfahren/{key}/umfragen/{part}/eingabe", entry_page),
        staff(Method::post, "/verwaltung/verfahren/{key}/umfragen/{part}/eingabe", enter_answer),
    };
}

std::vector<core::Route> api_routes() {
    core::Route all = route(Method::get, "/api/v1/surveys", api_list),
                one = route(Method::get, "/api/v1/surveys/{key}", api_one);
    all.kind = one.kind = core::RouteKind::api;
    all.api = {.summary = tr_noop("Surveys in procedures, and whether their results are public"),
               .query = {core::after_parameter(), core::limit_parameter()},
               .schema = [] { return core::schema::page_of("Survey"); }};
    one.api = {.summary = tr_noop("One survey with its results, as far as they are public"),
               .schema = [] { return core::schema::ref("SurveyResults"); }};
    return {all, one};
}

// ---- as a building block

nlohmann::json content(db::Tx& tx, core::ActivityId activity) {
    const auto draft = find_draft(tx, activity);
    return draft ? nlohmann::json::parse(draft->content) : nlohmann::json();
}

Problems check_content(const nlohmann::json& json) {
    const auto read = read_questionnaire(Json::parse(json.dump()));
    return read ? Problems{} : read.problems();
}

// What comes with a file is complete or not; complete it is the first version at once, so that a copy can be used.
void set_content(db::Tx& tx, core::TenantId tenant, core::ActivityId activity, const nlohmann::json& json,
                 Timestamp now) {
    const auto read = read_questionnaire(Json::parse(json.dump()));
    if (!read) return;
    const std::string text = write_questionnaire(*read).dump();
    save_draft(tx, tenant, activity, text, now);
    if (missing(*read).empty()) publish(tx, tenant, activity, text, now);
}

std::vector<Message> what_is_missing(db::Tx& tx, const core::Activity& activity) {
    const auto draft = find_draft(tx, activity.id);
    std::vector<Message> list;
    if (!missing(draft ? parse_questionnaire(draft->content) : Questionnaire{}).empty())
        list.push_back(tr_noop("{survey}: the questionnaire is not complete.", {{"survey", activity.title}}));
    else if (!current_version(tx, activity.id))
        list.push_back(tr_noop("{survey}: the questionnaire is not released yet.", {{"survey", activity.title}}));
    return list;
}

core::ActivityKind kind_of_block() {
    core::ActivityKind block;
    block.title = tr_noop("Survey");
    block.summary = tr_noop("People answer a questionnaire, page by page; results at once, at the end or never.");
    block.icon = "chart";
    block.path = "umfragen";
    block.interactions = {{"contribute", tr_noop("Answer the survey")}};
    using Kind = core::Setting::Kind;
    block.settings = {
        {"answers",
         Kind::choice,
         tr_noop("Answers of one person"),
         tr_noop("Once: the answer can be changed while the survey is open."),
         "once",
         {"once", "often"}},
        {"results", Kind::choice, tr_noop("Results for everybody"), {}, "end", {"live", "end", "never"}},
        {"cross", Kind::on_off, tr_noop("Cross tables for everybody"),
         tr_noop("Numbers below 5 are never shown in them."), "off"},
    };
    block.has_editor = true;
    block.card = card;
    block.content = content;
    block.check_content = check_content;
    block.set_content = set_content;
    block.missing = what_is_missing;
    block.paper_form = paper_form;
    return block;
}

// Words of the choices above.
[[maybe_unused]] const Message choice_words[] = {tr_noop("once"), tr_noop("often"), tr_noop("live"), tr_noop("end"),
                                                 tr_noop("never")};

// ---- persons

nlohmann::json export_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& answer : answers_of(tx, tenant, who))
        json["answers"].push_back({{"id", answer.id.value}, {"answers", nlohmann::json::parse(answer.answers)}});
    for (const auto& sitting : sittings_of(tx, tenant, who))
        json["not_sent"].push_back(nlohmann::json::parse(sitting.answers));
    return json;
}

// Runs before the heads lose their author: afterwards nobody knows whose answers they were.
void erase_participant(db::Tx& tx, core::TenantId tenant, core::ParticipantId who, core::Keep keep, Timestamp now) {
    for (const auto& sitting : sittings_of(tx, tenant, who)) drop_with_files(tx, tenant, sitting.id, now);
    for (const auto& answer : answers_of(tx, tenant, who)) {
        const auto head = core::find_contribution(tx, tenant, answer.id);
        const bool waits = head && head->state == core::ContributionState::waiting;
        if (keep == core::Keep::anonymous && !waits) continue;
        drop_answer(tx, tenant, answer.activity, answer.id);
        for (const auto& file : core::attachments(tx, tenant, {"surveys", answer.id.value}))
            core::detach(tx, tenant, file.id, now);
    }
}

// Answers nobody came back for, and those whose author never confirmed; once a night while there are any.
void tidy_up(core::House& house, const jobs::Job&) {
    house.database->write([&](db::Tx& tx) {
        const auto now = house.clock->now();
        for (const auto& old : old_sittings(tx, now - sitting_kept, 500)) drop_with_files(tx, old.tenant, old.id, now);
        for (const auto& one : unsettled(tx)) settle(tx, one.tenant, one.activity);
        if (anything_in_hand(tx)) plan_tidying(tx, now);
    });
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "surveys";
    m.title = tr_noop("Surveys");
    m.activity = kind_of_block();
    using core::Role;
    m.recorded = {{"surveys.changed", tr_noop("Questionnaire changed")},
                  {"surveys.released", tr_noop("Questionnaire released")},
                  {"surveys.coded", tr_noop("Free texts sorted by tags")},
                  {"surveys.invited", tr_noop("Invitations of a survey made")}};
    m.actions = {{results_action, {Role::admin, Role::coordinator, Role::editor, Role::analyst}, true}};
    m.routes = public_routes();
    for (auto& list : {staff_routes(), api_routes()}) m.routes.insert(m.routes.end(), list.begin(), list.end());
    m.api_schemas = {{"Survey", survey_schema}, {"SurveyResults", survey_results_schema}};
    m.procedure_screens = {{"/umfragen", tr_noop("Surveys"), 60, results_action}};
    m.personal = {
        {"surveys_answer", "answers", "what somebody answered in a survey", "until the person erases it"},
        {"surveys_text", "text", "free texts of an answer, for evaluation", "until the person erases it"},
        {"surveys_sitting", "answers", "answers that are not sent yet", "thirty days, or until they are sent"},
        {"surveys_sitting", "participant_id", "whose answers in hand these are", "thirty days, or until they are sent"},
    };
    m.export_participant = export_participant;
    m.erase_participant = erase_participant;
    m.visible = file_is_visible;
    m.jobs = {{"surveys.tidy", tidy_up}};
    m.example = load_example;
    return m;
}

}  // namespace mitwirken::surveys
