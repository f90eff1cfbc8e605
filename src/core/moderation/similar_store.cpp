// Sketches of hidden texts in the database; see similar.h.
#include "core/moderation/similar.h"

namespace mitwirken::core {

namespace {

const db::Query insert_print{"core.removed_print_insert", R"(
    INSERT INTO core_removed_print (tenant_id, contribution_id, print) VALUES (:tenant, :id, :print)
    ON CONFLICT DO NOTHING)"};
const db::Query delete_prints{"core.removed_prints_forget",
                              "DELETE FROM core_removed_print WHERE contribution_id = :id"};

}  // namespace

void remember_removed(db::Tx& tx, TenantId tenant, const Contribution& c) {
    for (const auto print : prints_of(c.title + "\n" + c.body)) tx.exec(insert_print, tenant, c.id, print);
}

void forget_removed(db::Tx& tx, ContributionId id) { tx.exec(delete_prints, id); }

bool similar_to_removed(db::Tx& tx, TenantId tenant, const std::string& text) {
    const auto prints = prints_of(text);
    if (prints.empty()) return false;
    std::string sql = "SELECT contribution_id FROM core_removed_print WHERE tenant_id = :p1 AND print IN (";
    std::vector<db::Parameter> values{tenant.value};
    for (const auto print : prints) {
        values.push_back(print);
        sql += (values.size() > 2 ? ", :p" : ":p") + std::to_string(values.size());
    }
    sql += ") GROUP BY contribution_id HAVING count(*) >= " + std::to_string(prints_of_similar_texts) + " LIMIT 1";
    return !tx.all_built_with<ContributionId>(sql, values).empty();
}

}  // namespace mitwirken::core
