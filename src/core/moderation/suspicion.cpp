// What a text shows of itself; see moderation.h.
#include <algorithm>

#include "core/moderation/moderation.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

// Lower-case words of letters and digits; bytes of other scripts count as letters.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : lower_ascii(text)) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    return words;
}

bool meets(const std::string& word, const std::string& pattern) {
    if (!pattern.empty() && pattern.back() == '*') return starts_with(word, pattern.substr(0, pattern.size() - 1));
    return word == pattern;
}

int links_in(const std::string& text) {
    int count = 0;
    const std::string small = lower_ascii(text);
    for (const char* mark : {"http://", "https://", "www."})
        for (auto at = small.find(mark); at != std::string::npos; at = small.find(mark, at + 1)) {
            // "https://www.…" is one link, not two.
            const bool counted = std::string_view(mark) == "www." && at >= 3 && small.compare(at - 3, 3, "://") == 0;
            if (!counted) ++count;
        }
    return count;
}

}  // namespace

std::optional<CaseReason> suspicion(const std::string& text, const TextRules& rules) {
    const auto words = words_of(text);
    for (const auto& pattern : rules.words)
        if (pattern.size() > 1 &&
            std::any_of(words.begin(), words.end(), [&](const std::string& word) { return meets(word, pattern); }))
            return CaseReason::words;
    if (links_in(text) > rules.most_links) return CaseReason::links;
    return {};
}

}  // namespace mitwirken::core
