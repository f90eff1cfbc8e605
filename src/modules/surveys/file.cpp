// A questionnaire as JSON, for the database and the exchange file; see questionnaire.h. Reading is strict about kinds
// and keys, so that whatever is stored can be shown.
#include <algorithm>
#include <cmath>
#include <set>

#include "modules/surveys/questionnaire.h"
#include "platform/base/text.h"
#include "platform/base/time.h"

namespace mitwirken::surveys {

namespace {

bool is_key(const std::string& key) {
    return !key.empty() && key.size() <= 40 && key.front() != '_' &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

// Reads members of one object and notes what is wrong with its place.
class Reader {
public:
    Reader(const Json& object, std::string place, Problems& problems)
        : object_(object), place_(std::move(place)), problems_(problems) {
        if (!object.is_object()) wrong("", tr_noop("This must be an object."));
    }
    const Json* find(const char* name) const {
        if (!object_.is_object()) return nullptr;
        const auto at = object_.find(name);
        return at == object_.end() || at->is_null() ? nullptr : &*at;
    }
    void wrong(const char* name, Message words) {
        problems_.add(*name ? (place_.empty() ? name : place_ + ", " + name) : place_, std::move(words));
    }
    std::string word(const char* name) {
        const Json* value = find(name);
        if (!value) return "";
        if (!value->is_string()) return wrong(name, tr_noop("This must be a text.")), "";
        return value->get<std::string>();
    }
    bool flag(const char* name) {
        const Json* value = find(name);
        if (value && !value->is_boolean()) wrong(name, tr_noop("This must be true or false."));
        return value && value->is_boolean() && value->get<bool>();
    }
    int whole(const char* name, int initial, int most) {
        const Json* value = find(name);
        if (!value) return initial;
        if (!value->is_number_integer() || *value < 0 || *value > most) {
            wrong(name, tr_noop("This must be a whole number up to {n}.", {{"n", std::to_string(most)}}));
            return initial;
        }
        return value->get<int>();
    }
    std::optional<double> number(const char* name) {
        const Json* value = find(name);
        if (!value) return {};
        if (!value->is_number() || std::abs(value->get<double>()) > 1e12)
            return wrong(name, tr_noop("This must be a number.")), std::nullopt;
        return value->get<double>();
    }
    Text text(const char* name, std::size_t most) {
        const Json* value = find(name);
        Text text;
        if (!value) return text;
        if (value->is_string())
            text = Text(value->get<std::string>());
        else if (!value->is_object())
            wrong(name, tr_noop("This must be a text, or one for each language."));
        else
            for (const auto& [code, words] : value->items())
                if (words.is_string() && code.size() <= 12)
                    text.words[code] = words.get<std::string>();
                else
                    wrong(name, tr_noop("This must be a text, or one for each language."));
        for (const auto& [code, words] : text.words)
            if (letters(words) > most || !is_utf8(words))
                wrong(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(most)}}));
        return text;
    }
    // Calls `use` with each item and its place.
    template <class Use>
    void each(const char* name, std::size_t most, Use use) {
        const Json* list = find(name);
        if (!list) return;
        if (!list->is_array()) return wrong(name, tr_noop("This must be a list."));
        if (list->size() > most)
            return wrong(name, tr_noop("This may hold {n} at most.", {{"n", std::to_string(most)}}));
        for (std::size_t i = 0; i < list->size(); ++i) use((*list)[i], sub(name, i));
    }
    std::string key(std::set<std::string>& taken) {
        const std::string key = word("key");
        if (!is_key(key))
            wrong("key", tr_noop("A key has small letters, digits and _ only."));
        else if (!taken.insert(key).second)
            wrong("key", tr_noop("This key is there twice."));
        return key;
    }
    const std::string& place() const { return place_; }

private:
    std::string sub(const char* name, std::size_t index) const {
        return (place_.empty() ? "" : place_ + ", ") + name + " " + std::to_string(index + 1);
    }
    const Json& object_;
    std::string place_;
    Problems& problems_;
};

