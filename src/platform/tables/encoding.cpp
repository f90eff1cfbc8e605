// Recognition of encodings; the conversion is ICU's. See encoding.h.
#include "platform/tables/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

#include "platform/base/text.h"

namespace mitwirken::tables {

namespace {

constexpr std::string_view bom = "\xEF\xBB\xBF";

Problems problem(std::string field, Message message) {
    Problems problems;
    problems.add(std::move(field), std::move(message));
    return problems;
}

std::string line_of(std::string_view bytes, std::size_t at) {
    return "line " + std::to_string(1 + std::count(bytes.begin(), bytes.begin() + std::ptrdiff_t(at), '\n'));
}

bool is_utf16(std::string_view bytes) {
    if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF") return true;
    const auto begin = bytes.substr(0, 1000);
    return std::size_t(std::count(begin.begin(), begin.end(), '\0')) * 4 > begin.size();
}

struct Lines {
    std::size_t broken = std::string_view::npos;  // where the first line begins that is not UTF-8
    bool marked = false;                          // some line is UTF-8 and not just ASCII
};

Lines look_at_lines(std::string_view text) {
    Lines lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = text.substr(begin, end - begin);
        if (!is_utf8(line))
            lines.broken = std::min(lines.broken, begin);
        else if (std::any_of(line.begin(), line.end(), [](char c) { return (c & 0x80) != 0; }))
            lines.marked = true;
        begin = end + 1;
    }
    return lines;
}

std::string from_windows_1252(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("windows-1252", &status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no converter for windows-1252");
    const icu::UnicodeString wide(bytes.data(), std::int32_t(bytes.size()), converter, status);
    ucnv_close(converter);
    if (U_FAILURE(status)) throw std::runtime_error("ICU cannot convert from windows-1252");
    std::string text;
    wide.toUTF8String(text);
    return text;
}

}  // namespace

Result<std::string> to_utf8(std::string_view bytes) {
    if (bytes.size() > 1u << 30) return problem("", tr_noop("The file is too large."));
    if (bytes.substr(0, 4) == "PK\x03\x04")
        return problem("", tr_noop("This is an Excel or OpenDocument file. Please save the table as CSV."));
    if (is_utf16(bytes))
        return problem("", tr_noop("This file is saved as “Unicode text” (UTF-16). Please save it as “CSV UTF-8”."));
    const bool says_utf8 = bytes.substr(0, bom.size()) == bom;
    const auto text = says_utf8 ? bytes.substr(bom.size()) : bytes;
    const auto zero = text.find('\0');
    if (zero != std::string_view::npos)
        return problem(line_of(text, zero), tr_noop("This line holds bytes that are no text. Is it a CSV file?"));
    if (is_utf8(text)) return std::string(text);
    const Lines lines = look_at_lines(text);
    if (says_utf8 || lines.marked)
        return problem(line_of(text, lines.broken), tr_noop("A character in this line is damaged."));
    const auto undefined = text.find_first_of("\x81\x8D\x8F\x90\x9D");
    if (undefined != std::string_view::npos)
        return problem(line_of(text, undefined),
                       tr_noop("A character in this line cannot be read. Please save the file as “CSV UTF-8”."));
    return from_windows_1252(text);
}

}  // namespace mitwirken::tables
