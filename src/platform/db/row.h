// How C++ values become parameters and rows become aggregates.
//
// Invariants
//  * A row type is an aggregate of at most 32 fields in the order of the SELECT, or one single field.
//  * Fields: bool and integers (INTEGER, bool as 0/1), double, std::string, Id<Tag>, Timestamp (INTEGER, milliseconds
//    UTC), Date (TEXT, ISO), enums with db::Names (TEXT), Bytes ({{bytes}}), and std::optional of these for NULL.
//  * Both engines are equally strict: NULL in a field that is not optional, text where a number is wanted, a word an
//    enum does not have, or another number of columns is a db::Error.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "platform/base/id.h"
#include "platform/base/time.h"

namespace mitwirken::db {

// A bound value whose type is only known at run time (built queries).
using Parameter = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

// Enums are stored as words: specialise with `static constexpr std::string_view words[] = {…};` in enum order.
template <class E>
struct Names;

// Binary data, for columns of type {{bytes}}.
struct Bytes {
    std::string data;
    bool operator==(const Bytes&) const = default;
};

// What the engines see of a parameter. Text is only looked at, never kept: it lives as long as the call.
enum class Type : unsigned char { integer, real, text, bytes, unknown };
struct Value {
    Type type = Type::unknown;
    bool null = true;
    bool is_day = false;
    char day[10] = {};  // a Date as text, so that nothing dangles
    std::int64_t integer = 0;
    double real = 0;
    std::string_view long_text;

    std::string_view text() const { return is_day ? std::string_view(day, sizeof day) : long_text; }
};

// The rows of one running statement, one at a time. Views are good until next().
class Rows {
public:
    virtual bool next() = 0;
    virtual int columns() const = 0;
    virtual bool null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string bytes(int column) const = 0;
    virtual std::int64_t changed() const = 0;  // rows changed, once next() has returned false
    virtual void finish() = 0;                 // gives the statement back; called by Result

    void expect_columns(int count) const;
    std::int64_t integer_between(int column, std::int64_t lowest, std::int64_t highest) const;
    [[noreturn]] void unexpected(int column, std::string_view what) const;

protected:
    virtual ~Rows() = default;
    virtual std::string_view name() const = 0;
};

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

template <class T>
concept Field =
    std::is_arithmetic_v<T> || std::is_enum_v<T> || is_optional<T> || is_id<T> || std::is_same_v<T, std::string> ||
    std::is_same_v<T, Timestamp> || std::is_same_v<T, Date> || std::is_same_v<T, Bytes>;

Value integer_value(std::int64_t value);
Value real_value(double value);
Value text_value(std::string_view value);
Value bytes_value(std::string_view value);
Value date_value(Date value);
Value parameter_value(const Parameter& value);
Date read_date(const Rows& rows, int column);

template <class T>
constexpr Type type_of() {
    if constexpr (std::is_floating_point_v<T>)
        return Type::real;
    else if constexpr (std::is_integral_v<T> || is_id<T> || std::is_same_v<T, Timestamp>)
        return Type::integer;
    else if constexpr (std::is_same_v<T, Bytes>)
        return Type::bytes;
    else
        return Type::text;
}

template <class T>
Value to_value(const T& value) {
    if constexpr (is_optional<T>) {
        if (value) return to_value(*value);
        return Value{type_of<typename T::value_type>()};
    } else if constexpr (std::is_same_v<T, std::nullptr_t>) {
        return Value{};
    } else if constexpr (std::is_same_v<T, Parameter>) {
        return parameter_value(value);
    } else if constexpr (is_id<T>) {
        return integer_value(value.value);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        return integer_value(value.time_since_epoch().count());
    } else if constexpr (std::is_same_v<T, Date>) {
        return date_value(value);
    } else if constexpr (std::is_enum_v<T>) {
        return text_value(Names<T>::words[static_cast<std::size_t>(value)]);
    } else if constexpr (std::is_floating_point_v<T>) {
        return real_value(value);
    } else if constexpr (std::is_integral_v<T>) {
        return integer_value(static_cast<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return bytes_value(value.data);
    } else {
        return text_value(value);
    }
}

template <class T>
void read_field(const Rows& rows, int column, T& field) {
    if constexpr (is_optional<T>) {
        if (rows.null(column))
            field.reset();
        else
            read_field(rows, column, field.emplace());
    } else if constexpr (is_id<T>) {
        field.value = rows.integer(column);
    } else if constexpr (std::is_same_v<T, bool>) {
        field = rows.integer(column) != 0;
    } else if constexpr (std::is_integral_v<T>) {
        field =
            static_cast<T>(rows.integer_between(column, std::numeric_limits<T>::min(),
                                                sizeof(T) < 8 ? static_cast<std::int64_t>(std::numeric_limits<T>::max())
                                                              : std::numeric_limits<std::int64_t>::max()));
    } else if constexpr (std::is_floating_point_v<T>) {
        field = static_cast<T>(rows.real(column));
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        field = Timestamp{std::chrono::milliseconds{rows.integer(column)}};
    } else if constexpr (std::is_same_v<T, Date>) {
        field = read_date(rows, column);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        field.data = rows.bytes(column);
    } else if constexpr (std::is_enum_v<T>) {
        const std::string_view word = rows.text(column);
        int number = 0;
        for (const std::string_view known : Names<T>::words) {
            if (known == word) {
                field = static_cast<T>(number);
                return;
            }
            ++number;
        }
        rows.unexpected(column, "holds a word that its enum does not have");
    } else {
        field.assign(rows.text(column));
    }
}

}  // namespace detail

}  // namespace mitwirken::db

#include "platform/db/fields.inl.h"
