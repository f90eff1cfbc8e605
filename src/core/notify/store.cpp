// Mail rows and their delivery; see notify.h.
#include "core/house.h"
#include "core/notify/notify.h"
#include "platform/db/db.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::core {

namespace {

struct Row {
    TenantId tenant;
    std::string to, subject, text, html, list_unsubscribe;
};

const db::Query insert_mail{"core.mail_insert", R"(
    INSERT INTO core_mail (tenant_id, recipient, subject, text, html, kind, list_unsubscribe, created_at)
    VALUES (:tenant, :recipient, :subject, :text, :html, :kind, :unsubscribe, :now) RETURNING id)"};
const db::Query select_mail{"core.mail_select", R"(
    SELECT tenant_id, recipient, subject, text, html, list_unsubscribe FROM core_mail
    WHERE id = :id AND sent_at IS NULL AND given_up_at IS NULL)"};
const db::Query empty_mail{"core.mail_sent", R"(
    UPDATE core_mail SET sent_at = :now, recipient = '', subject = '', text = '', html = '', list_unsubscribe = ''
    WHERE id = :id)"};
const db::Query give_up{"core.mail_give_up", R"(
    UPDATE core_mail SET given_up_at = :now, error = :error, recipient = '', subject = '', text = '', html = '',
        list_unsubscribe = ''
    WHERE id = :id AND sent_at IS NULL)"};
const db::Query select_given_up{"core.mail_given_up", R"(
    SELECT kind, error FROM core_mail WHERE id = :id AND given_up_at IS NOT NULL)"};
const db::Query count_waiting{"core.mail_waiting", R"(
    SELECT COUNT(*) FROM core_mail WHERE sent_at IS NULL AND given_up_at IS NULL)"};

}  // namespace

void send_mail(db::Tx& tx, TenantId tenant, const NewMail& mail, Timestamp now) {
    const auto id = tx.value<std::int64_t>(insert_mail, tenant, mail.to, mail.subject, mail.text, mail.html,
                                           mail.kind.id, mail.list_unsubscribe, now);
    jobs::enqueue(tx, {.kind = "mail.send", .payload = std::to_string(id), .run_at = now, .tenant = tenant.value}, now);
}

void deliver_mail(const House& house, mail::Sender& sender, std::int64_t id) {
    std::optional<Row> mail;
    house.database->read([&](db::Tx& tx) { mail = tx.one<Row>(select_mail, id); });
    if (!mail) return;
    sender.send({.to = mail->to,
                 .subject = mail->subject,
                 .text = mail->text,
                 .html = mail->html,
                 .shelf = outbox_shelf(mail->tenant),
                 .list_unsubscribe = mail->list_unsubscribe},
                house.clock->now());
    house.database->write([&](db::Tx& tx) { tx.exec(empty_mail, house.clock->now(), id); });
}

void give_up_mail(const House& house, std::int64_t id, const std::string& error) {
    house.database->write([&](db::Tx& tx) { tx.exec(give_up, house.clock->now(), error, id); });
}

std::optional<GivenUpMail> given_up_mail(db::Tx& tx, std::int64_t id) {
    return tx.one<GivenUpMail>(select_given_up, id);
}

std::string outbox_shelf(TenantId tenant) { return std::to_string(tenant.value); }

std::int64_t mails_waiting(db::Tx& tx) { return tx.value<std::int64_t>(count_waiting); }

}  // namespace mitwirken::core
