// Types by libmagic, and a second look at what it says; see recognize.h.
#include "platform/files/recognize.h"

#include <magic.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "platform/base/text.h"

namespace mitwirken::files {

namespace {

Recognized refuse(Message why) { return {"", std::move(why)}; }

Recognized other_kind() {
    return refuse(tr_noop("This kind of file is not taken. Please choose a picture, a PDF or an office document."));
}

Recognized two_in_one() {
    return refuse(
        tr_noop("This file pretends to be something else than it is. Please save it again and try once more."));
}

// libmagic's cookie is not for several threads, and its table is worth keeping (a shared mapping of a file).
std::string magic_type(const std::string& path) {
    static std::mutex mutex;
    static magic_t cookie = nullptr;
    const std::lock_guard lock(mutex);
    if (cookie == nullptr) {
        cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
        if (cookie == nullptr || magic_load(cookie, nullptr) != 0) throw std::runtime_error("libmagic cannot start");
    }
    const char* type = magic_file(cookie, path.c_str());
    if (type == nullptr) throw std::runtime_error(std::string("libmagic: ") + magic_error(cookie));
    return type;
}

std::string part_of(const std::string& path, std::uint64_t from, std::size_t size) {
    std::ifstream in(path, std::ios::binary);
    in.seekg(std::streamoff(from));
    std::string bytes(size, '\0');
    in.read(bytes.data(), std::streamsize(size));
    bytes.resize(std::size_t(std::max<std::streamsize>(0, in.gcount())));
    return bytes;
}

std::string tail_of(const std::string& path, std::size_t size) {
    const auto whole = std::filesystem::file_size(path);
    return part_of(path, whole - std::min<std::uint64_t>(whole, size), size);
}

// A zip archive is found from its end: a record whose comment reaches exactly to the last byte.
bool ends_as_zip(const std::string& path) {
    constexpr std::size_t record = 22;
    const std::string tail = tail_of(path, 65535 + record);
    for (auto at = tail.find("PK\x05\x06"); at != std::string::npos; at = tail.find("PK\x05\x06", at + 1)) {
        if (at + record > tail.size()) break;
        const auto low = static_cast<unsigned char>(tail[at + 20]), high = static_cast<unsigned char>(tail[at + 21]);
        if (at + record + low + 256u * high == tail.size()) return true;
    }
    return false;
}

Recognized recognize_pdf(const std::string& path) {
    if (part_of(path, 0, 5) != "%PDF-" || ends_as_zip(path)) return two_in_one();
    if (tail_of(path, 2048).find("%%EOF") == std::string::npos)
        return refuse(tr_noop("This PDF is incomplete. Please save it again and try once more."));
    return {"application/pdf", {}};
}

// Browsers read a text that begins with a tag as a page, whatever it is called.
bool begins_with_tag(const std::string& path) {
    std::string begin = part_of(path, 0, 1024);
    if (starts_with(begin, "\xEF\xBB\xBF")) begin.erase(0, 3);
    begin = trimmed(begin);
    return begin.size() > 1 && begin[0] == '<' &&
           (std::isalpha(static_cast<unsigned char>(begin[1])) != 0 || begin[1] == '!' || begin[1] == '?' ||
            begin[1] == '/');
}

bool is_json(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return nlohmann::json::accept(in);
}

Recognized recognize_text(const std::string& path, const std::string& type) {
    const auto page =
        refuse(tr_noop("Web pages and drawings in SVG are not taken, because they can hold programs. "
                       "Please save it as a PDF or as a picture."));
    if (type == "text/html" || type == "text/xml" || type == "image/svg+xml" || begins_with_tag(path)) return page;
    const bool program = type.find("script") != std::string::npos || type == "text/x-php" || type == "text/x-perl" ||
                         type == "text/x-python" || type == "text/x-ruby" || type == "text/x-msdos-batch" ||
                         part_of(path, 0, 2) == "#!";
    if (program) return refuse(tr_noop("Programs are not taken."));
    if (type == "text/rtf") return other_kind();
    if (ends_as_zip(path)) return two_in_one();
    if (type == "application/json" && is_json(path)) return {"application/json", {}};
    if (type == "text/csv" || type == "application/csv") return {"text/csv", {}};
    return {"text/plain", {}};
}

}  // namespace

Recognized recognize(const std::string& path) {
    const std::string begin = part_of(path, 0, 4);
    if (begin.empty()) return refuse(tr_noop("This file is empty."));
    if (begin == "PK\x03\x04") return recognize_office(path);
    const std::string type = magic_type(path);
    if (type == "application/pdf") return recognize_pdf(path);
    // Pictures are decoded and written anew: whatever else is in them stays outside.
    for (const char* picture : {"image/jpeg", "image/png", "image/webp", "image/gif"})
        if (type == picture) return {type, {}};
    if (type == "image/heic" || type == "image/heif" || type == "image/tiff" || type == "image/bmp" ||
        type == "image/x-ms-bmp" || type == "image/avif")
        return refuse(tr_noop("This picture format is not taken. Please save the picture as JPEG or PNG."));
    if (type == "audio/mpeg" || type == "video/mp4") return ends_as_zip(path) ? two_in_one() : Recognized{type, {}};
    if (type == "application/msword" || type == "application/vnd.ms-excel" || type == "application/vnd.ms-powerpoint" ||
        type == "application/x-ole-storage" || type == "application/CDFV2")
        return refuse(
            tr_noop("Old office formats (doc, xls, ppt) and documents with a password are not taken. Please "
                    "save the document as docx, xlsx, pptx or PDF."));
    if (starts_with(type, "text/") || type == "application/json" || type == "application/csv" ||
        type == "application/x-ndjson" || type == "image/svg+xml" || type == "application/javascript")
        return recognize_text(path, type);
    return other_kind();
}

}  // namespace mitwirken::files