ShowIf read_show_if(Reader& reader, Problems& problems) {
    ShowIf show_if;
    const Json* given = reader.find("show_if");
    if (!given) return show_if;
    Reader inside(*given, reader.place() + ", show_if", problems);
    show_if.any = inside.flag("any");
    inside.each("conditions", most_conditions, [&](const Json& item, const std::string& place) {
        Reader one(item, place, problems);
        Condition c;
        c.question = one.word("question");
        c.value = one.word("value");
        const auto test = test_from(one.word("test"));
        if (!test) one.wrong("test", tr_noop("This is none of the values that can be chosen."));
        c.test = test.value_or(Condition::Test::is);
        show_if.conditions.push_back(std::move(c));
    });
    return show_if;
}

std::vector<Option> read_options(Reader& reader, const char* name, Problems& problems) {
    std::vector<Option> list;
    std::set<std::string> taken;
    reader.each(name, most_options, [&](const Json& item, const std::string& place) {
        Reader one(item, place, problems);
        Option option;
        option.key = one.key(taken);
        option.label = one.text("label", option_letters);
        option.picture = one.word("picture");
        if (option.picture.size() > 100) one.wrong("picture", tr_noop("There is no such picture."));
        list.push_back(std::move(option));
    });
    return list;
}

void read_limits(Reader& reader, Question& q) {
    q.least = reader.whole("least", 0, 100);
    q.most = reader.whole("most", 0, 100);
    q.points = reader.whole("points", 10, 10'000);
    q.lowest = reader.number("lowest");
    q.highest = reader.number("highest");
    q.first_day = reader.word("first_day");
    q.last_day = reader.word("last_day");
    for (const auto& [name, day] : {std::pair{"first_day", q.first_day}, std::pair{"last_day", q.last_day}})
        if (!day.empty() && !parse_date(day))
            reader.wrong(name, tr_noop("This is not a day that exists, such as “2027-03-29”."));
    if (const std::string shapes = reader.word("shapes"); !shapes.empty()) q.shapes = shapes;
    for (const auto& shape : split(q.shapes, ' '))
        if (shape != "Point" && shape != "LineString" && shape != "Polygon")
            reader.wrong("shapes", tr_noop("This is none of the values that can be chosen."));
}

Question read_question(const Json& json, const std::string& place, std::set<std::string>& keys, Problems& problems) {
    Reader reader(json, place, problems);
    Question q;
    q.key = reader.key(keys);
    const auto kind = kind_from(reader.word("kind"));
    if (!kind) reader.wrong("kind", tr_noop("This is none of the values that can be chosen."));
    q.kind = kind.value_or(Kind::text);
    q.title = reader.text("title", title_letters);
    q.help = reader.text("help", help_letters);
    q.low = reader.text("low", option_letters);
    q.high = reader.text("high", option_letters);
    q.required = reader.flag("required");
    q.other = reader.flag("other") && (q.kind == Kind::single || q.kind == Kind::multiple);
    q.shuffled = reader.flag("shuffled");
    q.whole = reader.flag("whole");
    q.pictures_only = reader.flag("pictures_only");
    q.options = read_options(reader, "options", problems);
    q.rows = read_options(reader, "rows", problems);
    read_limits(reader, q);
    q.show_if = read_show_if(reader, problems);
    return q;
}

// ---- the other way; what is as it is by default is left out

Json write(const Text& text) {
    if (text.words.size() == 1 && text.words.begin()->first == "de") return text.words.begin()->second;
    Json json = Json::object();
    for (const auto& [code, words] : text.words)
        if (!words.empty()) json[code] = words;
    return json;
}

void put(Json& json, const char* name, const Text& text) {
    if (!text.empty()) json[name] = write(text);
}

Json write(const std::vector<Option>& options) {
    Json list = Json::array();
    for (const auto& option : options) {
        Json one = {{"key", option.key}, {"label", write(option.label)}};
        if (!option.picture.empty()) one["picture"] = option.picture;
        list.push_back(std::move(one));
    }
    return list;
}

void put(Json& json, const ShowIf& show_if) {
    if (show_if.conditions.empty()) return;
    Json inside = Json::object();
    if (show_if.any) inside["any"] = true;
    for (const auto& c : show_if.conditions) {
        Json one = {{"question", c.question}, {"test", to_word(c.test)}};
        if (needs_value(c.test)) one["value"] = c.value;
        inside["conditions"].push_back(std::move(one));
    }
    json["show_if"] = std::move(inside);
}

Json write(const Question& q) {
    Json json = {{"key", q.key}, {"kind", to_word(q.kind)}, {"title", write(q.title)}};
    put(json, "help", q.help);
    if (q.required) json["required"] = true;
    if (!q.options.empty()) json["options"] = write(q.options);
    if (!q.rows.empty()) json["rows"] = write(q.rows);
    if (q.other) json["other"] = true;
    if (q.shuffled) json["shuffled"] = true;
    if (q.least) json["least"] = q.least;
    if (q.most) json["most"] = q.most;
    if (q.lowest) json["lowest"] = *q.lowest;
    if (q.highest) json["highest"] = *q.highest;
    if (q.whole) json["whole"] = true;
    if (!q.first_day.empty()) json["first_day"] = q.first_day;
    if (!q.last_day.empty()) json["last_day"] = q.last_day;
    put(json, "low", q.low);
    put(json, "high", q.high);
    if (q.kind == Kind::points) json["points"] = q.points;
    if (q.kind == Kind::place) json["shapes"] = q.shapes;
    if (q.pictures_only) json["pictures_only"] = true;
    put(json, q.show_if);
    return json;
}

}  // namespace

