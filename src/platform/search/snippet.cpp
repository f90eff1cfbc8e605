// Chooses the window with the most different words wanted; see snippet.h. The stored text never holds \x01 or \x02,
// because what people type is clean(); to be sure they are dropped.
#include "platform/search/snippet.h"

#include <algorithm>
#include <set>

#include "platform/search/analyse.h"

namespace mitwirken::search {

namespace {

constexpr std::size_t window = 220;            // bytes
constexpr std::size_t most_looked_at = 20000;  // bytes of a text; a page shows twenty snippets

struct Found {
    std::size_t begin, end, term;
};

// Most words of a text share no beginning with a word wanted and need not be stemmed.
bool may_match(const std::string& word, const std::vector<Term>& wanted) {
    return std::any_of(wanted.begin(), wanted.end(), [&word](const Term& term) {
        return word.starts_with(std::string_view(term.stem).substr(0, 2)) ||
               (!term.other.empty() && word.starts_with(std::string_view(term.other).substr(0, 2)));
    });
}

// Cheaper than folding: a first letter that stays what it is when folded.
bool begins_otherwise(const std::string& lower, const std::vector<Term>& wanted) {
    const char first = lower.front();
    return static_cast<unsigned char>(first) < 128 &&
           std::none_of(wanted.begin(), wanted.end(), [first](const Term& term) {
               return term.stem.starts_with(first) || term.other.starts_with(first);
           });
}

// Do all the words wanted stand in one window that ends with the last one found?
bool all_together(const std::vector<Found>& found, std::size_t wanted) {
    std::set<std::size_t> terms;
    for (auto one = found.rbegin(); one != found.rend() && one->begin + window >= found.back().end; ++one)
        terms.insert(one->term);
    return terms.size() == wanted;
}

// Ends behind the first window that holds everything: a later one would not be shown.
std::vector<Found> find_words(std::string_view text, const std::vector<Term>& wanted) {
    std::vector<Found> result;
    std::size_t enough = text.size();
    each_word(text.substr(0, most_looked_at), [&](Word&& word) {
        if (word.begin > enough) return false;
        if (begins_otherwise(word.lower, wanted)) return true;
        const std::string plain = folded(word.lower);
        if (!may_match(plain, wanted)) return true;
        const std::string stemmed = stem(word.lower);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!wanted[i].matches(stemmed) && !(wanted[i].prefix && plain.starts_with(wanted[i].folded))) continue;
            result.push_back({word.begin, word.end, i});
            if (enough == text.size() && all_together(result, wanted.size())) enough = word.end + 2 * window;
            break;
        }
        return result.size() < 200;
    });
    return result;
}

// The number of the first word of the best window, and how many different words it holds.
std::pair<std::size_t, std::size_t> best_window(const std::vector<Found>& found) {
    std::pair<std::size_t, std::size_t> best{0, 0};
    for (std::size_t first = 0; first < found.size(); ++first) {
        std::set<std::size_t> terms;
        for (std::size_t i = first; i < found.size() && found[i].end <= found[first].begin + window; ++i) {
            terms.insert(found[i].term);
        }
        if (terms.size() > best.second) best = {first, terms.size()};
    }
    return best;
}

std::size_t word_start(std::string_view text, std::size_t at) {
    while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n') --at;
    return at;
}

std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] != ' ' && text[at] != '\n') ++at;
    return at;
}

void append_plain(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '\n' || c == '\t')
            out += ' ';
        else if (c != '\x01' && c != '\x02')
            out += c;
    }
}

std::string cut(std::string_view text, const std::vector<Found>& found, std::size_t first) {
    const std::size_t centre = found.empty() ? 0 : found[first].begin;
    // A little before the first word, so that it is read in its sentence; words of 200 letters are cut all the same.
    const std::size_t begin =
        centre < 60 ? 0 : std::max(word_start(text, centre - 50), centre - std::min<std::size_t>(centre, 120));
    std::size_t end = std::min(word_end(text, std::min(begin + window, text.size())), begin + 2 * window);
    end = std::min(end, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    std::string out = begin > 0 ? "… " : "";
    std::size_t at = begin;
    while (at < end && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    for (const Found& word : found) {
        if (word.begin < at || word.end > end) continue;
        append_plain(out, text.substr(at, word.begin - at));
        out += '\x01';
        append_plain(out, text.substr(word.begin, word.end - word.begin));
        out += '\x02';
        at = word.end;
    }
    append_plain(out, text.substr(at, end - at));
    if (end < text.size()) out += " …";
    return out;
}

}  // namespace

std::string snippet(std::string_view summary, std::string_view body, const std::vector<Term>& wanted) {
    const auto in_summary = find_words(summary, wanted);
    const auto best_summary = best_window(in_summary);
    if (best_summary.second == wanted.size()) return cut(summary, in_summary, best_summary.first);
    const auto in_body = find_words(body, wanted);
    const auto best_body = best_window(in_body);
    if (best_body.second > best_summary.second) return cut(body, in_body, best_body.first);
    return summary.empty() ? cut(body, in_body, 0) : cut(summary, in_summary, best_summary.first);
}

}  // namespace mitwirken::search
