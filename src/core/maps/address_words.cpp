// How addresses are compared; see addresses.h. platform's slug() already folds umlauts and accents to a-z, 0-9, '-'.
#include "core/maps/addresses.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// slug() ends at 80 bytes; a street's name never does, what somebody pastes may.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (auto& word : split(slug(first_letters(text, 70)), '-'))
        if (!word.empty()) words.push_back(std::move(word));
    return words;
}

// Nobody types the same end of "Straße": they are all cut to "str".
std::string shortened(std::string word) {
    for (const std::string_view end : {"strasse", "strass", "stras", "stra"})
        if (word.size() >= end.size() && std::string_view(word).ends_with(end))
            return word.substr(0, word.size() - end.size() + 3);
    return word;
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t i = from; i < to; ++i) text += shortened(words[i]);
    return text;
}

// "12a" -> 12 and "a".
bool read_number(const std::string& word, AddressQuery& query) {
    const auto digits =
        std::size_t(std::find_if(word.begin(), word.end(), [](char c) { return c < '0' || c > '9'; }) - word.begin());
    if (digits == 0 || digits > 4 || word.size() - digits > 1) return false;
    query.number = to_int(word.substr(0, digits));
    query.suffix = word.substr(digits);
    return true;
}

AddressQuery with_number_at(const std::vector<std::string>& words, std::size_t at) {
    AddressQuery query;
    query.street = joined(words, 0, at);
    read_number(words[at], query);
    std::size_t rest = at + 1;
    if (query.suffix.empty() && rest < words.size() && words[rest].size() == 1 && !is_digits(words[rest]))
        query.suffix = words[rest++];
    for (; rest < words.size(); ++rest) query.places.push_back(words[rest]);
    return query;
}

}  // namespace

std::string folded_street(std::string_view typed) {
    const auto words = words_of(typed);
    return joined(words, 0, words.size());
}

std::vector<std::string> street_keys(std::string_view name) {
    std::vector<std::string> keys;
    const auto words = words_of(name);
    for (std::size_t from = 0; from < words.size(); ++from) {
        const std::string key = joined(words, from, words.size());
        // A street is not looked for by "Straße" alone, which would be every second one.
        if (from > 0 && (key == "str" || key.size() < 2)) continue;
        keys.push_back(key);
    }
    // "Horder" for "Hörder": as people type who have no umlauts and never heard of "oe".
    std::string plain;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::string_view two = std::string_view(name).substr(i, 2);
        const bool small = two == "\xc3\xa4" || two == "\xc3\xb6" || two == "\xc3\xbc";
        const bool large = two == "\xc3\x84" || two == "\xc3\x96" || two == "\xc3\x9c";
        if (!small && !large) {
            plain += name[i];
            continue;
        }
        plain += two[1] == '\xa4' || two[1] == '\x84' ? 'a' : two[1] == '\xb6' || two[1] == '\x96' ? 'o' : 'u';
        ++i;
    }
    if (plain != name) keys.push_back(folded_street(plain));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

std::vector<AddressQuery> address_queries(std::string_view typed) {
    auto words = words_of(typed);
    std::string postcode;
    for (auto word = words.begin(); word != words.end(); ++word)
        if (word->size() == 5 && is_digits(*word)) {
            postcode = *word;
            words.erase(word);
            break;
        }
    std::vector<AddressQuery> queries;
    for (std::size_t at = 1; at < words.size(); ++at) {
        AddressQuery probe;
        if (read_number(words[at], probe)) queries.push_back(with_number_at(words, at));
    }
    AddressQuery whole;
    whole.street = joined(words, 0, words.size());
    queries.push_back(whole);
    // "Hansastraße, Dortmund": what stands behind the comma is no part of the street.
    if (const auto comma = typed.find(','); comma != std::string_view::npos && queries.size() == 1) {
        AddressQuery before;
        before.street = folded_street(typed.substr(0, comma));
        for (const auto& word : words_of(typed.substr(comma)))
            if (word != postcode) before.places.push_back(word);
        queries.insert(queries.begin(), before);
    }
    for (auto& query : queries) query.postcode = postcode;
    std::erase_if(queries, [](const AddressQuery& query) { return query.street.size() < 2; });
    return queries;
}

}  // namespace mitwirken::core
