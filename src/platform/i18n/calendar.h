// Dates in words, fast: ICU's patterns and names are read once per language, then put together by hand (ICU's own
// formatter clones a calendar for every call). The test compares the result with ICU's for every day of several years.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "platform/base/time.h"

namespace mitwirken::i18n {

// A date pattern of Unicode TR 35 ("d. MMMM y") in pieces. Knows d, dd, M, MM, L…, MMM, MMMM, y, yy, yyyy, E…EEEE.
class Pattern {
public:
    struct Piece {
        char letter;  // 0 for text as it stands
        int count;
        std::string literal;  // UTF-8
    };
    Pattern() = default;
    explicit Pattern(const std::string& pattern);
    const std::vector<Piece>& pieces() const { return pieces_; }

private:
    std::vector<Piece> pieces_;
};

class Calendar {
public:
    // An ICU locale, e.g. "de_DE", "ar@numbers=latn".
    explicit Calendar(const char* locale);

    std::string date(Date day) const { return format(date_, day); }
    std::string day_month(Date day) const { return format(day_month_, day); }
    std::string date_short(Date day) const { return format(date_short_, day); }
    std::string month(Date day) const { return format(month_, day); }
    const std::string& month_short(Date day) const { return short_months_[unsigned(day.month()) - 1]; }
    const std::string& weekday(Date day) const;
    // "vorm."/"nachm.", "am"/"pm"
    const std::string& half_of_day(bool afternoon) const { return halves_[afternoon ? 1 : 0]; }

private:
    std::string format(const Pattern& pattern, Date day) const;

    Pattern date_, day_month_, date_short_, month_;
    std::array<std::string, 12> months_, months_alone_, short_months_;
    std::array<std::string, 7> weekdays_;
    std::array<std::string, 2> halves_;
};

}  // namespace mitwirken::i18n
