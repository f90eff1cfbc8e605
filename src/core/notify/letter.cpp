// See letter.h.
#include "core/notify/letter.h"

#include "core/templates.h"
#include "platform/html/html.h"

namespace mitwirken::core {

namespace {

void add_parts(std::string& text, html::Values& values, const Letter& letter) {
    namespace t = tpl::letter;
    for (const auto& part : letter.parts) {
        text += part.heading + "\n\n";
        auto box = values.add(t::PART).set(t::HEADING, part.heading);
        for (const auto& line : part.lines) {
            text += "* " + line.title + "\n" + (line.text.empty() ? "" : "  " + line.text + "\n") + "  " + line.url +
                    "\n\n";
            auto item = box.add(t::LINE).set(t::URL, line.url).set(t::TITLE, line.title);
            if (!line.text.empty()) item.add(t::MORE_OF_IT).set(t::WORDS, line.text);
        }
        if (part.more.empty()) continue;
        text += part.more + "\n\n";
        box.add(t::MORE).set(t::WORDS, part.more);
    }
}

}  // namespace

NewMail compose(const i18n::Language& language, const Tenant& tenant, const std::string& to, const Letter& letter) {
    namespace t = tpl::letter;
    const std::string hello = letter.hello.empty() ? language.tr("Good day,") : letter.hello;
    std::string text = hello + "\n\n";
    html::Values values;
    values.set(t::LANG, language.html_lang()).set(t::DIR, language.right_to_left() ? "rtl" : "ltr");
    values.set(t::SUBJECT, letter.subject).set(t::HELLO, hello).set(t::SITE, tenant.site_name);
    for (const auto& words : letter.words) {
        text += words + "\n\n";
        values.add(t::PARAGRAPH).set(t::WORDS, words);
    }
    add_parts(text, values, letter);
    if (!letter.url.empty()) {
        text += letter.button + ":\n" + letter.url + "\n\n";
        values.add(t::ACTION).set(t::URL, letter.url).set(t::BUTTON, letter.button);
    }
    text += tenant.site_name + "\n" + tenant.name + "\n";
    values.set(t::TENANT, tenant.name);
    if (!letter.footer.empty()) {
        text += "\n-- \n" + letter.footer + "\n";
        auto footer = values.add(t::FOOTER).set(t::WORDS, letter.footer);
        for (const auto& link : letter.footer_links) {
            text += link.label + ":\n" + link.url + "\n";
            footer.add(t::FOOTER_LINK).set(t::URL, link.url).set(t::TITLE, link.label);
        }
    }
    return {to, letter.subject, text, html::render(t::file, values, language), letter.kind};
}

}  // namespace mitwirken::core
