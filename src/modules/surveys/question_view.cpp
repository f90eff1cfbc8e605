// See question_view.h. Names and ids of fields: answers.h.
#include "modules/surveys/question_view.h"

#include <algorithm>

#include "core/forms/forms.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace t = tpl::fields;
using core::Visit;

// One question being drawn.
class Drawn {
public:
    Drawn(Visit& visit, const Question& q, const FieldsView& view, bool first_wrong)
        : visit_(visit), q_(q), view_(view), name_(field_of(q)), first_wrong_(first_wrong) {}
    void fill(html::Values question);

private:
    bool is_line() const {
        return q_.kind == Kind::text || q_.kind == Kind::long_text || q_.kind == Kind::number ||
               q_.kind == Kind::date || q_.kind == Kind::file;
    }
    void head(html::Values& box);
    void line(html::Values& box);
    void files(html::Values control);
    void group(html::Values& box);
    void options(html::Values& box, bool tiles);
    void scale(html::Values& box);
    void matrix(html::Values& box);
    void parts(html::Values& box);
    void place(html::Values& box);
    void described(html::Values& values) {
        if (!described_.empty()) values.add(t::DESCRIBED).set(t::IDS, described_);
    }
    const std::string& value(const std::string& name) const { return (*view_.values)[name]; }
    std::string words(const Text& text) const { return text.in(visit_.language.code()); }

    Visit& visit_;
    const Question& q_;
    const FieldsView& view_;
    const std::string name_;
    const bool first_wrong_;
    const Problem* problem_ = nullptr;
    std::string described_;
};

void Drawn::head(html::Values& box) {
    box.set(t::TITLE, words(q_.title)).set(t::ID, core::field_id(name_)).set(t::NAME, name_);
    const bool german = q_.title.words.count(visit_.language.code()) == 0;
    box.set(t::LANG, german ? "de" : visit_.language.html_lang());
    box.show_if(!q_.required || view_.all_optional, t::OPTIONAL);
    problem_ = view_.problems ? view_.problems->of(name_) : nullptr;
    const std::string rule = rule_of(visit_, q_);
    if (!q_.help.empty() || !rule.empty()) {
        auto hint = box.add(t::HINT).set(t::HELP, html::markdown(words(q_.help)));
        if (!rule.empty()) hint.add(t::RULE).set(t::TEXT, rule);
        described_ = "f-" + core::field_id(name_) + "-hint";
    }
    if (problem_) {
        box.show(t::ERROR_CLASS).add(t::ERROR).set(t::TEXT, visit_.tr(problem_->message));
        described_ += (described_.empty() ? "f-" : " f-") + core::field_id(name_) + "-error";
    }
}

void Drawn::files(html::Values control) {
    control.show_if(q_.most > 1, t::MANY).show_if(q_.pictures_only, t::PICTURES);
    if (!view_.answers) return;
    const auto at = view_.answers->find(q_.key);
    if (at == view_.answers->end()) return;
    for (const auto& file : at->second.files)
        control.add(t::FILE).set(t::NAME, file.name).set(t::FIELD, name_).set(t::VALUE, file.id);
}

void Drawn::line(html::Values& box) {
    auto control = box.add(q_.kind == Kind::long_text ? t::AREA : q_.kind == Kind::file ? t::FILES : t::INPUT);
    described(control);
    control.show_if(problem_ != nullptr, t::INVALID);
    if (q_.kind == Kind::file) return files(control);
    control.set(t::VALUE, value(name_)).show_if(first_wrong_, t::FIRST);
    if (q_.kind == Kind::long_text) return;
    control.set(t::TYPE, q_.kind == Kind::date ? "date" : "text");
    control.show_if(q_.kind == Kind::number, t::DECIMAL);
    control.show_if(q_.kind == Kind::number || q_.kind == Kind::date, t::NARROW);
}

// The markers of drawing.html, in the order of house_pictures().
void add_picture(html::Values& line, const std::string& picture) {
    static const html::Section drawings[] = {t::CITY,     t::DIALOGUE, t::DIGITAL, t::PLAN,   t::GREEN,
                                             t::MOBILITY, t::YOUTH,    t::TOOLBOX, t::RESULTS};
    const auto& known = house_pictures();
    const auto at = std::find(known.begin(), known.end(), picture);
    if (at != known.end())
        line.add(t::DRAWING).show(drawings[at - known.begin()]);
    else if (!picture.empty())
        line.add(t::PICTURE).set(t::URL, "/dateien/" + picture + "/bild");
}

void Drawn::options(html::Values& box, bool tiles) {
    auto inner = box.add(tiles ? t::TILES : t::BOXES);
    const char* type = q_.chooses_many() || q_.kind == Kind::consent ? "checkbox" : "radio";
    const auto add = [&](const std::string& key, const std::string& label, const std::string& picture, bool first) {
        auto line = inner.add(t::OPTION).set(t::TYPE, type).set(t::VALUE, key).set(t::LABEL, label);
        line.show_if(view_.values->has(name_, key), t::CHOSEN).show_if(first && first_wrong_, t::FIRST);
        if (tiles) add_picture(line, picture);
    };
    if (q_.kind == Kind::consent) return add("yes", visit_.tr("I agree"), "", true);
    bool first = true;
    for (const auto* option : in_order(q_, view_.seed)) {
        add(option->key, words(option->label), option->picture, first);
        first = false;
    }
    if (!q_.other) return;
    auto other = inner.add(t::OTHER).set(t::TYPE, type).set(t::TEXT, value(name_ + "-other"));
    other.show_if(view_.values->has(name_, other_key), t::CHOSEN);
}

