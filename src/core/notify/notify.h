// Mails to people: written in the transaction that has the reason, sent by a job afterwards ("mail.send"). What was
// sent, or given up, keeps no recipient and no text; of what was given up administrators see its kind and the error.
#pragma once

#include <optional>
#include <string>

#include "core/ids.h"
#include "platform/base/message.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"
#include "platform/mail/mail.h"

namespace mitwirken::core {

struct House;

struct NewMail {
    std::string to, subject, text, html;
    Message kind = {};                  // what it is for, without arguments: "Invitation"
    std::string list_unsubscribe = {};  // absolute address: one click in the mail program ends such mails (RFC 8058)
};
void send_mail(db::Tx& tx, TenantId tenant, const NewMail& mail, Timestamp now);
// The job's work: sends the row with this id and empties it.
void deliver_mail(const House& house, mail::Sender& sender, std::int64_t id);
// The last attempt has failed.
void give_up_mail(const House& house, std::int64_t id, const std::string& error);
struct GivenUpMail {
    std::string kind;  // English text of the message; "" when it was not said
    std::string error;
};
std::optional<GivenUpMail> given_up_mail(db::Tx& tx, std::int64_t id);
// Where the outbox keeps the mails of a municipality: its administrators see no others.
std::string outbox_shelf(TenantId tenant);
std::int64_t mails_waiting(db::Tx& tx);

}  // namespace mitwirken::core
