"""Each limit of check_size fails on a bad example; what looks like a function and is none does not."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import TreeCase, load  # noqa: E402

size = load("check_size")
LONG = "    x = x + 1;\n" * 70


class Sizes(TreeCase):
    def findings(self, path, text):
        self.put(path, text)
        return size.check(self.root)

    def bad(self, path, text, words):
        found = self.findings(path, text)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])

    def good(self, path, text):
        self.assertEqual(self.findings(path, text), [])

    def test_a_long_file(self):
        self.bad("src/a.cpp", "int a;\n" * 501, "a file of 501 lines")
        self.good("src/a.cpp", "int a;\n" * 500)

    def test_a_long_template(self):
        self.bad("src/modules/ideas/templates/a.html", "<p>\n" * 151, "151 lines")

    def test_a_long_line_counts_letters_not_bytes(self):
        self.bad("src/a.cpp", "// " + "ü" * 118 + "\n", "121 columns")
        self.good("src/a.cpp", "// " + "ü" * 117 + "\n")

    def test_long_functions_of_every_shape(self):
        for head in ("int f(int a) {", "void A::f() const noexcept {", "A::A(int a) : a_(a), b_{1} {",
                     "auto f = [&](int a) -> int {", "auto f() -> std::vector<int> {", 'TEST_CASE("a; {b") {',
                     "namespace n {\nvoid f(std::map<int, int> m = {}) {"):
            tail = "}\n}\n" if head.startswith("namespace") else "}\n"
            self.bad("src/a.cpp", head + "\n" + LONG + tail, "a function of")

    def test_long_functions_of_typescript(self):
        for head in ("function f(a: string): Promise<void> {", "const f = async (a) => {",
                     "export class A {\n  go(): void {"):
            tail = "}\n}\n" if "class" in head else "}\n"
            self.bad("web/a.ts", head + "\n" + LONG + tail, "a function of")

    def test_long_things_that_are_no_function(self):
        for text in ("namespace a {\n" + "int a;\n" * 70 + "}\n", "struct A {\n" + "int a;\n" * 70 + "};\n",
                     "const int t[] = {\n" + "1,\n" * 70 + "};\n", 'auto s = R"(f() {\n' + "x\n" * 70 + '})";\n'):
            self.good("src/a.cpp", text)
        self.good("web/a.ts", "const words = {\n" + "  a: f(1),\n" * 70 + "};\n")

    def test_nesting_counts_only_what_controls(self):
        deep = "void f() {\n" + "if (a) {\n" * 5 + "}\n" * 5 + "}\n"
        self.bad("src/a.cpp", deep, "nested 5 deep")
        self.good("src/a.cpp", "void f() {\n" + "for (;;) {\n" * 4 + "{ int b[] = {1}; }\n" + "}\n" * 4 + "}\n")
        self.good("src/a.cpp", "void f() {\nif (a) {\n} else if (b) {\n} else if (c) {\n} else if (d) {\n"
                  "} else if (e) {\n} else {\n}\n}\n")

    def test_a_function_inside_begins_to_count_anew(self):
        inner = "g([&] {\nif (b) {\nif (c) {\n}\n}\n});\n"
        self.good("src/a.cpp", "void f() {\n" + "if (a) {\n" * 3 + inner + "}\n" * 4)

    def test_braces_in_literals_and_comments_do_not_count(self):
        body = "  const r = a.replace(/[{'\"]/g, '{');\n  // {\n  return `${a} {`;\n"
        self.good("web/a.ts", "function f() {\n" + body + "}\n" + LONG)


if __name__ == "__main__":
    unittest.main()
