// The rules: channels, short numbers, building blocks, the day something came in. See channels.h.
#include "modules/channels/channels.h"

#include <charconv>

#include "core/manifest.h"
#include "core/procedures/words.h"
#include "platform/base/text.h"

namespace mitwirken::channels {

using core::Channel;

Message channel_name(Channel channel) {
    switch (channel) {
        case Channel::online:
            return tr_noop("Online");
        case Channel::live:
            return tr_noop("Live event");
        case Channel::paper:
            return tr_noop("On paper");
        case Channel::phone:
            return tr_noop("By phone");
        case Channel::mail:
            return tr_noop("By letter or e-mail");
        case Channel::hearing:
            return tr_noop("In the hall");
    }
    return {};
}

std::string channel_word(Channel channel) { return std::string(db::Names<Channel>::words[std::size_t(channel)]); }

std::optional<Channel> entered_channel(std::string_view word) {
    for (const auto channel : entered_channels)
        if (channel_word(channel) == word) return channel;
    return {};
}

// What offices write into a column; lower case.
std::optional<Channel> entered_channel_named(std::string_view name) {
    const std::string word = lower_ascii(trimmed(name));
    if (const auto known = entered_channel(word)) return known;
    static const std::pair<std::string_view, Channel> names[] = {{"papier", Channel::paper},
                                                                 {"auf papier", Channel::paper},
                                                                 {"postkarte", Channel::paper},
                                                                 {"telefon", Channel::phone},
                                                                 {"am telefon", Channel::phone},
                                                                 {"telefonisch", Channel::phone},
                                                                 {"brief", Channel::mail},
                                                                 {"e-mail", Channel::mail},
                                                                 {"email", Channel::mail},
                                                                 {"post", Channel::mail},
                                                                 {"brief oder e-mail", Channel::mail},
                                                                 {"saal", Channel::hearing},
                                                                 {"im saal", Channel::hearing},
                                                                 {"veranstaltung", Channel::hearing},
                                                                 {"vor ort", Channel::hearing}};
    for (const auto& [known, channel] : names)
        if (known == word) return channel;
    return {};
}

// ---- short numbers

namespace {

// The digit that makes the whole a Luhn number.
char check_digit(std::string_view digits) {
    int sum = 0;
    bool doubled = true;
    for (auto i = digits.size(); i-- > 0; doubled = !doubled) {
        int digit = digits[i] - '0';
        if (doubled) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
        sum += digit;
    }
    return char('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::string short_number(core::ActivityId id) {
    std::string digits = std::to_string(id.value);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    return digits + check_digit(digits);
}

std::optional<core::ActivityId> activity_of_number(std::string_view typed) {
    std::string digits;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9') return {};
        digits += c;
    }
    if (digits.size() < 4 || digits.size() > 18) return {};
    const char check = digits.back();
    digits.pop_back();
    const auto id = to_int(digits);
    if (!id || *id <= 0 || check_digit(digits) != check) return {};
    return core::ActivityId{*id};
}

// ---- building blocks

namespace {

std::string own_entry_pattern(const core::Manifest& block) {
    return "/verwaltung/verfahren/{key}/" + std::string(block.activity ? block.activity->path : "") + "/{part}/eingabe";
}

bool has_own_entry(const core::Manifest& block) {
    const std::string pattern = own_entry_pattern(block);
    return std::any_of(block.routes.begin(), block.routes.end(), [&](const auto& route) {
        return route.method == http::Method::get && route.pattern == pattern;
    });
}

}  // namespace

std::optional<std::string> kind_of_texts(const core::Manifest& block) {
    if (!block.activity || has_own_entry(block)) return {};
    const auto& open = block.activity->interactions;
    if (std::none_of(open.begin(), open.end(), [](const auto& one) { return one.word == "contribute"; })) return {};
    const std::string page = "/verfahren/{procedure}/" + std::string(block.activity->path) + "/{activity}/{";
    for (const auto& route : block.routes) {
        const std::string pattern(route.pattern);
        if (route.method != http::Method::get || !starts_with(pattern, page) || pattern.back() != '}') continue;
        const std::string name = pattern.substr(page.size(), pattern.size() - page.size() - 1);
        if (name.find('/') == std::string::npos) return name;
    }
    return {};
}

std::string own_entry_path(const core::Manifest& block, const core::ProcedureRecord& procedure,
                           const core::Activity& activity) {
    const std::string path(block.activity ? block.activity->path : "");
    if (!has_own_entry(block)) return "";
    return "/verwaltung/verfahren/" + escape_url(procedure.key) + "/" + path + "/" + escape_url(activity.key) +
           "/eingabe";
}

// ---- the day

std::optional<Date> read_day(std::string_view typed) {
    const std::string text = trimmed(typed);
    if (const auto day = parse_date(text)) return day;
    const auto parts = split(text, '.');
    if (parts.size() != 3 || parts[2].size() != 4) return {};
    const auto day = to_int(parts[0]), month = to_int(parts[1]), year = to_int(parts[2]);
    if (!day || !month || !year || *day < 1 || *day > 31 || *month < 1 || *month > 12 || *year < 1) return {};
    const Date date{std::chrono::year{int(*year)}, std::chrono::month{unsigned(*month)},
                    std::chrono::day{unsigned(*day)}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

Result<core::Received> received_on(const core::Place& place, Date day, const i18n::Language& language, Timestamp now) {
    Problems problems;
    if (day > berlin_day(now)) {
        problems.add("day", tr_noop("This day is still to come. Please give the day on which it came in."));
        return problems;
    }
    const auto everybody = place.grid.everybody();
    const auto ask = [&](Timestamp at) { return place.grid.ask(everybody, place.activity->key, "contribute", at); };
    const auto received = [&](Timestamp at) {
        const auto* step = place.step(ask(at));
        return core::Received{at, step ? step->id : core::StepId{}};
    };
    // Noon (or now) when it was open then, else the first instant of the day at which it was.
    const Timestamp begin = start_of(day), end = start_of(add_days(day, 1));
    const Timestamp usual = std::min(now, from_berlin({day, 12, 0, 0}));
    if (ask(usual).allowed()) return received(usual);
    for (Timestamp at = begin; at < end && at <= now;) {
        if (ask(at).allowed()) return received(at);
        const auto next = place.grid.next_change(at);
        if (!next) break;
        at = *next;
    }
    const std::string reason =
        core::reason_in_words(language, place.plan, ask(usual), place.activity->key, "contribute", usual);
    problems.add("day", tr_noop("On {day} nothing could be handed in here ({reason}). What came in too late is not "
                                "entered; please answer it directly.",
                                {{"day", language.date(day)}, {"reason", reason}}));
    return problems;
}

}  // namespace mitwirken::channels
