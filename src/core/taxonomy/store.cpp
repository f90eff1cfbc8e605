// Terms and what is classified by them.
#include <nlohmann/json.hpp>

#include "core/taxonomy/taxonomy.h"
#include "core/visit.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

const db::Query select_terms{"core.terms", R"(
    SELECT id, tree, key, name, name_en, icon, colour, position, lon, lat, outline, retired FROM core_term
    WHERE tenant_id = :tenant AND tree = :tree ORDER BY position, id)"};
const db::Query select_term{"core.term", R"(
    SELECT id, tree, key, name, name_en, icon, colour, position, lon, lat, outline, retired FROM core_term
    WHERE tenant_id = :tenant AND tree = :tree AND key = :key)"};
const db::Query insert_term{"core.term_insert", R"(
    INSERT INTO core_term (tenant_id, tree, key, name, name_en, icon, colour, position, lon, lat, outline, retired)
    VALUES (:tenant, :tree, :key, :name, :name_en, :icon, :colour, :position, :lon, :lat, :outline, :retired)
    RETURNING id)"};
const db::Query update_term{"core.term_update", R"(
    UPDATE core_term SET name = :name, name_en = :name_en, icon = :icon, colour = :colour, position = :position,
        lon = :lon, lat = :lat, outline = :outline, retired = :retired WHERE tenant_id = :tenant AND id = :id)"};
const db::Query clear_classification{"core.classification_clear", R"(
    DELETE FROM core_classification WHERE tenant_id = :tenant AND module = :module AND item = :item)"};
const db::Query insert_classification{"core.classification_insert", R"(
    INSERT INTO core_classification (tenant_id, module, item, term_id)
    SELECT :tenant, :module, :item, id FROM core_term WHERE id = :term AND tenant_id = :same_tenant
    ON CONFLICT DO NOTHING)"};
const db::Query select_terms_of{"core.terms_of", R"(
    SELECT t.id, t.tree, t.key, t.name, t.name_en, t.icon, t.colour, t.position, t.lon, t.lat, t.outline, t.retired
    FROM core_classification c JOIN core_term t ON t.id = c.term_id
    WHERE c.tenant_id = :tenant AND c.module = :module AND c.item = :item ORDER BY t.tree, t.position, t.id)"};

const db::Query select_items{"core.classification_items", R"(
    SELECT item FROM core_classification WHERE tenant_id = :tenant AND module = :module AND term_id = :term
    LIMIT :count)"};

constexpr std::size_t most_few = 256;

// "(:p3, :p4, …)". The number is rounded up to a few lengths, so that only a few texts are prepared.
std::string bind_list(const std::vector<std::int64_t>& items, std::vector<db::Parameter>& parameters) {
    std::size_t places = 1;
    while (places < items.size()) places *= 2;
    std::string list = "(";
    for (std::size_t i = 0; i < places; ++i) {
        parameters.emplace_back(items.empty() ? std::int64_t{-1} : items[std::min(i, items.size() - 1)]);
        list += (i > 0 ? ", :p" : ":p") + std::to_string(parameters.size());
    }
    return list + ")";
}

}  // namespace

std::vector<Term> terms(db::Tx& tx, TenantId tenant, const std::string& tree) {
    return tx.all<Term>(select_terms, tenant, tree);
}

std::shared_ptr<const std::vector<Term>> terms(Visit& visit, const std::string& tree) {
    return visit.remembered<std::vector<Term>>("tenant", "terms." + tree, {},
                                               [&] { return terms(visit.tx, visit.tenant.id, tree); });
}

std::optional<Term> find_term(db::Tx& tx, TenantId tenant, const std::string& tree, const std::string& key) {
    return tx.one<Term>(select_term, tenant, tree, key);
}

TermId add_term(db::Tx& tx, TenantId tenant, const Term& term) {
    return tx.value<TermId>(insert_term, tenant, term.tree, term.key, term.name, term.name_en, term.icon, term.colour,
                            term.position, term.lon, term.lat, term.outline, term.retired);
}

void save_term(db::Tx& tx, TenantId tenant, const Term& term) {
    tx.exec(update_term, term.name, term.name_en, term.icon, term.colour, term.position, term.lon, term.lat,
            term.outline, term.retired, tenant, term.id);
}

std::vector<geo::Point> outline_of(const Term& term) {
    std::vector<geo::Point> ring;
    const auto json = nlohmann::json::parse(term.outline, nullptr, false);
    if (!json.is_array()) return ring;
    for (const auto& pair : json)
        if (pair.is_array() && pair.size() == 2 && pair[0].is_number() && pair[1].is_number())
            ring.push_back({pair[0].get<double>(), pair[1].get<double>()});
    return ring;
}

void classify(db::Tx& tx, TenantId tenant, const Ref& ref, const std::vector<TermId>& terms) {
    tx.exec(clear_classification, tenant, ref.module, ref.item);
    for (const auto term : terms) tx.exec(insert_classification, tenant, ref.module, ref.item, term, tenant);
}

std::vector<Term> terms_of(db::Tx& tx, TenantId tenant, const Ref& ref) {
    return tx.all<Term>(select_terms_of, tenant, ref.module, ref.item);
}

std::vector<ItemTerm> terms_of(db::Tx& tx, TenantId tenant, const std::string& module,
                               const std::vector<std::int64_t>& items) {
    if (items.empty()) return {};
    std::vector<db::Parameter> parameters{tenant.value, module};
    const std::string sql =
        "SELECT item, term_id FROM core_classification WHERE tenant_id = :p1 AND module = :p2 AND item IN " +
        bind_list(items, parameters) + " ORDER BY item, term_id";
    return tx.all_built_with<ItemTerm>(sql, parameters);
}

TermCondition bears_term(db::Tx& tx, TenantId tenant, const std::string& module, TermId term, const std::string& id,
                         std::vector<db::Parameter>& parameters) {
    const auto items = tx.all<std::int64_t>(select_items, tenant, module, term, std::int64_t(most_few) + 1);
    if (items.size() <= most_few) return {" AND " + id + " IN " + bind_list(items, parameters), true};
    parameters.emplace_back(module);
    const std::string name = ":p" + std::to_string(parameters.size());
    parameters.emplace_back(term.value);
    return {" AND EXISTS (SELECT 1 FROM core_classification c WHERE c.module = " + name + " AND c.item = " + id +
                " AND c.term_id = :p" + std::to_string(parameters.size()) + ")",
            false};
}

}  // namespace mitwirken::core
