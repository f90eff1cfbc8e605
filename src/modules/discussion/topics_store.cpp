// Rows of topics; their heads are in core/contributions.
#include "modules/discussion/topics.h"

namespace mitwirken::discussion {

namespace {

using core::ContributionId;

const db::Query insert_topic{"discussion.add_topic", R"(
    INSERT INTO discussion_topic (contribution_id, tenant_id, activity_id, last_at)
    VALUES (:id, :tenant, :activity, :now))"};
const db::Query update_last{"discussion.note_activity", R"(
    UPDATE discussion_topic SET last_at = :now
    WHERE contribution_id = :id AND tenant_id = :tenant AND last_at < :now2)"};
const db::Query select_active{"discussion.most_active", R"(
    SELECT t.last_at, t.contribution_id
    FROM discussion_topic AS t JOIN core_contribution AS c ON c.id = t.contribution_id
    WHERE t.activity_id = :activity AND (t.last_at, t.contribution_id) < (:at, :id) AND c.state = 'published'
    ORDER BY t.last_at DESC, t.contribution_id DESC LIMIT :count)"};

struct Last {
    ContributionId id;
    Timestamp at;
};

}  // namespace

void add_topic(db::Tx& tx, core::TenantId tenant, core::ActivityId activity, ContributionId id, Timestamp now) {
    tx.exec(insert_topic, id, tenant, activity, now);
}

void note_activity(db::Tx& tx, core::TenantId tenant, ContributionId topic, Timestamp now) {
    tx.exec(update_last, now, topic, tenant, now);
}

std::map<ContributionId, Timestamp> last_activity(db::Tx& tx, const std::vector<ContributionId>& topics) {
    std::map<ContributionId, Timestamp> found;
    if (topics.empty()) return found;
    std::vector<db::Parameter> values;
    std::string list;
    for (const auto id : topics) {
        values.push_back(id.value);
        list += (list.empty() ? ":p" : ", :p") + std::to_string(values.size());
    }
    for (const auto& row : tx.all_built_with<Last>(
             "SELECT contribution_id, last_at FROM discussion_topic WHERE contribution_id IN (" + list + ")", values))
        found[row.id] = row.at;
    return found;
}

std::vector<ActiveKey> most_active(db::Tx& tx, core::ActivityId activity, const std::optional<ActiveKey>& after,
                                   int count) {
    static constexpr Timestamp never{std::chrono::milliseconds{253402300799000}};
    const ActiveKey edge = after.value_or(ActiveKey{never, {}});
    return tx.all<ActiveKey>(select_active, activity, edge.at, edge.id, count);
}

}  // namespace mitwirken::discussion
