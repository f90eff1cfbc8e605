// The first sheet of an Excel workbook as a table of texts, as people see it: numbers without decimals they do not
// have, days as 2026-11-23, of a formula what it came to. By libzip and libxml2.
#pragma once

#include <string_view>

#include "platform/base/result.h"
#include "platform/tables/csv.h"

namespace mitwirken::tables {

// "PK\3\4": a zip archive, as every .xlsx is.
bool looks_like_xlsx(std::string_view bytes);
// The same rules as for CSV: the first row is the header, empty rows are left out, `lines` are the rows of the sheet.
// Problems have the field "line 17", or "" for the file as a whole (no workbook, password, unpacks too large).
Result<Table> read_xlsx(std::string_view bytes, const CsvLimits& limits = {});

}  // namespace mitwirken::tables
