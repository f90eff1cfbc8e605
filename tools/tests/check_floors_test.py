"""Each rule of check_floors fails on a bad example and is silent on a good one."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import TreeCase, load  # noqa: E402

floors = load("check_floors")
HEAD = "// What this file is for.\n"


class Floors(TreeCase):
    def findings(self):
        return floors.check(self.root).findings

    def bad(self, path, text, words):
        self.put(path, text)
        found = self.findings()
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])
        self.assertTrue(found[0].startswith(path + ":"), found[0])

    def good(self, path, text):
        self.put(path, text)
        self.assertEqual(self.findings(), [])

    def modules(self):
        self.put("src/modules/ideas/ideas.h", HEAD)
        self.put("src/modules/polls/polls.h", HEAD)

    def test_a_higher_floor_is_refused(self):
        self.bad("src/platform/db/a.cpp", HEAD + '#include "core/visit.h"\n', "higher floor")

    def test_a_lower_floor_is_allowed(self):
        self.good("src/core/people/a.cpp", HEAD + '#include "platform/db/db.h"\n#include <vector>\n')

    def test_a_sibling_module_is_refused(self):
        self.modules()
        self.bad("src/modules/ideas/a.cpp", HEAD + '#include "modules/polls/polls.h"\n', "sibling")

    def test_the_generated_names_of_another_module_are_refused(self):
        self.modules()
        self.bad("src/modules/ideas/a.cpp", HEAD + '#include "polls/templates.h"\n', "belongs to module polls")

    def test_the_own_folder_is_allowed(self):
        self.modules()
        self.good("src/modules/ideas/a.cpp", HEAD + '#include "ideas.h"\n#include "ideas/templates.h"\n'
                  '#include "modules/ideas/ideas.h"\n')

    def test_climbing_is_refused(self):
        self.modules()
        self.bad("src/modules/ideas/a.cpp", HEAD + '#include "../polls/polls.h"\n', "climbs")

    def test_an_include_in_a_comment_counts_for_nothing(self):
        self.good("src/platform/db/a.cpp", HEAD + '// #include "core/visit.h"\n/*\n#include "app/main.h"\n*/\n')

    def test_inside_core_only_listed_edges_are_allowed(self):
        self.put("src/core/allowed_includes.txt", "people: tenants\n")
        self.put("src/core/people/b.cpp", HEAD + '#include "core/tenants/tenants.h"\n')
        self.bad("src/core/people/a.cpp", HEAD + '#include "core/audit/audit.h"\n', "allowed_includes")

    def test_without_the_list_everything_inside_core_is_allowed_and_said(self):
        self.put("src/core/people/a.cpp", HEAD + '#include "core/audit/audit.h"\n')
        house = floors.check(self.root)
        self.assertEqual(house.findings, [])
        self.assertEqual(len(house.notes), 1)

    def test_a_line_of_the_list_without_a_colon_is_refused(self):
        self.put("src/core/a.h", HEAD)
        self.bad("src/core/allowed_includes.txt", "people tenants\n", "expected")

    def test_folders_of_the_platform_do_not_need_each_other(self):
        self.put("src/platform/db/a.h", HEAD + '#include "platform/jobs/b.h"\n')
        self.put("src/platform/jobs/b.h", HEAD + '#include "platform/db/a.h"\n')
        self.assertIn("include each other: db -> jobs -> db", self.findings()[0])

    def test_a_library_outside_its_folder_is_refused(self):
        self.bad("src/platform/mail/a.cpp", HEAD + "#include <libpq-fe.h>\n", "platform/db only")

    def test_every_library_of_the_table_is_refused_in_a_module(self):
        for prefix, folders in floors.LIBRARIES.items():
            name = prefix if prefix.endswith((".h", ".hpp")) else prefix + "x.h"
            self.put("src/modules/ideas/a.cpp", HEAD + f"#include <{name}>\n")
            self.assertEqual(len(self.findings()), 0 if folders == ["*"] else 1, name)

    def test_a_library_in_its_folder_is_allowed(self):
        self.good("src/platform/db/a.cpp", HEAD + "#include <libpq-fe.h>\n#include <unistd.h>\n")

    def test_an_unknown_library_is_refused(self):
        self.bad("src/platform/db/a.cpp", HEAD + "#include <leveldb/db.h>\n", "does not know")

    def test_the_operating_system_is_out_of_reach_of_modules(self):
        self.bad("src/modules/ideas/a.cpp", HEAD + "#include <unistd.h>\n", "operating system")

    def test_trusted_outside_html_is_refused(self):
        self.put("src/platform/http/a.cpp", HEAD + "bool trusted(const Address& proxy);\n")
        self.bad("src/platform/mail/a.cpp", HEAD + "auto x = html::trusted(text);\n", "trusted(")
        self.put("src/platform/mail/a.cpp", HEAD)
        self.bad("src/core/people/a.cpp", HEAD + "auto x = trusted(text);\n", "trusted(")

    def test_trusted_inside_html_in_words_and_in_literals_is_allowed(self):
        self.put("src/core/people/a.cpp", HEAD + '// trusted(x)\nauto s = "trusted(";\nbool is_trusted(int);\n')
        self.good("src/platform/html/a.cpp", HEAD + "auto x = trusted(text);\n")

    def test_sql_outside_a_store_is_refused(self):
        self.modules()
        for literal in ('R"(\n  SELECT id\n  FROM ideas_idea)"', '"DELETE " "FROM ideas_idea"'):
            self.bad("src/modules/ideas/pages.cpp", HEAD + f"auto q = {literal};\n", "store.cpp only")

    def test_sql_in_a_store_and_english_elsewhere_are_allowed(self):
        self.modules()
        self.put("src/modules/ideas/pages.cpp", HEAD + 'auto t = "Select one from the list, then update it";\n')
        self.put("src/core/people/sessions_store.cpp", HEAD + 'auto q = "DELETE FROM core_session";\n')
        self.good("src/modules/ideas/store_lists.cpp", HEAD + 'auto q = "SELECT id FROM ideas_idea";\n')

    def test_a_table_of_another_module_is_refused(self):
        self.modules()
        self.bad("src/modules/ideas/store.cpp", HEAD + 'auto q = R"(\nSELECT 1\nFROM polls_poll)";\n',
                 "table polls_poll belongs to module polls")
        self.bad("src/modules/ideas/store.cpp", HEAD + 'auto q = "SELECT 1 FROM core_x JOIN polls_poll p ON 1";\n',
                 "belongs to module polls")

    def test_a_table_without_the_name_of_its_module_is_refused(self):
        self.modules()
        self.bad("src/modules/ideas/migrations/0001_a.sql", "-- x\nCREATE TABLE idea (id {{id}});\n", "must be named")

    def test_a_table_of_core_with_the_name_of_a_module_is_refused(self):
        self.modules()
        sql = "CREATE TABLE polls_x (id {{id}});\n"
        self.bad("src/core/people/migrations/0001_a.sql", sql, "named like one of module")

    def test_a_reference_to_another_module_is_refused_to_core_allowed(self):
        self.modules()
        sql = "CREATE TABLE ideas_i (a {{int}} REFERENCES core_person (id));\n"
        self.put("src/modules/ideas/migrations/0001_a.sql", sql)
        sql = "CREATE TABLE ideas_j (a {{int}} REFERENCES polls_p (id));\n"
        self.bad("src/modules/ideas/migrations/0002_a.sql", sql, "belongs to module polls")

    def test_a_file_without_a_head_comment_is_refused(self):
        self.bad("src/platform/db/a.h", "#pragma once\n", "begins with a comment")
        self.put("src/platform/db/a.h", HEAD)
        self.bad("tools/x.py", "#!/usr/bin/env python3\nimport os\n", "begins with a comment")

    def test_leftovers_are_refused(self):
        for word in ("TO" + "DO", "FIX" + "ME", "HA" + "CK"):
            self.bad("src/platform/db/a.h", HEAD + f"// {word}: later\n", "finish it")

    def test_a_fifth_floor_is_refused(self):
        self.bad("src/cellar/a.h", HEAD, "four floors")


class Text(unittest.TestCase):
    def test_blank_keeps_lines_and_length(self):
        text = 'int a = 1\'000; // x"y\nauto s = R"q(a "b" )\n)q"; /* c\n */ char c = \'"\';\n'
        blanked = floors.cpp_text.blank(text, {"comment", "literal"})
        self.assertEqual(len(blanked), len(text))
        self.assertEqual(blanked.count("\n"), text.count("\n"))
        self.assertNotIn("b", blanked)
        self.assertIn("char c", blanked)
        self.assertIn("1'000", blanked)


if __name__ == "__main__":
    unittest.main()
