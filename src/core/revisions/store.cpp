// Rows of versions.
#include <nlohmann/json.hpp>

#include "core/revisions/revisions.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

struct Row {
    std::int64_t number;
    AccountId by;
    std::string by_name;
    Timestamp at;
    std::string comment, content;
};

const db::Query insert_revision{"core.revision_insert", R"(
    INSERT INTO core_revision (tenant_id, module, item, number, account_id, at, comment, content)
    VALUES (:tenant, :module, :item,
        (SELECT COALESCE(MAX(number), 0) + 1 FROM core_revision WHERE module = :module2 AND item = :item2),
        :by, :at, :comment, :content) RETURNING number)"};
const db::Query latest{"core.revision_latest", R"(
    SELECT COALESCE(MAX(number), 0) FROM core_revision
    WHERE tenant_id = :tenant AND module = :module AND item = :item)"};
const db::Query select_list{"core.revisions", R"(
    SELECT r.number, r.account_id, COALESCE(a.name, ''), r.at, r.comment, '' FROM core_revision r
    LEFT JOIN core_account a ON a.id = r.account_id
    WHERE r.tenant_id = :tenant AND r.module = :module AND r.item = :item AND r.number < :before
    ORDER BY r.number DESC LIMIT :count)"};
const db::Query select_one{"core.revision", R"(
    SELECT r.number, r.account_id, COALESCE(a.name, ''), r.at, r.comment, r.content FROM core_revision r
    LEFT JOIN core_account a ON a.id = r.account_id
    WHERE r.tenant_id = :tenant AND r.module = :module AND r.item = :item AND r.number = :number)"};

Revision to_revision(Row& row) {
    Revision revision{row.number, row.by, row.by_name, row.at, row.comment, {}};
    const auto json = nlohmann::json::parse(row.content, nullptr, false);
    if (json.is_array())
        for (const auto& pair : json) revision.content.emplace_back(pair.at(0), pair.at(1));
    return revision;
}

}  // namespace

std::int64_t add_revision(db::Tx& tx, TenantId tenant, const Ref& ref, const Snapshot& content, AccountId by,
                          const std::string& comment, Timestamp now) {
    auto json = nlohmann::json::array();
    for (const auto& [field, text] : content) json.push_back({field, text});
    return tx.value<std::int64_t>(insert_revision, tenant, ref.module, ref.item, ref.module, ref.item, by, now, comment,
                                  json.dump());
}

std::int64_t latest_revision(db::Tx& tx, TenantId tenant, const Ref& ref) {
    return tx.value<std::int64_t>(latest, tenant, ref.module, ref.item);
}

std::vector<Revision> revisions(db::Tx& tx, TenantId tenant, const Ref& ref, std::int64_t before, int count) {
    std::vector<Revision> result;
    const std::int64_t end = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
    for (auto& row : tx.all<Row>(select_list, tenant, ref.module, ref.item, end, count))
        result.push_back(to_revision(row));
    return result;
}

std::optional<Revision> find_revision(db::Tx& tx, TenantId tenant, const Ref& ref, std::int64_t number) {
    auto row = tx.one<Row>(select_one, tenant, ref.module, ref.item, number);
    if (!row) return {};
    return to_revision(*row);
}

}  // namespace mitwirken::core
