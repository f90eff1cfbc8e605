// How C++ values become columns and rows become aggregates. Grown together with db.h by platform/db.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace mitwirken::db {

// A bound value whose type is only known at run time (built queries).
using Parameter = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

// Enums are stored as words: specialise with `static constexpr std::string_view words[] = {…};` in enum order.
template <class E>
struct Names;

}  // namespace mitwirken::db
