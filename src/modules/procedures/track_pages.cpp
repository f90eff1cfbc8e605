// When: the tracks of a procedure with their steps – the time line, tables of all tracks, and a form for one of them.
#include "core/forms/table.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/making.h"
#include "modules/procedures/pages.h"
#include "modules/procedures/steps_form.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
constexpr std::size_t most_tracks = 20;

std::string address_of(const Editing& e, const core::Track& track) {
    return e.address("/ablauf/" + escape_url(track.key));
}

core::Track& track_of(Visit& visit, Editing& e) {
    for (auto& track : e.plan.tracks)
        if (track.key == visit.parameter("part")) return track;
    throw NotFound();
}

html::SafeHtml steps_table(const Visit& visit, const core::Track& track, int number) {
    core::TableView view{.id = "steps-" + std::to_string(number),
                         .caption = track.label,
                         .empty = visit.tr("This track has no steps yet.")};
    view.columns = {visit.tr("No."), visit.tr("Step"), visit.tr("Dates"), visit.tr("On the public time line")};
    int position = 0;
    const auto dates = [&](const core::Step& step) {
        const auto hint = end_hint(step);
        if (!hint) return dates_in_words(visit, step.dates);
        return dates_in_words(visit, step.dates) + " – " +
               visit.tr(tr_noop("ends on a day off: {day}", {{"day", visit.tr(*hint)}}));
    };
    for (const auto& step : track.steps)
        view.rows.push_back({core::number_cell(std::to_string(++position)), core::text_cell(step.label),
                             core::text_cell(dates(step)),
                             core::text_cell(visit.tr(step.silent ? tr_noop("No") : tr_noop("Yes")))});
    return core::table(visit, view);
}

html::SafeHtml plan_content(Visit& visit, const Editing& e, const Form& values, const Problems& problems) {
    namespace t = tpl::plan;
    html::Values page;
    page.set(t::LINE, time_line(visit, e.plan));
    int number = 0;
    for (const auto& track : e.plan.tracks)
        page.add(t::TRACK)
            .set(t::LABEL, track.label)
            .set(t::WHO, visit.tr(audience_name(track.audience)))
            .set(t::URL, visit.url(address_of(e, track)))
            .set(t::TABLE, steps_table(visit, track, ++number));
    core::FormView form(visit, values, problems);
    form.text("label", tr_noop("New track"))
        .hint(tr_noop("One audience and its steps: “For everyone”, “For the neighbourhood”."))
        .limit(200);
    page.set(t::FORM, form.html({.action = e.address("/ablauf"), .submit = tr_noop("Add track")}));
    return html::render_part(t::file, page, visit.language);
}

// ---- one track

struct StepField {
    const char *name, *type;
    Message label;
    bool wide = false;
};
const std::vector<StepField>& step_fields() {
    static const std::vector<StepField> list = {{"label", "text", tr_noop("Name of the step"), true},
                                                {"first_day", "date", tr_noop("First day")},
                                                {"first_time", "time", tr_noop("Opens at (optional)")},
                                                {"last_day", "date", tr_noop("Last day (empty: no end)")},
                                                {"last_time", "time", tr_noop("Closes at (optional)")},
                                                {"roughly", "text", tr_noop("Or in words, such as “autumn 2027”")},
                                                {"position", "text", tr_noop("Place in the order")},
                                                {"round", "text", tr_noop("Repetition (0: the first time)")}};
    return list;
}

html::SafeHtml step_part(const Visit& visit, const Form& values, const Problems& problems, int number) {
    namespace t = tpl::step_fields;
    html::Values part;
    const std::string key = values[step_field(number, "key")];
    part.set(t::LEGEND, key.empty()
                            ? visit.tr("New step")
                            : visit.tr(tr_noop("Step {n}: {name}", {{"n", std::to_string(number)},
                                                                    {"name", values[step_field(number, "label")]}})));
    part.set(t::KEY_NAME, step_field(number, "key")).set(t::KEY, key);
    const auto line_of = [&](const std::string& name, const Message& label) {
        auto line = part.add(t::LINE).set(t::NAME, name).set(t::LABEL, visit.tr(label));
        if (const auto* problem = problems.of(name))
            line.show(t::ERROR_CLASS).add(t::ERROR).set(t::TEXT, visit.tr(problem->message));
        return line;
    };
    for (const auto& field : step_fields()) {
        const std::string name = step_field(number, field.name);
        auto line = line_of(name, field.label);
        line.show_if(field.wide, t::WIDE);
        auto input = line.add(t::INPUT).set(t::TYPE, field.type).set(t::VALUE, values[name]);
        input.show_if(problems.of(name) != nullptr, t::INVALID);
    }
    const std::string text = step_field(number, "text");
    auto line = line_of(text, tr_noop("What happens (optional)"));
    line.show(t::WIDE).add(t::AREA).set(t::VALUE, values[text]).show_if(problems.of(text) != nullptr, t::INVALID);
    const auto box = [&](std::string_view name, const Message& label) {
        const std::string field = step_field(number, name);
        part.add(t::CHECK).set(t::NAME, field).set(t::LABEL, visit.tr(label)).show_if(values[field] == "on", t::CHOSEN);
    };
    box("silent", tr_noop("Not on the public time line"));
    if (!key.empty()) box("remove", tr_noop("Remove this step"));
    return html::render_part(t::file, part, visit.language);
}

