// Cells of an answer, and what is worked out from their counts; see counts.h.
#include "modules/surveys/counts.h"

#include <algorithm>
#include <charconv>

#include "platform/base/text.h"

namespace mitwirken::surveys {

namespace {

double as_number(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void cells_of(const Question& q, const Value& value, std::vector<Cell>& cells) {
    cells.push_back({q.key, std::string(answered_cell)});
    switch (q.kind) {
        case Kind::single:
        case Kind::multiple:
        case Kind::image:
        case Kind::consent:
        case Kind::scale:
            for (const auto& key : value.chosen) cells.push_back({q.key, key});
            break;
        case Kind::number:
            cells.push_back({q.key, value.text});
            break;
        case Kind::date:
            cells.push_back({q.key, value.text.substr(0, 7)});
            break;
        case Kind::matrix:
        case Kind::ranking:
        case Kind::points:
            for (const auto& [part, said] : value.cells) cells.push_back({q.key, part + "/" + said});
            break;
        default:
            break;
    }
}

template <class Use>
void each_answered(const Questionnaire& all, const Values& values, Use use) {
    for (const auto& page : all.pages)
        for (const auto& q : page.questions)
            if (const auto at = values.find(q.key); at != values.end() && !at->second.empty()) use(q, at->second);
}

std::int64_t count_of(const Counts& counts, const std::string& question, const std::string& cell) {
    const auto at = counts.find({question, cell});
    return at == counts.end() ? 0 : at->second;
}

// Calls use(cell, n) for every counted cell of a question but "answered".
template <class Use>
void each_cell(const Counts& counts, const std::string& question, Use use) {
    for (auto at = counts.lower_bound({question, ""}); at != counts.end() && at->first.question == question; ++at)
        if (at->first.cell != answered_cell && at->second != 0) use(at->first.cell, at->second);
}

double share(std::int64_t part, std::int64_t whole) { return whole > 0 ? double(part) / double(whole) : 0; }

std::map<double, std::int64_t> numbers_of(const Counts& counts, const std::string& question) {
    std::map<double, std::int64_t> values;
    each_cell(counts, question, [&](const std::string& cell, std::int64_t n) { values[as_number(cell)] += n; });
    return values;
}

std::string plain(double value) {
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return error == std::errc{} ? std::string(buffer, end) : "";
}

// Few different numbers stand for themselves; many are put into ten equal classes.
std::vector<Bar> classes_of(const std::map<double, std::int64_t>& values, std::int64_t answered) {
    std::vector<Bar> bars;
    if (values.empty()) return bars;
    const auto bar = [&](const std::string& label, std::int64_t n) {
        bars.push_back({label, Text(label), n, share(n, answered)});
    };
    if (values.size() <= 12) {
        for (const auto& [value, n] : values) bar(plain(value), n);
        return bars;
    }
    const double lowest = values.begin()->first, width = (values.rbegin()->first - lowest) / 10;
    std::vector<std::int64_t> sums(10);
    for (const auto& [value, n] : values) sums[std::min<std::size_t>(9, std::size_t((value - lowest) / width))] += n;
    const auto rounded = [](double value) {
        return plain(double(std::int64_t(value * 100 + (value < 0 ? -.5 : .5))) / 100);
    };
    for (std::size_t i = 0; i < sums.size(); ++i)
        bar(rounded(lowest + width * double(i)) + " – " + rounded(lowest + width * double(i + 1)), sums[i]);
    return bars;
}

std::vector<Row> rows_of(const Question& q, const Counts& counts) {
    std::vector<Row> rows;
    for (const auto& row : q.rows) {
        Row line{row.label, row.key, 0, {}};
        for (const auto& column : q.options) {
            line.counts.push_back(count_of(counts, q.key, row.key + "/" + column.key));
            line.answered += line.counts.back();
        }
        rows.push_back(std::move(line));
    }
    return rows;
}

// Borda: of n answers the first place counts n - 1, the second n - 2 …; what has no place counts nothing.
std::vector<Rank> ranks_of(const Question& q, const Counts& counts) {
    std::vector<Rank> ranks;
    for (const auto& option : q.options) {
        Rank line{option.label, option.key};
        std::int64_t places = 0;
        for (std::int64_t rank = 1; rank <= std::int64_t(q.options.size()); ++rank) {
            const auto n = count_of(counts, q.key, option.key + "/" + std::to_string(rank));
            line.borda += n * (std::int64_t(q.options.size()) - rank);
            line.ranked += n;
            places += n * rank;
            if (rank == 1) line.first = n;
        }
        line.mean = line.ranked ? double(places) / double(line.ranked) : 0;
        ranks.push_back(std::move(line));
    }
    std::stable_sort(ranks.begin(), ranks.end(), [](const Rank& a, const Rank& b) { return a.borda > b.borda; });
    return ranks;
}

std::vector<Shares> points_of(const Question& q, const Counts& counts, std::int64_t answered) {
    std::map<std::string, std::int64_t> sums;
    each_cell(counts, q.key, [&](const std::string& cell, std::int64_t n) {
        const auto slash = cell.find('/');
        if (slash != std::string::npos) sums[cell.substr(0, slash)] += n * to_int(cell.substr(slash + 1)).value_or(0);
    });
    std::vector<Shares> lines;
    for (const auto& option : q.options)
        lines.push_back({option.label, option.key, sums[option.key], share(sums[option.key], answered)});
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.sum > b.sum; });
    return lines;
}

Text other_words() {
    Text text("Sonstiges");
    text.words["en"] = "Other";
    return text;
}

}  // namespace

