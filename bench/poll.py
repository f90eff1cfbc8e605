#!/usr/bin/env python3
"""How soon a vote reaches who listens: many connections to the live results of a poll, one vote, the slowest is told.
usage: poll.py PORT PID [LISTENERS]     a server that runs already; its memory is read from /proc
What must stay true: the time begins before the vote is sent, and ends when the last listener has read the new state."""
import asyncio, re, resource, sys, time, urllib.parse, urllib.request
from pathlib import Path

POLL = "/verfahren/last-1/schnellumfragen/stimmung"
LISTENERS = 5000


def memory_mib(pid):
    """Proportional set size: shared pages count once."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) / 1024


def raise_limit(number):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard) if hard > 0 else number, hard))


class Listener:
    """One connection; after the first state it waits for the next one."""

    async def connect(self, port, path, address):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode())
        await self.writer.drain()
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 60)
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise SystemExit(head.decode(errors="replace"))
        self.turn = await asyncio.wait_for(self.next_turn(), 60)

    async def next_turn(self):
        while True:
            event = (await self.reader.readuntil(b"\n\n")).decode()
            if "event: part" in event:
                return int(re.search(r'data-turn="(\d+)"', event)[1])

    async def told(self, since):
        while await self.next_turn() <= since:
            pass
        return time.monotonic()


def vote(port, poll):
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}{poll}", timeout=20).read().decode()
    action = re.search(rf'action="({poll}/\d+)"', page)[1]
    edits = re.search(r'name="fassung" value="(\d+)"', page)[1]
    field, value = re.search(r'name="(wahl-[^"]+)" value="([^"]+)"', page).groups()
    body = urllib.parse.urlencode({"fassung": edits, field: value}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{action}", data=body,
                                     headers={"Sec-Fetch-Site": "same-origin"})
    opener = urllib.request.build_opener(NoRedirect)

    def send():
        try:
            status = opener.open(request, timeout=20).status
        except urllib.error.HTTPError as answer:
            status = answer.code
        if status != 303:
            raise SystemExit(f"the vote was answered by {status}")
    return send


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


async def measure(port, pid, listeners=LISTENERS, poll=POLL):
    """(milliseconds of the slowest, of the middle one, MiB of the server before and with the listeners)"""
    raise_limit(listeners + 200)
    before = memory_mib(pid)
    send = vote(port, poll)
    crowd = [Listener() for _ in range(listeners)]
    for first in range(0, listeners, 200):
        some = enumerate(crowd[first:first + 200], first)
        await asyncio.gather(*(one.connect(port, poll + "/live", f"127.0.0.{2 + i % 200}") for i, one in some))
    since = max(one.turn for one in crowd)
    waiting = [asyncio.create_task(one.told(since)) for one in crowd]
    await asyncio.sleep(1)
    begin = time.monotonic()
    await asyncio.to_thread(send)
    times = sorted(await asyncio.wait_for(asyncio.gather(*waiting), 60))
    memory = memory_mib(pid)
    for one in crowd:
        one.writer.close()
    return (times[-1] - begin) * 1000, (times[len(times) // 2] - begin) * 1000, before, memory


if __name__ == "__main__":
    count = int(sys.argv[3]) if len(sys.argv) > 3 else LISTENERS
    path = sys.argv[4] if len(sys.argv) > 4 else POLL
    slowest, middle, before, memory = asyncio.run(measure(int(sys.argv[1]), int(sys.argv[2]), count, path))
    print(f"{count} listeners: the slowest {slowest:.0f} ms, the middle one {middle:.0f} ms; "
          f"memory {before:.0f} MiB before, {memory:.0f} MiB with them")
