// See calendar.h.
#include "platform/i18n/calendar.h"

#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>

#include <memory>
#include <stdexcept>

namespace mitwirken::i18n {

namespace {

std::string utf8(const icu::UnicodeString& text) {
    std::string result;
    return text.toUTF8String(result);
}

void check(UErrorCode status) {
    if (U_FAILURE(status)) throw std::logic_error(std::string("ICU: ") + u_errorName(status));
}

template <std::size_t N>
void copy(const icu::UnicodeString* names, std::int32_t count, std::array<std::string, N>& to) {
    for (std::size_t i = 0; i < N && std::int32_t(i) < count; ++i) to[i] = utf8(names[i]);
}

Pattern pattern_of(icu::DateFormat::EStyle style, const icu::Locale& locale) {
    const std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createDateInstance(style, locale));
    const auto* simple = dynamic_cast<const icu::SimpleDateFormat*>(format.get());
    if (!simple) throw std::logic_error("ICU has no date pattern");
    icu::UnicodeString pattern;
    return Pattern(utf8(simple->toPattern(pattern)));
}

Pattern best_pattern(const char* skeleton, const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> generator(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    check(status);
    const auto pattern = generator->getBestPattern(skeleton, status);
    check(status);
    return Pattern(utf8(pattern));
}

void append_number(std::string& to, int number, int digits) {
    const std::string text = std::to_string(number);
    to.append(std::size_t(std::max(0, digits - int(text.size()))), '0');
    to += text;
}

}  // namespace

Pattern::Pattern(const std::string& pattern) {
    bool quoted = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\'') {
            quoted = !quoted;
            continue;
        }
        const bool field = !quoted && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
        if (field && !pieces_.empty() && pieces_.back().letter == c)
            ++pieces_.back().count;
        else if (field)
            pieces_.push_back({c, 1, {}});
        else if (!pieces_.empty() && pieces_.back().letter == 0)
            pieces_.back().literal += c;
        else
            pieces_.push_back({0, 0, std::string(1, c)});
    }
}

Calendar::Calendar(const char* name) {
    const icu::Locale locale(name);
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(locale, status);
    check(status);
    std::int32_t count = 0;
    using Symbols = icu::DateFormatSymbols;
    const auto* names = symbols.getMonths(count, Symbols::FORMAT, Symbols::WIDE);
    copy(names, count, months_);
    names = symbols.getMonths(count, Symbols::STANDALONE, Symbols::WIDE);
    copy(names, count, months_alone_);
    names = symbols.getMonths(count, Symbols::FORMAT, Symbols::ABBREVIATED);
    copy(names, count, short_months_);
    names = symbols.getWeekdays(count, Symbols::STANDALONE, Symbols::WIDE);
    copy(names + 1, count - 1, weekdays_);
    names = symbols.getAmPmStrings(count);
    copy(names, count, halves_);
    date_ = pattern_of(icu::DateFormat::kLong, locale);
    day_month_ = best_pattern("MMMMd", locale);
    date_short_ = best_pattern("yMMdd", locale);
    month_ = best_pattern("yMMMM", locale);
}

const std::string& Calendar::weekday(Date day) const {
    return weekdays_[std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding()];
}

std::string Calendar::format(const Pattern& pattern, Date day) const {
    std::string text;
    const int year = int(day.year());
    const auto month = unsigned(day.month());
    for (const auto& piece : pattern.pieces()) {
        switch (piece.letter) {
            case 0:
                text += piece.literal;
                break;
            case 'd':
                append_number(text, int(unsigned(day.day())), piece.count);
                break;
            case 'y':
                append_number(text, piece.count == 2 ? year % 100 : year, piece.count);
                break;
            case 'M':
            case 'L':
                if (piece.count <= 2)
                    append_number(text, int(month), piece.count);
                else if (piece.count == 3)
                    text += short_months_[month - 1];
                else
                    text += (piece.letter == 'L' ? months_alone_ : months_)[month - 1];
                break;
            case 'E':
                text += weekday(day);
                break;
            default:
                throw std::logic_error(std::string("a date pattern with the unknown letter ") + piece.letter);
        }
    }
    return text;
}

}  // namespace mitwirken::i18n
