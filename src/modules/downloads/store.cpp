// Every SQL statement of materials. Lists with filters are put together from literals; values are always bound.
#include <nlohmann/json.hpp>

#include "modules/downloads/downloads.h"
#include "platform/base/free_key.h"
#include "platform/base/text.h"
#include "platform/db/condition.h"
#include "platform/i18n/sort_text.h"

#define DOWNLOADS_COLUMNS                                                                                   \
    "d.id, d.key, d.state, d.organisation_id, d.category, d.category_key, d.title, d.title_en, d.summary, " \
    "d.summary_en, d.body, d.source, d.day, d.links, d.accessible, d.publish_at, d.unpublish_at, d.changed_at"

namespace mitwirken::downloads {

namespace {

const db::Query select_by_id{"downloads.by_id", "SELECT " DOWNLOADS_COLUMNS R"(
    FROM downloads_item d WHERE d.tenant_id = :tenant AND d.id = :id)"};
const db::Query select_by_key{"downloads.by_key", "SELECT " DOWNLOADS_COLUMNS R"(
    FROM downloads_item d WHERE d.tenant_id = :tenant AND d.key = :key)"};
const db::Query select_all{"downloads.all", "SELECT " DOWNLOADS_COLUMNS R"(
    FROM downloads_item d WHERE d.tenant_id = :tenant ORDER BY d.id)"};
const db::Query select_tenant{"downloads.tenant", "SELECT tenant_id FROM downloads_item WHERE id = :id"};
const db::Query select_order{"downloads.order", R"(
    SELECT order_group, order_title FROM downloads_item WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_appears{"downloads.appears", R"(
    SELECT publish_at FROM downloads_item WHERE tenant_id = :tenant AND state = 'published' AND publish_at > :now
    ORDER BY publish_at LIMIT 1)"};
const db::Query select_vanishes{"downloads.vanishes", R"(
    SELECT unpublish_at FROM downloads_item WHERE tenant_id = :tenant AND state = 'published' AND unpublish_at > :now
    ORDER BY unpublish_at LIMIT 1)"};
const db::Query select_groups{"downloads.groups", R"(
    SELECT category_key, MIN(category), count(*) FROM downloads_item
    WHERE tenant_id = :tenant AND state = 'published' AND (publish_at IS NULL OR publish_at <= :now)
        AND (unpublish_at IS NULL OR unpublish_at > :now)
    GROUP BY category_key ORDER BY MIN(order_group), category_key)"};
const db::Query select_group_names{"downloads.group_names", R"(
    SELECT category FROM downloads_item WHERE tenant_id = :tenant
    GROUP BY category ORDER BY MIN(order_group), category LIMIT 100)"};
const db::Query count_keys{"downloads.key_taken",
                           "SELECT count(*) FROM downloads_item WHERE tenant_id = :tenant AND key = :key"};
const db::Query count_state{"downloads.count_state", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM downloads_item WHERE tenant_id = :tenant AND state = :state LIMIT 1001) AS counted)"};
const db::Query insert_item{"downloads.insert", R"(
    INSERT INTO downloads_item (tenant_id, key, state, organisation_id, category, category_key, title, title_en,
        summary, summary_en, body, source, day, links, accessible, order_group, order_title, publish_at, unpublish_at,
        changed_at, changed_by)
    VALUES (:tenant, :key, :state, :organisation, :category, :category_key, :title, :title_en, :summary, :summary_en,
        :body, :source, :day, :links, :accessible, :order_group, :order_title, :publish, :unpublish, :now, :by)
    RETURNING id)"};
const db::Query update_item{"downloads.update", R"(
    UPDATE downloads_item SET state = :state, organisation_id = :organisation, category = :category,
        category_key = :category_key, title = :title, title_en = :title_en, summary = :summary,
        summary_en = :summary_en, body = :body, source = :source, day = :day, links = :links,
        accessible = :accessible, order_group = :order_group, order_title = :order_title, publish_at = :publish,
        unpublish_at = :unpublish, changed_at = :now, changed_by = :by
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_of_person{"downloads.of_person", R"(
    SELECT title, changed_at FROM downloads_item WHERE changed_by = :by ORDER BY id)"};
const db::Query update_person{"downloads.forget_person",
                              "UPDATE downloads_item SET changed_by = 0 WHERE changed_by = :by"};

struct OfPerson {
    std::string title;
    Timestamp changed_at;
};
struct Order {
    std::string group, title;
};

// "download" for titles without a letter.
std::string key_for(db::Tx& tx, core::TenantId tenant, const std::string& title) {
    return free_key(title, "download",
                    [&](const std::string& key) { return tx.value<std::int64_t>(count_keys, tenant, key) > 0; });
}

std::vector<std::int64_t> numbers(const std::vector<core::TermId>& terms) {
    std::vector<std::int64_t> list;
    for (const auto term : terms) list.push_back(term.value);
    return list;
}

void add_terms(db::Condition& c, const std::vector<core::TermId>& any_of) {
    if (any_of.empty()) return;
    c.text +=
        " AND EXISTS (SELECT 1 FROM core_classification c WHERE c.module = 'downloads' AND c.item = d.id AND "
        "c.term_id IN " +
        c.bind_list(numbers(any_of), std::int64_t{-1}) + ")";
}

// Kinds of files and links, any of them.
void add_kinds(db::Condition& c, const std::vector<std::string>& words) {
    std::vector<std::string> types;
    bool links = false, any = false;
    for (const auto& kind : file_kinds())
        if (std::find(words.begin(), words.end(), kind.word) != words.end()) {
            any = true, links = links || kind.types.empty();
            types.insert(types.end(), kind.types.begin(), kind.types.end());
        }
    if (!any) return;
    c.text += " AND (";
    if (!types.empty())
        c.text +=
            "EXISTS (SELECT 1 FROM core_attachment a WHERE a.tenant_id = d.tenant_id AND a.module = 'downloads' AND "
            "a.item = d.id AND a.type IN " +
            c.bind_list(types, std::string{}) + ")";
    if (links) c.text += std::string(types.empty() ? "" : " OR ") + "d.links <> '[]'";
    c.text += ")";
}

db::Condition visible(core::TenantId tenant, const Filter& filter, Timestamp now) {
    db::Condition c;
    c.text = "d.tenant_id = " + c.bind(tenant.value);
    const auto clock = c.bind(std::int64_t{now.time_since_epoch().count()});
    c.text += " AND d.state = 'published' AND (d.publish_at IS NULL OR d.publish_at <= " + clock +
              ") AND (d.unpublish_at IS NULL OR d.unpublish_at > " + clock + ")";
    if (!filter.groups.empty()) c.text += " AND d.category_key IN " + c.bind_list(filter.groups, std::string{});
    add_terms(c, filter.topics);
    add_terms(c, filter.districts);
    for (const auto term : filter.all_terms) add_terms(c, {term});
    add_kinds(c, filter.kinds);
    if (filter.accessible) c.text += " AND d.accessible <> '[]'";
    if (filter.ids) c.text += " AND d.id IN " + c.bind_list(*filter.ids, std::int64_t{-1});
    return c;
}

// Begins behind (or ends before) one that is known; when it is gone, the list begins anew.
void add_edge(db::Tx& tx, db::Condition& c, core::TenantId tenant, const Filter& filter) {
    const bool backwards = bool(filter.before);
    const ItemId at = backwards ? filter.before : filter.after;
    const auto edge = at ? tx.one<Order>(select_order, tenant, at) : std::nullopt;
    if (!edge) return;
    if (filter.sort == Sort::newest) {
        c.text += std::string(" AND d.id ") + (backwards ? "> " : "< ") + c.bind(at.value);
        return;
    }
    const auto group = c.bind(edge->group), title = c.bind(edge->title), id = c.bind(at.value);
    c.text += std::string(" AND (d.order_group, d.order_title, d.id) ") + (backwards ? "< (" : "> (") + group + ", " +
              title + ", " + id + ")";
}

}  // namespace

std::vector<Item> public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count) {
    db::Condition c = visible(tenant, filter, now);
    add_edge(tx, c, tenant, filter);
    const bool backwards = bool(filter.before), falling = (filter.sort == Sort::newest) != backwards;
    const std::string order =
        filter.sort == Sort::newest
            ? (falling ? "d.id DESC" : "d.id")
            : (falling ? "d.order_group DESC, d.order_title DESC, d.id DESC" : "d.order_group, d.order_title, d.id");
    const auto limit = c.bind(std::int64_t{count});
    auto list = tx.all_built_with<Item>(
        "SELECT " DOWNLOADS_COLUMNS " FROM downloads_item d WHERE " + c.text + " ORDER BY " + order + " LIMIT " + limit,
        c.values);
    if (backwards) std::reverse(list.begin(), list.end());
    return list;
}

std::int64_t public_count(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now) {
    const db::Condition c = visible(tenant, filter, now);
    return tx
        .all_built_with<std::int64_t>(
            "SELECT count(*) FROM (SELECT 1 FROM downloads_item d WHERE " + c.text + " LIMIT 1001) AS found", c.values)
        .front();
}

std::vector<Group> groups(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    return tx.all<Group>(select_groups, tenant, now);
}

std::vector<std::string> group_names(db::Tx& tx, core::TenantId tenant) {
    return tx.all<std::string>(select_group_names, tenant);
}

std::optional<Timestamp> next_list_change(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto appears = tx.one<Timestamp>(select_appears, tenant, now);
    const auto vanishes = tx.one<Timestamp>(select_vanishes, tenant, now);
    if (!appears || !vanishes) return appears ? appears : vanishes;
    return std::min(*appears, *vanishes);
}

std::vector<Item> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count) {
    db::Condition c;
    c.text = "d.tenant_id = " + c.bind(tenant.value);
    if (filter.state) c.text += " AND d.state = " + c.bind(std::string(core::to_word(*filter.state)));
    if (filter.organisation) c.text += " AND d.organisation_id = " + c.bind(filter.organisation.value);
    if (filter.before) c.text += " AND d.id < " + c.bind(filter.before.value);
    const auto limit = c.bind(std::int64_t{count});
    return tx.all_built_with<Item>(
        "SELECT " DOWNLOADS_COLUMNS " FROM downloads_item d WHERE " + c.text + " ORDER BY d.id DESC LIMIT " + limit,
        c.values);
}

