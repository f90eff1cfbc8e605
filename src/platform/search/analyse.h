// Text into terms: what is written to the index and what is looked for go through the same functions, so both engines
// find the same. A term is lower case, its gender ending and inflection taken off, umlauts and accents folded.
//
// Invariants: terms hold only letters and digits; begin and end are byte positions of the word in the text, so that it
// can be marked; "Bürgerinnen", "Bürger*innen", "Bürger:innen", "BürgerInnen" and "Bürger" have the same term.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mitwirken::search {

struct Word {
    std::string lower;  // as typed, but lower case; without a gender ending behind a star, colon, slash …
    std::size_t begin = 0, end = 0;
};

// Hands on every word that is no stop word and has two letters or is a number; `use` returns false to stop.
void each_word(std::string_view text, const std::function<bool(Word&&)>& use);
std::vector<Word> words(std::string_view text);

// "straßen" -> "strassen", "größe" -> "grosse".
std::string folded(std::string_view lower);
// "bürgerinnen" -> "burg" (German Snowball stemmer, folded).
std::string stem(std::string_view lower);
// The stems of a text, in order, separated by spaces.
std::string stems(std::string_view text);

}  // namespace mitwirken::search
