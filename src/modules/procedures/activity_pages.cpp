// What people can do: the activities of a procedure. Every building block that is there can be placed; its settings are
// drawn from what it declares (ActivityKind::settings).
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/forms/table.h"
#include "core/procedures/validate.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Setting;
using core::Visit;
using Json = nlohmann::ordered_json;
constexpr std::size_t most_activities = 50;

// Words that settings of building blocks offer as a choice.
[[maybe_unused]] const Message choice_words[] = {tr_noop("none"), tr_noop("optional"), tr_noop("required"),
                                                 tr_noop("before"), tr_noop("after")};

std::string address_of(const Editing& e, const core::Activity& activity) {
    return e.address("/bausteine/" + escape_url(activity.key));
}
std::string field_of(const Setting& setting) { return "setting-" + std::string(setting.key); }

core::Activity& activity_of(Visit& visit, Editing& e) {
    for (auto& activity : e.plan.activities)
        if (activity.key == visit.parameter("part")) return activity;
    throw NotFound();
}

std::string title_of(const Visit& visit, const core::Activity& activity) {
    const auto* kind = kind_of(visit, activity.module);
    return kind ? visit.tr(kind->title) : activity.module;
}

// ---- all of them

html::SafeHtml list_content(Visit& visit, const Editing& e, const Form& values, const Problems& problems) {
    namespace t = tpl::activities;
    core::TableView view{.id = "activities",
                         .caption = visit.tr("Activities"),
                         .empty = visit.tr("People can do nothing here yet: add what they can do.")};
    view.columns = {visit.tr("Title"), visit.tr("Building block"), visit.tr("Who may take part"),
                    visit.tr("Contributions")};
    for (const auto& activity : e.plan.activities)
        view.rows.push_back({core::link_cell(activity.title, address_of(e, activity)),
                             core::text_cell(title_of(visit, activity)),
                             core::text_cell(visit.tr(who_name(activity.who))),
                             core::number_cell(visit.language.number(activity.contributions))});
    html::Values page;
    page.set(t::LIST, core::table(visit, view));
    core::FormView form(visit, values, problems);
    std::vector<core::Option> blocks;
    for (const auto& module : visit.house.modules)
        if (module.activity)
            blocks.push_back({module.name, visit.tr(module.activity->title), visit.tr(module.activity->summary)});
    form.heading(tr_noop("New activity"));
    form.tiles("module", tr_noop("Building block"), blocks);
    form.text("title", tr_noop("Title")).hint(tr_noop("As people see it: “Ideas for the park”.")).limit(200);
    page.set(t::FORM, form.html({.action = e.address("/bausteine"), .submit = tr_noop("Add activity")}));
    return html::render_part(t::file, page, visit.language);
}

// ---- settings as declared

Json settings_of(const core::Activity& activity) {
    auto json = Json::parse(activity.settings.empty() ? "{}" : activity.settings, nullptr, false);
    return json.is_object() ? json : Json::object();
}

