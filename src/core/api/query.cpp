// The query of an API route: what may be asked, and reading it; see api.h.
#include "core/api/api.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

constexpr std::int64_t most_items = 100;
constexpr int usual_items = 50;

void check_value(const ApiParameter& parameter, const std::string& value) {
    const std::string name(parameter.name);
    if (!parameter.values.empty() &&
        std::find(parameter.values.begin(), parameter.values.end(), value) == parameter.values.end()) {
        std::vector<std::string> allowed(parameter.values.begin(), parameter.values.end());
        throw BadRequest(
            tr_noop("“{name}” must be one of: {values}.", {{"name", name}, {"values", join(allowed, ", ")}}));
    }
    if (parameter.type == "boolean" && value != "true" && value != "false")
        throw BadRequest(tr_noop("“{name}” must be true or false.", {{"name", name}}));
    if (parameter.type == "date" && !parse_date(value))
        throw BadRequest(tr_noop("“{name}” must be a day such as 2026-11-23.", {{"name", name}}));
    if (parameter.type != "integer") return;
    const auto number = to_int(value);
    if (!number || *number < parameter.least || *number > parameter.most)
        throw BadRequest(tr_noop(
            "“{name}” must be a whole number from {least} to {most}.",
            {{"name", name}, {"least", std::to_string(parameter.least)}, {"most", std::to_string(parameter.most)}}));
}

}  // namespace

ApiParameter limit_parameter() {
    return {.name = "limit",
            .type = "integer",
            .words = tr_noop("How many items at most; 50 if not stated"),
            .least = 1,
            .most = most_items};
}

ApiParameter after_parameter() {
    return {.name = "after", .type = "string", .words = tr_noop("Where the page begins; taken from “next”")};
}

ApiParameter topic_parameter() { return {.name = "topic", .type = "string", .words = tr_noop("Key of a topic")}; }

ApiParameter district_parameter() {
    return {.name = "district", .type = "string", .words = tr_noop("Key of a district")};
}

void check_api_query(const ApiDescription& api, const Form& query) {
    for (const auto& [name, value] : query.fields()) {
        const auto known = std::find_if(api.query.begin(), api.query.end(),
                                        [&, &wanted = name](const auto& p) { return p.name == wanted; });
        if (known == api.query.end())
            throw BadRequest(tr_noop("There is no parameter “{name}” here.", {{"name", first_letters(name, 60)}}));
        if (!known->many && query.all(name).size() > 1)
            throw BadRequest(tr_noop("“{name}” may be stated only once.", {{"name", name}}));
        check_value(*known, value);
    }
    for (const auto& parameter : api.query)
        if (parameter.required && !query.has(parameter.name))
            throw BadRequest(tr_noop("Please state “{name}”.", {{"name", std::string(parameter.name)}}));
}

int api_limit(const Visit& visit) { return int(to_int(visit.query["limit"]).value_or(usual_items)); }

std::vector<TermId> api_terms(Visit& visit) {
    std::vector<TermId> ids;
    for (const char* tree : {"topic", "district"})
        for (const auto& key : visit.query.all(tree)) {
            const auto term = find_term(visit.tx, visit.tenant.id, tree, key);
            if (!term)
                throw BadRequest(tr_noop(
                    "There is no {tree} “{key}”.",
                    {{"tree", visit.tr(std::string_view(tree) == "topic" ? tr_noop("topic") : tr_noop("district"))},
                     {"key", first_letters(key, 60)}}));
            ids.push_back(term->id);
        }
    return ids;
}

}  // namespace mitwirken::core
