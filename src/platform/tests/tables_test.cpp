// Rules of platform/tables: CSV in and out, Excel out.
#include <doctest/doctest.h>
#include <zip.h>

#include <string>
#include <vector>

#include "platform/tables/csv.h"
#include "platform/tables/xlsx.h"
#include "platform/tables/xlsx_read.h"

using namespace mitwirken;
using tables::CsvLimits;
using tables::read_csv;
using Row = std::vector<std::string>;

namespace {

// "field: sentence" of the first problem, "" when the file was read.
std::string problem(std::string_view bytes, const CsvLimits& limits = {}) {
    const auto table = read_csv(bytes, limits);
    if (table) return "";
    const auto& first = table.problems().list().at(0);
    return first.field + ": " + std::string(first.message.id);
}

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

// One member of a zip file, by libzip; "" when there is none.
std::string member(const std::string& bytes, const char* name) {
    zip_error_t error;
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    REQUIRE(archive != nullptr);
    std::string content;
    if (zip_file_t* file = zip_fopen(archive, name, 0)) {
        char part[4096];
        for (zip_int64_t n; (n = zip_fread(file, part, sizeof part)) > 0;) content.append(part, std::size_t(n));
        zip_fclose(file);
    }
    zip_close(archive);
    return content;
}

}  // namespace

TEST_CASE("a table is read with its header, its rows and the lines they begin at") {
    const auto table = read_csv("Name;Ort\r\nAnna;Ulm\r\n\r\nBert;Bonn\r\n");
    REQUIRE(table);
    CHECK(table->header == Row{"Name", "Ort"});
    CHECK(table->rows == std::vector<Row>{{"Anna", "Ulm"}, {"Bert", "Bonn"}});
    CHECK(table->lines == std::vector<int>{2, 4});
}

TEST_CASE("semicolon, comma and tab are found out, also when the others stand in the cells") {
    CHECK(read_csv("a;b,c;d\n1,5;2;3\n")->header == Row{"a", "b,c", "d"});
    CHECK(read_csv("a,b\n\"1;2;3;4\",2\n")->rows[0] == Row{"1;2;3;4", "2"});
    CHECK(read_csv("a\tb\n1;1\t2,5\n")->rows[0] == Row{"1;1", "2,5"});
    CHECK(read_csv("Titel\nRathaus\n")->rows[0] == Row{"Rathaus"});
    CHECK(read_csv("sep=,\r\na,b;c\r\n1,2\r\n")->header == Row{"a", "b;c"});
    CHECK(read_csv("sep=,\r\na,b;c\r\n1,2\r\n")->lines[0] == 3);
}

TEST_CASE("umlauts arrive from UTF-8, UTF-8 with a byte order mark, and Windows-1252") {
    CHECK(read_csv("Straße;Größe\nMühlweg;5 €\n")->rows[0] == Row{"Mühlweg", "5 €"});
    CHECK(read_csv("\xEF\xBB\xBFStraße;Größe\nMühlweg;5 €\n")->header == Row{"Straße", "Größe"});
    CHECK(read_csv("Stra\xDF"
                   "e;Gr\xF6\xDF"
                   "e\nM\xFChlweg;5 \x80\n")
              ->header == Row{"Straße", "Größe"});
    CHECK(read_csv("Stra\xDF"
                   "e;Gr\xF6\xDF"
                   "e\nM\xFChlweg;5 \x80\n")
              ->rows[0] == Row{"Mühlweg", "5 €"});
}

TEST_CASE("other encodings are refused with words, not read as nonsense") {
    CHECK(says(problem(std::string_view("\xFF\xFE"
                                        "a\0;\0b\0",
                                        8)),
               "UTF-16"));
    CHECK(says(problem(std::string_view("\xFE\xFF\0a\0;\0b", 8)), "UTF-16"));
    CHECK(says(problem(std::string_view("a\0;\0b\0\n\0", 8)), "UTF-16"));
    CHECK(says(problem("PK\x03\x04 rest"), "Excel"));
    CHECK(says(problem("a;b\n\x81;1\n"), "line 2: A character in this line cannot be read"));
}

TEST_CASE("a damaged character names its line instead of spoiling all others") {
    CHECK(says(problem("Straße;b\nMühlweg;1\nBr\xFC"
                       "cke;2\n"),
               "line 3: A character in this line is damaged"));
    CHECK(says(problem("\xEF\xBB\xBF"
                       "a;b\nBr\xFC"
                       "cke;2\n"),
               "line 2: A character in this line is damaged"));
}

