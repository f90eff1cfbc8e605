// The desk's rules: which rulings a case allows, the published rules and text blocks as settings, and how a passage is
// taken out of a text. All pure; rows and what a ruling changes stand in core/moderation.
// Invariants: whoever hides or redacts names a published rule and tells the author why; words are only taken out of a
// text, never changed; where two persons are wanted, the first can only propose to hide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/moderation/moderation.h"
#include "platform/base/form.h"
#include "platform/base/result.h"

namespace mitwirken::moderation {

// "Respekt: Keine Beleidigungen …", one a line. The name is what a ruling carries.
struct Rule {
    std::string name, words;
};
std::vector<Rule> rules_from(const std::string& setting);
// Blocks of text with an empty line between them; the first line of each is its name.
struct TextBlock {
    std::string name, words;
};
std::vector<TextBlock> blocks_from(const std::string& setting);

// What may be decided, in the order of the form.
std::vector<core::RulingKind> offered(const core::Case& which, bool two_persons);
// Hidden or redacted: needs a rule and words.
bool needs_reason(core::RulingKind ruling);

inline constexpr std::string_view removed = "[…]";
inline constexpr std::size_t most_words = 2000;
// Takes these passages (one a line, exactly as they stand there) out of title and text, everywhere.
Result<core::Wording> redact(const core::Contribution& contribution, const std::string& passages);

struct Decision {
    core::RulingKind kind = core::RulingKind::dismiss;
    std::string rule, words;  // words: the text block, then the person's own
    core::Wording wording;    // of a redaction
};
Result<Decision> check(const Form& form, const core::Contribution& contribution,
                       const std::vector<core::RulingKind>& offered, const std::vector<Rule>& rules,
                       const std::vector<TextBlock>& blocks);

// ---- words for people
Message reason_name(core::CaseReason reason);
Message ruling_name(core::RulingKind ruling);  // "Hidden": what was decided
Message flag_name(const std::string& reason);

}  // namespace mitwirken::moderation
