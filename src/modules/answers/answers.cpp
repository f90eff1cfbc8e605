// The rules; see answers.h.
#include "modules/answers/answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::answers {

namespace {

using nlohmann::json;

bool offered(const std::vector<Word>& list, std::string_view word) { return find_word(list, word) != nullptr; }

// Rows without an address are documents that are only named; without a title they say nothing.
std::string links_from(const Form& form, Problems& problems) {
    auto list = json::array();
    for (const auto& row : core::read_rows(form, link_rows())) {
        const std::string title = row.at("title"), url = row.at("url");
        if (!url.empty() && !is_web_address(url) && !is_own_path(url))
            problems.add("links", tr_noop("Please give whole addresses, for example https://www.example.org/page."));
        if (letters(title) > most_title || url.size() > 2000)
            problems.add("links", tr_noop("Please shorten titles and addresses of links."));
        list.push_back({title.empty() ? url : title, url});
    }
    return list.dump();
}

std::optional<Date> day_in(const std::string& text, const Message& wrong, Problems& problems) {
    if (text.empty()) return {};
    const auto day = parse_date(text);
    if (!day) problems.add("milestones", wrong);
    return day;
}

std::vector<Milestone> milestones_from(const Form& form, Problems& problems) {
    std::vector<Milestone> list;
    for (const auto& row : core::read_rows(form, milestone_rows())) {
        const Message wrong = tr_noop("Please give the days of milestones as 2027-03-31.");
        Milestone m{row.at("title"), day_in(row.at("day"), wrong, problems), day_in(row.at("done"), wrong, problems)};
        if (m.title.empty()) problems.add("milestones", tr_noop("Please give every milestone a title."));
        if (letters(m.title) > most_title)
            problems.add("milestones", tr_noop("Please shorten the titles of milestones to {limit} letters.",
                                               {{"limit", std::to_string(most_title)}}));
        list.push_back(std::move(m));
    }
    return list;
}

}  // namespace

const std::vector<Word>& statuses() {
    static const std::vector<Word> list = {
        {"", tr_noop("Open for discussion"), tr_noop("Nobody from the office has decided anything yet."), "soon",
         "comment"},
        {"in_review", tr_noop("Being examined"),
         tr_noop("A department looks at what speaks for it and what against it. This is not an answer yet."), "review",
         "search"},
        {"planned", tr_noop("Will be done"), tr_noop("It is decided; it has not begun or is not finished."), "ok",
         "plan"},
        {"done", tr_noop("Done"), tr_noop("It is there now."), "ok", "check-circle"},
        {"declined", tr_noop("Not possible"), tr_noop("It will not be done; the reason stands beside it."), "past",
         "close"},
        {"not_ours", tr_noop("Not our responsibility"), tr_noop("Somebody else decides this; the reason says who."),
         "past", "external"},
        {"merged", tr_noop("Joined with another"),
         tr_noop("It says the same as another contribution, and both go on together there."), "past", "link"}};
    return list;
}

const std::vector<Word>& verdicts() {
    static const std::vector<Word> list = {
        {"taken_up", tr_noop("Taken up"), tr_noop("It becomes part of the plan."), "ok", "check-circle"},
        {"partly", tr_noop("Partly taken up"), tr_noop("Something of it becomes part of the plan."), "review", "check"},
        {"not", tr_noop("Not taken up"), tr_noop("It does not become part of the plan; the text says why."), "past",
         "close"},
        {"noted", tr_noop("Put on record"), tr_noop("It sums up what was said; nothing is decided by it."), "plain",
         "comment"}};
    return list;
}

const std::vector<Word>& measure_states() {
    static const std::vector<Word> list = {{"planned", tr_noop("Planned"), {}, "planned", "plan"},
                                           {"begun", tr_noop("Begun"), {}, "running", "play"},
                                           {"done", tr_noop("Done"), {}, "ok", "check-circle"},
                                           {"stopped", tr_noop("Stopped"), {}, "failed", "close"}};
    return list;
}

const Word* find_word(const std::vector<Word>& list, std::string_view word) {
    const auto at = std::find_if(list.begin(), list.end(), [&](const Word& known) { return known.word == word; });
    return at == list.end() ? nullptr : &*at;
}

const Word& status_of(std::string_view word) {
    const Word* known = find_word(statuses(), word);
    return known ? *known : statuses().front();
}

bool can_choose(std::string_view status) { return status != "merged" && offered(statuses(), status); }

bool settles(std::string_view status) { return !status.empty() && status != "in_review"; }

std::optional<Date> due_day(const core::ProcedureRecord& procedure, const core::Contribution& c) {
    if (procedure.promise_days == 0 || !c.published_at) return {};
    return add_days(berlin_day(*c.published_at), int(procedure.promise_days));
}

Timestamp late_before(std::int64_t promise_days, Timestamp now) {
    return start_of(add_days(berlin_day(now), -int(promise_days)));
}

int days_taken(Timestamp published, Timestamp answered) {
    return std::max(0, days_between(berlin_day(published), berlin_day(answered)));
}

std::string fill_block(const std::string& text, const std::map<std::string, std::string>& values) {
    std::string result;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto open = text.find('{', at);
        const auto shut = open == std::string::npos ? open : text.find('}', open);
        if (shut == std::string::npos) break;
        result += text.substr(at, open - at);
        const auto known = values.find(text.substr(open + 1, shut - open - 1));
        // What is not known stays as it is: somebody wrote it so.
        result += known == values.end() ? text.substr(open, shut + 1 - open) : known->second;
        at = shut + 1;
    }
    return result + text.substr(at);
}

