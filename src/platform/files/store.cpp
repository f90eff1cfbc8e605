// The order in which a file is let in: size, type, virus scan, picture anew, name, disk. See files.h.
// Keys are "ab/" and 62 more hexadecimal letters; a variant's key is its picture's with ".640" behind it.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <mutex>

#include "platform/base/error.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/files/clamd.h"
#include "platform/files/disk.h"
#include "platform/files/files.h"
#include "platform/files/picture.h"
#include "platform/files/recognize.h"

namespace mitwirken::files {

namespace {

constexpr int longest_side = 3000;
constexpr std::array variant_widths = {320, 640, 1280};
constexpr std::uint64_t mebibyte = 1024 * 1024;

Problems problem(const std::string& field, Message message) {
    Problems problems;
    problems.add(field, std::move(message));
    return problems;
}

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_key(std::string_view key) {
    if (key.size() < 65 || key[2] != '/' || !is_hex(key.substr(0, 2)) || !is_hex(key.substr(3, 62))) return false;
    const auto rest = key.substr(65);
    return rest.empty() || std::any_of(variant_widths.begin(), variant_widths.end(),
                                       [&](int width) { return rest == "." + std::to_string(width); });
}

std::string new_key() {
    const auto random = crypto::sha256_hex(crypto::random_token());
    return random.substr(0, 2) + "/" + random.substr(2);
}

std::string incoming(const std::string& folder) { return folder + "/incoming/" + crypto::random_token(); }

std::string extension_of(const std::string& type) {
    for (const auto& accepted : accepted_types())
        if (accepted.type == type) return accepted.extension;
    return {};
}

bool is_picture(const std::string& type) { return starts_with(type, "image/"); }

Message words_for(Decoding decoding, std::uint64_t max_pixels) {
    if (decoding == Decoding::too_many_pixels)
        return tr_noop("This picture is too large. At most {limit} million pixels can be taken.",
                       {{"limit", std::to_string(max_pixels / 1'000'000)}});
    return tr_noop("This picture is damaged or incomplete. Please choose another one.");
}

Message words_for(Scan found) {
    switch (found) {
        case Scan::infected:
            return tr_noop("The virus scanner has found something in this file. It was not taken.");
        case Scan::too_large:
            return tr_noop("This file is too large for the virus scanner.");
        case Scan::unavailable:
            return tr_noop("The file cannot be checked for viruses at the moment. Please try again later.");
        case Scan::clean:
            break;
    }
    return {};
}

// What was being written when the process died is nobody's file.
void remove_leftovers(const std::filesystem::path& folder) {
    std::error_code ignored;
    const auto yesterday = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24);
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (entry.last_write_time(ignored) < yesterday) std::filesystem::remove(entry.path(), ignored);
}

}  // namespace

const std::vector<Accepted>& accepted_types() {
    static const std::string office = "application/vnd.openxmlformats-officedocument.";
    static const std::string open = "application/vnd.oasis.opendocument.";
    static const std::vector<Accepted> types = {{"application/pdf", ".pdf", "PDF"},
                                                {office + "wordprocessingml.document", ".docx", "Word (docx)"},
                                                {office + "spreadsheetml.sheet", ".xlsx", "Excel (xlsx)"},
                                                {office + "presentationml.presentation", ".pptx", "PowerPoint (pptx)"},
                                                {open + "text", ".odt", "OpenDocument (odt)"},
                                                {open + "spreadsheet", ".ods", "OpenDocument (ods)"},
                                                {open + "presentation", ".odp", "OpenDocument (odp)"},
                                                {"text/plain", ".txt", "Text (txt)"},
                                                {"text/markdown", ".md", "Markdown (md)"},
                                                {"text/csv", ".csv", "CSV"},
                                                {"application/json", ".json", "JSON"},
                                                {"image/jpeg", ".jpg", "JPEG"},
                                                {"image/png", ".png", "PNG"},
                                                {"image/webp", ".webp", "WebP"},
                                                {"image/gif", ".gif", "GIF"},
                                                {"audio/mpeg", ".mp3", "MP3"},
                                                {"video/mp4", ".mp4", "MP4"}};
    return types;
}

