// Office files: zip archives (libzip) whose own list of parts (libxml2) says what they are. A name like "word/" proves
// nothing; the main part must be declared and be there. Macros, passwords and archives that grow huge are refused.
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <zip.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "platform/base/text.h"
#include "platform/files/recognize.h"

namespace mitwirken::files {

namespace {

constexpr std::uint64_t max_unpacked = 1024ull * 1024 * 1024;
constexpr std::uint64_t max_part_list = 1024 * 1024;
constexpr zip_int64_t max_entries = 20'000;

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

Recognized refuse(Message why) { return {"", std::move(why)}; }

Recognized broken() { return refuse(tr_noop("This document is damaged. Please save it again and try once more.")); }

Recognized with_macros() {
    return refuse(tr_noop("Documents with macros are not taken. Please save the document without macros."));
}

Recognized plain_archive() {
    return refuse(tr_noop("Archives (zip) are not taken. Please hand in the files one by one."));
}

struct Entries {
    std::vector<std::string> names;
    std::uint64_t unpacked = 0;
    bool encrypted = false, first_is_stored = false, unsafe_name = false;
};

std::optional<Entries> entries_of(zip_t* archive) {
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count < 1 || count > max_entries) return {};
    Entries entries;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t status;
        if (zip_stat_index(archive, zip_uint64_t(i), 0, &status) != 0 || status.name == nullptr) return {};
        const std::string name = status.name;
        entries.unsafe_name |= name.empty() || name[0] == '/' || name.find("..") != std::string::npos ||
                               name.find('\\') != std::string::npos;
        entries.unpacked += std::min<std::uint64_t>(status.size, max_unpacked + 1);
        entries.encrypted |= status.encryption_method != ZIP_EM_NONE;
        if (i == 0) entries.first_is_stored = status.comp_method == ZIP_CM_STORE;
        entries.names.push_back(name);
    }
    return entries;
}

std::string content_of(zip_t* archive, const char* name) {
    std::string content;
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive, name, 0), &zip_fclose);
    if (!file) return content;
    std::array<char, 4096> part;
    for (;;) {
        const zip_int64_t n = zip_fread(file.get(), part.data(), part.size());
        if (n < 0 || content.size() > max_part_list) return {};
        if (n == 0) return content;
        content.append(part.data(), std::size_t(n));
    }
}

std::string attribute(xmlNode* node, const char* name) {
    xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
    if (value == nullptr) return {};
    std::string text(reinterpret_cast<const char*>(value));
    xmlFree(value);
    return text;
}

// "/word/document.xml" -> its content type; default types stand under "*.ext". Nothing when it is no such list.
std::optional<std::map<std::string, std::string>> part_types(const std::string& xml) {
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(xml.data(), int(xml.size()), "types.xml", nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        &xmlFreeDoc);
    if (!document || document->intSubset != nullptr) return {};
    xmlNode* root = xmlDocGetRootElement(document.get());
    if (root == nullptr || std::string_view(reinterpret_cast<const char*>(root->name)) != "Types") return {};
    std::map<std::string, std::string> types;
    for (xmlNode* node = root->children; node != nullptr; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) continue;
        const bool one_part = std::string_view(reinterpret_cast<const char*>(node->name)) == "Override";
        const auto key = one_part ? attribute(node, "PartName") : "*." + attribute(node, "Extension");
        types[key] = attribute(node, "ContentType");
    }
    return types;
}

struct MainPart {
    const char *content_type, *type;
};
constexpr MainPart main_parts[] = {
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
     "application/vnd.openxmlformats-officedocument.presentationml.presentation"}};

Recognized microsoft(zip_t* archive, const std::set<std::string>& names) {
    const auto types = part_types(content_of(archive, "[Content_Types].xml"));
    if (!types) return broken();
    for (const auto& name : names)
        if (lower_ascii(name).find("vbaproject") != std::string::npos) return with_macros();
    std::string found;
    for (const auto& [part, type] : *types) {
        const auto lower = lower_ascii(type);
        if (lower.find("macroenabled") != std::string::npos || lower.find("vbaproject") != std::string::npos)
            return with_macros();
        for (const auto& main : main_parts)
            if (type == main.content_type && !part.empty() && names.count(part.substr(1)) > 0) found = main.type;
    }
    return found.empty() ? broken() : Recognized{found, {}};
}

Recognized open_document(zip_t* archive, const Entries& entries, const std::set<std::string>& names) {
    const std::string type = content_of(archive, "mimetype");
    const bool known = type == "application/vnd.oasis.opendocument.text" ||
                       type == "application/vnd.oasis.opendocument.spreadsheet" ||
                       type == "application/vnd.oasis.opendocument.presentation";
    if (!known) return plain_archive();
    if (!entries.first_is_stored || names.count("content.xml") == 0 || names.count("META-INF/manifest.xml") == 0)
        return broken();
    for (const auto& name : names)
        if (starts_with(name, "Basic/") || starts_with(name, "Scripts/")) return with_macros();
    return {type, {}};
}

}  // namespace

Recognized recognize_office(const std::string& path) {
    int error = 0;
    const Archive archive(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error), &zip_discard);
    if (!archive) return broken();
    const auto entries = entries_of(archive.get());
    if (!entries) return broken();
    const std::set<std::string> names(entries->names.begin(), entries->names.end());
    if (entries->encrypted)
        return refuse(tr_noop("Documents with a password are not taken, because they cannot be checked."));
    // Two entries of one name: every program reads another one.
    if (entries->unsafe_name || names.size() != entries->names.size() || entries->unpacked > max_unpacked)
        return broken();
    if (names.count("[Content_Types].xml") > 0) return microsoft(archive.get(), names);
    if (entries->names.front() == "mimetype") return open_document(archive.get(), *entries, names);
    return plain_archive();
}

}  // namespace mitwirken::files
