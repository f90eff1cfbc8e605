// The rules of the desk; see moderation.h.
#include "modules/moderation/moderation.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken::moderation {

namespace {

using core::CaseReason;
using core::RulingKind;

// The ruling that is chosen; nothing when it is not offered.
std::optional<RulingKind> chosen(const std::string& word, const std::vector<RulingKind>& offered) {
    for (const auto kind : offered)
        if (word == db::Names<RulingKind>::words[std::size_t(kind)]) return kind;
    return {};
}

const TextBlock* chosen_block(const Form& form, const std::vector<TextBlock>& blocks) {
    for (const auto& block : blocks)
        if (block.name == form["block"]) return &block;
    return nullptr;
}

std::string words_of(const Form& form, const std::vector<TextBlock>& blocks, Problems& problems) {
    const std::string own = trimmed(form["words"]);
    if (letters(own) > most_words)
        problems.add("words",
                     tr_noop("Please shorten the text to {limit} letters.", {{"limit", std::to_string(most_words)}}));
    const auto* block = chosen_block(form, blocks);
    if (block == nullptr) return own;
    return own.empty() ? block->words : block->words + "\n\n" + own;
}

}  // namespace

std::vector<Rule> rules_from(const std::string& setting) {
    std::vector<Rule> rules;
    for (const auto& line : split(setting, '\n')) {
        const std::string text = trimmed(line);
        const auto colon = text.find(':');
        if (text.empty() || colon == 0) continue;
        if (colon == std::string::npos)
            rules.push_back({first_letters(text, longest_name), ""});
        else
            rules.push_back(
                {first_letters(trimmed(text.substr(0, colon)), longest_name), trimmed(text.substr(colon + 1))});
    }
    return rules;
}

TextBlock block_named(const std::string& line) {
    const auto bar = line.find('|');
    if (bar == std::string::npos) return {line, "", ""};
    return {trimmed(line.substr(0, bar)), "", trimmed(line.substr(bar + 1))};
}

std::vector<TextBlock> blocks_from(const std::string& setting) {
    std::vector<TextBlock> blocks;
    bool inside = false;
    for (const auto& line : split(setting, '\n')) {
        const std::string text = trimmed(line);
        if (text.empty())
            inside = false;
        else if (!inside)
            blocks.push_back(block_named(text)), inside = true;
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

std::string rule_of(const Form& form, const std::vector<TextBlock>& blocks) {
    const auto* block = chosen_block(form, blocks);
    return form["rule"].empty() && block != nullptr ? block->rule : form["rule"];
}

Result<Decision> check(const Form& form, const core::Contribution& c, const std::vector<RulingKind>& offered,
                       const std::vector<Rule>& rules, const std::vector<TextBlock>& blocks) {
    Problems problems;
    Decision decision;
    const auto kind = chosen(form["ruling"], offered);
    if (!kind) problems.add("ruling", tr_noop("Please choose what becomes of the contribution."));
    decision.kind = kind.value_or(RulingKind::dismiss);
    decision.words = words_of(form, blocks, problems);
    decision.rule = needs_reason(decision.kind) ? rule_of(form, blocks) : form["rule"];
    const bool published =
        std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == decision.rule; });
    if (!published && (!decision.rule.empty() || needs_reason(decision.kind)))
        problems.add("rule", tr_noop("Please choose the published rule that this rests on."));
    if (decision.words.empty() && needs_reason(decision.kind))
        problems.add("words", tr_noop("Please tell the author why, by a text block or in your own words."));
    if (kind == RulingKind::redact) {
        auto wording = redact(c, form, decision.rule);
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
        case CaseReason::unproven:
            return tr_noop("Sent without the proof of work");
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
        case RulingKind::redact_picture:
            return tr_noop("Part of a picture covered");
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
