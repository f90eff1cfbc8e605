// Splitting by ICU's character properties, stemming by libstemmer; see analyse.h.
#include "platform/search/analyse.h"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace mitwirken::search {

namespace {

constexpr std::size_t longest_word = 64;  // bytes; what is longer is no word

// Words that stand in nearly every German or English text; sorted by bytes.
constexpr std::array<std::string_view, 112> stop_words{
    "aber", "alle",  "allem", "allen", "aller",  "alles", "als",  "also", "am",    "an",    "and",  "are",   "auch",
    "auf",  "aus",   "bei",   "beim",  "bin",    "bis",   "bist", "by",   "da",    "damit", "dann", "das",   "dass",
    "dein", "dem",   "den",   "denn",  "der",    "des",   "dich", "die",  "dir",   "doch",  "du",   "durch", "ein",
    "eine", "einem", "einen", "einer", "eines",  "er",    "es",   "for",  "from",  "für",   "habe", "haben", "hat",
    "ich",  "ihr",   "ihre",  "ihrem", "ihren",  "ihrer", "im",   "in",   "ins",   "is",    "ist",  "kann",  "man",
    "mein", "mich",  "mir",   "mit",   "nach",   "nicht", "noch", "nun",  "nur",   "ob",    "oder", "of",    "ohne",
    "or",   "sehr",  "sein",  "seine", "sich",   "sie",   "sind", "so",   "sowie", "that",  "the",  "this",  "to",
    "um",   "und",   "uns",   "unser", "unsere", "unter", "vom",  "von",  "vor",   "war",   "was",  "wenn",  "wer",
    "wie",  "wir",   "wird",  "with",  "würde",  "zu",    "zum",  "zur"};
static_assert(std::is_sorted(stop_words.begin(), stop_words.end()));

UChar32 next_letter(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    UChar32 letter = 0;
    U8_NEXT(bytes, at, text.size(), letter);
    return letter;  // negative: broken bytes
}

bool is_mark(UChar32 letter) { return letter == 0xAD || (letter > 0x2FF && u_charType(letter) == U_NON_SPACING_MARK); }

bool is_letter(UChar32 letter) {
    if (letter < 0) return false;
    if (letter < 128)
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    return u_isalnum(letter);
}

void append(std::string& text, UChar32 letter) {
    char bytes[4];
    std::size_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, letter);
    text.append(bytes, size);
}

// Behind "Bürger": the end of "*innen", ":in", "/-innen", "(innen)" …, or `at` when there is none.
std::size_t behind_gender_ending(std::string_view text, std::size_t at) {
    std::size_t next = at;
    const UChar32 sign = next < text.size() ? next_letter(text, next) : 0;
    if (sign != '*' && sign != ':' && sign != '_' && sign != '/' && sign != '(' && sign != 0xB7) return at;
    if (sign == '/' && next < text.size() && text[next] == '-') ++next;
    for (const std::string_view ending : {"innen", "in"}) {
        const std::string_view found = text.substr(next, ending.size());
        const bool same = found.size() == ending.size() && std::equal(found.begin(), found.end(), ending.begin(),
                                                                      [](char a, char b) { return (a | 0x20) == b; });
        if (!same) continue;
        std::size_t after = next + ending.size();
        if (sign == '(') return after < text.size() && text[after] == ')' ? after + 1 : at;
        std::size_t peek = after;
        if (peek < text.size() && is_letter(next_letter(text, peek))) continue;
        return after;
    }
    return at;
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(), [text](std::string_view end) { return text.ends_with(end); });
}

// "bürgerinnen", "bürgerin" -> "bürger"; but "gewinnen" and "berlin" stay.
std::string_view without_gender(std::string_view lower) {
    constexpr std::string_view plural = "innen";
    if (lower.size() >= plural.size() + 4 && lower.ends_with(plural)) {
        const std::string_view rest = lower.substr(0, lower.size() - plural.size());
        return ends_with_any(rest, {"gew", "beg", "bes"}) ? lower : rest;
    }
    if (lower.size() >= 7 && ends_with_any(lower, {"erin", "entin", "istin", "ertin", "antin"})) {
        return lower.substr(0, lower.size() - 2);
    }
    return lower;
}

