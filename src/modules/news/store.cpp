// Every SQL statement of news. Lists with filters are put together from literals; values are always bound.
#include <nlohmann/json.hpp>

#include "core/taxonomy/taxonomy.h"
#include "modules/news/news.h"
#include "platform/base/free_key.h"
#include "platform/base/text.h"
#include "platform/db/condition.h"

#define NEWS_COLUMNS                                                                                              \
    "a.id, a.key, a.state, a.organisation_id, a.title, a.kicker, a.lead, a.body, a.source, a.day, a.publish_at, " \
    "a.unpublish_at, a.changed_at, a.procedure_id"

namespace mitwirken::news {

namespace {

const db::Query select_by_id{"news.by_id", "SELECT " NEWS_COLUMNS R"(
    FROM news_article a WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_by_key{"news.by_key", "SELECT " NEWS_COLUMNS R"(
    FROM news_article a WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_all{"news.all", "SELECT " NEWS_COLUMNS R"(
    FROM news_article a WHERE tenant_id = :tenant ORDER BY id)"};
const db::Query select_of_procedure{"news.of_procedure", "SELECT " NEWS_COLUMNS R"(
    FROM news_article a
    WHERE a.procedure_id = :procedure AND a.procedure_id <> 0 AND a.tenant_id = :tenant AND a.state = 'published'
      AND (a.publish_at IS NULL OR a.publish_at <= :now) AND (a.unpublish_at IS NULL OR a.unpublish_at > :now2)
    ORDER BY a.day DESC, a.id DESC LIMIT :count)"};
const db::Query select_tenant{"news.tenant", "SELECT tenant_id FROM news_article WHERE id = :id"};
const db::Query select_appears{"news.appears", R"(
    SELECT publish_at FROM news_article WHERE tenant_id = :tenant AND state = 'published' AND publish_at > :now
    ORDER BY publish_at LIMIT 1)"};
const db::Query select_vanishes{"news.vanishes", R"(
    SELECT unpublish_at FROM news_article WHERE tenant_id = :tenant AND state = 'published' AND unpublish_at > :now
    ORDER BY unpublish_at LIMIT 1)"};
const db::Query count_keys{"news.key_taken",
                           "SELECT count(*) FROM news_article WHERE tenant_id = :tenant AND key = :key"};
const db::Query count_state{"news.count_state", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM news_article WHERE tenant_id = :tenant AND state = :state LIMIT 1001) AS counted)"};
const db::Query insert_article{"news.insert", R"(
    INSERT INTO news_article (tenant_id, key, state, organisation_id, title, kicker, lead, body, source, day,
        publish_at, unpublish_at, changed_at, changed_by, procedure_id)
    VALUES (:tenant, :key, :state, :organisation, :title, :kicker, :lead, :body, :source, :day, :publish, :unpublish,
        :now, :by, :procedure)
    RETURNING id)"};
const db::Query update_article{"news.update", R"(
    UPDATE news_article SET state = :state, organisation_id = :organisation, title = :title, kicker = :kicker,
        lead = :lead, body = :body, source = :source, day = :day, publish_at = :publish, unpublish_at = :unpublish,
        changed_at = :now, changed_by = :by, procedure_id = :procedure
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_of_person{"news.of_person", R"(
    SELECT title, changed_at FROM news_article WHERE changed_by = :by ORDER BY id)"};
const db::Query update_person{"news.forget_person", "UPDATE news_article SET changed_by = 0 WHERE changed_by = :by"};

struct OfPerson {
    std::string title;
    Timestamp changed_at;
};

// "neuigkeit" for titles without a letter.
std::string key_for(db::Tx& tx, core::TenantId tenant, const std::string& title) {
    return free_key(title, "neuigkeit",
                    [&](const std::string& key) { return tx.value<std::int64_t>(count_keys, tenant, key) > 0; });
}

}  // namespace

std::vector<Article> public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count) {
    db::Condition c;
    c.text = "a.tenant_id = " + c.bind(tenant.value);
    const auto clock = c.bind(std::int64_t{now.time_since_epoch().count()});
    c.text += " AND a.state = 'published' AND (a.publish_at IS NULL OR a.publish_at <= " + clock +
              ") AND (a.unpublish_at IS NULL OR a.unpublish_at > " + clock + ")";
    bool few = false;
    for (const auto term : filter.terms) {
        const auto bears = core::bears_term(tx, tenant, "news", term, "a.id", c.values);
        c.text += bears.sql, few = few || bears.few;
    }
    if (few) c.text.insert(0, "+");  // keeps SQLite from walking along an index past all that is not among the few
    // When the article the page begins behind is gone, the list begins anew.
    if (const auto edge = filter.after ? find(tx, tenant, filter.after) : std::nullopt) {
        const auto day = c.bind(to_iso(edge->day)), id = c.bind(edge->id.value);
        c.text += " AND (a.day, a.id) < (" + day + ", " + id + ")";
    }
    const auto limit = c.bind(std::int64_t{count});
    return tx.all_built_with<Article>("SELECT " NEWS_COLUMNS " FROM news_article a WHERE " + c.text +
                                          " ORDER BY a.day DESC, a.id DESC LIMIT " + limit,
                                      c.values);
}

std::vector<Article> of_procedure(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, Timestamp now,
                                  int count) {
    return tx.all<Article>(select_of_procedure, procedure, tenant, now, now, count);
}

std::optional<Timestamp> next_list_change(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto appears = tx.one<Timestamp>(select_appears, tenant, now);
    const auto vanishes = tx.one<Timestamp>(select_vanishes, tenant, now);
    if (!appears || !vanishes) return appears ? appears : vanishes;
    return std::min(*appears, *vanishes);
}

std::vector<Article> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count) {
    db::Condition c;
    c.text = "a.tenant_id = " + c.bind(tenant.value);
    if (filter.state) c.text += " AND a.state = " + c.bind(std::string(core::to_word(*filter.state)));
    if (filter.organisation) c.text += " AND a.organisation_id = " + c.bind(filter.organisation.value);
    if (filter.before) c.text += " AND a.id < " + c.bind(filter.before.value);
    const auto limit = c.bind(std::int64_t{count});
    return tx.all_built_with<Article>(
        "SELECT " NEWS_COLUMNS " FROM news_article a WHERE " + c.text + " ORDER BY a.id DESC LIMIT " + limit, c.values);
}

std::optional<Article> find(db::Tx& tx, core::TenantId tenant, ArticleId id) {
    return tx.one<Article>(select_by_id, tenant, id);
}

std::optional<Article> find(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Article>(select_by_key, tenant, key);
}

std::optional<core::TenantId> tenant_of(db::Tx& tx, ArticleId id) { return tx.one<core::TenantId>(select_tenant, id); }

ArticleId add(db::Tx& tx, core::TenantId tenant, Article a, core::AccountId by, Timestamp now) {
    if (a.key.empty()) a.key = key_for(tx, tenant, a.title);
    return tx.value<ArticleId>(insert_article, tenant, a.key, a.state, a.organisation, a.title, a.kicker, a.lead,
                               a.body, a.source, a.day, a.publish_at, a.unpublish_at, now, by, a.procedure);
}

void save(db::Tx& tx, core::TenantId tenant, const Article& a, core::AccountId by, Timestamp now) {
    tx.exec(update_article, a.state, a.organisation, a.title, a.kicker, a.lead, a.body, a.source, a.day, a.publish_at,
            a.unpublish_at, now, by, a.procedure, tenant, a.id);
}

std::int64_t count_of(db::Tx& tx, core::TenantId tenant, core::State state) {
    return tx.value<std::int64_t>(count_state, tenant, state);
}

void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Article&&)>& use) {
    tx.each<Article>(select_all, use, tenant);
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        list.push_back({{"news", row.title}, {"changed", to_iso(row.changed_at)}});
    return list;
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_person, account); }

}  // namespace mitwirken::news