html::SafeHtml track_content(Visit& visit, const Editing& e, const core::Track& track, const Form& values,
                             const Problems& problems, const html::SafeHtml& notice) {
    namespace t = tpl::track;
    html::Values page;
    page.set(t::NOTICE, notice).set(t::BACK, visit.url(e.address("/ablauf"))).set(t::TITLE, track.label);
    core::FormView form(visit, values, problems);
    form.hidden("_version", version_of(visit, e));
    form.text("label", tr_noop("Name of the track")).limit(200);
    form.text("for_whom", tr_noop("For whom, in words"))
        .hint(tr_noop("Fits behind “only for”: “the neighbourhood”."))
        .limit(200)
        .optional();
    std::vector<core::Option> audiences;
    for (const auto audience : {core::Audience::anyone, core::Audience::invited, core::Audience::staff})
        audiences.push_back({std::string(core::to_word(audience)), visit.tr(audience_name(audience))});
    form.radios("audience", tr_noop("Who belongs to it"), audiences);
    const int there = steps_in(values);
    for (int number = 1; number <= there; ++number) form.part(step_part(visit, values, problems, number));
    // One more for the next step, unless there is an empty one already.
    const bool has_empty = there > 0 && values[step_field(there, "key")].empty();
    if (!has_empty && there < most_steps) form.part(step_part(visit, values, problems, there + 1));
    core::FormOptions options{.action = address_of(e, track), .cancel = e.address("/ablauf"), .keep_draft = true};
    options.buttons = {{"remove_track", "1", tr_noop("Remove the track"), true}};
    // What the parts show by themselves the form does not know: it lists all problems above.
    page.set(t::FORM, form.html(options));
    return html::render_part(t::file, page, visit.language);
}

Problems without(Visit& visit, const Editing& e, const core::Track& track) {
    core::Procedure plan = e.plan;
    const auto of_track = [&](const auto& part) { return part.track == track.key; };
    plan.grid.erase(std::remove_if(plan.grid.begin(), plan.grid.end(), of_track), plan.grid.end());
    const std::string key = track.key;
    plan.tracks.erase(
        std::find_if(plan.tracks.begin(), plan.tracks.end(), [&](const core::Track& one) { return one.key == key; }));
    return keep_plan(visit, e, std::move(plan));
}

// The plan with this track, without cells of steps that are gone.
core::Procedure with_track(const Editing& e, const core::Track& track) {
    core::Procedure plan = e.plan;
    for (auto& one : plan.tracks)
        if (one.key == track.key) one = track;
    const auto gone = [&](const core::StepSetting& cell) {
        return cell.track == track.key && std::none_of(track.steps.begin(), track.steps.end(),
                                                       [&](const auto& step) { return step.key == cell.step; });
    };
    plan.grid.erase(std::remove_if(plan.grid.begin(), plan.grid.end(), gone), plan.grid.end());
    return plan;
}

}  // namespace

http::Response plan_page(Visit& visit) {
    const auto e = editing(visit);
    return show(visit, e, Screen::plan, plan_content(visit, e, {}, {}));
}

http::Response add_track(Visit& visit) {
    const auto e = editing(visit);
    Problems problems;
    core::Track track;
    track.label = trimmed(visit.form["label"]);
    if (track.label.empty()) problems.add("label", tr_noop("Please give the track a name."));
    core::need_short(problems, "label", track.label, 200);
    if (e.plan.tracks.size() >= most_tracks)
        problems.add("label", tr_noop("A procedure has at most {n} tracks.", {{"n", std::to_string(most_tracks)}}));
    if (problems.any()) return show_again(visit, e, Screen::plan, plan_content(visit, e, visit.form, problems));
    track.key = free_key(e.plan.tracks, track.label);
    core::Procedure plan = e.plan;
    plan.tracks.push_back(track);
    problems = at_fields(keep_plan(visit, e, std::move(plan)), [](const auto&) { return "label"; });
    if (problems.any()) return show_again(visit, e, Screen::plan, plan_content(visit, e, visit.form, problems));
    return visit.go(address_of(e, track), tr_noop("The track is added. Now its steps."));
}

http::Response track_page(Visit& visit) {
    auto e = editing(visit);
    const auto& track = track_of(visit, e);
    Form form;
    write_track(form, track);
    return show(visit, e, Screen::plan, track_content(visit, e, track, form, {}, {}));
}

http::Response save_track(Visit& visit) {
    auto e = editing(visit);
    const auto& track = track_of(visit, e);
    const auto again = [&](const Problems& problems, const html::SafeHtml& notice = {}) {
        return show_again(visit, e, Screen::plan, track_content(visit, e, track, visit.form, problems, notice));
    };
    if (visit.form["remove_track"] == "1") {
        if (changed_meanwhile(visit, e)) return again({}, meanwhile(visit, e));
        const auto problems = at_fields(without(visit, e, track), [](const auto&) { return ""; });
        return problems.any() ? again(problems) : visit.go(e.address("/ablauf"), tr_noop("The track is removed."));
    }
    const auto typed = read_track(visit.form, track);
    if (typed.problems.any()) return again(typed.problems);
    if (changed_meanwhile(visit, e)) return again({}, meanwhile(visit, e));
    const auto problems = at_fields(keep_plan(visit, e, with_track(e, typed.track)),
                                    [&](const std::string& place) { return field_of(typed, place); });
    if (problems.any()) return again(problems);
    return visit.go(address_of(e, track), tr_noop("Saved."));
}

}  // namespace mitwirken::procedures
