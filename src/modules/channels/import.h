// Lists of contributions from a file: reading its columns, what would happen, doing it. All or nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/manifest.h"
#include "modules/channels/channels.h"
#include "platform/tables/csv.h"

namespace mitwirken::channels {

// A column of the file and the field of a form it fills; `name` is what stands in the template.
struct Column {
    std::string_view field, name;
    std::vector<std::string_view> also;  // other headings that are understood
    Message words;                       // what belongs into it
};
const std::vector<Column>& columns();
// The column a problem of this field is about.
std::string column_of(const std::string& field);

struct Row {
    int line = 0;
    Form form;
};
struct ReadRows {
    std::vector<Row> rows;
    std::vector<core::ImportReport::Line> problems;
};
// `channel` and `day` are taken where a row says nothing.
ReadRows read_rows(const tables::Table& table, const std::string& channel, const std::string& day);
// CSV or Excel, by the first bytes.
Result<tables::Table> read_table(std::string_view bytes);

enum class Known { ignore, update };  // what happens to rows whose own number is there already
struct Plan {
    std::vector<Checked> fresh;
    std::vector<std::pair<core::ContributionId, Checked>> changed;
    std::size_t same = 0;  // there already, nothing to do
    std::vector<core::ImportReport::Line> problems;
};
Plan plan_of(core::Visit& visit, const Checker& checker, const ReadRows& read, Known known);

}  // namespace mitwirken::channels