std::optional<Item> find(db::Tx& tx, core::TenantId tenant, ItemId id) {
    return tx.one<Item>(select_by_id, tenant, id);
}

std::optional<Item> find(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Item>(select_by_key, tenant, key);
}

std::optional<core::TenantId> tenant_of(db::Tx& tx, ItemId id) { return tx.one<core::TenantId>(select_tenant, id); }

ItemId add(db::Tx& tx, core::TenantId tenant, Item d, core::AccountId by, Timestamp now) {
    if (d.key.empty()) d.key = key_for(tx, tenant, d.title);
    return tx.value<ItemId>(insert_item, tenant, d.key, d.state, d.organisation, d.category, d.category_key, d.title,
                            d.title_en, d.summary, d.summary_en, d.body, d.source, d.day, d.links, d.accessible,
                            i18n::sort_text(d.category), i18n::sort_text(d.title), d.publish_at, d.unpublish_at, now,
                            by);
}

void save(db::Tx& tx, core::TenantId tenant, const Item& d, core::AccountId by, Timestamp now) {
    tx.exec(update_item, d.state, d.organisation, d.category, d.category_key, d.title, d.title_en, d.summary,
            d.summary_en, d.body, d.source, d.day, d.links, d.accessible, i18n::sort_text(d.category),
            i18n::sort_text(d.title), d.publish_at, d.unpublish_at, now, by, tenant, d.id);
}

std::int64_t count_of(db::Tx& tx, core::TenantId tenant, core::State state) {
    return tx.value<std::int64_t>(count_state, tenant, state);
}

void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Item&&)>& use) {
    tx.each<Item>(select_all, use, tenant);
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        list.push_back({{"download", row.title}, {"changed", to_iso(row.changed_at)}});
    return list;
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_person, account); }

}  // namespace mitwirken::downloads
