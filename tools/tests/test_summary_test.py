"""The last line of the tests can be believed: nothing that failed or never ran is counted as passed."""
import io
import os
import sys
import unittest
from contextlib import redirect_stdout

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import TreeCase, load  # noqa: E402

summary = load("test_summary.py")


class Summary(TreeCase):
    def setUp(self):
        super().setUp()
        summary.LOGS = self.root

    def call(self, *arguments):
        out = io.StringIO()
        with redirect_stdout(out):
            status = summary.main(list(arguments))
        return status, out.getvalue()

    def run_text(self, text, status=0, name="part"):
        return self.call("run", name, "--", sys.executable, "-c", f"import sys; print({text!r}); sys.exit({status})")

    def test_doctest_is_counted_also_with_numbers_of_ctest_and_colours(self):
        line = "[doctest] test cases:  12 |  10 passed | 2 failed | 3 skipped"
        self.assertEqual(summary.count([line]), (10, 2, 3))
        self.assertEqual(summary.count(["1: \x1b[0m" + line]), (10, 2, 3))

    def test_tap_is_counted(self):
        lines = ["1..4", "ok 1 - a", "not ok 2 - b", "ok - c", "ok 4 - d # SKIP no network", "okay then"]
        self.assertEqual(summary.count(lines), (2, 1, 1))

    def test_unittest_is_counted(self):
        self.assertEqual(summary.count(["Ran 7 tests in 0.1s", "", "OK"]), (7, 0, 0))
        bad = ["Ran 7 tests in 0.1s", "", "FAILED (failures=1, errors=2, skipped=1)"]
        self.assertEqual(summary.count(bad), (3, 3, 1))

    def test_a_part_that_dies_after_good_news_has_failed(self):
        status, text = self.run_text("ok - a", status=3)
        self.assertEqual(status, 1)
        self.assertIn("ended with status 3", text)
        self.assertEqual(self.call("total"), (1, "failed parts: part\n1 passed, 1 failed\n"))

    def test_a_part_without_a_test_has_failed(self):
        self.assertEqual(self.run_text("nothing here")[0], 1)

    def test_a_command_that_does_not_exist_has_failed(self):
        self.assertEqual(self.call("run", "x", "--single", "--", "/nonexistent/program")[0], 1)

    def test_a_failed_part_shows_its_last_lines_only(self):
        text = self.run_text("\n".join(f"line {n}" for n in range(100)) + "\nnot ok - b", status=1)[1]
        self.assertIn("line 99", text)
        self.assertNotIn("line 20\n", text)

    def test_the_total_adds_up(self):
        self.run_text("ok - a\nok - b", name="one")
        self.run_text("ok - c # skip", name="two")
        self.call("run", "three", "--single", "--", "true")
        self.assertEqual(self.call("total"), (0, "3 passed, 0 failed, 1 skipped\n"))

    def test_no_part_at_all_is_a_failure(self):
        self.assertEqual(self.call("total")[0], 1)


if __name__ == "__main__":
    unittest.main()
