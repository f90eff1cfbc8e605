// Repeatable rows and the files a form lists; see forms.h.
#include <fmt/format.h>

#include <algorithm>

#include "core/forms/forms.h"
#include "core/templates.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

std::string field_name(const Rows& rows, int number, const std::string& column) {
    return fmt::format("{}-{}-{}", rows.name, number, column);
}

// The highest row number the form mentions.
int last_row(const Form& form, const Rows& rows) {
    int last = 0;
    for (int number = 1; number <= rows.most; ++number)
        for (const auto& column : rows.columns)
            if (form.has(field_name(rows, number, column.name))) last = number;
    return last;
}

bool is_empty(const Form& form, const Rows& rows, int number) {
    return std::all_of(rows.columns.begin(), rows.columns.end(), [&](const auto& column) {
        return trimmed(form[field_name(rows, number, column.name)]).empty();
    });
}

}  // namespace

std::vector<std::map<std::string, std::string>> read_rows(const Form& form, const Rows& rows) {
    std::vector<std::map<std::string, std::string>> result;
    for (int number = 1; number <= rows.most; ++number) {
        if (is_empty(form, rows, number)) continue;
        std::map<std::string, std::string> row;
        for (const auto& column : rows.columns) row[column.name] = trimmed(form[field_name(rows, number, column.name)]);
        result.push_back(std::move(row));
    }
    return result;
}

void write_rows(Form& form, const Rows& rows, const std::vector<std::map<std::string, std::string>>& values) {
    for (int number = 1; number <= rows.most; ++number)
        for (const auto& column : rows.columns) form.remove(field_name(rows, number, column.name));
    int number = 0;
    for (const auto& row : values) {
        if (++number > rows.most) return;
        for (const auto& column : rows.columns) {
            const auto at = row.find(column.name);
            form.set(field_name(rows, number, column.name), at == row.end() ? "" : at->second);
        }
    }
}

bool change_rows(Form& form, const Rows& rows) {
    const std::string removed = form["remove"];
    if (form["add"] == rows.name) {
        const int next = std::min(last_row(form, rows) + 1, rows.most);
        for (const auto& column : rows.columns) form.add(field_name(rows, next, column.name), "");
        form.remove("add");
        return true;
    }
    if (!starts_with(removed, rows.name + "-")) return false;
    const auto number = to_int(removed.substr(rows.name.size() + 1));
    if (!number) return false;
    for (const auto& column : rows.columns) form.set(field_name(rows, int(*number), column.name), "");
    write_rows(form, rows, read_rows(form, rows));
    form.remove("remove");
    return true;
}

void FormView::rows(const Rows& rows) {
    namespace t = tpl::rows;
    html::Values values;
    values.set(t::NAME, rows.name).set(t::LEGEND, visit_.tr(rows.legend)).set(t::ADD, visit_.tr(rows.add_label));
    if (const auto* problem = problems_.of(rows.name)) values.add(t::ERROR).set(t::TEXT, visit_.tr(problem->message));
    const int count = std::max(rows.least, last_row(values_, rows));
    for (int number = 1; number <= count; ++number) {
        auto row = values.add(t::ROW).set(t::NUMBER, number);
        for (const auto& column : rows.columns) {
            const std::string name = field_name(rows, number, column.name);
            auto cell = row.add(t::COLUMN).set(t::LABEL, visit_.tr(column.label)).set(t::FIELD, name);
            const char* type = column.kind == Field::Kind::url    ? "url"
                               : column.kind == Field::Kind::date ? "date"
                                                                  : "text";
            cell.set(t::VALUE, values_[name]).set(t::TYPE, type);
        }
    }
    part(html::render_part(t::file, values, visit_.language));
}

void FormView::files(const std::vector<Attachment>& files) {
    if (files.empty()) return;
    namespace t = tpl::files;
    html::Values values;
    for (const auto& file : files) {
        const std::string field = fmt::format("file-{}", file.id.value);
        auto line = values.add(t::FILE).set(t::ID, file.id.value).set(t::URL, file.url()).set(t::NAME, file.name);
        line.set(t::META, file.words() + ", " + visit_.language.bytes(std::uint64_t(file.size)));
        line.set(t::TITLE, values_.has(field + "-title") ? values_[field + "-title"] : file.title);
        line.show_if(values_[field + "-remove"] == "on", t::REMOVE);
    }
    part(html::render_part(t::file, values, visit_.language));
}

}  // namespace mitwirken::core
