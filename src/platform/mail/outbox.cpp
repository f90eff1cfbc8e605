// Files "2026-11-23T084957.000Z-<random>.eml": their order by name is their order in time. Reading is by GMime, so that
// what administrators see is what a mail program would show. See outbox.h and mail.h.
#include "platform/mail/outbox.h"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/files/disk.h"
#include "platform/mail/build.h"
#include "platform/mail/mail.h"

namespace mitwirken::mail {

namespace {

constexpr std::size_t stamp_size = 22;  // 2026-11-23T084957.000Z

template <class T>
std::unique_ptr<T, void (*)(void*)> owned(T* object) {
    return {object, [](void* it) { g_object_unref(it); }};
}

std::string file_name(Timestamp now) {
    const std::string iso = to_iso(now);
    const auto milliseconds = now.time_since_epoch().count() % 1000;
    return fmt::format("{}{}{}{}.{:03}Z-{}.eml", iso.substr(0, 11), iso.substr(11, 2), iso.substr(14, 2),
                       iso.substr(17, 2), milliseconds, crypto::random_token().substr(0, 12));
}

// Nothing when it is no name of ours; so no name leads out of the folder.
std::optional<Timestamp> written_at(const std::string& name) {
    if (name.size() != stamp_size + 1 + 12 + 4 || name.substr(name.size() - 4) != ".eml") return {};
    if (name.find('/') != std::string::npos || name[17] != '.' || name[21] != 'Z' || name[22] != '-') return {};
    const auto instant = parse_instant(name.substr(0, 13) + ":" + name.substr(13, 2) + ":" + name.substr(15, 2) + "Z");
    const auto milliseconds = to_int(name.substr(18, 3));
    if (!instant || !milliseconds || *milliseconds < 0) return {};
    return *instant + std::chrono::milliseconds(*milliseconds);
}

std::unique_ptr<GMimeMessage, void (*)(void*)> parse(const std::string& path) {
    start_gmime();
    const auto stream = owned(g_mime_stream_fs_open(path.c_str(), 0, 0, nullptr));
    if (!stream) return owned<GMimeMessage>(nullptr);
    const auto parser = owned(g_mime_parser_new_with_stream(stream.get()));
    return owned(g_mime_parser_construct_message(parser.get(), nullptr));
}

OutboxEntry head_of(GMimeMessage* message, const std::string& name, Timestamp at) {
    OutboxEntry entry{name, {}, {}, at};
    char* to = internet_address_list_to_string(g_mime_message_get_to(message), nullptr, FALSE);
    if (to != nullptr) entry.to = to;
    g_free(to);
    if (const char* subject = g_mime_message_get_subject(message)) entry.subject = subject;
    return entry;
}

void collect(GMimeObject*, GMimeObject* part, void* into) {
    if (!GMIME_IS_TEXT_PART(part)) return;
    char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    auto& mail = *static_cast<OutboxMail*>(into);
    const bool html = g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "html");
    if (text != nullptr) (html ? mail.html : mail.text) += clean(text);
    g_free(text);
}

}  // namespace

void put_into_outbox(const std::string& folder, const std::string& message, Timestamp now) {
    const std::string name = file_name(now);
    const std::string fresh = folder + "/." + name;
    files::write_synced(fresh, message);
    files::rename_synced(fresh, folder + "/" + name);
}

std::vector<OutboxEntry> outbox(const std::string& folder, std::size_t count) {
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& file : std::filesystem::directory_iterator(folder, none))
        if (written_at(file.path().filename().string())) names.push_back(file.path().filename().string());
    std::sort(names.begin(), names.end(), std::greater<>());
    if (names.size() > count) names.resize(count);
    std::vector<OutboxEntry> entries;
    for (const auto& name : names)
        if (const auto message = parse(folder + "/" + name))
            entries.push_back(head_of(message.get(), name, *written_at(name)));
    return entries;
}

std::optional<OutboxMail> read_outbox(const std::string& folder, const std::string& name) {
    const auto at = written_at(name);
    if (!at) return {};
    const auto message = parse(folder + "/" + name);
    if (!message) return {};
    OutboxMail mail{head_of(message.get(), name, *at), {}, {}};
    g_mime_message_foreach(message.get(), &collect, &mail);
    return mail;
}

}  // namespace mitwirken::mail
