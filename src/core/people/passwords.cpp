// What a password must be. Length is what counts (NIST SP 800-63B, BSI ORP.4): no rules about kinds of characters.
#include <array>

#include "core/people/people.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

// The beginnings of what is tried first; a longer password that only repeats or extends them is refused as well.
constexpr std::array<std::string_view, 16> common = {
    "passwort", "password", "123456",     "qwertz", "qwerty", "dortmund", "borussia", "hallo",
    "admin",    "schalke",  "willkommen", "sommer", "winter", "abc123",   "geheim",   "mitwirken"};

bool is_repetition(const std::string& text) {
    for (std::size_t period = 1; period <= 4 && period < text.size(); ++period) {
        bool same = true;
        for (std::size_t i = period; i < text.size() && same; ++i) same = text[i] == text[i - period];
        if (same) return true;
    }
    return false;
}

}  // namespace

Result<std::string> check_password(const std::string& password, const std::string& email) {
    Problems problems;
    const std::string lower = lower_ascii(password);
    const std::string name = lower_ascii(email.substr(0, email.find('@')));
    if (letters(password) < 12)
        problems.add("password", tr_noop("Please choose at least 12 letters; several words are a good idea."));
    else if (password.size() > 1000)
        problems.add("password", tr_noop("Please choose a shorter password."));
    else if (is_repetition(lower) ||
             (name.size() >= 4 && lower.find(name) != std::string::npos && letters(password) < name.size() + 10))
        problems.add("password", tr_noop("This password is easy to guess. Please choose another one."));
    else
        for (const auto word : common)
            if (starts_with(lower, word) && letters(password) < word.size() + 8)
                problems.add("password", tr_noop("This password is easy to guess. Please choose another one."));
    if (problems.any()) return problems;
    return password;
}

}  // namespace mitwirken::core
