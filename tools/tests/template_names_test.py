"""template_names.py writes what a template uses, leaves what did not change alone, and refuses with file and line."""
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import TOOLS, TreeCase  # noqa: E402


class TemplateNames(TreeCase):
    def run_tool(self, module="ideas"):
        self.out = os.path.join(self.root, "generated", module, "templates.h")
        return subprocess.run(
            [sys.executable, os.path.join(TOOLS, "template_names.py"), "--module", module, "--source",
             os.path.join(self.root, "src"), "--folder", os.path.join(self.root, "src/modules", module, "templates"),
             "--out", self.out], capture_output=True, text=True)

    def header(self):
        run = self.run_tool()
        self.assertEqual(run.stderr, "")
        with open(self.out, encoding="utf-8") as file:
            return file.read()

    def template(self, text, name="list.html"):
        self.put("src/modules/ideas/templates/" + name, text)

    def refused(self, text, where, name="list.html"):
        self.template(text, name)
        run = self.run_tool()
        self.assertNotEqual(run.returncode, 0, text)
        self.assertIn(where, run.stderr)

    def test_every_name_has_its_kind(self):
        self.template("{{#ITEM}}{{TITLE}} [[By {{AUTHOR}}]] {{BODY:x-safe-html}}{{Q:u}}"
                      "{{#ITEM_separator}}, {{/ITEM_separator}}{{/ITEM}}{{>PAGER}}{{BI_NEWLINE}}{{! a comment }}")
        header = self.header()
        self.assertIn("namespace mitwirken::ideas::tpl {", header)
        self.assertIn('namespace list {\ninline constexpr html::Template file{"ideas/list.html"};', header)
        for line in ('html::Section ITEM{"ITEM"};', 'html::Var TITLE{"TITLE"};', 'html::Var AUTHOR{"AUTHOR"};',
                     'html::SafeVar BODY{"BODY__SAFE"};', 'html::Var Q{"Q"};', 'html::Include PAGER{"PAGER"};'):
            self.assertIn(line, header)
        self.assertEqual(header.count("inline constexpr"), 7)

    def test_a_file_name_becomes_a_name_of_cpp(self):
        for name in ("my-page.html", "new.html", "mail/welcome.v2.txt"):
            self.template("x", name)
        header = self.header()
        for space in ("namespace my_page {", "namespace new_ {", "namespace mail_welcome_v2 {"):
            self.assertIn(space, header)
        self.assertIn('file{"ideas/mail/welcome.v2.txt"}', header)

    def test_the_header_is_written_for_no_templates_and_not_touched_without_a_change(self):
        self.assertNotIn("constexpr", self.header())
        before = os.stat(self.out).st_mtime_ns
        time.sleep(0.01)
        self.header()
        self.assertEqual(os.stat(self.out).st_mtime_ns, before)

    def test_names_in_partials_count(self):
        self.put("src/app/templates/partials/icon.html", "<!-- $name -->\n<i class=\"$name\">{{ICON_TITLE}}</i>")
        self.put("src/modules/ideas/templates/partials/own.html", "{{OWN}}[[>app/icon.html name=pin]]")
        self.template("[[>ideas/own.html]] [[>app/partials/icon.html name=\"a b\"]]")
        header = self.header()
        self.assertIn("html::Var ICON_TITLE", header)
        self.assertIn("html::Var OWN", header)
        self.assertNotIn("namespace partials", header)
        with open(self.out + ".d", encoding="utf-8") as file:
            self.assertIn("src/app/templates/partials/icon.html", file.read())

    def test_misuse_is_refused_with_file_and_line(self):
        self.refused("\n{{#A}}\n{{A}}{{/A}}", "list.html:3: A is used as Section and as Var")
        self.refused("{{A}}{{A:x-safe-html}}", "list.html:1: A is used as Var and as SafeVar")
        self.refused("\n{{#A}}", "list.html:2: {{#A}} is never closed")
        self.refused("{{#A}}{{#B}}\n{{/A}}", "list.html:2: {{/A}} closes nothing, {{/B}} is due")
        self.refused("{{/A}}", "list.html:1: {{/A}} closes nothing")
        self.refused("<!-- a\nb -->{{title}}", "list.html:2: {{title}}: names are upper-case")
        self.refused("{{A__B}}", "single _")
        self.refused("{{A:none}}", "the modifier :none is not allowed")
        self.refused("{{A:raw}}", "the modifier :raw is not allowed")
        self.refused("{{A:h:none}}", "the modifier :none is not allowed")
        self.refused("{{%AUTOESCAPE context=\"MANUAL\"}}", "no {{%pragmas}}")
        self.refused("{{#A_separator}}{{/A_separator}}", "belongs directly into {{#A}}")
        self.refused("{{NULL}}", "a macro")
        self.refused("[[Read <b>this</b>]]", "mark-up inside [[text]]")
        self.refused("[[ ]]", "an empty [[text]]")

    def test_safe_html_is_for_html(self):
        self.refused("{{A:x-safe-html}}", "mail.txt:1: :x-safe-html is for .html only", "mail.txt")

    def test_partials_are_refused_where_they_are_wrong(self):
        self.put("src/app/templates/partials/icon.html", "<i class=\"$name\"></i>\n{{x}}")
        self.refused("\n[[>app/none.html]]", "list.html:2: there is no app/templates/partials/none.html")
        self.refused("[[>app/icon.html]]", "list.html:1: arguments differ from those of app/icon.html: $name")
        self.refused("[[>app/icon.html name=a x=b]]", "$x")
        self.refused("[[>icon.html]]", "list.html:1: write [[>module/file.html")
        self.refused("[[>app/icon.html name=a]]", "icon.html:2: {{x}}")

    def test_two_files_with_one_name_are_refused(self):
        self.template("x", "a-b.html")
        self.refused("x", "would meet those of", "a_b.html")


if __name__ == "__main__":
    unittest.main()
