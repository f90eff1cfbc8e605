// Rows of this module; the heads are in core/contributions.
#include "modules/ideas/ideas.h"

namespace mitwirken::ideas {

namespace {

const db::Query upsert{"ideas.save", R"(
    INSERT INTO ideas_idea (contribution_id, tenant_id, activity_id, fields) VALUES (:id, :tenant, :activity, :fields)
    ON CONFLICT (contribution_id) DO UPDATE SET fields = excluded.fields)"};
const db::Query select_fields{"ideas.fields", "SELECT fields FROM ideas_idea WHERE contribution_id = :id"};

}  // namespace

void save_fields(db::Tx& tx, core::TenantId tenant, core::ActivityId activity, core::ContributionId id,
                 const Fields& fields) {
    tx.exec(upsert, id, tenant, activity, nlohmann::json(fields).dump());
}

Fields fields_of(db::Tx& tx, core::ContributionId id) {
    const auto text = tx.one<std::string>(select_fields, id);
    return text ? nlohmann::json::parse(*text).get<Fields>() : Fields{};
}

}  // namespace mitwirken::ideas
