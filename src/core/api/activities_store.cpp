// See activities.h.
#include "core/api/activities.h"

namespace mitwirken::core {

namespace {

const db::Query select_public{"core.activities_public", R"(
    SELECT a.id, a.key, p.key FROM core_activity a JOIN core_procedure p ON p.id = a.procedure_id
    WHERE a.tenant_id = :tenant AND a.module = :module AND p.state <> 'draft' AND p.listed = 1 AND a.id > :after
    ORDER BY a.id LIMIT :count)"};

}  // namespace

std::vector<PublicActivity> public_activities(db::Tx& tx, TenantId tenant, const std::string& module, ActivityId after,
                                              int count) {
    return tx.all<PublicActivity>(select_public, tenant, module, after, count);
}

}  // namespace mitwirken::core
