// Items and what belongs to them; see answers.h. What is written on contributions themselves stands in store_desk.cpp.
#include <nlohmann/json.hpp>

#include "modules/answers/answers.h"
#include "platform/base/text.h"
#include "platform/db/condition.h"

#define ANSWERS_COLUMNS                                                                                      \
    "i.id, i.procedure_id, i.kind, i.state, i.organisation_id, i.title, i.body, i.word, i.budget, i.links, " \
    "i.published_at, i.changed_at"

namespace mitwirken::answers {

namespace {

const db::Query select_item{"answers.item", "SELECT " ANSWERS_COLUMNS R"(
    FROM answers_item i WHERE i.tenant_id = :tenant AND i.id = :id)"};
const db::Query insert_item{"answers.item_insert", R"(
    INSERT INTO answers_item (tenant_id, procedure_id, kind, state, organisation_id, title, body, word, budget, links,
      published_at, changed_at, changed_by)
    VALUES (:tenant, :procedure, :kind, :state, :organisation, :title, :body, :word, :budget, :links, :published, :now,
      :by) RETURNING id)"};
const db::Query update_item{"answers.item_update", R"(
    UPDATE answers_item SET state = :state, organisation_id = :organisation, title = :title, body = :body, word = :word,
      budget = :budget, links = :links, published_at = :published, changed_at = :now, changed_by = :by
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_linked_ids{"answers.linked_ids", R"(
    SELECT contribution_id FROM answers_link WHERE item_id = :item ORDER BY contribution_id)"};
const db::Query delete_links{"answers.links_delete", "DELETE FROM answers_link WHERE item_id = :item"};
const db::Query insert_link{"answers.link_insert", R"(
    INSERT INTO answers_link (item_id, contribution_id) VALUES (:item, :contribution) ON CONFLICT DO NOTHING)"};
const db::Query select_outcomes{"answers.outcomes_of", R"(
    SELECT outcome_id FROM answers_relation WHERE measure_id = :measure ORDER BY outcome_id)"};
const db::Query delete_outcomes{"answers.outcomes_delete", "DELETE FROM answers_relation WHERE measure_id = :measure"};
const db::Query insert_outcome{"answers.outcome_insert", R"(
    INSERT INTO answers_relation (measure_id, outcome_id) VALUES (:measure, :outcome) ON CONFLICT DO NOTHING)"};
const db::Query select_milestones{"answers.milestones", R"(
    SELECT title, day, done_on FROM answers_milestone WHERE item_id = :item ORDER BY number)"};
const db::Query delete_milestones{"answers.milestones_delete", "DELETE FROM answers_milestone WHERE item_id = :item"};
const db::Query insert_milestone{"answers.milestone_insert", R"(
    INSERT INTO answers_milestone (item_id, number, title, day, done_on)
    VALUES (:item, :number, :title, :day, :done))"};
const db::Query select_summary{"answers.summary", "SELECT " ANSWERS_COLUMNS R"(
    FROM answers_item i
    WHERE i.tenant_id = :tenant AND i.procedure_id = :procedure AND i.procedure_id <> 0 AND i.kind = 'summary'
    ORDER BY i.id LIMIT 1)"};
const db::Query select_blocks{"answers.blocks", "SELECT " ANSWERS_COLUMNS R"(
    FROM answers_item i WHERE i.tenant_id = :tenant AND i.kind = 'block' AND i.state <> 'archived'
      AND (CAST(:every AS BIGINT) = 1 OR i.organisation_id = 0 OR i.organisation_id = :organisation) ORDER BY i.id)"};
const db::Query select_about{"answers.items_about", "SELECT " ANSWERS_COLUMNS R"(
    FROM answers_link l JOIN answers_item i ON i.id = l.item_id
    WHERE l.contribution_id = :contribution ORDER BY i.id)"};
const db::Query select_measures{"answers.measures_of", "SELECT " ANSWERS_COLUMNS R"(
    FROM answers_relation r JOIN answers_item i ON i.id = r.measure_id
    WHERE r.outcome_id = :outcome AND i.state = 'published' ORDER BY i.id)"};
const db::Query count_linked{"answers.count_links", "SELECT count(*) FROM answers_link WHERE item_id = :item"};
const db::Query count_linked_each{"answers.link_counts", R"(
    SELECT i.id, count(*) FROM answers_item i JOIN answers_link l ON l.item_id = i.id
    WHERE i.procedure_id = :procedure AND i.procedure_id <> 0 GROUP BY i.id)"};
const db::Query select_linked{"answers.linked", R"(
    SELECT c.id, c.activity_id, c.title, c.status
    FROM answers_link l JOIN core_contribution c ON c.id = l.contribution_id
    WHERE l.item_id = :item AND l.contribution_id > :after AND c.state = 'published'
    ORDER BY l.contribution_id LIMIT :count)"};
const db::Query select_handed_in{"answers.handed_in", "SELECT " ANSWERS_COLUMNS R"(
    FROM answers_item i WHERE i.tenant_id = :tenant AND i.state = 'handed_in' AND i.kind <> 'block'
    ORDER BY i.id LIMIT :count)"};
const db::Query select_published{"answers.every_published", "SELECT " ANSWERS_COLUMNS R"(
    FROM answers_item i WHERE i.tenant_id = :tenant AND i.state = 'published' AND i.kind <> 'block' ORDER BY i.id)"};
const db::Query select_of_person{"answers.of_person", R"(
    SELECT title, changed_at FROM answers_item WHERE changed_by = :by ORDER BY id)"};
const db::Query select_batches_of{"answers.batches_of_person", R"(
    SELECT status, at FROM answers_batch WHERE set_by = :by ORDER BY id)"};
const db::Query select_merges_of{"answers.merges_of_person", R"(
    SELECT duplicate_id, at FROM answers_merge WHERE merged_by = :by ORDER BY duplicate_id)"};
const db::Query forget_items{"answers.forget_items", "UPDATE answers_item SET changed_by = 0 WHERE changed_by = :by"};
const db::Query forget_batches{"answers.forget_batches", "UPDATE answers_batch SET set_by = 0 WHERE set_by = :by"};
const db::Query forget_merges{"answers.forget_merges", "UPDATE answers_merge SET merged_by = 0 WHERE merged_by = :by"};

struct OfPerson {
    std::string what;
    Timestamp at;
};
struct MergeOfPerson {
    std::int64_t id;
    Timestamp at;
};
struct LinkCount {
    ItemId item;
    std::int64_t count;
};
struct MilestoneRow {
    std::string title, day, done_on;
};

std::string iso_or_nothing(const std::optional<Date>& day) { return day ? to_iso(*day) : ""; }

}  // namespace

std::optional<Item> find(db::Tx& tx, core::TenantId tenant, ItemId id) { return tx.one<Item>(select_item, tenant, id); }

Whole whole_of(db::Tx& tx, const Item& item) {
    Whole whole{item, tx.all<ContributionId>(select_linked_ids, item.id), {}, {}};
    if (item.kind != Kind::measure) return whole;
    whole.outcomes = tx.all<ItemId>(select_outcomes, item.id);
    for (const auto& row : tx.all<MilestoneRow>(select_milestones, item.id))
        whole.milestones.push_back({row.title, parse_date(row.day), parse_date(row.done_on)});
    return whole;
}

ItemId add(db::Tx& tx, core::TenantId tenant, const Item& i, core::AccountId by, Timestamp now) {
    return tx.value<ItemId>(insert_item, tenant, i.procedure, i.kind, i.state, i.organisation, i.title, i.body, i.word,
                            i.budget, i.links.empty() ? "[]" : i.links, i.published_at, now, by);
}

void save(db::Tx& tx, core::TenantId tenant, const Item& i, core::AccountId by, Timestamp now) {
    tx.exec(update_item, i.state, i.organisation, i.title, i.body, i.word, i.budget, i.links.empty() ? "[]" : i.links,
            i.published_at, now, by, tenant, i.id);
}

void set_links(db::Tx& tx, ItemId item, const std::vector<ContributionId>& contributions) {
    tx.exec(delete_links, item);
    for (const auto id : contributions) tx.exec(insert_link, item, id);
}

void set_outcomes(db::Tx& tx, ItemId measure, const std::vector<ItemId>& outcomes) {
    tx.exec(delete_outcomes, measure);
    for (const auto id : outcomes) tx.exec(insert_outcome, measure, id);
}

void set_milestones(db::Tx& tx, ItemId item, const std::vector<Milestone>& milestones) {
    tx.exec(delete_milestones, item);
    int number = 0;
    for (const auto& m : milestones)
        tx.exec(insert_milestone, item, ++number, m.title, iso_or_nothing(m.day), iso_or_nothing(m.done_on));
}

std::vector<Item> items(db::Tx& tx, core::TenantId tenant, const ItemFilter& filter, int count) {
    db::Condition c;
    c.text = "i.tenant_id = " + c.bind(tenant.value) +
             " AND i.kind = " + c.bind(std::string(db::Names<Kind>::words[std::size_t(filter.kind)]));
    if (filter.procedure) c.text += " AND i.procedure_id <> 0 AND i.procedure_id = " + c.bind(filter.procedure.value);
    if (filter.published_only)
        c.text += filter.procedure ? " AND i.state = 'published'"
                                   : " AND i.state = 'published' AND EXISTS (SELECT 1 FROM core_procedure AS p"
                                     " WHERE p.id = i.procedure_id AND p.state <> 'draft')";
    if (filter.after) c.text += " AND i.id < " + c.bind(filter.after.value);
    const auto limit = c.bind(std::int64_t{count});
    return tx.all_built_with<Item>(
        "SELECT " ANSWERS_COLUMNS " FROM answers_item i WHERE " + c.text + " ORDER BY i.id DESC LIMIT " + limit,
        c.values);
}

std::optional<Item> summary_of(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure) {
    return tx.one<Item>(select_summary, tenant, procedure);
}

std::vector<Item> blocks(db::Tx& tx, core::TenantId tenant, core::OrganisationId organisation, bool all) {
    return tx.all<Item>(select_blocks, tenant, std::int64_t{all}, organisation);
}

std::vector<Item> items_about(db::Tx& tx, ContributionId contribution) {
    return tx.all<Item>(select_about, contribution);
}

std::vector<Item> measures_of(db::Tx& tx, ItemId outcome) { return tx.all<Item>(select_measures, outcome); }

std::int64_t count_links(db::Tx& tx, ItemId item) { return tx.value<std::int64_t>(count_linked, item); }

std::map<ItemId, std::int64_t> link_counts(db::Tx& tx, core::ProcedureId procedure) {
    std::map<ItemId, std::int64_t> counts;
    for (const auto& row : tx.all<LinkCount>(count_linked_each, procedure)) counts[row.item] = row.count;
    return counts;
}

std::vector<Linked> linked(db::Tx& tx, ItemId item, ContributionId after, int count) {
    return tx.all<Linked>(select_linked, item, after, count);
}

std::vector<Item> handed_in(db::Tx& tx, core::TenantId tenant, int count) {
    return tx.all<Item>(select_handed_in, tenant, count);
}

void each_published(db::Tx& tx, core::TenantId tenant, const std::function<bool(Item&&)>& use) {
    tx.each<Item>(select_published, use, tenant);
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        list.push_back({{"text", row.what}, {"changed", to_iso(row.at)}});
    for (const auto& row : tx.all<OfPerson>(select_batches_of, account))
        list.push_back({{"status_set", row.what}, {"at", to_iso(row.at)}});
    for (const auto& row : tx.all<MergeOfPerson>(select_merges_of, account))
        list.push_back({{"joined", row.id}, {"at", to_iso(row.at)}});
    return list;
}

void forget_person(db::Tx& tx, core::AccountId account) {
    tx.exec(forget_items, account);
    tx.exec(forget_batches, account);
    tx.exec(forget_merges, account);
}

}  // namespace mitwirken::answers
