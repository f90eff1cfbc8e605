// UTF-8 text; normal form and folding by ICU. See text.h.
#include "platform/base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>

namespace mitwirken {

namespace {

bool is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Length of the valid UTF-8 sequence at `at`, 0 when there is none.
std::size_t sequence(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned c = byte(at);
    if (c < 0x80) return c == 0 ? 0 : 1;
    if (c >= 0xC2 && c <= 0xDF) return tail(at + 1) ? 2 : 0;
    if (c >= 0xE0 && c <= 0xEF) {
        if (!tail(at + 1) || !tail(at + 2)) return 0;
        if (c == 0xE0 && byte(at + 1) < 0xA0) return 0;
        if (c == 0xED && byte(at + 1) > 0x9F) return 0;
        return 3;
    }
    if (c >= 0xF0 && c <= 0xF4) {
        if (!tail(at + 1) || !tail(at + 2) || !tail(at + 3)) return 0;
        if (c == 0xF0 && byte(at + 1) < 0x90) return 0;
        if (c == 0xF4 && byte(at + 1) > 0x8F) return 0;
        return 4;
    }
    return 0;
}

// "Ü" -> "ue" …: the German reading, everything else without its marks.
std::string ascii_fold(std::string_view text) {
    static const std::pair<const char*, const char*> german[] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"},
                                                                 {"Ö", "oe"}, {"Ü", "ue"}, {"ß", "ss"}, {"ẞ", "ss"}};
    std::string replaced;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(1, sequence(text, at));
        std::string letter(text.substr(at, length));
        for (const auto& [from, to] : german)
            if (letter == from) letter = to;
        replaced += letter;
        at += length;
    }
    UErrorCode status = U_ZERO_ERROR;
    const auto* decompose = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString wide = icu::UnicodeString::fromUTF8(replaced);
    if (U_SUCCESS(status)) wide = decompose->normalize(wide, status);
    wide.toLower();
    std::string folded;
    wide.toUTF8String(folded);
    return folded;
}

}  // namespace

std::string trimmed(std::string_view text) {
    const auto nbsp_front = [&] { return text.size() >= 2 && text[0] == '\xC2' && text[1] == '\xA0'; };
    const auto nbsp_back = [&] {
        return text.size() >= 2 && text[text.size() - 2] == '\xC2' && text[text.size() - 1] == '\xA0';
    };
    while (!text.empty()) {
        if (is_space(static_cast<unsigned char>(text.front())))
            text.remove_prefix(1);
        else if (nbsp_front())
            text.remove_prefix(2);
        else
            break;
    }
    while (!text.empty()) {
        if (is_space(static_cast<unsigned char>(text.back())))
            text.remove_suffix(1);
        else if (nbsp_back())
            text.remove_suffix(2);
        else
            break;
    }
    return std::string(text);
}

std::size_t letters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) at += std::max<std::size_t>(1, sequence(text, at));
    return count;
}

std::string first_letters(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    while (at < text.size() && count-- > 0) at += std::max<std::size_t>(1, sequence(text, at));
    return std::string(text.substr(0, at));
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string clean(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    bool ascii = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence(text, at);
        const auto c = static_cast<unsigned char>(text[at]);
        if (length == 1) {
            if (c == '\r') {
                kept += '\n';
                if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
            } else if (c >= 0x20 ? c != 0x7F : (c == '\t' || c == '\n')) {
                kept += text[at];
            }
        } else if (length > 1 && !(c == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0)) {
            kept += text.substr(at, length);
            ascii = false;
        }
        at += std::max<std::size_t>(1, length);
    }
    if (ascii) return kept;
    UErrorCode status = U_ZERO_ERROR;
    const auto* compose = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return kept;
    const icu::UnicodeString normal = compose->normalize(icu::UnicodeString::fromUTF8(kept), status);
    if (U_FAILURE(status)) return kept;
    std::string result;
    normal.toUTF8String(result);
    return result;
}

std::string slug(std::string_view text) {
    std::string result;
    for (const char c : ascii_fold(text)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            result += c;
        else if ((c == ' ' || c == '-' || c == '_' || c == '*' || c == '/' || c == ':' || c == '.' || c == ',' ||
                  c == '\n' || c == '\t') &&
                 !result.empty() && result.back() != '-')
            result += '-';
        if (result.size() >= 80) break;
    }
    while (!result.empty() && result.back() == '-') result.pop_back();
    return result;
}

std::string lower_ascii(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) result += separator;
        result += parts[i];
    }
    return result;
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::optional<std::int64_t> to_int(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return {};
    return value;
}

std::string escape_html(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string escape_url(std::string_view text) {
    static const char hex[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            result += c;
        } else {
            result += '%';
            result += hex[byte >> 4];
            result += hex[byte & 15];
        }
    }
    return result;
}

std::optional<std::string> unescape_url(std::string_view text, bool plus_is_space) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return {};
            const int high = digit(text[i + 1]), low = digit(text[i + 2]);
            if (high < 0 || low < 0) return {};
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += text[i] == '+' && plus_is_space ? ' ' : text[i];
        }
    }
    return result;
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
    const auto distance = [&](const std::string& other) {
        std::vector<std::size_t> row(other.size() + 1);
        for (std::size_t j = 0; j <= other.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= word.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= other.size(); ++j) {
                const std::size_t above = row[j];
                row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (word[i - 1] != other[j - 1])});
                diagonal = above;
            }
        }
        return row.back();
    };
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const auto& candidate : candidates) {
        const auto found = distance(candidate);
        if (found < best_distance) {
            best_distance = found;
            best = candidate;
        }
    }
    return best;
}

bool is_web_address(std::string_view text) {
    return (starts_with(text, "https://") || starts_with(text, "http://")) && text.size() > 10 && text.size() <= 2000 &&
           text.find_first_of(" \n<>\"") == std::string_view::npos;
}

bool is_own_path(std::string_view url) {
    return url.size() > 1 && url[0] == '/' && url[1] != '/' && url.find_first_of(" \n<>\"\\") == std::string::npos &&
           url.size() <= 2000;
}

}  // namespace mitwirken
