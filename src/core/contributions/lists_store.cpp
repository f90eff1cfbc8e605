// Lists of contributions: filtered, sorted, paged by key; see contributions.h.
#include <fmt/format.h>

#include "core/contributions/columns.h"
#include "core/contributions/where.h"

namespace mitwirken::core {

namespace {

using Sort = ContributionFilter::Sort;

const db::Query select_comments{"core.comments", "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS R"(
    FROM core_contribution WHERE target_id = :target AND target_id <> 0 AND id > :after
      AND (state = 'published' OR (participant_id = :own AND participant_id <> 0 AND state <> 'withdrawn'))
    ORDER BY id LIMIT :count)"};
const db::Query select_own{"core.contributions_of", "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS R"(
    FROM core_contribution WHERE participant_id = :who AND tenant_id = :tenant AND (:before = 0 OR id < :before2)
    ORDER BY id DESC LIMIT :count)"};
const db::Query select_every{"core.contributions_each", "SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS R"(
    FROM core_contribution WHERE activity_id = :activity AND kind = :kind AND state <> 'waiting' ORDER BY id)"};
const db::Query select_shares{"core.channel_shares", R"(
    SELECT channel, count(*) FROM core_contribution
    WHERE procedure_id = :procedure AND (:any = 0 OR activity_id = :activity) AND state = 'published' AND target_id = 0
    GROUP BY channel ORDER BY channel)"};

// The value a list is sorted by, as SQL. Random: a fixed shuffle for each seed, the same on every page.
std::string sort_value(const ContributionFilter& filter) {
    switch (filter.sort) {
        case Sort::newest:
            return "published_at";
        case Sort::supports:
            return "supports";
        case Sort::comments:
            return "comments";
        case Sort::random:
            return "((id * 7919 + :p1) * 104729 % 1000003)";
    }
    return "";
}

std::int64_t shuffled(std::int64_t id, std::int64_t seed) { return (id * 7919 + seed) * 104729 % 1000003; }

}  // namespace

Built build_where(TenantId tenant, const ContributionFilter& filter) {
    Built b;
    // First, because sort_value names it.
    if (filter.sort == ContributionFilter::Sort::random) b.bind(filter.seed % 1000003);
    b.where = "activity_id = " + b.bind(filter.activity.value) + " AND kind = " + b.bind(filter.kind) +
              " AND state = " + b.bind(std::string(db::Names<ContributionState>::words[std::size_t(filter.state)]));
    if (filter.status) b.where += " AND status = " + b.bind(*filter.status);
    for (const auto& term : filter.terms)
        b.where += " AND EXISTS (SELECT 1 FROM core_classification AS c WHERE c.tenant_id = " + b.bind(tenant.value) +
                   " AND c.module = core_contribution.module AND c.term_id = " + b.bind(term.value) +
                   " AND c.item = core_contribution.id)";
    if (filter.among) {
        std::string list;
        for (const auto id : *filter.among) list += (list.empty() ? "" : ", ") + b.bind(id.value);
        b.where += list.empty() ? " AND 1 = 0" : " AND id IN (" + list + ")";
    }
    return b;
}

std::vector<Contribution> contributions(db::Tx& tx, TenantId tenant, const ContributionFilter& filter, int count) {
    Built b = build_where(tenant, filter);
    const std::string value = sort_value(filter);
    if (filter.after) {
        const std::string at = b.bind(filter.after->value);
        b.where += " AND (" + value + ", id) < (" + at + ", " + b.bind(filter.after->id.value) + ")";
    }
    const std::string limit = b.bind(std::int64_t(count));
    return tx.all_built_with<Contribution>("SELECT " MITWIRKEN_CONTRIBUTION_COLUMNS "FROM core_contribution WHERE " +
                                               b.where + " ORDER BY " + value + " DESC, id DESC LIMIT " + limit,
                                           b.values);
}

ContributionFilter::Key key_of(const Contribution& c, const ContributionFilter& filter) {
    switch (filter.sort) {
        case Sort::newest:
            return {c.published_at.value_or(c.created_at).time_since_epoch().count(), c.id};
        case Sort::supports:
            return {c.supports, c.id};
        case Sort::comments:
            return {c.comments, c.id};
        case Sort::random:
            return {shuffled(c.id.value, filter.seed % 1000003), c.id};
    }
    return {};
}

std::int64_t count_contributions(db::Tx& tx, TenantId tenant, const ContributionFilter& filter, int most) {
    ContributionFilter plain = filter;
    plain.sort = Sort::newest;
    Built b = build_where(tenant, plain);
    const std::string limit = b.bind(std::int64_t(most) + 1);
    return tx
        .all_built_with<std::int64_t>(
            "SELECT count(*) FROM (SELECT 1 FROM core_contribution WHERE " + b.where + " LIMIT " + limit + ") AS found",
            b.values)
        .front();
}

std::vector<Contribution> comments_of(db::Tx& tx, ContributionId target, ParticipantId own, ContributionId after,
                                      int count) {
    return tx.all<Contribution>(select_comments, target, after, own, count);
}

std::vector<Contribution> contributions_of(db::Tx& tx, TenantId tenant, ParticipantId who, ContributionId before,
                                           int count) {
    return tx.all<Contribution>(select_own, who, tenant, before, before, count);
}

std::vector<ContributionId> supported(db::Tx& tx, ParticipantId who, const std::vector<ContributionId>& among) {
    if (!who || among.empty()) return {};
    Built b;
    const std::string person = b.bind(who.value);
    std::string list;
    for (const auto id : among) list += (list.empty() ? "" : ", ") + b.bind(id.value);
    return tx.all_built_with<ContributionId>("SELECT contribution_id FROM core_support WHERE participant_id = " +
                                                 person + " AND contribution_id IN (" + list + ")",
                                             b.values);
}

void each_contribution(db::Tx& tx, ActivityId activity, const std::string& kind,
                       const std::function<bool(Contribution&&)>& use) {
    tx.each<Contribution>(select_every, use, activity, kind);
}

std::vector<ChannelShare> channel_shares(db::Tx& tx, ProcedureId procedure, ActivityId activity) {
    return tx.all<ChannelShare>(select_shares, procedure, activity, activity);
}

}  // namespace mitwirken::core