TEST_CASE("quoted cells keep separators, quotation marks and line breaks") {
    const auto table = read_csv("a;b\r\n\"x;y\";\"er sagte \"\"ja\"\"\"\r\n\"eins\r\nzwei\";drei\r\n4;5\r\n");
    REQUIRE(table);
    CHECK(table->rows[0] == Row{"x;y", "er sagte \"ja\""});
    CHECK(table->rows[1] == Row{"eins\nzwei", "drei"});
    CHECK(table->lines == std::vector<int>{2, 3, 5});
    CHECK(read_csv("a;b\n5\" Rohr;\"\"\n")->rows[0] == Row{"5\" Rohr", ""});
}

TEST_CASE("all three line ends are understood, and the last may be missing") {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const auto table = read_csv("a;b" + end + "1;2" + end + "3;4");
        REQUIRE(table);
        CHECK(table->rows == std::vector<Row>{{"1", "2"}, {"3", "4"}});
        CHECK(table->lines == std::vector<int>{2, 3});
    }
}

TEST_CASE("unbalanced quotation marks name the line they were opened in") {
    CHECK(says(problem("a;b\n1;2\n\"3;4\n5;6\n"), "line 3: A quotation mark is opened"));
    CHECK(says(problem("a;b\n\"1\n\"x;2\n"), "line 3: There is text after a closing quotation mark"));
}

TEST_CASE("rows that do not fit the header are named, each with its line") {
    const auto table = read_csv("a;b;c\n1;2;3\n1;2\n1;2;3;4\n");
    REQUIRE_FALSE(table);
    const auto& list = table.problems().list();
    REQUIRE(list.size() == 2);
    CHECK(list[0].field == "line 3");
    CHECK(list[0].message.arguments ==
          std::vector<std::pair<std::string, std::string>>{{"found", "2"}, {"expected", "3"}});
    CHECK(list[1].field == "line 4");
}

TEST_CASE("a file in which nothing fits gives a list a person can read") {
    std::string text = "a;b;c\n";
    for (int i = 0; i < 5000; ++i) text += "1;2\n";
    CHECK(read_csv(text).problems().list().size() == 20);
}

TEST_CASE("empty columns and rows that Excel leaves behind do no harm") {
    const auto table = read_csv("a;b;;\n1;2;;\n;;;\n3;4\n5;;;\n");
    REQUIRE(table);
    CHECK(table->header == Row{"a", "b"});
    CHECK(table->rows == std::vector<Row>{{"1", "2"}, {"3", "4"}, {"5", ""}});
}

TEST_CASE("bytes that are no text are refused with the line") {
    CHECK(says(problem(std::string_view("abc;def\n1;2\n3;\0004\n", 17)), "line 3: This line holds bytes"));
}

TEST_CASE("an empty file says so") {
    CHECK(says(problem(""), "The file is empty"));
    CHECK(says(problem("\xEF\xBB\xBF"), "The file is empty"));
    CHECK(says(problem("\n\n;;\n"), "The file is empty"));
    CHECK(read_csv("a;b\n")->rows.empty());
}

