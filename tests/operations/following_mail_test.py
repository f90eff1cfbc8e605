"""Following by mail through a real SMTP server: a resident follows, confirms, is told, and ends it with one click.

Checked are the bytes that arrive: headers (RFC 8058, RFC 2047), both parts, and that nothing typed adds a header.
"""
import base64
import email
import email.policy
import http.client
import json
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import house  # noqa: E402

SMTP = os.path.join(house.ROOT, "src", "platform", "tests", "data", "smtp_server.py")
IDEAS = "/verfahren/smart-rhino/ideen/ideen/neu"


class Post:
    """A mail server of its own; what it takes waits in a queue."""

    def __init__(self, folder):
        key, certificate = f"{folder}/key.pem", f"{folder}/certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", key,
                        "-subj", "/CN=127.0.0.1", "-out", certificate], check=True, capture_output=True)
        # Debian's package belongs to Debian's Python, which need not be the first one on the path.
        self.process = subprocess.Popen(["/usr/bin/python3", SMTP, certificate, key], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.mails = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.mails.put(json.loads(line))

    def next(self, seconds=30):
        taken = self.mails.get(timeout=seconds)
        return taken["to"], email.message_from_bytes(base64.b64decode(taken["data"]), policy=email.policy.default)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


def link_in(mail, what):
    text = mail.get_body(("plain",)).get_content()
    return re.search(rf"http://\S+(/folgen/{what}/\S+)", text)[1]


class FollowingByMail(unittest.TestCase):
    def setUp(self):
        base = tempfile.TemporaryDirectory()
        self.addCleanup(base.cleanup)
        self.post = Post(base.name)
        self.addCleanup(self.post.stop)
        data = house.example(base.name)
        self.server = house.Server(data, "--set", f"mail.smtp_url=smtp://127.0.0.1:{self.post.port}", "--set",
                                   "mail.require_tls=false", "--set", "mail.from=Mitwirken <mitwirken@example.org>")
        self.addCleanup(self.server.stop)

    def fill_in(self, browser, page, action, **fields):
        reader = house.FormReader("form")
        reader.feed(browser.get(page).text)
        kept = [(name, value) for name, value in reader.fields if name and name not in fields]
        time.sleep(4.5)  # nobody is faster, and the program knows it
        return browser.post(action, kept + list(fields.items()))

    def test_a_resident_follows_is_told_and_ends_it_with_one_click(self):
        anna, ben = self.server.browser(), self.server.browser()
        followed = self.fill_in(anna, "/folgen?verfahren=smart-rhino", "/folgen", rhythmus="at_once",
                                email="anna@example.org")
        self.assertEqual(followed.status, 303, followed.text[:500])
        to, asked = self.post.next()
        self.assertEqual(to, ["anna@example.org"])
        self.assertNotIn("List-Unsubscribe", asked)
        self.assertEqual(anna.post(link_in(asked, "bestaetigen")).status, 303)

        injected = "Bänke für Ältere\r\nBcc: alle@example.org\r\n\r\n<script>alert(1)</script>"
        handed_in = self.fill_in(ben, IDEAS, IDEAS, _step="", title=injected,
                                 body="Mit Lehne, für **Größe** & Übermut.")
        self.assertEqual(handed_in.status, 303, handed_in.text[:500])
        to, told = self.post.next()
        self.assertEqual(to, ["anna@example.org"])
        self.assertEqual(told["To"], "anna@example.org")
        self.assertNotIn("Bcc", told)
        self.assertIn("Bänke für Ältere", told["Subject"])
        self.assertIn("Bcc: alle@example.org", told["Subject"])  # as words of the title, on one line
        end = told["List-Unsubscribe"]
        self.assertRegex(end, rf"^<http://127\.0\.0\.1:{self.server.port}/folgen/ende/[\w.-]+>$")
        self.assertEqual(told["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertEqual(told.get_content_type(), "multipart/alternative")
        text, page = told.get_body(("plain",)).get_content(), told.get_body(("html",)).get_content()
        for part in (text, page):
            self.assertIn("Größe & Übermut" if part is text else "Größe &amp; Übermut", part)
            self.assertIn(handed_in.location, part)
        self.assertIn('lang="de"', page)
        self.assertNotIn("<script>", page)
        for part in told.walk():  # whichever charset is the smallest that holds it, it is named
            if not part.is_multipart():
                self.assertIn(part.get_content_charset(), ("utf-8", "iso-8859-1"))

        # A filter opens the link and nothing ends; then the mail program posts it, without cookie and origin.
        path = urllib.parse.urlsplit(end.strip("<>")).path
        self.assertEqual(self.server.browser().get(path).status, 200)
        program = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        program.request("POST", path, "List-Unsubscribe=One-Click",
                        {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(program.getresponse().status, 200)
        program.close()
        self.assertIn("Sie haben im Moment nichts abonniert", anna.get(link_in(told, "meine")).text)
        self.assertEqual(self.fill_in(ben, IDEAS, IDEAS, title="Noch eine", body="Danach.").status, 303)
        with self.assertRaises(queue.Empty):
            self.post.next(seconds=3)


if __name__ == "__main__":
    unittest.main()
