// See export.h.
#include "modules/surveys/export.h"

#include <algorithm>

#include "platform/base/text.h"

namespace mitwirken::surveys {

namespace {

bool has_columns(Kind kind) {
    return kind == Kind::multiple || kind == Kind::matrix || kind == Kind::ranking || kind == Kind::points;
}

Column column(const Question& q, const std::string& part, const Text& label) {
    Column c{part.empty() ? q.key : q.key + "_" + part, q.key, part, q.title, &q};
    if (!part.empty()) c.title = Text(q.title.german() + ": " + label.german());
    return c;
}

std::string label_of(const Question& q, const std::string& key, Cells cells) {
    if (key == other_key) return cells == Cells::keys ? key : "Sonstiges";
    const auto* option = q.option(key);
    return cells == Cells::words && option ? option->label.german() : key;
}

}  // namespace

std::vector<Column> columns_of(const std::vector<Question>& questions) {
    std::vector<Column> list;
    for (const auto& q : questions) {
        const auto& parts = q.kind == Kind::matrix ? q.rows : q.options;
        if (has_columns(q.kind))
            for (const auto& part : parts) list.push_back(column(q, part.key, part.label));
        else
            list.push_back(column(q, "", {}));
        if (q.other && q.kind == Kind::multiple) list.push_back(column(q, std::string(other_key), Text("Sonstiges")));
        if (q.other) list.push_back(column(q, "text", Text("Sonstiges, nämlich")));
    }
    return list;
}

std::string cell_of(const Column& c, const Values& values, Cells cells) {
    const auto at = values.find(c.question);
    if (at == values.end()) return "";
    const Question& q = *c.asked;
    const Value& value = at->second;
    if (c.part == "text" && q.other && !q.option("text")) return value.text;
    if (q.kind == Kind::multiple)
        return std::find(value.chosen.begin(), value.chosen.end(), c.part) != value.chosen.end() ? "1" : "0";
    if (!c.part.empty()) {
        const auto cell = value.cells.find(c.part);
        if (cell == value.cells.end()) return "";
        return q.kind == Kind::matrix ? label_of(q, cell->second, cells) : cell->second;
    }
    if (q.kind == Kind::consent) return value.chosen.empty() ? "0" : "1";
    if (q.kind == Kind::single || q.kind == Kind::image) {
        std::vector<std::string> words;
        for (const auto& key : value.chosen) words.push_back(label_of(q, key, cells));
        return join(words, ", ");
    }
    if (q.kind == Kind::scale) return value.chosen.empty() ? "" : value.chosen.front();
    if (q.kind == Kind::file) return in_words(q, value, "de", "");
    return value.text;
}

std::vector<Code> codebook(const std::vector<Column>& columns) {
    std::vector<Code> list;
    for (const auto& c : columns) {
        const Question& q = *c.asked;
        const std::string title = c.title.german(), kind(to_word(q.kind));
        const std::size_t before = list.size();
        const auto add = [&](const std::string& code, const std::string& label) {
            list.push_back({c.name, title, kind, code, label});
        };
        if (q.kind == Kind::multiple && c.part != "text") {
            add("0", "nicht gewählt");
            add("1", "gewählt");
        } else if (q.kind == Kind::consent) {
            add("0", "nein");
            add("1", "ja");
        } else if ((q.kind == Kind::single || q.kind == Kind::image || q.kind == Kind::matrix) && c.part != "text") {
            for (const auto& option : q.options) add(option.key, option.label.german());
            if (q.other) add(std::string(other_key), "Sonstiges");
        } else if (q.kind == Kind::scale) {
            add(std::to_string(q.from()), q.low.german());
            add(std::to_string(q.to()), q.high.german());
        }
        if (list.size() == before) add("", "");
    }
    return list;
}

}  // namespace mitwirken::surveys
