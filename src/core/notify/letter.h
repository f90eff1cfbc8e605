// The mails people get: plain words, one button, text and HTML that say the same. Nothing is loaded from anywhere, so
// opening a mail tells nobody.
#pragma once

#include "core/notify/notify.h"
#include "core/tenants/tenants.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::core {

// A list in a mail: what happened in one procedure, say.
struct LetterPart {
    std::string heading;
    struct Line {
        std::string title, url, text;  // url absolute, text may be empty
    };
    std::vector<Line> lines;
    std::string more;  // below the list: "and 12 more"
};

struct Letter {
    std::string subject;
    std::string hello;               // "" = "Guten Tag,"
    std::vector<std::string> words;  // paragraphs
    std::vector<LetterPart> parts = {};
    std::string url, button;  // absolute; "" = no button
    std::string footer;       // why the person gets it, and how it ends
    struct Link {
        std::string label, url;
    };
    std::vector<Link> footer_links = {};
    Message kind = {};  // what it is for, without arguments
};
// In the language of the reader, signed with the site's name.
NewMail compose(const i18n::Language& language, const Tenant& tenant, const std::string& to, const Letter& letter);

}  // namespace mitwirken::core
