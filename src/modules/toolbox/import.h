// Import of formats from CSV or JSON: all or nothing, an error for each row and column; entries are found again by
// their key. What a file does not mention stays as it is stored.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/manifest.h"
#include "modules/toolbox/toolbox.h"

namespace mitwirken::toolbox {

inline constexpr std::size_t most_entries = 20000;

struct ImportRow {
    std::string place;  // "line 17", "entries[3]"
    Format format;
    Parts parts;
    std::set<std::string, std::less<>> given;  // the columns that stand in the file, by their CSV names
    std::vector<std::string> materials_en = {}, tools_en = {};  // lines "title | note", one for each link
};
// A column of the table: its name for programs, and what stands above it in German. Both are read.
struct CsvColumn {
    std::string_view name, german;
};
// In the order of the table; what export writes and import reads.
const std::vector<CsvColumn>& csv_columns();
// Adds what is wrong to the report; the rows are of use only when there is nothing.
std::vector<ImportRow> read_import_rows(const std::string& bytes, core::ImportReport& report);
// Links as lines of a cell: "Title <https://…> | note".
std::string lines_from_links(const std::vector<Link>& links);
std::vector<Link> links_from_lines(const std::string& text);
// The English words of links, a line for each: "Guide | for beginners"; "" when there are none at all.
std::string english_lines(const std::vector<Link>& links);
// Puts them to their links; false when there are more lines than links.
bool put_english(std::vector<Link>& links, const std::vector<std::string>& lines);

// An import, or with dry_run what it would do. `plan` tells this state of affairs from every other: an import that was
// confirmed for one plan does nothing when another would be carried out by now.
struct ImportOutcome {
    core::ImportReport report;
    std::string plan;
    bool done = false;
};
// hand_in: like carry_out, but nothing becomes public by it: a new entry that is to be published waits for the office.
enum class ImportKind { dry_run, carry_out, hand_in };
ImportOutcome run_import(const core::House& house, core::TenantId tenant, core::AccountId by, const std::string& bytes,
                         ImportKind kind, const std::string& expected_plan = "");

}  // namespace mitwirken::toolbox
