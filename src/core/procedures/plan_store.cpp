// The plan's rows: tracks, steps, activities and their grid. Parts are matched by key, so that an activity keeps its id
// and with it its contributions. See records.h.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/procedures/records.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

const db::Query select_tracks{"core.tracks", R"(
    SELECT id, key, label, for_whom, audience, extra FROM core_track WHERE procedure_id = :procedure
    ORDER BY position, id)"};
const db::Query select_steps{"core.steps", R"(
    SELECT id, track_id, key, label, first_day, last_day, opens_at, closes_at, roughly, text, silent, round, legal_code,
      extra
    FROM core_step WHERE procedure_id = :procedure ORDER BY position, id)"};
const db::Query select_activities{"core.activities", R"(
    SELECT id, key, module, title, intro, who, settings, contributions, extra FROM core_activity
    WHERE procedure_id = :procedure ORDER BY position, id)"};
const db::Query select_cells{"core.step_settings", R"(
    SELECT activity_id, step_id, visible, open, extra FROM core_step_setting WHERE procedure_id = :procedure
    ORDER BY position)"};

const db::Query upsert_track{"core.track_save", R"(
    INSERT INTO core_track (tenant_id, procedure_id, key, label, for_whom, audience, extra, position)
    VALUES (:tenant, :procedure, :key, :label, :for_whom, :audience, :extra, :position)
    ON CONFLICT (procedure_id, key) DO UPDATE SET label = excluded.label, for_whom = excluded.for_whom,
      audience = excluded.audience, extra = excluded.extra, position = excluded.position
    RETURNING id)"};
const db::Query upsert_step{"core.step_save", R"(
    INSERT INTO core_step (tenant_id, procedure_id, track_id, key, label, first_day, last_day, opens_at, closes_at,
      roughly, text, silent, round, legal_code, extra, position)
    VALUES (:tenant, :procedure, :track, :key, :label, :first, :last, :opens, :closes, :roughly, :text, :silent, :round,
      :legal, :extra, :position)
    ON CONFLICT (track_id, key) DO UPDATE SET label = excluded.label, first_day = excluded.first_day,
      last_day = excluded.last_day, opens_at = excluded.opens_at, closes_at = excluded.closes_at,
      roughly = excluded.roughly, text = excluded.text, silent = excluded.silent, round = excluded.round,
      legal_code = excluded.legal_code, extra = excluded.extra, position = excluded.position
    RETURNING id)"};
const db::Query upsert_activity{"core.activity_save", R"(
    INSERT INTO core_activity (tenant_id, procedure_id, key, module, title, intro, who, settings, extra, position)
    VALUES (:tenant, :procedure, :key, :module, :title, :intro, :who, :settings, :extra, :position)
    ON CONFLICT (procedure_id, key) DO UPDATE SET title = excluded.title, intro = excluded.intro, who = excluded.who,
      settings = excluded.settings, extra = excluded.extra, position = excluded.position
    RETURNING id)"};
const db::Query insert_cell{"core.step_setting_insert", R"(
    INSERT INTO core_step_setting (tenant_id, procedure_id, activity_id, step_id, visible, open, extra, position)
    VALUES (:tenant, :procedure, :activity, :step, :visible, :open, :extra, :position))"};
const db::Query delete_cells{"core.step_settings_delete", R"(
    DELETE FROM core_step_setting WHERE procedure_id = :procedure)"};
const db::Query activity_has_contributions{"core.activity_used", R"(
    SELECT EXISTS (SELECT 1 FROM core_contribution WHERE activity_id = :activity))"};
const db::Query step_has_interactions{"core.step_used", R"(
    SELECT EXISTS (SELECT 1 FROM core_interaction WHERE activity_id IN
      (SELECT id FROM core_activity WHERE procedure_id = :procedure) AND step_id = :step))"};
const db::Query delete_activity{"core.activity_delete", "DELETE FROM core_activity WHERE id = :id"};
const db::Query delete_step{"core.step_delete", "DELETE FROM core_step WHERE id = :id"};
const db::Query delete_members{"core.track_members_delete", "DELETE FROM core_membership WHERE track_id = :id"};
const db::Query delete_track{"core.track_delete", "DELETE FROM core_track WHERE id = :id"};

struct TrackRow {
    TrackId id;
    std::string key, label, for_whom;
    Audience audience;
    std::string extra;
};
struct StepRow {
    StepId id;
    TrackId track;
    std::string key, label, first_day, last_day, opens_at, closes_at, roughly, text;
    bool silent;
    std::int64_t round;
    std::string legal_code, extra;
};
struct CellRow {
    ActivityId activity;
    StepId step;
    bool visible;
    std::string open, extra;
};

// What stands in the rows was validated when it was written; words that no longer read as dates are words.
StepDates dates_of(const StepRow& row) {
    if (const auto first = parse_date(row.first_day)) return ByDays{*first, parse_date(row.last_day)};
    if (const auto opens = parse_local_time(row.opens_at)) return ByTimes{*opens, parse_local_time(row.closes_at)};
    return Roughly{row.roughly};
}

struct DateColumns {
    std::string first_day, last_day, opens_at, closes_at, roughly;
};
DateColumns columns_of(const StepDates& dates) {
    DateColumns c;
    if (const auto* days = std::get_if<ByDays>(&dates)) {
        c.first_day = to_iso(days->first);
        if (days->last) c.last_day = to_iso(*days->last);
    } else if (const auto* times = std::get_if<ByTimes>(&dates)) {
        c.opens_at = to_local_iso(times->opens);
        if (times->closes) c.closes_at = to_local_iso(*times->closes);
    } else {
        c.roughly = std::get<Roughly>(dates).words;
    }
    return c;
}

