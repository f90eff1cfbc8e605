// The rules of ideas; see ideas.h.
#include "modules/ideas/ideas.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using nlohmann::json;

OwnField field_of(const json& given) {
    OwnField field;
    field.key = given.value("key", "");
    field.label = given.value("label", "");
    const std::string word = given.value("kind", "text");
    field.kind = word == "choice"      ? OwnField::Kind::choice
                 : word == "long_text" ? OwnField::Kind::long_text
                                       : OwnField::Kind::text;
    field.options = given.value("options", std::vector<std::string>{});
    field.required = given.value("required", false);
    return field;
}

void check_fields(const Form& form, const Settings& settings, NewIdea& idea, Problems& problems) {
    for (const auto& field : settings.fields) {
        const std::string name = "field-" + field.key;
        const std::string value = trimmed(form[name]);
        const std::size_t most = field.kind == OwnField::Kind::long_text ? 2000 : 200;
        if (value.empty() && field.required)
            problems.add(name, tr_noop("Please answer “{label}”.", {{"label", field.label}}));
        if (letters(value) > most)
            problems.add(name,
                         tr_noop("Please shorten the text to {limit} letters.", {{"limit", std::to_string(most)}}));
        const bool offered = std::find(field.options.begin(), field.options.end(), value) != field.options.end();
        if (field.kind == OwnField::Kind::choice && !value.empty() && !offered)
            problems.add(name, tr_noop("Please choose one of the answers offered."));
        if (!value.empty()) idea.fields[field.key] = value;
    }
}

}  // namespace

Settings settings_of(const std::string& text) {
    Settings s;
    const auto given = json::parse(text.empty() ? "{}" : text, nullptr, false);
    if (!given.is_object()) return s;
    s.most_letters = std::size_t(given.value("most_letters", 2000));
    s.most_photos = given.value("most_photos", 3);
    s.edit_minutes = given.value("edit_minutes", 60);
    s.topics = given.value("topics", true);
    for (const auto& field : given.value("fields", json::array())) s.fields.push_back(field_of(field));
    return s;
}

Result<NewIdea> check(const Form& form, const Settings& settings) {
    NewIdea idea{trimmed(form["title"]), trimmed(form["body"])};
    Problems problems;
    if (idea.title.empty()) problems.add("title", tr_noop("Please give your idea a title."));
    if (letters(idea.title) > 120) problems.add("title", tr_noop("Please shorten the title to 120 letters."));
    if (idea.body.empty()) problems.add("body", tr_noop("Please describe your idea in one or two sentences."));
    if (letters(idea.body) > settings.most_letters)
        problems.add("body", tr_noop("Please shorten the text to {limit} letters.",
                                     {{"limit", std::to_string(settings.most_letters)}}));
    idea.topics = form.all("topics");
    check_fields(form, settings, idea, problems);
    if (problems.any()) return problems;
    return idea;
}

Form to_form(const core::Contribution& c, const Fields& fields, const std::vector<std::string>& topics) {
    Form form;
    form.add("title", c.title);
    form.add("body", c.body);
    core::write_place(form, c.place);
    form.add("name", c.author_name);
    for (const auto& topic : topics) form.add("topics", topic);
    for (const auto& [key, value] : fields) form.add("field-" + key, value);
    return form;
}

std::string original_of(const NewIdea& idea) {
    return json{{"title", idea.title},
                {"body", idea.body},
                {"topics", idea.topics},
                {"place", idea.place.json},
                {"fields", idea.fields}}
        .dump();
}

bool may_edit(const core::Contribution& c, const Settings& settings, Timestamp now) {
    using State = core::ContributionState;
    const bool alive = c.state == State::published || c.state == State::held || c.state == State::waiting;
    return alive && !c.merged_into && now < c.created_at + std::chrono::minutes{settings.edit_minutes};
}

const std::vector<std::pair<std::string, Message>>& statuses() {
    static const std::vector<std::pair<std::string, Message>> list = {
        {"", tr_noop("Open for discussion")},      {"in_review", tr_noop("Being examined")},
        {"planned", tr_noop("Will be done")},      {"done", tr_noop("Done")},
        {"declined", tr_noop("Not possible")},     {"not_ours", tr_noop("Not our responsibility")},
        {"merged", tr_noop("Joined with another")}};
    return list;
}

Message status_name(const std::string& status) {
    for (const auto& [word, name] : statuses())
        if (word == status) return name;
    return {};
}

std::string status_pill(const std::string& status) {
    if (status == "planned" || status == "done") return "pill--ok";
    if (status == "in_review") return "pill--review";
    if (status == "declined" || status == "not_ours" || status == "merged") return "pill--past";
    return "pill--soon";
}

}  // namespace mitwirken::ideas
