// The rules of documentations: pure functions.
#include "modules/documentation/documentation.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "modules/documentation/form_rows.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

using nlohmann::json;

bool is_address(const std::string& url) {
    return starts_with(url, "https://") || starts_with(url, "http://") ||
           (starts_with(url, "/") && !starts_with(url, "//"));
}

void need_length(const Form& form, std::initializer_list<const char*> fields, std::size_t limit, Problems& problems) {
    for (const char* field : fields)
        if (letters(form[field]) > limit)
            problems.add(field, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
}

std::string joined(const std::vector<std::string>& lines) { return join(lines, "\n"); }

std::string question_text(const Question& question) {
    std::string text = question.text + " (" + std::to_string(question.choose) + ")\n";
    for (const auto& option : question.options)
        text += "– " + option.text + (option.votes ? ": " + std::to_string(*option.votes) : "") + "\n";
    return text;
}

std::string group_text(const Group& group) {
    std::string text = group.title + "\n";
    for (const Board board : all_boards)
        for (const auto& note : group.of(board)) text += "[" + std::string(to_word(board)) + "] " + note + "\n";
    if (!group.quintessence.empty()) text += "= " + group.quintessence + "\n";
    if (!group.key_point.empty()) text += "! " + group.key_point + "\n";
    return text;
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const auto& line : split(text, '\n'))
        if (auto clean_line = trimmed(line); !clean_line.empty()) lines.push_back(std::move(clean_line));
    return lines;
}

std::vector<std::string> thoughts_of(const std::string& text) {
    std::vector<std::string> thoughts;
    for (const auto& line : lines_of(text)) {
        std::string thought;
        for (const auto& word : split(line, ' ')) {  // "//" as a word of its own; in an address it is part of one
            if (word != "//") {
                thought += (thought.empty() ? "" : " ") + word;
                continue;
            }
            thoughts.push_back(trimmed(thought));
            thought.clear();
        }
        thoughts.push_back(trimmed(thought));
    }
    std::erase(thoughts, "");
    return thoughts;
}

std::vector<Link> links_of(const std::string& text) {
    std::vector<Link> links;
    const auto list = json::parse(text, nullptr, false);
    if (!list.is_array()) return links;
    for (const auto& item : list)
        if (item.is_array() && item.size() == 2) links.push_back({item[0], item[1]});
    return links;
}

std::string to_json(const std::vector<Link>& links) {
    auto list = json::array();
    for (const auto& link : links) list.push_back({link.title, link.url});
    return list.dump();
}

Result<Document> check_head(const Form& form) {
    Problems problems;
    Document d;
    d.title = trimmed(form["title"]), d.lead = trimmed(form["lead"]);
    d.when_text = trimmed(form["when_text"]), d.why = trimmed(form["why"]);
    d.partners = joined(lines_of(form["partners"])), d.agenda = joined(lines_of(form["agenda"]));
    d.moods = trimmed(form["moods"]), d.points_intro = trimmed(form["points_intro"]),
    d.closing = trimmed(form["closing"]);
    d.contact = trimmed(form["contact"]), d.credits = trimmed(form["credits"]), d.note = trimmed(form["note"]);
    d.organisation = core::OrganisationId{to_int(form["organisation"]).value_or(0)};
    if (d.title.empty()) problems.add("title", tr_noop("Please give the documentation a title."));
    need_length(form, {"title", "when_text"}, 200, problems);
    need_length(form, {"lead", "credits", "moods", "points_intro"}, 1000, problems);
    need_length(form, {"why", "partners", "agenda", "closing", "contact", "note"}, 20000, problems);
    if (const std::string day = trimmed(form["day"]); !day.empty()) {
        d.day = parse_date(day);
        if (!d.day) problems.add("day", tr_noop("Please enter a day that exists, for example 2026-11-23."));
    }
    std::vector<Link> links;
    for (const auto& row : core::read_rows(form, link_rows())) {
        if (row.at("title").empty() || !is_address(row.at("url")))
            problems.add("links", tr_noop("A link needs a title and an address that begins with https:// or /."));
        links.push_back({row.at("title"), row.at("url")});
    }
    d.links = to_json(links);
    const auto schedule = core::read_schedule(form, problems);
    d.publish_at = schedule.publish_at, d.unpublish_at = schedule.unpublish_at;
    if (problems.any()) return problems;
    return d;
}

