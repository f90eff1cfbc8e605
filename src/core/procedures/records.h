// Dossiers, procedures and templates as they are kept: what stands around the plan (procedures.h) and its rows.
// Invariants: a procedure's key and the keys of its parts never change once people could see them; rows are matched by
// key when a plan is saved, so an activity keeps its contributions; a part that carries contributions cannot go.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/procedures/procedures.h"
#include "platform/base/result.h"
#include "platform/db/db.h"

namespace mitwirken::core {

enum class DossierState { draft, published, archived };

// The long-lived matter: a plan, a park, a policy.
struct Dossier {
    DossierId id;
    std::string key, title, summary, body;
    OrganisationId organisation;
    DossierState state = DossierState::draft;
    Timestamp changed_at{};
    Ref ref() const { return {"dossiers", id.value}; }
};
// What belongs to a matter besides its procedures.
struct DossierEntry {
    std::int64_t id = 0;
    std::string kind;  // council_paper, decision, plan, event, note
    Date day{};
    std::string title, text, url;
};
inline constexpr std::string_view dossier_entry_kinds[] = {"council_paper", "decision", "plan", "event", "note"};

struct ProcedureRecord {
    ProcedureId id;
    DossierId dossier;
    ProcedureTypeId type;
    OrganisationId organisation;
    std::string key;
    ProcedureState state = ProcedureState::draft;
    bool listed = true;
    std::string title, summary, body, influence, next_steps, contact;
    std::int64_t promise_days = 0;
    std::string area;  // GeoJSON geometry, "" = the whole municipality
    std::string extra;
    AccountId submitted_by;  // who asked for publication, where four eyes are wanted
    std::optional<Timestamp> published_at;
    Timestamp created_at{}, changed_at{};
    Ref ref() const { return {"procedures", id.value}; }
    // The scope of cached pages that were made from this procedure (versions.h).
    std::string scope() const { return "procedure:" + std::to_string(id.value); }
};

// ---- dossiers
DossierId add_dossier(db::Tx& tx, TenantId tenant, Dossier dossier, Timestamp now);  // a free key from its title
void save_dossier(db::Tx& tx, TenantId tenant, const Dossier& dossier, Timestamp now);
std::optional<Dossier> find_dossier(db::Tx& tx, TenantId tenant, DossierId id);
std::optional<Dossier> find_dossier(db::Tx& tx, TenantId tenant, const std::string& key);
// Newest first; `before` = the last one shown.
std::vector<Dossier> dossiers(db::Tx& tx, TenantId tenant, bool drafts_too, DossierId before, int count);
struct DossierFilter {
    std::optional<DossierState> state;
    OrganisationId organisation;
    DossierId before;
};
std::vector<Dossier> dossiers(db::Tx& tx, TenantId tenant, const DossierFilter& filter, int count);
std::vector<DossierEntry> dossier_entries(db::Tx& tx, DossierId dossier);  // oldest day first
// Deleted ones can be brought back; the newest deleted first.
std::vector<DossierEntry> removed_dossier_entries(db::Tx& tx, DossierId dossier, int count);
std::optional<DossierEntry> find_dossier_entry(db::Tx& tx, DossierId dossier, std::int64_t id);
std::int64_t add_dossier_entry(db::Tx& tx, TenantId tenant, DossierId dossier, const DossierEntry& entry);
void save_dossier_entry(db::Tx& tx, DossierId dossier, const DossierEntry& entry);
void remove_dossier_entry(db::Tx& tx, DossierId dossier, std::int64_t id, Timestamp now);
void restore_dossier_entry(db::Tx& tx, DossierId dossier, std::int64_t id);
void set_dossier_entries(db::Tx& tx, TenantId tenant, DossierId dossier, const std::vector<DossierEntry>& entries);

// ---- procedures
ProcedureId add_procedure(db::Tx& tx, TenantId tenant, ProcedureRecord record, Timestamp now);
void save_procedure(db::Tx& tx, TenantId tenant, const ProcedureRecord& record, Timestamp now);
std::optional<ProcedureRecord> find_procedure(db::Tx& tx, TenantId tenant, ProcedureId id);
std::optional<ProcedureRecord> find_procedure(db::Tx& tx, TenantId tenant, const std::string& key);
std::vector<ProcedureRecord> procedures_of(db::Tx& tx, TenantId tenant, DossierId dossier);  // oldest first
struct ProcedureFilter {
    std::optional<ProcedureState> state;
    OrganisationId organisation;
    ProcedureId before;
};
std::vector<ProcedureRecord> procedures(db::Tx& tx, TenantId tenant, const ProcedureFilter& filter, int count);

// ---- the plan
// Title and state are those of the record.
Procedure load_plan(db::Tx& tx, const ProcedureRecord& record);
// Expects what validate() accepts. Refuses to drop an activity or step that carries contributions.
Problems save_plan(db::Tx& tx, TenantId tenant, ProcedureId procedure, const Procedure& plan);

// ---- templates ("Verfahrensarten"); content is the exchange format with days counted from the beginning
struct ProcedureType {
    ProcedureTypeId id;
    std::string key;
    std::int64_t version = 1;
    std::string title, summary, format_key, content;
    Timestamp created_at{};
    bool retired = false;
    AccountId created_by;
};
// The newest version of each, by title; only those of one toolbox format when it is named.
std::vector<ProcedureType> procedure_types(db::Tx& tx, TenantId tenant, const std::string& format_key = "");
std::vector<ProcedureType> procedure_type_versions(db::Tx& tx, TenantId tenant, const std::string& key);
// With those that are retired.
std::vector<ProcedureType> all_procedure_types(db::Tx& tx, TenantId tenant);
std::optional<ProcedureType> find_procedure_type(db::Tx& tx, TenantId tenant, ProcedureTypeId id);
std::optional<ProcedureType> newest_procedure_type(db::Tx& tx, TenantId tenant, const std::string& key);
// A new version of the key it names; without one a new key that is made of the title.
ProcedureTypeId add_procedure_type(db::Tx& tx, TenantId tenant, const ProcedureType& type, AccountId by, Timestamp now);
void retire_procedure_type(db::Tx& tx, TenantId tenant, const std::string& key, bool retired);

}  // namespace mitwirken::core

template <>
struct mitwirken::db::Names<mitwirken::core::DossierState> {
    static constexpr std::string_view words[] = {"draft", "published", "archived"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::Audience> {
    static constexpr std::string_view words[] = {"everyone", "invited", "staff"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::Who> {
    static constexpr std::string_view words[] = {"everyone", "email", "account", "verified", "invited", "token"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::ProcedureState> {
    static constexpr std::string_view words[] = {"draft", "published", "paused"};
};
