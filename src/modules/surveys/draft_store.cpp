// Questionnaires: the draft with its undo list, and versions; see store.h.
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

namespace {

constexpr int undo_kept = 30;

const db::Query select_draft{"surveys.draft", R"(
    SELECT content, edits, changed_at FROM surveys_draft WHERE activity_id = :activity)"};
const db::Query upsert_draft{"surveys.draft_save", R"(
    INSERT INTO surveys_draft (activity_id, tenant_id, content, edits, changed_at)
    VALUES (:activity, :tenant, :content, 1, :now)
    ON CONFLICT (activity_id) DO UPDATE
    SET content = excluded.content, edits = surveys_draft.edits + 1, changed_at = excluded.changed_at)"};
const db::Query update_draft{"surveys.draft_undo", R"(
    UPDATE surveys_draft SET content = :content, edits = edits + 1, changed_at = :now WHERE activity_id = :activity)"};
const db::Query insert_undo{"surveys.undo_add", R"(
    INSERT INTO surveys_undo (tenant_id, activity_id, content, at) VALUES (:tenant, :activity, :content, :now))"};
const db::Query forget_undo{"surveys.undo_forget", R"(
    DELETE FROM surveys_undo WHERE activity_id = :activity AND id NOT IN
        (SELECT id FROM surveys_undo WHERE activity_id = :activity2 ORDER BY id DESC LIMIT :kept))"};
struct Undo {
    std::int64_t id = 0;
    std::string content;
};
const db::Query last_undo{"surveys.undo_last", R"(
    SELECT id, content FROM surveys_undo WHERE activity_id = :activity ORDER BY id DESC LIMIT 1)"};
const db::Query delete_undo{"surveys.undo_delete", "DELETE FROM surveys_undo WHERE id = :id"};

const db::Query select_versions{"surveys.versions", R"(
    SELECT id, number, content, published_at, replaced_at FROM surveys_version
    WHERE activity_id = :activity ORDER BY number)"};
const db::Query select_current{"surveys.version_current", R"(
    SELECT id, number, content, published_at, replaced_at FROM surveys_version
    WHERE activity_id = :activity ORDER BY number DESC LIMIT 1)"};
const db::Query select_version{"surveys.version", R"(
    SELECT id, number, content, published_at, replaced_at FROM surveys_version
    WHERE activity_id = :activity AND id = :id)"};
const db::Query select_number{"surveys.version_number", R"(
    SELECT id, number, content, published_at, replaced_at FROM surveys_version
    WHERE activity_id = :activity AND number = :number)"};
const db::Query replace_version{"surveys.version_replace", R"(
    UPDATE surveys_version SET replaced_at = :now WHERE activity_id = :activity AND replaced_at IS NULL)"};
const db::Query insert_version{"surveys.version_add", R"(
    INSERT INTO surveys_version (tenant_id, activity_id, number, content, published_at)
    VALUES (:tenant, :activity, :number, :content, :now) RETURNING id)"};
}  // namespace

std::optional<Draft> find_draft(db::Tx& tx, ActivityId activity) { return tx.one<Draft>(select_draft, activity); }

void save_draft(db::Tx& tx, TenantId tenant, ActivityId activity, const std::string& content, Timestamp now) {
    const auto before = find_draft(tx, activity);
    if (before && before->content == content) return;
    if (before) {
        tx.exec(insert_undo, tenant, activity, before->content, now);
        tx.exec(forget_undo, activity, activity, undo_kept);
    }
    tx.exec(upsert_draft, activity, tenant, content, now);
}

bool can_undo(db::Tx& tx, ActivityId activity) { return tx.one<Undo>(last_undo, activity).has_value(); }

bool undo(db::Tx& tx, ActivityId activity, Timestamp now) {
    const auto last = tx.one<Undo>(last_undo, activity);
    if (!last) return false;
    tx.exec(update_draft, last->content, now, activity);
    tx.exec(delete_undo, last->id);
    return true;
}

std::vector<Version> versions(db::Tx& tx, ActivityId activity) { return tx.all<Version>(select_versions, activity); }

std::optional<Version> current_version(db::Tx& tx, ActivityId activity) {
    return tx.one<Version>(select_current, activity);
}

std::optional<Version> find_version(db::Tx& tx, ActivityId activity, VersionId id) {
    return tx.one<Version>(select_version, activity, id);
}

std::optional<Version> find_version_number(db::Tx& tx, ActivityId activity, std::int64_t number) {
    return tx.one<Version>(select_number, activity, number);
}

Version publish(db::Tx& tx, TenantId tenant, ActivityId activity, const std::string& content, Timestamp now) {
    const auto before = current_version(tx, activity);
    Version version{{}, before ? before->number + 1 : 1, content, now, {}};
    tx.exec(replace_version, now, activity);
    version.id = tx.value<VersionId>(insert_version, tenant, activity, version.number, content, now);
    return version;
}

}  // namespace mitwirken::surveys
