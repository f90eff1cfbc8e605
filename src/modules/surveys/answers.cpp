// Reading and checking what somebody answers; see answers.h.
#include "modules/surveys/answers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "platform/base/text.h"
#include "platform/geo/geometry.h"

namespace mitwirken::surveys {

namespace {

constexpr std::size_t text_letters = 300, long_letters = 5000;

// "12,5" and "12.5"; nothing when it is no number.
std::optional<double> number_of(std::string text) {
    text = trimmed(text);
    std::replace(text.begin(), text.end(), ',', '.');
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
    if (!std::isfinite(value) || std::abs(value) > 1e12) return {};
    return value;
}

std::string written(double value) {
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return error == std::errc{} ? std::string(buffer, end) : std::string();
}

// What is in the way of one answer; the field is the question's own unless it says otherwise.
class Check {
public:
    Check(const Question& q, const Value& value, Problems& problems) : q_(q), value_(value), problems_(problems) {}
    void run();

private:
    void wrong(Message words) { problems_.add(field_of(q_), std::move(words)); }
    void text(std::size_t most);
    void number();
    void date();
    void choice();
    void scale();
    void matrix();
    void ranking();
    void points();
    void place();
    void file();

    const Question& q_;
    const Value& value_;
    Problems& problems_;
};

void Check::text(std::size_t most) {
    if (letters(value_.text) > most)
        wrong(tr_noop("Please shorten the text to {limit} letters.", {{"limit", std::to_string(most)}}));
}

void Check::number() {
    const auto value = number_of(value_.text);
    if (!value) return wrong(tr_noop("Please give a number, such as 12 or 3.5."));
    if (q_.whole && *value != std::floor(*value)) return wrong(tr_noop("Please give a whole number."));
    if (q_.lowest && *value < *q_.lowest)
        return wrong(tr_noop("Please give a number from {n}.", {{"n", written(*q_.lowest)}}));
    if (q_.highest && *value > *q_.highest)
        wrong(tr_noop("Please give a number up to {n}.", {{"n", written(*q_.highest)}}));
}

void Check::date() {
    const auto day = parse_date(trimmed(value_.text));
    if (!day) return wrong(tr_noop("Please give a day that exists."));
    const std::string iso = to_iso(*day);
    if (!q_.first_day.empty() && iso < q_.first_day)
        return wrong(tr_noop("Please give a day from {day}.", {{"day", q_.first_day}}));
    if (!q_.last_day.empty() && iso > q_.last_day)
        wrong(tr_noop("Please give a day up to {day}.", {{"day", q_.last_day}}));
}

void Check::choice() {
    const std::set<std::string> different(value_.chosen.begin(), value_.chosen.end());
    for (const auto& key : different)
        if (!q_.option(key) && !(q_.other && key == other_key))
            return wrong(tr_noop("Please choose one of the answers offered."));
    const bool other = different.contains(std::string(other_key));
    if (!other && !value_.text.empty())
        return wrong(tr_noop("You have written an answer of your own: please tick “Other”, too."));
    if (other && trimmed(value_.text).empty()) return wrong(tr_noop("Please say what you mean by “Other”."));
    if (letters(value_.text) > text_letters) return text(text_letters);
    const int count = int(different.size());
    const int most = q_.chooses_many() ? q_.most : 1;
    if (different.size() != value_.chosen.size()) return wrong(tr_noop("Please choose each answer once."));
    if (most == 1 && count > 1) return wrong(tr_noop("Please choose only one answer."));
    if (most > 0 && count > most)
        return wrong(tr_noop("Please choose {n} answers at most; you have chosen {count}.",
                             {{"n", std::to_string(most)}, {"count", std::to_string(count)}}));
    if (q_.chooses_many() && count < q_.least)
        wrong(tr_noop("Please choose at least {n} answers; you have chosen {count}.",
                      {{"n", std::to_string(q_.least)}, {"count", std::to_string(count)}}));
}

void Check::scale() {
    const auto step = value_.chosen.size() == 1 ? to_int(value_.chosen.front()) : std::nullopt;
    if (!step || *step < q_.from() || *step > q_.to()) wrong(tr_noop("Please choose one of the answers offered."));
}

void Check::matrix() {
    for (const auto& [row, column] : value_.cells) {
        const bool known =
            std::any_of(q_.rows.begin(), q_.rows.end(), [&, &key = row](auto& r) { return r.key == key; });
        if (!known || !q_.option(column)) return wrong(tr_noop("Please choose one of the answers offered."));
    }
    if (q_.required && value_.cells.size() < q_.rows.size()) wrong(tr_noop("Please answer every row."));
}

void Check::ranking() {
    std::set<std::int64_t> ranks;
    for (const auto& [option, text] : value_.cells) {
        const auto rank = to_int(text);
        if (!q_.option(option)) return wrong(tr_noop("Please choose one of the answers offered."));
        if (!rank || *rank < 1 || *rank > std::int64_t(q_.options.size()))
            return wrong(tr_noop("Please use the places 1 to {n}.", {{"n", std::to_string(q_.options.size())}}));
        if (!ranks.insert(*rank).second)
            return wrong(
                tr_noop("Place {n} is there twice. Please give each place once.", {{"n", std::to_string(*rank)}}));
    }
    if (!ranks.empty() && *ranks.rbegin() != std::int64_t(ranks.size()))
        return wrong(tr_noop("Please begin with place 1 and leave none out."));
    const int count = int(ranks.size());
    const int least = q_.least > 0 ? q_.least : q_.required && q_.most == 0 ? int(q_.options.size()) : 1;
    if (count < least)
        return wrong(tr_noop("Please give a place to at least {n} answers.", {{"n", std::to_string(least)}}));
    if (q_.most > 0 && count > q_.most)
        wrong(tr_noop("Please give a place to {n} answers at most.", {{"n", std::to_string(q_.most)}}));
}

void Check::points() {
    std::int64_t sum = 0;
    for (const auto& [option, text] : value_.cells) {
        const auto points = to_int(text);
        if (!q_.option(option)) return wrong(tr_noop("Please choose one of the answers offered."));
        if (!points || *points < 0 || *points > q_.points)
            return wrong(
                tr_noop("Please give whole numbers of points, from 0 to {n}.", {{"n", std::to_string(q_.points)}}));
        sum += *points;
    }
    if (sum != q_.points)
        wrong(tr_noop("Please give away exactly {n} points; so far it is {sum}.",
                      {{"n", std::to_string(q_.points)}, {"sum", std::to_string(sum)}}));
}

void Check::place() {
    const auto lat = value_.cells.find("lat"), lon = value_.cells.find("lon");
    if (value_.text.empty()) {
        const bool both = lat != value_.cells.end() && lon != value_.cells.end();
        if (!both || !geo::parse_point(lat->second, lon->second))
            wrong(tr_noop("This is not a position: 51.51 and 7.46 would be one."));
        else if (q_.shapes.find("Point") == std::string::npos)
            wrong(tr_noop("Please draw what is asked for."));
        return;
    }
    const auto geometry = geo::read_geometry(value_.text);
    if (!geometry) return wrong(geometry.problems().list().front().message);
    const auto json = Json::parse(geometry->json, nullptr, false);
    const auto shapes = split(q_.shapes, ' ');
    if (std::find(shapes.begin(), shapes.end(), json.value("type", "")) == shapes.end())
        wrong(tr_noop("Please draw what is asked for."));
}

void Check::file() {
    const int most = q_.most > 0 ? q_.most : 1;
    if (int(value_.files.size()) > most)
        wrong(tr_noop("Please send {n} files at most.", {{"n", std::to_string(most)}}));
}

void Check::run() {
    if (value_.empty()) {
        if (q_.required)
            wrong(q_.kind == Kind::consent ? tr_noop("Please tick this: without it we cannot go on.")
                                           : tr_noop("Please answer this question."));
        return;
    }
    switch (q_.kind) {
        case Kind::text:
            return text(text_letters);
        case Kind::long_text:
            return text(long_letters);
        case Kind::number:
            return number();
        case Kind::date:
            return date();
        case Kind::single:
        case Kind::multiple:
        case Kind::image:
            return choice();
        case Kind::consent:
            if (value_.chosen != std::vector<std::string>{"yes"})
                wrong(tr_noop("Please choose one of the answers offered."));
            return;
        case Kind::scale:
            return scale();
        case Kind::matrix:
            return matrix();
        case Kind::ranking:
            return ranking();
        case Kind::points:
            return points();
        case Kind::place:
            return place();
        case Kind::file:
            return file();
    }
}

void read_cells(const Question& q, const std::vector<Option>& parts, const Form& form, Value& value) {
    for (const auto& part : parts)
        if (const std::string typed = trimmed(form[field_of(q, part.key)]); !typed.empty())
            value.cells[part.key] = typed;
}

}  // namespace

std::string field_of(const Question& q) { return "a-" + q.key; }
std::string field_of(const Question& q, std::string_view part) { return "a-" + q.key + "-" + std::string(part); }

Value read_value(const Question& q, const Form& form) {
    Value value;
    const std::string field = field_of(q);
    switch (q.kind) {
        case Kind::text:
        case Kind::long_text:
        case Kind::number:
        case Kind::date:
            value.text = trimmed(form[field]);
            break;
        case Kind::single:
        case Kind::multiple:
        case Kind::image:
        case Kind::consent:
        case Kind::scale:
            for (auto& key : form.all(field))
                if (!key.empty()) value.chosen.push_back(std::move(key));
            if (q.other) value.text = trimmed(form[field + "-other"]);
            break;
        case Kind::matrix:
            read_cells(q, q.rows, form, value);
            break;
        case Kind::ranking:
        case Kind::points:
            read_cells(q, q.options, form, value);
            break;
        case Kind::place:
            value.text = trimmed(form[field]);
            for (const char* part : {"lat", "lon"})
                if (const auto typed = trimmed(form[field_of(q, part)]); value.text.empty() && !typed.empty())
                    value.cells[part] = typed;
            break;
        case Kind::file:
            break;
    }
    return value;
}

void write_value(const Question& q, const Value& value, Form& form) {
    const std::string field = field_of(q);
    for (const auto& key : value.chosen) form.add(field, key);
    if (q.other)
        form.add(field + "-other", value.text);
    else if (!value.text.empty())
        form.add(field, value.text);
    for (const auto& [part, typed] : value.cells) form.add(field_of(q, part), typed);
}

Value tidy(const Question& q, Value value) {
    if (value.empty()) return value;
    if (q.kind == Kind::number) value.text = written(number_of(value.text).value_or(0));
    if (q.kind == Kind::place) {
        if (value.text.empty())
            if (const auto point = geo::parse_point(value.cells["lat"], value.cells["lon"]))
                value.text = Json{{"type", "Point"}, {"coordinates", {point->lon, point->lat}}}.dump();
        if (const auto geometry = geo::read_geometry(value.text)) value.text = geometry->json;
        value.cells.clear();
    }
    if (q.kind == Kind::points || q.kind == Kind::ranking)
        for (auto& [part, number] : value.cells) number = std::to_string(to_int(number).value_or(0));
    return value;
}

void check_value(const Question& q, const Value& value, Problems& problems) { Check(q, value, problems).run(); }

Problems check_all(const Questionnaire& all, const Values& values) {
    Problems problems;
    const auto visible = shown(all, values);
    for (const auto& page : all.pages)
        for (const auto& q : page.questions) {
            if (!visible.questions.contains(q.key)) continue;
            const auto at = values.find(q.key);
            check_value(q, at == values.end() ? Value{} : at->second, problems);
        }
    return problems;
}

std::string page_of_field(const Questionnaire& all, const std::string& field) {
    for (const auto& page : all.pages)
        for (const auto& q : page.questions)
            if (field == field_of(q) || starts_with(field, field_of(q) + "-")) return page.key;
    return "";
}

// ---- as JSON

Json write_values(const Values& values) {
    Json json = Json::object();
    for (const auto& [key, value] : values) {
        if (value.empty()) continue;
        Json one = Json::object();
        if (!value.chosen.empty()) one["chosen"] = value.chosen;
        if (!value.text.empty()) one["text"] = value.text;
        if (!value.cells.empty()) one["cells"] = value.cells;
        for (const auto& file : value.files) one["files"].push_back({{"id", file.id}, {"name", file.name}});
        json[key] = std::move(one);
    }
    return json;
}

Values parse_values(const std::string& text) {
    Values values;
    const auto json = Json::parse(text.empty() ? "{}" : text, nullptr, false);
    if (!json.is_object()) return values;
    for (const auto& [key, one] : json.items()) {
        Value value;
        value.chosen = one.value("chosen", std::vector<std::string>{});
        value.text = one.value("text", "");
        value.cells = one.value("cells", std::map<std::string, std::string>{});
        for (const auto& file : one.value("files", Json::array()))
            value.files.push_back({file.value("id", std::int64_t{0}), file.value("name", "")});
        values[key] = std::move(value);
    }
    return values;
}

}  // namespace mitwirken::surveys
