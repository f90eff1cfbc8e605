// Reading and writing CSV; see csv.h. The reader is RFC 4180 with the kindnesses offices need: it finds out encoding
// and separator, understands Excel's "sep=;" and drops empty columns at the end. It never guesses about content: a row
// that does not fit the header is a problem with the line it stands on.
#include "platform/tables/csv.h"

#include <algorithm>
#include <optional>

#include "platform/base/text.h"
#include "platform/tables/encoding.h"

namespace mitwirken::tables {

namespace {

constexpr std::size_t problems_shown = 20;

struct Record {
    std::vector<std::string> cells;
    int line = 1;        // where it begins
    bool blank = false;  // nothing between two line ends
};

std::string line_field(int line) { return "line " + std::to_string(line); }

// Takes one record after the other from the text; stops at the first problem, because after it nothing is certain.
class Reader {
public:
    Reader(std::string_view text, char separator, const CsvLimits& limits, int line)
        : text_(text), separator_(separator), limits_(limits), line_(line) {}

    std::optional<Record> next() {
        if (at_ >= text_.size() || problem_) return {};
        Record record;
        record.line = line_;
        const std::size_t begin = at_;
        for (;;) {
            record.cells.push_back(cell());
            if (problem_) return {};
            if (record.cells.size() > limits_.max_columns) return fail(record.line, too_many_columns());
            if (at_ < text_.size() && text_[at_] == separator_) {
                ++at_;
                continue;
            }
            record.blank = record.cells.size() == 1 && at_ == begin;
            line_end();
            return record;
        }
    }

    const std::optional<Problem>& problem() const { return problem_; }

private:
    std::nullopt_t fail(int line, Message message) {
        if (!problem_) problem_ = Problem{line_field(line), std::move(message)};
        return std::nullopt;
    }

    Message too_many_columns() const {
        return tr_noop("There are more than {limit} columns in this line.",
                       {{"limit", std::to_string(limits_.max_columns)}});
    }

    std::string cell() {
        const int line = line_;
        std::string value = at_ < text_.size() && text_[at_] == '"' ? quoted() : plain();
        if (value.size() > limits_.max_cell) fail(line, tr_noop("A cell in this line holds too much text."));
        return value;
    }

    std::string plain() {
        const char ends[] = {separator_, '\r', '\n', '\0'};
        const auto end = std::min(text_.find_first_of(ends, at_), text_.size());
        std::string value(text_.substr(at_, end - at_));
        at_ = end;
        return value;
    }

    std::string quoted() {
        const int opened = line_;
        std::string value;
        ++at_;
        for (;;) {
            const auto quote = text_.find('"', at_);
            if (quote == std::string_view::npos) {
                fail(opened, tr_noop("A quotation mark is opened in this line and never closed."));
                return {};
            }
            const auto piece = text_.substr(at_, quote - at_);
            value += piece;
            count_lines(piece);
            at_ = quote + 1;
            if (at_ >= text_.size() || text_[at_] != '"') break;
            value += '"';
            ++at_;
        }
        if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n')
            fail(line_, tr_noop("There is text after a closing quotation mark. Quotation marks inside a cell are "
                                "written twice."));
        return value;
    }

    void count_lines(std::string_view piece) {
        for (std::size_t i = 0; i < piece.size(); ++i)
            if (piece[i] == '\n' || (piece[i] == '\r' && (i + 1 == piece.size() || piece[i + 1] != '\n'))) ++line_;
    }

    void line_end() {
        if (at_ >= text_.size()) return;
        at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
        ++line_;
    }

