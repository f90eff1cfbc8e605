// Outcomes and measures as data, for the whole municipality or one procedure.
#include "core/api/api.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::Json;
using core::Visit;
namespace schema = core::schema;

core::ApiParameter procedure_parameter() {
    return {.name = "procedure",
            .type = "string",
            .words = tr_noop("Key of a procedure: only what belongs to it"),
            .example = "smart-rhino"};
}

std::vector<std::string_view> words_of(const std::vector<Word>& list) {
    std::vector<std::string_view> words;
    for (const auto& word : list) words.push_back(word.word);
    return words;
}

Json links_json(const Item& item) {
    auto list = Json::array();
    for (const auto& [title, url] : links_of(item)) list.push_back({{"title", title}, {"url", core::api_text(url)}});
    return list;
}

Json common(Visit& visit, const Whole& whole, const core::ProcedureRecord& procedure) {
    const Item& item = whole.item;
    Json json{{"id", item.id.value},
              {"procedure", procedure.key},
              {"title", item.title},
              {"text", item.body},
              {item.kind == Kind::outcome ? "verdict" : "state", item.word},
              {"links", links_json(item)},
              {"contributions", Json::array()},
              {"published_at", core::api_instant(item.published_at)},
              {"changed_at", to_iso(item.changed_at)},
              {"url", visit.absolute(public_path(procedure, item))}};
    for (const auto id : whole.contributions) json["contributions"].push_back(id.value);
    return json;
}

Json link_schema() { return schema::object({{"title", schema::text()}, {"url", schema::or_null(schema::text())}}); }

Json outcome_schema() {
    return schema::object({{"id", schema::integer()},
                           {"procedure", schema::text("Key of the procedure")},
                           {"title", schema::text()},
                           {"text", schema::markdown()},
                           {"verdict", schema::words(words_of(verdicts()))},
                           {"links", schema::list(link_schema())},
                           {"contributions", schema::list(schema::integer())},
                           {"published_at", schema::or_null(schema::instant())},
                           {"changed_at", schema::instant()},
                           {"url", schema::address()}});
}

Json measure_schema() {
    const Json milestone = schema::object({{"title", schema::text()},
                                           {"day", schema::or_null(schema::day())},
                                           {"reached_on", schema::or_null(schema::day())}});
    return schema::object({{"id", schema::integer()},
                           {"procedure", schema::text("Key of the procedure")},
                           {"title", schema::text()},
                           {"text", schema::markdown()},
                           {"state", schema::words(words_of(measure_states()))},
                           {"links", schema::list(link_schema())},
                           {"contributions", schema::list(schema::integer())},
                           {"published_at", schema::or_null(schema::instant())},
                           {"changed_at", schema::instant()},
                           {"url", schema::address()},
                           {"budget", schema::or_null(schema::text())},
                           {"outcomes", schema::list(schema::integer())},
                           {"milestones", schema::list(milestone)}});
}

Json measure_json(Visit& visit, const Whole& whole, const core::ProcedureRecord& procedure) {
    Json json = common(visit, whole, procedure);
    json["budget"] = core::api_text(whole.item.budget);
    json["outcomes"] = Json::array();
    for (const auto id : whole.outcomes)
        if (const auto outcome = find(visit.tx, visit.tenant.id, id); outcome && outcome->is_public())
            json["outcomes"].push_back(id.value);
    json["milestones"] = Json::array();
    for (const auto& m : whole.milestones)
        json["milestones"].push_back(
            {{"title", m.title}, {"day", core::api_day(m.day)}, {"reached_on", core::api_day(m.done_on)}});
    return json;
}

http::Response list(Visit& visit, Kind kind) {
    ItemFilter filter{.kind = kind, .after = core::api_after<ItemId>(visit)};
    visit.reads("procedures");
    if (const auto& key = visit.query["procedure"]; !key.empty()) {
        const auto procedure = core::find_procedure(visit.tx, visit.tenant.id, key);
        if (!procedure || procedure->state == core::ProcedureState::draft)
            throw BadRequest(tr_noop("There is no procedure with this key."));
        filter.procedure = procedure->id;
    }
    const auto limit = std::size_t(core::api_limit(visit));
    auto found = items(visit.tx, visit.tenant.id, filter, int(limit) + 1);
    const bool more = found.size() > limit;
    if (more) found.pop_back();
    auto json = Json::array();
    std::map<core::ProcedureId, core::ProcedureRecord> procedures;
    for (const auto& item : found) {
        auto at = procedures.find(item.procedure);
        if (at == procedures.end()) {
            auto record = core::find_procedure(visit.tx, visit.tenant.id, item.procedure);
            if (!record) continue;
            at = procedures.emplace(item.procedure, std::move(*record)).first;
        }
        const auto whole = whole_of(visit.tx, item);
        json.push_back(kind == Kind::measure ? measure_json(visit, whole, at->second)
                                             : common(visit, whole, at->second));
    }
    return core::api_page(visit, std::move(json), more ? std::to_string(found.back().id.value) : "");
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() { return {{"Outcome", outcome_schema}, {"Measure", measure_schema}}; }

void describe_api(core::Route& outcomes, core::Route& measures) {
    outcomes.api = {.summary = tr_noop("What came of procedures, the newest first"),
                    .query = {procedure_parameter(), core::after_parameter(), core::limit_parameter()},
                    .schema = [] { return schema::page_of("Outcome"); }};
    measures.api = {.summary = tr_noop("What the municipality does now, with milestones, the newest first"),
                    .query = {procedure_parameter(), core::after_parameter(), core::limit_parameter()},
                    .schema = [] { return schema::page_of("Measure"); }};
}

http::Response api_outcomes(Visit& visit) { return list(visit, Kind::outcome); }
http::Response api_measures(Visit& visit) { return list(visit, Kind::measure); }

}  // namespace mitwirken::answers
