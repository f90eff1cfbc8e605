// Small functions on UTF-8 text. Everything here is pure and never throws on foreign bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mitwirken {

// Without white space at both ends (ASCII white space and U+00A0).
std::string trimmed(std::string_view text);

// Number of code points; what people call letters and what a length limit means. Invalid bytes count one each.
std::size_t letters(std::string_view text);

// The first `count` code points; never cuts a character in half.
std::string first_letters(std::string_view text, std::size_t count);

// True when the bytes are UTF-8 without surrogates, over-long forms and U+0000.
bool is_utf8(std::string_view text);

// Invalid bytes and control characters other than tab and line feed are dropped; CR LF becomes LF; the result is valid
// UTF-8 and, by ICU, in normal form C. What people type passes through here once, in Form.
std::string clean(std::string_view text);

// "Übersicht der Maßnahmen" -> "uebersicht-der-massnahmen"; only a-z, 0-9 and single hyphens; at most 80 bytes.
std::string slug(std::string_view text);

// ASCII only; for header names and keys.
std::string lower_ascii(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool starts_with(std::string_view text, std::string_view prefix);

// A whole decimal number, nothing before or after it; nothing when it does not fit.
std::optional<std::int64_t> to_int(std::string_view text);

std::string escape_html(std::string_view text);

// An absolute address people can be sent to: http or https, no white space, no <>", at most 2000 bytes.
bool is_web_address(std::string_view text);
// A page of our own site: "/ergebnisse/dialog". Not "//elsewhere".
bool is_own_path(std::string_view url);

// For a query string or a path segment (RFC 3986 unreserved stays, everything else becomes %XX).
std::string escape_url(std::string_view text);
// "%20" and, when plus_is_space, "+". Nothing when an escape is broken.
std::optional<std::string> unescape_url(std::string_view text, bool plus_is_space);

// The candidate with the smallest edit distance, if it is near enough to be a slip of the keyboard.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace mitwirken
