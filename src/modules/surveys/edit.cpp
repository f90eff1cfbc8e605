// Adding, moving, copying and removing; see edit.h.
#include "modules/surveys/edit.h"

#include <algorithm>

namespace mitwirken::surveys {

namespace {

std::string free_key(const std::string& letter, const std::set<std::string>& used, const Questionnaire& all) {
    const auto now = keys_of(all);
    for (int n = 1;; ++n) {
        std::string key = letter + std::to_string(n);
        if (!used.contains(key) && !now.contains(key)) return key;
    }
}

struct Spot {
    std::size_t page = 0, question = 0;
};
std::optional<Spot> find_question(const Questionnaire& all, const std::string& key) {
    for (std::size_t p = 0; p < all.pages.size(); ++p)
        for (std::size_t q = 0; q < all.pages[p].questions.size(); ++q)
            if (all.pages[p].questions[q].key == key) return Spot{p, q};
    return {};
}
std::optional<std::size_t> find_page(const Questionnaire& all, const std::string& key) {
    for (std::size_t p = 0; p < all.pages.size(); ++p)
        if (all.pages[p].key == key) return p;
    return {};
}

bool move_page(Questionnaire& all, std::size_t at, Direction direction) {
    const bool up = direction == Direction::up;
    if (up ? at == 0 : at + 1 >= all.pages.size()) return false;
    std::swap(all.pages[at], all.pages[up ? at - 1 : at + 1]);
    return true;
}

bool move_question(Questionnaire& all, Spot at, Direction direction) {
    auto& here = all.pages[at.page].questions;
    const bool up = direction == Direction::up;
    if (up ? at.question > 0 : at.question + 1 < here.size()) {
        std::swap(here[at.question], here[up ? at.question - 1 : at.question + 1]);
        return true;
    }
    if (up ? at.page == 0 : at.page + 1 >= all.pages.size()) return false;
    auto& there = all.pages[up ? at.page - 1 : at.page + 1].questions;
    there.insert(up ? there.end() : there.begin(), here[at.question]);
    here.erase(here.begin() + std::ptrdiff_t(at.question));
    return true;
}

Question first_of(Kind kind, const std::string& title) {
    Question q;
    q.kind = kind;
    q.title = Text(title);
    if (kind == Kind::consent) q.required = true;
    return q;
}

}  // namespace

std::set<std::string> keys_of(const Questionnaire& all) {
    std::set<std::string> keys;
    for (const auto& page : all.pages) {
        keys.insert(page.key);
        for (const auto& q : page.questions) {
            keys.insert(q.key);
            for (const auto& option : q.options) keys.insert(q.key + "." + option.key);
            for (const auto& row : q.rows) keys.insert(q.key + "." + row.key);
        }
    }
    return keys;
}

std::string add_page(Questionnaire& all, const std::string& title, const std::set<std::string>& used) {
    if (all.pages.size() >= most_pages) return "";
    Page page;
    page.key = free_key("p", used, all);
    page.title = Text(title);
    all.pages.push_back(page);
    return page.key;
}

std::string add_question(Questionnaire& all, const std::string& page, Kind kind, const std::string& title,
                         const std::set<std::string>& used) {
    const auto at = find_page(all, page);
    if (!at || all.count() >= most_questions) return "";
    Question q = first_of(kind, title);
    q.key = free_key("q", used, all);
    all.pages[*at].questions.push_back(q);
    return q.key;
}

std::string duplicate(Questionnaire& all, const std::string& key, const std::set<std::string>& used) {
    if (const auto spot = find_question(all, key)) {
        if (all.count() >= most_questions) return "";
        Question copy = all.pages[spot->page].questions[spot->question];
        copy.key = free_key("q", used, all);
        auto& list = all.pages[spot->page].questions;
        list.insert(list.begin() + std::ptrdiff_t(spot->question) + 1, copy);
        return copy.key;
    }
    const auto at = find_page(all, key);
    if (!at || all.pages.size() >= most_pages || all.count() + all.pages[*at].questions.size() > most_questions)
        return "";
    Page copy = all.pages[*at];
    copy.key = free_key("p", used, all);
    // Conditions inside the copy look at the copied questions.
    std::map<std::string, std::string> renamed;
    auto taken = used;
    for (auto& q : copy.questions) {
        const std::string before = q.key;
        q.key = free_key("q", taken, all);
        taken.insert(q.key);
        renamed[before] = q.key;
        for (auto& c : q.show_if.conditions)
            if (const auto again = renamed.find(c.question); again != renamed.end()) c.question = again->second;
    }
    all.pages.insert(all.pages.begin() + std::ptrdiff_t(*at) + 1, copy);
    return copy.key;
}

bool move(Questionnaire& all, const std::string& key, Direction direction) {
    if (const auto spot = find_question(all, key)) return move_question(all, *spot, direction);
    if (const auto at = find_page(all, key)) return move_page(all, *at, direction);
    return false;
}

bool remove(Questionnaire& all, const std::string& key) {
    if (const auto spot = find_question(all, key)) {
        auto& list = all.pages[spot->page].questions;
        list.erase(list.begin() + std::ptrdiff_t(spot->question));
        return true;
    }
    const auto at = find_page(all, key);
    if (!at) return false;
    all.pages.erase(all.pages.begin() + std::ptrdiff_t(*at));
    return true;
}

bool replace(Questionnaire& all, const Question& question) {
    const auto spot = find_question(all, question.key);
    if (spot) all.pages[spot->page].questions[spot->question] = question;
    return spot.has_value();
}

bool replace(Questionnaire& all, const Page& page) {
    const auto at = find_page(all, page.key);
    if (!at) return false;
    auto& there = all.pages[*at];
    there.title = page.title;
    there.text = page.text;
    there.show_if = page.show_if;
    return true;
}

}  // namespace mitwirken::surveys