Result<Question> check_question(const Form& form) {
    Problems problems;
    Question q{trimmed(form["text"]), to_int(trimmed(form["choose"])).value_or(0), {}};
    if (q.text.empty()) problems.add("text", tr_noop("Please enter the question."));
    need_length(form, {"text"}, 1000, problems);
    for (const auto& row : core::read_rows(form, option_rows())) {
        Option option{row.at("text"), {}};
        if (const std::string& votes = row.at("votes"); !votes.empty()) {
            option.votes = to_int(votes);
            if (!option.votes || *option.votes < 0) problems.add("options", tr_noop("Votes are a whole number."));
        }
        if (option.text.empty()) problems.add("options", tr_noop("Please enter the words of every answer."));
        q.options.push_back(std::move(option));
    }
    if (q.options.size() < 2) problems.add("options", tr_noop("A question needs at least two answers."));
    if (q.choose < 1 || q.choose > std::max<std::int64_t>(1, std::int64_t(q.options.size())))
        problems.add("choose", tr_noop("At least one answer, at most all of them can be chosen."));
    if (problems.any()) return problems;
    return q;
}

Result<Session> check_session(const Form& form) {
    Problems problems;
    Session s{trimmed(form["title"]), trimmed(form["question"]), trimmed(form["input"]), {}};
    if (s.title.empty()) problems.add("title", tr_noop("Please give this part a heading."));
    need_length(form, {"title"}, 200, problems);
    need_length(form, {"question"}, 1000, problems);
    need_length(form, {"input"}, 20000, problems);
    if (problems.any()) return problems;
    return s;
}

Result<Group> check_group(const Form& form) {
    Problems problems;
    Group g{trimmed(form["title"]), trimmed(form["quintessence"]), trimmed(form["key_point"]), {}};
    need_length(form, {"title"}, 200, problems);
    need_length(form, {"quintessence", "key_point"}, 3000, problems);
    bool any = !g.quintessence.empty() || !g.key_point.empty();
    for (const Board board : all_boards) {
        const std::string field = "notes_" + std::string(to_word(board));
        g.notes[std::size_t(board)] = lines_of(form[field]);
        need_length(form, {field.c_str()}, 20000, problems);
        any = any || !g.of(board).empty();
    }
    if (!any) problems.add("notes_quote", tr_noop("Please enter at least one thing that was said."));
    if (problems.any()) return problems;
    return g;
}

Form to_form(const Document& d) {
    Form form;
    form.add("title", d.title), form.add("lead", d.lead), form.add("when_text", d.when_text);
    form.add("day", d.day ? to_iso(*d.day) : ""), form.add("why", d.why), form.add("partners", d.partners);
    form.add("agenda", d.agenda), form.add("moods", d.moods), form.add("points_intro", d.points_intro);
    form.add("closing", d.closing), form.add("contact", d.contact), form.add("credits", d.credits);
    form.add("note", d.note), form.add("organisation", std::to_string(d.organisation.value));
    std::vector<std::map<std::string, std::string>> rows;
    for (const auto& link : links_of(d.links)) rows.push_back({{"title", link.title}, {"url", link.url}});
    core::write_rows(form, link_rows(), rows);
    core::write_schedule(form, d.schedule());
    return form;
}

Form to_form(const Question& q) {
    Form form;
    form.add("text", q.text), form.add("choose", std::to_string(q.choose));
    std::vector<std::map<std::string, std::string>> rows;
    for (const auto& option : q.options)
        rows.push_back({{"text", option.text}, {"votes", option.votes ? std::to_string(*option.votes) : ""}});
    core::write_rows(form, option_rows(), rows);
    return form;
}

Form to_form(const Session& s) {
    Form form;
    form.add("title", s.title), form.add("question", s.question), form.add("input", s.input);
    return form;
}

Form to_form(const Group& g) {
    Form form;
    form.add("title", g.title), form.add("quintessence", g.quintessence), form.add("key_point", g.key_point);
    for (const Board board : all_boards) form.add("notes_" + std::string(to_word(board)), joined(g.of(board)));
    return form;
}

std::optional<Move> move_from(const std::string& word) {
    if (word == "up") return Move::up;
    if (word == "down") return Move::down;
    if (word == "remove") return Move::remove;
    return {};
}