Store::Store(Options options) : options_(std::move(options)) {
    std::filesystem::create_directories(options_.folder + "/incoming");
    remove_leftovers(options_.folder + "/incoming");
}

Result<Stored> Store::take(const std::string& temporary_path, const std::string& field, bool pictures_only) {
    const auto size = std::filesystem::file_size(temporary_path);
    if (size > options_.max_bytes)
        return problem(field, tr_noop("This file is too large. At most {limit} MB can be taken.",
                                      {{"limit", std::to_string(options_.max_bytes / mebibyte)}}));
    const Recognized recognized = recognize(temporary_path);
    if (recognized.type.empty()) return problem(field, recognized.refusal);
    if (pictures_only && !is_picture(recognized.type))
        return problem(field, tr_noop("This file is no picture. Please choose a picture as JPEG, PNG, WebP or GIF."));
    if (!options_.clamd_socket.empty()) {
        const Scan found = scan(options_.clamd_socket, temporary_path, options_.clamd_timeout_seconds);
        if (found != Scan::clean) return problem(field, words_for(found));
    }
    Stored stored;
    stored.key = new_key();
    stored.type = recognized.type;
    if (is_picture(recognized.type)) {
        Picture picture =
            write_anew(temporary_path, recognized.type, {options_.max_pixels, longest_side, longest_side});
        if (picture.decoding != Decoding::fine) return problem(field, words_for(picture.decoding, options_.max_pixels));
        stored.type = picture.type;
        stored.width = picture.width;
        stored.height = picture.height;
        stored.size = picture.bytes.size();
        stored.sha256 = crypto::sha256_hex(picture.bytes);
        const std::string fresh = incoming(options_.folder);
        write_synced(fresh, picture.bytes);
        rename_synced(fresh, path(stored.key));
        ::unlink(temporary_path.c_str());
    } else {
        stored.size = size;
        stored.sha256 = sha256_of_file(temporary_path);
        move_synced(temporary_path, path(stored.key));
    }
    stored.extension = extension_of(stored.type);
    return stored;
}

Result<Stored> Store::take_bytes(const std::string& bytes, const std::string& field) {
    const std::string fresh = incoming(options_.folder);
    write_synced(fresh, bytes);
    const struct Cleanup {
        const std::string& file;
        ~Cleanup() { ::unlink(file.c_str()); }
    } cleanup{fresh};
    return take(fresh, field);
}

std::string Store::variant(const Stored& picture, int width) {
    if (std::find(variant_widths.begin(), variant_widths.end(), width) == variant_widths.end())
        throw BadRequest(tr_noop("There is no such size of this picture."));
    if (!is_picture(picture.type)) return {};
    if (picture.width <= width) return picture.key;
    const std::string key = picture.key + "." + std::to_string(width);
    if (exists(key)) return key;
    // Two requests may do the same work; the second rename puts the same picture in the place of the first.
    const Picture small = write_anew(path(picture.key), picture.type, {options_.max_pixels, width, 10 * longest_side});
    if (small.decoding != Decoding::fine) return picture.key;
    const std::string fresh = incoming(options_.folder);
    write_synced(fresh, small.bytes);
    rename_synced(fresh, path(key));
    return key;
}

std::string Store::path(const std::string& key) const {
    if (!is_key(key)) throw BadRequest(tr_noop("There is no such file."));
    return options_.folder + "/" + key;
}

void Store::remove(const std::string& key) {
    const std::string file = path(key);
    if (key.size() == 65)
        for (const int width : variant_widths) ::unlink((file + "." + std::to_string(width)).c_str());
    ::unlink(file.c_str());
}

bool Store::exists(const std::string& key) const {
    struct stat status {};
    return ::stat(path(key).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace mitwirken::files
