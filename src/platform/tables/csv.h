// CSV as German offices use it. Reading finds out the encoding (UTF-8 with or without BOM, else Windows-1252 when it
// says so) and the separator (; , tab); writing is UTF-8 with BOM, ';' and CR LF, every cell that begins with = + - @
// tab or CR gets a leading ' (formula injection).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace mitwirken::tables {

struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;  // each as long as the header
    std::vector<int> lines;                      // the line in the file each row begins at, from 1
};

struct CsvLimits {
    std::size_t max_rows = 20000, max_columns = 200, max_cell = 200'000;
};
// Problems name the line: field "line 17".
Result<Table> read_csv(std::string_view bytes, const CsvLimits& limits = {});

class CsvWriter {
public:
    explicit CsvWriter(char separator = ';');
    void row(const std::vector<std::string>& cells);
    std::string take();  // what has been written since the last take(); the BOM comes first

private:
    std::string buffer_;
    char separator_;
};

}  // namespace mitwirken::tables