TEST_CASE("a table may be as long as the limit and not a row longer") {
    const CsvLimits limits{100'000, 200, 200'000};
    std::string text = "Nummer;Text\n";
    for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + ";x\n";
    const auto table = read_csv(text, limits);
    REQUIRE(table);
    CHECK(table->rows.size() == 100'000);
    CHECK(table->rows.back() == Row{"99999", "x"});
    CHECK(says(problem(text + "zu;viel\n", limits), "line 100002: The file has more than {limit} rows"));
}

TEST_CASE("too many columns and too long cells name their line") {
    CHECK(says(problem("a;b\n1;2\n" + std::string(250, ';') + "\n"), "line 3: There are more than {limit} columns"));
    CHECK(says(problem("a;b\n1;" + std::string(200'001, 'x') + "\n"), "line 2: A cell in this line holds too much"));
    CHECK(read_csv("a;b\n1;" + std::string(200'000, 'x') + "\n"));
}

TEST_CASE("what is written begins with a byte order mark, once, and ends its lines as Excel does") {
    tables::CsvWriter writer;
    writer.row({"Name", "Größe"});
    CHECK(writer.take() == "\xEF\xBB\xBFName;Größe\r\n");
    writer.row({"a;b", "sagt \"ja\"", "x\ny", " "});
    CHECK(writer.take() == "\"a;b\";\"sagt \"\"ja\"\"\";\"x\ny\"; \r\n");
    CHECK(writer.take() == "");
}

TEST_CASE("no written cell is a formula") {
    tables::CsvWriter writer;
    writer.row({"=1+1", "+49", "-5", "@SUM(A1)", "\tx", "\rx", "a=b", ""});
    CHECK(writer.take() == "\xEF\xBB\xBF'=1+1;'+49;'-5;'@SUM(A1);'\tx;\"'\rx\";a=b;\r\n");
}

TEST_CASE("what is written can be read again") {
    const std::vector<Row> rows = {{"a;b", "\"", "x\ny"}, {"", "ü€😀", "'"}, {"1", ",", "\"\"\n\n"}};
    for (const char separator : {';', ',', '\t'}) {
        tables::CsvWriter writer(separator);
        writer.row({"eins", "zwei", "drei"});
        for (const auto& row : rows) writer.row(row);
        const auto table = read_csv(writer.take());
        REQUIRE(table);
        CHECK(table->rows == rows);
    }
    tables::CsvWriter writer;
    for (const char* cell : {"Titel", "", "x"}) writer.row({cell});
    CHECK(read_csv(writer.take())->rows == std::vector<Row>{{""}, {"x"}});
}

TEST_CASE("an Excel file holds text as text, numbers as numbers and days as days") {
    const auto now = *parse_instant("2026-11-23T08:49:57Z");
    tables::XlsxWriter writer(now);
    writer.sheet("Ideen: Übersicht", {"Titel", "Stimmen", "Tag", "Zeit"});
    writer.row({std::string("=HYPERLINK(\"http://x\")"), std::int64_t{42}, *parse_date("2026-11-23"), now});
    writer.row({std::string("Grün & <schön>\x01"), 1.5, std::monostate{}, std::string()});
    writer.sheet("Ideen/ Übersicht", {"A"});
    writer.sheet(std::string(60, 'x'), {"A"});
    const auto bytes = writer.finish();
    const auto sheet = member(bytes, "xl/worksheets/sheet1.xml");
    CHECK(says(sheet, "<t>=HYPERLINK(\"http://x\")</t>"));
    CHECK_FALSE(says(sheet, "<f>"));
    CHECK(says(sheet, "<v>42</v>"));
    CHECK(says(sheet, "<v>1.5</v>"));
    CHECK(says(sheet, "<v>46349</v>"));  // 23 November 2026 in Excel's days
    CHECK(says(sheet, "<v>46349.409"));  // 09:49 in Berlin
    CHECK(says(sheet, "Grün &amp; &lt;schön&gt;"));
    const auto book = member(bytes, "xl/workbook.xml");
    CHECK(says(book, "name=\"Ideen  Übersicht\""));
    CHECK(says(book, "name=\"Ideen  Übersicht 2\""));
    CHECK(says(book, "name=\"" + std::string(31, 'x') + "\""));
    CHECK(says(member(bytes, "docProps/core.xml"), "2026-11-23T08:49:57Z"));
}

TEST_CASE("a long Excel table is written and a workbook without finish leaves nothing behind") {
    const auto now = *parse_instant("2026-11-23T08:49:57Z");
    tables::XlsxWriter writer(now);
    writer.sheet("Lang", {"Nummer", "Text"});
    for (std::int64_t i = 0; i < 20'000; ++i) writer.row({i, std::string("Zeile")});
    CHECK(says(member(writer.finish(), "xl/worksheets/sheet1.xml"), "r=\"A20001\""));
    CHECK_THROWS_AS(writer.finish(), std::logic_error);
    tables::XlsxWriter unfinished(now);
    unfinished.sheet("x", {"y"});
    CHECK_THROWS_AS(tables::XlsxWriter(now).row({}), std::logic_error);
}

TEST_CASE("an Excel file that we wrote is read again: texts, numbers, days, formulas as text, empty cells and rows") {
    tables::XlsxWriter xlsx(Timestamp{});
    xlsx.sheet("Eins", {"Titel", "Zahl", "Tag", "Leer"});
    xlsx.row({std::string("=1+1"), std::int64_t{4711}, *parse_date("2026-11-23"), std::monostate{}});
    xlsx.row({std::string("Über & <b>"), 51.5146, std::monostate{}, std::string("x")});
    xlsx.sheet("Zwei", {"anderes"});
    const std::string bytes = xlsx.finish();
    REQUIRE(tables::looks_like_xlsx(bytes));
    const auto table = tables::read_xlsx(bytes);
    REQUIRE(table);
    CHECK(table->header == Row{"Titel", "Zahl", "Tag", "Leer"});
    REQUIRE(table->rows.size() == 2);
    CHECK(table->rows[0] == Row{"=1+1", "4711", "2026-11-23", ""});
    CHECK(table->rows[1] == Row{"Über & <b>", "51.5146", "", "x"});
    CHECK(table->lines == std::vector<int>{2, 3});
    CHECK_FALSE(tables::read_xlsx(bytes, {.max_rows = 1}));
    CHECK_FALSE(tables::read_xlsx(bytes.substr(0, bytes.size() / 2)));
    CHECK_FALSE(tables::read_xlsx("PK\x03\x04"));
    CHECK_FALSE(tables::read_xlsx(""));
}
