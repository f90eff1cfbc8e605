// Answers in hand: kept from page to page until they are sent; see store.h.
#include "modules/surveys/store.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::surveys {

namespace {

const db::Query select_own{"surveys.sitting_own", R"(
    SELECT id, activity_id, participant_id, version_id, changes_id, invitation_id, answers, started_at, changed_at
    FROM surveys_sitting WHERE participant_id = :who AND activity_id = :activity ORDER BY id DESC LIMIT 1)"};
const db::Query select_by_id{"surveys.sitting", R"(
    SELECT id, activity_id, participant_id, version_id, changes_id, invitation_id, answers, started_at, changed_at
    FROM surveys_sitting WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_of{"surveys.sittings_of", R"(
    SELECT id, activity_id, participant_id, version_id, changes_id, invitation_id, answers, started_at, changed_at
    FROM surveys_sitting WHERE participant_id = :who AND tenant_id = :tenant ORDER BY id)"};
const db::Query insert{"surveys.sitting_add", R"(
    INSERT INTO surveys_sitting (tenant_id, activity_id, participant_id, version_id, changes_id, invitation_id,
        answers, started_at, changed_at)
    VALUES (:tenant, :activity, :participant, :version, :changes, :invitation, :answers, :started, :changed)
    RETURNING id)"};
const db::Query update{"surveys.sitting_save", R"(
    UPDATE surveys_sitting SET version_id = :version, answers = :answers, changed_at = :now WHERE id = :id)"};
const db::Query update_person{"surveys.sitting_give", R"(
    UPDATE surveys_sitting SET participant_id = :who WHERE id = :id)"};
const db::Query erase{"surveys.sitting_drop", "DELETE FROM surveys_sitting WHERE id = :id"};
const db::Query select_old{"surveys.sittings_old", R"(
    SELECT id, tenant_id FROM surveys_sitting WHERE changed_at < :before ORDER BY changed_at LIMIT :count)"};
const db::Query update_files{"surveys.files_move", R"(
    UPDATE core_attachment SET item = :item WHERE tenant_id = :tenant AND module = 'surveys' AND item = :before)"};

const db::Query select_any{"surveys.in_hand", R"(
    SELECT EXISTS (SELECT 1 FROM surveys_sitting) OR EXISTS (SELECT 1 FROM surveys_answer WHERE counted = 0))"};

}  // namespace

void plan_tidying(db::Tx& tx, Timestamp now) {
    const Timestamp night = start_of(add_days(berlin_day(now), 1)) + std::chrono::hours{3};
    jobs::enqueue(tx, {.kind = "surveys.tidy", .payload = "{}", .run_at = night, .unique_key = "surveys.tidy"}, now);
}

bool anything_in_hand(db::Tx& tx) { return tx.value<bool>(select_any); }

std::optional<Sitting> find_sitting(db::Tx& tx, ActivityId activity, ParticipantId who) {
    return tx.one<Sitting>(select_own, who, activity);
}

std::optional<Sitting> find_sitting(db::Tx& tx, TenantId tenant, SittingId id) {
    return tx.one<Sitting>(select_by_id, id, tenant);
}

SittingId add_sitting(db::Tx& tx, TenantId tenant, const Sitting& s) {
    plan_tidying(tx, s.changed_at);
    return tx.value<SittingId>(insert, tenant, s.activity, s.participant, s.version, s.changes, s.invitation,
                               s.answers.empty() ? "{}" : s.answers, s.started_at, s.changed_at);
}

void save_sitting(db::Tx& tx, SittingId id, VersionId version, const Values& values, Timestamp now) {
    tx.exec(update, version, write_values(values).dump(), now, id);
}

void give_sitting(db::Tx& tx, SittingId id, ParticipantId who) { tx.exec(update_person, who, id); }

void drop_sitting(db::Tx& tx, SittingId id) { tx.exec(erase, id); }

std::vector<OldSitting> old_sittings(db::Tx& tx, Timestamp before, int count) {
    return tx.all<OldSitting>(select_old, before, count);
}

std::vector<Sitting> sittings_of(db::Tx& tx, TenantId tenant, ParticipantId who) {
    return tx.all<Sitting>(select_of, who, tenant);
}

void move_files(db::Tx& tx, TenantId tenant, std::int64_t from_item, std::int64_t to_item) {
    tx.exec(update_files, to_item, tenant, from_item);
}

}  // namespace mitwirken::surveys
