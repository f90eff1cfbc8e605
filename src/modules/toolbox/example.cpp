// The example: entries of toolbox.json, English titles, and the experience reports.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/people/people.h"
#include "modules/toolbox/pages.h"

namespace mitwirken::toolbox {

namespace {

std::vector<Link> links_of(const nlohmann::json& list) {
    std::vector<Link> links;
    for (const auto& item : list) links.push_back({item.at("title"), item.value("url", ""), item.value("note", "")});
    return links;
}

// English names of links by their German ones: the same guide belongs to many formats.
void translate(std::vector<Link>& links, const nlohmann::json& words) {
    const auto word = [&](const std::string& german) { return words.value(german, std::string()); };
    for (auto& link : links) link.title_en = word(link.title), link.note_en = word(link.note);
}

std::optional<std::int64_t> number_of(const nlohmann::json& e, const char* name) {
    const auto at = e.find(name);
    if (at == e.end() || !at->is_number()) return {};
    return at->get<std::int64_t>();
}

Format format_of(const nlohmann::json& e, const nlohmann::json& english) {
    Format f;
    f.key = e.at("key");
    f.title = e.at("title");
    f.summary = e.value("summary", "");
    if (english.contains(f.key)) {
        f.title_en = english[f.key].value("title", "");
        f.summary_en = english[f.key].value("summary", "");
        f.description_en = english[f.key].value("description", "");
        f.tips_en = english[f.key].value("tips", "");
        f.duration_en = english[f.key].value("duration", "");
        f.source_en = english[f.key].value("source", "");
    }
    f.purposes = mask_from(purposes(), e.at("purposes").get<std::vector<std::string>>()).value_or(0);
    f.forms = mask_from(forms(), e.at("forms").get<std::vector<std::string>>()).value_or(0);
    f.group_sizes = mask_from(group_sizes(), e.at("group_sizes").get<std::vector<std::string>>()).value_or(0);
    f.distance = e.value("distance", false);
    f.publish = e.value("publish", false);
    f.state = f.publish ? State::published : State::draft;
    f.description = e.value("description", "");
    f.tips = e.value("tips", "");
    f.duration = e.value("duration", "");
    f.source = e.value("source", "");
    if (e.contains("effort")) {
        f.lead_days = number_of(e["effort"], "lead_days");
        f.staff_days = number_of(e["effort"], "staff_days");
        f.cost = cost_from(e["effort"].value("cost", "")).value_or(Cost::unknown);
    }
    return f;
}

ReportState state_of(const std::string& word) { return report_state_from(word).value_or(ReportState::draft); }

}  // namespace

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto entries = core::example_file("toolbox.json"), translations = core::example_file("translations-en.json");
    const auto experiences = core::example_file("experiences.json");
    std::map<std::string, std::pair<core::OrganisationId, std::string>> departments;
    for (const auto& o : core::organisations(tx, tenant)) departments[o.key] = {o.id, o.name};
    const auto office = departments["ombudsstelle"].first;  // keeps the toolbox
    core::set_setting(tx, tenant, std::string(associations_setting), "on");
    for (const auto& entry : entries.at("entries")) {
        Format format = format_of(entry, translations.at("toolbox"));
        format.owner = office;
        Parts parts{links_of(entry.value("tip_materials", nlohmann::json::array())),
                    links_of(entry.value("tools", nlohmann::json::array())),
                    entry.value("related", std::vector<std::string>{})};
        translate(parts.materials, translations.at("links"));
        translate(parts.tools, translations.at("links"));
        save(tx, tenant, format, parts, {}, "", now);
    }
    for (const auto& item : experiences.at("experiences")) {
        const auto format = find_format(tx, tenant, item.value("format", std::string()));
        Report report;
        if (format) report.format = format->id;
        report.state = state_of(item.value("state", "draft"));
        report.title = item.at("title");
        report.occasion = item.value("occasion", "");
        report.date_text = item.value("date_text", "");
        if (item.contains("participants") && item["participants"].is_number())
            report.participants = item["participants"].get<std::int64_t>();
        report.went_well = item.value("went_well", "");
        report.went_badly = item.value("went_badly", "");
        report.advice = item.value("advice", "");
        const auto at = departments.find(item.value("department", std::string()));
        if (at != departments.end()) report.owner = at->second.first, report.organisation = at->second.second;
        save_report(tx, tenant, report, {}, "", now);
    }
}

}  // namespace mitwirken::toolbox
