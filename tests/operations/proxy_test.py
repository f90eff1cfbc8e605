"""The reverse-proxy example works as it says: real nginx and TLS, before a small upstream that tells what reached it
and before the program itself.

What must stay true: only addresses and certificate paths of packaging/nginx.conf are replaced here, no directive.
"""
import http.server
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import house  # noqa: E402

HOST = "mitwirken.example.org"  # as in the example


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/live":
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("X-Accel-Buffering", "no")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"data: first\n\n")
            self.wfile.flush()
            time.sleep(3)
            return
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


class Nginx:
    """The example before an upstream, until end()."""

    def __init__(self, here, upstream_port):
        self.here, self.plain, self.tls = here, house.free_port(), house.free_port()
        os.chmod(here, 0o755)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{here}/privkey.pem",
                        "-out", f"{here}/fullchain.pem", "-days", "1", "-subj", f"/CN={HOST}"],
                       check=True, capture_output=True)
        with open(os.path.join(house.ROOT, "packaging", "nginx.conf"), encoding="utf-8") as file:
            site = file.read()
        site = re.sub(r"listen \[::\]:[^;]*;", "", site)
        site = site.replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        site = site.replace("listen 443 ", f"listen 127.0.0.1:{self.tls} ")
        site = site.replace(f"/etc/letsencrypt/live/{HOST}", here).replace("/var/log/nginx", here)
        site = site.replace("127.0.0.1:8080", f"127.0.0.1:{upstream_port}")
        temporary = "".join(f"{kind}_temp_path {here}/{kind}; " for kind in
                            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        with open(f"{here}/nginx.conf", "w", encoding="utf-8") as file:
            file.write(f"daemon off; pid {here}/pid; error_log {here}/error.log; events {{}}\n"
                       f"http {{ {temporary}\n{site}\n}}\n")
        self.process = subprocess.Popen(["nginx", "-c", f"{here}/nginx.conf", "-e", f"{here}/error.log"])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.tls)) == 0:
                    return
            time.sleep(0.05)
        self.end()
        raise RuntimeError("nginx did not start")

    def end(self):
        self.process.terminate()
        self.process.wait()

    def log(self):
        time.sleep(0.2)
        with open(f"{self.here}/mitwirken.log", encoding="utf-8") as file:
            return file.read().splitlines()


