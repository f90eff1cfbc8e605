// The rows of tenants and their settings.
#include <nlohmann/json.hpp>

#include "core/tenants/tenants.h"
#include "platform/base/text.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

struct TenantRow {
    TenantId id;
    std::string key, name, site_name, hosts, languages, theme, embedding_sites;
    std::int64_t logo, version;
};
struct SettingRow {
    TenantId tenant;
    std::string key, value;
};

const db::Query select_tenants{"core.tenants", R"(
    SELECT id, key, name, site_name, hosts, languages, theme, embedding_sites, logo, version
    FROM core_tenant ORDER BY id)"};
const db::Query select_settings{"core.settings",
                                "SELECT tenant_id, key, value FROM core_setting ORDER BY tenant_id, key"};
const db::Query insert_tenant{"core.tenant_insert", R"(
    INSERT INTO core_tenant (key, name, site_name, hosts, languages, theme, embedding_sites, created_at)
    VALUES (:key, :name, :site_name, :hosts, :languages, :theme, '', :now) RETURNING id)"};
const db::Query update_tenant{"core.tenant_update", R"(
    UPDATE core_tenant SET name = :name, site_name = :site_name, hosts = :hosts, languages = :languages, theme = :theme,
        embedding_sites = :sites, logo = :logo, version = version + 1 WHERE id = :id)"};
const db::Query upsert_setting{"core.setting_set", R"(
    INSERT INTO core_setting (tenant_id, key, value) VALUES (:tenant, :key, :value)
    ON CONFLICT (tenant_id, key) DO UPDATE SET value = excluded.value)"};
const db::Query raise_version{"core.tenant_version", "UPDATE core_tenant SET version = version + 1 WHERE id = :id"};

std::string to_json(const Theme& theme) {
    return nlohmann::json{{"primary", theme.primary},
                          {"primary_deep", theme.primary_deep},
                          {"primary_light", theme.primary_light},
                          {"accent", theme.accent},
                          {"primary_dark", theme.primary_dark},
                          {"primary_deep_dark", theme.primary_deep_dark},
                          {"primary_light_dark", theme.primary_light_dark},
                          {"accent_dark", theme.accent_dark}}
        .dump();
}

Theme theme_from(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    Theme theme;
    if (!json.is_object()) return theme;
    const auto take = [&](const char* name, std::string& into) { into = json.value(name, into); };
    take("primary", theme.primary);
    take("primary_deep", theme.primary_deep);
    take("primary_light", theme.primary_light);
    take("accent", theme.accent);
    take("primary_dark", theme.primary_dark);
    take("primary_deep_dark", theme.primary_deep_dark);
    take("primary_light_dark", theme.primary_light_dark);
    take("accent_dark", theme.accent_dark);
    return theme;
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> result;
    for (auto& word : split(text, ' '))
        if (!word.empty()) result.push_back(std::move(word));
    return result;
}

}  // namespace

TenantId add_tenant(db::Tx& tx, const NewTenant& tenant, Timestamp now) {
    return tx.value<TenantId>(insert_tenant, tenant.key, tenant.name, tenant.site_name, join(tenant.hosts, " "),
                              join(tenant.languages, " "), to_json(Theme{}), now);
}

std::vector<Tenant> all_tenants(db::Tx& tx) {
    std::vector<Tenant> result;
    for (auto& row : tx.all<TenantRow>(select_tenants)) {
        Tenant tenant{row.id,
                      row.key,
                      row.name,
                      row.site_name,
                      words(row.hosts),
                      words(row.languages),
                      theme_from(row.theme),
                      {},
                      words(row.embedding_sites),
                      row.logo,
                      row.version};
        result.push_back(std::move(tenant));
    }
    for (auto& row : tx.all<SettingRow>(select_settings))
        for (auto& tenant : result)
            if (tenant.id == row.tenant) tenant.settings[row.key] = row.value;
    return result;
}

std::optional<Tenant> find_tenant(db::Tx& tx, const std::string& key) {
    for (auto& tenant : all_tenants(tx))
        if (tenant.key == key) return tenant;
    return {};
}

void save_tenant(db::Tx& tx, const Tenant& tenant, Timestamp) {
    tx.exec(update_tenant, tenant.name, tenant.site_name, join(tenant.hosts, " "), join(tenant.languages, " "),
            to_json(tenant.theme), join(tenant.embedding_sites, " "), tenant.logo, tenant.id);
}

void set_setting(db::Tx& tx, TenantId tenant, const std::string& key, const std::string& value) {
    tx.exec(upsert_setting, tenant, key, value);
    tx.exec(raise_version, tenant);
}

}  // namespace mitwirken::core
