// Terms as filters in the addresses of pages, widgets and feeds.
#include "core/taxonomy/taxonomy.h"
#include "core/visit.h"

namespace mitwirken::core {

std::vector<TermId> terms_in_address(Visit& visit) {
    std::vector<TermId> ids;
    for (const auto& [name, tree] : {std::pair{"bezirk", "district"}, std::pair{"thema", "topic"}}) {
        const std::string& key = visit.query[name];
        if (key.empty()) continue;
        const auto term = find_term(visit.tx, visit.tenant.id, tree, key);
        if (!term) throw NotFound();
        ids.push_back(term->id);
    }
    return ids;
}

}  // namespace mitwirken::core
