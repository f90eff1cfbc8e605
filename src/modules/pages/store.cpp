// Every SQL statement of standing pages.
#include <nlohmann/json.hpp>

#include "modules/pages/pages.h"
#include "platform/db/db.h"

#define PAGES_COLUMNS                                                                                            \
    "id, key, state, title, title_en, body, body_en, place, position, menu, menu_en, publish_at, unpublish_at, " \
    "changed_at"

namespace mitwirken::pages {

namespace {

const db::Query select_by_key{"pages.by_key", "SELECT " PAGES_COLUMNS R"(
    FROM pages_page WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_by_id{"pages.by_id", "SELECT " PAGES_COLUMNS R"(
    FROM pages_page WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_all{"pages.all", "SELECT " PAGES_COLUMNS R"(
    FROM pages_page WHERE tenant_id = :tenant ORDER BY id)"};
const db::Query select_tenant{"pages.tenant", "SELECT tenant_id FROM pages_page WHERE id = :id"};
const db::Query select_menu{"pages.menu", R"(
    SELECT key, title, title_en, menu, menu_en, place, position FROM pages_page
    WHERE tenant_id = :tenant AND state = 'published' AND place <> 'none'
        AND (publish_at IS NULL OR publish_at <= :now) AND (unpublish_at IS NULL OR unpublish_at > :now)
    ORDER BY place, position, id)"};
const db::Query select_next_change{"pages.next_change", R"(
    SELECT at FROM (
        SELECT publish_at AS at FROM pages_page
        WHERE tenant_id = :tenant AND state = 'published' AND place <> 'none' AND publish_at > :now
        UNION ALL
        SELECT unpublish_at AS at FROM pages_page
        WHERE tenant_id = :tenant AND state = 'published' AND place <> 'none' AND unpublish_at > :now) AS changes
    ORDER BY at LIMIT 1)"};
const db::Query insert_page{"pages.insert", R"(
    INSERT INTO pages_page (tenant_id, key, state, title, title_en, body, body_en, place, position, menu, menu_en,
        publish_at, unpublish_at, changed_at, changed_by)
    VALUES (:tenant, :key, :state, :title, :title_en, :body, :body_en, :place, :position, :menu, :menu_en, :publish,
        :unpublish, :now, :by)
    RETURNING id)"};
const db::Query update_page{"pages.update", R"(
    UPDATE pages_page SET state = :state, title = :title, title_en = :title_en, body = :body, body_en = :body_en,
        place = :place, position = :position, menu = :menu, menu_en = :menu_en, publish_at = :publish,
        unpublish_at = :unpublish, changed_at = :now, changed_by = :by
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query delete_page{"pages.delete", "DELETE FROM pages_page WHERE tenant_id = :tenant AND id = :id"};
const db::Query select_of_person{"pages.of_person", R"(
    SELECT title, changed_at FROM pages_page WHERE changed_by = :by ORDER BY id)"};
const db::Query update_person{"pages.forget_person", "UPDATE pages_page SET changed_by = 0 WHERE changed_by = :by"};

struct OfPerson {
    std::string title;
    Timestamp changed_at;
};

}  // namespace

std::optional<Page> find(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Page>(select_by_key, tenant, key);
}

std::optional<Page> find(db::Tx& tx, core::TenantId tenant, PageId id) {
    return tx.one<Page>(select_by_id, tenant, id);
}

std::optional<core::TenantId> tenant_of(db::Tx& tx, PageId id) { return tx.one<core::TenantId>(select_tenant, id); }

std::vector<Page> all(db::Tx& tx, core::TenantId tenant) { return tx.all<Page>(select_all, tenant); }

std::vector<MenuRow> menu_rows(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    return tx.all<MenuRow>(select_menu, tenant, now);
}

std::optional<Timestamp> next_menu_change(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    return tx.one<Timestamp>(select_next_change, tenant, now);
}

PageId add(db::Tx& tx, core::TenantId tenant, const Page& p, core::AccountId by, Timestamp now) {
    return tx.value<PageId>(insert_page, tenant, p.key, p.state, p.title, p.title_en, p.body, p.body_en, p.place,
                            p.position, p.menu, p.menu_en, p.publish_at, p.unpublish_at, now, by);
}

void save(db::Tx& tx, core::TenantId tenant, const Page& p, core::AccountId by, Timestamp now) {
    tx.exec(update_page, p.state, p.title, p.title_en, p.body, p.body_en, p.place, p.position, p.menu, p.menu_en,
            p.publish_at, p.unpublish_at, now, by, tenant, p.id);
}

void remove(db::Tx& tx, core::TenantId tenant, PageId id) { tx.exec(delete_page, tenant, id); }

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        list.push_back({{"page", row.title}, {"changed", to_iso(row.changed_at)}});
    return list;
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_person, account); }

}  // namespace mitwirken::pages