std::vector<Cell> cells_of(const Questionnaire& all, const Values& values) {
    std::vector<Cell> cells;
    each_answered(all, values, [&](const Question& q, const Value& value) { cells_of(q, value, cells); });
    return cells;
}

std::vector<Cell> crossable_of(const Questionnaire& all, const Values& values) {
    std::vector<Cell> cells;
    each_answered(all, values, [&](const Question& q, const Value& value) {
        if (q.chooses() || q.kind == Kind::scale)
            for (const auto& key : value.chosen) cells.push_back({q.key, key});
        if (q.kind == Kind::matrix)
            for (const auto& [row, column] : value.cells) cells.push_back({q.key + "/" + row, column});
    });
    return cells;
}

std::vector<std::pair<std::string, std::string>> texts_of(const Questionnaire& all, const Values& values) {
    std::vector<std::pair<std::string, std::string>> texts;
    each_answered(all, values, [&](const Question& q, const Value& value) {
        const bool free = q.kind == Kind::text || q.kind == Kind::long_text || q.kind == Kind::place || q.other;
        if (free && !value.text.empty()) texts.emplace_back(q.key, value.text);
    });
    return texts;
}

void add(Counts& counts, const std::vector<Cell>& cells, std::int64_t n) {
    for (const auto& cell : cells) counts[cell] += n;
}

std::optional<Figures> figures_of(const std::map<double, std::int64_t>& values) {
    Figures f;
    double sum = 0;
    for (const auto& [value, n] : values) {
        f.count += n;
        sum += value * double(n);
    }
    if (f.count <= 0) return {};
    f.mean = sum / double(f.count);
    f.lowest = values.begin()->first;
    f.highest = values.rbegin()->first;
    // The middle one; of an even number the mean of the two in the middle.
    const auto at = [&](std::int64_t position) {
        for (const auto& [value, n] : values)
            if ((position -= n) < 0) return value;
        return f.highest;
    };
    f.median = (at((f.count - 1) / 2) + at(f.count / 2)) / 2;
    return f;
}

Summary summary_of(const Question& q, const Counts& counts) {
    Summary s;
    s.question = &q;
    s.answered = count_of(counts, q.key, std::string(answered_cell));
    const auto bar = [&](const std::string& key, const Text& label) {
        const auto n = count_of(counts, q.key, key);
        s.bars.push_back({key, label, n, share(n, s.answered)});
    };
    switch (q.kind) {
        case Kind::single:
        case Kind::multiple:
        case Kind::image:
            for (const auto& option : q.options) bar(option.key, option.label);
            if (q.other) bar(std::string(other_key), other_words());
            break;
        case Kind::consent:
            bar("yes", Text("✓"));
            break;
        case Kind::scale:
            for (int step = q.from(); step <= q.to(); ++step) bar(std::to_string(step), Text(std::to_string(step)));
            s.figures = figures_of(numbers_of(counts, q.key));
            break;
        case Kind::number: {
            const auto values = numbers_of(counts, q.key);
            s.figures = figures_of(values);
            s.bars = classes_of(values, s.answered);
            break;
        }
        case Kind::date:
            each_cell(counts, q.key, [&](const std::string& month, std::int64_t n) {
                s.bars.push_back({month, Text(month), n, share(n, s.answered)});
            });
            break;
        case Kind::matrix:
            s.rows = rows_of(q, counts);
            break;
        case Kind::ranking:
            s.ranks = ranks_of(q, counts);
            break;
        case Kind::points:
            s.points = points_of(q, counts, s.answered);
            break;
        default:
            break;
    }
    return s;
}

