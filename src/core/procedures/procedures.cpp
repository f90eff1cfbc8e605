// Words and times of a procedure's parts; see procedures.h.
#include "core/procedures/procedures.h"

#include <fmt/format.h>

namespace mitwirken::core {

std::string_view to_word(ProcedureState state) {
    switch (state) {
        case ProcedureState::draft:
            return "draft";
        case ProcedureState::published:
            return "published";
        case ProcedureState::paused:
            return "paused";
    }
    return "";
}

std::optional<ProcedureState> procedure_state_from(std::string_view word) {
    for (const auto state : {ProcedureState::draft, ProcedureState::published, ProcedureState::paused})
        if (to_word(state) == word) return state;
    return {};
}

namespace {

constexpr std::string_view audience_words[] = {"everyone", "invited", "staff"};
constexpr std::string_view who_words[] = {"everyone", "email", "account", "verified", "invited", "token"};

template <class E, std::size_t N>
std::optional<E> word_in(const std::string_view (&words)[N], std::string_view word) {
    for (std::size_t i = 0; i < N; ++i)
        if (words[i] == word) return static_cast<E>(i);
    return {};
}

}  // namespace

std::string_view to_word(Audience audience) { return audience_words[std::size_t(audience)]; }
std::optional<Audience> audience_from(std::string_view word) { return word_in<Audience>(audience_words, word); }
std::string_view to_word(Who who) { return who_words[std::size_t(who)]; }
std::optional<Who> who_from(std::string_view word) { return word_in<Who>(who_words, word); }

Period period(const Step& step) {
    Period result;
    if (const auto* days = std::get_if<ByDays>(&step.dates)) {
        result.from = start_of(days->first);
        if (days->last) result.until = start_of(add_days(*days->last, 1));
    } else if (const auto* times = std::get_if<ByTimes>(&step.dates)) {
        result.from = from_berlin(times->opens, Ambiguous::first);
        if (times->closes) result.until = from_berlin(*times->closes, Ambiguous::second);
    }
    return result;
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
    // The instant's notation without its Z is exactly this one.
    const std::string seconds = text.size() == 16 ? ":00Z" : "Z";
    const auto as_utc = parse_instant(std::string(text) + seconds);
    if (!as_utc) return {};
    const auto day = std::chrono::floor<std::chrono::days>(*as_utc);
    const auto rest = int(std::chrono::duration_cast<std::chrono::seconds>(*as_utc - day).count());
    return LocalTime{Date{day}, rest / 3600, rest / 60 % 60, rest % 60};
}

std::string to_local_iso(const LocalTime& local) {
    const std::string text = fmt::format("{}T{:02}:{:02}", to_iso(local.day), local.hour, local.minute);
    return local.second ? fmt::format("{}:{:02}", text, local.second) : text;
}

bool exists(Date day) { return day.ok() && int(day.year()) >= 1 && int(day.year()) <= 9999; }

bool exists(const LocalTime& local) {
    return exists(local.day) && local.hour >= 0 && local.hour <= 23 && local.minute >= 0 && local.minute <= 59 &&
           local.second >= 0 && local.second <= 59;
}

}  // namespace mitwirken::core
