// The languages themselves: texts from catalogues, the rest from ICU. See i18n.h.
#include <unicode/coll.h>
#include <unicode/numberformatter.h>
#include <unicode/reldatefmt.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "platform/base/embedded.h"
#include "platform/i18n/calendar.h"
#include "platform/i18n/catalogue.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::i18n {

namespace {

struct Description {
    const char* code;
    const char* html_lang;
    const char* name;
    const char* icu_locale;
    bool right_to_left;
    const char* fallback;  // asked when there is no translation; nullptr: the English source
};

// English here is written in Germany: days before months, as in Britain.
constexpr Description known[] = {
    {"de", "de", "Deutsch", "de_DE", false, nullptr},
    {"en", "en", "English", "en_GB", false, nullptr},
    {"de-easy", "de-simple", "Einfache Sprache", "de_DE", false, "de"},
    {"ar", "ar", "العربية", "ar@numbers=latn", true, "en"},
};

void check(UErrorCode status) {
    if (U_FAILURE(status)) throw std::logic_error(std::string("ICU: ") + u_errorName(status));
}

std::string utf8(const icu::UnicodeString& text) {
    std::string result;
    return text.toUTF8String(result);
}

std::string with_arguments(std::string text, const Arguments& arguments) {
    if (arguments.empty() || text.find('{') == text.npos) return text;
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = std::min(text.find('{', at), text.size());
        const auto close = text.find('}', open);
        result.append(text, at, open - at);
        if (close == text.npos) return result.append(text, open);
        const std::string_view name = std::string_view(text).substr(open + 1, close - open - 1);
        const auto found =
            std::find_if(arguments.begin(), arguments.end(), [&](const auto& a) { return a.first == name; });
        if (found != arguments.end())
            result += found->second;
        else
            result.append(text, open, close + 1 - open);
        at = close + 1;
    }
    return result;
}

std::unique_ptr<icu::Collator> collator_of(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(locale, status));
    check(status);
    collator->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);  // "Phase 2" before "Phase 10"
    check(status);
    return collator;
}

// ICU's const methods may be called from many threads at once.
class IcuLanguage : public Language {
public:
    IcuLanguage(const Description& description, Catalogue catalogue, const IcuLanguage* fallback)
        : code_(description.code),
          html_lang_(description.html_lang),
          name_(description.name),
          right_to_left_(description.right_to_left),
          german_(code_ == "de" || code_ == "de-easy"),
          catalogue_(std::move(catalogue)),
          fallback_(fallback),
          locale_(description.icu_locale),
          calendar_(description.icu_locale),
          numbers_(icu::number::NumberFormatter::withLocale(locale_)),
          collator_(collator_of(locale_)) {
        UErrorCode status = U_ZERO_ERROR;
        relative_ = std::make_unique<icu::RelativeDateTimeFormatter>(locale_, status);
        check(status);
        for (int decimals = 0; decimals < 7; ++decimals) {
            decimals_.push_back(numbers_.precision(icu::number::Precision::fixedFraction(decimals))
                                    .roundingMode(UNUM_ROUND_HALFUP));  // as people learn it at school
        }
    }

    const std::string& code() const override { return code_; }
    const std::string& html_lang() const override { return html_lang_; }
    const std::string& name() const override { return name_; }
    bool right_to_left() const override { return right_to_left_; }

    std::string tr(std::string_view id) const override {
        for (const auto* language = this; language; language = language->fallback_) {
            if (const char* text = language->catalogue_.find(id)) return text;
        }
        return std::string(id);
    }

    std::string tr(const Message& message) const override { return with_arguments(tr(message.id), message.arguments); }

    std::string plural(std::string_view one, std::string_view many, std::int64_t n,
                       const Arguments& arguments) const override {
        std::string text;
        for (const auto* language = this; language && text.empty(); language = language->fallback_) {
            if (const char* found = language->catalogue_.find_plural(one, n)) text = found;
        }
        if (text.empty()) text = n == 1 ? one : many;
        Arguments all = arguments;
        all.emplace_back("n", number(n));
        return with_arguments(std::move(text), all);
    }

    std::string number(std::int64_t n) const override {
        // Most numbers on a page are counts; up to here every language writes the same digits.
        if (n >= 0 && n < 1000) return std::to_string(n);
        UErrorCode status = U_ZERO_ERROR;
        const auto text = numbers_.formatInt(n, status).toString(status);
        check(status);
        return utf8(text);
    }

    std::string number(double n, int decimals) const override {
        UErrorCode status = U_ZERO_ERROR;
        const auto& formatter = decimals_.at(std::size_t(std::clamp(decimals, 0, 6)));
        const auto text = formatter.formatDouble(n, status).toString(status);
        check(status);
        return utf8(text);
    }

    std::string bytes(std::uint64_t n) const override {
        constexpr const char* units[] = {"kB", "MB", "GB", "TB", "PB"};
        if (n < 1000) return number(std::int64_t(n)) + (german_ ? " Byte" : n == 1 ? " byte" : " bytes");
        double value = double(n) / 1000;
        std::size_t unit = 0;
        while (value >= 999.5 && unit + 1 < std::size(units)) {
            value /= 1000;
            ++unit;
        }
        return number(value, value < 9.95 ? 1 : 0) + " " + units[unit];
    }