std::vector<Question> merged(const std::vector<Questionnaire>& oldest_first) {
    std::vector<Question> list;
    std::map<std::string, std::size_t> place;
    const auto keep = [](std::vector<Option>& into, const std::vector<Option>& from) {
        for (const auto& option : from)
            if (std::none_of(into.begin(), into.end(), [&](const auto& o) { return o.key == option.key; }))
                into.push_back(option);
    };
    for (auto version = oldest_first.rbegin(); version != oldest_first.rend(); ++version)
        for (const auto& page : version->pages)
            for (const auto& q : page.questions) {
                const auto [at, is_new] = place.emplace(q.key, list.size());
                if (is_new) {
                    list.push_back(q);
                    continue;
                }
                auto& there = list[at->second];
                if (there.kind != q.kind) continue;
                keep(there.options, q.options);
                keep(there.rows, q.rows);
                there.other = there.other || q.other;
            }
    return list;
}

void hide_small(Cross& cross, std::int64_t least) {
    const std::size_t rows = cross.counts.size(), columns = rows ? cross.counts.front().size() : 0;
    cross.hidden.assign(rows, std::vector<bool>(columns));
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) cross.hidden[r][c] = cross.counts[r][c] < least;
    // One hidden cell of a line follows from the line's sum: its smallest neighbour is hidden, too, until none is
    // alone.
    const auto second = [&](std::size_t lines, std::size_t length, auto at) {
        bool changed = false;
        for (std::size_t line = 0; line < lines; ++line) {
            std::size_t hidden = 0;
            std::optional<std::size_t> smallest;
            for (std::size_t i = 0; i < length; ++i) {
                const auto [r, c] = at(line, i);
                if (cross.hidden[r][c]) {
                    ++hidden;
                    continue;
                }
                const auto [sr, sc] = at(line, smallest.value_or(i));
                if (!smallest || cross.counts[r][c] < cross.counts[sr][sc]) smallest = i;
            }
            if (hidden != 1 || !smallest) continue;
            const auto [r, c] = at(line, *smallest);
            cross.hidden[r][c] = changed = true;
        }
        return changed;
    };
    const auto by_row = [](std::size_t line, std::size_t i) { return std::pair{line, i}; };
    const auto by_column = [](std::size_t line, std::size_t i) { return std::pair{i, line}; };
    while (second(rows, columns, by_row) || second(columns, rows, by_column)) {
    }
}

std::vector<Crossable> crossables(const std::vector<Question>& questions) {
    std::vector<Crossable> list;
    for (const auto& q : questions) {
        Crossable one{q.key, q.title, {}};
        for (const auto& option : q.options) one.options.emplace_back(option.key, option.label);
        if (q.kind == Kind::scale)
            for (int step = q.from(); step <= q.to(); ++step)
                one.options.emplace_back(std::to_string(step), Text(std::to_string(step)));
        if (q.other) one.options.emplace_back(std::string(other_key), other_words());
        if (q.kind == Kind::single || q.kind == Kind::multiple || q.kind == Kind::image || q.kind == Kind::scale)
            list.push_back(one);
        if (q.kind != Kind::matrix) continue;
        for (const auto& row : q.rows) {
            Crossable line{q.key + "/" + row.key, q.title, one.options};
            for (auto& [language, words] : line.title.words) words += ": " + row.label.in(language);
            list.push_back(std::move(line));
        }
    }
    return list;
}

}  // namespace mitwirken::surveys
