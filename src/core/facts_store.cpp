// See facts.h.
#include "core/facts.h"

#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

const db::Query upsert_fact{"core.fact_set", R"(
    INSERT INTO core_fact (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value)"};
const db::Query select_fact{"core.fact", "SELECT value FROM core_fact WHERE name = :name"};

}  // namespace

void set_fact(db::Tx& tx, const std::string& name, const std::string& value) { tx.exec(upsert_fact, name, value); }
std::optional<std::string> fact(db::Tx& tx, const std::string& name) { return tx.one<std::string>(select_fact, name); }

}  // namespace mitwirken::core
