// Rows of reports. A report that becomes public, or stops being so, changes the figures of its format in the list.
#include <nlohmann/json.hpp>

#include "core/attachments/attachments.h"
#include "modules/toolbox/toolbox.h"
#include "platform/db/db.h"

namespace mitwirken::toolbox {

namespace {

#define REPORT_COLUMNS                                                                                              \
    "id, format_id, state, title, occasion, date_text, participants, went_well, went_badly, advice, organisation, " \
    "owner_id, author_id, contact_name, contact_email, version, created_at, changed_at, published_at, origin"

const db::Query select_report{"toolbox.report",
                              "SELECT " REPORT_COLUMNS " FROM toolbox_report WHERE tenant_id = :tenant AND id = :id"};
const db::Query select_of_format{"toolbox.reports_of",
                                 "SELECT " REPORT_COLUMNS
                                 " FROM toolbox_report WHERE format_id = :format AND "
                                 "state = 'published' ORDER BY published_at DESC, id DESC LIMIT :count"};
const db::Query select_by_author{"toolbox.reports_by", "SELECT " REPORT_COLUMNS
                                                       " FROM toolbox_report WHERE author_id = :author "
                                                       "ORDER BY id DESC LIMIT :count"};
const db::Query insert_report{"toolbox.report_insert", R"(
    INSERT INTO toolbox_report (tenant_id, format_id, state, title, occasion, date_text, participants, went_well,
        went_badly, advice, organisation, owner_id, author_id, contact_name, contact_email, version, created_at,
        changed_at, published_at, origin)
    VALUES (:tenant, :format, :state, :title, :occasion, :date_text, :participants, :well, :badly, :advice,
        :organisation, :owner, :author, :contact_name, :contact_email, 0, :created_at, :changed_at, :published_at,
        :origin)
    RETURNING id)"};
const db::Query insert_confirmation{"toolbox.confirmation_insert", R"(
    INSERT INTO toolbox_confirmation (report_id, tenant_id, token_hash, expires_at)
    VALUES (:report, :tenant, :hash, :until))"};
const db::Query select_unconfirmed{"toolbox.confirmation", R"(
    SELECT report_id FROM toolbox_confirmation
    WHERE tenant_id = :tenant AND token_hash = :hash AND expires_at > :now)"};
const db::Query delete_confirmation{"toolbox.confirmation_delete", R"(
    DELETE FROM toolbox_confirmation WHERE tenant_id = :tenant AND report_id = :report)"};
const db::Query delete_unconfirmed{"toolbox.report_delete_unconfirmed", R"(
    DELETE FROM toolbox_report WHERE tenant_id = :tenant AND id = :report AND state = 'unconfirmed')"};
const db::Query empty_contact{"toolbox.report_forget_contact", R"(
    UPDATE toolbox_report SET contact_name = '', contact_email = '' WHERE tenant_id = :tenant AND id = :report)"};
const db::Query update_report{"toolbox.report_update", R"(
    UPDATE toolbox_report SET format_id = :format, state = :state, title = :title, occasion = :occasion,
        date_text = :date_text, participants = :participants, went_well = :well, went_badly = :badly, advice = :advice,
        organisation = :organisation, owner_id = :owner, contact_name = :contact_name, contact_email = :contact_email,
        changed_at = :changed_at, published_at = :published_at
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query update_version{"toolbox.report_version", "UPDATE toolbox_report SET version = :version WHERE id = :id"};
const db::Query update_state{"toolbox.report_state", R"(
    UPDATE toolbox_report SET state = :state, published_at = COALESCE(published_at, :published_at), changed_at = :now
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query format_of{"toolbox.report_format", R"(
    SELECT COALESCE(format_id, 0) FROM toolbox_report WHERE tenant_id = :tenant AND id = :id)"};
const db::Query count_in_state{"toolbox.reports_in_state", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM toolbox_report WHERE tenant_id = :tenant AND state = :state LIMIT 1001) AS counted)"};

const db::Query select_of_person{"toolbox.formats_of_person", R"(
    SELECT title, created_at FROM toolbox_format WHERE created_by = :account ORDER BY id)"};
const db::Query forget_in_reports{"toolbox.reports_forget", R"(
    UPDATE toolbox_report SET author_id = 0, contact_name = '', contact_email = '' WHERE author_id = :account)"};
const db::Query forget_in_formats{"toolbox.formats_forget", R"(
    UPDATE toolbox_format SET created_by = 0 WHERE created_by = :account)"};

ReportId insert(db::Tx& tx, TenantId tenant, const Report& r) {
    return tx.value<ReportId>(insert_report, tenant, r.format, r.state, r.title, r.occasion, r.date_text,
                              r.participants, r.went_well, r.went_badly, r.advice, r.organisation, r.owner, r.author,
                              r.contact_name, r.contact_email, r.created_at, r.changed_at, r.published_at, r.origin);
}

struct OfPerson {
    std::string title;
    Timestamp created_at;
};

}  // namespace

void save_report(db::Tx& tx, TenantId tenant, Report& report, AccountId by, const std::string& comment, Timestamp now) {
    report.changed_at = now;
    if (report.state == ReportState::published && !report.published_at) report.published_at = now;
    FormatId before;
    if (!report.id) {
        report.created_at = now;
        report.id = insert(tx, tenant, report);
    } else {
        before = tx.one<FormatId>(format_of, tenant, report.id).value_or(FormatId{});
        tx.exec(update_report, report.format, report.state, report.title, report.occasion, report.date_text,
                report.participants, report.went_well, report.went_badly, report.advice, report.organisation,
                report.owner, report.contact_name, report.contact_email, report.changed_at, report.published_at, tenant,
                report.id);
    }
    report.version = core::add_revision(tx, tenant, ref_of(report.id), snapshot(report), by, comment, now);
    tx.exec(update_version, report.version, report.id);
    if (report.format) refresh(tx, tenant, *report.format, now);
    if (before && before != report.format.value_or(FormatId{})) refresh(tx, tenant, before, now);
}

void set_report_state(db::Tx& tx, TenantId tenant, ReportId id, ReportState state, Timestamp now) {
    const std::optional<Timestamp> published = state == ReportState::published ? std::optional(now) : std::nullopt;
    tx.exec(update_state, state, published, now, tenant, id);
    const auto format = tx.one<FormatId>(format_of, tenant, id);
    if (format && *format) refresh(tx, tenant, *format, now);
}

std::optional<Report> find_report(db::Tx& tx, TenantId tenant, ReportId id) {
    return tx.one<Report>(select_report, tenant, id);
}

std::vector<Report> reports_of(db::Tx& tx, FormatId format, int count) {
    return tx.all<Report>(select_of_format, format, count);
}

std::vector<Report> managed_reports(db::Tx& tx, TenantId tenant, const ReportFilter& filter, ReportId before,
                                    int count) {
    std::string sql = "SELECT " REPORT_COLUMNS " FROM toolbox_report WHERE tenant_id = :p1 AND state <> 'unconfirmed'";
    std::vector<db::Parameter> values{tenant.value};
    const auto bind = [&](db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    };
    if (filter.state) sql += " AND state = " + bind(std::string(to_word(*filter.state)));
    if (filter.owner) sql += " AND owner_id = " + bind(filter.owner->value);
    if (before)
        sql +=
            " AND (changed_at, id) < (SELECT changed_at, id FROM toolbox_report WHERE id = " + bind(before.value) + ")";
    sql += " ORDER BY changed_at DESC, id DESC LIMIT " + bind(std::int64_t{count});
    return tx.all_built_with<Report>(sql, values);
}

void await_confirmation(db::Tx& tx, TenantId tenant, Report& report, const std::string& token_hash, Timestamp until,
                        Timestamp now) {
    report.state = ReportState::unconfirmed;
    report.created_at = report.changed_at = now;
    report.id = insert(tx, tenant, report);
    tx.exec(insert_confirmation, report.id, tenant, token_hash, until);
}

std::optional<Report> find_unconfirmed(db::Tx& tx, TenantId tenant, const std::string& token_hash, Timestamp now) {
    const auto id = tx.one<ReportId>(select_unconfirmed, tenant, token_hash, now);
    return id ? find_report(tx, tenant, *id) : std::nullopt;
}

void forget_confirmation(db::Tx& tx, TenantId tenant, ReportId report) { tx.exec(delete_confirmation, tenant, report); }

void remove_unconfirmed(db::Tx& tx, TenantId tenant, ReportId report, Timestamp now) {
    const auto found = find_report(tx, tenant, report);
    if (!found || found->state != ReportState::unconfirmed) return;
    for (const auto& file : core::attachments(tx, tenant, ref_of(report))) core::detach(tx, tenant, file.id, now);
    forget_confirmation(tx, tenant, report);
    tx.exec(delete_unconfirmed, tenant, report);
}

void forget_contact(db::Tx& tx, TenantId tenant, ReportId report) { tx.exec(empty_contact, tenant, report); }

std::vector<Report> reports_by(db::Tx& tx, AccountId author, int count) {
    return tx.all<Report>(select_by_author, author, count);
}

std::int64_t count_reports(db::Tx& tx, TenantId tenant, ReportState state) {
    return tx.value<std::int64_t>(count_in_state, tenant, state);
}

nlohmann::json export_person(db::Tx& tx, AccountId account) {
    auto formats = nlohmann::json::array(), reports = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        formats.push_back({{"format", row.title}, {"created", to_iso(row.created_at)}});
    for (const auto& report : reports_by(tx, account, 10000))
        reports.push_back({{"title", report.title},
                           {"created", to_iso(report.created_at)},
                           {"went_well", report.went_well},
                           {"went_badly", report.went_badly},
                           {"advice", report.advice},
                           {"contact_name", report.contact_name},
                           {"contact_email", report.contact_email}});
    return {{"formats", formats}, {"reports", reports}};
}

void forget_person(db::Tx& tx, AccountId account) {
    tx.exec(forget_in_reports, account);
    tx.exec(forget_in_formats, account);
}

}  // namespace mitwirken::toolbox
