// The rules of ideas; see ideas.h.
#include "modules/ideas/ideas.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using nlohmann::json;

// Settings come from files, too: what has another kind than it should counts as not said.
std::int64_t number(const json& given, const char* key, std::int64_t initial, std::int64_t most) {
    const auto at = given.find(key);
    if (at == given.end() || !at->is_number_integer()) return initial;
    return std::clamp<std::int64_t>(at->get<std::int64_t>(), 0, most);
}
bool yes(const json& given, const char* key, bool initial) {
    const auto at = given.find(key);
    return at == given.end() || !at->is_boolean() ? initial : at->get<bool>();
}
std::string word(const json& given, const char* key) {
    const auto at = given.find(key);
    return at == given.end() || !at->is_string() ? "" : at->get<std::string>();
}

OwnField field_of(const json& given) {
    OwnField field;
    field.key = word(given, "key");
    field.label = word(given, "label");
    const auto* kind = std::find(std::begin(own_field_kinds), std::end(own_field_kinds), word(given, "kind"));
    if (kind != std::end(own_field_kinds)) field.kind = OwnField::Kind(kind - std::begin(own_field_kinds));
    if (const auto at = given.find("options"); at != given.end() && at->is_array())
        for (const auto& option : *at)
            if (option.is_string()) field.options.push_back(option.get<std::string>());
    field.required = yes(given, "required", false);
    field.is_public = yes(given, "public", true);
    return field;
}

bool is_number(std::string text) {
    std::replace(text.begin(), text.end(), ',', '.');
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
}

void check_field(const OwnField& field, const std::string& value, Problems& problems) {
    using Kind = OwnField::Kind;
    const std::size_t most = field.kind == Kind::long_text ? 2000 : 200;
    if (value.empty()) {
        if (field.required) problems.add(field.name(), tr_noop("Please answer “{label}”.", {{"label", field.label}}));
        return;
    }
    if (letters(value) > most)
        problems.add(field.name(),
                     tr_noop("Please shorten the text to {limit} letters.", {{"limit", std::to_string(most)}}));
    const bool offered = std::find(field.options.begin(), field.options.end(), value) != field.options.end();
    if ((field.kind == Kind::choice && !offered) || (field.kind == Kind::yes_no && value != "ja" && value != "nein"))
        problems.add(field.name(), tr_noop("Please choose one of the answers offered."));
    if (field.kind == Kind::number && !is_number(value))
        problems.add(field.name(), tr_noop("Please give a number, such as 12 or 3,5."));
}

void check_fields(const Form& form, const Settings& settings, NewIdea& idea, Problems& problems) {
    for (const auto& field : settings.fields) {
        const std::string value = trimmed(form[field.name()]);
        check_field(field, value, problems);
        if (!value.empty()) idea.fields[field.key] = value;
    }
}

}  // namespace

std::vector<OwnField> fields_from_json(const json& list) {
    std::vector<OwnField> fields;
    if (!list.is_array()) return fields;
    for (const auto& one : list)
        if (one.is_object() && !word(one, "key").empty()) fields.push_back(field_of(one));
    return fields;
}

json fields_to_json(const std::vector<OwnField>& fields) {
    auto list = json::array();
    for (const auto& field : fields)
        list.push_back({{"key", field.key},
                        {"label", field.label},
                        {"kind", own_field_kinds[std::size_t(field.kind)]},
                        {"options", field.options},
                        {"required", field.required},
                        {"public", field.is_public}});
    return list;
}

Settings settings_of(const std::string& text) {
    Settings s;
    const auto given = json::parse(text.empty() ? "{}" : text, nullptr, false);
    if (!given.is_object()) return s;
    s.most_letters = std::size_t(number(given, "most_letters", 2000, 100'000));
    s.most_photos = int(number(given, "most_photos", 3, 10));
    s.edit_minutes = int(number(given, "edit_minutes", 60, 1'000'000));
    s.topics = yes(given, "topics", true);
    if (given.contains("fields")) s.fields = fields_from_json(given["fields"]);
    return s;
}

std::vector<std::string> telling_words(const std::string& text, std::size_t least, std::size_t most) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (letters(word) >= least && words.size() < most && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalnum(byte))
            word += c;
        else
            end_word();
    }
    end_word();
    return words;
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
