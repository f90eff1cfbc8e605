"""The reverse-proxy example works as it says: real nginx, TLS, a small upstream that tells what reached it.

What must stay true: only addresses and certificate paths of packaging/nginx.conf are replaced here, no directive.
"""
import http.server
import json
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        here = cls.folder.name
        os.chmod(here, 0o755)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{here}/privkey.pem",
                        "-out", f"{here}/fullchain.pem", "-days", "1", "-subj", "/CN=mitwirken.example.org"],
                       check=True, capture_output=True)
        cls.upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
        threading.Thread(target=cls.upstream.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.upstream.shutdown)
        cls.plain, cls.tls = free_port(), free_port()
        with open(os.path.join(ROOT, "packaging", "nginx.conf"), encoding="utf-8") as file:
            site = file.read()
        site = re.sub(r"listen \[::\]:[^;]*;", "", site)
        site = site.replace("listen 80;", f"listen 127.0.0.1:{cls.plain};")
        site = site.replace("listen 443 ", f"listen 127.0.0.1:{cls.tls} ")
        site = site.replace("/etc/letsencrypt/live/mitwirken.example.org", here).replace("/var/log/nginx", here)
        site = site.replace("127.0.0.1:8080", f"127.0.0.1:{cls.upstream.server_port}")
        temporary = "".join(f"{kind}_temp_path {here}/{kind}; " for kind in
                            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        with open(f"{here}/nginx.conf", "w", encoding="utf-8") as file:
            file.write(f"daemon off; pid {here}/pid; error_log {here}/error.log; events {{}}\n"
                       f"http {{ {temporary}\n{site}\n}}\n")
        cls.nginx = subprocess.Popen(["nginx", "-c", f"{here}/nginx.conf", "-e", f"{here}/error.log"])
        cls.addClassCleanup(cls.nginx.wait)
        cls.addClassCleanup(cls.nginx.terminate)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", cls.tls)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("nginx did not start")

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
        time.sleep(0.2)
        with open(os.path.join(self.folder.name, "mitwirken.log"), encoding="utf-8") as file:
            lines = [line for line in file if "/logged" in line]
        self.assertTrue(lines and lines[0].startswith("127.0.0.0 "), lines)


if __name__ == "__main__":
    unittest.main()