    std::string date(Date day) const override { return calendar_.date(day); }
    std::string day_month(Date day) const override { return calendar_.day_month(day); }
    std::string date_short(Date day) const override { return calendar_.date_short(day); }
    std::string weekday(Date day) const override { return calendar_.weekday(day); }
    std::string month(Date day) const override { return calendar_.month(day); }
    std::string month_short(Date day) const override { return calendar_.month_short(day); }

    std::string date_time(Timestamp instant) const override {
        const LocalTime local = to_berlin(instant);
        return date(local.day) + (code_ == "ar" ? "، " : ", ") + clock_time(local.hour * 60 + local.minute);
    }

    std::string clock_time(int minutes) const override {
        const int hour = minutes / 60 % 24, minute = minutes % 60;
        if (german_) return fmt::format("{:02}:{:02} Uhr", hour, minute);
        return fmt::format("{}:{:02} {}", hour % 12 == 0 ? 12 : hour % 12, minute, calendar_.half_of_day(hour >= 12));
    }

    std::string ago(Timestamp then, Timestamp now) const override {
        using namespace std::chrono;
        const bool past = then <= now;
        const auto distance = past ? now - then : then - now;
        if (distance < minutes{1}) return relative_now();
        if (distance < hours{1}) return relative(duration_cast<minutes>(distance).count(), UDAT_RELATIVE_MINUTES, past);
        if (distance < hours{24}) return relative(duration_cast<hours>(distance).count(), UDAT_RELATIVE_HOURS, past);
        const int days = std::abs(days_between(berlin_day(then), berlin_day(now)));
        if (days < 30) return relative(std::max(days, 1), UDAT_RELATIVE_DAYS, past);
        if (days < 365) return relative(std::min(days / 30, 11), UDAT_RELATIVE_MONTHS, past);
        return relative(days / 365, UDAT_RELATIVE_YEARS, past);
    }

    int compare(std::string_view a, std::string_view b) const override {
        UErrorCode status = U_ZERO_ERROR;
        const auto result = collator_->compareUTF8(piece(a), piece(b), status);
        check(status);
        return int(result);
    }

    std::string sort_key(std::string_view text) const override {
        const auto unicode = icu::UnicodeString::fromUTF8(piece(text));
        std::string key(text.size() * 2 + 16, '\0');
        auto size =
            collator_->getSortKey(unicode, reinterpret_cast<std::uint8_t*>(key.data()), std::int32_t(key.size()));
        if (std::size_t(size) > key.size()) {
            key.resize(std::size_t(size));
            size = collator_->getSortKey(unicode, reinterpret_cast<std::uint8_t*>(key.data()), size);
        }
        key.resize(std::size_t(std::max(size - 1, 0)));  // ICU ends it with a zero byte
        return key;
    }

private:
    static icu::StringPiece piece(std::string_view text) { return {text.data(), std::int32_t(text.size())}; }

    std::string relative(std::int64_t quantity, UDateRelativeUnit unit, bool past) const {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString text;
        relative_->format(double(quantity), past ? UDAT_DIRECTION_LAST : UDAT_DIRECTION_NEXT, unit, text, status);
        check(status);
        return utf8(text);
    }

    std::string relative_now() const {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString text;
        relative_->format(UDAT_DIRECTION_PLAIN, UDAT_ABSOLUTE_NOW, text, status);
        check(status);
        return utf8(text);
    }

    const std::string code_, html_lang_, name_;
    const bool right_to_left_, german_;
    const Catalogue catalogue_;
    const IcuLanguage* const fallback_;
    const icu::Locale locale_;
    const Calendar calendar_;
    const icu::number::LocalizedNumberFormatter numbers_;
    std::vector<icu::number::LocalizedNumberFormatter> decimals_;  // by number of decimals
    std::unique_ptr<icu::RelativeDateTimeFormatter> relative_;
    const std::unique_ptr<icu::Collator> collator_;
};

class AllLanguages {
public:
    AllLanguages() {
        for (const auto& description : known) {
            const std::string code = description.code;
            const auto* mo = find_embedded("locale/" + code + ".mo");
            if (!mo && code != "de" && code != "en") continue;
            const IcuLanguage* fallback = nullptr;
            for (const auto& language : owned_) {
                if (description.fallback && language->code() == description.fallback) fallback = language.get();
            }
            owned_.push_back(
                std::make_unique<IcuLanguage>(description, mo ? Catalogue(code, mo->content) : Catalogue(), fallback));
            list_.push_back(owned_.back().get());
        }
    }
    const std::vector<const Language*>& list() const { return list_; }

private:
    std::vector<std::unique_ptr<IcuLanguage>> owned_;
    std::vector<const Language*> list_;
};

}  // namespace

const std::vector<const Language*>& languages() {
    static const AllLanguages all;
    return all.list();
}

const Language* find_language(std::string_view code) {
    for (const auto* language : languages()) {
        if (language->code() == code) return language;
    }
    return nullptr;
}

const Language& german() { return *languages()[0]; }
const Language& english() { return *languages()[1]; }

}  // namespace mitwirken::i18n
