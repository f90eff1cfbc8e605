// Languages: texts and plural forms, dates against ICU's own formatter, numbers, sorting.
#include <doctest/doctest.h>
#include <unicode/smpdtfmt.h>

#include <algorithm>
#include <memory>

#include "platform/i18n/catalogue.h"
#include "platform/i18n/i18n.h"

using namespace mitwirken;
using i18n::english;
using i18n::german;

namespace {

Date day(int y, unsigned m, unsigned d) {
    return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

Timestamp at(const char* text) { return *parse_instant(text); }

const i18n::Language& language(const char* code) { return *i18n::find_language(code); }

// ICU's answer for a day, in UTC so that the day is the day.
std::string by_icu(const icu::SimpleDateFormat& format, Date date) {
    const auto seconds = std::chrono::sys_days{date}.time_since_epoch().count() * 86400.0 + 43200;
    icu::UnicodeString text;
    std::string result;
    return format.format(seconds * 1000, text).toUTF8String(result);
}

std::unique_ptr<icu::SimpleDateFormat> icu_format(const char* locale, const char* pattern) {
    UErrorCode status = U_ZERO_ERROR;
    auto format =
        std::make_unique<icu::SimpleDateFormat>(icu::UnicodeString::fromUTF8(pattern), icu::Locale(locale), status);
    REQUIRE(U_SUCCESS(status));
    format->setTimeZone(*icu::TimeZone::getGMT());
    return format;
}

void compare_with_icu(const char* code, const char* locale, const char* date, const char* date_short) {
    const auto& words = language(code);
    const auto long_format = icu_format(locale, date), short_format = icu_format(locale, date_short);
    const auto month = icu_format(locale, "MMMM y"), weekday = icu_format(locale, "cccc");
    const auto month_short = icu_format(locale, "MMM");
    for (Date d = day(2023, 12, 20); d < day(2029, 1, 10); d = add_days(d, 1)) {
        CAPTURE(to_iso(d));
        REQUIRE(words.date(d) == by_icu(*long_format, d));
        REQUIRE(words.date_short(d) == by_icu(*short_format, d));
        REQUIRE(words.month(d) == by_icu(*month, d));
        REQUIRE(words.weekday(d) == by_icu(*weekday, d));
        REQUIRE(words.month_short(d) == by_icu(*month_short, d));
    }
}

}  // namespace

TEST_CASE("languages are those with a catalogue, German first") {
    REQUIRE(i18n::languages().size() == 4);
    CHECK(i18n::languages()[0]->code() == "de");
    CHECK(german().name() == "Deutsch");
    CHECK(english().html_lang() == "en");
    CHECK(language("de-easy").html_lang() == "de-simple");
    CHECK(language("ar").right_to_left());
    CHECK_FALSE(german().right_to_left());
    CHECK(i18n::find_language("fr") == nullptr);
    CHECK(i18n::find_language("") == nullptr);
}

TEST_CASE("a text is translated, else taken from the language behind it, else English") {
    CHECK(german().tr("Next") == "Weiter");
    CHECK(english().tr("Next") == "Next");
    CHECK(language("de-easy").tr("Next") == "Nächste Seite");
    CHECK(language("de-easy").tr("Search") == "Suchen");
    CHECK(language("ar").tr("Next") == "التالي");
    CHECK(language("ar").tr("Search") == "Search");
    CHECK(german().tr("Nobody translated this") == "Nobody translated this");
    CHECK(german().tr("") == "");
    CHECK(german().tr(std::string_view("Next step").substr(0, 4)) == "Weiter");
}

TEST_CASE("arguments are put in as text, once, and unknown braces stay") {
    const auto message = tr_noop("Please shorten the text to {limit} letters.", {{"limit", "500 {limit} {x}"}});
    CHECK(german().tr(message) == "Bitte kürzen Sie den Text auf 500 {limit} {x} Zeichen.");
    CHECK(english().tr(tr_noop("{a} and {b} {c", {{"a", "1"}})) == "1 and {b} {c");
    CHECK(english().tr(Message{}) == "");
}

TEST_CASE("plural forms of German, English and Arabic") {
    const auto ideas = [](const i18n::Language& words, std::int64_t n) {
        return words.plural("{n} idea in {place}", "{n} ideas in {place}", n, {{"place", "Auental"}});
    };
    CHECK(ideas(german(), 1) == "1 Idee in Auental");
    CHECK(ideas(german(), 0) == "0 Ideen in Auental");
    CHECK(ideas(german(), 12345) == "12.345 Ideen in Auental");
    CHECK(ideas(language("de-easy"), 2) == "2 Ideen in Auental");
    CHECK(ideas(english(), 1) == "1 idea in Auental");
    CHECK(ideas(english(), 1000000) == "1,000,000 ideas in Auental");
    const auto& arabic = language("ar");
    CHECK(ideas(arabic, 0) == "لا أفكار في Auental");
    CHECK(ideas(arabic, 1) == "فكرة واحدة في Auental");
    CHECK(ideas(arabic, 2) == "فكرتان في Auental");
    CHECK(ideas(arabic, 7) == "7 أفكار في Auental");
    CHECK(ideas(arabic, 11) == "11 فكرة في Auental");
    CHECK(ideas(arabic, 100) == "100 فكرة في Auental (100)");
    CHECK(ideas(arabic, 5'000'000'007) == "5,000,000,007 أفكار في Auental");
    CHECK(german().plural("{n} tree", "{n} trees", 1) == "1 tree");
    CHECK(arabic.plural("{n} tree", "{n} trees", 2) == "2 trees");
}

TEST_CASE("a catalogue that is not one is refused with its name") {
    CHECK_THROWS_WITH_AS(i18n::Catalogue("de", "not a catalogue"), doctest::Contains("locale/de.mo"), std::logic_error);
    CHECK(i18n::Catalogue().find("Next") == nullptr);
}

TEST_CASE("dates are written as ICU writes them, on every day of five years") {
    compare_with_icu("de", "de_DE", "d. MMMM y", "dd.MM.y");
    compare_with_icu("en", "en_GB", "d MMMM y", "dd/MM/y");
    compare_with_icu("ar", "ar@numbers=latn", "d MMMM y", "dd\u200f/MM\u200f/y");
}

TEST_CASE("dates and times as people know them") {
    CHECK(german().date(day(2026, 11, 23)) == "23. November 2026");
    CHECK(german().date_short(day(2026, 3, 5)) == "05.03.2026");
    CHECK(german().day_month(day(2026, 3, 5)) == "5. März");
    CHECK(english().day_month(day(2026, 11, 23)) == "23 November");
    CHECK(german().weekday(day(2026, 11, 23)) == "Montag");
    CHECK(german().month_short(day(2026, 11, 23)) == "Nov.");
    CHECK(english().date(day(2026, 3, 5)) == "5 March 2026");
    CHECK(german().clock_time(18 * 60 + 30) == "18:30 Uhr");
    CHECK(german().clock_time(5) == "00:05 Uhr");
    CHECK(english().clock_time(18 * 60 + 30) == "6:30 pm");
    CHECK(english().clock_time(0) == "12:00 am");
    CHECK(english().clock_time(12 * 60) == "12:00 pm");
}

TEST_CASE("an instant is shown in Berlin's time, before and after the clocks change") {
    CHECK(german().date_time(at("2026-03-29T00:59:00Z")) == "29. März 2026, 01:59 Uhr");
    CHECK(german().date_time(at("2026-03-29T01:00:00Z")) == "29. März 2026, 03:00 Uhr");
    CHECK(german().date_time(at("2026-10-25T00:30:00Z")) == "25. Oktober 2026, 02:30 Uhr");
    CHECK(german().date_time(at("2026-10-25T01:30:00Z")) == "25. Oktober 2026, 02:30 Uhr");
    CHECK(german().date_time(at("2026-12-31T23:15:00Z")) == "1. Januar 2027, 00:15 Uhr");
    CHECK(english().date_time(at("2026-11-23T17:30:00Z")) == "23 November 2026, 6:30 pm");
    CHECK(language("ar").date_time(at("2026-11-23T17:30:00Z")) == "23 نوفمبر 2026، 6:30 م");
}

TEST_CASE("numbers and sizes") {
    CHECK(german().number(std::int64_t{12345}) == "12.345");
    CHECK(german().number(std::int64_t{-1234567}) == "-1.234.567");
    CHECK(english().number(std::int64_t{999}) == "999");
    CHECK(german().number(3.45, 1) == "3,5");
    CHECK(german().number(3.0, 2) == "3,00");
    CHECK(english().number(1234.5, 0) == "1,235");
    CHECK(language("ar").number(std::int64_t{12345}) == "12,345");
    CHECK(german().bytes(0) == "0 Byte");
    CHECK(german().bytes(999) == "999 Byte");
    CHECK(german().bytes(1234567) == "1,2 MB");
    CHECK(german().bytes(999'999) == "1,0 MB");
    CHECK(english().bytes(45'600'000) == "46 MB");
    CHECK(english().bytes(1) == "1 byte");
}

TEST_CASE("how long ago, in hours for a day and in calendar days after it") {
    const Timestamp now = at("2026-11-23T08:00:00Z");
    using std::chrono::hours;
    using std::chrono::minutes;
    CHECK(german().ago(now, now) == "jetzt");
    CHECK(german().ago(now - minutes{1}, now) == "vor 1 Minute");
    CHECK(german().ago(now - minutes{119}, now) == "vor 1 Stunde");
    CHECK(german().ago(now - hours{75}, now) == "vor 3 Tagen");
    CHECK(german().ago(now + hours{75}, now) == "in 3 Tagen");
    CHECK(german().ago(now - hours{24 * 40}, now) == "vor 1 Monat");
    CHECK(german().ago(now - hours{24 * 364}, now) == "vor 11 Monaten");
    CHECK(english().ago(now - hours{24 * 800}, now) == "2 years ago");
    CHECK(german().ago(at("2026-10-24T10:00:00Z"), at("2026-10-25T10:30:00Z")) == "vor 1 Tag");
}

TEST_CASE("people's sorting: umlauts beside their letters, numbers by value") {
    std::vector<std::string> names = {"Zoo",  "Öl",    "Apfel", "Phase 10", "äpfel", "Phase 2",
                                      "Ofen", "Äcker", "apfel", "ß",        "st"};
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return german().compare(a, b) < 0; });
    CHECK(names == std::vector<std::string>{"Äcker", "apfel", "Apfel", "äpfel", "Ofen", "Öl", "Phase 2", "Phase 10",
                                            "ß", "st", "Zoo"});
    CHECK(german().compare("Straße", "Straße") == 0);
}

TEST_CASE("sort keys order like compare, also for broken bytes and long texts") {
    const std::vector<std::string> texts = {"",
                                            " ",
                                            "a",
                                            "A",
                                            "Ä",
                                            "ä",
                                            "b",
                                            "Straße",
                                            "Strasse",
                                            "Phase 2",
                                            "Phase 10",
                                            "-",
                                            "عربي",
                                            "\xff\xfe",
                                            std::string(5000, 'x'),
                                            std::string(5000, 'x') + "y"};
    for (const auto* words : i18n::languages()) {
        for (const auto& a : texts) {
            for (const auto& b : texts) {
                const int keys = words->sort_key(a).compare(words->sort_key(b));
                const int direct = words->compare(a, b);
                CAPTURE(a);
                CAPTURE(b);
                CHECK((keys < 0) == (direct < 0));
                CHECK((keys > 0) == (direct > 0));
            }
        }
    }
}
