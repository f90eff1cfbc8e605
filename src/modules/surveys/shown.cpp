// Which questions are shown after what was said so far, in which order, and an answer in words; see answers.h.
#include <algorithm>
#include <charconv>

#include "modules/surveys/answers.h"
#include "platform/base/text.h"

namespace mitwirken::surveys {

namespace {

std::optional<double> as_number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

// What a comparison looks at: the number typed or chosen, else how many were chosen.
std::optional<double> size_of(const Question& q, const Value& value) {
    if (value.empty()) return {};
    if (q.kind == Kind::number) return as_number(value.text);
    if (q.kind == Kind::scale && !value.chosen.empty()) return as_number(value.chosen.front());
    if (q.chooses()) return double(value.chosen.size());
    return {};
}

bool is(const Question& q, const Value& value, const std::string& wanted) {
    if (q.chooses() || q.kind == Kind::scale) return value.chosen == std::vector<std::string>{wanted};
    if (q.kind == Kind::number) return as_number(value.text) && as_number(value.text) == as_number(wanted);
    return lower_ascii(value.text) == lower_ascii(wanted);
}

bool contains(const Question& q, const Value& value, const std::string& wanted) {
    if (q.chooses() || q.kind == Kind::scale)
        return std::find(value.chosen.begin(), value.chosen.end(), wanted) != value.chosen.end();
    if (q.kind == Kind::ranking || q.kind == Kind::points) {
        const auto at = value.cells.find(wanted);
        return at != value.cells.end() && at->second != "0";
    }
    return !wanted.empty() && lower_ascii(value.text).find(lower_ascii(wanted)) != std::string::npos;
}

// Values of what is shown so far, by the question that was asked.
using Said = std::map<std::string, std::pair<const Question*, const Value*>>;

bool passes(const ShowIf& show_if, const Said& said) {
    if (show_if.conditions.empty()) return true;
    static const Question nobody;
    static const Value nothing;
    const auto one = [&](const Condition& c) {
        const auto at = said.find(c.question);
        return at == said.end() ? holds(nobody, nothing, c) : holds(*at->second.first, *at->second.second, c);
    };
    const auto& list = show_if.conditions;
    return show_if.any ? std::any_of(list.begin(), list.end(), one) : std::all_of(list.begin(), list.end(), one);
}

// SplitMix64, as published by Sebastiano Vigna (public domain): the same order for the same person and question.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

std::string label_of(const Question& q, const std::string& key, const std::string& language) {
    if (const auto* option = q.option(key)) return option->label.in(language);
    return key;
}

}  // namespace

// "is not" also holds when nothing was answered: there it is not so either.
bool holds(const Question& asked, const Value& value, const Condition& c) {
    using Test = Condition::Test;
    const auto compare = as_number(c.value);
    const auto size = size_of(asked, value);
    switch (c.test) {
        case Test::answered:
            return !value.empty();
        case Test::not_answered:
            return value.empty();
        case Test::is:
            return !value.empty() && is(asked, value, c.value);
        case Test::is_not:
            return value.empty() || !is(asked, value, c.value);
        case Test::contains:
            return contains(asked, value, c.value);
        case Test::at_least:
            return size && compare && *size >= *compare;
        case Test::at_most:
            return size && compare && *size <= *compare;
    }
    return true;
}

Shown shown(const Questionnaire& all, const Values& values) {
    Shown result;
    Said said;
    for (const auto& page : all.pages) {
        if (!passes(page.show_if, said)) continue;
        bool any = !page.text.empty() || (!page.title.empty() && page.questions.empty());
        for (const auto& q : page.questions) {
            if (!passes(q.show_if, said)) continue;
            any = true;
            result.questions.insert(q.key);
            if (const auto at = values.find(q.key); at != values.end()) said[q.key] = {&q, &at->second};
        }
        // Also when everything on it depends on something that stands on it: then nothing can make it appear.
        if (any) result.pages.insert(page.key);
    }
    return result;
}

std::vector<std::string> path(const Questionnaire& all, const Values& values) {
    const auto visible = shown(all, values);
    std::vector<std::string> keys;
    for (const auto& page : all.pages)
        if (visible.pages.contains(page.key)) keys.push_back(page.key);
    return keys;
}

Values kept(const Questionnaire& all, const Values& values) {
    const auto visible = shown(all, values);
    Values result;
    for (const auto& [key, value] : values)
        if (visible.questions.contains(key) && !value.empty()) result[key] = value;
    return result;
}

bool accepts(bool is_current, std::optional<Timestamp> replaced_at, Timestamp now) {
    return is_current || (replaced_at && now - *replaced_at <= old_version_accepted);
}

std::vector<const Option*> in_order(const Question& q, std::uint64_t seed) {
    std::vector<const Option*> list;
    for (const auto& option : q.options) list.push_back(&option);
    if (!q.shuffled) return list;
    std::uint64_t state = mixed(seed);
    for (const char c : q.key) state = mixed(state ^ std::uint64_t(static_cast<unsigned char>(c)));
    for (std::size_t i = list.size(); i > 1; --i) {
        state = mixed(state);
        std::swap(list[i - 1], list[state % i]);
    }
    return list;
}

std::string in_words(const Question& q, const Value& value, const std::string& language,
                     const std::string& other_label) {
    std::vector<std::string> parts;
    switch (q.kind) {
        case Kind::matrix:
            for (const auto& row : q.rows)
                if (const auto at = value.cells.find(row.key); at != value.cells.end())
                    parts.push_back(row.label.in(language) + ": " + label_of(q, at->second, language));
            return join(parts, "; ");
        case Kind::ranking: {
            std::map<std::int64_t, std::string> by_rank;
            for (const auto& [option, rank] : value.cells) by_rank[to_int(rank).value_or(0)] = option;
            for (const auto& [rank, option] : by_rank)
                parts.push_back(std::to_string(rank) + ". " + label_of(q, option, language));
            return join(parts, ", ");
        }
        case Kind::points:
            for (const auto& option : q.options)
                if (const auto at = value.cells.find(option.key); at != value.cells.end() && at->second != "0")
                    parts.push_back(option.label.in(language) + ": " + at->second);
            return join(parts, ", ");
        case Kind::file:
            for (const auto& file : value.files) parts.push_back(file.name);
            return join(parts, ", ");
        case Kind::consent:
            return value.chosen.empty() ? "" : "✓";
        case Kind::single:
        case Kind::multiple:
        case Kind::image:
            for (const auto& key : value.chosen)
                parts.push_back(key == other_key ? other_label + ": " + value.text : label_of(q, key, language));
            return join(parts, ", ");
        case Kind::scale:
            return join(value.chosen, "");
        default:
            return value.text;
    }
}

}  // namespace mitwirken::surveys