std::vector<std::string> words_of(const std::string& text) {
    return text.empty() ? std::vector<std::string>{} : split(text, ' ');
}

const Track* find_track(const Procedure& plan, const std::string& key) {
    for (const auto& track : plan.tracks)
        if (track.key == key) return &track;
    return nullptr;
}
bool has_step(const Track* track, const std::string& key) {
    return track && std::any_of(track->steps.begin(), track->steps.end(), [&](const Step& s) { return s.key == key; });
}
bool has_activity(const Procedure& plan, const std::string& key) {
    return std::any_of(plan.activities.begin(), plan.activities.end(), [&](const Activity& a) { return a.key == key; });
}

// Parts that are to go but carry what people did.
Problems refuse_losses(db::Tx& tx, const Procedure& before, const Procedure& plan) {
    Problems problems;
    for (const auto& activity : before.activities)
        if (!has_activity(plan, activity.key) && tx.value<bool>(activity_has_contributions, activity.id))
            problems.add("activities", tr_noop("“{title}” cannot be removed: people have already contributed to it.",
                                               {{"title", activity.title}}));
    for (const auto& track : before.tracks)
        for (const auto& step : track.steps)
            if (!has_step(find_track(plan, track.key), step.key) &&
                tx.value<bool>(step_has_interactions, before.id, step.id))
                problems.add("steps", tr_noop("“{title}” cannot be removed: people have already taken part in it.",
                                              {{"title", step.label}}));
    return problems;
}

void drop_what_is_gone(db::Tx& tx, const Procedure& before, const Procedure& plan) {
    tx.exec(delete_cells, before.id);
    for (const auto& activity : before.activities)
        if (!has_activity(plan, activity.key)) tx.exec(delete_activity, activity.id);
    for (const auto& track : before.tracks) {
        const Track* kept = find_track(plan, track.key);
        for (const auto& step : track.steps)
            if (!has_step(kept, step.key)) tx.exec(delete_step, step.id);
        if (kept) continue;
        tx.exec(delete_members, track.id);
        tx.exec(delete_track, track.id);
    }
}

}  // namespace

Procedure load_plan(db::Tx& tx, const ProcedureRecord& record) {
    Procedure plan;
    plan.id = record.id;
    plan.title = record.title;
    plan.state = record.state;
    plan.extra = record.extra;
    std::map<TrackId, std::size_t> place;
    for (auto& row : tx.all<TrackRow>(select_tracks, record.id)) {
        place[row.id] = plan.tracks.size();
        plan.tracks.push_back({row.id, row.key, row.label, row.for_whom, row.audience, {}, row.extra});
    }
    std::map<StepId, std::pair<std::string, std::string>> step_keys;
    for (auto& row : tx.all<StepRow>(select_steps, record.id)) {
        Track& track = plan.tracks.at(place.at(row.track));
        step_keys[row.id] = {track.key, row.key};
        track.steps.push_back(
            {row.id, row.key, row.label, dates_of(row), row.text, row.silent, row.round, row.legal_code, row.extra});
    }
    plan.activities = tx.all<Activity>(select_activities, record.id);
    std::map<ActivityId, std::string> activity_keys;
    for (const auto& activity : plan.activities) activity_keys[activity.id] = activity.key;
    for (auto& row : tx.all<CellRow>(select_cells, record.id)) {
        const auto& [track, step] = step_keys.at(row.step);
        plan.grid.push_back({activity_keys.at(row.activity), track, step, row.visible, words_of(row.open), row.extra});
    }
    return plan;
}

Problems save_plan(db::Tx& tx, TenantId tenant, ProcedureId procedure, const Procedure& plan) {
    ProcedureRecord record;
    record.id = procedure;
    const Procedure before = load_plan(tx, record);
    if (auto problems = refuse_losses(tx, before, plan); problems.any()) return problems;
    drop_what_is_gone(tx, before, plan);
    std::map<std::pair<std::string, std::string>, StepId> steps;
    std::map<std::string, ActivityId> activities;
    std::int64_t position = 0;
    for (const auto& track : plan.tracks) {
        const auto id = tx.value<TrackId>(upsert_track, tenant, procedure, track.key, track.label, track.for_whom,
                                          track.audience, track.extra, position++);
        for (const auto& step : track.steps) {
            const auto dates = columns_of(step.dates);
            steps[{track.key, step.key}] =
                tx.value<StepId>(upsert_step, tenant, procedure, id, step.key, step.label, dates.first_day,
                                 dates.last_day, dates.opens_at, dates.closes_at, dates.roughly, step.text, step.silent,
                                 step.round, step.legal_code, step.extra, position++);
        }
    }
    for (const auto& a : plan.activities)
        activities[a.key] = tx.value<ActivityId>(upsert_activity, tenant, procedure, a.key, a.module, a.title, a.intro,
                                                 a.who, a.settings, a.extra, position++);
    for (const auto& cell : plan.grid)
        tx.exec(insert_cell, tenant, procedure, activities.at(cell.activity), steps.at({cell.track, cell.step}),
                cell.visible, join(cell.open, " "), cell.extra, position++);
    return {};
}

}  // namespace mitwirken::core
