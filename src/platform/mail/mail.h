// Sending mail. Text and HTML in one message (GMime builds it), by SMTP with TLS (libcurl), or, when no server is
// configured, into an outbox folder which administrators can read; both get the same bytes.
// Invariant: no value that comes from a person can add a header or a recipient (line breaks are refused).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/time.h"

namespace mitwirken::mail {

struct Options {
    std::string smtp_url;  // "smtp://host:587", "smtps://host:465"; "" = outbox folder
    std::string user, password;
    bool require_tls = true;  // false: TLS when the server offers it, with any certificate
    std::string ca_file;      // "" = the system's
    std::string from;         // "MitWIRken <mitwirken@example.org>"
    std::string outbox_folder;
    int timeout_seconds = 30;
};

struct Mail {
    std::string to;  // one address
    std::string subject, text, html;
    std::string reply_to;
    std::string message_id;        // without <>; made when ""
    std::string shelf;             // of the outbox: whose administrators may read it; "" = its top
    std::string list_unsubscribe;  // URL: adds List-Unsubscribe and List-Unsubscribe-Post (RFC 8058)
};

// "name@host.tld" as it can be delivered to (no display name, no line break, <= 254 bytes); nothing else.
bool is_address(const std::string& text);

class Sender {
public:
    virtual ~Sender() = default;
    // Throws std::runtime_error with the server's words (without the recipient); the job queue tries again. Throws
    // std::invalid_argument when the mail can never be sent: no single address, a line break in a header. Any thread.
    virtual void send(const Mail& mail, Timestamp now) = 0;
};
// Throws when the options make no sense.
std::unique_ptr<Sender> make_sender(const Options& options);

// A folder of the outbox (its top or a shelf), newest first: file name, date, recipient, subject; and one message with
// its parts.
struct OutboxEntry {
    std::string name, to, subject;
    Timestamp at;
};
std::vector<OutboxEntry> outbox(const std::string& folder, std::size_t count);
struct OutboxMail {
    OutboxEntry head;
    std::string text, html;
};
std::optional<OutboxMail> read_outbox(const std::string& folder, const std::string& name);

}  // namespace mitwirken::mail
