// Rows of standing pages.
#include "modules/pages/pages.h"
#include "platform/db/db.h"

namespace mitwirken::pages {

namespace {

const db::Query select_page{"pages.by_key", R"(
    SELECT id, key, state, title, title_en, body, body_en, publish_at, unpublish_at
    FROM pages_page WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_all{"pages.all", R"(
    SELECT id, key, state, title, title_en, body, body_en, publish_at, unpublish_at
    FROM pages_page WHERE tenant_id = :tenant ORDER BY id)"};
const db::Query insert_page{"pages.insert", R"(
    INSERT INTO pages_page (tenant_id, key, state, title, title_en, body, body_en, changed_at)
    VALUES (:tenant, :key, 'published', :title, :title_en, :body, :body_en, :now) RETURNING id)"};

}  // namespace

std::optional<Page> find(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Page>(select_page, tenant, key);
}

std::vector<Page> all(db::Tx& tx, core::TenantId tenant) { return tx.all<Page>(select_all, tenant); }

std::int64_t add(db::Tx& tx, core::TenantId tenant, const Page& page, Timestamp now) {
    return tx.value<std::int64_t>(insert_page, tenant, page.key, page.title, page.title_en, page.body, page.body_en,
                                  now);
}

}  // namespace mitwirken::pages
