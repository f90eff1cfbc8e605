// A sentence for a person, not yet in their language: the English source string and its arguments.
// Code says it with tr_noop("Please shorten the text to {limit} letters.", {"limit", "500"}); the page translates it.
// Invariant: `id` is a string literal, so that ./dev po finds it and it can be kept as a pointer.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mitwirken {

struct Message {
    std::string_view id;
    std::vector<std::pair<std::string, std::string>> arguments;

    bool empty() const { return id.empty(); }
};

// Marks a literal for translation. Arguments fill {name} in the translated sentence, as plain text.
inline Message tr_noop(const char* id, std::initializer_list<std::pair<std::string, std::string>> arguments = {}) {
    return Message{id, arguments};
}

}  // namespace mitwirken
