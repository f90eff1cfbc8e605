// Every SQL statement of reports of barriers.
#include <nlohmann/json.hpp>

#include "modules/barriers/barriers.h"

#define BARRIERS_COLUMNS "id, state, page, body, name, email, language, answer, created_at, answered_at, answered_by"

namespace mitwirken::barriers {

namespace {

const db::Query insert_report{"barriers.insert", R"(
    INSERT INTO barriers_report (tenant_id, state, page, body, name, email, language, created_at)
    VALUES (:tenant, 'open', :page, :body, :name, :email, :language, :now) RETURNING id)"};
const db::Query select_report{"barriers.one", "SELECT " BARRIERS_COLUMNS R"(
    FROM barriers_report WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_list{"barriers.list", "SELECT " BARRIERS_COLUMNS R"(
    FROM barriers_report WHERE tenant_id = :tenant AND id < :before ORDER BY id DESC LIMIT :count)"};
const db::Query select_by_state{"barriers.by_state", "SELECT " BARRIERS_COLUMNS R"(
    FROM barriers_report WHERE tenant_id = :tenant AND state = :state AND id < :before
    ORDER BY id DESC LIMIT :count)"};
const db::Query count_of_open{"barriers.count_open", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM barriers_report WHERE tenant_id = :tenant AND state = 'open' LIMIT 1001) AS counted)"};
const db::Query update_answer{"barriers.answer", R"(
    UPDATE barriers_report SET state = 'answered', answer = :answer, answered_at = :now, answered_by = :by
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query delete_report{"barriers.delete", "DELETE FROM barriers_report WHERE tenant_id = :tenant AND id = :id"};
const db::Query delete_old{"barriers.delete_old", R"(
    DELETE FROM barriers_report WHERE tenant_id = :tenant AND created_at < :since
        AND (answered_at IS NULL OR answered_at < :since))"};
const db::Query select_any{"barriers.any", "SELECT 1 FROM barriers_report WHERE tenant_id = :tenant LIMIT 1"};
const db::Query select_answered_by{"barriers.answered_by", R"(
    SELECT id, answered_at, answer FROM barriers_report WHERE answered_by = :by ORDER BY id)"};
const db::Query select_sent_by{"barriers.sent_by", R"(
    SELECT r.page, r.body, r.name, r.email, r.answer, r.created_at FROM barriers_report r
    JOIN core_account a ON a.tenant_id = r.tenant_id AND a.email = r.email
    WHERE a.id = :account ORDER BY r.id)"};
const db::Query forget_answered_by{"barriers.forget_answered_by",
                                   "UPDATE barriers_report SET answered_by = 0 WHERE answered_by = :by"};
const db::Query forget_sent_by{"barriers.forget_sent_by", R"(
    UPDATE barriers_report SET name = '', email = ''
    WHERE EXISTS (SELECT 1 FROM core_account a
        WHERE a.id = :account AND a.tenant_id = barriers_report.tenant_id AND a.email = barriers_report.email))"};

struct Answered {
    ReportId id;
    std::optional<Timestamp> at;
    std::string answer;
};
struct Sent {
    std::string page, body, name, email, answer;
    Timestamp at;
};

}  // namespace

ReportId add(db::Tx& tx, core::TenantId tenant, const Report& r, Timestamp now) {
    return tx.value<ReportId>(insert_report, tenant, r.page, r.body, r.name, r.email, r.language, now);
}

std::optional<Report> find(db::Tx& tx, core::TenantId tenant, ReportId id) {
    return tx.one<Report>(select_report, tenant, id);
}

std::vector<Report> list(db::Tx& tx, core::TenantId tenant, std::optional<State> state, ReportId before, int count) {
    const ReportId end = before ? before : ReportId{std::numeric_limits<std::int64_t>::max()};
    return state ? tx.all<Report>(select_by_state, tenant, *state, end, count)
                 : tx.all<Report>(select_list, tenant, end, count);
}

std::int64_t count_open(db::Tx& tx, core::TenantId tenant) { return tx.value<std::int64_t>(count_of_open, tenant); }

void answer(db::Tx& tx, core::TenantId tenant, ReportId id, const std::string& text, core::AccountId by,
            Timestamp now) {
    tx.exec(update_answer, text, now, by, tenant, id);
}

bool remove(db::Tx& tx, core::TenantId tenant, ReportId id) { return tx.exec(delete_report, tenant, id) > 0; }

std::int64_t remove_before(db::Tx& tx, core::TenantId tenant, Timestamp since) {
    return tx.exec(delete_old, tenant, since);
}

bool any(db::Tx& tx, core::TenantId tenant) { return tx.one<std::int64_t>(select_any, tenant).has_value(); }

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto all = nlohmann::json::array();
    for (const auto& row : tx.all<Answered>(select_answered_by, account))
        all.push_back({{"barrier_answered", row.id.value},
                       {"answer", row.answer},
                       {"at", row.at ? nlohmann::json(to_iso(*row.at)) : nlohmann::json(nullptr)}});
    for (const auto& row : tx.all<Sent>(select_sent_by, account))
        all.push_back({{"barrier_reported", row.body},
                       {"page", row.page},
                       {"name", row.name},
                       {"email", row.email},
                       {"answer", row.answer},
                       {"at", to_iso(row.at)}});
    return all;
}

void forget_person(db::Tx& tx, core::AccountId account) {
    tx.exec(forget_sent_by, account);
    tx.exec(forget_answered_by, account);
}

}  // namespace mitwirken::barriers
