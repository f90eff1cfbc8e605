// See days_off.h.
#include "core/procedures/days_off.h"

namespace mitwirken::core {

// The method of Meeus, Jones and Butcher ("Astronomical Algorithms", chapter 8).
Date easter(std::chrono::year year) {
    const int y = int(year);
    const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4;
    const int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return Date{year, std::chrono::month{unsigned(sum / 31)}, std::chrono::day{unsigned(sum % 31 + 1)}};
}

std::optional<Message> day_off(Date day) {
    struct Fixed {
        unsigned month, day;
        Message name;
    };
    const Fixed fixed[] = {{1, 1, tr_noop("New Year’s Day")},    {5, 1, tr_noop("Labour Day")},
                           {10, 3, tr_noop("German Unity Day")}, {11, 1, tr_noop("All Saints’ Day")},
                           {12, 25, tr_noop("Christmas Day")},   {12, 26, tr_noop("Boxing Day")}};
    for (const auto& one : fixed)
        if (unsigned(day.month()) == one.month && unsigned(day.day()) == one.day) return one.name;
    const std::pair<int, Message> moving[] = {{-2, tr_noop("Good Friday")},   {0, tr_noop("Easter Sunday")},
                                              {1, tr_noop("Easter Monday")},  {39, tr_noop("Ascension Day")},
                                              {49, tr_noop("Whit Sunday")},   {50, tr_noop("Whit Monday")},
                                              {60, tr_noop("Corpus Christi")}};
    const int after_easter = days_between(easter(day.year()), day);
    for (const auto& [days, name] : moving)
        if (days == after_easter) return name;
    const std::chrono::weekday weekday{std::chrono::sys_days{day}};
    if (weekday == std::chrono::Saturday) return tr_noop("Saturday");
    if (weekday == std::chrono::Sunday) return tr_noop("Sunday");
    return {};
}

}  // namespace mitwirken::core
