// How much there is of each municipality: for operators, who see counts and no contents.
#include "core/tenants/tenants.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

struct Count {
    TenantId tenant;
    std::int64_t count = 0, bytes = 0;
};

const db::Query count_accounts{"core.figures_accounts", R"(
    SELECT tenant_id, count(*), 0 FROM core_account WHERE tenant_id > 0 GROUP BY tenant_id)"};
const db::Query count_files{"core.figures_files", R"(
    SELECT tenant_id, count(*), CAST(COALESCE(sum(size), 0) AS BIGINT) FROM core_attachment GROUP BY tenant_id)"};
const db::Query count_procedures{"core.figures_procedures", R"(
    SELECT tenant_id, count(*), 0 FROM core_procedure GROUP BY tenant_id)"};
const db::Query count_contributions{"core.figures_contributions", R"(
    SELECT tenant_id, count(*), 0 FROM core_contribution GROUP BY tenant_id)"};

}  // namespace

std::map<std::int64_t, TenantFigures> tenant_figures(db::Tx& tx) {
    std::map<std::int64_t, TenantFigures> figures;
    for (const auto& one : tx.all<Count>(count_accounts)) figures[one.tenant.value].accounts = one.count;
    for (const auto& one : tx.all<Count>(count_procedures)) figures[one.tenant.value].procedures = one.count;
    for (const auto& one : tx.all<Count>(count_contributions)) figures[one.tenant.value].contributions = one.count;
    for (const auto& one : tx.all<Count>(count_files))
        figures[one.tenant.value].files = one.count, figures[one.tenant.value].bytes = one.bytes;
    return figures;
}

}  // namespace mitwirken::core
