// The record of what was done: append-only (the database refuses UPDATE and DELETE), each line hashed together with the
// one before it, per tenant. `mitwirken check` recomputes the chain. Personal data stay out: accounts by id only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::core {

struct AuditEntry {
    std::int64_t id = 0, tenant = 0, number = 0;  // number: 1, 2, 3 … without gaps per tenant
    Timestamp at{};
    AccountId by;
    std::string action, module;
    std::int64_t item = 0;
    std::string details, previous_hash, hash;
};

void audit(db::Tx& tx, TenantId tenant, AccountId by, std::string_view action, const Ref& ref,
           const std::string& details, Timestamp now);
// Newest first.
struct AuditFilter {
    std::string action, module;
    AccountId by;
    std::optional<Timestamp> from, until;  // from this instant on, and before that one
    std::int64_t before = 0;
};
std::vector<AuditEntry> audit_entries(db::Tx& tx, TenantId tenant, const AuditFilter& filter, int count);
// What things of a table are called (its columns id, tenant_id and `column`, named by literals); of a page, so at most
// 60 items.
std::map<std::int64_t, std::string> titles_of(db::Tx& tx, TenantId tenant, std::string_view table,
                                              std::string_view column, const std::vector<std::int64_t>& items);
// "" when the chain is whole, else what is wrong and where.
std::string check_audit(db::Tx& tx, TenantId tenant);

}  // namespace mitwirken::core
