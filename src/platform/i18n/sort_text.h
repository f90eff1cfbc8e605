// Titles in the order people expect, as text both databases sort alike: the German sort key in hexadecimal digits.
#pragma once

#include <string>

#include "platform/i18n/i18n.h"

namespace mitwirken::i18n {

inline std::string sort_text(const std::string& title) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : german().sort_key(title)) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text.substr(0, 400);
}

}  // namespace mitwirken::i18n
