// One mail as the bytes that travel: built by GMime, the same for the SMTP server and for the outbox folder.
// Invariant: nothing in a Mail can add a header or a recipient; what would (line breaks, control characters, several
// addresses) throws std::invalid_argument before anything is built.
#pragma once

#include <string>

#include "platform/mail/mail.h"

namespace mitwirken::mail {

// Starts GMime, once; every function that uses it calls this first.
void start_gmime();

// The bare address of "MitWIRken <mitwirken@example.org>"; throws std::invalid_argument when it is not exactly one.
std::string bare_address(const std::string& mailbox);

// RFC 5322 with CR LF line ends.
std::string build(const Mail& mail, const std::string& from, Timestamp now);

}  // namespace mitwirken::mail
