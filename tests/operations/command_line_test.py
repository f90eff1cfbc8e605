"""The commands of the program: help, settings and their precedence, accounts, municipalities, import and export."""
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import house  # noqa: E402

COMMANDS = ["serve", "migrate", "example", "tenant", "user", "backup", "restore", "check", "import", "export", "routes",
            "settings", "version"]


class Settings(unittest.TestCase):
    def setUp(self):
        base = tempfile.TemporaryDirectory()
        self.addCleanup(base.cleanup)
        self.base = base.name

    def refused(self, words, *arguments, **more):
        done = house.run(*arguments, check=False, **more)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn(words, done.stderr + done.stdout)

    def toml(self, text):
        with open(f"{self.base}/settings.toml", "w", encoding="utf-8") as file:
            file.write(text)
        return f"{self.base}/settings.toml"

    def test_every_command_has_a_help_that_names_its_options(self):
        listed = house.run("--help").stdout
        for command in COMMANDS:
            self.assertRegex(listed, rf"(?m)^  {command} ")
            text = house.run(command, "--help").stdout
            self.assertIn("--data", text)
            self.assertIn("--config", text)
        self.assertEqual(re.findall(r"(?m)^  ([a-z]+) ", listed[listed.index("Subcommands"):]),
                         [*COMMANDS, "procedure"])
        for command in ("export", "import"):
            self.assertIn("--tenant", house.run("procedure", command, "--help").stdout)

    def test_a_slip_names_the_nearest_that_is_meant(self):
        self.refused("there is no command serv – did you mean serve?", "serv")
        self.refused("--prot is not understood – did you mean --port?", "serve", "--prot", "80")
        self.refused("--dry is not understood", "import", "--tenant", "a", "--dry", "file")
        self.refused("mial.from: no such setting – did you mean mail.from?", "check", "--set", "mial.from=a@b.de")
        self.refused("MITWIRKEN_MAIL_FORM: mail_form: no such setting – did you mean mail.from?", "check",
                     MITWIRKEN_MAIL_FORM="a@b.de")
        # Also where no setting is needed.
        for command in ("version", "routes", "settings"):
            self.refused("MITWIRKEN_MAIL_FORM: mail_form: no such setting – did you mean mail.from?", command,
                         MITWIRKEN_MAIL_FORM="a@b.de")
        file = self.toml('[mail]\nfrom = "a@b.de"\nsmtp_ulr = "smtp://localhost"\n')
        self.refused(f"{file}:3: mail.smtp_ulr: no such setting – did you mean mail.smtp_url?", "check", "--config",
                     file)
        self.refused("[sever]: no such section – did you mean [server]?", "check", "--config", self.toml("[sever]\n"))
        self.refused("prot: no such setting", "check", "--config", self.toml("prot = 1\n"))

    def test_values_that_mean_nothing_are_refused(self):
        for setting, words in (("server.port=99999", "0 … 65535 is expected, not 99999"),
                               ("server.port=http", 'a whole number is expected, not "http"'),
                               ("log_level=loud", "debug, info, warning or error is expected"),
                               ("role=everything", "all, web or worker is expected"),
                               ("mail.require_tls=perhaps", "true or false is expected"),
                               ("database.readers=0", "1 … 1000 is expected, not 0"),
                               ("mail.from", "expects key=value")):
            self.refused(words, "check", "--set", setting)
        self.refused("settings.toml:1:", "check", "--config", self.toml("port = = 1\n"))
        self.refused("nowhere.toml", "check", "--config", f"{self.base}/nowhere.toml")

    def test_a_flag_wins_over_the_environment_and_that_over_the_file(self):
        data = f"{self.base}/data"
        house.run("migrate", "--data", data)
        file = self.toml('[server]\nmetrics_token = "file"\n')

        def accepted(token, *arguments, **more):
            with house.Server(data, "--config", file, *arguments, **more) as server:
                return server.browser().get("/metrics", Authorization=f"Bearer {token}").status

        self.assertEqual(accepted("file"), 200)
        self.assertEqual(accepted("environment", MITWIRKEN_SERVER_METRICS_TOKEN="environment"), 200)
        flag = ("--set", "server.metrics_token=flag")
        self.assertEqual(accepted("flag", *flag, MITWIRKEN_SERVER_METRICS_TOKEN="environment"), 200)
        self.assertEqual(accepted("environment", *flag, MITWIRKEN_SERVER_METRICS_TOKEN="environment"), 403)

    def test_the_file_of_the_package_holds_every_setting_and_is_accepted(self):
        with open(os.path.join(house.ROOT, "packaging", "mitwirken.toml"), encoding="utf-8") as file:
            text = file.read()
        everything = re.sub(r"(?m)^# ([a-z_]+ = )", r"\1", text).replace('url = "postgresql:///mitwirken?host='
                                                                         '/run/postgresql"\n', "")
        done = house.run("check", "--config", self.toml(everything), "--data", f"{self.base}/none", check=False)
        self.assertIn("there is no database", done.stderr)
        keys = [line.split()[0] for line in house.run("settings").stdout.splitlines()]
        for key in keys:
            self.assertRegex(everything, rf"(?m)^{key.split('.')[-1]} = ")

    def test_the_version_is_said(self):
        self.assertRegex(house.run("version").stdout, r"^mitwirken \d+\.\d+\.\d+\n$")

    def test_routes_are_printed_with_everything_one_must_know_of_them(self):
        routes = json.loads(house.run("routes", "--json").stdout)
        self.assertGreater(len(routes), 100)
        for route in routes:
            self.assertEqual(list(route), ["method", "path", "module", "permission", "kind", "embeddable", "cacheable"])
            self.assertIn(route["method"], ("GET", "POST"))
            self.assertTrue(route["path"].startswith("/") and route["module"] and route["permission"])
            self.assertIsInstance(route["embeddable"], bool)
            self.assertFalse(route["cacheable"] and (route["method"] != "GET" or route["permission"] != "everyone"))
        by_path = {(route["method"], route["path"]): route for route in routes}
        self.assertTrue(by_path["GET", "/instrumente"]["cacheable"])
        self.assertTrue(by_path["GET", "/einbetten/angebote"]["embeddable"])
        self.assertFalse(by_path["GET", "/metrics"]["cacheable"])
        self.assertEqual(len(by_path), len(routes))


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        base = tempfile.TemporaryDirectory()
        cls.addClassCleanup(base.cleanup)
        cls.base = base.name
        cls.data = house.example(base.name)
        cls.server = house.Server(cls.data)
        cls.addClassCleanup(cls.server.stop)

    def command(self, *arguments, **more):
        return house.run(*arguments, "--data", self.data, **more)

    def refused(self, words, *arguments):
        done = self.command(*arguments, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(words, done.stderr)

    def file(self, name, text):
        with open(f"{self.base}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
        return f"{self.base}/{name}"

    def test_log_ins_of_the_example_are_one_for_each_role_and_for_the_owners_eyes_only(self):
        path = f"{self.data}/example-logins.txt"
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual(set(house.logins(self.data)),
                         {"operator", "admin", "coordinator", "editor", "moderator", "analyst", "resident"})
        passwords = {password for _, password in house.logins(self.data).values()}
        self.assertEqual(len(passwords), 7)
        self.assertIn("is there already", self.command("example").stdout)

    def test_a_municipality_that_is_added_is_served_at_once_and_its_administrator_can_sign_in(self):
        browser = self.server.browser("mitwirken.soest.example")
        self.assertEqual(browser.get("/").status, 421)
        self.command("tenant", "--add", "soest", "--name", "Stadt Soest", "--host", "mitwirken.soest.example")
        house.eventually(lambda: browser.get("/").status == 200, "the new municipality is served")
        email, password = self.command("user", "--tenant", "soest", "--role", "admin", "--name", "Anna Beispiel",
                                       "--add", "anna@soest.example").stdout.rstrip("\n").split("\t")
        self.assertEqual(email, "anna@soest.example")
        self.assertEqual(browser.post("/anmelden", email=email, password=password).location, "/verwaltung")
        self.assertIn("soest\tStadt Soest\tmitwirken.soest.example\n", self.command("tenant").stdout)
        self.assertIn("anna@soest.example\tadmin\tAnna Beispiel\n", self.command("user", "--tenant", "soest").stdout)
        self.assertNotIn("soest", self.command("user", "--tenant", "dortmund").stdout)
        self.refused("mitwirken.soest.example belongs to soest", "tenant", "--add", "werl", "--name", "Werl", "--host",
                     "mitwirken.soest.example")
        self.refused("there is a municipality with this key", "tenant", "--add", "soest", "--name", "S", "--host",
                     "s.de")
        self.refused("the key may hold", "tenant", "--add", "So est", "--name", "S", "--host", "s.de")
        self.refused("needs --name and --host", "tenant", "--add", "hamm")
        self.refused("e-mail", "user", "--tenant", "soest", "--role", "admin", "--add", "anna")
        self.refused("no such role: boss", "user", "--tenant", "soest", "--role", "boss", "--add", "b@soest.example")
        self.refused("operators belong to no municipality", "user", "--role", "admin", "--add", "b@soest.example")
        self.refused("there is no municipality unna", "user", "--tenant", "unna")

    def test_an_import_is_all_or_nothing_names_row_and_column_and_shows_before_what_would_change(self):
        head = "key;title;summary;purposes\n"
        good = self.file("good.csv", head + "kuechentisch;Küchentischgespräch;Kleine Runde zu Hause.;exchange\n")
        dry = self.command("import", good, "--tenant", "dortmund", "--dry-run").stdout
        self.assertIn("neu\tkuechentisch", dry)
        self.assertIn("ein Eintrag\nEs wurde nichts geändert", dry)
        self.assertNotIn("kuechentisch", self.exported())
        bad = self.file("bad.csv", head + "kuechentisch;Küchentischgespräch;Kurz.;exchange\n"
                                          "zwei;;Ohne Titel.;nothing\n")
        done = self.command("import", bad, "--tenant", "dortmund", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"Zeile 3: title: ")
        self.assertRegex(done.stderr, r"Zeile 3: purposes: ")
        again = self.command("import", good, "--tenant", "dortmund", "--dry-run").stdout
        self.assertIn("neu\tkuechentisch", again, "the good row of the bad file was not taken")
        self.assertIn("neu\tkuechentisch", self.command("import", good, "--tenant", "dortmund").stdout)
        self.assertNotIn("neu\t", self.command("import", good, "--tenant", "dortmund").stdout)
        self.refused("there is no municipality bochum; there are: dortmund", "import", good, "--tenant", "bochum")
        self.refused("there are: maps, toolbox", "import", good, "--tenant", "dortmund", "--what", "tools")
        self.refused("cannot read", "import", f"{self.base}/none.csv", "--tenant", "dortmund")

    def exported(self):
        return self.command("export", "--tenant", "dortmund").stdout

    def test_an_export_goes_back_in_unchanged_and_is_written_whole_or_not_at_all(self):
        everything = json.loads(self.exported())
        self.assertGreater(len(everything["entries"]), 25)
        file = f"{self.base}/export.json"
        self.command("export", "--tenant", "dortmund", "--out", file)
        again = self.command("import", file, "--tenant", "dortmund", "--dry-run").stdout
        self.assertIn(f"{len(everything['entries'])} Einträge\nEs wurde nichts geändert", again)
        self.assertNotIn("neu\t", again)
        for line in again.splitlines()[:-2]:  # links to what is not published are in no export
            self.assertRegex(line, r"^geändert\t[a-z0-9-]+\tVerwandte Formate$")
        before = open(file, encoding="utf-8").read()
        self.refused("there is no municipality", "export", "--tenant", "bochum", "--out", file)
        self.assertEqual(open(file, encoding="utf-8").read(), before)
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([house.PROGRAM, "export", "--tenant", "dortmund", "--data", self.data], stdout=full,
                                  stderr=subprocess.PIPE, env=house.environment(), text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("is not complete", done.stderr)

    def test_what_the_command_line_imports_is_on_the_pages_of_the_running_service(self):
        browser = self.server.browser()
        self.assertEqual(browser.get("/instrumente?suche=Gartenzaun").status, 200)
        self.assertNotIn("Gartenzaungespräch", browser.get("/instrumente?sortierung=neu").text)
        file = self.file("published.csv", "key;title;summary;purposes;forms;group_sizes;publish\n"
                                          "gartenzaun;Gartenzaungespräch;Gespräch am Zaun.;exchange;analog;1-10;yes\n"
                                          "hecke;Heckengespräch;Gespräch an der Hecke.;exchange;;;no\n")
        self.command("import", file, "--tenant", "dortmund", "--publish")
        self.assertEqual(browser.get("/instrumente/hecke").status, 404)
        later = self.file("later.csv", "Schlüssel;Format/Methode;Kurztext;Anwendungskategorie;"
                                       "Umsetzungsform;Teilnehmerkreis;Veröffentlichen im Web\n"
                                       "zaunpfahl;Zaunpfahlgespräch;Mit Wink.;Austauschen/Diskutieren;"
                                       "Analog;1-10;ja\n")
        self.assertIn("eingereicht", self.command("import", later, "--tenant", "dortmund").stdout)
        self.assertEqual(browser.get("/instrumente/zaunpfahl").status, 404, "nothing is public unless asked for")
        house.eventually(lambda: browser.get("/instrumente/gartenzaun").status == 200, "the imported page")
        house.eventually(lambda: "Gartenzaungespräch" in browser.get("/instrumente?sortierung=neu").text, "the list")

    def test_the_search_index_can_be_built_anew(self):
        self.assertEqual(self.command("check", "--reindex").stdout, "all is well\n")
        self.assertIn("World Caf", self.server.browser().get("/suche?q=World").text)


if __name__ == "__main__":
    unittest.main()
