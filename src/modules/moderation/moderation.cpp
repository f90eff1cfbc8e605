// The rules of the desk; see moderation.h.
#include "modules/moderation/moderation.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken::moderation {

namespace {

using core::CaseReason;
using core::RulingKind;

// Replaces it everywhere; false when it does not stand there.
bool take_out(std::string& text, const std::string& passage) {
    bool found = false;
    for (auto at = text.find(passage); at != std::string::npos; at = text.find(passage, at + removed.size())) {
        text.replace(at, passage.size(), removed);
        found = true;
    }
    return found;
}

// Longer passages first: a short one must not break a long one that contains it.
std::vector<std::string> passages_from(const std::string& text) {
    std::vector<std::string> passages;
    for (const auto& line : split(text, '\n'))
        if (std::string passage = trimmed(line); !passage.empty()) passages.push_back(std::move(passage));
    std::stable_sort(passages.begin(), passages.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return passages;
}

// The ruling that is chosen; nothing when it is not offered.
std::optional<RulingKind> chosen(const std::string& word, const std::vector<RulingKind>& offered) {
    for (const auto kind : offered)
        if (word == db::Names<RulingKind>::words[std::size_t(kind)]) return kind;
    return {};
}

std::string words_of(const Form& form, const std::vector<TextBlock>& blocks, Problems& problems) {
    const std::string own = trimmed(form["words"]);
    if (letters(own) > most_words)
        problems.add("words",
                     tr_noop("Please shorten the text to {limit} letters.", {{"limit", std::to_string(most_words)}}));
    for (const auto& block : blocks)
        if (block.name == form["block"]) return own.empty() ? block.words : block.words + "\n\n" + own;
    return own;
}

}  // namespace

std::vector<Rule> rules_from(const std::string& setting) {
    std::vector<Rule> rules;
    for (const auto& line : split(setting, '\n')) {
        const std::string text = trimmed(line);
        const auto colon = text.find(':');
        if (text.empty() || colon == 0) continue;
        if (colon == std::string::npos)
            rules.push_back({text, ""});
        else
            rules.push_back({trimmed(text.substr(0, colon)), trimmed(text.substr(colon + 1))});
    }
    return rules;
}

std::vector<TextBlock> blocks_from(const std::string& setting) {
    std::vector<TextBlock> blocks;
    bool inside = false;
    for (const auto& line : split(setting, '\n')) {
        const std::string text = trimmed(line);
        if (text.empty())
            inside = false;
        else if (!inside)
            blocks.push_back({text, ""}), inside = true;
        else
            blocks.back().words += (blocks.back().words.empty() ? "" : "\n") + text;
    }
    // A name without a text says nothing to anybody.
    std::erase_if(blocks, [](const TextBlock& block) { return block.words.empty(); });
    return blocks;
}

std::vector<RulingKind> offered(const core::Case& which, bool two_persons) {
    if (which.state == core::CaseState::decided) return {};
    const bool proposes = two_persons && which.state == core::CaseState::open;
    return {which.reason == CaseReason::flagged ? RulingKind::dismiss : RulingKind::publish, RulingKind::redact,
            proposes ? RulingKind::propose_hide : RulingKind::hide};
}

bool needs_reason(RulingKind ruling) { return ruling != RulingKind::publish && ruling != RulingKind::dismiss; }

Result<core::Wording> redact(const core::Contribution& c, const std::string& passages) {
    core::Wording wording{c.title, c.body, c.place, c.lon, c.lat, ""};
    Problems problems;
    const auto wanted = passages_from(passages);
    if (wanted.empty()) problems.add("passages", tr_noop("Please copy the passage that goes into this field."));
    for (const auto& passage : wanted) {
        if (letters(passage) < 2) {
            problems.add("passages", tr_noop("A single letter would be taken out everywhere. Please copy more of it."));
            continue;
        }
        const bool in_title = take_out(wording.title, passage), in_body = take_out(wording.body, passage);
        if (!in_title && !in_body)
            problems.add("passages", tr_noop("“{passage}” does not stand in the text. Please copy it exactly.",
                                             {{"passage", first_letters(passage, 80)}}));
    }
    if (problems.any()) return problems;
    return wording;
}

Result<Decision> check(const Form& form, const core::Contribution& c, const std::vector<RulingKind>& offered,
                       const std::vector<Rule>& rules, const std::vector<TextBlock>& blocks) {
    Problems problems;
    Decision decision;
    const auto kind = chosen(form["ruling"], offered);
    if (!kind) problems.add("ruling", tr_noop("Please choose what becomes of the contribution."));
    decision.kind = kind.value_or(RulingKind::dismiss);
    decision.words = words_of(form, blocks, problems);
    decision.rule = form["rule"];
    const bool published =
        std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == decision.rule; });
    if (!published && (!decision.rule.empty() || needs_reason(decision.kind)))
        problems.add("rule", tr_noop("Please choose the published rule that this rests on."));
    if (decision.words.empty() && needs_reason(decision.kind))
        problems.add("words", tr_noop("Please tell the author why, by a text block or in your own words."));
    if (kind == RulingKind::redact) {
        auto wording = redact(c, form["passages"]);
        if (wording)
            decision.wording = std::move(*wording);
        else
            problems.append(wording.problems());
    }
    if (problems.any()) return problems;
    return decision;
}

Message reason_name(CaseReason reason) {
    switch (reason) {
        case CaseReason::before_publication:
            return tr_noop("Looked at before publication");
        case CaseReason::flagged:
            return tr_noop("Reported");
        case CaseReason::words:
            return tr_noop("Word from the list");
        case CaseReason::links:
            return tr_noop("Many links");
        case CaseReason::similar_to_removed:
            return tr_noop("Similar to something removed");
        case CaseReason::appeal:
            return tr_noop("Appeal by the author");
    }
    return {};
}

Message ruling_name(RulingKind ruling) {
    switch (ruling) {
        case RulingKind::publish:
            return tr_noop("Published");
        case RulingKind::hide:
            return tr_noop("Hidden");
        case RulingKind::redact:
            return tr_noop("Passage removed");
        case RulingKind::dismiss:
            return tr_noop("Stays as it is");
        case RulingKind::propose_hide:
            return tr_noop("Proposed: hide");
    }
    return {};
}

Message flag_name(const std::string& reason) {
    if (reason == "insult") return tr_noop("It insults or threatens somebody");
    if (reason == "privacy") return tr_noop("It shows personal data");
    if (reason == "spam") return tr_noop("It is advertising");
    if (reason == "off_topic") return tr_noop("It does not belong here");
    if (reason == "appeal") return tr_noop("The author’s words");
    return tr_noop("Something else");
}

}  // namespace mitwirken::moderation
