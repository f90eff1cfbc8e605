// Who takes the mail: an SMTP server by libcurl, or the outbox folder. See mail.h.
#include "platform/mail/mail.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <stdexcept>

#include "platform/base/text.h"
#include "platform/mail/build.h"
#include "platform/mail/outbox.h"

namespace mitwirken::mail {

namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_local_part(std::string_view text) {
    if (text.empty() || text.size() > 64 || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter_or_digit(c) || std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
    });
}

bool is_label(const std::string& label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

struct Upload {
    const std::string& bytes;
    std::size_t at = 0;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* from) {
    auto& upload = *static_cast<Upload*>(from);
    const std::size_t n = std::min(size * count, upload.bytes.size() - upload.at);
    std::memcpy(to, upload.bytes.data() + upload.at, n);
    upload.at += n;
    return n;
}

// The last refusal; after it comes only the answer to our QUIT.
std::size_t hear(char* line, std::size_t size, std::size_t count, void* into) {
    const auto words = trimmed(std::string_view(line, size * count));
    if (words.size() > 3 && (words[0] == '4' || words[0] == '5')) *static_cast<std::string*>(into) = words;
    return size * count;
}

class SmtpSender : public Sender {
public:
    explicit SmtpSender(const Options& options) : options_(options), from_(bare_address(options.from)) {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        if (!starts_with(options.smtp_url, "smtp://") && !starts_with(options.smtp_url, "smtps://"))
            throw std::runtime_error("mail: the server's address must begin with smtp:// or smtps://");
        // What stands behind the host is the name we introduce ourselves by.
        const auto host = options.smtp_url.find("://") + 3;
        if (options.smtp_url.find('/', host) == std::string::npos)
            options_.smtp_url += "/" + from_.substr(from_.find('@') + 1);
        curl_ = curl_easy_init();
        if (curl_ == nullptr) throw std::runtime_error("mail: libcurl cannot start");
        set_up();
    }
    ~SmtpSender() override { curl_easy_cleanup(curl_); }
    SmtpSender(const SmtpSender&) = delete;
    SmtpSender& operator=(const SmtpSender&) = delete;

    void send(const Mail& mail, Timestamp now) override {
        const std::string bytes = build(mail, options_.from, now);
        // One connection for all mails.
        const std::lock_guard lock(mutex_);
        Attempt attempt = perform(mail.to, bytes);
        // The server has hung up since the last mail. Nothing of this one was handed over, so it cannot arrive twice.
        const bool refused = !attempt.heard.empty() && !starts_with(attempt.heard, "421");
        if (attempt.code != CURLE_OK && attempt.old_connection && !attempt.begun && !refused) {
            curl_easy_setopt(curl_, CURLOPT_FRESH_CONNECT, 1L);
            attempt = perform(mail.to, bytes);
            curl_easy_setopt(curl_, CURLOPT_FRESH_CONNECT, 0L);
        }
        if (attempt.code != CURLE_OK) throw std::runtime_error(words(attempt, mail.to));
    }

private:
    struct Attempt {
        CURLcode code = CURLE_OK;
        std::string error, heard;     // libcurl's words, the server's words
        bool begun = false;           // some of the message was handed over
        bool old_connection = false;  // the connection was there before
    };

    Attempt perform(const std::string& to, const std::string& bytes) {
        Attempt attempt;
        Upload upload{bytes};
        char error[CURL_ERROR_SIZE] = "";
        curl_slist* recipients = curl_slist_append(nullptr, ("<" + to + ">").c_str());
        curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, recipients);
        curl_easy_setopt(curl_, CURLOPT_READDATA, &upload);
        curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &attempt.heard);
        curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, error);
        attempt.code = curl_easy_perform(curl_);
        long fresh_connections = 0;
        curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &fresh_connections);
        attempt.old_connection = fresh_connections == 0;
        attempt.begun = upload.at > 0;
        attempt.error = error[0] != '\0' ? error : curl_easy_strerror(attempt.code);
        curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, nullptr);
        curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, nullptr);
        curl_slist_free_all(recipients);
        return attempt;
    }

    void set_up() {
        curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(curl_, CURLOPT_URL, options_.smtp_url.c_str());
        curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT, long(options_.timeout_seconds));
        curl_easy_setopt(curl_, CURLOPT_TIMEOUT, long(options_.timeout_seconds));
        curl_easy_setopt(curl_, CURLOPT_USE_SSL, long(options_.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
        curl_easy_setopt(curl_, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
        // Without require_tls a server beside us with a certificate nobody signed is still better than plain text.
        curl_easy_setopt(curl_, CURLOPT_SSL_VERIFYPEER, options_.require_tls ? 1L : 0L);
        curl_easy_setopt(curl_, CURLOPT_SSL_VERIFYHOST, options_.require_tls ? 2L : 0L);
        if (!options_.ca_file.empty()) curl_easy_setopt(curl_, CURLOPT_CAINFO, options_.ca_file.c_str());
        if (!options_.user.empty()) {
            curl_easy_setopt(curl_, CURLOPT_USERNAME, options_.user.c_str());
            curl_easy_setopt(curl_, CURLOPT_PASSWORD, options_.password.c_str());
        }
        curl_easy_setopt(curl_, CURLOPT_MAIL_FROM, ("<" + from_ + ">").c_str());
        curl_easy_setopt(curl_, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl_, CURLOPT_READFUNCTION, &give);
        curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &hear);
    }

    // The error of a job is read by administrators and kept: the recipient's address is left out of it.
    static std::string words(const Attempt& attempt, const std::string& to) {
        std::string text = "mail: " + attempt.error;
        if (!attempt.heard.empty()) text += "; the server says: " + clean(attempt.heard);
        for (auto at = text.find(to); at != std::string::npos; at = text.find(to, at))
            text.replace(at, to.size(), "(recipient)");
        return text;
    }

    Options options_;
    std::string from_;
    CURL* curl_ = nullptr;
    std::mutex mutex_;
};

class OutboxSender : public Sender {
public:
    explicit OutboxSender(const Options& options) : options_(options) {
        (void)bare_address(options.from);
        if (options.outbox_folder.empty()) throw std::runtime_error("mail: neither a server nor an outbox folder");
        std::filesystem::create_directories(options.outbox_folder);
    }
    void send(const Mail& mail, Timestamp now) override {
        const std::string bytes = build(mail, options_.from, now);
        const std::string folder = options_.outbox_folder + (mail.shelf.empty() ? "" : "/" + mail.shelf);
        std::filesystem::create_directories(folder);
        put_into_outbox(folder, bytes, now);
    }

private:
    Options options_;
};

}  // namespace

bool is_address(const std::string& text) {
    const auto at = text.find('@');
    if (at == std::string::npos || text.size() > 254) return false;
    const auto labels = split(std::string_view(text).substr(at + 1), '.');
    if (!is_local_part(std::string_view(text).substr(0, at)) || labels.size() < 2) return false;
    const auto& last = labels.back();
    const bool number =
        !last.empty() && std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !number && last.size() >= 2 && std::all_of(labels.begin(), labels.end(), is_label);
}

std::unique_ptr<Sender> make_sender(const Options& options) {
    if (options.smtp_url.empty()) return std::make_unique<OutboxSender>(options);
    return std::make_unique<SmtpSender>(options);
}

}  // namespace mitwirken::mail
