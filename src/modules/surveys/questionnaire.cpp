// Finding one's way in a questionnaire, what it lacks, and what a newer version changed; see questionnaire.h.
#include "modules/surveys/questionnaire.h"

#include <algorithm>
#include <array>
#include <set>

#include "platform/base/text.h"
#include "platform/base/time.h"

namespace mitwirken::surveys {

namespace {

constexpr std::array<std::string_view, 14> kind_words = {"text",     "long_text", "number", "date",   "single",
                                                         "multiple", "image",     "scale",  "matrix", "ranking",
                                                         "points",   "file",      "place",  "consent"};
constexpr std::array<std::string_view, 7> test_words = {"is",           "is_not",   "contains", "answered",
                                                        "not_answered", "at_least", "at_most"};

template <std::size_t N>
std::optional<std::size_t> place_in(const std::array<std::string_view, N>& words, std::string_view word) {
    const auto at = std::find(words.begin(), words.end(), word);
    if (at == words.end()) return {};
    return std::size_t(at - words.begin());
}

std::string quoted(const Text& title) { return first_letters(title.german(), 80); }

void lacks_of_options(const Question& q, std::vector<Lack>& lacks) {
    const auto lack = [&](Message words) { lacks.push_back({q.key, std::move(words)}); };
    if (q.has_options() && q.options.size() < (q.other ? 1U : 2U))
        lack(tr_noop("“{title}” needs at least two answers to choose from.", {{"title", quoted(q.title)}}));
    for (const auto& option : q.options) {
        if (option.label.german().empty())
            lack(tr_noop("“{title}” has an answer without words.", {{"title", quoted(q.title)}}));
        if (q.kind == Kind::image && option.picture.empty())
            lack(tr_noop("“{title}” has an answer without a picture.", {{"title", quoted(q.title)}}));
    }
    if (q.kind == Kind::matrix && q.rows.empty())
        lack(tr_noop("“{title}” needs at least one row.", {{"title", quoted(q.title)}}));
    const int there = int(q.options.size()) + (q.other ? 1 : 0);
    if (q.most > 0 && q.least > q.most)
        lack(tr_noop("“{title}” asks for more answers than it allows.", {{"title", quoted(q.title)}}));
    if (q.has_options() && q.kind != Kind::points && q.least > there)
        lack(tr_noop("“{title}” asks for more answers than there are.", {{"title", quoted(q.title)}}));
}

void lacks_of(const Question& q, std::vector<Lack>& lacks) {
    const auto lack = [&](Message words) { lacks.push_back({q.key, std::move(words)}); };
    if (q.title.german().empty()) lack(tr_noop("A question has no words."));
    lacks_of_options(q, lacks);
    if (q.kind == Kind::scale && (q.to() <= q.from() || q.to() - q.from() > 20))
        lack(tr_noop("The scale of “{title}” needs 2 to 21 steps.", {{"title", quoted(q.title)}}));
    if (q.kind == Kind::number && q.lowest && q.highest && *q.lowest > *q.highest)
        lack(tr_noop("In “{title}” the lowest number is above the highest.", {{"title", quoted(q.title)}}));
    if (q.kind == Kind::date && !q.first_day.empty() && !q.last_day.empty() && q.first_day > q.last_day)
        lack(tr_noop("In “{title}” the first day is after the last.", {{"title", quoted(q.title)}}));
}

// Conditions look back only, at something that can be answered so.
void lacks_of_conditions(const Questionnaire& all, const ShowIf& show_if, const std::string& key,
                         std::vector<Lack>& lacks) {
    const auto before = all.before(key);
    for (const auto& c : show_if.conditions) {
        const auto at =
            std::find_if(before.begin(), before.end(), [&](const Question* q) { return q->key == c.question; });
        if (at == before.end()) {
            lacks.push_back({key, tr_noop("A condition asks for a question that does not come before it.")});
            continue;
        }
        const Question& asked = **at;
        const bool by_key = asked.has_options() && c.test <= Condition::Test::contains && asked.kind != Kind::points;
        if (by_key && c.value != other_key && !asked.option(c.value))
            lacks.push_back({key, tr_noop("A condition asks for an answer that “{title}” does not offer.",
                                          {{"title", quoted(asked.title)}})});
        if (needs_value(c.test) && c.value.empty())
            lacks.push_back({key, tr_noop("A condition does not say what it compares with.")});
    }
}

Message change_of(const Question& before, const Question& after) {
    const std::string title = quoted(after.title);
    if (before.title != after.title)
        return tr_noop("The question “{before}” now reads “{after}”.",
                       {{"before", quoted(before.title)}, {"after", title}});
    if (before.options != after.options || before.rows != after.rows || before.other != after.other)
        return tr_noop("“{title}” offers other answers.", {{"title", title}});
    if (before.required != after.required)
        return after.required ? tr_noop("“{title}” has to be answered now.", {{"title", title}})
                              : tr_noop("“{title}” may be left out now.", {{"title", title}});
    return tr_noop("“{title}” is asked a little differently.", {{"title", title}});
}

}  // namespace

std::string_view to_word(Kind kind) { return kind_words[std::size_t(kind)]; }
std::optional<Kind> kind_from(std::string_view word) {
    const auto at = place_in(kind_words, word);
    return at ? std::optional(Kind(*at)) : std::nullopt;
}
std::string_view to_word(Condition::Test test) { return test_words[std::size_t(test)]; }
std::optional<Condition::Test> test_from(std::string_view word) {
    const auto at = place_in(test_words, word);
    return at ? std::optional(Condition::Test(*at)) : std::nullopt;
}
bool needs_value(Condition::Test test) {
    return test != Condition::Test::answered && test != Condition::Test::not_answered;
}

const std::vector<Kind>& all_kinds() {
    static const std::vector<Kind> list = [] {
        std::vector<Kind> kinds;
        for (std::size_t i = 0; i < kind_words.size(); ++i) kinds.push_back(Kind(i));
        return kinds;
    }();
    return list;
}

Message kind_name(Kind kind) {
    static const std::array<Message, 14> names = {tr_noop("Short text"),
                                                  tr_noop("Long text"),
                                                  tr_noop("A number"),
                                                  tr_noop("A date"),
                                                  tr_noop("One of several"),
                                                  tr_noop("Several answers"),
                                                  tr_noop("Choice of images"),
                                                  tr_noop("Scale"),
                                                  tr_noop("Table of rows and columns"),
                                                  tr_noop("Ranking"),
                                                  tr_noop("Distribute points"),
                                                  tr_noop("File"),
                                                  tr_noop("Place"),
                                                  tr_noop("Consent")};
    return names[std::size_t(kind)];
}

const std::string& Text::in(const std::string& language) const {
    static const std::string none;
    const auto wanted = words.find(language);
    if (wanted != words.end() && !wanted->second.empty()) return wanted->second;
    const auto german = words.find("de");
    if (german != words.end() && !german->second.empty()) return german->second;
    for (const auto& [code, text] : words)
        if (!text.empty()) return text;
    return none;
}

bool Text::empty() const {
    return std::all_of(words.begin(), words.end(), [](const auto& one) { return one.second.empty(); });
}

bool Question::has_options() const {
    return kind == Kind::single || kind == Kind::multiple || kind == Kind::image || kind == Kind::matrix ||
           kind == Kind::ranking || kind == Kind::points;
}

const Option* Question::option(std::string_view wanted) const {
    const auto at = std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.key == wanted; });
    return at == options.end() ? nullptr : &*at;
}