class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
        threading.Thread(target=upstream.serve_forever, daemon=True).start()
        cls.addClassCleanup(upstream.server_close)
        cls.addClassCleanup(upstream.shutdown)
        cls.nginx = Nginx(folder.name, upstream.server_port)
        cls.addClassCleanup(cls.nginx.end)
        cls.plain, cls.tls = cls.nginx.plain, cls.nginx.tls

    def curl(self, path, *options):
        done = subprocess.run(["curl", "-sk", "--max-time", "10", *options, f"https://127.0.0.1:{self.tls}{path}",
                               "-H", "Host: mitwirken.example.org"], capture_output=True, text=True, check=False)
        return done.stdout

    def test_http_2_is_spoken_and_plain_http_leads_to_https(self):
        self.assertIn("HTTP/2 200", self.curl("/", "-D", "-", "--http2"))
        answer = subprocess.run(["curl", "-s", "-D", "-", f"http://127.0.0.1:{self.plain}/a?b=c", "-H",
                                 "Host: mitwirken.example.org"], capture_output=True, text=True, check=True).stdout
        self.assertIn("location: https://mitwirken.example.org/a?b=c", answer.lower())

    def test_forwarded_headers_of_the_browser_are_replaced(self):
        headers = json.loads(self.curl("/", "-H", "X-Forwarded-For: 1.2.3.4", "-H", "X-Forwarded-Proto: http",
                                       "-H", "X-Forwarded-Host: boese.example"))
        self.assertEqual(headers["x-forwarded-for"], "127.0.0.1")
        self.assertEqual(headers["x-forwarded-proto"], "https")
        self.assertNotIn("x-forwarded-host", headers)
        self.assertEqual(headers["host"], "mitwirken.example.org")

    def test_measurements_stay_inside(self):
        for path in ("/metrics", "/ready"):
            self.assertEqual(self.curl(path, "-o", "/dev/null", "-w", "%{http_code}"), "404")

    def test_a_flood_of_writes_is_slowed_down_a_flood_of_reads_is_not(self):
        def codes(*options):
            with tempfile.NamedTemporaryFile("w", suffix=".curl") as config:
                for _ in range(60):
                    config.write(f'url = "https://127.0.0.1:{self.tls}/"\noutput = "/dev/null"\n')
                config.flush()
                return subprocess.run(["curl", "-sk", "-w", "%{http_code}\n", *options, "-K", config.name],
                                      capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(set(codes()), {"200"})
        writes = codes("-d", "a=b")
        self.assertIn("429", writes)
        self.assertGreaterEqual(writes.count("200"), 20)

    def test_the_first_live_event_arrives_at_once(self):
        started = time.monotonic()
        with subprocess.Popen(["curl", "-skN", f"https://127.0.0.1:{self.tls}/live"], stdout=subprocess.PIPE) as stream:
            self.assertEqual(stream.stdout.readline(), b"data: first\n")
            self.assertLess(time.monotonic() - started, 2)

    def test_the_log_shortens_addresses(self):
        self.curl("/logged")
        lines = [line for line in self.nginx.log() if "/logged" in line]
        self.assertTrue(lines and lines[0].startswith("127.0.0.0 "), lines)

    def test_the_log_keeps_no_key_of_an_invitation(self):
        for path in ("/passwort/GEHEIM1", "/en/passwort/GEHEIM2", "/einladung/GEHEIM3"):
            self.curl(path)
        lines = "\n".join(self.nginx.log())
        self.assertNotIn("GEHEIM", lines)
        self.assertIn('"GET /en/passwort/..."', lines)


class Service(unittest.TestCase):
    """The program behind the example, with the example's own host name and the port the browser believes in."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.data = f"{folder.name}/data"
        house.run("example", "--data", cls.data, "--host", HOST)
        cls.server = house.Server(cls.data)
        cls.addClassCleanup(cls.server.stop)
        os.mkdir(f"{folder.name}/nginx")
        os.chmod(folder.name, 0o755)
        cls.nginx = Nginx(f"{folder.name}/nginx", cls.server.port)
        cls.addClassCleanup(cls.nginx.end)

    def curl(self, path, *options, host=HOST):
        done = subprocess.run(["curl", "-sk", "-i", "--max-time", "20", "--connect-to",
                               f"{host}:443:127.0.0.1:{self.nginx.tls}", *options, f"https://{host}{path}"],
                              capture_output=True, check=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        return head.decode(), body

    def test_a_page_comes_over_http_2_as_the_program_made_it(self):
        for _ in range(3):  # what is asked for again is kept, packed harder than the first time
            head, body = self.curl("/instrumente", "-H", "Accept-Encoding: br")
        self.assertTrue(head.startswith("HTTP/2 200"), head)
        self.assertEqual(head.count("content-encoding: br"), 1)
        self.assertEqual(head.lower().count("content-security-policy:"), 1)
        self.assertEqual(head.count("strict-transport-security: max-age=31536000"), 1)
        direct = self.server.browser(HOST)
        direct.connection.close()
        plain = direct.ask("GET", "/instrumente", Accept_Encoding="br", X_Forwarded_Proto="https", Host=HOST)
        self.assertEqual(body, plain.body)
        tag = re.search(r"(?i)^etag: (.+)$", head, re.M)
        if tag:
            self.assertIn("HTTP/2 304", self.curl("/instrumente", "-H", "Accept-Encoding: br", "-H",
                                                  f"If-None-Match: {tag[1].strip()}")[0])

    def test_signing_in_gives_a_secure_cookie_and_forms_of_other_sites_are_refused(self):
        email, password = house.logins(self.data)["coordinator"]
        fields = ["--data-urlencode", f"email={email}", "--data-urlencode", f"password={password}"]
        head, _ = self.curl("/anmelden", *fields, "-H", f"Origin: https://{HOST}")
        self.assertTrue(head.startswith("HTTP/2 303"), head)
        cookie = re.search(r"(?m)^set-cookie: (mw_session=[^;]+);(.*)$", head)
        self.assertIn("Secure", cookie[2])
        self.assertIn("HttpOnly", cookie[2])
        self.assertTrue(self.curl("/verwaltung", "-H", f"Cookie: {cookie[1]}")[0].startswith("HTTP/2 200"))
        for origin in ("https://evil.example", f"http://{HOST}:8080"):
            self.assertTrue(self.curl("/anmelden", *fields, "-H", f"Origin: {origin}")[0].startswith("HTTP/2 403"))

    def test_large_forms_pass_and_are_answered_by_the_program(self):
        for size, status in ((100_000, 422), (5 << 20, 413)):  # the second is too long for a field, not for nginx
            with tempfile.NamedTemporaryFile() as file:
                file.write(b"email=" + b"x" * size)
                file.flush()
                head, body = self.curl("/anmelden", "--data-binary", f"@{file.name}", "-H", f"Origin: https://{HOST}")
            self.assertTrue(head.startswith(f"HTTP/2 {status}"), head)
            self.assertIn(b"</html>", body)
            self.assertNotIn(b"<center>nginx", body)

    def test_an_unknown_host_name_is_no_municipality_and_measurements_stay_inside(self):
        self.assertTrue(self.curl("/", host="fremd.example")[0].startswith("HTTP/2 421"))
        for path in ("/metrics", "/ready"):
            self.assertTrue(self.curl(path)[0].startswith("HTTP/2 404"))
        self.assertTrue(self.curl("/health")[0].startswith("HTTP/2 200"))


if __name__ == "__main__":
    unittest.main()