    std::string_view text_;
    char separator_;
    const CsvLimits& limits_;
    std::size_t at_ = 0;
    int line_;
    std::optional<Problem> problem_;
};

// The separator with which most of the first records are as wide as the first one.
char find_separator(std::string_view text, const CsvLimits& limits) {
    char best = ';';
    std::size_t best_fitting = 0, best_width = 1;
    for (const char candidate : {';', '\t', ','}) {
        Reader reader(text, candidate, limits, 1);
        std::size_t fitting = 0, width = 0;
        for (int i = 0; i < 20; ++i) {
            const auto record = reader.next();
            if (!record) break;
            if (record->blank) continue;
            if (width == 0) width = record->cells.size();
            fitting += record->cells.size() == width;
        }
        if (width < 2) continue;
        if (fitting > best_fitting || (fitting == best_fitting && width > best_width)) {
            best = candidate;
            best_fitting = fitting;
            best_width = width;
        }
    }
    return best;
}

// Excel writes the separator into a first line of its own.
std::optional<char> said_separator(std::string_view& text) {
    if (text.size() < 5 || lower_ascii(text.substr(0, 4)) != "sep=") return {};
    const char separator = text[4];
    if (separator != ';' && separator != ',' && separator != '\t') return {};
    auto rest = text.substr(5);
    if (!rest.empty() && rest[0] != '\r' && rest[0] != '\n') return {};
    rest.remove_prefix(rest.substr(0, 2) == "\r\n" ? 2 : std::min<std::size_t>(1, rest.size()));
    text = rest;
    return separator;
}

std::optional<std::vector<std::string>> read_header(Reader& reader, Problems& problems) {
    for (;;) {
        auto record = reader.next();
        if (!record) break;
        auto& names = record->cells;
        for (auto& name : names) name = trimmed(clean(name));
        while (!names.empty() && names.back().empty()) names.pop_back();
        if (!names.empty()) return std::move(names);
    }
    if (reader.problem())
        problems.add(reader.problem()->field, reader.problem()->message);
    else
        problems.add("", tr_noop("The file is empty."));
    return {};
}

// Makes the row as wide as the header, or says why that cannot be.
std::optional<Message> fit(std::vector<std::string>& cells, std::size_t width) {
    while (cells.size() > width && cells.back().empty()) cells.pop_back();
    if (cells.size() == width) return {};
    return tr_noop("This line has {found} cells, the first line has {expected}.",
                   {{"found", std::to_string(cells.size())}, {"expected", std::to_string(width)}});
}

void read_rows(Reader& reader, const CsvLimits& limits, Table& table, Problems& problems) {
    while (auto record = reader.next()) {
        if (record->blank) continue;
        if (table.rows.size() >= limits.max_rows) {
            problems.add(line_field(record->line), tr_noop("The file has more than {limit} rows. Please divide it.",
                                                           {{"limit", std::to_string(limits.max_rows)}}));
            return;
        }
        for (auto& cell : record->cells) cell = clean(cell);
        // A row of nothing but separators is what Excel leaves of a row that was emptied.
        const auto& cells = record->cells;
        if (cells.size() > 1 && std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); }))
            continue;
        if (auto misfit = fit(record->cells, table.header.size())) {
            problems.add(line_field(record->line), std::move(*misfit));
            if (problems.list().size() >= problems_shown) return;
            continue;
        }
        table.rows.push_back(std::move(record->cells));
        table.lines.push_back(record->line);
    }
    if (reader.problem()) problems.add(reader.problem()->field, reader.problem()->message);
}

}  // namespace

Result<Table> read_csv(std::string_view bytes, const CsvLimits& limits) {
    const auto decoded = to_utf8(bytes);
    if (!decoded) return decoded.problems();
    std::string_view text = *decoded;
    const auto said = said_separator(text);
    Reader reader(text, said ? *said : find_separator(text, limits), limits, said ? 2 : 1);
    Problems problems;
    Table table;
    auto header = read_header(reader, problems);
    if (!header) return problems;
    table.header = std::move(*header);
    read_rows(reader, limits, table, problems);
    if (problems.any()) return problems;
    return table;
}

CsvWriter::CsvWriter(char separator) : buffer_("\xEF\xBB\xBF"), separator_(separator) {}

void CsvWriter::row(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) buffer_ += separator_;
        const bool formula = !cells[i].empty() && std::string_view("=+-@\t\r").find(cells[i][0]) != std::string::npos;
        const std::string cell = formula ? "'" + cells[i] : cells[i];
        const char special[] = {separator_, '"', '\r', '\n', '\0'};
        // A lone empty cell is quoted, or the row would read as a blank line.
        if (cell.find_first_of(special) == std::string::npos && !(cells.size() == 1 && cell.empty())) {
            buffer_ += cell;
            continue;
        }
        buffer_ += '"';
        for (const char c : cell) {
            if (c == '"') buffer_ += '"';
            buffer_ += c;
        }
        buffer_ += '"';
    }
    buffer_ += "\r\n";
}

std::string CsvWriter::take() {
    std::string written;
    written.swap(buffer_);
    return written;
}

}  // namespace mitwirken::tables
