// Time. An instant is UTC in milliseconds; a day is a calendar day in Europe/Berlin; nothing reads the system clock
// except SystemClock, so that tests can stand on any date.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mitwirken {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

class SystemClock : public Clock {
public:
    Timestamp now() const override;
};

// Stands still until it is told otherwise. For tests and for "preview as of".
class FixedClock : public Clock {
public:
    explicit FixedClock(Timestamp now) : now_(now) {}
    Timestamp now() const override { return now_; }
    void set(Timestamp now) { now_ = now; }

private:
    Timestamp now_;
};

struct LocalTime {
    Date day;
    int hour = 0, minute = 0, second = 0;
};

// A local time in Europe/Berlin as an instant. A time that does not exist (spring) moves forward by the gap; of one
// that exists twice (autumn) an opening takes the first, a closing the second: a period never becomes shorter.
enum class Ambiguous { first, second };
Timestamp from_berlin(const LocalTime& local, Ambiguous choice = Ambiguous::first);
LocalTime to_berlin(Timestamp instant);
Date berlin_day(Timestamp instant);
// Midnight at the beginning of a day in Berlin.
Timestamp start_of(Date day);

Date add_days(Date day, int days);
int days_between(Date from, Date to);

// "2026-11-23"; nothing when it is not a day that exists.
std::optional<Date> parse_date(std::string_view text);
std::string to_iso(Date day);
// "18:30" -> minutes after midnight.
std::optional<int> parse_clock_time(std::string_view text);
// "2026-11-23T08:49:57Z"
std::string to_iso(Timestamp instant);
std::optional<Timestamp> parse_instant(std::string_view text);
// RFC 7231, for HTTP headers; RFC 5322 for mail and RSS.
std::string to_http_date(Timestamp instant);
std::string to_mail_date(Timestamp instant);

}  // namespace mitwirken
