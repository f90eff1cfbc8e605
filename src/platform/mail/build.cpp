// Building of messages by GMime (encoding of umlauts, folding, quoted-printable are its work); see build.h.
#include "platform/mail/build.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::mail {

namespace {

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref<T>>;

bool has_control(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
}

// For values that stand in a header as they are.
bool is_visible_ascii(const std::string& text) {
    return !text.empty() && text.size() <= 900 && text.find_first_of("<>\"") == std::string::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 32 && c < 127; });
}

void check(const Mail& mail) {
    if (!is_address(mail.to)) throw std::invalid_argument("mail: not one address to send to");
    if (!mail.reply_to.empty() && !is_address(mail.reply_to)) throw std::invalid_argument("mail: reply-to");
    if (has_control(mail.subject) || !is_utf8(mail.subject)) throw std::invalid_argument("mail: subject");
    if (!mail.message_id.empty() &&
        (!is_visible_ascii(mail.message_id) || mail.message_id.find('@') == std::string::npos))
        throw std::invalid_argument("mail: message id");
    const auto& address = mail.list_unsubscribe;
    const bool web = starts_with(address, "https://") || starts_with(address, "http://");
    if (!address.empty() && (!web || !is_visible_ascii(address))) throw std::invalid_argument("mail: list-unsubscribe");
    if (mail.text.empty() && mail.html.empty()) throw std::invalid_argument("mail: nothing to say");
}

Owned<GMimeObject> part(const char* subtype, const std::string& content) {
    GMimeTextPart* text = g_mime_text_part_new_with_subtype(subtype);
    g_mime_text_part_set_charset(text, "utf-8");
    g_mime_text_part_set_text(text, clean(content).c_str());
    g_mime_part_set_content_encoding(GMIME_PART(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return Owned<GMimeObject>(GMIME_OBJECT(text));
}

Owned<GMimeObject> body(const Mail& mail) {
    if (mail.html.empty()) return part("plain", mail.text);
    if (mail.text.empty()) return part("html", mail.html);
    // The last one is the one the sender likes best (RFC 2046, 5.1.4).
    GMimeMultipart* both = g_mime_multipart_new_with_subtype("alternative");
    g_mime_multipart_add(both, part("plain", mail.text).get());
    g_mime_multipart_add(both, part("html", mail.html).get());
    return Owned<GMimeObject>(GMIME_OBJECT(both));
}

void set_mailbox(GMimeMessage* message, GMimeAddressType type, const std::string& mailbox) {
    InternetAddressList* list = internet_address_list_parse(nullptr, mailbox.c_str());
    if (list == nullptr) throw std::invalid_argument("mail: address");
    internet_address_list_append(g_mime_message_get_addresses(message, type), list);
    g_object_unref(list);
}

// Raw: long addresses of pages must not be folded in their middle.
void set_raw(GMimeMessage* message, const char* name, const std::string& value) {
    g_mime_object_set_header(GMIME_OBJECT(message), name, value.c_str(), nullptr);
    GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), name);
    g_mime_header_set_raw_value(header, (" " + value + "\n").c_str());
}

}  // namespace

void start_gmime() {
    static std::once_flag once;
    std::call_once(once, g_mime_init);
}

std::string bare_address(const std::string& mailbox) {
    start_gmime();
    const Owned<InternetAddressList> list(internet_address_list_parse(nullptr, mailbox.c_str()));
    if (!list || has_control(mailbox) || internet_address_list_length(list.get()) != 1)
        throw std::invalid_argument("mail: not one address: " + mailbox);
    InternetAddress* one = internet_address_list_get_address(list.get(), 0);
    const char* address =
        INTERNET_ADDRESS_IS_MAILBOX(one) ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)) : nullptr;
    if (address == nullptr || !is_address(address)) throw std::invalid_argument("mail: not one address: " + mailbox);
    return address;
}

std::string build(const Mail& mail, const std::string& from, Timestamp now) {
    start_gmime();
    check(mail);
    const std::string sender = bare_address(from);
    const Owned<GMimeMessage> message(g_mime_message_new(TRUE));
    set_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, from);
    set_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, mail.to);
    if (!mail.reply_to.empty()) set_mailbox(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, mail.reply_to);
    g_mime_message_set_subject(message.get(), mail.subject.c_str(), "utf-8");
    set_raw(message.get(), "Date", to_mail_date(now));
    const std::string id =
        mail.message_id.empty() ? crypto::random_token() + sender.substr(sender.find('@')) : mail.message_id;
    set_raw(message.get(), "Message-ID", "<" + id + ">");
    // RFC 3834: keeps "I am on holiday" from answering.
    set_raw(message.get(), "Auto-Submitted", "auto-generated");
    if (!mail.list_unsubscribe.empty()) {
        set_raw(message.get(), "List-Unsubscribe", "<" + mail.list_unsubscribe + ">");
        set_raw(message.get(), "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    g_mime_message_set_mime_part(message.get(), body(mail).get());

    GMimeFormatOptions* format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    char* bytes = g_mime_object_to_string(GMIME_OBJECT(message.get()), format);
    std::string result(bytes);
    g_free(bytes);
    g_mime_format_options_free(format);
    return result;
}

}  // namespace mitwirken::mail
