"""The running service: monitoring, the log, several processes on one database, jobs that failed, a graceful end."""
import glob
import json
import os
import re
import signal
import socket
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import house  # noqa: E402

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (NaN|[+-]Inf|[-+]?[0-9.]+(?:e[-+]?[0-9]+)?)")


def read_figures(text):
    """Prometheus text format 0.0.4, strictly: (name, labels) -> value. Raises AssertionError on any slip."""
    figures, types, helps, family = {}, {}, set(), None
    assert text.endswith("\n"), "the last line must end"
    for line in text[:-1].split("\n"):
        if match := re.fullmatch(rf"# HELP ({NAME}) .+", line):
            assert match[1] not in helps, f"two HELP lines for {match[1]}"
            helps.add(match[1])
        elif match := re.fullmatch(rf"# TYPE ({NAME}) (counter|gauge|histogram|summary|untyped)", line):
            assert match[1] not in types, f"two TYPE lines, or lines of {match[1]} apart from each other"
            family = match[1]
            types[family] = match[2]
            assert family in helps, f"{family} has no HELP"
            assert match[2] != "counter" or family.endswith("_total"), f"the counter {family} must end with _total"
        else:
            match = SAMPLE.fullmatch(line)
            assert match, f"no line of the format: {line!r}"
            name = match[1]
            if types[family] == "histogram":
                name = re.sub(r"_(bucket|sum|count)$", "", name)
            assert name == family, f"{match[1]} does not stand below its TYPE"
            assert (match[1], match[2]) not in figures, f"twice: {line}"
            figures[match[1], match[2]] = float(match[3])
            assert types[family] != "counter" or float(match[3]) >= 0
    return figures


def lines_of(log):
    return [json.loads(line) for line in log.splitlines()]