void Drawn::scale(html::Values& box) {
    auto inner = box.add(t::SCALE);
    if (!q_.low.empty()) inner.add(t::LOW).set(t::TEXT, words(q_.low));
    if (!q_.high.empty()) inner.add(t::HIGH).set(t::TEXT, words(q_.high));
    for (int step = q_.from(); step <= q_.to() && step - q_.from() <= 20; ++step) {
        const std::string key = std::to_string(step);
        auto line = inner.add(t::OPTION).set(t::VALUE, key).set(t::LABEL, key);
        line.show_if(view_.values->has(name_, key), t::CHOSEN).show_if(step == q_.from() && first_wrong_, t::FIRST);
    }
}

void Drawn::matrix(html::Values& box) {
    for (const auto& row : q_.rows) {
        const std::string name = field_of(q_, row.key);
        auto line = box.add(t::ROWS).set(t::LABEL, words(row.label));
        for (const auto& column : q_.options)
            line.add(t::OPTION)
                .set(t::NAME, name)
                .set(t::VALUE, column.key)
                .set(t::LABEL, words(column.label))
                .show_if(value(name) == column.key, t::CHOSEN);
    }
}

void Drawn::parts(html::Values& box) {
    for (const auto* option : in_order(q_, view_.seed)) {
        const std::string name = field_of(q_, option->key);
        box.add(t::PARTS)
            .set(t::LABEL, words(option->label))
            .set(t::MODE, "numeric")
            .set(t::PART, name)
            .set(t::PART_ID, core::field_id(name))
            .set(t::VALUE, value(name));
    }
}

void Drawn::place(html::Values& box) {
    const std::string drawn = value(name_);
    if (q_.shapes == "Point")
        box.add(t::DRAWN_HIDDEN).set(t::VALUE, drawn);
    else
        box.add(t::DRAWN).set(t::VALUE, drawn);
    if (q_.shapes.find("Point") == std::string::npos) return;
    for (const auto& [part, label] : {std::pair{"lat", tr_noop("Latitude")}, std::pair{"lon", tr_noop("Longitude")}}) {
        const std::string name = field_of(q_, part);
        box.add(t::PARTS)
            .set(t::LABEL, visit_.tr(label))
            .set(t::MODE, "decimal")
            .set(t::PART, name)
            .set(t::PART_ID, core::field_id(name))
            .set(t::VALUE, value(name));
    }
}

void Drawn::group(html::Values& box) {
    described(box);
    switch (q_.kind) {
        case Kind::scale:
            return scale(box);
        case Kind::matrix:
            return matrix(box);
        case Kind::ranking:
        case Kind::points:
            return parts(box);
        case Kind::place:
            return place(box);
        default:
            return options(box, q_.kind == Kind::image);
    }
}

void Drawn::fill(html::Values question) {
    auto box = question.add(is_line() ? t::LINE : t::GROUP);
    head(box);
    if (is_line())
        line(box);
    else
        group(box);
}

}  // namespace

const std::vector<std::string>& house_pictures() {
    static const std::vector<std::string> names = {"topic-city",  "topic-dialogue", "topic-digital",
                                                   "topic-plan",  "topic-green",    "topic-mobility",
                                                   "topic-youth", "topic-toolbox",  "topic-results"};
    return names;
}

std::string rule_of(const Visit& visit, const Question& q) {
    const std::string least = std::to_string(q.least), most = std::to_string(q.most);
    const auto say = [&](const Message& words) { return visit.tr(words); };
    switch (q.kind) {
        case Kind::multiple:
        case Kind::image:
            if (!q.chooses_many()) return "";
            if (q.least > 0 && q.least == q.most) return say(tr_noop("Choose {n}.", {{"n", most}}));
            if (q.least > 0 && q.most > 0)
                return say(tr_noop("Choose {least} to {most}.", {{"least", least}, {"most", most}}));
            if (q.most > 0) return say(tr_noop("Choose {n} at most.", {{"n", most}}));
            if (q.least > 0) return say(tr_noop("Choose at least {n}.", {{"n", least}}));
            return say(tr_noop("You can choose several."));
        case Kind::ranking:
            return say(q.most > 0 ? tr_noop("Give the places 1 to {n}: 1 is what matters most to you.", {{"n", most}})
                                  : tr_noop("Give places: 1 is what matters most to you, then 2, 3 …"));
        case Kind::points:
            return say(tr_noop("Give away {n} points altogether.", {{"n", std::to_string(q.points)}}));
        case Kind::number:
            return q.low.empty() ? "" : say(tr_noop("In {unit}", {{"unit", q.low.in(visit.language.code())}}));
        case Kind::file:
            return q.pictures_only ? say(tr_noop("A picture as JPG, PNG or WebP."))
                                   : say(tr_noop("For example a PDF, a picture or an office document."));
        case Kind::place:
            return q.shapes.find("Point") != std::string::npos
                       ? say(tr_noop("As coordinates, for example 51.51 and 7.46."))
                       : say(tr_noop("As GeoJSON, or drawn on the map."));
        default:
            return "";
    }
}

html::SafeHtml fields(Visit& visit, const std::vector<const Question*>& questions, const FieldsView& view) {
    html::Values page;
    bool wrong_before = false;
    for (const auto* q : questions) {
        const bool wrong = view.problems && view.problems->of(field_of(*q));
        Drawn(visit, *q, view, wrong && !wrong_before).fill(page.add(t::QUESTION));
        wrong_before = wrong_before || wrong;
    }
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::surveys
