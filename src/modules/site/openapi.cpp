// /api/v1/openapi.json: the description of the API, made from the manifests, so that it cannot say anything else than
// what the routes do. Words stand in the language of the address: /en/api/v1/openapi.json is English.
#include "core/api/api.h"
#include "core/house.h"
#include "modules/site/pages.h"

namespace mitwirken::site {

namespace {

using core::Json;
using core::Visit;

Json parameter_schema(const core::ApiParameter& p) {
    Json schema{{"type", p.type == "date" ? "string" : std::string(p.type)}};
    if (p.type == "date") schema["format"] = "date";
    if (p.type == "integer") schema["minimum"] = p.least, schema["maximum"] = p.most;
    for (const auto value : p.values) schema["enum"].push_back(std::string(value));
    if (p.many) return {{"type", "array"}, {"items", schema}};
    return schema;
}

Json parameters_of(const Visit& visit, const core::Route& route) {
    auto parameters = Json::array();
    for (const auto& name : path_parameters(route.pattern))
        parameters.push_back({{"name", name},
                              {"in", "path"},
                              {"required", true},
                              {"description", visit.tr("What the list calls “key”")},
                              {"schema", {{"type", "string"}}}});
    for (const auto& p : route.api.query) {
        Json parameter{{"name", std::string(p.name)},
                       {"in", "query"},
                       {"required", p.required},
                       {"description", visit.tr(p.words)},
                       {"schema", parameter_schema(p)}};
        if (p.many) parameter["style"] = "form", parameter["explode"] = true;
        if (!p.example.empty()) parameter["example"] = std::string(p.example);
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

// "/api/v1/toolbox/formats/{key}" -> "get_toolbox_formats_key"
std::string operation_id(std::string_view pattern) {
    std::string id = "get";
    for (const char c : pattern.substr(std::string_view("/api/v1").size()))
        if (c == '/')
            id += '_';
        else if (c != '{' && c != '}')
            id += c;
    return id;
}

Json operation(const Visit& visit, const core::Route& route, const core::Manifest& module) {
    const auto shared = [](const char* name) { return Json{{"$ref", std::string("#/components/responses/") + name}}; };
    Json answer{{"description", visit.tr("The answer")},
                {"headers", {{"ETag", {{"$ref", "#/components/headers/ETag"}}}}},
                {"content", {{"application/json", {{"schema", route.api.schema ? route.api.schema() : Json()}}}}}};
    Json responses{{"200", answer}, {"304", shared("NotModified")}, {"400", shared("BadRequest")}};
    if (!path_parameters(route.pattern).empty()) responses["404"] = shared("NotFound");
    responses["503"] = shared("Busy");
    return {{"operationId", operation_id(route.pattern)},
            {"tags", {module.name}},
            {"summary", visit.tr(route.api.summary)},
            {"parameters", parameters_of(visit, route)},
            {"responses", responses}};
}

Json components(const Visit& visit) {
    Json schemas = Json::object();
    const auto add = [&](const std::vector<core::ApiSchema>& list) {
        for (const auto& one : list) schemas[std::string(one.name)] = one.schema();
    };
    add(core::schema::shared());
    for (const auto& module : visit.house.modules) add(module.api_schemas);
    const auto error = [](const std::string& words) {
        return Json{{"description", words},
                    {"content", {{"application/json", {{"schema", core::schema::ref("Error")}}}}}};
    };
    return {{"schemas", schemas},
            {"headers",
             {{"ETag",
               {{"description", visit.tr("Sent back as If-None-Match, it saves what has not changed")},
                {"schema", {{"type", "string"}}}}}}},
            {"responses",
             {{"NotModified", {{"description", visit.tr("Nothing has changed since this ETag")}}},
              {"BadRequest", error(visit.tr("A parameter that does not exist or does not fit"))},
              {"NotFound", error(visit.tr("There is no such thing, or it is not public"))},
              {"Busy", error(visit.tr("Too much is going on; try again in a moment"))}}}};
}

}  // namespace

std::vector<std::string> path_parameters(std::string_view pattern) {
    std::vector<std::string> names;
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1))
        names.emplace_back(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
    return names;
}

http::Response openapi(Visit& visit) {
    Json paths = Json::object(), tags = Json::array();
    for (const auto& module : visit.house.modules) {
        bool any = false;
        for (const auto& route : module.routes) {
            if (route.kind != core::RouteKind::api) continue;
            paths[std::string(route.pattern)]["get"] = operation(visit, route, module);
            any = true;
        }
        if (any) tags.push_back({{"name", module.name}, {"description", visit.tr(module.title)}});
    }
    const Json document{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", visit.tenant.site_name + " – API"},
          {"version", "1"},
          {"description",
           visit.tr("Everything public of this site as data, open without a key, in JSON, page by page.")}}},
        {"servers", {{{"url", visit.request.scheme + "://" + std::string(visit.request.headers["Host"])}}}},
        {"tags", tags},
        {"paths", paths},
        {"components", components(visit)}};
    return core::api_answer(document);
}

}  // namespace mitwirken::site
