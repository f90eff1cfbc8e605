// The parts of row.h that need no template.
#include "platform/db/row.h"

#include "platform/db/db.h"

namespace mitwirken::db::detail {

Value integer_value(std::int64_t value) {
    Value result{Type::integer, false};
    result.integer = value;
    return result;
}

Value real_value(double value) {
    Value result{Type::real, false};
    result.real = value;
    return result;
}

Value text_value(std::string_view value) {
    Value result{Type::text, false};
    result.long_text = value;
    return result;
}

Value bytes_value(std::string_view value) {
    Value result{Type::bytes, false};
    result.long_text = value;
    return result;
}

Value date_value(Date value) {
    if (!value.ok() || int(value.year()) < 0 || int(value.year()) > 9999) {
        throw Error(Fault::other, "a date that does not exist cannot be stored");
    }
    Value result{Type::text, false};
    result.is_day = true;
    const unsigned year = unsigned(int(value.year())), month = unsigned(value.month()), day = unsigned(value.day());
    const unsigned digits[10] = {year / 1000, year / 100 % 10, year / 10 % 10, year % 10, 0, month / 10, month % 10,
                                 0,           day / 10,        day % 10};
    for (int i = 0; i < 10; ++i) result.day[i] = i == 4 || i == 7 ? '-' : char('0' + digits[i]);
    return result;
}

Value parameter_value(const Parameter& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return integer_value(*number);
    if (const auto* real = std::get_if<double>(&value)) return real_value(*real);
    if (const auto* text = std::get_if<std::string>(&value)) return text_value(*text);
    return Value{};
}

Date read_date(const Rows& rows, int column) {
    const auto day = parse_date(rows.text(column));
    if (!day) rows.unexpected(column, "holds text that is not a day");
    return *day;
}

}  // namespace mitwirken::db::detail
