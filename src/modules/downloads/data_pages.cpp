// Everything published as data: feed, API, RSS, export.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/people/people.h"
#include "downloads/templates.h"
#include "modules/downloads/pages.h"
#include "platform/base/text.h"

namespace mitwirken::downloads {

namespace {

using core::Visit;
using nlohmann::ordered_json;
constexpr std::int64_t most = 100;

ordered_json to_json(Visit& visit, const Item& item) {
    auto topics = ordered_json::array(), districts = ordered_json::array(), files = ordered_json::array(),
         links = ordered_json::array();
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(item.id)))
        (term.tree == "district" ? districts : topics).push_back(term.key);
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(item.id)))
        files.push_back({{"title", file.title.empty() ? file.name : file.title},
                         {"url", visit.absolute(file.url())},
                         {"type", file.type},
                         {"size", file.size},
                         {"sha256", file.sha256},
                         {"accessible", is_accessible(item, file)}});
    for (const auto& link : links_of(item))
        links.push_back({{"title", link.title},
                         {"url", link.url.empty() ? ordered_json(nullptr) : ordered_json(visit.absolute(link.url))}});
    ordered_json json{{"key", item.key},
                      {"title", item.title},
                      {"group", item.category},
                      {"summary", item.summary},
                      {"text", item.body},
                      {"day", item.day ? ordered_json(to_iso(*item.day)) : ordered_json(nullptr)},
                      {"source", item.source},
                      {"topics", topics},
                      {"districts", districts},
                      {"files", files},
                      {"links", links},
                      {"url", visit.absolute(path_of(item))},
                      {"changed_at", to_iso(item.changed_at)}};
    if (!item.title_en.empty()) json["title_en"] = item.title_en;
    if (!item.summary_en.empty()) json["summary_en"] = item.summary_en;
    return json;
}

http::Response shared(const ordered_json& json) {
    auto response = http::Response::json(200, json.dump());
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

ordered_json page_of(Visit& visit, Filter filter, std::int64_t limit, const std::string& path, Form query,
                     const char* cursor) {
    filter.before = {};
    auto list = listed(visit, filter, int(limit) + 1);
    const bool more = list.size() > std::size_t(limit);
    if (more) list.pop_back();
    auto items = ordered_json::array();
    for (const auto& item : list) items.push_back(to_json(visit, item));
    ordered_json answer{{"items", items}, {"next", nullptr}};
    if (more) {
        query.set(cursor, std::to_string(list.back().id.value));
        answer["next"] = path + "?" + to_query(query);
    }
    return answer;
}

}  // namespace

http::Response json_feed(Visit& visit) {
    return shared(page_of(visit, asked(visit).filter, most, visit.url("/downloads.json"), visit.query, "nach"));
}

http::Response api_list(Visit& visit) {
    Filter filter;
    filter.groups = visit.query.all("group");
    if (filter.groups.size() > 64) throw BadRequest(tr_noop("These are too many values at once."));
    filter.accessible = visit.query["accessible"] == "true";
    for (const auto& topic : core::terms(visit.tx, visit.tenant.id, "topic"))
        if (visit.query.has("topic", topic.key)) filter.topics.push_back(topic.id);
    filter.after = ItemId{to_int(visit.query["after"]).value_or(0)};
    const auto limit = std::clamp<std::int64_t>(to_int(visit.query["limit"]).value_or(50), 1, most);
    return shared(page_of(visit, filter, limit, "/api/v1/downloads", visit.query, "after"));
}

http::Response api_one(Visit& visit) {
    const auto item = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!item || !is_visible(*item, visit.now)) throw NotFound();
    if (const auto at = core::next_change(item->schedule(), visit.now)) visit.right_until(*at);
    return shared(to_json(visit, *item));
}

std::string api_one_schema() {
    const auto text = ordered_json{{"type", "string"}};
    const auto texts = ordered_json{{"type", "array"}, {"items", text}};
    const ordered_json file{{"type", "object"},
                            {"properties",
                             {{"title", text},
                              {"url", text},
                              {"type", text},
                              {"size", {{"type", "integer"}}},
                              {"sha256", text},
                              {"accessible", {{"type", "boolean"}}}}}};
    const ordered_json link{{"type", "object"},
                            {"properties", {{"title", text}, {"url", {{"type", {"string", "null"}}}}}}};
    return ordered_json{{"type", "object"},
                        {"required", {"key", "title", "group", "summary", "files", "links", "url"}},
                        {"properties",
                         {{"key", text},
                          {"title", text},
                          {"group", text},
                          {"summary", text},
                          {"text", text},
                          {"day", {{"type", {"string", "null"}}}},
                          {"source", text},
                          {"topics", texts},
                          {"districts", texts},
                          {"files", {{"type", "array"}, {"items", file}}},
                          {"links", {{"type", "array"}, {"items", link}}},
                          {"url", text},
                          {"changed_at", text}}}}
        .dump();
}

std::string api_list_schema() {
    return ordered_json{{"type", "object"},
                        {"required", {"items", "next"}},
                        {"properties",
                         {{"items", {{"type", "array"}, {"items", ordered_json::parse(api_one_schema())}}},
                          {"next", {{"type", {"string", "null"}}}}}}}
        .dump();
}

http::Response rss(Visit& visit) {
    namespace t = tpl::rss;
    html::Values values;
    values.set(t::TITLE, visit.tr("Downloads") + " – " + visit.tenant.site_name)
        .set(t::URL, visit.absolute("/downloads"))
        .set(t::SELF, visit.absolute("/downloads.rss"))
        .set(t::WORDS, visit.tr("How-tos, check lists and reports to use yourself."));
    Filter newest = asked(visit).filter;
    newest.sort = Sort::newest;
    newest.after = newest.before = {};
    for (const auto& item : listed(visit, newest, 30))
        values.add(t::ITEM)
            .set(t::TITLE, title_in(item, visit.language.code()))
            .set(t::URL, visit.absolute(path_of(item)))
            .set(t::WORDS, summary_in(item, visit.language.code()))
            .set(t::AT, to_mail_date(item.publish_at ? *item.publish_at : item.changed_at));
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/rss+xml; charset=utf-8");
    return response;
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
        auto files = ordered_json::array();
        for (const auto& file : core::attachments(tx, tenant, ref_of(item.id)))
            files.push_back({{"name", file.name},
                             {"title", file.title},
                             {"path", file.url()},
                             {"type", file.type},
                             {"accessible", is_accessible(item, file)}});
        write((first ? "" : ",\n") + ordered_json{{"key", item.key},
                                                  {"title", item.title},
                                                  {"title_en", item.title_en},
                                                  {"group", item.category},
                                                  {"summary", item.summary},
                                                  {"summary_en", item.summary_en},
                                                  {"text", item.body},
                                                  {"source", item.source},
                                                  {"files", files},
                                                  {"links", ordered_json::parse(item.links)}}
                                         .dump());
        first = false;
    }
    write("]");
}

}  // namespace mitwirken::downloads
