"""Copies and crashes: backup while writing, restore that is verified, kill -9 under load; SQLite and PostgreSQL."""
import glob
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import house  # noqa: E402


class Writers:
    """Editors that hand in one article after the other and note what was acknowledged."""

    def __init__(self, server, count=3, name="Meldung"):
        self.acknowledged, self.refused, self.stop, self.lock = [], [], False, threading.Lock()
        self.name = name
        browsers = [server.signed_in("coordinator") for _ in range(count)]
        self.threads = [threading.Thread(target=self.write, args=(number, browser))
                        for number, browser in enumerate(browsers)]
        for thread in self.threads:
            thread.start()

    def write(self, number, browser):
        for i in range(100_000):
            title = f"{self.name} {number}-{i}"
            try:
                answer = browser.post("/verwaltung/neuigkeiten/neu", title=title, lead="Kurz", body="Text",
                                      day="2026-01-15", _version="0")
            except (OSError, house.http.client.HTTPException):
                return  # the service was killed
            with self.lock:
                if answer.status == 303:
                    self.acknowledged.append(title)
                else:
                    self.refused.append((title, answer.status))
            if self.stop:
                return

    def so_far(self):
        with self.lock:
            return list(self.acknowledged)

    def join(self):
        self.stop = True
        for thread in self.threads:
            thread.join()
        assert not self.refused, self.refused


def titles(data):
    with sqlite3.connect(f"file:{data}/mitwirken.db?mode=ro", uri=True) as database:
        return {row[0] for row in database.execute("SELECT title FROM news_article")}


def counts(data):
    """Without core_fact: when the last copy was made is noted after it was made."""
    with sqlite3.connect(f"file:{data}/mitwirken.db?mode=ro", uri=True) as database:
        tables = [row[0] for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'platform_search%' "
            "AND name <> 'core_fact'")]
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


