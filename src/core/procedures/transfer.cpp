// See transfer.h.
#include "core/procedures/transfer.h"

#include <algorithm>

#include "core/house.h"
#include "core/procedures/exchange.h"
#include "core/procedures/transfer_parts.h"
#include "core/procedures/validate.h"
#include "platform/geo/geometry.h"

namespace mitwirken::core {

namespace {

using Json = nlohmann::ordered_json;

// Text members of the record, by their name in the file.
constexpr std::pair<const char*, std::string ProcedureRecord::*> record_texts[] = {
    {"key", &ProcedureRecord::key},
    {"summary", &ProcedureRecord::summary},
    {"body", &ProcedureRecord::body},
    {"influence", &ProcedureRecord::influence},
    {"next_steps", &ProcedureRecord::next_steps},
    {"contact", &ProcedureRecord::contact}};
constexpr std::pair<const char*, std::string Dossier::*> dossier_texts[] = {
    {"key", &Dossier::key}, {"title", &Dossier::title}, {"summary", &Dossier::summary}, {"body", &Dossier::body}};

Json parsed(const std::string& extra) { return extra.empty() ? Json::object() : Json::parse(extra); }
std::string dumped(const Json& rest) { return rest.empty() ? "" : rest.dump(); }

// Takes a text member out of `from`; one of another kind is a problem.
void take_text(Json& from, const char* name, const std::string& place, std::string& to, Problems& problems) {
    if (!from.contains(name)) return;
    if (from[name].is_string())
        to = from[name].get<std::string>();
    else
        problems.add(place + name, tr_noop("This must be a text."));
    from.erase(name);
}

DossierEntry read_entry(Json entry, std::size_t index, Problems& problems) {
    const std::string place = "dossier, entry " + std::to_string(index + 1) + ", ";
    DossierEntry e;
    std::string day;
    take_text(entry, "kind", place, e.kind, problems);
    take_text(entry, "title", place, e.title, problems);
    take_text(entry, "text", place, e.text, problems);
    take_text(entry, "url", place, e.url, problems);
    take_text(entry, "day", place, day, problems);
    if (const auto date = parse_date(day))
        e.day = *date;
    else
        problems.add(place + "day", tr_noop("This is not a day that exists, such as “2027-03-29”."));
    return e;
}

void read_dossier(Json dossier, WholeProcedure& whole, Problems& problems) {
    if (!dossier.is_object()) return problems.add("dossier", tr_noop("This must be an object."));
    for (const auto& [name, member] : dossier_texts)
        take_text(dossier, name, "dossier, ", whole.dossier.*member, problems);
    if (!dossier.contains("entries")) return;
    if (!dossier["entries"].is_array()) return problems.add("dossier, entries", tr_noop("This must be a list."));
    for (const auto& entry : dossier["entries"])
        whole.entries.push_back(read_entry(entry, whole.entries.size(), problems));
}

void read_record(Json& rest, WholeProcedure& whole, Problems& problems) {
    for (const auto& [name, member] : record_texts) take_text(rest, name, "", whole.record.*member, problems);
    if (rest.contains("promise_days")) {
        if (rest["promise_days"].is_number_unsigned() && rest["promise_days"] <= 3650)
            whole.record.promise_days = rest["promise_days"].get<std::int64_t>();
        else
            problems.add("promise_days", tr_noop("This must be a number of days."));
        rest.erase("promise_days");
    }
    if (rest.contains("area")) {
        whole.record.area = rest["area"].is_null() ? "" : rest["area"].dump();
        if (!whole.record.area.empty())
            if (const auto area = geo::read_geometry(whole.record.area); !area)
                problems.add("area", area.problems().list().front().message);
        rest.erase("area");
    }
    if (rest.contains("dossier")) {
        read_dossier(rest["dossier"], whole, problems);
        rest.erase("dossier");
    }
}

Json write_dossier(const WholeProcedure& whole) {
    Json json = Json::object();
    for (const auto& [name, member] : dossier_texts)
        if (!(whole.dossier.*member).empty()) json[name] = whole.dossier.*member;
    for (const auto& e : whole.entries)
        json["entries"].push_back(
            {{"kind", e.kind}, {"day", to_iso(e.day)}, {"title", e.title}, {"text", e.text}, {"url", e.url}});
    return json;
}

DossierId dossier_of(db::Tx& tx, TenantId tenant, const WholeProcedure& whole, Timestamp now) {
    if (!whole.dossier.key.empty())
        if (const auto there = find_dossier(tx, tenant, whole.dossier.key)) return there->id;
    Dossier dossier = whole.dossier;
    if (dossier.title.empty()) dossier.title = whole.record.title;
    dossier.organisation = whole.record.organisation;
    if (whole.record.state != ProcedureState::draft) dossier.state = DossierState::published;
    const DossierId id = add_dossier(tx, tenant, dossier, now);
    set_dossier_entries(tx, tenant, id, whole.entries);
    return id;
}

// The module of an activity as a building block; nullptr when there is none here.
const ActivityKind* kind_of(const House& house, const Activity& activity) {
    for (const auto& module : house.modules)
        if (module.name == activity.module && module.activity) return &*module.activity;
    return nullptr;
}

// Settings are read by their building block as it declared them; another kind of value would end a visitor's request.
void check_settings(const ActivityKind& kind, const Activity& activity, Problems& problems) {
    const Json given = parsed(activity.settings);
    for (const auto& setting : kind.settings) {
        const std::string key(setting.key);
        if (!given.contains(key)) continue;
        const auto& value = given[key];
        const std::string place = activity_place(activity.key, "settings, " + key);
        const bool one_of = setting.choices.empty() ||
                            (value.is_string() && std::find(setting.choices.begin(), setting.choices.end(),
                                                            value.get<std::string>()) != setting.choices.end());
        if (setting.kind == Setting::Kind::number && !value.is_number_unsigned())
            problems.add(place, tr_noop("This must be a whole number."));
        else if (setting.kind == Setting::Kind::on_off && !value.is_boolean())
            problems.add(place, tr_noop("This must be true or false."));
        else if (setting.kind == Setting::Kind::choice && !one_of)
            problems.add(place, tr_noop("This is none of the values that can be chosen."));
        else if (setting.kind != Setting::Kind::number && setting.kind != Setting::Kind::on_off && !value.is_string())
            problems.add(place, tr_noop("This must be a text."));
    }
}

}  // namespace

Problems check_whole(const House& house, const WholeProcedure& whole) {
    Problems problems;
    for (const auto& activity : whole.plan.activities) {
        const auto* kind = kind_of(house, activity);
        if (!kind) {
            problems.add(activity_place(activity.key, "module"),
                         tr_noop("There is no building block “{name}” here.", {{"name", activity.module}}));
            continue;
        }
        check_settings(*kind, activity, problems);
        const auto content = whole.contents.find(activity.key);
        if (content == whole.contents.end() || !kind->check_content) continue;
        const Problems inside = kind->check_content(content->second);
        for (const auto& problem : inside.list())
            problems.add(activity_place(activity.key, "content") + ", " + problem.field, problem.message);
    }
    return problems;
}

std::vector<std::string> leave_out_unknown(const House& house, WholeProcedure& whole) {
    std::vector<std::string> titles;
    std::erase_if(whole.plan.activities, [&](const Activity& activity) {
        if (kind_of(house, activity)) return false;
        titles.push_back(activity.title);
        std::erase_if(whole.plan.grid, [&](const StepSetting& cell) { return cell.activity == activity.key; });
        whole.contents.erase(activity.key);
        return true;
    });
    return titles;
}

Result<WholeProcedure> read_whole(std::string_view json) {
    auto plan = read_procedure(json);
    if (!plan) return plan.problems();
    WholeProcedure whole;
    whole.plan = std::move(*plan);
    whole.record.title = whole.plan.title;
    whole.record.state = whole.plan.state;
    Problems problems;
    Json rest = parsed(whole.plan.extra);
    read_record(rest, whole, problems);
    read_parts(rest, whole, problems);
    whole.record.extra = whole.plan.extra = dumped(rest);
    for (auto& activity : whole.plan.activities) {
        Json more = parsed(activity.extra);
        if (!more.contains("content")) continue;
        whole.contents[activity.key] = more["content"];
        more.erase("content");
        activity.extra = dumped(more);
    }
    if (problems.any()) return problems;
    return whole;
}

std::string write_whole(const WholeProcedure& whole) {
    Procedure plan = whole.plan;
    Json rest = Json::object();
    for (const auto& [name, member] : record_texts)
        if (!(whole.record.*member).empty()) rest[name] = whole.record.*member;
    if (whole.record.promise_days) rest["promise_days"] = whole.record.promise_days;
    if (!whole.record.area.empty()) rest["area"] = Json::parse(whole.record.area);
    if (!whole.dossier.title.empty()) rest["dossier"] = write_dossier(whole);
    write_parts(whole, rest);
    rest.update(parsed(whole.record.extra));
    plan.extra = rest.dump();
    for (auto& activity : plan.activities) {
        const auto at = whole.contents.find(activity.key);
        if (at == whole.contents.end() || at->second.is_null()) continue;
        Json more = parsed(activity.extra);
        more["content"] = at->second;
        activity.extra = more.dump();
    }
    return write_procedure(plan);
}

WholeProcedure load_whole(const House& house, db::Tx& tx, TenantId tenant, const ProcedureRecord& record) {
    WholeProcedure whole;
    whole.record = record;
    whole.plan = load_plan(tx, record);
    if (const auto dossier = find_dossier(tx, tenant, record.dossier)) {
        whole.dossier = *dossier;
        whole.entries = dossier_entries(tx, dossier->id);
    }
    whole.goals = goals_of(tx, tenant, record.id);
    whole.faq = faq_of(tx, tenant, record.id);
    whole.tasks = tasks_of(tx, tenant, record.id);
    std::erase_if(whole.tasks, [](const OfficeTask& task) { return bool(task.contribution); });
    for (const auto& activity : whole.plan.activities) {
        const auto* kind = kind_of(house, activity);
        if (kind && kind->content) whole.contents[activity.key] = kind->content(tx, activity.id);
    }
    return whole;
}

namespace {

void add_parts(const House& house, db::Tx& tx, TenantId tenant, const WholeProcedure& whole, Timestamp now) {
    set_goals(tx, tenant, whole.record.id, whole.goals);
    set_faq(tx, tenant, whole.record.id, whole.faq);
    for (OfficeTask task : whole.tasks) {
        task.procedure = whole.record.id;
        task.organisation = whole.record.organisation;
        add_task(tx, tenant, task, now);
    }
    for (auto& meeting : meetings_of(whole.record.extra)) {
        meeting.procedure = whole.record.id;
        meeting.organisation = whole.record.organisation;
        house.publish(tx, tenant, meeting, now);
    }
}

}  // namespace

Result<ProcedureId> add_whole(const House& house, db::Tx& tx, TenantId tenant, WholeProcedure whole, Timestamp now) {
    if (auto problems = check_whole(house, whole); problems.any()) return problems;
    whole.record.dossier = dossier_of(tx, tenant, whole, now);
    if (whole.record.state != ProcedureState::draft && !whole.record.published_at) whole.record.published_at = now;
    whole.record.id = add_procedure(tx, tenant, whole.record, now);
    save_plan(tx, tenant, whole.record.id, whole.plan);  // nothing to lose in a new one
    add_parts(house, tx, tenant, whole, now);
    for (const auto& activity : load_plan(tx, whole.record).activities) {
        const auto content = whole.contents.find(activity.key);
        const auto* kind = kind_of(house, activity);
        if (content != whole.contents.end() && kind->set_content)
            kind->set_content(tx, tenant, activity.id, content->second, now);
    }
    return whole.record.id;
}

}  // namespace mitwirken::core
