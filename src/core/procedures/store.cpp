// Rows of dossiers, procedures and templates; the plan's rows are in plan_store.cpp. See records.h.
#include "core/procedures/records.h"
#include "platform/base/free_key.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

#define DOSSIER_COLUMNS "id, key, title, summary, body, organisation_id, state, changed_at "
const db::Query insert_dossier{"core.dossier_insert", R"(
    INSERT INTO core_dossier (tenant_id, key, title, summary, body, organisation_id, state, created_at, changed_at)
    VALUES (:tenant, :key, :title, :summary, :body, :organisation, :state, :created, :changed) RETURNING id)"};
const db::Query update_dossier{"core.dossier_update", R"(
    UPDATE core_dossier SET title = :title, summary = :summary, body = :body, organisation_id = :organisation,
      state = :state, changed_at = :now WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_dossier{"core.dossier", "SELECT " DOSSIER_COLUMNS R"(
    FROM core_dossier WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_dossier_by_key{"core.dossier_by_key", "SELECT " DOSSIER_COLUMNS R"(
    FROM core_dossier WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_dossiers{"core.dossiers", "SELECT " DOSSIER_COLUMNS R"(
    FROM core_dossier WHERE tenant_id = :tenant AND (:drafts = 1 OR state = 'published')
      AND (:any = 0 OR id < :before) ORDER BY id DESC LIMIT :count)"};
const db::Query select_filtered{"core.dossiers_filtered", "SELECT " DOSSIER_COLUMNS R"(
    FROM core_dossier WHERE tenant_id = :tenant AND (:any_state = '' OR state = :state)
      AND (:any_organisation = 0 OR organisation_id = :organisation) AND (:any = 0 OR id < :before)
    ORDER BY id DESC LIMIT :count)"};
const db::Query select_entries{"core.dossier_entries", R"(
    SELECT id, kind, day, title, text, url FROM core_dossier_entry
    WHERE dossier_id = :dossier AND removed_at IS NULL ORDER BY day, id)"};
const db::Query delete_entries{"core.dossier_entries_delete", R"(
    DELETE FROM core_dossier_entry WHERE dossier_id = :dossier)"};
const db::Query insert_entry{"core.dossier_entry_insert", R"(
    INSERT INTO core_dossier_entry (tenant_id, dossier_id, kind, day, title, text, url)
    VALUES (:tenant, :dossier, :kind, :day, :title, :text, :url))"};

const db::Query select_removed{"core.dossier_entries_removed", R"(
    SELECT id, kind, day, title, text, url FROM core_dossier_entry
    WHERE dossier_id = :dossier AND removed_at IS NOT NULL ORDER BY removed_at DESC, id DESC LIMIT :count)"};
const db::Query select_entry{"core.dossier_entry", R"(
    SELECT id, kind, day, title, text, url FROM core_dossier_entry WHERE id = :id AND dossier_id = :dossier)"};
const db::Query insert_one_entry{"core.dossier_entry_add", R"(
    INSERT INTO core_dossier_entry (tenant_id, dossier_id, kind, day, title, text, url)
    VALUES (:tenant, :dossier, :kind, :day, :title, :text, :url) RETURNING id)"};
const db::Query update_entry{"core.dossier_entry_save", R"(
    UPDATE core_dossier_entry SET kind = :kind, day = :day, title = :title, text = :text, url = :url
    WHERE id = :id AND dossier_id = :dossier)"};
const db::Query update_removed{"core.dossier_entry_remove", R"(
    UPDATE core_dossier_entry SET removed_at = :now WHERE id = :id AND dossier_id = :dossier AND removed_at IS NULL)"};
const db::Query update_restored{"core.dossier_entry_restore", R"(
    UPDATE core_dossier_entry SET removed_at = NULL WHERE id = :id AND dossier_id = :dossier)"};

#define PROCEDURE_COLUMNS                                                                                         \
    "id, dossier_id, type_id, organisation_id, key, state, listed, title, summary, body, influence, next_steps, " \
    "contact, promise_days, area, extra, submitted_by, published_at, created_at, changed_at "
const db::Query insert_procedure{"core.procedure_insert", R"(
    INSERT INTO core_procedure (tenant_id, dossier_id, type_id, organisation_id, key, state, listed, title, summary,
      body, influence, next_steps, contact, promise_days, area, extra, created_at, changed_at)
    VALUES (:tenant, :dossier, :type, :organisation, :key, :state, :listed, :title, :summary, :body, :influence, :next,
      :contact, :promise, :area, :extra, :created, :changed) RETURNING id)"};
const db::Query update_procedure{"core.procedure_update", R"(
    UPDATE core_procedure SET dossier_id = :dossier, organisation_id = :organisation, state = :state, listed = :listed,
      title = :title, summary = :summary, body = :body, influence = :influence, next_steps = :next, contact = :contact,
      promise_days = :promise, area = :area, extra = :extra, submitted_by = :submitted, published_at = :published,
      changed_at = :now WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_procedure{"core.procedure", "SELECT " PROCEDURE_COLUMNS R"(
    FROM core_procedure WHERE id = :id AND tenant_id = :tenant)"};
const db::Query select_procedure_by_key{"core.procedure_by_key", "SELECT " PROCEDURE_COLUMNS R"(
    FROM core_procedure WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_of_dossier{"core.procedures_of_dossier", "SELECT " PROCEDURE_COLUMNS R"(
    FROM core_procedure WHERE tenant_id = :tenant AND dossier_id = :dossier ORDER BY id)"};
const db::Query select_procedures{"core.procedures", "SELECT " PROCEDURE_COLUMNS R"(
    FROM core_procedure WHERE tenant_id = :tenant AND (:any_state = '' OR state = :state)
      AND (:any_organisation = 0 OR organisation_id = :organisation) AND (:any = 0 OR id < :before)
    ORDER BY id DESC LIMIT :count)"};

#define TYPE_COLUMNS "id, key, version, title, summary, format_key, content, created_at, retired, created_by "
const db::Query select_types{"core.procedure_types", "SELECT " TYPE_COLUMNS R"(
    FROM core_procedure_type AS t WHERE tenant_id = :tenant AND retired = 0
      AND (:any = '' OR format_key = :format)
      AND version = (SELECT max(version) FROM core_procedure_type AS n
                     WHERE n.tenant_id = t.tenant_id AND n.key = t.key)
    ORDER BY title, id LIMIT 500)"};
const db::Query select_all_types{"core.procedure_types_all", "SELECT " TYPE_COLUMNS R"(
    FROM core_procedure_type AS t WHERE tenant_id = :tenant
      AND version = (SELECT max(version) FROM core_procedure_type AS n
                     WHERE n.tenant_id = t.tenant_id AND n.key = t.key)
    ORDER BY title, id LIMIT 500)"};
const db::Query select_newest_type{"core.procedure_type_newest", "SELECT " TYPE_COLUMNS R"(
    FROM core_procedure_type WHERE tenant_id = :tenant AND key = :key ORDER BY version DESC LIMIT 1)"};
const db::Query select_versions{"core.procedure_type_versions", "SELECT " TYPE_COLUMNS R"(
    FROM core_procedure_type WHERE tenant_id = :tenant AND key = :key ORDER BY version DESC)"};
const db::Query select_type{"core.procedure_type", "SELECT " TYPE_COLUMNS R"(
    FROM core_procedure_type WHERE id = :id AND tenant_id = :tenant)"};
const db::Query insert_type{"core.procedure_type_insert", R"(
    INSERT INTO core_procedure_type (tenant_id, key, version, title, summary, format_key, content, created_by,
      created_at)
    VALUES (:tenant, :key, (SELECT COALESCE(max(version), 0) + 1 FROM core_procedure_type
                            WHERE tenant_id = :tenant AND key = :key),
      :title, :summary, :format, :content, :by, :now) RETURNING id)"};
const db::Query retire_type{"core.procedure_type_retire", R"(
    UPDATE core_procedure_type SET retired = :retired WHERE tenant_id = :tenant AND key = :key)"};

}  // namespace

DossierId add_dossier(db::Tx& tx, TenantId tenant, Dossier d, Timestamp now) {
    d.key = free_key(d.key.empty() ? d.title : d.key, "",
                     [&](const std::string& key) { return find_dossier(tx, tenant, key).has_value(); });
    return tx.value<DossierId>(insert_dossier, tenant, d.key, d.title, d.summary, d.body, d.organisation, d.state, now,
                               now);
}
void save_dossier(db::Tx& tx, TenantId tenant, const Dossier& d, Timestamp now) {
    tx.exec(update_dossier, d.title, d.summary, d.body, d.organisation, d.state, now, d.id, tenant);
}
std::optional<Dossier> find_dossier(db::Tx& tx, TenantId tenant, DossierId id) {
    return tx.one<Dossier>(select_dossier, id, tenant);
}
std::optional<Dossier> find_dossier(db::Tx& tx, TenantId tenant, const std::string& key) {
    return tx.one<Dossier>(select_dossier_by_key, tenant, key);
}
std::vector<Dossier> dossiers(db::Tx& tx, TenantId tenant, bool drafts_too, DossierId before, int count) {
    return tx.all<Dossier>(select_dossiers, tenant, drafts_too, before, before, count);
}
std::vector<Dossier> dossiers(db::Tx& tx, TenantId tenant, const DossierFilter& f, int count) {
    const std::string state = f.state ? std::string(db::Names<DossierState>::words[std::size_t(*f.state)]) : "";
    return tx.all<Dossier>(select_filtered, tenant, state, state, f.organisation, f.organisation, f.before, f.before,
                           count);
}
std::vector<DossierEntry> removed_dossier_entries(db::Tx& tx, DossierId dossier, int count) {
    return tx.all<DossierEntry>(select_removed, dossier, count);
}
std::optional<DossierEntry> find_dossier_entry(db::Tx& tx, DossierId dossier, std::int64_t id) {
    return tx.one<DossierEntry>(select_entry, id, dossier);
}
std::int64_t add_dossier_entry(db::Tx& tx, TenantId tenant, DossierId dossier, const DossierEntry& e) {
    return tx.value<std::int64_t>(insert_one_entry, tenant, dossier, e.kind, e.day, e.title, e.text, e.url);
}
void save_dossier_entry(db::Tx& tx, DossierId dossier, const DossierEntry& e) {
    tx.exec(update_entry, e.kind, e.day, e.title, e.text, e.url, e.id, dossier);
}
void remove_dossier_entry(db::Tx& tx, DossierId dossier, std::int64_t id, Timestamp now) {
    tx.exec(update_removed, now, id, dossier);
}
void restore_dossier_entry(db::Tx& tx, DossierId dossier, std::int64_t id) { tx.exec(update_restored, id, dossier); }
std::vector<DossierEntry> dossier_entries(db::Tx& tx, DossierId dossier) {
    return tx.all<DossierEntry>(select_entries, dossier);
}
void set_dossier_entries(db::Tx& tx, TenantId tenant, DossierId dossier, const std::vector<DossierEntry>& entries) {
    tx.exec(delete_entries, dossier);
    for (const auto& e : entries) tx.exec(insert_entry, tenant, dossier, e.kind, e.day, e.title, e.text, e.url);
}

ProcedureId add_procedure(db::Tx& tx, TenantId tenant, ProcedureRecord p, Timestamp now) {
    p.key = free_key(p.key.empty() ? p.title : p.key, "",
                     [&](const std::string& key) { return find_procedure(tx, tenant, key).has_value(); });
    return tx.value<ProcedureId>(insert_procedure, tenant, p.dossier, p.type, p.organisation, p.key, p.state, p.listed,
                                 p.title, p.summary, p.body, p.influence, p.next_steps, p.contact, p.promise_days,
                                 p.area, p.extra, now, now);
}
void save_procedure(db::Tx& tx, TenantId tenant, const ProcedureRecord& p, Timestamp now) {
    tx.exec(update_procedure, p.dossier, p.organisation, p.state, p.listed, p.title, p.summary, p.body, p.influence,
            p.next_steps, p.contact, p.promise_days, p.area, p.extra, p.submitted_by, p.published_at, now, p.id,
            tenant);
}
std::optional<ProcedureRecord> find_procedure(db::Tx& tx, TenantId tenant, ProcedureId id) {
    return tx.one<ProcedureRecord>(select_procedure, id, tenant);
}
std::optional<ProcedureRecord> find_procedure(db::Tx& tx, TenantId tenant, const std::string& key) {
    return tx.one<ProcedureRecord>(select_procedure_by_key, tenant, key);
}
std::vector<ProcedureRecord> procedures_of(db::Tx& tx, TenantId tenant, DossierId dossier) {
    return tx.all<ProcedureRecord>(select_of_dossier, tenant, dossier);
}
std::vector<ProcedureRecord> procedures(db::Tx& tx, TenantId tenant, const ProcedureFilter& f, int count) {
    const std::string state = f.state ? std::string(to_word(*f.state)) : "";
    return tx.all<ProcedureRecord>(select_procedures, tenant, state, state, f.organisation, f.organisation, f.before,
                                   f.before, count);
}

std::vector<ProcedureType> procedure_types(db::Tx& tx, TenantId tenant, const std::string& format_key) {
    return tx.all<ProcedureType>(select_types, tenant, format_key, format_key);
}
std::vector<ProcedureType> procedure_type_versions(db::Tx& tx, TenantId tenant, const std::string& key) {
    return tx.all<ProcedureType>(select_versions, tenant, key);
}
std::optional<ProcedureType> find_procedure_type(db::Tx& tx, TenantId tenant, ProcedureTypeId id) {
    return tx.one<ProcedureType>(select_type, id, tenant);
}
std::vector<ProcedureType> all_procedure_types(db::Tx& tx, TenantId tenant) {
    return tx.all<ProcedureType>(select_all_types, tenant);
}
std::optional<ProcedureType> newest_procedure_type(db::Tx& tx, TenantId tenant, const std::string& key) {
    return tx.one<ProcedureType>(select_newest_type, tenant, key);
}
ProcedureTypeId add_procedure_type(db::Tx& tx, TenantId tenant, const ProcedureType& t, AccountId by, Timestamp now) {
    const auto taken = [&](const std::string& key) { return newest_procedure_type(tx, tenant, key).has_value(); };
    const std::string key = t.key.empty() ? free_key(t.title, "", taken) : t.key;
    return tx.value<ProcedureTypeId>(insert_type, tenant, key, t.title, t.summary, t.format_key, t.content, by, now);
}
void retire_procedure_type(db::Tx& tx, TenantId tenant, const std::string& key, bool retired) {
    tx.exec(retire_type, retired, tenant, key);
}

}  // namespace mitwirken::core
