// See letter.h.
#include "core/notify/letter.h"

#include "core/templates.h"
#include "platform/html/html.h"

namespace mitwirken::core {

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
    if (!letter.url.empty()) {
        text += letter.button + ":\n" + letter.url + "\n\n";
        values.add(t::ACTION).set(t::URL, letter.url).set(t::BUTTON, letter.button);
    }
    text += tenant.site_name + "\n" + tenant.name + "\n";
    values.set(t::TENANT, tenant.name);
    if (!letter.footer.empty()) {
        text += "\n-- \n" + letter.footer + "\n";
        values.add(t::FOOTER).set(t::WORDS, letter.footer);
    }
    return {to, letter.subject, text, html::render(t::file, values, language), letter.kind};
}

}  // namespace mitwirken::core
