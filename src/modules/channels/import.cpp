// See import.h.
#include "modules/channels/import.h"

#include <map>
#include <set>

#include "platform/base/text.h"
#include "platform/tables/xlsx_read.h"

namespace mitwirken::channels {

namespace {

constexpr std::size_t most_problems = 1000;

const Column* column_named(const std::string& heading) {
    const std::string word = lower_ascii(trimmed(heading));
    for (const auto& column : columns()) {
        if (lower_ascii(column.name) == word || column.field == word) return &column;
        for (const auto other : column.also)
            if (other == word) return &column;
    }
    return nullptr;
}

std::string line_name(int line) { return "line " + std::to_string(line); }

// Which field each column of the file fills; what cannot be read is a problem of the first line.
std::vector<const Column*> columns_of(const tables::Table& table, std::vector<core::ImportReport::Line>& problems) {
    std::vector<const Column*> found;
    std::set<const Column*> seen;
    for (const auto& heading : table.header) {
        const Column* column = column_named(heading);
        found.push_back(column);
        if (heading.empty()) continue;
        if (!column)
            problems.push_back(
                {line_name(1), heading, tr_noop("This column is not known. The template says which there are.")});
        else if (!seen.insert(column).second)
            problems.push_back({line_name(1), heading, tr_noop("This column is there twice.")});
    }
    if (table.header.size() == 1 && !seen.contains(column_named("Titel"))) {
        problems = {{line_name(1), "",
                     tr_noop("The file has only one column. Columns are divided by semicolons, commas or tabs; please "
                             "save it as “CSV (separated by semicolons)” or as .xlsx.")}};
        return found;
    }
    for (const char* needed : {"Titel", "Text"})
        if (!seen.contains(column_named(needed)))
            problems.push_back({line_name(1), needed, tr_noop("This column is missing.")});
    return found;
}

// What of a contribution a second import may change.
bool is_same(db::Tx& tx, core::TenantId tenant, const core::Contribution& stored, const Checked& row) {
    if (stored.title != row.head.title || stored.body != row.head.body) return false;
    if (stored.lon != row.head.lon || stored.lat != row.head.lat) return false;
    std::vector<core::TermId> topics;
    for (const auto& term : core::terms_of(tx, tenant, stored.ref()))
        if (term.tree == "topic") topics.push_back(term.id);
    std::sort(topics.begin(), topics.end(), [](auto a, auto b) { return a.value < b.value; });
    return topics == row.topics;
}

}  // namespace

const std::vector<Column>& columns() {
    static const std::vector<Column> list = {
        {"number",
         "Nummer",
         {"nr", "nr."},
         tr_noop("Your own number; may stay empty. With it a second import knows the row.")},
        {"title", "Titel", {}, tr_noop("What it is about, at most 120 letters. Needed.")},
        {"body", "Text", {"text"}, tr_noop("As it was written or said. Needed.")},
        {"channel", "Kanal", {"weg"}, tr_noop("Papier, Telefon, Brief or Saal; empty: what is chosen in the form.")},
        {"day",
         "Eingang",
         {"datum", "received"},
         tr_noop("Day on which it came in, such as 23.11.2026; empty: what is chosen in the form.")},
        {"name", "Name", {}, tr_noop("Name that is shown; empty: anonymous.")},
        {"topic_names", "Themen", {"thema", "topics"}, tr_noop("Names of topics, divided by |.")},
        {"place", "Ort", {"adresse", "place"}, tr_noop("Street and number, or a position such as 51.5136, 7.4653.")},
        {"lat", "Breite", {"latitude"}, tr_noop("Instead of the place: latitude, such as 51.5136.")},
        {"lon", "Länge", {"laenge", "longitude"}, tr_noop("Longitude, such as 7.4653.")}};
    return list;
}

std::string column_of(const std::string& field) {
    const std::string wanted = field == "topics" ? "topic_names" : field;
    for (const auto& column : columns())
        if (column.field == wanted) return std::string(column.name);
    return "";
}

Result<tables::Table> read_table(std::string_view bytes) {
    const tables::CsvLimits limits{.max_rows = most_rows, .max_columns = 60, .max_cell = 20'000};
    return tables::looks_like_xlsx(bytes) ? tables::read_xlsx(bytes, limits) : tables::read_csv(bytes, limits);
}

ReadRows read_rows(const tables::Table& table, const std::string& channel, const std::string& day) {
    ReadRows read;
    const auto fields = columns_of(table, read.problems);
    if (!read.problems.empty()) return read;
    if (table.rows.empty()) read.problems.push_back({"file", "", tr_noop("There is no row below the heading.")});
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        Row row{table.lines[i], {}};
        for (std::size_t c = 0; c < fields.size(); ++c) {
            if (!fields[c]) continue;
            std::string value = trimmed(table.rows[i][c]);
            if (fields[c]->field == "channel" && !value.empty()) {
                const auto known = entered_channel_named(value);
                if (!known)
                    read.problems.push_back(
                        {line_name(row.line), std::string(fields[c]->name),
                         tr_noop("“{word}” is no way we know. There are Papier, Telefon, Brief and Saal.",
                                 {{"word", first_letters(value, 40)}})});
                value = channel_word(known.value_or(core::Channel::paper));
            }
            row.form.set(fields[c]->field, value);
        }
        if (row.form["channel"].empty()) row.form.set("channel", channel);
        if (row.form["day"].empty()) row.form.set("day", day);
        read.rows.push_back(std::move(row));
    }
    return read;
}

Plan plan_of(core::Visit& visit, const Checker& checker, const ReadRows& read, Known known) {
    Plan plan;
    plan.problems = read.problems;
    std::map<std::string, core::ContributionId> there;
    for (const auto& one : numbered(visit.tx, visit.place().activity->id)) there[one.own_number] = one.id;
    std::map<std::string, int> seen;
    for (const auto& row : read.rows) {
        if (plan.problems.size() >= most_problems) break;
        const auto checked = checker.check(row.form);
        if (!checked) {
            for (const auto& problem : checked.problems().list())
                plan.problems.push_back({line_name(row.line), column_of(problem.field), problem.message});
            continue;
        }
        const std::string& number = checked->own_number;
        if (!number.empty() && !seen.emplace(number, row.line).second) {
            plan.problems.push_back(
                {line_name(row.line), column_of("number"),
                 tr_noop("This number stands in line {line}, too.", {{"line", std::to_string(seen[number])}})});
            continue;
        }
        const auto found = number.empty() ? there.end() : there.find(number);
        if (found == there.end()) {
            plan.fresh.push_back(*checked);
            continue;
        }
        const auto stored = core::find_contribution(visit.tx, visit.tenant.id, found->second);
        const bool changes = known == Known::update && stored && stored->is_public() && !stored->merged_into &&
                             !is_same(visit.tx, visit.tenant.id, *stored, *checked);
        if (changes)
            plan.changed.emplace_back(found->second, *checked);
        else
            ++plan.same;
    }
    return plan;
}

}  // namespace mitwirken::channels
