"""A running house for tests in Python: temporary data folder, the example, a free port, forms sent as a browser would.

What must stay true: nothing outside the temporary folder is written, every process started here is ended again.
"""
import http.cookiejar
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class House:
    def __init__(self):
        program = os.environ["MITWIRKEN_TEST_BINARY"]
        self.folder = tempfile.TemporaryDirectory(prefix="mitwirken-house-")
        bare = {name: value for name, value in os.environ.items() if not name.startswith("MITWIRKEN_")}
        data = ["--data", self.folder.name]
        for command in ("migrate", "example"):
            subprocess.run([program, command, *data], check=True, env=bare, stdout=subprocess.DEVNULL)
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.server = subprocess.Popen([program, "serve", *data, "--port", str(port)], env=bare,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                if self.get("/health"):
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("the server did not answer within 30 seconds")

    def stop(self):
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def get(self, path):
        """The text of an answer; follows absolute addresses of this house as well."""
        with urllib.request.urlopen(path if path.startswith("http") else self.base + path) as reply:
            return reply.read().decode("utf-8")

    def type_of(self, path):
        with urllib.request.urlopen(self.base + path) as reply:
            return reply.headers["Content-Type"]

    def sign_in(self, role):
        with open(os.path.join(self.folder.name, "example-logins.txt"), encoding="utf-8") as file:
            logins = {line.split("\t")[0]: line.rstrip("\n").split("\t")[1:] for line in file}
        person = Person(self.base)
        email, password = logins[role]
        person.post("/anmelden", {"email": email, "password": password})
        return person


class Person:
    """Somebody with a session."""

    def __init__(self, base):
        self.base = base
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), NoRedirect()).open

    def post(self, path, fields):
        """Sends a form; gives the path it leads to. Anything else is an error that shows what the page says."""
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        request = urllib.request.Request(self.base + path, body, {"Origin": self.base})
        try:
            reply = self.open(request)
        except urllib.error.HTTPError as answer:
            reply = answer
        if reply.status != 303:
            text = re.sub(r"<[^>]*>|\s+", " ", reply.read().decode("utf-8", "replace"))
            raise AssertionError(f"{path} answered {reply.status}: {text[:600]}")
        return reply.headers["Location"]