class Service(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        base = tempfile.TemporaryDirectory()
        cls.addClassCleanup(base.cleanup)
        cls.example = house.example(base.name)

    def setUp(self):
        base = tempfile.TemporaryDirectory()
        self.addCleanup(base.cleanup)
        self.base = base.name
        self.data = house.copy_of(self.example, f"{base.name}/data")

    def sql(self, text, *values):
        with sqlite3.connect(f"{self.data}/mitwirken.db", timeout=10) as database:
            return database.execute(text, values).fetchall()

    def test_monitoring_is_answered_for_any_host_name_and_the_figures_can_be_read_strictly(self):
        with house.Server(self.data) as server:
            monitor = server.browser("192.0.2.1")
            self.assertEqual(monitor.get("/health").status, 200)
            self.assertEqual((monitor.get("/ready").status, monitor.get("/").status), (200, 421))
            before = read_figures(monitor.get("/metrics").text)
            browser = server.browser()
            for path in ("/", "/instrumente", "/instrumente", "/instrumente", "/gibt-es-nicht"):
                browser.get(path)
            answer = monitor.get("/metrics")
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
            after = read_figures(answer.text)
            key = "mitwirken_responses_total"
            self.assertEqual(after[key, 'status="4xx"'] - before[key, 'status="4xx"'], 1)
            self.assertGreaterEqual(after[key, 'status="2xx"'] - before[key, 'status="2xx"'], 3)
            self.assertGreaterEqual(after["mitwirken_page_cache_hits_total", None], 1)
            self.assertGreater(after["mitwirken_anonymous_memory_bytes", None], 1_000_000)
            with open(os.path.join(house.ROOT, "docs", "operator", "betrieb.md"), encoding="utf-8") as file:
                handbook = file.read()
            for name in {name for name, _ in after}:
                self.assertIn(name.replace("mitwirken_page_cache", ""), handbook)
            for name in re.findall(r"mitwirken_[a-z_]+(?=[{\[ ])", handbook[handbook.index("groups:"):]):
                self.assertIn(name, {known for known, _ in after})

    def test_readiness_ends_when_the_database_is_gone(self):
        with house.postgresql() as url:
            house.run("migrate", "--data", self.data, "--database", url)
            with house.Server(self.data, "--database", url) as server:
                self.assertEqual(server.browser().get("/ready").status, 200)
                name = re.search(r"/(operations_\w+)\?", url)[1]
                admin = os.environ["MITWIRKEN_TEST_POSTGRESQL"]
                house.psql(admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
                house.psql(admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                  f"WHERE datname = '{name}'")
                house.eventually(lambda: server.browser().get("/ready").status == 503, "not ready", 15)
                self.assertEqual(server.browser().get("/health").status, 200)
                house.psql(admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
                house.eventually(lambda: server.browser().get("/ready").status == 200, "ready again", 15)

    def test_the_log_is_json_and_says_nothing_about_people(self):
        secret = ["anna.geheim@example.net", "anna.geheim", "203.0.113.77", "Sonnenblume", "Rittersporn", "falsch-17"]
        with house.Server(self.data, "--set", "log_level=debug") as server:
            email, password = house.logins(self.data)["coordinator"]
            browser = server.browser()
            about = {"X_Forwarded_For": "203.0.113.77", "User_Agent": "Rittersporn/1", "Referer": "http://Rittersporn/"}
            for path in ("/suche?q=anna.geheim@example.net", "/gibt-es-nicht/anna.geheim@example.net",
                         "/anmelden?weiter=/Sonnenblume", "/passwort/Sonnenblume", "/instrumente?suche=Sonnenblume"):
                browser.get(path, **about)
            browser.post("/anmelden", email="anna.geheim@example.net", password="falsch-17")
            browser.post("/anmelden", email=email, password="falsch-17")
            browser.post("/passwort", email=email)
            browser = server.signed_in("coordinator")
            browser.post("/verwaltung/neuigkeiten/neu", title="Sonnenblume", lead="Sonnenblume", body="", day="x",
                         _version="0")
            browser.post("/verwaltung/neuigkeiten/neu", title="Sonnenblume", lead="Sonnenblume", body="Sonnenblume",
                         day="2026-01-15", _version="0")
            browser.ask("POST", "/verwaltung/neuigkeiten/neu", b"\xff\xfeSonnenblume",
                        Content_Type="multipart/form-data; boundary=Sonnenblume")
            house.eventually(lambda: glob.glob(f"{self.data}/outbox/*/*"), "the mail")
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                line.sendall(b"GET /Sonnenblume HTTP/9.9 anna.geheim@example.net\r\n\r\n")
                line.recv(1000)
            secret += [email, password, *browser.cookies.values()]
            server.stop()
            lines = lines_of(server.log())
            self.assertGreater(len([line for line in lines if line["event"] == "request"]), 8)
            for line in lines:
                self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
                self.assertIn(line["level"], ("debug", "info", "warning", "error"))
                self.assertRegex(line["event"], "^[a-z_]+$")
            for word in secret:
                self.assertNotIn(word, server.log())

    def test_the_level_of_the_log_is_what_the_settings_say(self):
        with house.Server(self.data, "--set", "log_level=warning") as server:
            server.browser().get("/")
            server.stop()
            self.assertEqual(server.log(), "")

    def test_a_worker_process_does_the_jobs_of_a_web_process(self):
        for url in (None, "postgresql"):
            with self.subTest(url=url or "sqlite"), house.postgresql() as postgresql:
                database = ("--database", postgresql) if url else ()
                if url:
                    house.run("migrate", "--data", self.data, *database)
                    os.remove(f"{self.data}/example-logins.txt")
                    house.run("example", "--data", self.data, *database)
                with house.Server(self.data, "--role", "worker", *database):
                    time.sleep(2)  # what comes round again is planned: the night's cleaning, the next step to be told
                for mail in glob.glob(f"{self.data}/outbox/*/*"):
                    os.remove(mail)
                with house.Server(self.data, "--set", "role=web", *database) as web:
                    before = waiting(web)
                    self.assertEqual(web.browser().post("/passwort", email=house.logins(self.data)["editor"][0]).status,
                                     303)
                    time.sleep(1.5)
                    self.assertEqual((waiting(web), glob.glob(f"{self.data}/outbox/*/*")), (before + 1, []))
                    with house.Server(self.data, "--role", "worker", *database) as worker:
                        house.eventually(lambda: glob.glob(f"{self.data}/outbox/*/*"), "the mail of the worker")
                        self.assertEqual(worker.browser().get("/ready").status, 200)
                        self.assertEqual(worker.browser().get("/").status, 404)
                        house.eventually(lambda: waiting(web) <= before, "the job is done")  # noqa: B023

    def test_what_one_process_writes_no_other_shows_in_its_old_state(self):
        with house.postgresql() as postgresql:
            second = f"{self.base}/second"
            house.run("example", "--data", second, "--database", postgresql)
            for data, database in ((self.data, ()), (second, ("--database", postgresql))):
                with house.Server(data, *database) as one, house.Server(data, *database) as other:
                    reader, admin = other.browser(), one.signed_in("admin")
                    for number in range(3):
                        name = f"Neuer Name {number}"
                        self.assertNotIn(name, reader.get("/netiquette").text)
                        self.assertEqual(admin.change("/verwaltung/einstellungen", site_name=name).status, 303)
                        house.eventually(lambda: name in reader.get("/netiquette").text, "the new name", 3)

    def test_jobs_that_failed_for_good_are_seen_tried_again_and_removed_by_administrators(self):
        self.sql("INSERT INTO platform_job (tenant_id, kind, payload, state, attempts, due_at, created_at) "
                 "VALUES (1, 'nobody.does', '7', 'waiting', 5, 0, 0)")
        with house.Server(self.data) as server:
            figures = lambda: read_figures(server.browser().get("/metrics").text)  # noqa: E731
            house.eventually(lambda: figures()["mitwirken_jobs", 'state="dead"'] == 1, "the job gives up")
            self.assertEqual([line["kind"] for line in lines_of(server.log()) if line["event"] == "job_dead"],
                             ["nobody.does"])
            for role, status in (("admin", 200), ("operator", 200), ("coordinator", 403), ("analyst", 403)):
                page = server.signed_in(role).get("/verwaltung/auftraege")
                self.assertEqual(page.status, status, role)
                if status == 200:
                    self.assertIn("nobody.does", page.text)
                    self.assertIn("there is no handler for this kind of job", page.text)
            admin = server.signed_in("admin")
            number = str(self.sql("SELECT id FROM platform_job WHERE kind = 'nobody.does'")[0][0])
            self.assertEqual(admin.post("/verwaltung/auftraege", id=number, do="again").status, 303)
            state = "SELECT attempts, state FROM platform_job WHERE id = ?"
            house.eventually(lambda: self.sql(state, number) == [(1, "waiting")], "tried again")
            self.sql("UPDATE platform_job SET attempts = 5, due_at = 0 WHERE id = ?", number)
            house.eventually(lambda: figures()["mitwirken_jobs", 'state="dead"'] == 1, "given up again")
            self.assertEqual(admin.post("/verwaltung/auftraege", id=number, do="remove").status, 303)
            self.assertEqual(self.sql("SELECT count(*) FROM platform_job WHERE id = ?", number), [(0,)])

    def test_sigterm_ends_it_after_the_requests_that_have_begun(self):
        with house.Server(self.data) as server:
            body = b"email=a%40b.de&password=" + b"x" * 50_000
            slow = socket.create_connection(("127.0.0.1", server.port))
            slow.sendall(b"POST /anmelden HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                         b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
                         % (server.port, server.port, len(body)))
            slow.sendall(body[:20_000])
            idle = socket.create_connection(("127.0.0.1", server.port))
            time.sleep(0.2)
            server.process.send_signal(signal.SIGTERM)
            house.eventually(lambda: refuses(server.port), "no new connections")
            self.assertIsNone(server.process.poll(), "it waits for the request")
            slow.sendall(body[20_000:])
            answer = b""
            while piece := slow.recv(65536):
                answer += piece
            self.assertTrue(answer.startswith(b"HTTP/1.1 422 "), answer[:200])
            self.assertTrue(answer.rstrip().endswith(b"</html>"))
            self.assertEqual(server.process.wait(timeout=10), 0)
            self.assertEqual(lines_of(server.log())[-1]["event"], "stopped")
            idle.close()

    def test_a_port_that_is_taken_and_a_database_that_was_changed_are_said_in_words(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = house.run("serve", "--data", self.data, "--port", str(port), check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn("Address already in use", done.stderr)
        self.sql("UPDATE platform_migration SET checksum = 'other' WHERE module = 'core'")
        for command in ("serve", "check", "migrate"):
            done = house.run(command, "--data", self.data, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn("has been changed after it was run", done.stderr)

    def test_sigterm_during_many_requests_breaks_none_off(self):
        with house.Server(self.data) as server:
            broken, whole, threads = [], [], []

            def read():
                browser = server.browser()
                while True:
                    try:
                        answer = browser.get("/instrumente")
                    except (ConnectionError, house.http.client.RemoteDisconnected):
                        return  # closed between two requests
                    except Exception as error:  # pylint: disable=broad-except
                        broken.append(error)
                        return
                    (whole if answer.status == 200 and answer.text.rstrip().endswith("</html>") else broken).append(1)
            for _ in range(8):
                threads.append(threading.Thread(target=read))
                threads[-1].start()
            house.eventually(lambda: len(whole) > 100, "requests")
            self.assertEqual(server.stop(), 0)
            for thread in threads:
                thread.join()
            self.assertEqual(broken, [])


def waiting(server):
    return read_figures(server.browser().get("/metrics").text)["mitwirken_jobs", 'state="waiting"']


def refuses(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


if __name__ == "__main__":
    unittest.main()
