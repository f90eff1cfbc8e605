// Rows of what was entered; see channels.h.
#include "modules/channels/channels.h"

namespace mitwirken::channels {

namespace {

const db::Query insert_entry{"channels.entry_insert", R"(
    INSERT INTO channels_entry (contribution_id, tenant_id, procedure_id, activity_id, own_number, received, imported,
      entered_by, entered_at)
    VALUES (:id, :tenant, :procedure, :activity, :number, :received, :imported, :by, :at))"};
const db::Query select_entry{"channels.entry", R"(
    SELECT contribution_id, activity_id, own_number, received, imported, entered_by, entered_at FROM channels_entry
    WHERE contribution_id = :id AND tenant_id = :tenant)"};
const db::Query select_since{"channels.entered_since", R"(
    SELECT contribution_id FROM channels_entry
    WHERE entered_by = :by AND entered_by <> 0 AND activity_id = :activity AND entered_at >= :since AND imported = 0
    ORDER BY entered_at DESC, contribution_id DESC LIMIT :count)"};
const db::Query select_numbered{"channels.numbered", R"(
    SELECT contribution_id, own_number FROM channels_entry WHERE activity_id = :activity AND own_number <> '')"};
const db::Query select_activity{"channels.activity", R"(
    SELECT procedure_id, key FROM core_activity WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_of_person{"channels.of_person", R"(
    SELECT contribution_id FROM channels_entry WHERE entered_by = :by AND entered_by <> 0 ORDER BY contribution_id)"};
const db::Query update_forgotten{"channels.forget", R"(
    UPDATE channels_entry SET entered_by = 0 WHERE entered_by = :by AND entered_by <> 0)"};

}  // namespace

void add_entry(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, const Entry& e) {
    tx.exec(insert_entry, e.id, tenant, procedure, e.activity, e.own_number, e.received, e.imported, e.by, e.at);
}

std::optional<Entry> find_entry(db::Tx& tx, core::TenantId tenant, core::ContributionId id) {
    return tx.one<Entry>(select_entry, id, tenant);
}

std::vector<core::Contribution> entered_since(db::Tx& tx, core::TenantId tenant, core::ActivityId activity,
                                              core::AccountId by, Timestamp since, int count) {
    std::vector<core::Contribution> list;
    for (const auto id : tx.all<core::ContributionId>(select_since, by, activity, since, count))
        if (auto found = core::find_contribution(tx, tenant, id);
            found && found->state != core::ContributionState::withdrawn)
            list.push_back(std::move(*found));
    return list;
}

std::vector<Numbered> numbered(db::Tx& tx, core::ActivityId activity) {
    return tx.all<Numbered>(select_numbered, activity);
}

std::optional<Numbers> find_activity(db::Tx& tx, core::TenantId tenant, core::ActivityId id) {
    return tx.one<Numbers>(select_activity, id, tenant);
}

std::vector<core::ContributionId> entered_by(db::Tx& tx, core::AccountId account) {
    return tx.all<core::ContributionId>(select_of_person, account);
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_forgotten, account); }

}  // namespace mitwirken::channels
