// Rows of this module; the heads are in core/contributions.
#include "modules/ideas/ideas.h"

namespace mitwirken::ideas {

namespace {

const db::Query upsert{"ideas.save", R"(
    INSERT INTO ideas_idea (contribution_id, tenant_id, activity_id, fields) VALUES (:id, :tenant, :activity, :fields)
    ON CONFLICT (contribution_id) DO UPDATE SET fields = excluded.fields)"};
const db::Query select_fields{"ideas.fields", "SELECT fields FROM ideas_idea WHERE contribution_id = :id"};
const db::Query select_settings{"ideas.settings", "SELECT settings FROM core_activity WHERE id = :activity"};

// The index of the activity's list, walked in its order.
const db::Query select_public{"ideas.lines_public", R"(
    SELECT c.id, '', c.title, c.body, c.author_name, c.channel, c.state, c.status, c.status_reason, c.place, c.lon,
        c.lat, c.supports, c.comments, c.created_at, c.published_at, COALESCE(i.fields, '{}')
    FROM core_contribution AS c LEFT JOIN ideas_idea AS i ON i.contribution_id = c.id
    WHERE c.activity_id = :activity AND c.kind = 'idea' AND c.state = 'published'
      AND (c.published_at, c.id) > (:at, :id)
    ORDER BY c.published_at, c.id LIMIT :count)"};
const db::Query select_other{"ideas.lines_other", R"(
    SELECT c.id, '', c.title, c.body, c.author_name, c.channel, c.state, c.status, c.status_reason, c.place, c.lon,
        c.lat, c.supports, c.comments, c.created_at, c.published_at, COALESCE(i.fields, '{}')
    FROM core_contribution AS c LEFT JOIN ideas_idea AS i ON i.contribution_id = c.id
    WHERE c.activity_id = :activity AND c.kind = 'idea' AND c.state = :state AND c.id > :id
    ORDER BY c.id LIMIT :count)"};

// What staff see besides what is public. What waits for its author's confirmation was not handed in yet, and what its
// author has withdrawn is nobody's any more.
constexpr std::string_view other_states[] = {"held", "hidden"};

std::string column(std::size_t number) { return ":p" + std::to_string(number); }

}  // namespace

void save_fields(db::Tx& tx, core::TenantId tenant, core::ActivityId activity, core::ContributionId id,
                 const Fields& fields) {
    tx.exec(upsert, id, tenant, activity, nlohmann::json(fields).dump());
}

Fields fields_of(db::Tx& tx, core::ContributionId id) {
    const auto text = tx.one<std::string>(select_fields, id);
    return text ? nlohmann::json::parse(*text).get<Fields>() : Fields{};
}

std::string settings_of_activity(db::Tx& tx, core::ActivityId activity) {
    return tx.one<std::string>(select_settings, activity).value_or("");
}

std::vector<core::ContributionId> narrowed(db::Tx& tx, const Narrow& narrow, int most) {
    std::vector<db::Parameter> values{narrow.activity.value};
    std::string sql =
        "SELECT id FROM core_contribution WHERE activity_id = :p1 AND kind = 'idea' AND state = 'published'";
    if (narrow.channel) {
        values.push_back(std::string(db::Names<core::Channel>::words[std::size_t(*narrow.channel)]));
        sql += " AND channel = " + column(values.size());
    }
    if (narrow.with_place) sql += " AND lon IS NOT NULL";
    values.push_back(std::int64_t(most));
    sql += " ORDER BY published_at DESC, id DESC LIMIT " + column(values.size());
    return tx.all_built_with<core::ContributionId>(sql, values);
}

std::vector<Line> lines_after(db::Tx& tx, core::ActivityId activity, bool every_state, LineKey& key, int count) {
    std::vector<Line> lines;
    if (key.state == 0) {
        lines = tx.all<Line>(select_public, activity, key.value, key.id, count);
        if (!lines.empty()) {
            const auto& last = lines.back();
            key.value = last.published_at.value_or(last.created_at).time_since_epoch().count();
            key.id = last.id;
            return lines;
        }
        key = {1, 0, {}};
    }
    while (every_state && key.state <= std::size(other_states)) {
        lines = tx.all<Line>(select_other, activity, std::string(other_states[key.state - 1]), key.id, count);
        if (!lines.empty()) {
            key.id = lines.back().id;
            return lines;
        }
        key = {key.state + 1, 0, {}};
    }
    return lines;
}

std::vector<Line> newest_lines(db::Tx& tx, core::ProcedureId procedure, const std::vector<core::ActivityId>& activities,
                               const std::optional<core::Contribution>& before, int count) {
    if (activities.empty()) return {};
    std::vector<db::Parameter> values{procedure.value};
    std::string list;
    for (const auto id : activities) {
        values.push_back(id.value);
        list += (list.empty() ? "" : ", ") + column(values.size());
    }
    std::string sql =
        "SELECT c.id, a.key, c.title, c.body, c.author_name, c.channel, c.state, c.status, c.status_reason, c.place, "
        "c.lon, c.lat, c.supports, c.comments, c.created_at, c.published_at, COALESCE(i.fields, '{}') "
        "FROM core_contribution AS c JOIN core_activity AS a ON a.id = c.activity_id "
        "LEFT JOIN ideas_idea AS i ON i.contribution_id = c.id "
        "WHERE c.procedure_id = :p1 AND c.kind = 'idea' AND c.state = 'published' AND c.activity_id IN (" +
        list + ")";
    if (before) {
        values.push_back(before->created_at.time_since_epoch().count());
        sql += " AND (c.created_at, c.id) < (" + column(values.size());
        values.push_back(before->id.value);
        sql += ", " + column(values.size()) + ")";
    }
    values.push_back(std::int64_t(count));
    return tx.all_built_with<Line>(sql + " ORDER BY c.created_at DESC, c.id DESC LIMIT " + column(values.size()),
                                   values);
}

}  // namespace mitwirken::ideas
