// Ideas for other programs: the API of a procedure's public ideas, and feeds of an activity's new ones.
#include "core/api/api.h"
#include "core/feeds/feeds.h"
#include "core/participation/taking_part.h"
#include "modules/ideas/pages.h"
#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using core::Json;
using core::Visit;
namespace schema = core::schema;

std::vector<std::string_view> status_words() {
    std::vector<std::string_view> words;
    for (const auto& [status, name] : statuses()) words.push_back(status.empty() ? "open" : std::string_view(status));
    return words;
}

Json idea_schema() {
    return schema::object({{"id", schema::integer()},
                           {"procedure", schema::text("Key of the procedure")},
                           {"activity", schema::text("Key of the activity")},
                           {"title", schema::text()},
                           {"text", schema::markdown()},
                           {"status", schema::words(status_words())},
                           {"status_reason", schema::or_null(schema::text())},
                           {"supports", schema::integer()},
                           {"comments", schema::integer()},
                           {"channel", schema::words({"online", "live", "paper", "phone", "mail", "hearing"})},
                           {"longitude", schema::or_null(schema::number())},
                           {"latitude", schema::or_null(schema::number())},
                           {"topics", schema::list(schema::ref("Term"))},
                           {"districts", schema::list(schema::ref("Term"))},
                           {"created_at", schema::instant()},
                           {"url", schema::address()}});
}

Json to_json(const Visit& visit, const core::Place& place, const Line& line, const std::vector<core::Term>& terms) {
    const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
    Json json{{"id", line.id.value},
              {"procedure", place.procedure.key},
              {"activity", line.activity_key},
              {"title", line.title},
              {"text", line.body},
              {"status", line.status.empty() ? "open" : line.status},
              {"status_reason", core::api_text(line.status_reason)},
              {"supports", line.supports},
              {"comments", line.comments},
              {"channel", db::Names<core::Channel>::words[std::size_t(line.channel)]},
              {"longitude", number(line.lon)},
              {"latitude", number(line.lat)},
              {"created_at", to_iso(line.created_at)},
              {"url", visit.absolute("/verfahren/" + place.procedure.key + "/ideen/" + line.activity_key + "/" +
                                     std::to_string(line.id.value))}};
    core::add_api_terms(json, terms);
    return json;
}

// The terms of each of these ideas, by its number.
std::map<std::int64_t, std::vector<core::Term>> terms_of(Visit& visit, const std::vector<Line>& lines) {
    std::map<std::int64_t, core::Term> known;
    for (const char* tree : {"topic", "district"})
        for (const auto& term : core::terms(visit.tx, visit.tenant.id, tree)) known.emplace(term.id.value, term);
    std::vector<std::int64_t> items;
    for (const auto& line : lines) items.push_back(line.id.value);
    std::map<std::int64_t, std::vector<core::Term>> terms;
    if (items.empty()) return terms;
    for (const auto& one : core::terms_of(visit.tx, visit.tenant.id, "ideas", items))
        if (const auto at = known.find(one.term.value); at != known.end()) terms[one.item].push_back(at->second);
    return terms;
}

core::Place public_procedure(Visit& visit) {
    const auto& key = visit.query["procedure"];
    auto record = core::find_procedure(visit.tx, visit.tenant.id, key);
    if (!record || record->state == core::ProcedureState::draft)
        throw BadRequest(tr_noop("There is no procedure with this key."));
    visit.reads("procedures");
    visit.reads(record->scope());
    return core::open_place(visit, std::move(*record));
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() { return {{"Idea", idea_schema}}; }

void describe_api(core::Route& route) {
    route.api = {.summary = tr_noop("Public ideas of a procedure, the newest first"),
                 .query = {{.name = "procedure",
                            .type = "string",
                            .words = tr_noop("Key of the procedure"),
                            .required = true,
                            .example = "smart-rhino"},
                           core::after_parameter(),
                           core::limit_parameter()},
                 .schema = [] { return schema::page_of("Idea"); }};
}

http::Response api_list(Visit& visit) {
    const auto place = public_procedure(visit);
    std::vector<core::ActivityId> activities;
    for (const auto& activity : place.plan.activities)
        if (activity.module == "ideas" && place.visible(activity)) activities.push_back(activity.id);
    std::optional<core::Contribution> before;
    if (const auto after = core::api_after<core::ContributionId>(visit)) {
        before = core::find_contribution(visit.tx, visit.tenant.id, after);
        if (!before) throw BadRequest(tr_noop("“after” is not a place of this list."));
    }
    const auto limit = std::size_t(core::api_limit(visit));
    auto lines = newest_lines(visit.tx, place.procedure.id, activities, before, int(limit) + 1);
    const bool more = lines.size() > limit;
    if (more) lines.pop_back();
    auto terms = terms_of(visit, lines);
    auto items = Json::array();
    for (const auto& line : lines) items.push_back(to_json(visit, place, line, terms[line.id.value]));
    return core::api_page(visit, std::move(items), more ? std::to_string(lines.back().id.value) : "");
}

http::Response feed(Visit& visit) {
    const auto& place = visit.place();
    core::Feed feed{.title = place.activity->title + " – " + place.procedure.title,
                    .words = visit.tr("New ideas of this procedure."),
                    .page = base(visit)};
    const core::ContributionFilter newest{.activity = place.activity->id, .kind = std::string(kind)};
    for (const auto& idea : core::contributions(visit.tx, visit.tenant.id, newest, 30))
        feed.items.push_back({core::path_of(visit, idea), idea.title,
                              first_letters(html::markdown_to_text(idea.body), 500),
                              idea.published_at.value_or(idea.created_at)});
    return core::feed_answer(visit, feed);
}

std::vector<core::FeedLink> feeds_of(const Visit& visit) {
    const std::string title = visit.tr("New ideas of this procedure."), at = base(visit);
    return {{title, "application/rss+xml", at + "/ideen.rss"}, {title, "application/atom+xml", at + "/ideen.atom"}};
}

}  // namespace mitwirken::ideas
