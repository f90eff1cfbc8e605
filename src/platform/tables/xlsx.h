// Excel workbooks, written by libxlsxwriter row by row: memory stays the same however long the table is.
// Invariant: text is always written as text; a cell that begins with "=" is never a formula.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "platform/base/time.h"

namespace mitwirken::tables {

// A Timestamp is shown as local time in Berlin; "" and std::monostate leave the cell empty.
using XlsxCell = std::variant<std::monostate, std::string, std::int64_t, double, Date, Timestamp>;

class XlsxWriter {
public:
    explicit XlsxWriter(Timestamp now);
    ~XlsxWriter();
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;

    // Begins a sheet with a bold header that stays in view; rows go to the sheet begun last. The name is made to fit
    // Excel's rules (31 letters, none of []:*?/\, no name twice).
    void sheet(const std::string& name, const std::vector<std::string>& header);
    // Throws std::runtime_error when the sheet is full (1,048,576 rows) or the disk is.
    void row(const std::vector<XlsxCell>& cells);
    // The file's bytes; nothing can be written afterwards.
    std::string finish();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace mitwirken::tables
