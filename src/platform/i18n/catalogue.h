// The translations of one language, read from the bytes of a gettext .mo file (Boost.Locale). Immutable.
#pragma once

#include <cstdint>
#include <locale>
#include <string>
#include <string_view>

namespace mitwirken::i18n {

class Catalogue {
public:
    Catalogue() = default;  // empty
    // std::logic_error when the bytes are not a .mo file in UTF-8. `code` is for the message.
    Catalogue(std::string_view code, std::string_view mo);

    // nullptr when there is no translation.
    const char* find(std::string_view id) const;
    const char* find_plural(std::string_view one, std::int64_t n) const;

private:
    const char* look_up(std::string_view id) const;

    std::locale messages_;
    bool empty_ = true;
    std::uint64_t number_ = 0;  // of this catalogue and its copies
};

}  // namespace mitwirken::i18n