struct DeleteStemmer {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

sb_stemmer* stemmer() {
    thread_local const std::unique_ptr<sb_stemmer, DeleteStemmer> german(sb_stemmer_new("german", "UTF_8"));
    if (!german) throw std::runtime_error("libstemmer has no German stemmer");
    return german.get();
}

// The base letter: é -> e.
UChar32 base_letter(UChar32 letter) {
    static const UNormalizer2* const normalizer = [] {
        UErrorCode status = U_ZERO_ERROR;
        const UNormalizer2* found = unorm2_getNFDInstance(&status);
        if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalizer");
        return found;
    }();
    UChar decomposed[8];
    UErrorCode status = U_ZERO_ERROR;
    const auto size = unorm2_getDecomposition(normalizer, letter, decomposed, 8, &status);
    if (U_FAILURE(status) || size < 1 || U16_IS_SURROGATE(decomposed[0])) return letter;
    return letter >= 0xAC00 && letter <= 0xD7A3 ? letter : UChar32(decomposed[0]);  // Korean syllables stay whole
}

enum class Umlauts { keep, fold };

std::string without_accents(std::string_view lower, Umlauts umlauts) {
    std::string result;
    std::size_t at = 0;
    while (at < lower.size()) {
        const UChar32 letter = next_letter(lower, at);
        const bool german = letter == 0xE4 || letter == 0xF6 || letter == 0xFC || letter == 0xDF;
        if (letter < 0) continue;
        if (letter < 128)
            result += char(letter);
        else if (german && umlauts == Umlauts::keep)
            append(result, letter);
        else if (letter == 0xDF)
            result += "ss";
        else
            append(result, base_letter(letter));
    }
    return result;
}

}  // namespace

void each_word(std::string_view text, const std::function<bool(Word&&)>& use) {
    std::size_t at = 0;
    while (at < text.size()) {
        Word word;
        word.begin = at;
        UChar32 letter = next_letter(text, at);
        if (!is_letter(letter)) continue;
        bool number = true;
        std::size_t letters = 0, next = at;
        while (is_letter(letter) || is_mark(letter)) {
            at = next;
            if (!is_mark(letter)) {
                append(word.lower,
                       letter < 128 ? (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) : u_tolower(letter));
                number = number && letter >= '0' && letter <= '9';
                ++letters;
            }
            if (next >= text.size()) break;
            letter = next_letter(text, next);
        }
        at = behind_gender_ending(text, at);
        word.end = at;
        if ((letters < 2 && !number) || word.lower.size() > longest_word) continue;
        if (std::binary_search(stop_words.begin(), stop_words.end(), std::string_view(word.lower))) continue;
        if (!use(std::move(word))) return;
    }
}

std::vector<Word> words(std::string_view text) {
    std::vector<Word> found;
    each_word(text, [&found](Word&& word) {
        found.push_back(std::move(word));
        return true;
    });
    return found;
}

std::string folded(std::string_view lower) { return without_accents(lower, Umlauts::fold); }

std::string stem(std::string_view lower) {
    // The stemmer knows umlauts, but no other accents.
    const std::string plain = without_accents(lower, Umlauts::keep);
    const std::string_view base = without_gender(plain);
    sb_stemmer* german = stemmer();
    const auto* found = sb_stemmer_stem(german, reinterpret_cast<const sb_symbol*>(base.data()), int(base.size()));
    if (found == nullptr) throw std::bad_alloc();
    return folded({reinterpret_cast<const char*>(found), std::size_t(sb_stemmer_length(german))});
}

std::string stems(std::string_view text) {
    std::string result;
    each_word(text, [&result](Word&& word) {
        if (!result.empty()) result += ' ';
        result += stem(word.lower);
        return true;
    });
    return result;
}

}  // namespace mitwirken::search
