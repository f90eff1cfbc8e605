// The desk's rules: which rulings a case allows, the published rules and text blocks as settings, and how a passage is
// taken out of a text. All pure; rows and what a ruling changes stand in core/moderation.
// Invariants: whoever hides or redacts names a published rule and tells the author why; words are only taken out of a
// text, never changed; where two persons are wanted, the first can only propose to hide.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/moderation/moderation.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/files/files.h"
#include "platform/files/picture.h"

namespace mitwirken::moderation {

// "Respekt: Keine Beleidigungen …", one a line. The name is what a ruling carries.
struct Rule {
    std::string name, words;
};
// A ruling carries the name, so it is short.
inline constexpr std::size_t longest_name = 120;
std::vector<Rule> rules_from(const std::string& setting);
// Blocks of text with an empty line between them; the first line of each is its name, and behind "|" its rule.
struct TextBlock {
    std::string name, words, rule;
};
TextBlock block_named(const std::string& line);
std::vector<TextBlock> blocks_from(const std::string& setting);

// What may be decided, in the order of the form.
std::vector<core::RulingKind> offered(const core::Case& which, bool two_persons);
// Hidden or redacted: needs a rule and words.
bool needs_reason(core::RulingKind ruling);

inline constexpr std::string_view removed = "[…]";
inline constexpr std::size_t most_words = 2000;
// What stands in the place of a passage: "[… – Respekt]"; without a rule "[…]".
std::string mark_of(const std::string& rule);
// The text without what `shorter` leaves out, a mark in its place. A problem when `shorter` holds other words.
Result<std::string> shortened(const std::string& text, const std::string& shorter, const std::string& mark,
                              const std::string& field);
// A form's fields "short_title" and "short_body" (the texts shortened by hand) and "passages" (one a line, exactly as
// they stand there; they go everywhere). A title is only ever shown with "[…]".
Result<core::Wording> redact(const core::Contribution& contribution, const Form& form, const std::string& rule);

// The rule a form names, else that of its text block.
std::string rule_of(const Form& form, const std::vector<TextBlock>& blocks);

struct Decision {
    core::RulingKind kind = core::RulingKind::dismiss;
    std::string rule, words;  // words: the text block, then the person's own
    core::Wording wording;    // of a redaction
};
Result<Decision> check(const Form& form, const core::Contribution& contribution,
                       const std::vector<core::RulingKind>& offered, const std::vector<Rule>& rules,
                       const std::vector<TextBlock>& blocks);

// Rectangles as they were typed, in percent ("12,5"): inside the picture, and at least one.
inline constexpr int most_parts = 12;
Result<std::vector<files::Part>> parts_from(const std::vector<std::map<std::string, std::string>>& rows);
// What prepare_cover made: from the file with this key.
struct Covered {
    std::string from;
    files::Stored stored;
};

// ---- words for people
Message reason_name(core::CaseReason reason);
Message ruling_name(core::RulingKind ruling);  // "Hidden": what was decided
Message flag_name(const std::string& reason);

}  // namespace mitwirken::moderation
