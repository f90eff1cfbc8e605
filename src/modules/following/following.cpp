// See following.h.
#include "modules/following/following.h"

#include <algorithm>
#include <chrono>

#include "platform/base/text.h"

namespace mitwirken::following {

namespace {

constexpr int hour_of_digests = 7;
constexpr auto between_questions = std::chrono::minutes{15};
constexpr std::int64_t most_questions = 5;

Timestamp seven_on(Date day) { return from_berlin({day, hour_of_digests, 0, 0}); }

std::string signed_text(const Reader& reader, const std::string& scope) {
    return std::to_string(reader.tenant.value) + ":" + std::to_string(reader.id.value) + ":" + scope + ":" +
           reader.salt;
}

}  // namespace

bool same_thing(const Follow& a, const Follow& b) {
    return a.kind == b.kind && a.item == b.item && a.words == b.words && a.facet == b.facet && a.terms == b.terms &&
           a.lon == b.lon && a.lat == b.lat && a.metres == b.metres;
}

Timestamp next_mail(Rhythm rhythm, Timestamp now) {
    if (rhythm == Rhythm::at_once) return now;
    Date day = berlin_day(now);
    while (seven_on(day) <= now ||
           (rhythm == Rhythm::weekly && std::chrono::weekday{std::chrono::sys_days{day}} != std::chrono::Monday))
        day = add_days(day, 1);
    return seven_on(day);
}

std::optional<Timestamp> resumes_at(const Reader& reader, Timestamp now) {
    const auto day = parse_date(reader.paused_until);
    if (!day || seven_on(*day) <= now) return {};
    return seven_on(*day);
}

Timestamp due_at(Rhythm rhythm, const Reader& reader, Timestamp now) {
    Timestamp due = next_mail(rhythm, now);
    if (rhythm == Rhythm::at_once && reader.mailed_at) due = std::max(due, *reader.mailed_at + between_mails);
    if (const auto resumes = resumes_at(reader, now)) due = std::max(due, *resumes);
    return due;
}

bool may_ask(const Reader& reader, Timestamp now) {
    return !reader.asked_at || (reader.asked < most_questions && now - *reader.asked_at >= between_questions);
}

std::vector<StepChange> step_changes(const core::Procedure& plan, const core::Grid& grid, Timestamp from,
                                     Timestamp until) {
    std::vector<StepChange> changes;
    const auto within = [&](const std::optional<Timestamp>& at) { return at && *at > from && *at <= until; };
    for (std::size_t t = 0; t < plan.tracks.size(); ++t) {
        const auto& track = plan.tracks[t];
        if (track.audience != core::Audience::anyone) continue;
        const auto begins_then = [&](Timestamp at) {
            for (std::size_t s = 0; s < track.steps.size(); ++s)
                if (!track.steps[s].silent && grid.period({t, s}).from == at) return true;
            return false;
        };
        for (std::size_t s = 0; s < track.steps.size(); ++s) {
            const auto& step = track.steps[s];
            const auto& period = grid.period({t, s});
            if (step.silent) continue;
            if (within(period.from)) changes.push_back({&step, true, *period.from});
            if (within(period.until) && period.until != period.from && !begins_then(*period.until))
                changes.push_back({&step, false, *period.until});
        }
    }
    std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return changes;
}

std::string sign_link(const crypto::Key& key, std::string_view purpose, const Reader& reader,
                      const std::string& scope) {
    return std::to_string(reader.id.value) + "." + (scope.empty() ? "" : scope + ".") +
           crypto::sign(key, purpose, signed_text(reader, scope));
}

std::optional<Link> read_link(std::string_view token) {
    if (token.size() > 300) return {};
    const auto parts = split(token, '.');
    if (parts.size() != 2 && parts.size() != 3) return {};
    const auto id = to_int(parts[0]);
    if (!id || *id <= 0) return {};
    return Link{ReaderId{*id}, parts.size() == 3 ? parts[1] : "", parts.back()};
}

bool is_genuine(const crypto::Key& key, std::string_view purpose, const Reader& reader, const Link& link) {
    return crypto::verify(key, purpose, signed_text(reader, link.scope), link.signature);
}

std::string to_word(const Scope& scope) {
    constexpr std::size_t most = 12;
    if (scope.all || scope.follows.size() > most) return "all";
    std::vector<std::string> parts;
    for (const auto id : scope.follows) parts.push_back(std::to_string(id.value));
    if (scope.news) parts.emplace_back("n");
    return "f" + join(parts, "-");
}

Scope scope_from(std::string_view word) {
    Scope scope;
    scope.all = scope.news = word == "all";
    if (!starts_with(word, "f")) return scope;
    for (const auto& part : split(word.substr(1), '-')) {
        if (part == "n") scope.news = true;
        if (const auto id = to_int(part)) scope.follows.push_back(FollowId{*id});
    }
    return scope;
}

std::vector<core::TermId> term_ids(const std::string& words) {
    std::vector<core::TermId> ids;
    for (const auto& word : split(words, ' '))
        if (const auto id = to_int(word)) ids.push_back(core::TermId{*id});
    return ids;
}

std::string term_words(const std::vector<core::TermId>& ids) {
    std::vector<std::string> words;
    for (const auto id : ids) words.push_back(std::to_string(id.value));
    return join(words, " ");
}

std::string one_line(std::string_view text, std::size_t letters) {
    std::string line;
    for (const char c : text) {
        const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    line = trimmed(line);
    const std::string cut = first_letters(line, letters);
    return cut.size() < line.size() ? trimmed(cut) + "…" : line;
}

}  // namespace mitwirken::following
