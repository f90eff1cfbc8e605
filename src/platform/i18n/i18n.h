// Languages. Source strings in code and templates are English; catalogues (.po per module, compiled to .mo and
// embedded) hold de, en (only where it differs), de-easy (plain German) and ar. A string without a translation falls
// back to de for de-easy, else to English. A language exists when "locale/<code>.mo" is embedded; de and en always do.
// Digits are Latin in every language, as in the forms people fill in. Language objects are immutable and live as long
// as the process.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/message.h"
#include "platform/base/time.h"

namespace mitwirken::i18n {

using Arguments = std::vector<std::pair<std::string, std::string>>;

class Language {
public:
    virtual ~Language() = default;
    virtual const std::string& code() const = 0;       // "de", "en", "de-easy", "ar": also the path prefix
    virtual const std::string& html_lang() const = 0;  // "de", "en", "de-simple" …, BCP 47
    virtual const std::string& name() const = 0;       // "Deutsch", "English", "Einfache Sprache", "العربية"
    virtual bool right_to_left() const = 0;

    virtual std::string tr(std::string_view id) const = 0;
    // With the arguments put in.
    virtual std::string tr(const Message& message) const = 0;
    // The right plural form; {n} becomes the number as written in this language, other {names} the arguments.
    virtual std::string plural(std::string_view one, std::string_view many, std::int64_t n,
                               const Arguments& arguments = {}) const = 0;

    // Dates are in Europe/Berlin.
    virtual std::string number(std::int64_t n) const = 0;              // 12.345
    virtual std::string number(double n, int decimals) const = 0;      // 3,4
    virtual std::string bytes(std::uint64_t n) const = 0;              // 1,2 MB
    virtual std::string date(Date day) const = 0;                      // 23. November 2026
    virtual std::string day_month(Date day) const = 0;                 // 23. November
    virtual std::string date_short(Date day) const = 0;                // 23.11.2026
    virtual std::string weekday(Date day) const = 0;                   // Montag
    virtual std::string month(Date day) const = 0;                     // November 2026
    virtual std::string month_short(Date day) const = 0;               // Nov.
    virtual std::string date_time(Timestamp instant) const = 0;        // 23. November 2026, 18:30 Uhr
    virtual std::string clock_time(int minutes) const = 0;             // 18:30 Uhr; minutes after midnight
    virtual std::string ago(Timestamp then, Timestamp now) const = 0;  // vor 3 Tagen; in 3 Tagen
    // < 0, 0, > 0 as people of this language sort (ICU collation: "Ä" beside "A").
    virtual int compare(std::string_view a, std::string_view b) const = 0;
    // Bytes (not text) that sort like compare(); stored in columns that lists are sorted by.
    virtual std::string sort_key(std::string_view text) const = 0;
};

// All languages that have a catalogue; de first. Never empty.
const std::vector<const Language*>& languages();
// nullptr when unknown.
const Language* find_language(std::string_view code);
const Language& german();
const Language& english();

}  // namespace mitwirken::i18n
