// Files that are not what they say, sent to every form that takes files and to every import.
#include <doctest/doctest.h>

#include <filesystem>

#include "platform/base/text.h"
#include "support/filled_forms.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

std::size_t stored_files(TestHouse& house) {
    namespace fs = std::filesystem;
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(house.program().config().folder("files")))
        count += entry.is_regular_file();
    return count;
}

// A PNG's header that promises 60,000 × 60,000 pixels.
std::string picture_bomb() {
    std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x06\0\0\0", 29);
    bytes.append("\xE2\xB7\x9D\x1B");
    return bytes;
}

std::vector<SentFile> bad_files(const std::string& field) {
    const std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>a()</script></svg>";
    std::string program("MZ\x90\0\x03\0\0\0", 8);
    program.append(200, 'x');
    return {{field, "bild.png", "image/png", "<?php system($_GET['c']); ?>"},
            {field, "bild.png", "image/png", "\x89PNG\r\n\x1a\n<script>alert(1)</script>"},
            {field, "bild.png", "image/png", picture_bomb()},
            {field, "bild.jpg", "image/jpeg", "<html><script>alert(1)</script></html>"},
            {field, "karte.svg", "image/svg+xml", svg},
            {field, "plan.pdf", "application/pdf", svg},
            {field, "plan.pdf", "application/pdf", "%PDF-1.7\nohne Ende"},
            {field, "brief.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
             "PK\x03\x04 kein Archiv"},
            {field, "setup.exe", "application/octet-stream", program},
            {field, "liste.sh", "text/plain", "#!/bin/sh\nrm -rf /\n"},
            {field, "daten.xml", "application/xml",
             "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"}};
}

}  // namespace

TEST_CASE("no form takes a file that is not what it says") {
    TestHouse house;
    auto office = house.as(Role::admin);
    const auto before = stored_files(house);
    int sent = 0;
    for (const auto& path : staff_pages(house, office)) {
        const auto form = main_form(ParsedPage(office.get(path).body));
        if (!form || !form->takes_files) continue;
        for (const auto& field : form->fields) {
            if (field.type != "file") continue;
            for (const auto& file : bad_files(field.name)) {
                INFO(path, " ", field.name, " ", file.name);
                ++sent;
                const auto answer = office.upload(form->action, form->sent(), {file});
                CHECK(answer.status == 422);
                CHECK(ParsedPage(answer.body).executable().empty());
            }
        }
    }
    CHECK(sent >= 40);
    CHECK(stored_files(house) == before);
}

TEST_CASE("every import refuses what it cannot read, says where, and changes nothing") {
    TestHouse house;
    std::string many = "key;title\n";
    for (int i = 0; i < 100000; ++i) many += "k" + std::to_string(i) + ";Titel\n";
    std::string deep(200000, '[');
    std::string list = "[";
    for (int i = 0; i < 100000; ++i) list += "{},";
    list += "{}]";
    const std::vector<std::pair<std::string, std::string>> files = {
        {"a CSV of 100,000 rows", many},
        {"a JSON list of 100,001 entries", list},
        {"UTF-16", std::string("\xFF\xFE"
                               "k\0e\0y\0;\0t\0\n\0a\0;\0b\0\n\0",
                               20)},
        {"broken UTF-8", "\xEF\xBB\xBFkey;title\nneu;B\xFC rger\n"},
        {"another separator", "key|title\nneu|Titel\n"},
        {"an open quotation mark", "key;title\nneu;\"Titel\n"},
        {"nesting without end", deep},
        {"broken JSON", "{\"entries\": [{\"key\": \"a\""},
        {"JSON of another kind", "{\"entries\": {\"key\": 1}}"},
        {"JSON with numbers where words belong", "[{\"key\": 7, \"title\": [1], \"purposes\": 3}]"},
        {"an archive", "PK\x03\x04\x14\0\0\0"},
        {"a page", "<html><body>key;title</body></html>"},
        {"nothing", ""}};
    int imports = 0;
    for (const auto& module : house.house().modules) {
        if (!module.import_data) continue;
        ++imports;
        for (const auto& [what, bytes] : files)
            for (const bool dry_run : {true, false}) {
                INFO(module.name, ": ", what);
                const auto rows = all_rows(house);
                const auto report = module.import_data(house.house(), house.tenant(), {}, bytes, {.dry_run = dry_run});
                REQUIRE_FALSE(report.problems.empty());
                CHECK_FALSE(report.problems.front().message.empty());
                CHECK(all_rows(house) == rows);
            }
    }
    CHECK(imports >= 1);
}
