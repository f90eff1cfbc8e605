"""A new module is complete, keeps every rule, and a wrong name writes nothing."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import TreeCase, load  # noqa: E402

tool = load("new_module")
floors, size = load("check_floors"), load("check_size")


class NewModule(TreeCase):
    def setUp(self):
        super().setUp()
        self.list = self.put("src/modules/CMakeLists.txt", "# Floor 3.\nmitwirken_modules(toolbox offers)\n")

    def test_it_keeps_the_rules_of_the_house_and_has_every_part(self):
        made = tool.make(self.root, "polls", "Umfragen", "umfragen")
        self.assertEqual(floors.check(self.root).findings, [])
        self.assertEqual(size.check(self.root), [])
        for part in ("README.md", "module.cpp", "polls.h", "polls.cpp", "store.cpp", "pages.cpp", "views.cpp",
                     "templates/list.html", "migrations/0001_polls.sql", "locale/de.po", "tests/polls_test.cpp"):
            self.assertIn("src/modules/polls/" + part, made)
        for path in made:
            with open(os.path.join(self.root, path), encoding="utf-8") as file:
                self.assertNotRegex(file.read(), "@[a-zA-Z]+@")

    def test_the_word_is_added_to_the_one_line(self):
        tool.make(self.root, "polls", "Umfragen", "umfragen")
        with open(self.list, encoding="utf-8") as file:
            self.assertIn("mitwirken_modules(toolbox offers polls)", file.read())
        self.assertEqual(tool.add_word("mitwirken_modules()", "a"), "mitwirken_modules(a)")
        self.assertEqual(tool.add_word("mitwirken_modules(\n  a\n  b\n)", "c"), "mitwirken_modules(\n  a\n  b\n  c\n)")

    def test_a_wrong_name_writes_nothing(self):
        for name, path in (("Polls", "a"), ("core", "a"), ("../x", "a"), ("polls", "Straße"), ("polls", "a/b")):
            with self.assertRaises(ValueError):
                tool.make(self.root, name, "T", path)
        self.assertEqual(os.listdir(os.path.join(self.root, "src/modules")), ["CMakeLists.txt"])

    def test_an_existing_module_is_left_alone(self):
        self.put("src/modules/polls/README.md", "mine")
        with self.assertRaises(ValueError):
            tool.make(self.root, "polls", "Umfragen", "umfragen")


if __name__ == "__main__":
    unittest.main()
