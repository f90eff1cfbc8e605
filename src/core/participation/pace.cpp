// See pace.h.
#include "core/participation/pace.h"

#include <fmt/format.h>

#include "core/access/throttle.h"
#include "core/forms/work.h"
#include "core/moderation/similar.h"
#include "platform/http/target.h"

namespace mitwirken::core {

namespace {

constexpr int more_for_trusted = 3;

// Generous for a class room behind one address, hard for a program.
Throttle& by_address(const House& house) {
    return house.throttles.named("taking_part.by_address", 60, std::chrono::seconds{10});
}
Throttle& by_person(const House& house) {
    return house.throttles.named("taking_part.by_person", 20, std::chrono::seconds{30});
}

int number_of(const Visit& visit, std::string_view key) { return int(to_int(visit.setting(key)).value_or(0)); }

// A changed figure is another throttle: it holds at once.
std::chrono::seconds take_hourly(const Visit& visit, const char* whose, int most, const std::string& key) {
    if (most <= 0) return {};
    auto& throttle = visit.house.throttles.named(fmt::format("taking_part.hourly_{}.{}", whose, most), most,
                                                 std::chrono::seconds{std::max(1, 3600 / most)});
    return throttle.take(fmt::format("{} {} {}", visit.tenant.id.value, visit.place().activity->id.value, key),
                         visit.now);
}

TextRules text_rules(const Visit& visit) {
    TextRules rules;
    for (const auto& line : split(visit.setting("discussion.blocked_words"), '\n'))
        if (const std::string word = lower_ascii(trimmed(line)); !word.empty()) rules.words.push_back(word);
    rules.most_links = int(to_int(visit.setting("discussion.most_links")).value_or(2));
    return rules;
}

bool looked_at_before(const Visit& visit) {
    const auto settings = nlohmann::json::parse(visit.place().activity->settings, nullptr, false);
    return settings.is_object() && settings.value("moderation", "") == "before";
}

}  // namespace

bool is_trusted(Visit& visit) {
    const int needed = number_of(visit, "moderation.trusted_after");
    const auto* participant = visit.participant();
    return needed > 0 && participant && standing(visit.tx, visit.tenant.id, participant->id, visit.now) >= needed;
}

Problems check_pace(Visit& visit) {
    const auto* participant = visit.participant();
    const std::string who = participant ? std::to_string(participant->id.value) : "";
    auto wait = by_address(visit.house).take(visit.request.remote, visit.now);
    if (participant) wait = std::max(wait, by_person(visit.house).take(who, visit.now));
    const int factor = is_trusted(visit) ? more_for_trusted : 1;
    wait = std::max(wait, take_hourly(visit, "address", number_of(visit, "moderation.hourly_address"),
                                      http::network_of(visit.request.remote)));
    if (participant)
        wait = std::max(wait, take_hourly(visit, "person", factor * number_of(visit, "moderation.hourly_person"), who));
    Problems problems;
    if (wait.count() > 60)
        problems.add("", tr_noop("A lot was sent from here already. Please send it again in {n} minutes; what you "
                                 "typed stays here as long as this page is open.",
                                 {{"n", std::to_string(wait.count() / 60 + 1)}}));
    else if (wait.count() > 0)
        problems.add("", tr_noop("That was a lot at once. What you typed is still here: please send it again in "
                                 "{seconds} seconds.",
                                 {{"seconds", std::to_string(wait.count())}}));
    return problems;
}

std::optional<CaseReason> reason_to_look(Visit& visit, const std::string& text) {
    if (const auto doubt = suspicion(text, text_rules(visit))) return doubt;
    if (similar_to_removed(visit.tx, visit.tenant.id, text)) return CaseReason::similar_to_removed;
    // Answers to a questionnaire have no text of their own and carry no proof.
    if (wants_proof(visit) && !trimmed(text).empty() && !spend_proof(visit)) return CaseReason::unproven;
    if (looked_at_before(visit) && !is_trusted(visit)) return CaseReason::before_publication;
    return {};
}

}  // namespace mitwirken::core
