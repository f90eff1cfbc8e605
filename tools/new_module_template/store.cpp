// Every SQL statement of @name@.
#include <limits>
#include <nlohmann/json.hpp>

#include "modules/@name@/@name@.h"
#include "platform/db/db.h"

namespace mitwirken::@name@ {

namespace {

const db::Query insert_item{"@name@.insert", R"(
    INSERT INTO @name@_item (tenant_id, title, body, created_by, created_at)
    VALUES (:tenant, :title, :body, :by, :now) RETURNING id)"};
const db::Query select_items{"@name@.list", R"(
    SELECT id, title, body, created_at FROM @name@_item
    WHERE tenant_id = :tenant AND id < :before ORDER BY id DESC LIMIT :count)"};
const db::Query select_own{"@name@.of_person", R"(
    SELECT id, title, body, created_at FROM @name@_item WHERE created_by = :by ORDER BY id)"};
const db::Query update_author{"@name@.forget_person", "UPDATE @name@_item SET created_by = 0 WHERE created_by = :by"};

}  // namespace

ItemId add(db::Tx& tx, core::TenantId tenant, core::AccountId by, const NewItem& item, Timestamp now) {
    return tx.value<ItemId>(insert_item, tenant, item.title, item.body, by, now);
}

std::vector<Item> list(db::Tx& tx, core::TenantId tenant, ItemId before, int count) {
    const ItemId end{before ? before.value : std::numeric_limits<std::int64_t>::max()};
    return tx.all<Item>(select_items, tenant, end, std::int64_t{count});
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto result = nlohmann::json::array();
    for (const auto& item : tx.all<Item>(select_own, account))
        result.push_back({{"title", item.title}, {"text", item.body}, {"written", to_iso(item.created_at)}});
    return result;
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_author, account); }

}  // namespace mitwirken::@name@
