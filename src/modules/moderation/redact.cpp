// Taking passages out of a text; see moderation.h. Two ways: the passages themselves, and the published text shortened
// by hand. Either way words only go: what was added is a problem, named in the person's words.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/revisions/revisions.h"
#include "modules/moderation/moderation.h"
#include "platform/base/text.h"

namespace mitwirken::moderation {

namespace {

// Replaces it everywhere; false when it does not stand there.
bool take_out(std::string& text, const std::string& passage, const std::string& mark) {
    bool found = false;
    for (auto at = text.find(passage); at != std::string::npos; at = text.find(passage, at + mark.size())) {
        text.replace(at, passage.size(), mark);
        found = true;
    }
    return found;
}

// Longer passages first: a short one must not break a long one that contains it.
std::vector<std::string> passages_from(const std::string& text) {
    std::vector<std::string> passages;
    for (const auto& line : split(text, '\n'))
        if (std::string passage = trimmed(line); !passage.empty()) passages.push_back(std::move(passage));
    std::stable_sort(passages.begin(), passages.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return passages;
}

std::string without(std::string text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at)) text.erase(at, what.size());
    return text;
}

bool continues_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// One place where the two texts differ: what stood there, and what stands there now.
struct Place {
    std::string before, after;
};

// What is to be shown there, or nothing when something was added.
std::optional<std::string> shown_at(const Place& place, const std::string& mark) {
    // Whoever writes the sign of the gap means the gap.
    const std::string after = without(without(place.after, removed), "[...]");
    const std::string before = place.before;
    if (trimmed(after) == trimmed(before)) return before;
    std::size_t front = 0, back = 0;
    const std::string kept = trimmed(after);
    const auto begin = before.find_first_not_of(" \n\t");
    if (begin == std::string::npos) return kept.empty() ? std::optional(before) : std::nullopt;
    const auto end = before.find_last_not_of(" \n\t") + 1;
    const std::string core = before.substr(begin, end - begin);
    while (front < kept.size() && front < core.size() && kept[front] == core[front]) ++front;
    while (back < kept.size() - front && back < core.size() - front &&
           kept[kept.size() - 1 - back] == core[core.size() - 1 - back])
        ++back;
    if (front + back < kept.size()) return {};
    // Never in the middle of a letter.
    while (front > 0 && continues_letter(core[front])) --front;
    while (back > 0 && continues_letter(core[core.size() - back])) --back;
    return before.substr(0, begin) + core.substr(0, front) + mark + core.substr(core.size() - back) +
           before.substr(end);
}

// "12", "12,5" or "12.5"; nothing else, and nothing that is no number.
std::optional<double> percent_of(std::string text) {
    std::replace(text.begin(), text.end(), ',', '.');
    const std::string number = without(text, "%");
    const std::string plain = trimmed(number);
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error != std::errc{} || end != plain.data() + plain.size() || !std::isfinite(value)) return {};
    return value;
}

bool inside(double from, double length) {
    constexpr double rounding = 0.1;
    return from >= 0 && length > 0 && from + length <= 100 + rounding;
}

}  // namespace

Result<std::vector<files::Part>> parts_from(const std::vector<std::map<std::string, std::string>>& rows) {
    Problems problems;
    std::vector<files::Part> parts;
    for (const auto& row : rows) {
        const auto left = percent_of(row.at("left")), top = percent_of(row.at("top"));
        const auto width = percent_of(row.at("width")), height = percent_of(row.at("height"));
        if (!left || !top || !width || !height) {
            problems.add("part", tr_noop("Please give four numbers from 0 to 100 for each part."));
            break;
        }
        if (!inside(*left, *width) || !inside(*top, *height)) {
            problems.add("part", tr_noop("Part {number} does not lie within the picture: from the left plus width, and "
                                         "from the top plus height, are at most 100.",
                                         {{"number", std::to_string(parts.size() + 1)}}));
            break;
        }
        parts.push_back({*left, *top, *width, *height});
    }
    if (rows.empty()) problems.add("part", tr_noop("Please say which part is to be covered."));
    if (problems.any()) return problems;
    return parts;
}

std::string mark_of(const std::string& rule) {
    std::string name;
    for (const char c : rule)
        if (c != '[' && c != ']') name += c;
    return name.empty() ? std::string(removed) : "[… – " + name + "]";
}

Result<std::string> shortened(const std::string& text, const std::string& shorter, const std::string& mark,
                              const std::string& field) {
    const core::Snapshot before{{"", without(text, "\r")}}, after{{"", without(shorter, "\r")}};
    std::string result;
    Problems problems;
    Place place;
    const auto finish = [&] {
        if (place.before.empty() && place.after.empty()) return;
        if (const auto shown = shown_at(place, mark))
            result += *shown;
        else
            problems.add(field, tr_noop("Words can only be taken out. “{words}” does not stand there in the text.",
                                        {{"words", first_letters(trimmed(place.after), 80)}}));
        place = {};
    };
    const auto changes = core::compare(before, after);
    for (const auto& piece : changes.empty() ? std::vector<core::Piece>{} : changes[0].pieces) {
        if (piece.kind == core::Piece::Kind::same) {
            finish();
            result += piece.text;
        } else {
            (piece.kind == core::Piece::Kind::removed ? place.before : place.after) += piece.text;
        }
    }
    finish();
    if (problems.any()) return problems;
    return result;
}

Result<core::Wording> redact(const core::Contribution& c, const Form& form, const std::string& rule) {
    core::Wording wording{c.title, c.body, c.place, c.lon, c.lat, ""};
    Problems problems;
    const std::string mark = mark_of(rule);
    const auto shorten = [&](const char* field, std::string& text, const std::string& with) {
        if (!form.has(field)) return;
        auto shorter = shortened(text, form[field], with, field);
        if (shorter)
            text = std::move(*shorter);
        else
            problems.append(shorter.problems());
    };
    shorten("short_title", wording.title, std::string(removed));
    shorten("short_body", wording.body, mark);
    for (const auto& passage : passages_from(form["passages"])) {
        if (letters(passage) < 2) {
            problems.add("passages", tr_noop("A single letter would be taken out everywhere. Please copy more of it."));
            continue;
        }
        const bool in_title = take_out(wording.title, passage, std::string(removed));
        const bool in_body = take_out(wording.body, passage, mark);
        if (!in_title && !in_body)
            problems.add("passages", tr_noop("“{passage}” does not stand in the text. Please copy it exactly.",
                                             {{"passage", first_letters(passage, 80)}}));
    }
    if (!problems.any() && wording.title == c.title && without(wording.body, "\r") == without(c.body, "\r"))
        problems.add(form.has("short_body") ? "short_body" : "passages",
                     tr_noop("Nothing is taken out yet. Please delete the passage here, or copy it into the field "
                             "below."));
    if (problems.any()) return problems;
    return wording;
}

}  // namespace mitwirken::moderation
