// The API for people: what can be asked, with parameters, an example call and what it answers at this moment.
// What must stay true: an example answer is made by the route's own handler; only long texts and lists are cut.
#include <algorithm>

#include "core/api/api.h"
#include "core/forms/forms.h"
#include "core/house.h"
#include "modules/site/pages.h"
#include "site/templates.h"

namespace mitwirken::site {

namespace {

using core::Json;
using core::Visit;
namespace t = tpl::api;

constexpr std::size_t longest_text = 160;
constexpr std::size_t longest_list = 2;

void shorten(Json& json) {
    if (json.is_string()) {
        const auto& text = json.get_ref<const std::string&>();
        if (letters(text) > longest_text) json = first_letters(text, longest_text) + " …";
        return;
    }
    if (json.is_array() && json.size() > longest_list) {
        json.erase(json.begin() + std::ptrdiff_t(longest_list), json.end());
        json.push_back("…");
    }
    if (json.is_structured())
        for (auto& part : json) shorten(part);
}

struct Example {
    std::string address;  // path and query
    Json answer;          // null when there is nothing to show
};

// Asks a route as a program would, in this request's own transaction.
Example ask(Visit& visit, const core::Route& route, const std::string& path, const std::string& key) {
    Form query;
    for (const auto& p : route.api.query)
        if (!p.example.empty()) query.add(std::string(p.name), std::string(p.example));
    const auto& all = route.api.query;
    if (std::any_of(all.begin(), all.end(), [](const auto& p) { return p.name == "limit"; })) query.add("limit", "1");
    const std::map<std::string, std::string, std::less<>> parameters{{"key", key}};
    Visit inner(visit.house, visit.tx, visit.request, visit.tenant, visit.language, core::Actor{}, visit.now, path,
                query, {}, route, parameters);
    const auto response = route.handler(inner);
    if (const auto instant = inner.right_until()) visit.right_until(*instant);
    return {path + (query.empty() ? "" : "?" + to_query(query)), Json::parse(response.body)};
}

// The key of the first thing that the list of this route holds; "" when it is empty.
std::string first_key(Visit& visit, const core::Manifest& module, const std::string& list_path) {
    for (const auto& route : module.routes) {
        if (route.pattern != list_path) continue;
        const auto list = ask(visit, route, list_path, "").answer;
        return list["items"].empty() ? "" : list["items"][0].value("key", "");
    }
    return "";
}

Example example_of(Visit& visit, const core::Manifest& module, const core::Route& route) {
    const std::string pattern(route.pattern);
    const auto place = pattern.find("/{key}");
    if (place == std::string::npos) return ask(visit, route, pattern, "");
    const std::string key = first_key(visit, module, pattern.substr(0, place));
    if (key.empty()) return {pattern, nullptr};
    return ask(visit, route, pattern.substr(0, place + 1) + key, key);
}

std::string type_words(const Visit& visit, const core::ApiParameter& p) {
    if (p.type == "integer")
        return visit.tr(tr_noop("whole number, {least} to {most}",
                                {{"least", std::to_string(p.least)}, {"most", std::to_string(p.most)}}));
    if (p.type == "boolean") return visit.tr("true or false");
    if (p.type == "date") return visit.tr("day, such as 2026-11-23");
    return p.values.empty() ? visit.tr("text") : visit.tr("one of:");
}

void fill_parameters(const Visit& visit, const core::Route& route, html::Values& box) {
    const auto names = path_parameters(route.pattern);
    if (names.empty() && route.api.query.empty()) return;
    auto table = box.add(t::TABLE);
    for (const auto& name : names)
        table.add(t::PARAMETER)
            .set(t::NAME, name)
            .set(t::KIND, visit.tr("in the address"))
            .set(t::WORDS, visit.tr("What the list calls “key”"))
            .show(t::REQUIRED);
    for (const auto& p : route.api.query) {
        auto row = table.add(t::PARAMETER).set(t::NAME, std::string(p.name)).set(t::KIND, type_words(visit, p));
        row.set(t::WORDS, visit.tr(p.words)).show_if(p.required, t::REQUIRED).show_if(p.many, t::MANY);
        for (const auto value : p.values) row.add(t::ALLOWED).set(t::TEXT, std::string(value));
    }
}

void fill_route(Visit& visit, const core::Manifest& module, const core::Route& route, html::Values box) {
    const std::string pattern(route.pattern);
    std::string id = "api" + pattern.substr(std::string("/api/v1").size());
    for (char& c : id)
        if (c == '/' || c == '{' || c == '}') c = '-';
    box.set(t::ID, id).set(t::PATH, pattern).set(t::TITLE, visit.tr(route.api.summary));
    fill_parameters(visit, route, box);
    Example example = example_of(visit, module, route);
    box.set(t::URL, visit.absolute(example.address));
    if (example.answer.is_null()) return;
    shorten(example.answer);
    box.add(t::ANSWER).set(t::TEXT, example.answer.dump(2));
}

}  // namespace

http::Response api_page(Visit& visit) {
    visit.reads_everything();
    const std::string title = visit.tr("Interface for programs (API)");
    const std::string lead =
        visit.tr("Everything public of this site as data, open without a key, in JSON, page by page.");
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = title,
                                                .lead = lead,
                                                .crumbs = {{visit.tr("Open data and embedding"), "/offene-daten"}}}));
    values.set(t::BASE, visit.absolute("/api/v1/")).set(t::OPENAPI_URL, visit.url("/api/v1/openapi.json"));
    for (const auto& module : visit.house.modules) {
        std::optional<html::Values> group;
        for (const auto& route : module.routes) {
            if (route.kind != core::RouteKind::api) continue;
            if (!group)
                group = values.add(t::GROUP)
                            .set(t::ID, "modul-" + module.name)
                            .set(t::TITLE, module.name == "site" ? visit.tr("Topics, districts, search")
                                                                 : visit.tr(module.title));
            fill_route(visit, module, route, group->add(t::ROUTE));
        }
    }
    return visit.page({.title = title, .description = lead, .navigation = "/offene-daten", .kind = "article"}, t::file,
                      values);
}

}  // namespace mitwirken::site