std::string in_field(const Setting& setting, const Json& given) {
    const std::string key(setting.key);
    if (!given.contains(key)) return std::string(setting.initial);
    const auto& value = given[key];
    if (value.is_boolean()) return value.get<bool>() ? "on" : "off";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void add_setting(const Visit& visit, core::FormView& form, const Setting& setting) {
    const std::string name = field_of(setting);
    switch (setting.kind) {
        case Setting::Kind::on_off:
            form.check(name, setting.label).hint(setting.hint);
            return;
        case Setting::Kind::choice: {
            std::vector<core::Option> options;
            for (const auto choice : setting.choices) options.push_back({std::string(choice), visit.tr(choice)});
            form.select(name, setting.label, options).hint(setting.hint);
            return;
        }
        case Setting::Kind::number:
            form.number(name, setting.label).hint(setting.hint);
            return;
        case Setting::Kind::long_text:
        case Setting::Kind::list:
            form.area(name, setting.label).hint(setting.hint).optional();
            return;
        case Setting::Kind::email:
            form.email(name, setting.label).hint(setting.hint).optional();
            return;
        case Setting::Kind::url:
            form.url(name, setting.label).hint(setting.hint).optional();
            return;
        default:
            form.text(name, setting.label).hint(setting.hint).optional();
    }
}

// What was typed for one setting into the JSON; as it is by default it is left out.
void read_setting(const Form& form, const Setting& setting, Json& given, Problems& problems) {
    const std::string key(setting.key), name = field_of(setting), typed = trimmed(form[name]);
    const bool on_off = setting.kind == Setting::Kind::on_off;
    const std::string value = on_off ? (typed == "on" ? "on" : "off") : typed;
    given.erase(key);
    if (setting.kind == Setting::Kind::number) {
        const auto number = to_int(value);
        if (!number || *number < 0 || *number > 1'000'000)
            return problems.add(name, tr_noop("Please give a whole number from 0."));
        if (value != setting.initial) given[key] = *number;
        return;
    }
    if (setting.kind == Setting::Kind::choice &&
        std::find(setting.choices.begin(), setting.choices.end(), value) == setting.choices.end())
        return problems.add(name, tr_noop("Please choose one of these."));
    if (setting.kind == Setting::Kind::url && !value.empty() && !is_web_address(value))
        return problems.add(name, tr_noop("Please give an address that begins with https://."));
    core::need_short(problems, name, value, 5000);
    if (value == setting.initial) return;
    if (on_off)
        given[key] = value == "on";
    else
        given[key] = value;
}

// ---- one

Form form_of(const Visit& visit, const Editing& e, const core::Activity& activity) {
    Form form;
    form.set("title", activity.title);
    form.set("intro", activity.intro);
    form.set("who", std::string(core::to_word(activity.who)));
    for (std::size_t i = 0; i < e.plan.activities.size(); ++i)
        if (e.plan.activities[i].key == activity.key) form.set("position", std::to_string(i + 1));
    const auto* kind = kind_of(visit, activity.module);
    if (!kind) return form;
    const Json given = settings_of(activity);
    for (const auto& setting : kind->settings) form.set(field_of(setting), in_field(setting, given));
    return form;
}

html::SafeHtml content(Visit& visit, const Editing& e, const core::Activity& activity, const Form& values,
                       const Problems& problems, const html::SafeHtml& notice) {
    namespace t = tpl::activity;
    const auto* kind = kind_of(visit, activity.module);
    html::Values page;
    page.set(t::NOTICE, notice).set(t::BACK, visit.url(e.address("/bausteine"))).set(t::TITLE, activity.title);
    page.set(t::BLOCK, title_of(visit, activity));
    if (kind && kind->has_editor)
        page.add(t::CONTENT_LINK)
            .set(t::URL,
                 visit.url(e.address("/" + std::string(kind->path) + "/" + escape_url(activity.key) + "/bearbeiten")));
    core::FormView form(visit, values, problems);
    form.hidden("_version", version_of(visit, e));
    form.text("title", tr_noop("Title")).limit(200);
    form.markdown("intro", tr_noop("Introduction")).hint(tr_noop("Stands above it: what is asked for.")).optional();
    std::vector<core::Option> everybody;
    for (const auto who : {core::Who::anyone, core::Who::email, core::Who::account, core::Who::verified,
                           core::Who::invited, core::Who::token})
        everybody.push_back({std::string(core::to_word(who)), visit.tr(who_name(who))});
    form.radios("who", tr_noop("Who may take part"), everybody);
    form.number("position", tr_noop("Place in the order"));
    if (kind && !kind->settings.empty()) form.heading(tr_noop("Settings of the building block"));
    if (kind)
        for (const auto& setting : kind->settings) add_setting(visit, form, setting);
    core::FormOptions options{.action = address_of(e, activity), .cancel = e.address("/bausteine"), .keep_draft = true};
    options.buttons = {{"remove", "1", tr_noop("Remove the activity"), true}};
    page.set(t::FORM, form.html(options));
    return html::render_part(t::file, page, visit.language);
}

struct Typed {
    core::Activity activity;
    std::size_t position = 0;
    Problems problems;
};

Typed read(const Visit& visit, const Editing& e, const core::Activity& before) {
    Typed typed{before, 0, {}};
    auto& [activity, place, problems] = typed;
    activity.title = trimmed(visit.form["title"]);
    activity.intro = trimmed(visit.form["intro"]);
    if (activity.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", activity.title, 200);
    core::need_short(problems, "intro", activity.intro, 20'000);
    if (const auto who = core::who_from(visit.form["who"]))
        activity.who = *who;
    else
        problems.add("who", tr_noop("Please choose one of these."));
    const auto number = to_int(trimmed(visit.form["position"]));
    if (!number || *number < 1) problems.add("position", tr_noop("Please give a whole number from 1."));
    place = std::size_t(std::clamp<std::int64_t>(number.value_or(1), 1, std::int64_t(e.plan.activities.size())));
    const auto* kind = kind_of(visit, before.module);
    if (!kind) return typed;
    Json given = settings_of(before);
    for (const auto& setting : kind->settings) read_setting(visit.form, setting, given, problems);
    activity.settings = given.empty() ? "" : given.dump();
    return typed;
}

core::Procedure with(const Editing& e, const Typed& typed) {
    core::Procedure plan = e.plan;
    auto& list = plan.activities;
    list.erase(std::find_if(list.begin(), list.end(),
                            [&](const core::Activity& one) { return one.key == typed.activity.key; }));
    list.insert(list.begin() + std::ptrdiff_t(typed.position - 1), typed.activity);
    return plan;
}

core::Procedure without(const Editing& e, const std::string& key) {
    core::Procedure plan = e.plan;
    plan.activities.erase(std::find_if(plan.activities.begin(), plan.activities.end(),
                                       [&](const core::Activity& one) { return one.key == key; }));
    plan.grid.erase(std::remove_if(plan.grid.begin(), plan.grid.end(),
                                   [&](const core::StepSetting& cell) { return cell.activity == key; }),
                    plan.grid.end());
    return plan;
}

}  // namespace

http::Response activities_page(Visit& visit) {
    const auto e = editing(visit);
    return show(visit, e, Screen::activities, list_content(visit, e, {}, {}));
}

http::Response add_activity(Visit& visit) {
    const auto e = editing(visit);
    Problems problems;
    core::Activity activity;
    activity.module = visit.form["module"];
    activity.title = trimmed(visit.form["title"]);
    if (!kind_of(visit, activity.module)) problems.add("module", tr_noop("Please choose one of these."));
    if (activity.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", activity.title, 200);
    if (e.plan.activities.size() >= most_activities)
        problems.add("title",
                     tr_noop("A procedure has at most {n} activities.", {{"n", std::to_string(most_activities)}}));
    const auto again = [&] {
        return show_again(visit, e, Screen::activities, list_content(visit, e, visit.form, problems));
    };
    if (problems.any()) return again();
    activity.key = free_key(e.plan.activities, activity.title);
    core::Procedure plan = e.plan;
    plan.activities.push_back(activity);
    problems = at_fields(keep_plan(visit, e, std::move(plan)), [](const auto&) { return "title"; });
    if (problems.any()) return again();
    return visit.go(address_of(e, activity), tr_noop("The activity is added. Now its settings, then when it is open."));
}

http::Response activity_page(Visit& visit) {
    auto e = editing(visit);
    const auto& activity = activity_of(visit, e);
    return show(visit, e, Screen::activities, content(visit, e, activity, form_of(visit, e, activity), {}, {}));
}

http::Response save_activity(Visit& visit) {
    auto e = editing(visit);
    const auto& activity = activity_of(visit, e);
    const auto again = [&](const Problems& problems, const html::SafeHtml& notice = {}) {
        return show_again(visit, e, Screen::activities, content(visit, e, activity, visit.form, problems, notice));
    };
    const bool removed = visit.form["remove"] == "1";
    Typed typed{activity, 1, {}};
    if (!removed) typed = read(visit, e, activity);
    if (typed.problems.any()) return again(typed.problems);
    if (changed_meanwhile(visit, e)) return again({}, meanwhile(visit, e));
    const auto problems = at_fields(
        keep_plan(visit, e, removed ? without(e, activity.key) : with(e, typed)),
        [&](const std::string& place) { return place == core::activity_place(activity.key, "title") ? "title" : ""; });
    if (problems.any()) return again(problems);
    if (removed) return visit.go(e.address("/bausteine"), tr_noop("The activity is removed."));
    return visit.go(address_of(e, activity), tr_noop("Saved."));
}

}  // namespace mitwirken::procedures
