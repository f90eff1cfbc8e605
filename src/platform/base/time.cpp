// Calendar and zone arithmetic by Howard Hinnant's date library (system tzdata); see time.h.
#include "platform/base/time.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include "platform/base/text.h"

namespace mitwirken {

namespace {

using std::chrono::milliseconds;

const date::time_zone& berlin() {
    static const date::time_zone* const zone = date::locate_zone("Europe/Berlin");
    return *zone;
}

date::year_month_day to_library(Date day) {
    return date::year{int(day.year())} / date::month{unsigned(day.month())} / date::day{unsigned(day.day())};
}

const char* const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// True and the number when text[at, at+count) are digits.
bool digits(std::string_view text, std::size_t at, std::size_t count, int& value) {
    if (at + count > text.size()) return false;
    value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (text[i] - '0');
    }
    return true;
}

}  // namespace

Timestamp SystemClock::now() const {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

Timestamp from_berlin(const LocalTime& local, Ambiguous choice) {
    const date::local_time<milliseconds> time = date::local_days{to_library(local.day)} +
                                                std::chrono::hours{local.hour} + std::chrono::minutes{local.minute} +
                                                std::chrono::seconds{local.second};
    const auto info = berlin().get_info(time);
    if (info.result == date::local_info::nonexistent) {
        return Timestamp{time.time_since_epoch() - info.first.offset};
    }
    const auto& chosen =
        info.result == date::local_info::ambiguous && choice == Ambiguous::second ? info.second : info.first;
    return Timestamp{time.time_since_epoch() - chosen.offset};
}

LocalTime to_berlin(Timestamp instant) {
    const date::sys_time<milliseconds> library{instant.time_since_epoch()};
    const auto local = berlin().to_local(library);
    const auto day = date::floor<date::days>(local);
    const date::year_month_day ymd{day};
    const auto rest = std::chrono::duration_cast<std::chrono::seconds>(local - day).count();
    return {Date{std::chrono::year{int(ymd.year())}, std::chrono::month{unsigned(ymd.month())},
                 std::chrono::day{unsigned(ymd.day())}},
            int(rest / 3600), int(rest / 60 % 60), int(rest % 60)};
}

Date berlin_day(Timestamp instant) { return to_berlin(instant).day; }

Timestamp start_of(Date day) { return from_berlin({day, 0, 0, 0}); }

Date add_days(Date day, int days) { return std::chrono::sys_days{day} + std::chrono::days{days}; }

int days_between(Date from, Date to) { return int((std::chrono::sys_days{to} - std::chrono::sys_days{from}).count()); }

std::optional<Date> parse_date(std::string_view text) {
    int year = 0, month = 0, day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    if (!digits(text, 0, 4, year) || !digits(text, 5, 2, month) || !digits(text, 8, 2, day)) return {};
    const Date date{std::chrono::year{year}, std::chrono::month{unsigned(month)}, std::chrono::day{unsigned(day)}};
    if (!date.ok()) return {};
    return date;
}

std::string to_iso(Date day) {
    return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::optional<int> parse_clock_time(std::string_view text) {
    int hour = 0, minute = 0;
    if (text.size() != 5 || text[2] != ':' || !digits(text, 0, 2, hour) || !digits(text, 3, 2, minute)) return {};
    if (hour > 23 || minute > 59) return {};
    return hour * 60 + minute;
}

std::string to_iso(Timestamp instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(instant - day).count();
    return fmt::format("{}T{:02}:{:02}:{:02}Z", to_iso(Date{day}), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::optional<Timestamp> parse_instant(std::string_view text) {
    int hour = 0, minute = 0, second = 0;
    if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') return {};
    const auto day = parse_date(text.substr(0, 10));
    if (!day || !digits(text, 11, 2, hour) || !digits(text, 14, 2, minute) || !digits(text, 17, 2, second)) return {};
    if (hour > 23 || minute > 59 || second > 59) return {};
    return Timestamp{std::chrono::sys_days{*day}} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

std::string to_http_date(Timestamp instant) {
    const auto days = std::chrono::floor<std::chrono::days>(instant);
    const Date day{days};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(instant - days).count();
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", weekdays[std::chrono::weekday{days}.c_encoding()],
                       unsigned(day.day()), months[unsigned(day.month()) - 1], int(day.year()), seconds / 3600,
                       seconds / 60 % 60, seconds % 60);
}

std::string to_mail_date(Timestamp instant) {
    std::string text = to_http_date(instant);
    return text.replace(text.size() - 3, 3, "+0000");
}

}  // namespace mitwirken