bool names_one_contribution(const std::string& text) {
    return text.find("{titel}") != std::string::npos || text.find("{nummer}") != std::string::npos;
}

Result<std::vector<ContributionId>> read_numbers(const std::string& text, const std::string& field) {
    std::vector<ContributionId> ids;
    std::string spaced = text;
    std::replace_if(
        spaced.begin(), spaced.end(), [](char c) { return c == ',' || c == ';' || c == '#' || c == '\n' || c == '\t'; },
        ' ');
    for (const auto& word : split(spaced, ' ')) {
        if (word.empty()) continue;
        const auto number = to_int(word);
        if (!number || *number <= 0) {
            Problems problems;
            problems.add(field,
                         tr_noop("“{word}” is not the number of a contribution.", {{"word", first_letters(word, 40)}}));
            return problems;
        }
        if (std::find(ids.begin(), ids.end(), ContributionId{*number}) == ids.end()) ids.emplace_back(*number);
    }
    if (ids.size() > most_at_once) {
        Problems problems;
        problems.add(field, tr_noop("These are too many contributions at once: at most 1,000."));
        return problems;
    }
    return ids;
}

core::Rows link_rows() {
    return {.name = "links",
            .legend = tr_noop("Documents and links"),
            .add_label = tr_noop("Add a link"),
            .columns = {{"title", tr_noop("Title")}, {"url", tr_noop("Address"), core::Field::Kind::url}}};
}

core::Rows milestone_rows() {
    return {.name = "milestones",
            .legend = tr_noop("Milestones"),
            .add_label = tr_noop("Add a milestone"),
            .columns = {{"title", tr_noop("What")},
                        {"day", tr_noop("Planned for"), core::Field::Kind::date},
                        {"done", tr_noop("Reached on"), core::Field::Kind::date}}};
}

std::vector<std::pair<std::string, std::string>> links_of(const Item& item) {
    std::vector<std::pair<std::string, std::string>> list;
    const auto given = json::parse(item.links.empty() ? "[]" : item.links, nullptr, false);
    if (given.is_array())
        for (const auto& pair : given) list.emplace_back(pair.at(0), pair.at(1));
    return list;
}

Result<Whole> check(const Form& form, Kind kind) {
    Whole whole;
    Item& item = whole.item;
    Problems problems;
    item.kind = kind;
    item.title = kind == Kind::summary ? "" : trimmed(form["title"]);
    item.body = trimmed(form["body"]);
    const bool titled = kind != Kind::answer && kind != Kind::summary;
    if (titled && item.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", item.title, most_title);
    if (item.body.empty()) problems.add("body", tr_noop("Please write the text."));
    core::need_short(problems, "body", item.body, most_letters);
    if (kind == Kind::outcome || kind == Kind::measure) {
        item.word = form["word"];
        if (!offered(kind == Kind::outcome ? verdicts() : measure_states(), item.word))
            problems.add("word", tr_noop("Please choose one of the words offered."));
        item.links = links_from(form, problems);
        core::need_short_titles(problems, form);
    }
    if (kind == Kind::measure) {
        item.budget = trimmed(form["budget"]);
        core::need_short(problems, "budget", item.budget, most_title);
        whole.milestones = milestones_from(form, problems);
    }
    if (problems.any()) return problems;
    return whole;
}

Form to_form(const Whole& whole) {
    const Item& item = whole.item;
    Form form;
    form.set("title", item.title);
    form.set("body", item.body);
    form.set("word", item.word);
    form.set("budget", item.budget);
    form.set("organisation", std::to_string(item.organisation.value));
    std::string numbers;
    for (const auto id : whole.contributions) numbers += (numbers.empty() ? "" : ", ") + std::to_string(id.value);
    form.set("contributions", numbers);
    for (const auto id : whole.outcomes) form.add("outcomes", std::to_string(id.value));
    std::vector<std::map<std::string, std::string>> links, milestones;
    for (const auto& [title, url] : links_of(item)) links.push_back({{"title", title}, {"url", url}});
    for (const auto& m : whole.milestones)
        milestones.push_back(
            {{"title", m.title}, {"day", m.day ? to_iso(*m.day) : ""}, {"done", m.done_on ? to_iso(*m.done_on) : ""}});
    core::write_rows(form, link_rows(), links);
    core::write_rows(form, milestone_rows(), milestones);
    return form;
}

core::Snapshot snapshot(const Whole& whole) {
    const Form form = to_form(whole);
    core::Snapshot fields;
    if (!whole.item.title.empty()) fields.emplace_back("Title", whole.item.title);
    fields.emplace_back("Text", whole.item.body);
    if (const auto* word = find_word(whole.item.kind == Kind::outcome ? verdicts() : measure_states(), whole.item.word))
        fields.emplace_back("State", i18n::german().tr(word->name));
    if (!whole.item.budget.empty()) fields.emplace_back("Budget", whole.item.budget);
    std::string links, milestones;
    for (const auto& [title, url] : links_of(whole.item)) links += title + " " + url + "\n";
    for (const auto& m : whole.milestones)
        milestones +=
            m.title + " " + (m.day ? to_iso(*m.day) : "") + (m.done_on ? " → " + to_iso(*m.done_on) : "") + "\n";
    if (!links.empty()) fields.emplace_back("Documents and links", links);
    if (!milestones.empty()) fields.emplace_back("Milestones", milestones);
    if (!whole.contributions.empty()) fields.emplace_back("Contributions", form["contributions"]);
    return fields;
}

}  // namespace mitwirken::answers
