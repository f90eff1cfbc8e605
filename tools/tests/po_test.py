"""po.py finds the texts of code and templates, keeps translations, and says what is missing or contradicts itself."""
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import TOOLS, TreeCase  # noqa: E402

HEADER = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
          '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n')


class Po(TreeCase):
    def run_tool(self, *words):
        return subprocess.run([sys.executable, os.path.join(TOOLS, "po.py"), *words, "--source",
                               os.path.join(self.root, "src")], capture_output=True, text=True)

    def po(self, module="modules/ideas", language="de"):
        path = os.path.join(self.root, "src", module, "locale", language + ".po")
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8") as file:
            return file.read()

    def update(self, *words):
        run = self.run_tool("update", *words)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return self.po()

    def code(self, text, path="src/modules/ideas/ideas.cpp"):
        self.put(path, text)

    def catalogue(self, text, module="modules/ideas", language="de"):
        self.put(f"src/{module}/locale/{language}.po", HEADER + text)

    def checked(self, words):
        run = self.run_tool("check")
        self.assertEqual(run.returncode, 1, run.stdout)
        self.assertIn(words, run.stdout)

    def test_texts_come_from_code_and_templates_of_each_module(self):
        self.code('void f() { add("title", tr_noop("Please give "\n    "a title."));\n'
                  'l.plural("{n} idea", "{n} ideas", n);\n'
                  'l.tr(other); query(R"(SELECT "tr" FROM x)"); l.tr("Straße"); }')
        self.put("src/modules/ideas/templates/list.html",
                 "<!-- [[Not this]] --><p>[[Found {{COUNT}}\n   ideas]]</p>[[asset:app.css]]"
                 "[[>app/icon.html name=a label=\"[[Place]]\"]]")
        self.put("src/core/access/access.cpp", 'auto a = tr_noop("Sign in");')
        self.put("src/app/templates/partials/icon.html", "[[Icon]]")
        self.put("src/modules/ideas/tests/ideas_test.cpp", 'auto a = tr_noop("Only a test");')
        po = self.update()
        for text in ('msgid "Please give a title."',
                     'msgid "{n} idea"\nmsgid_plural "{n} ideas"\nmsgstr[0] ""\nmsgstr[1] ""',
                     'msgid "Found {{COUNT}} ideas"', "#: templates/list.html\nmsgid \"Place\"", 'msgid "Straße"'):
            self.assertIn(text, po)
        for text in ("Not this", "asset:", "Only a test", "SELECT"):
            self.assertNotIn(text, po)
        self.assertIn("#: access/access.cpp\nmsgid \"Sign in\"", self.po("core"))
        self.assertIn("#: templates/partials/icon.html\nmsgid \"Icon\"", self.po("app"))
        self.assertIn("app\ttemplates/partials/icon.html\tIcon\n", self.run_tool("extract").stdout)

    def test_update_keeps_translations_drops_what_vanished_and_is_stable(self):
        self.code('auto a = tr_noop("Keep"), b = tr_noop("New");')
        self.catalogue('# remark\nmsgid "Keep"\nmsgstr "Behalten"\n\nmsgid "Gone"\nmsgstr "Weg"\n')
        po = self.update()
        self.assertIn('# remark\n#: ideas.cpp\nmsgid "Keep"\nmsgstr "Behalten"', po)
        self.assertIn('msgid "New"\nmsgstr ""', po)
        self.assertNotIn("Gone", po)
        path = os.path.join(self.root, "src/modules/ideas/locale/de.po")
        before = os.stat(path).st_mtime_ns
        time.sleep(0.01)
        self.assertEqual(self.update(), po)
        self.assertEqual(os.stat(path).st_mtime_ns, before)

    def test_a_translation_of_another_module_is_taken_over(self):
        self.code('auto a = tr_noop("Save");')
        self.code('auto a = tr_noop("Save");', "src/app/layout.cpp")
        self.catalogue('msgid "Save"\nmsgstr "Speichern"\n', "app")
        self.assertIn('msgid "Save"\nmsgstr "Speichern"', self.update())

    def test_other_languages_hold_what_somebody_put_there(self):
        self.code('auto a = tr_noop("One"), b = tr_noop("Two");')
        self.catalogue('msgid "One"\nmsgstr "واحد"\n\nmsgid "Gone"\nmsgstr "x"\n', language="ar")
        self.update()
        self.assertIn('msgid "One"\nmsgstr "واحد"', self.po(language="ar"))
        self.assertNotIn("Two", self.po(language="ar"))
        self.assertNotIn("Gone", self.po(language="ar"))
        self.update("ar")
        self.assertIn('msgid "Two"\nmsgstr ""', self.po(language="ar"))

    def test_check_is_silent_when_all_is_well(self):
        self.code('auto a = tr_noop("Up to {limit} letters"); l.plural("{n} tree", "{n} trees", n);')
        self.catalogue('msgid "Up to {limit} letters"\nmsgstr "Bis {limit} Zeichen"\n\n'
                       'msgid "{n} tree"\nmsgid_plural "{n} trees"\nmsgstr[0] "ein Baum"\nmsgstr[1] "{n} Bäume"\n')
        run = self.run_tool("check")
        self.assertEqual((run.returncode, run.stdout), (0, "all texts are translated\n"))

    def test_check_lists_what_is_missing(self):
        self.code('auto a = tr_noop("One");')
        self.checked("src/modules/ideas/locale/de.po: not translated: 'One' (ideas.cpp)")
        self.catalogue('msgid "One"\nmsgstr ""\n')
        self.checked("not translated: 'One'")
        self.catalogue('#, fuzzy\nmsgid "One"\nmsgstr "Eins"\n')
        self.checked("fuzzy: 'One'")
        self.catalogue('msgid "One"\nmsgstr "Eins"\n\nmsgid "Old"\nmsgstr "Alt"\n')
        self.checked("no longer in the source, run ./dev po: 'Old'")

    def test_check_compares_markers_and_arguments(self):
        self.put("src/modules/ideas/templates/list.html", "[[Found {{COUNT}} ideas]]")
        self.catalogue('msgid "Found {{COUNT}} ideas"\nmsgstr "{{ANZAHL}} Ideen"\n')
        self.checked("other {{markers}} than in the source: '{{ANZAHL}} Ideen'")
        self.put("src/modules/ideas/templates/list.html", "")
        self.code('auto a = tr_noop("Up to {limit} letters");')
        self.catalogue('msgid "Up to {limit} letters"\nmsgstr "Bis {grenze} Zeichen"\n')
        self.checked("other {arguments} than in the source: 'Bis {grenze} Zeichen'")
        self.catalogue('msgid "Up to {limit} letters"\nmsgstr "Kürzer"\n')
        self.checked("other {arguments}")

    def test_one_text_has_one_translation(self):
        self.code('auto a = tr_noop("Save");')
        self.code('auto a = tr_noop("Save");', "src/app/layout.cpp")
        self.catalogue('msgid "Save"\nmsgstr "Speichern"\n', "app")
        self.catalogue('msgid "Save"\nmsgstr "Sichern"\n')
        self.checked("'Save' has two translations:\n    src/app/locale/de.po: Speichern\n"
                     "    src/modules/ideas/locale/de.po: Sichern")
        files = [os.path.join(self.root, "src", m, "locale/de.po") for m in ("app", "modules/ideas")]
        run = self.run_tool("merge", "--language", "de", "--out", os.path.join(self.root, "de.mo"), *files)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("Sichern", run.stderr)

    def test_a_context_keeps_two_meanings_apart(self):
        self.catalogue('msgctxt "verb"\nmsgid "Vote"\nmsgstr "Abstimmen"\n\n'
                       'msgctxt "noun"\nmsgid "Vote"\nmsgstr "Stimme"\n')
        out = os.path.join(self.root, "de.mo")
        run = self.run_tool("merge", "--language", "de", "--out", out,
                            os.path.join(self.root, "src/modules/ideas/locale/de.po"))
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        with open(out, "rb") as file:
            content = file.read()
        self.assertIn("verb\x04Vote".encode(), content)
        self.assertIn("Abstimmen".encode(), content)

    def test_a_bad_template_is_named(self):
        self.put("src/modules/ideas/templates/list.html", "\n[[Read <b>this</b>]]")
        run = self.run_tool("check")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("list.html:2: mark-up inside [[text]]", run.stderr)


if __name__ == "__main__":
    unittest.main()