class Copies(unittest.TestCase):
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

    def backup(self, name="copy", **more):
        house.run("backup", "--data", self.data, "--to", f"{self.base}/{name}", **more)
        return f"{self.base}/{name}"

    def refused(self, words, *arguments):
        done = house.run(*arguments, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(words, done.stderr)

    def test_a_copy_made_while_others_write_holds_everything_acknowledged_before_it_began(self):
        with house.Server(self.data) as server:
            writers = Writers(server)
            house.eventually(lambda: len(writers.so_far()) > 30, "writing")
            before = writers.so_far()
            copy = self.backup()
            after = len(writers.so_far())
            writers.join()
            self.assertGreater(after, len(before), "the service went on writing while the copy was made")
        house.run("restore", "--from", copy, "--data", f"{self.base}/back")
        self.assertLessEqual(set(before), titles(f"{self.base}/back"))
        self.assertEqual(house.run("check", "--data", f"{self.base}/back").stdout, "all is well\n")

    def test_what_is_restored_equals_what_was_there_and_is_served(self):
        copy = self.backup()
        done = house.run("restore", "--from", copy, "--data", f"{self.base}/back")
        self.assertIn("restored and verified", done.stdout)
        self.assertEqual(counts(f"{self.base}/back"), counts(self.data))
        files = [os.path.relpath(name, self.data) for name in glob.glob(f"{self.data}/files/*/*")]
        self.assertTrue(files)
        for name in [*files, "secret.key"]:
            with open(f"{self.data}/{name}", "rb") as old, open(f"{self.base}/back/{name}", "rb") as new:
                self.assertEqual(old.read(), new.read(), name)
        self.assertEqual(os.stat(f"{self.base}/back").st_mode & 0o777, 0o700)
        shutil.copy(f"{self.data}/example-logins.txt", f"{self.base}/back")
        with house.Server(f"{self.base}/back") as server:
            self.assertEqual(server.browser().get("/instrumente").status, 200)
            server.signed_in("admin")

    def test_a_restore_never_overwrites_what_is_there(self):
        copy, before = self.backup(), counts(self.data)
        self.refused("is not empty", "restore", "--from", copy, "--data", self.data)
        self.assertEqual(counts(self.data), before)
        os.mkdir(f"{self.base}/other")
        with open(f"{self.base}/other/letter", "w", encoding="utf-8") as file:
            file.write("mine")
        self.refused("is not empty", "restore", "--from", copy, "--data", f"{self.base}/other")
        self.assertEqual(os.listdir(f"{self.base}/other"), ["letter"])
        self.refused("exists already", "backup", "--data", self.data, "--to", copy)

    def test_a_damaged_copy_is_refused_and_leaves_nothing(self):
        copy = self.backup()
        stored = glob.glob(f"{copy}/files/*/*")[0]
        name = os.path.relpath(stored, copy)
        whole = open(stored, "rb").read()
        for damage, words in ((b"x" + whole[1:], f"{name} in the copy is damaged"), (None, f"the copy lacks {name}")):
            os.remove(stored)
            if damage is not None:
                with open(stored, "wb") as file:
                    file.write(damage)
            self.refused(words, "restore", "--from", copy, "--data", f"{self.base}/back")
        with open(stored, "wb") as file:
            file.write(whole)
        with open(f"{copy}/foreign", "w", encoding="utf-8"):
            pass
        self.refused("foreign does not belong to the copy", "restore", "--from", copy, "--data", f"{self.base}/back")
        os.remove(f"{copy}/foreign")
        with open(f"{copy}/database", "r+b") as file:
            file.seek(5000)
            file.write(os.urandom(100))
        self.refused("database in the copy is damaged", "restore", "--from", copy, "--data", f"{self.base}/back")
        with open(f"{copy}/contents.json", "w", encoding="utf-8") as file:
            file.write("{")
        self.refused("contents.json is damaged", "restore", "--from", copy, "--data", f"{self.base}/back")
        self.refused("is no copy", "restore", "--from", self.example, "--data", f"{self.base}/back")
        self.assertFalse(os.path.exists(f"{self.base}/back"))

    def test_a_copy_of_an_installation_that_lacks_a_file_says_so_and_is_made_all_the_same(self):
        stored = glob.glob(f"{self.data}/files/*/*")[0]
        os.remove(stored)
        done = house.run("backup", "--data", self.data, "--to", f"{self.base}/copy", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("is missing", done.stderr)
        self.assertTrue(os.path.exists(f"{self.base}/copy/contents.json"))

    def test_check_finds_a_changed_file_and_a_changed_record(self):
        self.assertEqual(house.run("check", "--data", self.data).stdout, "all is well\n")
        stored = glob.glob(f"{self.data}/files/*/*")[0]
        with open(stored, "ab") as file:
            file.write(b"more")
        with sqlite3.connect(f"{self.data}/mitwirken.db") as database:
            database.execute("DROP TRIGGER core_audit_no_update")
            database.execute("UPDATE core_audit SET details = 'nothing happened' WHERE number = 1 AND tenant_id = 1")
        done = house.run("check", "--data", self.data, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("is damaged", done.stdout)
        self.assertIn("audit log of dortmund", done.stdout)
        self.assertIn("2 problems", done.stdout)

    def test_nothing_works_on_an_installation_that_is_not_there_or_makes_one_by_a_slip(self):
        nowhere = f"{self.base}/slip"
        for arguments in (["check"], ["backup", "--to", f"{self.base}/copy"], ["tenant"], ["serve", "--port", "0"],
                          ["export", "--tenant", "dortmund"]):
            self.refused("there is no database", *arguments, "--data", nowhere)
            self.assertFalse(os.path.exists(nowhere), arguments)

    def test_every_acknowledged_write_is_there_after_kill_9(self):
        for number in range(3):
            server = house.Server(self.data)
            writers = Writers(server, name=f"Runde {number}")
            house.eventually(lambda: len(writers.so_far()) > 40, "writing")
            server.stop(signal.SIGKILL)
            writers.join()
            with house.Server(self.data):
                lost = set(writers.so_far()) - titles(self.data)
                self.assertEqual(lost, set())
            self.assertEqual(house.run("check", "--data", self.data).stdout, "all is well\n")

    def test_files_stay_while_a_copy_is_made(self):
        import fcntl
        stored = os.path.relpath(glob.glob(f"{self.data}/files/*/*")[0], f"{self.data}/files")
        with sqlite3.connect(f"{self.data}/mitwirken.db") as database:
            database.execute("INSERT INTO platform_job (tenant_id, kind, payload, state, due_at, created_at) "
                             "VALUES (1, 'files.remove', ?, 'waiting', 0, 0)", (stored,))
        with open(f"{self.data}/copy.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.refused("another copy is being made", "backup", "--data", self.data, "--to", f"{self.base}/copy")
            with house.Server(self.data) as server:
                house.eventually(lambda: "job_failed" in server.log(), "the removal that waits")
                self.assertTrue(os.path.exists(f"{self.data}/files/{stored}"))
        with sqlite3.connect(f"{self.data}/mitwirken.db") as database:
            database.execute("UPDATE platform_job SET due_at = 0")
        with house.Server(self.data):
            house.eventually(lambda: not os.path.exists(f"{self.data}/files/{stored}"), "the removal")


class PostgresqlCopies(unittest.TestCase):
    def setUp(self):
        base = tempfile.TemporaryDirectory()
        self.addCleanup(base.cleanup)
        self.base = base.name

    def test_a_copy_while_writing_goes_back_into_an_empty_database_and_nowhere_else(self):
        data, back, copy = f"{self.base}/data", f"{self.base}/back", f"{self.base}/copy"
        with house.postgresql() as url, house.postgresql() as empty:
            house.run("migrate", "--data", data, "--database", url)
            house.run("example", "--data", data, "--database", url)
            with house.Server(data, "--database", url) as server:
                writers = Writers(server, 2)
                house.eventually(lambda: len(writers.so_far()) > 10, "writing")
                before = writers.so_far()
                house.run("backup", "--data", data, "--database", url, "--to", copy)
                writers.join()
            wrong = house.run("restore", "--from", copy, "--data", back, check=False)
            self.assertIn("this copy is of PostgreSQL, but the settings name SQLite", wrong.stderr)
            wrong = house.run("restore", "--from", copy, "--data", back, "--database", url, check=False)
            self.assertIn("has tables already", wrong.stderr)
            self.assertEqual(os.listdir(back) if os.path.exists(back) else [], [])
            done = house.run("restore", "--from", copy, "--data", back, "--database", empty)
            self.assertIn("restored and verified", done.stdout)
            restored = house.psql(empty, "SELECT title FROM news_article").splitlines()
            self.assertLessEqual(set(before), set(restored))
            self.assertEqual(house.run("check", "--data", back, "--database", empty).stdout, "all is well\n")
            with open(f"{copy}/contents.json", encoding="utf-8") as file:
                listed = json.load(file)
            self.assertEqual(listed["engine"], "postgresql")
            self.assertIn("secret.key", listed["files"])

    def test_every_acknowledged_write_is_there_after_kill_9(self):
        data = f"{self.base}/data"
        with house.postgresql() as url:
            house.run("migrate", "--data", data, "--database", url)
            house.run("example", "--data", data, "--database", url)
            server = house.Server(data, "--database", url)
            writers = Writers(server, 2)
            house.eventually(lambda: len(writers.so_far()) > 20, "writing")
            server.stop(signal.SIGKILL)
            writers.join()
            kept = set(house.psql(url, "SELECT title FROM news_article").splitlines())
            self.assertLessEqual(set(writers.so_far()), kept)
            self.assertEqual(house.run("check", "--data", data, "--database", url).stdout, "all is well\n")


if __name__ == "__main__":
    unittest.main()
