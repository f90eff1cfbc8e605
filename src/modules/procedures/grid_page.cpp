// The grid Activity × Step: for each activity a table of all steps, with what can be seen and done in each. It is the
// only place that says what is open.
#include <fmt/format.h>

#include "core/procedures/validate.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;

struct Cell {
    const core::Activity& activity;
    const core::Track& track;
    const core::Step& step;

    // The lengths keep keys apart that hold hyphens.
    std::string field() const {
        return fmt::format("cell-{}-{}-{}-{}-{}", activity.key.size(), activity.key, track.key.size(), track.key,
                           step.key);
    }
    bool is(const core::StepSetting& setting) const {
        return setting.activity == activity.key && setting.track == track.key && setting.step == step.key;
    }
};

const core::StepSetting* setting_of(const core::Procedure& plan, const Cell& cell) {
    for (const auto& setting : plan.grid)
        if (cell.is(setting)) return &setting;
    return nullptr;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// What the page shows of a cell: what was typed when the form carries it, else what is kept.
bool is_on(const core::Procedure& plan, const Form& typed, const Cell& cell, std::string_view word) {
    if (typed.has(cell.field(), "there")) return typed.has(cell.field(), word);
    const auto* kept = setting_of(plan, cell);
    return kept && (word == "visible" ? kept->visible : has(kept->open, word));
}

template <class Work>
void each_step(const core::Procedure& plan, const core::Activity& activity, Work work) {
    for (const auto& track : plan.tracks)
        for (const auto& step : track.steps) work(Cell{activity, track, step});
}

void add_row(const Visit& visit, html::Values& table, const Editing& e, const Form& typed, const Cell& cell,
             const core::ActivityKind& kind) {
    namespace t = tpl::grid;
    auto row = table.add(t::ROW)
                   .set(t::STEP, cell.step.label)
                   .set(t::TRACK, cell.track.label)
                   .set(t::DATES, dates_in_words(visit, cell.step.dates))
                   .set(t::FIELD, cell.field());
    const auto box = [&](std::string_view word, const std::string& label) {
        row.add(t::BOX)
            .set(t::FIELD, cell.field())
            .set(t::VALUE, word)
            .set(t::LABEL, label + ": " + cell.activity.title + ", " + cell.step.label)
            .show_if(is_on(e.plan, typed, cell, word), t::CHOSEN);
    };
    box("visible", visit.tr("Visible"));
    for (const auto& interaction : kind.interactions) box(interaction.word, visit.tr(interaction.label));
}

html::SafeHtml content(Visit& visit, const Editing& e, const Form& typed, const Problems& problems,
                       const html::SafeHtml& notice) {
    namespace t = tpl::grid;
    html::Values page;
    page.set(t::NOTICE, notice).set(t::SUMMARY, core::error_summary(visit, problems));
    page.set(t::LINE, time_line(visit, e.plan));
    const bool has_steps = std::any_of(e.plan.tracks.begin(), e.plan.tracks.end(),
                                       [](const core::Track& track) { return !track.steps.empty(); });
    if (!has_steps || e.plan.activities.empty()) {
        page.add(t::EMPTY)
            .set(t::PLAN_URL, visit.url(e.address("/ablauf")))
            .set(t::ACTIVITIES_URL, visit.url(e.address("/bausteine")));
        return html::render_part(t::file, page, visit.language);
    }
    auto form = page.add(t::FORM).set(t::ACTION, visit.url(e.address("/raster"))).set(t::VERSION, version_of(visit, e));
    int number = 0;
    for (const auto& activity : e.plan.activities) {
        const auto* kind = kind_of(visit, activity.module);
        if (!kind) continue;
        auto table = form.add(t::ACTIVITY).set(t::NUMBER, ++number).set(t::TITLE, activity.title);
        for (const auto& interaction : kind->interactions)
            table.add(t::COLUMN).set(t::LABEL, visit.tr(interaction.label));
        each_step(e.plan, activity, [&](const Cell& cell) { add_row(visit, table, e, typed, cell, *kind); });
    }
    return html::render_part(t::file, page, visit.language);
}

// The setting as typed. Interactions that the building block does not know, from a file, stay.
core::StepSetting typed_setting(const Form& form, const Cell& cell, const core::StepSetting* kept,
                                const core::ActivityKind& kind) {
    core::StepSetting setting{cell.activity.key, cell.track.key, cell.step.key, false, {}, kept ? kept->extra : ""};
    setting.visible = form.has(cell.field(), "visible");
    for (const auto& interaction : kind.interactions)
        if (form.has(cell.field(), interaction.word)) setting.open.emplace_back(interaction.word);
    if (!kept) return setting;
    for (const auto& word : kept->open) {
        const bool known = std::any_of(kind.interactions.begin(), kind.interactions.end(),
                                       [&](const core::Interaction& one) { return one.word == word; });
        if (!known) setting.open.push_back(word);
    }
    return setting;
}

core::Procedure typed_plan(const Visit& visit, const Editing& e) {
    core::Procedure plan = e.plan;
    plan.grid.clear();
    for (const auto& activity : e.plan.activities) {
        const auto* kind = kind_of(visit, activity.module);
        each_step(e.plan, activity, [&](const Cell& cell) {
            const auto* kept = setting_of(e.plan, cell);
            if (!kind || !visit.form.has(cell.field(), "there")) {
                if (kept) plan.grid.push_back(*kept);
                return;
            }
            auto setting = typed_setting(visit.form, cell, kept, *kind);
            if (kept || setting.visible || !setting.open.empty()) plan.grid.push_back(std::move(setting));
        });
    }
    return plan;
}

}  // namespace

http::Response grid_page(Visit& visit) {
    const auto e = editing(visit);
    return show(visit, e, Screen::grid, content(visit, e, {}, {}, {}));
}

http::Response save_grid(Visit& visit) {
    const auto e = editing(visit);
    if (changed_meanwhile(visit, e))
        return show_again(visit, e, Screen::grid, content(visit, e, visit.form, {}, meanwhile(visit, e)));
    const auto problems = at_fields(keep_plan(visit, e, typed_plan(visit, e)), [](const auto&) { return ""; });
    if (problems.any()) return show_again(visit, e, Screen::grid, content(visit, e, visit.form, problems, {}));
    return visit.go(e.address("/raster"), tr_noop("Saved."));
}

}  // namespace mitwirken::procedures