Result<Questionnaire> read_questionnaire(const Json& json) {
    Problems problems;
    Questionnaire all;
    std::set<std::string> page_keys, keys;
    Reader reader(json, "", problems);
    if (!reader.find("pages")) reader.wrong("pages", tr_noop("This must be a list."));
    reader.each("pages", most_pages, [&](const Json& item, const std::string& place) {
        Reader one(item, place, problems);
        Page page;
        page.key = one.key(page_keys);
        page.title = one.text("title", title_letters);
        page.text = one.text("text", help_letters);
        page.show_if = read_show_if(one, problems);
        one.each("questions", most_questions, [&](const Json& question, const std::string& where) {
            page.questions.push_back(read_question(question, where, keys, problems));
        });
        all.pages.push_back(std::move(page));
    });
    for (const auto& key : page_keys)
        if (keys.contains(key)) problems.add("pages", tr_noop("This key is there twice."));
    if (keys.size() > most_questions)
        problems.add("pages", tr_noop("This may hold {n} at most.", {{"n", std::to_string(most_questions)}}));
    if (problems.any()) return problems;
    return all;
}

Json write_questionnaire(const Questionnaire& questionnaire) {
    Json json = {{"pages", Json::array()}};
    for (const auto& page : questionnaire.pages) {
        Json one = {{"key", page.key}};
        put(one, "title", page.title);
        put(one, "text", page.text);
        put(one, page.show_if);
        one["questions"] = Json::array();
        for (const auto& question : page.questions) one["questions"].push_back(write(question));
        json["pages"].push_back(std::move(one));
    }
    return json;
}

Questionnaire parse_questionnaire(const std::string& text) {
    const auto json = Json::parse(text.empty() ? "{\"pages\":[]}" : text, nullptr, false);
    auto read = read_questionnaire(json.is_discarded() ? Json{{"pages", Json::array()}} : json);
    return read ? std::move(*read) : Questionnaire{};
}

}  // namespace mitwirken::surveys
