"""Rows of the load test for procedures: pages beside nginx, a signed-in page, writing, the map.
What must stay true: what is written is what a browser would send: the form's own hidden fields, a person for each."""
import asyncio, json, re, time, urllib.parse

import poll
from load import Server, fetch, peer, wrk

NUMBERS = (200, 100_000, 500_000, 2_000_000)  # procedures, ideas, comments, supports
QUICK = (20, 10_000, 50_000, 200_000)
PROCEDURE, LARGEST = "/verfahren/last-2", "/verfahren/last-1/ideen/ideen"
IDEAS = PROCEDURE + "/ideen/ideen"


def hidden_fields(page):
    return {name: value for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)}


def handing_in(fields, start):
    """Each request another person (address), another text, another sending of the form."""
    fixed = urllib.parse.urlencode({k: v for k, v in fields.items() if k != "_once"})
    return (f"local n={start} local fixed={json.dumps(fixed)} local path={json.dumps(IDEAS + '/neu')} "
            "request=function() n=n+1 "
            'local from="10."..math.floor(n/65536)%256 .."."..math.floor(n/256)%256 .."."..n%256 '
            'local body=fixed.."&_once=load-"..n.."&homepage=&title=Mehr+B%C3%A4nke+"..n..'
            '"&body=Am+Hafen+fehlen+B%C3%A4nke+im+Schatten%2C+vor+allem+f%C3%BCr+%C3%84ltere.&lon=7.46&lat=51.51" '
            'return wrk.format("POST",path,{["Content-Type"]="application/x-www-form-urlencoded",'
            '["X-Forwarded-For"]=from,["Sec-Fetch-Site"]="same-origin"},body) end')


class ParticipationRows:
    def __init__(self, bench, quick):
        self.bench, self.numbers = bench, QUICK if quick else NUMBERS

    def make_data(self):
        bench = self.bench
        bench.create("people")
        bench.fill("people", "participation", *self.numbers)
        bench.analyse("people")

    def first_idea(self, server):
        page = fetch(server.port, IDEAS).read().decode()
        return re.search(rf'href="({IDEAS}/\d+)"', page)[1]

    def map(self, server):
        took = []
        for i in range(9):
            begin = time.monotonic()
            part = f"bbox=7.2,51.3,7.8,51.7&zoom=12&x={i}"  # the whole town: of many points the server makes groups
            size = len(fetch(server.port, f"{LARGEST}/punkte.geojson?{part}").read())
            took.append((time.monotonic() - begin) * 1000)
        middle = sorted(took)[4]
        self.bench.table.add(f"map of {self.numbers[1] // 5:,} points, uncached",
                             f"{middle:.0f} ms, {size / 1024:.0f} KiB", "100 ms", middle <= 100)

    def writing(self, server):
        """The guard wants to have seen the form for some seconds, so it is fetched first."""
        fields = hidden_fields(fetch(server.port, IDEAS + "/neu").read().decode())
        time.sleep(5)
        runs = [wrk(server, self.bench.work, self.bench.seconds, "/", handing_in(fields, self.bench.fresh()))
                for _ in range(self.bench.rounds)]
        run = sorted(runs, key=lambda run: run.per_second)[len(runs) // 2]
        sqlite = not self.bench.postgresql
        self.bench.row("idea handed in, durable, 64 people", run, "3,000/s" if sqlite else "–",
                       run.per_second >= 3000 if sqlite else None)

    def listening(self, server):
        slowest, _, _, memory = asyncio.run(poll.measure(server.port, server.pid))
        self.bench.table.add(f"poll, {poll.LISTENERS:,} listeners, first vote", f"{slowest:.0f} ms, {memory:.0f} MiB",
                             "500 ms, 200 MiB", slowest <= 500 and memory <= 200)

    def measure(self, port):
        bench, nginx = self.bench, None
        server = Server(bench.binary, bench.work / "people", port, bench.address("people"))
        try:
            idea = self.first_idea(server)
            pages = {"procedure": PROCEDURE, "ideas": IDEAS}
            for path in pages.values():
                for _ in range(3):
                    fetch(server.port, path, {"Accept-Encoding": "br"}).read()
            nginx = peer(bench.work, port + 9, server.port, list(pages.values()))
            bench.cached_beside_nginx(server, nginx, pages)
            bench.row("ideas, uncached, brotli", bench.middle(lambda: bench.uncached(server, IDEAS)))
            bench.row(f"ideas of the largest, uncached", bench.middle(lambda: bench.uncached(server, LARGEST)))
            cookie = bench.sign_in(server, "people")
            signed = bench.middle(lambda: wrk(server, bench.work, bench.seconds, idea, headers=[cookie]))
            bench.row("signed in, one idea with comments", signed, "1,500 on a core", signed.per_cpu >= 1500)
            self.map(server)
            self.listening(server)
            self.writing(server)
        finally:
            for one in (server, nginx):
                if one:
                    one.stop()
