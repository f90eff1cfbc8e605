// Rows of contributions: one at a time; lists stand in lists_store.cpp. See contributions.h.
#include <nlohmann/json.hpp>

#include "core/contributions/columns.h"
#include "core/contributions/contributions.h"

namespace mitwirken::core {

namespace {

const db::Query insert_contribution{"core.contribution_insert", R"(
    INSERT INTO core_contribution (tenant_id, procedure_id, activity_id, step_id, module, kind, target_id, parent_id,
      participant_id, organisation_id, author_name, channel, state, status, status_reason, title, body, language, place,
      lon, lat, entered_by, created_at, published_at, changed_at)
    VALUES (:tenant, :procedure, :activity, :step, :module, :kind, :target, :parent, :participant, :organisation,
      :author, :channel, :state, '', '', :title, :body, :language, :place, :lon, :lat, :entered_by, :created,
      :published, :changed) RETURNING id)"};
const db::Query insert_original{"core.original_insert", R"(
    INSERT INTO core_original (contribution_id, number, content, at)
    VALUES (:id, (SELECT COALESCE(max(number), 0) + 1 FROM core_original WHERE contribution_id = :id),
      :content, :at))"};
const db::Query select_originals{"core.originals", R"(
    SELECT number, content, at FROM core_original WHERE contribution_id = :id ORDER BY number)"};
const db::Query delete_originals{"core.originals_erase", "DELETE FROM core_original WHERE contribution_id = :id"};
const db::Query select_contribution{"core.contribution", "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS R"(
    FROM core_contribution WHERE id = :id AND tenant_id = :tenant)"};
const db::Query update_state{"core.contribution_state", R"(
    UPDATE core_contribution SET state = :state, published_at = COALESCE(published_at, :published), changed_at = :now
    WHERE id = :id)"};
const db::Query update_wording{"core.contribution_wording", R"(
    UPDATE core_contribution SET title = :title, body = :body, place = :place, lon = :lon, lat = :lat,
      edit_count = edit_count + :edits, changed_at = :now WHERE id = :id)"};
const db::Query update_status{"core.contribution_status", R"(
    UPDATE core_contribution SET status = :status, status_reason = :reason, changed_at = :now WHERE id = :id)"};
const db::Query update_merged{"core.contribution_merged", R"(
    UPDATE core_contribution SET merged_into = :stays, status = 'merged', changed_at = :now WHERE id = :id)"};
const db::Query move_supports{"core.supports_move", R"(
    INSERT INTO core_support (contribution_id, participant_id, at)
    SELECT CAST(:stays AS BIGINT), participant_id, at FROM core_support WHERE contribution_id = :id
    ON CONFLICT DO NOTHING)"};
// Those that came by joining have the instant they were given to the duplicate.
const db::Query move_supports_back{"core.supports_move_back", R"(
    DELETE FROM core_support WHERE contribution_id = :stays AND EXISTS (SELECT 1 FROM core_support AS d
      WHERE d.contribution_id = :id AND d.participant_id = core_support.participant_id AND d.at = core_support.at))"};
const db::Query update_unmerged{"core.contribution_unmerged", R"(
    UPDATE core_contribution SET merged_into = 0, status = :status, status_reason = :reason, changed_at = :now
    WHERE id = :id)"};
const db::Query recount_supports{"core.supports_recount", R"(
    UPDATE core_contribution SET supports = (SELECT count(*) FROM core_support WHERE contribution_id = :id)
    WHERE id = :id)"};
const db::Query count_in_activity{"core.activity_count", R"(
    UPDATE core_activity SET contributions = contributions + :step WHERE id = :id)"};
const db::Query count_comment{"core.comment_count", R"(
    UPDATE core_contribution SET comments = comments + :step WHERE id = :id)"};
const db::Query insert_support{"core.support_insert", R"(
    INSERT INTO core_support (contribution_id, participant_id, at) VALUES (:id, :who, :now) ON CONFLICT DO NOTHING)"};
const db::Query delete_support{"core.support_delete", R"(
    DELETE FROM core_support WHERE contribution_id = :id AND participant_id = :who)"};
const db::Query count_support{"core.support_count", R"(
    UPDATE core_contribution SET supports = supports + :step WHERE id = :id)"};
const db::Query insert_interaction{"core.interaction_insert", R"(
    INSERT INTO core_interaction (tenant_id, procedure_id, activity_id, step_id, participant_id, kind, contribution_id,
      channel, at)
    VALUES (:tenant, :procedure, :activity, :step, :who, :kind, :what, :channel, :now))"};
const db::Query select_ids_of{"core.contribution_ids_of", R"(
    SELECT id FROM core_contribution WHERE participant_id = :who AND tenant_id = :tenant ORDER BY id)"};
const db::Query release_author{"core.contribution_release", R"(
    UPDATE core_contribution SET participant_id = 0, author_name = '' WHERE id = :id)"};
// "support" of others stays theirs.
const db::Query unlink_interactions{"core.contribution_unlink", R"(
    UPDATE core_interaction SET participant_id = 0 WHERE contribution_id = :id AND participant_id =
        (SELECT participant_id FROM core_contribution WHERE id = :id))"};
const db::Query empty_text{"core.contribution_empty", R"(
    UPDATE core_contribution SET title = '', body = '', place = '', lon = NULL, lat = NULL WHERE id = :id)"};
const db::Query select_supported_of{"core.supported_of", R"(
    SELECT contribution_id FROM core_support WHERE participant_id = :who)"};
const db::Query delete_supports_of{"core.supports_erase", "DELETE FROM core_support WHERE participant_id = :who"};

// One more or one fewer of what is public: for a comment its target counts, for everything else its activity.
void count(db::Tx& tx, ContributionId target, ActivityId activity, int step) {
    if (target)
        tx.exec(count_comment, step, target);
    else
        tx.exec(count_in_activity, step, activity);
}

}  // namespace

ContributionId hand_in(db::Tx& tx, const Occasion& occasion, const NewContribution& c, Timestamp now) {
    const bool published = c.state == ContributionState::published;
    const std::optional<Timestamp> published_at = published ? std::optional(now) : std::nullopt;
    const auto id = tx.value<ContributionId>(
        insert_contribution, occasion.tenant, occasion.procedure, occasion.activity, occasion.step, c.module, c.kind,
        c.target, c.parent, c.participant, c.organisation, c.author_name, c.channel, c.state, c.title, c.body,
        c.language, c.place, c.lon, c.lat, c.entered_by, now, published_at, now);
    tx.exec(insert_original, id, c.original, now);
    note_interaction(tx, occasion, c.participant, c.target ? "comment" : "add", id, c.channel, now);
    if (published) count(tx, c.target, occasion.activity, 1);
    return id;
}

std::optional<Contribution> find_contribution(db::Tx& tx, TenantId tenant, ContributionId id) {
    return tx.one<Contribution>(select_contribution, id, tenant);
}

void set_state(db::Tx& tx, const Contribution& c, ContributionState state, Timestamp now) {
    if (c.state == state) return;
    const bool shown = state == ContributionState::published;
    tx.exec(update_state, state, shown ? std::optional(now) : std::nullopt, now, c.id);
    if (shown != c.is_public()) count(tx, c.target, c.activity, shown ? 1 : -1);
}

void reword(db::Tx& tx, const Contribution& c, const Wording& w, Timestamp now) {
    const bool by_author = !w.original.empty();
    tx.exec(update_wording, w.title, w.body, w.place, w.lon, w.lat, by_author ? 1 : 0, now, c.id);
    if (by_author) tx.exec(insert_original, c.id, w.original, now);
}

std::vector<Original> originals(db::Tx& tx, ContributionId id) { return tx.all<Original>(select_originals, id); }

void set_status(db::Tx& tx, const Contribution& c, const std::string& status, const std::string& reason,
                Timestamp now) {
    tx.exec(update_status, status, reason, now, c.id);
}

void merge(db::Tx& tx, const Contribution& duplicate, const Contribution& stays, Timestamp now) {
    tx.exec(move_supports, stays.id, duplicate.id);
    tx.exec(recount_supports, stays.id);
    tx.exec(update_merged, stays.id, now, duplicate.id);
}

void unmerge(db::Tx& tx, const Contribution& duplicate, const std::string& status, const std::string& reason,
             Timestamp now) {
    tx.exec(move_supports_back, duplicate.merged_into, duplicate.id);
    tx.exec(recount_supports, duplicate.merged_into);
    tx.exec(update_unmerged, status, reason, now, duplicate.id);
}

bool support(db::Tx& tx, const Occasion& occasion, const Contribution& c, ParticipantId who, Timestamp now) {
    if (tx.exec(insert_support, c.id, who, now) == 0) return false;
    tx.exec(count_support, 1, c.id);
    note_interaction(tx, occasion, who, "support", c.id, Channel::online, now);
    return true;
}

bool take_support_back(db::Tx& tx, const Occasion& occasion, const Contribution& c, ParticipantId who, Timestamp now) {
    if (tx.exec(delete_support, c.id, who) == 0) return false;
    tx.exec(count_support, -1, c.id);
    note_interaction(tx, occasion, who, "unsupport", c.id, Channel::online, now);
    return true;
}

void release_contributions(db::Tx& tx, TenantId tenant, ParticipantId who, Keep keep, Timestamp now) {
    for (const auto id : tx.all<ContributionId>(select_ids_of, who, tenant)) {
        const auto c = find_contribution(tx, tenant, id);
        const bool goes = keep == Keep::nothing || c->state == ContributionState::waiting;
        if (goes) {
            set_state(tx, *c, ContributionState::withdrawn, now);
            tx.exec(empty_text, id);
        }
        // The original may name its author in any field; the published text stays, the original does not.
        tx.exec(delete_originals, id);
        tx.exec(release_author, id);
    }
    for (const auto id : tx.all<ContributionId>(select_supported_of, who)) tx.exec(count_support, -1, id);
    tx.exec(delete_supports_of, who);
}

void release_contribution(db::Tx& tx, ContributionId id) {
    tx.exec(delete_originals, id);
    tx.exec(unlink_interactions, id);
    tx.exec(release_author, id);
}

void drop_unconfirmed(db::Tx& tx, ContributionId id, Timestamp now) {
    tx.exec(update_state, ContributionState::withdrawn, std::optional<Timestamp>(), now, id);
    tx.exec(empty_text, id);
    tx.exec(delete_originals, id);
    tx.exec(release_author, id);
}

void note_interaction(db::Tx& tx, const Occasion& occasion, ParticipantId who, std::string_view kind,
                      ContributionId what, Channel channel, Timestamp now) {
    tx.exec(insert_interaction, occasion.tenant, occasion.procedure, occasion.activity, occasion.step, who,
            std::string(kind), what, channel, now);
}

}  // namespace mitwirken::core