std::optional<core::State> next_state(core::State from, const std::string& step) {
    using core::State;
    if (step == "hand_in" && from == State::draft) return State::handed_in;
    if (step == "return" && (from == State::handed_in || from == State::published)) return State::draft;
    if (step == "publish" && (from == State::draft || from == State::handed_in)) return State::published;
    if (step == "archive" && from != State::archived) return State::archived;
    if (step == "restore" && from == State::archived) return State::draft;
    return {};
}

std::int64_t votes_of(const Question& question) {
    std::int64_t votes = 0;
    for (const auto& option : question.options) votes += option.votes.value_or(0);
    return votes;
}

std::string_view to_word(Board board) { return db::Names<Board>::words[std::size_t(board)]; }

std::string plain_text(const Whole& whole) {
    std::string text = whole.document.why + "\n" + whole.document.closing + "\n";
    for (const auto& question : whole.questions) text += question_text(question);
    for (const auto& session : whole.sessions) {
        text += session.title + "\n" + session.question + "\n" + session.input + "\n";
        for (const auto& group : session.groups) {
            for (const auto& notes : group.notes) text += joined(notes) + "\n";
            text += group.quintessence + "\n" + group.key_point + "\n";
        }
    }
    return text;
}

core::Snapshot snapshot(const Whole& whole) {
    const Document& d = whole.document;
    std::string questions, sessions, links;
    for (const auto& question : whole.questions) questions += question_text(question);
    for (const auto& session : whole.sessions) {
        sessions += "# " + session.title + "\n" + session.question + "\n" + session.input + "\n";
        for (const auto& group : session.groups) sessions += group_text(group);
    }
    for (const auto& link : links_of(d.links)) links += link.title + " – " + link.url + "\n";
    return {{"Title", d.title},
            {"Introduction", d.lead},
            {"Day", d.day ? to_iso(*d.day) : ""},
            {"Day in words", d.when_text},
            {"Why it took place", d.why},
            {"Partners", d.partners},
            {"Agenda", d.agenda},
            {"Moods", d.moods},
            {std::string(tr_noop("Questions to everybody").id), questions},
            {std::string(tr_noop("Sessions and groups").id), sessions},
            {"How the points were chosen", d.points_intro},
            {"How it went on", d.closing},
            {"Contact", d.contact},
            {"Credits", d.credits},
            {"How this text came about", d.note},
            {std::string(tr_noop("Links").id), links}};
}

nlohmann::ordered_json to_json(const Whole& whole) {
    using Json = nlohmann::ordered_json;
    const Document& d = whole.document;
    Json questions = Json::array(), sessions = Json::array(), points = Json::array(), links = Json::array();
    for (const auto& q : whole.questions) {
        Json options = Json::array();
        for (const auto& option : q.options)
            options.push_back({{"text", option.text}, {"votes", option.votes ? Json(*option.votes) : Json(nullptr)}});
        questions.push_back({{"text", q.text}, {"choose", q.choose}, {"options", options}});
    }
    for (const auto& s : whole.sessions) {
        Json groups = Json::array();
        for (const auto& g : s.groups) {
            groups.push_back({{"title", g.title},
                              {"quotes", g.of(Board::quote)},
                              {"helpful", g.of(Board::helpful)},
                              {"improve", g.of(Board::improve)},
                              {"new", g.of(Board::novel)},
                              {"quintessence", g.quintessence}});
            if (!g.key_point.empty()) points.push_back({{"group", g.title}, {"text", g.key_point}});
        }
        sessions.push_back({{"title", s.title}, {"question", s.question}, {"input", s.input}, {"groups", groups}});
    }
    for (const auto& link : links_of(d.links)) links.push_back({{"title", link.title}, {"url", link.url}});
    return {{"key", d.key},         {"title", d.title},
            {"lead", d.lead},       {"day", d.day ? Json(to_iso(*d.day)) : Json(nullptr)},
            {"when", d.when_text},  {"partners", lines_of(d.partners)},
            {"why", d.why},         {"agenda", lines_of(d.agenda)},
            {"moods", d.moods},     {"questions", questions},
            {"sessions", sessions}, {"key_points", {{"intro", d.points_intro}, {"groups", points}}},
            {"closing", d.closing}, {"contact", d.contact},
            {"credits", d.credits}, {"note", d.note},
            {"links", links},       {"changed", to_iso(d.changed_at)}};
}

}  // namespace mitwirken::documentation
