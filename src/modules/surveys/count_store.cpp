// Counts and cross tables; see store.h. A page of results reads some hundred rows, whatever was answered.
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

namespace {

// The number of answers themselves: question "", the cell that says "answered".
const Cell whole_answer{"", std::string(answered_cell)};

const db::Query add_count{"surveys.count", R"(
    INSERT INTO surveys_count (tenant_id, activity_id, version_id, channel, question, cell, n)
    VALUES (:tenant, :activity, :version, :channel, :question, :cell, :n)
    ON CONFLICT (activity_id, version_id, channel, question, cell)
    DO UPDATE SET n = surveys_count.n + excluded.n)"};
struct Counted {
    VersionId version;
    core::Channel channel = core::Channel::online;
    std::string question, cell;
    std::int64_t n = 0;
};
const db::Query select_counts{"surveys.counts", R"(
    SELECT version_id, channel, question, cell, n FROM surveys_count WHERE activity_id = :activity)"};
const db::Query select_totals{"surveys.totals", R"(
    SELECT version_id, channel, question, cell, n FROM surveys_count
    WHERE activity_id = :activity AND question = '' AND cell = '!')"};

const db::Query select_new{"surveys.answers_to_count", R"(
    SELECT a.contribution_id, a.version_id, a.channel, a.answers, 1
    FROM surveys_answer a JOIN core_contribution c ON c.id = a.contribution_id
    WHERE a.activity_id = :activity AND a.counted = 0 AND c.state = 'published')"};
const db::Query select_hidden{"surveys.answers_not_to_count", R"(
    SELECT a.contribution_id, a.version_id, a.channel, a.answers, -1
    FROM core_contribution c JOIN surveys_answer a ON a.contribution_id = c.id
    WHERE c.activity_id = :activity AND c.kind = 'answer' AND c.state IN ('waiting', 'held', 'hidden', 'withdrawn')
      AND a.counted = 1)"};
const db::Query select_cross{"surveys.cross", R"(
    SELECT x.cell, y.cell, COUNT(*)
    FROM surveys_choice x
    JOIN surveys_choice y
      ON y.activity_id = x.activity_id AND y.item = :column AND y.contribution_id = x.contribution_id
    JOIN surveys_answer a ON a.contribution_id = x.contribution_id
    WHERE x.activity_id = :activity AND x.item = :row AND a.counted = 1
    GROUP BY x.cell, y.cell)"};

}  // namespace

void count_cells(db::Tx& tx, TenantId tenant, ActivityId activity, VersionId version, core::Channel channel,
                 const std::vector<Cell>& cells, std::int64_t n) {
    const auto count = [&](const Cell& cell) {
        tx.exec(add_count, tenant, activity, version, channel, cell.question, cell.cell, n);
    };
    count(whole_answer);
    for (const auto& cell : cells) count(cell);
}

std::vector<Difference> differences(db::Tx& tx, ActivityId activity) {
    auto list = tx.all<Difference>(select_new, activity);
    for (auto& one : tx.all<Difference>(select_hidden, activity)) list.push_back(std::move(one));
    return list;
}

Counts read_counts(db::Tx& tx, ActivityId activity, const CountFilter& filter) {
    const auto wanted = [&](VersionId version, core::Channel channel) {
        return (!filter.version || filter.version == version) && (!filter.channel || *filter.channel == channel);
    };
    Counts counts;
    for (auto& row : tx.all<Counted>(select_counts, activity))
        if (wanted(row.version, row.channel)) counts[{std::move(row.question), std::move(row.cell)}] += row.n;
    for (const auto& d : differences(tx, activity)) {
        const auto version = find_version(tx, activity, d.version);
        if (!version || !wanted(d.version, d.channel)) continue;
        add(counts, cells_of(parse_questionnaire(version->content), parse_values(d.answers)), d.sign);
        counts[whole_answer] += d.sign;
    }
    return counts;
}

std::vector<Total> totals(db::Tx& tx, ActivityId activity) {
    std::map<std::pair<std::int64_t, core::Channel>, std::int64_t> sums;
    for (const auto& row : tx.all<Counted>(select_totals, activity)) sums[{row.version.value, row.channel}] += row.n;
    for (const auto& d : differences(tx, activity)) sums[{d.version.value, d.channel}] += d.sign;
    std::vector<Total> list;
    for (const auto& [of, n] : sums)
        if (n != 0) list.push_back({VersionId{of.first}, of.second, n});
    return list;
}

std::vector<CrossCell> cross_cells(db::Tx& tx, ActivityId activity, const std::string& row_item,
                                   const std::string& column_item) {
    return tx.all<CrossCell>(select_cross, column_item, activity, row_item);
}

}  // namespace mitwirken::surveys
