// Rules of platform/base.
#include <doctest/doctest.h>

#include "platform/base/embedded.h"
#include "platform/base/form.h"
#include "platform/base/text.h"
#include "platform/base/time.h"

using namespace mitwirken;

namespace {
Date day(int y, unsigned m, unsigned d) {
    return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}
}  // namespace

TEST_CASE("a slug keeps umlauts readable") {
    CHECK(slug("Übersicht der Maßnahmen") == "uebersicht-der-massnahmen");
    CHECK(slug("  Bürger*innen – Dialog  ") == "buerger-innen-dialog");
    CHECK(slug("!!!") == "");
}

TEST_CASE("letters counts what people see, not bytes") {
    CHECK(letters("Straße") == 6);
    CHECK(first_letters("Größe", 3) == "Grö");
}

TEST_CASE("broken bytes never survive clean") {
    CHECK(is_utf8("Grün"));
    CHECK_FALSE(is_utf8("\xff\xfe"));
    CHECK(is_utf8(clean("a\xff\xc3(b")));
    CHECK(clean("a\r\nb\rc") == "a\nb\nc");
    CHECK(clean(std::string("a\0b", 3)) == "ab");
    CHECK(clean("u\xcc\x88") == "ü");
}

TEST_CASE("a query is read with repeated names and broken escapes") {
    const Form form = parse_query("form=digital&form=hybrid&q=a+b%20%C3%BC&x=%zz&leer");
    CHECK(form.all("form") == std::vector<std::string>{"digital", "hybrid"});
    CHECK(form["q"] == "a b ü");
    CHECK(form["x"] == "%zz");
    CHECK(form.has("leer"));
    CHECK(to_query(parse_query("a=1&b=%C3%BC")) == "a=1&b=%C3%BC");
}

TEST_CASE("a local time that spring leaves out moves forward, one that autumn repeats is the first for opening") {
    CHECK(to_iso(from_berlin({day(2026, 3, 29), 2, 30, 0})) == "2026-03-29T01:30:00Z");
    CHECK(to_iso(from_berlin({day(2026, 10, 25), 2, 30, 0}, Ambiguous::first)) == "2026-10-25T00:30:00Z");
    CHECK(to_iso(from_berlin({day(2026, 10, 25), 2, 30, 0}, Ambiguous::second)) == "2026-10-25T01:30:00Z");
    CHECK(to_iso(start_of(day(2026, 7, 1))) == "2026-06-30T22:00:00Z");
}

TEST_CASE("days that do not exist are refused") {
    CHECK_FALSE(parse_date("2026-02-29"));
    CHECK(parse_date("2028-02-29") == day(2028, 2, 29));
    CHECK_FALSE(parse_date("2026-2-1"));
    CHECK(parse_clock_time("18:30") == 18 * 60 + 30);
    CHECK_FALSE(parse_clock_time("24:00"));
}

TEST_CASE("dates for machines") {
    const auto instant = *parse_instant("2026-11-23T08:49:57Z");
    CHECK(to_http_date(instant) == "Mon, 23 Nov 2026 08:49:57 GMT");
    CHECK(to_mail_date(instant) == "Mon, 23 Nov 2026 08:49:57 +0000");
}

TEST_CASE("a slip of the keyboard finds the nearest word, nonsense none") {
    CHECK(nearest("databse.url", {"database.url", "mail.from"}) == "database.url");
    CHECK_FALSE(nearest("zzzzzzzz", {"database.url"}));
}

TEST_CASE("embedded files are found by path and by prefix") {
    REQUIRE(find_embedded("test/hello.txt") != nullptr);
    CHECK(find_embedded("test/hello.txt")->content == "hello\n");
    CHECK(find_embedded("test/none") == nullptr);
    CHECK(embedded_below("test/").size() >= 1);
}
