// The mails people get: plain words, one button, text and HTML that say the same. Nothing is loaded from anywhere, so
// opening a mail tells nobody.
#pragma once

#include "core/notify/notify.h"
#include "core/tenants/tenants.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::core {

struct Letter {
    std::string subject;
    std::string hello;               // "" = "Guten Tag,"
    std::vector<std::string> words;  // paragraphs
    std::string url, button;         // absolute; "" = no button
    std::string footer;              // why the person gets it, and how it ends
    Message kind = {};               // what it is for, without arguments
};
// In the language of the reader, signed with the site's name.
NewMail compose(const i18n::Language& language, const Tenant& tenant, const std::string& to, const Letter& letter);

}  // namespace mitwirken::core
