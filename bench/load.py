"""What the load test is made of: servers pinned to one core, wrk on the other, and what a run cost.
What must stay true: loopback only, every wait is bounded, every process that was started is ended."""
import json, os, re, socket, subprocess, time, urllib.request
from pathlib import Path

UNIT = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}


def fetch(port, path, headers=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers or {})
    return urllib.request.urlopen(request, timeout=10)


def environment(database=None):
    """What our programs may see: they refuse settings they do not know, and MITWIRKEN_BINARY is ours alone."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("MITWIRKEN_")}
    if database:
        env["MITWIRKEN_DATABASE_URL"] = database
    return env


class Process:
    """A server on core 0, with all its threads."""

    def __init__(self, call, port, env=None):
        self.port = port
        self.process = subprocess.Popen(["taskset", "-c", "0", *call], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=env)

    @property
    def pid(self):
        return self.process.pid

    def cpu_seconds(self):
        """By the scheduler's clock, in ns: ticks (/proc/PID/stat) are handed out by chance on a busy machine."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    def wait(self, path, begin):
        """Milliseconds from `begin` until the path is answered by 200."""
        while time.monotonic() - begin < 20:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as link:
                    link.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
                    if link.recv(64).startswith(b"HTTP/1.1 200"):
                        return (time.monotonic() - begin) * 1000
            except OSError:
                pass
            if self.process.poll() is not None:
                raise SystemExit(f"port {self.port}: the server has ended with {self.process.returncode}")
            time.sleep(0.001)
        self.stop()
        raise SystemExit(f"port {self.port}: nothing answers")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Server(Process):
    def __init__(self, binary, data, port, database=None):
        begin = time.monotonic()
        super().__init__([binary, "serve", "--data", str(data), "--port", str(port)], port, environment(database))
        self.started_in = self.wait("/ready", begin)

    def anonymous_mib(self):
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


def peer(work, port, ours, paths):
    """nginx with the same bytes and the same header fields, as files."""
    blocks = []
    for i, path in enumerate(paths):
        answer = fetch(ours, path, {"Accept-Encoding": "br"})
        (work / f"page{i}").write_bytes(answer.read())
        skip = {"content-length", "date", "content-type", "etag", "connection"}
        fields = "".join(f"add_header {n} {json.dumps(v)};" for n, v in answer.headers.items() if n.lower() not in skip)
        blocks.append(f"location = {path} {{ alias {work}/page{i}; types {{}} default_type text/html; {fields} }}")
    folders = "".join(f"{name}_temp_path {work}/{name};"
                      for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (work / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {work}/nginx.pid; error_log {work}/error.log;"
        "events { worker_connections 1024; } http { access_log off; sendfile on; tcp_nopush on;"
        f"open_file_cache max=100; keepalive_requests 100000000; {folders}"
        f"server {{ listen 127.0.0.1:{port}; {' '.join(blocks)} }} }}")
    os.chmod(work, 0o755)
    server = Process(["nginx", "-c", f"{work}/nginx.conf"], port)
    server.wait(paths[0], time.monotonic())
    return server


class Run:
    """One run of wrk: answers a second, answers a second of the server's CPU time, milliseconds p50 and p99."""

    def __init__(self, per_second, per_cpu, p50, p99):
        self.per_second, self.per_cpu, self.p50, self.p99 = per_second, per_cpu, p50, p99


def wrk(server, work, seconds, path, lua="", headers=(), connections=64, encoding="br"):
    call = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s",
            "-H", f"Accept-Encoding: {encoding}"]
    for header in headers:
        call += ["-H", header]
    if lua:
        (work / "load.lua").write_text(lua)
        call += ["-s", str(work / "load.lua")]
    before = server.cpu_seconds()
    out = subprocess.run(call + [f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True, check=True,
                         timeout=seconds + 60).stdout
    cpu = max(server.cpu_seconds() - before, 0.0001)
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"{path}: answers other than 2xx, or none\n{out}")
    late = {p: float(v) * UNIT[u] for p, v, u in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s|m)\b", out)}
    answers = int(re.search(r"(\d+) requests in", out)[1])
    return Run(float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), answers / cpu, late["50"], late["99"])


def fresh_addresses(path, start):
    """A script that asks for an address nobody asked for before, each time: the page cache cannot answer."""
    sign = "&" if "?" in path else "?"
    return f'local n={start} request=function() n=n+1 return wrk.format("GET","{path}{sign}x="..n) end'


def searches(words, start, per_second=None, connections=64):
    """The same for a list of searches; with `per_second` each connection waits by chance, as independent people do."""
    listed = ",".join(json.dumps(word) for word in words)
    lua = (f"local w={{{listed}}} local n={start} request=function() n=n+1 "
           'return wrk.format("GET","/suche?q="..w[n%#w+1].."&x="..n) end ')
    if per_second:
        mean = 1000 * connections / per_second
        lua += f"function delay() return math.floor(-math.log(1-math.random())*{mean}) end"
    return lua
