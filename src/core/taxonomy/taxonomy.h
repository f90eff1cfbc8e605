// Terms: one mechanism, several trees ("topic", "district", "tag"). Items of any module are classified by Ref.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "platform/base/time.h"
#include "platform/db/db.h"
#include "platform/geo/geo.h"

namespace mitwirken::core {

class Visit;

struct Term {
    TermId id;
    std::string tree, key, name, name_en, icon, colour;
    std::int64_t position = 0;
    std::optional<double> lon, lat;
    std::string outline;       // JSON array of [lon, lat], "" when it has no area
    std::int64_t retired = 0;  // kept for what is classified by it, not offered any more
    const std::string& name_in(const std::string& language) const {
        return language != "de" && language != "de-easy" && !name_en.empty() ? name_en : name;
    }
};
std::vector<Term> terms(db::Tx& tx, TenantId tenant, const std::string& tree);
// The same, read once and kept until the tenant changes: lists show them on every page.
std::shared_ptr<const std::vector<Term>> terms(Visit& visit, const std::string& tree);
std::optional<Term> find_term(db::Tx& tx, TenantId tenant, const std::string& tree, const std::string& key);
TermId add_term(db::Tx& tx, TenantId tenant, const Term& term);
void save_term(db::Tx& tx, TenantId tenant, const Term& term);
std::vector<geo::Point> outline_of(const Term& term);

// Replaces the classification of an item.
void classify(db::Tx& tx, TenantId tenant, const Ref& ref, const std::vector<TermId>& terms);
std::vector<Term> terms_of(db::Tx& tx, TenantId tenant, const Ref& ref);
// For a page of a list: all terms of these items in one query.
struct ItemTerm {
    std::int64_t item;
    TermId term;
};
std::vector<ItemTerm> terms_of(db::Tx& tx, TenantId tenant, const std::string& module,
                               const std::vector<std::int64_t>& items);

// The terms that a page's address names by bezirk= and thema=; NotFound for a word that is none.
std::vector<TermId> terms_in_address(Visit& visit);
// The condition of a built list for "bears this term"; `id` is the list's column, such as "a.id". When few items bear
// it, they are named one by one, and the list should begin with them: an order that is walked along past all the others
// would take the longer the fewer there are.
struct TermCondition {
    std::string sql;  // begins with " AND "
    bool few = false;
};
TermCondition bears_term(db::Tx& tx, TenantId tenant, const std::string& module, TermId term, const std::string& id,
                         std::vector<db::Parameter>& parameters);

}  // namespace mitwirken::core
