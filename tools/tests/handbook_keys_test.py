"""The handbook's table follows the program's, and an example with a missing, wrong or unknown key is refused."""
import contextlib
import io
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import TreeCase, load  # noqa: E402

tool = load("handbook_keys")
CONFIG_H = """
struct Config {
    std::string data = "data";  // data: folder
    struct {
        std::int64_t port = 8080;
        std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
    } server;
    struct {
        std::string user, password;
        bool require_tls = true;
    } mail;
    std::string folder(const std::string& name) const;
};
"""
NAMES = ["data", "server.port", "server.trusted_proxies", "mail.user", "mail.password", "mail.require_tls"]
EXAMPLE = ('data = "/x"\n[server]\n# port = 8080\n# trusted_proxies = ["127.0.0.1", "::1"]\n'
           '[mail]\n# user = ""\n# password = ""\n# require_tls = true\n')


class Keys(TreeCase):
    def setUp(self):
        super().setUp()
        self.put("src/app/config.h", CONFIG_H)
        self.put("src/app/config.cpp", "\n".join(f'{{"{n}", &c.{n}, "Wort für {n}"}},' for n in NAMES))
        self.put("packaging/mitwirken.toml", EXAMPLE)
        self.handbook = self.put("docs/operator/konfiguration.md", f"a\n{tool.BEGIN}\n{tool.END}\nb\n")

    def run_tool(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            status = tool.main([*arguments, self.root])
        return status, out.getvalue()

    def test_the_table_is_written_once_and_then_agrees(self):
        self.assertEqual(self.run_tool("--check")[0], 1)
        self.assertEqual(self.run_tool()[0], 0)
        self.assertEqual(self.run_tool("--check")[0], 0)
        text = tool.read(self.handbook)
        self.assertIn("| `server.port` | `8080` | `MITWIRKEN_SERVER_PORT` | Wort für server.port |", text)
        self.assertIn('| `server.trusted_proxies` | `["127.0.0.1", "::1"]` |', text)
        self.assertIn('| `mail.password` | `""` |', text)
        self.assertTrue(text.startswith("a\n") and text.endswith("\nb\n"))

    def test_an_example_that_is_out_of_step_is_refused(self):
        self.run_tool()
        for old, new, words in (("# port = 8080\n", "", "server.port is missing"),
                                ("port = 8080", "port = 80", "config.h says 8080"),
                                ("# user", "# usr = 1\n# user", "mail.usr is no setting")):
            self.put("packaging/mitwirken.toml", EXAMPLE.replace(old, new))
            status, text = self.run_tool("--check")
            self.assertEqual(status, 1)
            self.assertIn(words, text)


if __name__ == "__main__":
    unittest.main()
