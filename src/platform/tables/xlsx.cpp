// Excel workbooks by libxlsxwriter in constant-memory mode; see xlsx.h. The library wants a file name, so the workbook
// is made in the temporary folder and read back; the file is gone when the writer is.
#include "platform/tables/xlsx.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "platform/base/text.h"

namespace mitwirken::tables {

namespace {

constexpr std::size_t excel_cell_limit = 32767;

void check(lxw_error error) {
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("xlsx: ") + lxw_strerror(error));
}

// UTF-16 units count for Excel; half the limit in code points is safe for every text.
std::string cell_text(const std::string& text) {
    std::string valid = is_utf8(text) ? text : clean(text);
    return valid.size() <= excel_cell_limit ? valid : first_letters(valid, excel_cell_limit / 2);
}

std::string temporary_file() {
    std::string name = (std::filesystem::temp_directory_path() / "mitwirken-xlsx-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) throw std::runtime_error("xlsx: no temporary file");
    ::close(descriptor);
    return name;
}

lxw_datetime excel_time(const LocalTime& time) {
    return {
        int(time.day.year()), int(unsigned(time.day.month())), int(unsigned(time.day.day())), time.hour, time.minute,
        double(time.second)};
}

}  // namespace

struct XlsxWriter::Impl {
    std::string file = temporary_file();
    lxw_workbook* book = nullptr;
    lxw_worksheet* current = nullptr;
    lxw_format *bold = nullptr, *day = nullptr, *instant = nullptr;
    lxw_row_t next_row = 0;
    std::set<std::string> names;  // in lower case, as Excel compares them

    ~Impl() {
        if (book != nullptr) (void)workbook_close(book);
        ::unlink(file.c_str());
    }

    std::string sheet_name(const std::string& wanted) {
        std::string name;
        for (const char c : clean(wanted))
            name += std::string_view("[]:*?/\\'\t\n").find(c) == std::string_view::npos ? c : ' ';
        name = trimmed(first_letters(trimmed(name), 31));
        if (name.empty()) name = "Tabelle";
        std::string unique = name;
        for (int n = 2; !names.insert(lower_ascii(unique)).second; ++n)
            unique = first_letters(name, 27) + " " + std::to_string(n);
        return unique;
    }

    void put(lxw_col_t column, const XlsxCell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            if (!text->empty())
                check(worksheet_write_string(current, next_row, column, cell_text(*text).c_str(), nullptr));
        } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
            check(worksheet_write_number(current, next_row, column, double(*whole), nullptr));
        } else if (const auto* number = std::get_if<double>(&cell)) {
            check(worksheet_write_number(current, next_row, column, *number, nullptr));
        } else if (const auto* date = std::get_if<Date>(&cell)) {
            auto time = excel_time({*date});
            check(worksheet_write_datetime(current, next_row, column, &time, day));
        } else if (const auto* at = std::get_if<Timestamp>(&cell)) {
            auto time = excel_time(to_berlin(*at));
            check(worksheet_write_datetime(current, next_row, column, &time, instant));
        }
    }
};

XlsxWriter::XlsxWriter(Timestamp now) : impl_(std::make_unique<Impl>()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.use_zip64 = LXW_FALSE;
    impl_->book = workbook_new_opt(impl_->file.c_str(), &options);
    if (impl_->book == nullptr) throw std::runtime_error("xlsx: no workbook");
    lxw_doc_properties properties{};
    properties.created = std::chrono::system_clock::to_time_t(now);
    check(workbook_set_properties(impl_->book, &properties));
    impl_->bold = workbook_add_format(impl_->book);
    format_set_bold(impl_->bold);
    impl_->day = workbook_add_format(impl_->book);
    format_set_num_format(impl_->day, "dd.mm.yyyy");
    impl_->instant = workbook_add_format(impl_->book);
    format_set_num_format(impl_->instant, "dd.mm.yyyy hh:mm");
}

XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::sheet(const std::string& name, const std::vector<std::string>& header) {
    impl_->current = workbook_add_worksheet(impl_->book, impl_->sheet_name(name).c_str());
    if (impl_->current == nullptr) throw std::runtime_error("xlsx: no worksheet");
    impl_->next_row = 0;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const double width = std::clamp(double(letters(header[i])) + 2, 10.0, 40.0);
        check(worksheet_set_column(impl_->current, lxw_col_t(i), lxw_col_t(i), width, nullptr));
    }
    worksheet_freeze_panes(impl_->current, 1, 0);
    for (std::size_t i = 0; i < header.size(); ++i)
        check(worksheet_write_string(impl_->current, 0, lxw_col_t(i), cell_text(header[i]).c_str(), impl_->bold));
    impl_->next_row = 1;
}

void XlsxWriter::row(const std::vector<XlsxCell>& cells) {
    if (impl_->current == nullptr) throw std::logic_error("xlsx: a row before the first sheet");
    for (std::size_t i = 0; i < cells.size(); ++i) impl_->put(lxw_col_t(i), cells[i]);
    ++impl_->next_row;
}

std::string XlsxWriter::finish() {
    auto* const book = std::exchange(impl_->book, nullptr);
    impl_->current = nullptr;
    if (book == nullptr) throw std::logic_error("xlsx: finished twice");
    check(workbook_close(book));
    std::ifstream in(impl_->file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in || bytes.empty()) throw std::runtime_error("xlsx: the workbook cannot be read back");
    return bytes;
}

}  // namespace mitwirken::tables
