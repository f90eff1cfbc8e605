// The sketch of a text; see similar.h.
#include "core/moderation/similar.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

constexpr std::size_t run = 5;

// Letters and digits only; bytes of other scripts count as letters.
std::string letters_of(const std::string& text) {
    std::string kept;
    for (const char c : lower_ascii(text))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) kept += c;
    return kept;
}

// FNV-1a, then the finish of MurmurHash3: the same on every machine, because it is stored.
std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdULL;
    value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return value ^ (value >> 33);
}

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

}  // namespace

Prints prints_of(const std::string& text) {
    const std::string plain = letters_of(text);
    std::set<std::uint64_t> runs;
    for (std::size_t at = 0; at + run <= plain.size(); ++at)
        runs.insert(hash_of(std::string_view(plain).substr(at, run)));
    if (runs.size() < least_runs) return {};
    Prints prints;
    for (int number = 0; number < prints_of_a_text; ++number) {
        const std::uint64_t seed = mixed(std::uint64_t(number) + 1);
        std::uint64_t least = ~0ULL;
        for (const auto one : runs) least = std::min(least, mixed(one ^ seed));
        // The number of the hash goes into the print, so that one column tells them apart.
        prints.push_back(static_cast<std::int64_t>(mixed(least + seed) >> 1));
    }
    return prints;
}

}  // namespace mitwirken::core
