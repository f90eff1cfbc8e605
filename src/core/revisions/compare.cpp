// Word-wise comparison of two versions. Longest common subsequence by Myers' greedy algorithm ("An O(ND) Difference
// Algorithm and Its Variations", Algorithmica 1986); beyond max_edits the rest counts as replaced, so that the cost
// stays bounded by words × max_edits.
#include <algorithm>
#include <vector>

#include "core/revisions/revisions.h"

namespace mitwirken::core {

namespace {

constexpr int max_edits = 1500;

// Words with the white space that follows them, so that joining gives the text again.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    const auto space = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !space(text[end])) ++end;
        while (end < text.size() && space(text[end])) ++end;
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

// The same word. A blank that follows only because the text goes on is no difference; a line break is one.
bool same_word(std::string_view a, std::string_view b) {
    const auto word = [](std::string_view token) { return token.substr(0, token.find_first_of(" \n\t")); };
    if (word(a) != word(b)) return false;
    const auto blank_a = a.substr(word(a).size()), blank_b = b.substr(word(b).size());
    return blank_a.empty() || blank_b.empty() ||
           std::count(blank_a.begin(), blank_a.end(), '\n') == std::count(blank_b.begin(), blank_b.end(), '\n');
}

void append(std::vector<Piece>& pieces, Piece::Kind kind, std::string_view text) {
    if (text.empty()) return;
    if (!pieces.empty() && pieces.back().kind == kind)
        pieces.back().text += text;
    else
        pieces.push_back({kind, std::string(text)});
}

using Words = std::vector<std::string_view>;

// Furthest reaching points per edit count; nothing when more than max_edits are needed.
bool trace(const Words& a, const Words& b, std::vector<std::vector<int>>& history) {
    const int n = int(a.size()), m = int(b.size()), most = std::min(n + m, max_edits);
    std::vector<int> furthest(2 * most + 3, 0);
    const auto at = [&](int k) -> int& { return furthest[k + most + 1]; };
    for (int d = 0; d <= most; ++d) {
        history.push_back(furthest);
        for (int k = -d; k <= d; k += 2) {
            int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
            int y = x - k;
            while (x < n && y < m && same_word(a[x], b[y])) ++x, ++y;
            at(k) = x;
            if (x >= n && y >= m) return true;
        }
    }
    return false;
}

std::vector<Piece> walk_back(const Words& a, const Words& b, const std::vector<std::vector<int>>& history) {
    struct Step {
        Piece::Kind kind;
        std::string_view word;
    };
    std::vector<Step> steps;
    int x = int(a.size()), y = int(b.size());
    for (int d = int(history.size()) - 1; d >= 0; --d) {
        const auto& furthest = history[d];
        const int middle = int(furthest.size() - 3) / 2 + 1;
        const auto at = [&](int k) { return furthest[k + middle]; };
        const int k = x - y;
        const int before_k = k == -d || (k != d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
        const int before_x = d == 0 ? 0 : at(before_k), before_y = d == 0 ? 0 : before_x - before_k;
        while (x > before_x && y > before_y) {
            --x, --y;
            steps.push_back({Piece::Kind::same, a[x].size() > b[y].size() ? a[x] : b[y]});
        }
        if (d == 0) break;
        if (x > before_x)
            steps.push_back({Piece::Kind::removed, a[--x]});
        else if (y > before_y)
            steps.push_back({Piece::Kind::added, b[--y]});
    }
    std::vector<Piece> pieces;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) append(pieces, step->kind, step->word);
    return pieces;
}

std::vector<Piece> compare_text(const std::string& before, const std::string& after) {
    std::vector<Piece> pieces;
    if (before == after) {
        append(pieces, Piece::Kind::same, before);
        return pieces;
    }
    const Words a = words_of(before), b = words_of(after);
    std::vector<std::vector<int>> history;
    if (a.size() + b.size() <= 20000 && trace(a, b, history)) return walk_back(a, b, history);
    append(pieces, Piece::Kind::removed, before);
    append(pieces, Piece::Kind::added, after);
    return pieces;
}

const std::string* find(const Snapshot& snapshot, const std::string& field) {
    for (const auto& [name, text] : snapshot)
        if (name == field) return &text;
    return nullptr;
}

}  // namespace

std::vector<std::string> changed_fields(const Snapshot& before, const Snapshot& after) {
    std::vector<std::string> names;
    for (const auto& [field, text] : after)
        if (const auto* old_text = find(before, field); old_text ? *old_text != text : !text.empty())
            names.push_back(field);
    for (const auto& [field, text] : before)
        if (!find(after, field) && !text.empty()) names.push_back(field);
    return names;
}

std::vector<FieldChange> compare(const Snapshot& before, const Snapshot& after) {
    std::vector<FieldChange> changes;
    const auto add = [&](const std::string& field) {
        const auto* old_text = find(before, field);
        const auto* new_text = find(after, field);
        FieldChange change{field, compare_text(old_text ? *old_text : "", new_text ? *new_text : ""), false};
        change.changed = (old_text ? *old_text : "") != (new_text ? *new_text : "");
        changes.push_back(std::move(change));
    };
    for (const auto& [field, text] : after) add(field);
    for (const auto& [field, text] : before)
        if (!find(after, field)) add(field);
    return changes;
}

}  // namespace mitwirken::core
