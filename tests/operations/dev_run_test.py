"""./dev run with a program that is built already: addresses, log-ins, options, a second call within two seconds."""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import house  # noqa: E402


class DevRun(unittest.TestCase):
    """The repository as git knows it, with the build folder of this run put in place as its release."""

    def setUp(self):
        base = tempfile.TemporaryDirectory()
        self.addCleanup(base.cleanup)
        self.root = f"{base.name}/mitwirken"
        os.makedirs(f"{self.root}/build/release")
        for name in ("dev", "packages"):
            source = os.path.join(house.ROOT, name)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, f"{self.root}/{name}")
        for name in ("src", "cmake", "tools", "example", "CMakeLists.txt", "CMakePresets.json"):
            os.symlink(os.path.join(house.ROOT, name), f"{self.root}/{name}")
        os.symlink(house.PROGRAM, f"{self.root}/build/release/mitwirken")
        time.sleep(0.01)
        with open(f"{self.root}/build/release/.dev-stamp-mitwirken", "w", encoding="utf-8"):
            pass  # what `./dev` leaves behind after a build in which nothing was missing
        self.processes = []
        self.addCleanup(self.end_all)

    def end_all(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stderr.close()

    def start(self, *arguments):
        """The process, the seconds until its first page, and the port."""
        port, began = house.free_port(), time.monotonic()
        process = subprocess.Popen([f"{self.root}/dev", "run", "--port", str(port), *arguments], text=True,
                                   env=house.environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.processes.append(process)

        def answers():
            self.assertIsNone(process.poll(), "it ended by itself")
            try:
                return house.Browser(port).get("/health").status == 200
            except OSError:
                return False
        house.eventually(answers, "the first answer", 20)
        return process, time.monotonic() - began, port

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        words = process.stderr.read()
        self.assertEqual(process.wait(timeout=20), 0)
        return words

    def test_it_prints_the_address_and_the_log_ins_and_the_second_call_takes_under_two_seconds(self):
        process, _, port = self.start()
        self.assertEqual(house.Browser(port).get("/instrumente").status, 200)
        words = self.end(process)
        self.assertIn(f"http://127.0.0.1:{port}/", words)
        with open(f"{self.root}/data/example-logins.txt", encoding="utf-8") as file:
            rows = file.read().splitlines()
        self.assertEqual(os.stat(f"{self.root}/data/example-logins.txt").st_mode & 0o777, 0o600)
        self.assertEqual(len(rows), 7)
        for row in rows:
            self.assertRegex(row, r"^[a-z]+\t[a-z]+@example\.org\t[a-z0-9]{16}$")
            self.assertIn(row, words)
            role, email, password = row.split("\t")
            self.assertTrue(role and email and password)
        process, seconds, port = self.start()
        self.assertLess(seconds, 2)
        browser = house.Browser(port)
        _, email, password = rows[1].split("\t")
        self.assertEqual(browser.post("/anmelden", email=email, password=password).status, 303)
        self.end(process)

    def test_another_data_folder_without_the_example_has_no_account(self):
        process, _, port = self.start("--data", f"{self.root}/elsewhere", "--no-example")
        self.assertEqual(house.Browser(port).get("/").status, 421)
        words = self.end(process)
        self.assertNotRegex(words, "log-ins")
        self.assertTrue(os.path.exists(f"{self.root}/elsewhere/mitwirken.db"))
        self.assertFalse(os.path.exists(f"{self.root}/elsewhere/example-logins.txt"))
        self.assertFalse(os.path.exists(f"{self.root}/data"))
        self.assertEqual(house.run("user", "--data", f"{self.root}/elsewhere").stdout, "")

    def test_a_wrong_option_is_refused_with_the_right_ones(self):
        done = subprocess.run([f"{self.root}/dev", "run", "--prot", "1"], env=house.environment(), capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(re.search(r"unknown option '--prot' \(--port N", done.stderr), done.stderr)


if __name__ == "__main__":
    unittest.main()
