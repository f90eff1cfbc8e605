// Comments in the orders that people may choose; the plain one, oldest first, is core/contributions.
#include "core/contributions/columns.h"
#include "core/participation/comments.h"

namespace mitwirken::core {

namespace {

// Of one target only; these are read as a whole to be sorted, so no index is needed beside that of the target.
#define MITWIRKEN_THREADS                                                                                    \
    "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS                                                                 \
    "FROM core_contribution AS c WHERE target_id = :target AND target_id <> 0 "                              \
    "AND (state = 'published' OR (participant_id = :own AND participant_id <> 0 AND state <> 'withdrawn')) " \
    "AND (parent_id = 0 OR NOT EXISTS (SELECT 1 FROM core_contribution AS p WHERE p.id = c.parent_id "       \
    "AND p.state = 'published')) "

const db::Query select_newest{"core.threads_newest",
                              MITWIRKEN_THREADS "AND (:after = 0 OR id < :after2) ORDER BY id DESC LIMIT :count"};
const db::Query select_supported{"core.threads_supported", MITWIRKEN_THREADS R"(
    AND (:after = 0 OR (supports, id) < (:supports, :after2)) ORDER BY supports DESC, id DESC LIMIT :count)"};

}  // namespace

CommentPage sorted_comments(db::Tx& tx, ContributionId target, ParticipantId own, CommentOrder order,
                            const std::optional<Contribution>& after, int count) {
    const ContributionId edge = after ? after->id : ContributionId{};
    auto heads = order == CommentOrder::newest ? tx.all<Contribution>(select_newest, target, own, edge, edge, count + 1)
                                               : tx.all<Contribution>(select_supported, target, own, edge,
                                                                      after ? after->supports : 0, edge, count + 1);
    CommentPage page;
    if (int(heads.size()) > count) {
        heads.pop_back();
        page.last = heads.back();
    }
    if (heads.empty()) return page;
    std::vector<db::Parameter> values{target.value, own.value};
    std::string list;
    for (const auto& head : heads) {
        values.push_back(head.id.value);
        list += (list.empty() ? ":p" : ", :p") + std::to_string(values.size());
    }
    const std::string sql =
        "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS
        "FROM core_contribution WHERE target_id = :p1 AND target_id <> 0 AND (state = 'published' OR "
        "(participant_id = :p2 AND participant_id <> 0 AND state <> 'withdrawn')) AND parent_id IN (" +
        list + ") ORDER BY id";
    page.comments = std::move(heads);
    for (auto& answer : tx.all_built_with<Contribution>(sql, values)) page.comments.push_back(std::move(answer));
    return page;
}

}  // namespace mitwirken::core
