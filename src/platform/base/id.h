// Identifiers are types: an OrganisationId cannot be passed where an AccountId is expected.
// The value is the row's primary key, unique over all tenants; 0 means "none yet" and is never stored.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace mitwirken {

template <class Tag>
struct Id {
    std::int64_t value = 0;

    auto operator<=>(const Id&) const = default;
    explicit operator bool() const { return value != 0; }
};

}  // namespace mitwirken

template <class Tag>
struct std::hash<mitwirken::Id<Tag>> {
    std::size_t operator()(const mitwirken::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
