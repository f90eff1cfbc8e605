// The hash chain of what was done; see audit.h.
#include <fmt/format.h>

#include "core/audit/audit.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace mitwirken::core {

namespace {

struct Head {
    std::int64_t number;
    std::string hash;
};

// One statement that takes the row (and so the chain) and gives what it held: the new number is one higher.
const db::Query take_head{"core.audit_take_head", R"(
    INSERT INTO core_audit_head (tenant_id, number, hash) VALUES (:tenant, 1, '')
    ON CONFLICT (tenant_id) DO UPDATE SET number = core_audit_head.number + 1 RETURNING number, hash)"};
const db::Query put_head{"core.audit_put_head", "UPDATE core_audit_head SET hash = :hash WHERE tenant_id = :tenant"};
const db::Query insert_entry{"core.audit_insert", R"(
    INSERT INTO core_audit (tenant_id, number, at, account_id, action, module, item, details, previous_hash, hash)
    VALUES (:tenant, :number, :at, :by, :action, :module, :item, :details, :previous, :hash))"};
const db::Query select_chain{"core.audit_chain", R"(
    SELECT id, tenant_id, number, at, account_id, action, module, item, details, previous_hash, hash FROM core_audit
    WHERE tenant_id = :tenant ORDER BY number)"};
const db::Query select_head{"core.audit_head", "SELECT number, hash FROM core_audit_head WHERE tenant_id = :tenant"};

// Lengths in front of the parts: no two different entries give the same text.
std::string hash_of(const AuditEntry& e) {
    const auto part = [](std::string_view text) { return fmt::format("{}:{};", text.size(), text); };
    return crypto::sha256_hex(
        fmt::format("{};{};{};{};{};", e.tenant, e.number, e.at.time_since_epoch().count(), e.by.value, e.item) +
        part(e.action) + part(e.module) + part(e.details) + part(e.previous_hash));
}

}  // namespace

void audit(db::Tx& tx, TenantId tenant, AccountId by, std::string_view action, const Ref& ref,
           const std::string& details, Timestamp now) {
    const Head head = tx.value<Head>(take_head, tenant);
    AuditEntry entry{0,          tenant.value, head.number, now,       by, std::string(action),
                     ref.module, ref.item,     details,     head.hash, ""};
    entry.hash = hash_of(entry);
    tx.exec(insert_entry, tenant, entry.number, now, by, entry.action, entry.module, entry.item, details,
            entry.previous_hash, entry.hash);
    tx.exec(put_head, entry.hash, tenant);
}

std::vector<AuditEntry> audit_entries(db::Tx& tx, TenantId tenant, const AuditFilter& filter, int count) {
    std::vector<db::Parameter> values;
    const auto bind = [&](db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    };
    std::string sql =
        "SELECT id, tenant_id, number, at, account_id, action, module, item, details, previous_hash, hash"
        " FROM core_audit WHERE tenant_id = " +
        bind(tenant.value);
    if (filter.before > 0) sql += " AND number < " + bind(filter.before);
    if (!filter.action.empty()) sql += " AND action = " + bind(filter.action);
    if (!filter.module.empty()) sql += " AND module = " + bind(filter.module);
    if (filter.by) sql += " AND account_id = " + bind(filter.by.value);
    // The chain is written in the order of time, so a day is a range of numbers; each end is one look into the index.
    const auto edge = [&](const char* compare, const char* order, Timestamp at) {
        return std::string("(SELECT number FROM core_audit WHERE tenant_id = ") + bind(tenant.value) + " AND at " +
               compare + " " + bind(at.time_since_epoch().count()) + " ORDER BY at" + order + ", number" + order +
               " LIMIT 1)";
    };
    if (filter.from) sql += " AND number >= " + edge(">=", "", *filter.from);
    if (filter.until) sql += " AND number <= " + edge("<", " DESC", *filter.until);
    sql += " ORDER BY number DESC LIMIT " + bind(std::int64_t{count});
    return tx.all_built_with<AuditEntry>(sql, values);
}

std::map<std::int64_t, std::string> titles_of(db::Tx& tx, TenantId tenant, std::string_view table,
                                              std::string_view column, const std::vector<std::int64_t>& items) {
    struct Line {
        std::int64_t id;
        std::string title;
    };
    constexpr std::size_t places = 60;  // always as many, so that one statement is kept prepared for each table
    std::map<std::int64_t, std::string> titles;
    if (items.empty()) return titles;
    std::string sql = "SELECT id, " + std::string(column) + " FROM " + std::string(table) + " WHERE tenant_id = :p1";
    std::vector<db::Parameter> values{tenant.value};
    for (std::size_t i = 0; i < places; ++i) {
        values.push_back(items[std::min(i, items.size() - 1)]);
        sql += (i == 0 ? " AND id IN (:p" : ", :p") + std::to_string(values.size());
    }
    for (auto& line : tx.all_built_with<Line>(sql + ")", values)) titles[line.id] = std::move(line.title);
    return titles;
}

std::string check_audit(db::Tx& tx, TenantId tenant) {
    std::string previous, problem;
    std::int64_t number = 0;
    tx.each<AuditEntry>(
        select_chain,
        [&](AuditEntry&& entry) {
            ++number;
            if (entry.number != number)
                problem = fmt::format("entry {} is missing", number);
            else if (entry.previous_hash != previous)
                problem = fmt::format("entry {} does not follow its predecessor", number);
            else if (hash_of(entry) != entry.hash)
                problem = fmt::format("entry {} was changed", number);
            previous = entry.hash;
            return problem.empty();
        },
        tenant);
    if (!problem.empty()) return problem;
    const auto head = tx.one<Head>(select_head, tenant);
    if (head && (head->number != number || head->hash != previous))
        return fmt::format("entries after {} are missing", number);
    return "";
}

}  // namespace mitwirken::core
