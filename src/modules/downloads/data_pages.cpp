// Everything published as data: API, JSON, feeds, export.
#include "core/api/api.h"
#include "core/feeds/feeds.h"
#include "modules/downloads/pages.h"

namespace mitwirken::downloads {

namespace {

using core::Json;
using core::Visit;
namespace schema = core::schema;
constexpr int most = 100;

Json to_json(Visit& visit, const Item& item) {
    auto files = Json::array(), links = Json::array();
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(item.id)))
        files.push_back({{"title", file.title.empty() ? file.name : file.title},
                         {"url", visit.absolute(file.url())},
                         {"type", file.type},
                         {"size", file.size},
                         {"sha256", file.sha256},
                         {"accessible", is_accessible(item, file)}});
    for (const auto& link : links_of(item))
        links.push_back(
            {{"title", link.title}, {"url", core::api_text(link.url.empty() ? "" : visit.absolute(link.url))}});
    Json json{{"key", item.key},
              {"title", item.title},
              {"title_en", core::api_text(item.title_en)},
              {"group", item.category_key},
              {"group_name", item.category},
              {"summary", item.summary},
              {"summary_en", core::api_text(item.summary_en)},
              {"body", item.body},
              {"day", core::api_day(item.day)},
              {"source", item.source},
              {"files", files},
              {"links", links},
              {"url", visit.absolute(path_of(item))},
              {"changed_at", mitwirken::to_iso(item.changed_at)}};
    core::add_api_terms(json, core::terms_of(visit.tx, visit.tenant.id, ref_of(item.id)));
    return json;
}

Json material_schema() {
    const Json file = schema::object({{"title", schema::text()},
                                      {"url", schema::address()},
                                      {"type", schema::text("Media type")},
                                      {"size", schema::integer()},
                                      {"sha256", schema::text()},
                                      {"accessible", schema::boolean()}});
    const Json link = schema::object({{"title", schema::text()}, {"url", schema::or_null(schema::text())}});
    return schema::object({{"key", schema::text()},
                           {"title", schema::text()},
                           {"title_en", schema::or_null(schema::text())},
                           {"group", schema::text("Key of the group")},
                           {"group_name", schema::text()},
                           {"summary", schema::text()},
                           {"summary_en", schema::or_null(schema::text())},
                           {"body", schema::markdown()},
                           {"day", schema::or_null(schema::day())},
                           {"source", schema::text()},
                           {"files", schema::list(file)},
                           {"links", schema::list(link)},
                           {"url", schema::address()},
                           {"changed_at", schema::instant()},
                           {"topics", schema::list(schema::ref("Term"))},
                           {"districts", schema::list(schema::ref("Term"))}});
}

// One page of a list and the id that the next one begins behind.
std::pair<Json, std::string> page_of(Visit& visit, Filter filter, int limit) {
    filter.before = {};
    auto list = listed(visit, filter, limit + 1);
    const bool more = int(list.size()) > limit;
    if (more) list.pop_back();
    auto items = Json::array();
    for (const auto& item : list) items.push_back(to_json(visit, item));
    return {std::move(items), more ? std::to_string(list.back().id.value) : ""};
}

}  // namespace

std::vector<core::ApiSchema> api_schemas() { return {{"Material", material_schema}}; }

void describe_api(core::Route& all, core::Route& one) {
    all.api = {.summary = tr_noop("Published materials with their files, by group and title"),
               .query = {{"group", "string", tr_noop("Key of a group"), {}, true},
                         core::topic_parameter(),
                         core::district_parameter(),
                         {"accessible", "boolean", tr_noop("Only with an accessible file")},
                         core::after_parameter(),
                         core::limit_parameter()},
               .schema = [] { return schema::page_of("Material"); }};
    one.api = {.summary = tr_noop("One published material"), .schema = [] { return schema::ref("Material"); }};
}

http::Response json_feed(Visit& visit) {
    auto [items, next] = page_of(visit, asked(visit).filter, most);
    Json answer{{"items", std::move(items)}, {"next", nullptr}};
    if (!next.empty()) {
        Form query = visit.query;
        query.remove("vor");
        query.set("nach", next);
        answer["next"] = visit.absolute(visit.path) + "?" + to_query(query);
    }
    return core::api_answer(answer);
}

http::Response api_list(Visit& visit) {
    Filter filter;
    filter.groups = visit.query.all("group");
    if (filter.groups.size() > 64) throw BadRequest(tr_noop("These are too many values at once."));
    filter.accessible = visit.query["accessible"] == "true";
    filter.all_terms = core::api_terms(visit);
    filter.after = core::api_after<ItemId>(visit);
    auto [items, next] = page_of(visit, filter, core::api_limit(visit));
    return core::api_page(visit, std::move(items), next);
}

http::Response api_one(Visit& visit) {
    const auto item = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!item || !is_visible(*item, visit.now)) throw NotFound();
    if (const auto at = core::next_change(item->schedule(), visit.now)) visit.right_until(*at);
    return core::api_answer(to_json(visit, *item));
}

http::Response feed(Visit& visit) {
    core::Feed feed{.title = visit.tr("Downloads"),
                    .words = visit.tr("How-tos, check lists and reports to use yourself."),
                    .page = "/downloads"};
    Filter newest = asked(visit).filter;
    newest.sort = Sort::newest;
    newest.after = newest.before = {};
    for (const auto& item : listed(visit, newest, 30))
        feed.items.push_back({path_of(item), title_in(item, visit.language.code()),
                              summary_in(item, visit.language.code()), item.publish_at.value_or(item.changed_at)});
    return core::feed_answer(visit, feed);
}

void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write) {
    bool first = true;
    write("[");
    std::vector<Item> published;
    each(tx, tenant, [&](Item&& item) {
        if (item.state == core::State::published) published.push_back(std::move(item));
        return true;
    });
    for (const auto& item : published) {
        auto files = Json::array();
        for (const auto& file : core::attachments(tx, tenant, ref_of(item.id)))
            files.push_back({{"name", file.name},
                             {"title", file.title},
                             {"path", file.url()},
                             {"type", file.type},
                             {"accessible", is_accessible(item, file)}});
        write((first ? "" : ",\n") + Json{{"key", item.key},
                                          {"title", item.title},
                                          {"title_en", item.title_en},
                                          {"group", item.category},
                                          {"summary", item.summary},
                                          {"summary_en", item.summary_en},
                                          {"text", item.body},
                                          {"source", item.source},
                                          {"files", files},
                                          {"links", Json::parse(item.links)}}
                                         .dump());
        first = false;
    }
    write("]");
}

}  // namespace mitwirken::downloads