const Question* Questionnaire::find(std::string_view key) const {
    for (const auto& page : pages)
        for (const auto& question : page.questions)
            if (question.key == key) return &question;
    return nullptr;
}

const Page* Questionnaire::page(std::string_view key) const {
    const auto at = std::find_if(pages.begin(), pages.end(), [&](const auto& p) { return p.key == key; });
    return at == pages.end() ? nullptr : &*at;
}

std::size_t Questionnaire::count() const {
    std::size_t count = 0;
    for (const auto& page : pages) count += page.questions.size();
    return count;
}

std::vector<const Question*> Questionnaire::before(std::string_view key) const {
    std::vector<const Question*> list;
    for (const auto& page : pages) {
        if (page.key == key) return list;
        for (const auto& question : page.questions) {
            if (question.key == key) return list;
            list.push_back(&question);
        }
    }
    return list;
}

std::vector<Lack> missing(const Questionnaire& questionnaire) {
    std::vector<Lack> lacks;
    if (questionnaire.count() == 0) lacks.push_back({"", tr_noop("There is no question yet.")});
    for (const auto& page : questionnaire.pages) {
        lacks_of_conditions(questionnaire, page.show_if, page.key, lacks);
        if (page.questions.empty() && page.text.empty() && page.title.empty())
            lacks.push_back({page.key, tr_noop("A page is empty.")});
        for (const auto& question : page.questions) {
            lacks_of(question, lacks);
            lacks_of_conditions(questionnaire, question.show_if, question.key, lacks);
        }
    }
    return lacks;
}

int minutes(const Questionnaire& questionnaire) {
    int seconds = 20;
    for (const auto& page : questionnaire.pages)
        for (const auto& q : page.questions) {
            switch (q.kind) {
                case Kind::long_text:
                    seconds += 60;
                    break;
                case Kind::matrix:
                    seconds += 8 * int(q.rows.size());
                    break;
                case Kind::ranking:
                case Kind::points:
                    seconds += 6 * int(q.options.size());
                    break;
                case Kind::file:
                case Kind::place:
                    seconds += 45;
                    break;
                case Kind::text:
                    seconds += 20;
                    break;
                default:
                    seconds += 12;
            }
            // What is shown to some only is not counted in full.
            if (!q.show_if.conditions.empty() || !page.show_if.conditions.empty()) seconds -= 6;
        }
    return std::max(1, (seconds + 30) / 60);
}

std::vector<Message> changes(const Questionnaire& before, const Questionnaire& after) {
    std::vector<Message> list;
    for (const auto& page : after.pages)
        for (const auto& question : page.questions) {
            const auto* earlier = before.find(question.key);
            if (!earlier || earlier->kind != question.kind)
                list.push_back(tr_noop("New question: “{title}”.", {{"title", quoted(question.title)}}));
            else if (*earlier != question)
                list.push_back(change_of(*earlier, question));
        }
    for (const auto& page : before.pages)
        for (const auto& question : page.questions) {
            const auto* later = after.find(question.key);
            if (!later || later->kind != question.kind)
                list.push_back(tr_noop("No longer asked: “{title}”.", {{"title", quoted(question.title)}}));
        }
    if (list.empty() && !(before == after)) list.push_back(tr_noop("Pages or their texts were arranged anew."));
    return list;
}

}  // namespace mitwirken::surveys
