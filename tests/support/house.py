"""An installation for the tests of operation: the real program, a temporary data folder, the example, a free port.

What must stay true: nothing outside the temporary folder is written; every process started here is ended again; the
settings of whoever runs the tests (MITWIRKEN_*) change nothing.
"""
import contextlib
import html.parser
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PROGRAM = os.environ.get("MITWIRKEN_TEST_BINARY") or os.path.join(ROOT, "build", "ci", "mitwirken")


def environment(**more):
    return {name: value for name, value in os.environ.items() if not name.startswith("MITWIRKEN_")} | more


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*arguments, check=True, program=PROGRAM, **more):
    """A command of the program until it ends; its words are in .stdout and .stderr."""
    done = subprocess.run([program, *arguments], env=environment(**more), capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done


class Answer:
    def __init__(self, reply):
        self.status = reply.status
        self.headers = reply.headers
        self.body = reply.read()
        self.location = reply.headers.get("Location", "")

    @property
    def text(self):
        return self.body.decode()


class FormReader(html.parser.HTMLParser):
    """What a browser would send with the form that has the wanted id."""

    def __init__(self, wanted):
        super().__init__()
        self.wanted, self.inside, self.fields, self.area, self.choice = wanted, False, [], None, None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.inside = found.get("id") == self.wanted
        if not self.inside or tag not in ("input", "textarea", "select", "option"):
            return
        name, value = found.get("name"), found.get("value", "")
        if tag == "select":
            self.choice = name
        elif tag == "option" and "selected" in found:
            self.fields.append((self.choice, value))
        elif tag == "textarea":
            self.area = name
            self.fields.append((name, ""))
        elif tag == "input" and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self.fields.append((name, value or ("on" if found.get("type") == "checkbox" else "")))

    def handle_endtag(self, tag):
        self.area = None if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"

    def handle_data(self, data):
        if self.area:
            self.fields[-1] = (self.area, self.fields[-1][1] + data)


class Browser:
    """Keeps a connection and cookies; sends what a browser sends with a form of the same site."""

    def __init__(self, port, host="127.0.0.1"):
        self.port, self.host, self.cookies = port, host, {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def __del__(self):
        self.connection.close()

    def ask(self, method, path, body=None, **headers):
        headers = {"Host": f"{self.host}:{self.port}", **{name.replace("_", "-"): v for name, v in headers.items()}}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, headers)
        answer = Answer(self.connection.getresponse())
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def change(self, path, **fields):
        """Opens the page, changes these fields of its form and sends it."""
        reader = FormReader("form")
        reader.feed(self.get(path).text)
        assert reader.fields, f"{path} has no form"
        kept = [(name, value) for name, value in reader.fields if name and name not in fields]
        return self.post(path, kept + list(fields.items()))

    def post(self, path, pairs=(), **fields):
        fields = [*pairs, *fields.items()]
        return self.ask("POST", path, urllib.parse.urlencode(fields), Origin=f"http://{self.host}:{self.port}",
                        Content_Type="application/x-www-form-urlencoded")


class Server:
    """A running `mitwirken serve`; its log is a file."""

    def __init__(self, data, *arguments, program=PROGRAM, **more):
        self.data, self.port = data, free_port()
        self.log_file = tempfile.NamedTemporaryFile(suffix=".log")
        self.process = subprocess.Popen([program, "serve", "--data", data, "--port", str(self.port), *arguments],
                                        env=environment(**more), stdout=subprocess.DEVNULL, stderr=self.log_file)
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self):
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}: {self.log()}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.browser().get("/health").status == 200:
                    return
            time.sleep(0.02)
        raise AssertionError("the server did not answer within 30 seconds")

    def browser(self, host="127.0.0.1"):
        return Browser(self.port, host)

    def signed_in(self, role):
        browser = self.browser()
        email, password = logins(self.data)[role]
        answer = browser.post("/anmelden", email=email, password=password)
        assert answer.status == 303 and "mw_session" in browser.cookies, answer.text
        return browser

    def log(self):
        with open(self.log_file.name, encoding="utf-8") as file:
            return file.read()

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(timeout=40)
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.log_file.close()


def logins(data):
    """role -> (e-mail, password) of the example."""
    with open(os.path.join(data, "example-logins.txt"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return {role: (email, password) for role, email, password in rows}


def example(folder):
    """A data folder with the example in it."""
    data = os.path.join(folder, "data")
    run("migrate", "--data", data)
    run("example", "--data", data)
    return data


def copy_of(data, folder):
    shutil.copytree(data, folder)
    return folder


@contextlib.contextmanager
def postgresql():
    """The address of a new, empty database on the server of tools/with_postgres, and how to ask it."""
    server = os.environ["MITWIRKEN_TEST_POSTGRESQL"]
    name = f"operations_{os.getpid()}_{time.monotonic_ns()}"
    psql(server, f"CREATE DATABASE {name}")
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        psql(server, f"DROP DATABASE {name} WITH (FORCE)")


def psql(url, sql):
    return subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql, url], check=True, capture_output=True,
                          text=True).stdout.strip()


def eventually(question, what, seconds=10):
    """Asks again until the answer is true; its last value."""
    until = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > until:
            raise AssertionError(f"did not happen within {seconds} s: {what}")
        time.sleep(0.05)
    return answer


class House:
    """The example being served: what tests of pages, feeds and calendars ask."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="mitwirken-house-")
        for command in ("migrate", "example"):
            run(command, "--data", self.folder.name)
        self.server = Server(self.folder.name)
        self.base = f"http://127.0.0.1:{self.server.port}"

    def stop(self):
        self.server.stop()
        self.folder.cleanup()

    def ask(self, path):
        """Also an absolute address of this house; anything but 200 is an error that shows what the page says."""
        answer = self.server.browser().get(path.removeprefix(self.base))
        assert answer.status == 200, f"{path} answered {answer.status}: {answer.text[:600]}"
        return answer

    def get(self, path):
        return self.ask(path).text

    def type_of(self, path):
        return self.ask(path).headers["Content-Type"]

    def sign_in(self, role):
        return Person(self.server.signed_in(role))


class Person:
    """Somebody with a session whose forms are expected to be taken."""

    def __init__(self, browser):
        self.browser = browser

    def post(self, path, fields):
        """Sends a form; gives the path it leads to."""
        pairs = [(name, one) for name, value in fields.items()
                 for one in (value if isinstance(value, list) else [value])]
        answer = self.browser.post(path, pairs)
        assert answer.status == 303, f"{path} answered {answer.status}: {answer.text[:600]}"
        return answer.location
