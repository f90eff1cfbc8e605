// See types_editing.h.
#include "modules/procedures/types_editing.h"

#include <fmt/format.h>

#include "core/procedures/exchange.h"
#include "modules/procedures/editing.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
using Json = nlohmann::ordered_json;

std::string text_in(const Json& object, const char* name) {
    return object.is_object() && object.contains(name) && object[name].is_string() ? object[name].get<std::string>()
                                                                                   : "";
}

const Json& list_in(const Json& object, const char* name) {
    static const Json none = Json::array();
    return object.is_object() && object.contains(name) && object[name].is_array() ? object[name] : none;
}

std::string day_words(const Json& value) {
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>() + 1);
    if (!value.is_string()) return "…";
    const std::string text = value.get<std::string>();  // "12T18:30"
    const auto t = text.find('T');
    const auto day = t == std::string::npos ? std::nullopt : to_int(text.substr(0, t));
    return day ? std::to_string(*day + 1) + ", " + text.substr(t + 1) : text;
}

std::string tracks(const Visit& visit, const Json& content) {
    std::string text;
    for (const auto& track : list_in(content, "tracks")) {
        text += text_in(track, "label") + "\n";
        for (const auto& step : list_in(track, "steps"))
            text +=
                "– " + text_in(step, "label") + ": " + days_in_words(visit, step) + " " + text_in(step, "text") + "\n";
    }
    return text;
}

std::string activities(const Json& content) {
    std::string text;
    for (const auto& one : list_in(content, "activities")) {
        text += text_in(one, "title") + " (" + text_in(one, "module") + ", " + text_in(one, "who") + ") " +
                text_in(one, "intro");
        for (const char* name : {"settings", "content"})
            if (one.contains(name)) text += " " + one[name].dump();
        text += "\n";
    }
    return text;
}

std::string grid(const Json& content) {
    std::string text;
    for (const auto& cell : list_in(content, "grid"))
        text += text_in(cell, "activity") + " · " + text_in(cell, "track") + " / " + text_in(cell, "step") + ": " +
                (cell.contains("open") ? cell["open"].dump() : "") + "\n";
    return text;
}

std::string goals(const Json& content) {
    std::string text;
    for (const auto& one : list_in(content, "goals"))
        text += text_in(one, "text") + ": " + (one.contains("target") ? one["target"].dump() : "") + " " +
                text_in(one, "indicator") + "\n";
    return text;
}

std::string dated(const Visit& visit, const Json& content, const char* list, const char* day) {
    std::string text;
    for (const auto& one : list_in(content, list))
        text += visit.tr(tr_noop("Day {n}", {{"n", day_words(one.contains(day) ? one[day] : Json())}})) + ": " +
                text_in(one, "title") + " " + text_in(one, "text") + "\n";
    return text;
}

std::string faq(const Json& content) {
    std::string text;
    for (const auto& one : list_in(content, "faq"))
        text += text_in(one, "question") + "\n" + text_in(one, "answer") + "\n";
    return text;
}

}  // namespace

core::ProcedureType type_of(Visit& visit) {
    auto type = core::newest_procedure_type(visit.tx, visit.tenant.id, visit.parameter("type"));
    if (!type) throw NotFound();
    return std::move(*type);
}

std::string days_in_words(const Visit& visit, const Json& step) {
    if (step.contains("roughly")) return text_in(step, "roughly");
    const bool times = step.contains("opens_at");
    const char *from = times ? "opens_at" : "first_day", *to = times ? "closes_at" : "last_day";
    const std::string first = day_words(step.contains(from) ? step[from] : Json());
    if (!step.contains(to) || step[to].is_null()) return visit.tr(tr_noop("from day {first} on", {{"first", first}}));
    const std::string last = day_words(step[to]);
    if (first == last) return visit.tr(tr_noop("Day {n}", {{"n", first}}));
    return visit.tr(tr_noop("Day {first} to {last}", {{"first", first}, {"last", last}}));
}

core::Snapshot snapshot_of(const Visit& visit, const core::ProcedureType& type) {
    const Json content = Json::parse(type.content);
    const std::string promise = content.contains("promise_days") ? content["promise_days"].dump() : "";
    return {{"Title", type.title},
            {std::string(tr_noop("Summary of the template").id), type.summary},
            {std::string(tr_noop("Format of the toolbox").id), type.format_key},
            {"Title of the procedure", text_in(content, "title")},
            {"Summary", text_in(content, "summary")},
            {"Text", text_in(content, "body")},
            {"What people can influence", text_in(content, "influence")},
            {"What happens next", text_in(content, "next_steps")},
            {"Contact", text_in(content, "contact")},
            {"Days until the answer", promise},
            {"Tracks and steps", tracks(visit, content)},
            {"Activities", activities(content)},
            {"What is open when", grid(content)},
            {"Goals", goals(content)},
            {"Tasks", dated(visit, content, "tasks", "due")},
            {"Planned dates", dated(visit, content, "events", "day")},
            {"Questions and answers", faq(content)}};
}

Result<Made> make_from(const Visit& visit, const core::ProcedureType& type, Date first) {
    const auto file = core::with_real_days(type.content, first);
    if (!file) return file.problems();
    auto whole = core::read_whole(*file);
    if (!whole) return whole.problems();
    Made made{std::move(*whole), {}};
    made.left_out = core::leave_out_unknown(visit.house, made.whole);
    made.whole.record.type = type.id;
    return made;
}

Problems check_type(const Visit& visit, const core::ProcedureType& type) {
    const auto made = make_from(visit, type, Date{std::chrono::year{2027} / 1 / 4});
    return made ? core::check_whole(visit.house, made->whole) : made.problems();
}

core::ProcedureType keep_type(Visit& visit, core::ProcedureType type, std::string_view action) {
    const auto id = core::add_procedure_type(visit.tx, visit.tenant.id, type, visit.actor.account, visit.now);
    type = *core::find_procedure_type(visit.tx, visit.tenant.id, id);
    // The key was perhaps made just now: the file says it, too.
    visit.record(action, {"procedures", 0}, type.key + " " + std::to_string(type.version));
    visit.touch("toolbox");  // a format's page says whether it can be carried out
    visit.touch("procedures");
    return type;
}

std::vector<core::Option> format_options(Visit& visit) {
    std::vector<core::Option> options{{"", visit.tr("– none –")}};
    for (const auto& module : visit.house.modules) {
        if (!module.teasers) continue;
        for (const auto& teaser : module.teasers(visit, {.section = "formats", .terms = {}, .count = 500}))
            if (teaser.kind == "format")
                options.push_back({teaser.url.substr(teaser.url.rfind('/') + 1), teaser.title});
    }
    std::sort(options.begin() + 1, options.end(), [&](const auto& a, const auto& b) {
        return visit.language.sort_key(a.label) < visit.language.sort_key(b.label);
    });
    return options;
}

}  // namespace mitwirken::procedures
