// Rules of @name@.
#include <doctest/doctest.h>

#include "modules/@name@/@name@.h"

using namespace mitwirken;

namespace {
Form entry(const std::string& title, const std::string& body) { return Form{{{"title", title}, {"body", body}}}; }
}  // namespace

TEST_CASE("@name@: what is missing or too long is said for each field") {
    const auto empty = @name@::check(entry("  ", ""));
    REQUIRE_FALSE(empty);
    CHECK(empty.problems().of("title") != nullptr);
    CHECK(empty.problems().of("body") != nullptr);
    const auto too_long = @name@::check(entry(std::string(121, 'a'), std::string(5001, 'a')));
    REQUIRE_FALSE(too_long);
    CHECK(too_long.problems().list().size() == 2);
}

TEST_CASE("@name@: an entry at the limits is taken, without the space around it") {
    const auto item = @name@::check(entry(" Straße ", std::string(5000, 'a')));
    REQUIRE(item);
    CHECK(item->title == "Straße");
}
