// The example's procedures, in the exchange format.
#include <nlohmann/json.hpp>

#include "core/example/example.h"
#include "core/procedures/transfer.h"
#include "core/procedures/words.h"
#include "modules/procedures/pages.h"

namespace mitwirken::procedures {

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    for (const char* name : {"procedures/smart-rhino.json"}) {
        const auto whole = core::read_whole(core::example_bytes(name));
        if (!whole)
            throw std::logic_error(std::string(name) + ": " +
                                   core::problems_in_words(i18n::english(), whole.problems()));
        const auto added = core::add_whole(house, tx, tenant, *whole, now);
        if (!added)
            throw std::logic_error(std::string(name) + ": " +
                                   core::problems_in_words(i18n::english(), added.problems()));
    }
}

}  // namespace mitwirken::procedures
