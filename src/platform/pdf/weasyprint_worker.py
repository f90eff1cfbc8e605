R"python("  # The process that makes a PDF of a page; this line and the last one make the file a C++ string too.
# The process that turns one page into a PDF. It reads and writes frames on one socket (a letter, eight bytes of
# length, the bytes): H the page comes in, R it asks for a resource, r/n here it is/there is none, P the PDF goes
# out, E an error.
# Invariant: it opens no connection and reads no file for the page; every address goes through fetch(). It writes only
# below TMPDIR, which the other side removes.
import os
import resource
import sys

memory, seconds = int(sys.argv[1]), int(sys.argv[2])
os.closerange(3, 4096)
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))

BASE = "http://mitwirken.invalid/"
# The weakest of all style sheets: a page that names its fonts gets them.
FONTS = 'html { font-family: "Fira Sans", "DejaVu Sans", sans-serif }'
FORBIDDEN = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.exec",
             "os.fork", "os.posix_spawn", "os.system"}


def send(kind, payload):
    data = kind + len(payload).to_bytes(8, "big") + payload
    while data:
        data = data[os.write(1, data):]


def read_exactly(count):
    parts = []
    while count > 0:
        part = os.read(0, min(count, 1 << 20))
        if not part:
            os._exit(1)  # nobody waits any more
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def receive():
    head = read_exactly(9)
    return head[:1], read_exactly(int.from_bytes(head[1:], "big"))


def guard(event, arguments):
    if event in FORBIDDEN:
        raise PermissionError(event)


def main():
    import weasyprint

    def fetch(url, *arguments, **options):
        if url.startswith("data:"):
            return weasyprint.default_url_fetcher(url)
        if not url.startswith(BASE):
            raise ValueError("only addresses of this site are known")
        send(b"R", url[len(BASE) - 1:].split("#")[0].encode())
        kind, payload = receive()
        if kind != b"r":
            raise ValueError("there is no such resource")
        mime_type, _, content = payload.partition(b"\0")
        return {"string": content, "mime_type": mime_type.decode()}

    sys.addaudithook(guard)
    _, page = receive()
    document = weasyprint.HTML(string=page.decode(), base_url=BASE, url_fetcher=fetch, encoding="utf-8")
    return document.write_pdf(stylesheets=[weasyprint.CSS(string=FONTS)])


try:
    send(b"P", main())
except BaseException as error:  # also MemoryError and RecursionError: the other side must hear of it
    send(b"E", f"{type(error).__name__}: {error}"[:500].encode())
# )python"
