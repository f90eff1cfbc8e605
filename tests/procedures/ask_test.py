"""`mitwirken procedure ask` against an implementation that was written apart from it, and as a command.

The oracle below knows only the words of the rules: it goes through every step of every track for each question, with
Python's own time zones. What must stay true: it shares no code and no shortcut with the program. Folders of further
cases (procedure.json, questions.json, expected.json; bad_* are refused) are read from MITWIRKEN_TEST_PROCEDURES, else
from ../shared/testdata/procedures beside the repository; without them these tests are skipped and say so.
"""
import datetime as dt
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("MITWIRKEN_TEST_BINARY", "")
CASES = pathlib.Path(os.environ.get("MITWIRKEN_TEST_PROCEDURES", ROOT.parent / "shared" / "testdata" / "procedures"))
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
if not CASES.is_dir():
    print(f"# SKIPPED: the further cases, because {CASES} is missing; MITWIRKEN_TEST_PROCEDURES names another folder")
FOREVER = dt.datetime.max.replace(tzinfo=dt.timezone.utc)
INTERACTIONS = ["contribute", "comment", "support", "vote"]


# ---- the oracle -----------------------------------------------------------------------------------------------------

def instant(local, closing):
    first = local.replace(tzinfo=BERLIN, fold=0).astimezone(dt.timezone.utc)
    second = local.replace(tzinfo=BERLIN, fold=1).astimezone(dt.timezone.utc)
    twice = second > first
    return second if closing and twice else first


def times(step):
    """(from, until), None for what is not fixed or has no end."""
    if "roughly" in step:
        return None, None
    if "first_day" in step:
        first = dt.datetime.fromisoformat(step["first_day"])
        last = step["last_day"] and dt.datetime.fromisoformat(step["last_day"]) + dt.timedelta(days=1)
    else:
        first = dt.datetime.fromisoformat(step["opens_at"])
        last = step["closes_at"] and dt.datetime.fromisoformat(step["closes_at"])
    return instant(first, False), instant(last, True) if last else None


def written(when):
    return when and when.strftime("%Y-%m-%dT%H:%M:%SZ")


def answer(procedure, question):
    at = dt.datetime.fromisoformat(question["at"].replace("Z", "+00:00"))
    cells = {(c["activity"], c["track"], c["step"]): c for c in procedure["grid"]}
    mine = [t for t in procedure["tracks"] if t["key"] in question["tracks"]]
    every = [(t["key"], s["key"], *times(s), cells.get((question["activity"], t["key"], s["key"])))
             for t in mine for s in t["steps"]]
    here = [e for e in every if e[4]]
    offered = [e for e in here if question["interaction"] in e[4]["open"]]
    visible = False
    for track in mine:
        begun = [e for e in every if e[0] == track["key"] and e[2] and e[2] <= at]
        if begun:
            latest = max(begun, key=lambda e: e[2])[4]
            visible = visible or bool(latest and latest["visible"])

    def because(word, entry=None):
        track, step, begins, ends, _ = entry or (None,) * 5
        return {"id": question["id"], "visible": visible, "allowed": word == "open", "because": word,
                "track": track, "step": step, "from": written(begins), "until": written(ends)}

    if procedure["state"] == "draft":
        visible = False
        return because("draft")
    if not here:
        return because("not_for_you")
    if not offered:
        return because("not_offered")
    if procedure["state"] == "paused":
        return because("paused")
    running = [e for e in offered if e[2] and e[2] <= at and (e[3] is None or at < e[3])]
    if running:
        return because("open", max(running, key=lambda e: e[3] or FOREVER))
    later = [e for e in offered if e[2] and e[2] > at]
    if later:
        return because("not_yet", min(later, key=lambda e: e[2]))
    rough = [e for e in offered if e[2] is None]
    if rough:
        return because("no_date", rough[0])
    return because("closed", max(offered, key=lambda e: e[3]))


# ---- random procedures ----------------------------------------------------------------------------------------------

# Steps gather around the days on which the clocks change.
STARTS = ["2026-03-27", "2027-03-26", "2026-10-23", "2027-10-29", "2026-06-01"]


def random_step(dice, key, day, last, endless):
    kind = dice.choice(["days", "times", "times", "roughly"])
    step = {"key": key, "label": key.title()}
    if kind == "roughly":
        step["roughly"] = "Herbst 2027"
    elif kind == "days":
        step |= {"first_day": str(day), "last_day": None if endless else str(last)}
    else:
        opens, closes = sorted((dice.randint(0, 239), dice.randint(0, 239)))
        if last == day and closes < opens + 61:
            closes = 240
        clock = [f"{m // 60:02}:{m % 60:02}" for m in (opens, closes)]
        seconds = dice.choice(["", ":00", ":59"])
        step |= {"opens_at": f"{day}T{clock[0]}", "closes_at": None if endless else f"{last}T{clock[1]}{seconds}"}
    return step


def random_procedure(dice):
    tracks = []
    start = dt.date.fromisoformat(dice.choice(STARTS))
    for t in range(dice.randint(1, 4)):
        steps, day = [], start + dt.timedelta(days=dice.randint(0, 3))
        count = dice.randint(0, 5)
        for s in range(count):
            last = day + dt.timedelta(days=dice.choice([0, 0, 1, 3]))
            steps.append(random_step(dice, f"s{s}", day, last, s + 1 == count and dice.random() < 0.3))
            day = last + dt.timedelta(days=dice.choice([1, 1, 2, 9]))
        tracks.append({"key": f"t{t}", "label": f"Track {t}", "steps": steps})
    activities = [{"key": k, "module": "ideas", "title": k} for k in ("wall", "form", "news")]
    grid = [{"activity": a["key"], "track": t["key"], "step": s["key"], "visible": dice.random() < 0.6,
             "open": [i for i in INTERACTIONS if dice.random() < 0.4]}
            for a in activities[:2] for t in tracks for s in t["steps"] if dice.random() < 0.7]
    dice.shuffle(grid)
    return {"format": "mitwirken/procedure", "version": 1, "title": "Zufall",
            "state": dice.choice(["published"] * 8 + ["paused", "draft"]),
            "tracks": tracks, "activities": activities, "grid": grid}


def random_questions(dice, procedure, count):
    edges = [e for t in procedure["tracks"] for s in t["steps"] for e in times(s) if e]
    edges = edges or [dt.datetime(2026, 11, 1, tzinfo=dt.timezone.utc)]
    keys = [t["key"] for t in procedure["tracks"]] + ["strangers"]
    return [{"id": f"q{n}", "tracks": dice.sample(keys, dice.randint(0, len(keys))),
             "activity": dice.choice(["wall"] * 6 + ["form"] * 6 + ["news", "unknown"]),
             "interaction": dice.choice(INTERACTIONS),
             "at": written(dice.choice(edges) + dt.timedelta(seconds=dice.choice([-1, 0, 1, -86400, 3600, 7200])))}
            for n in range(count)]


# ---- the tests ------------------------------------------------------------------------------------------------------

class Ask(unittest.TestCase):
    def setUp(self):
        self.assertTrue(PROGRAM and os.path.exists(PROGRAM), "MITWIRKEN_TEST_BINARY names no program")
        folder = tempfile.TemporaryDirectory(prefix="mitwirken-ask-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    def run_ask(self, procedure, questions, out="answers.json"):
        command = [PROGRAM, "procedure", "ask", "--file", procedure, "--questions", questions, "--out", out]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)

    def ask(self, procedure, questions):
        done = self.run_ask(self.write("procedure.json", procedure), self.write("questions.json", questions))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads((self.folder / "answers.json").read_text(encoding="utf-8"))

    def refused(self, procedure, *words, questions=None):
        done = self.run_ask(self.write("procedure.json", procedure), self.write("questions.json", questions or []))
        self.assertEqual(done.returncode, 2, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["procedure.json", "questions.json"])

    def test_random_procedures_are_answered_as_the_rules_say(self):
        dice, reasons = random.Random(4), {}
        for round_ in range(150):
            procedure = random_procedure(dice)
            questions = random_questions(dice, procedure, 200)
            for question, said in zip(questions, self.ask(procedure, questions), strict=True):
                expected = answer(procedure, question)
                self.assertEqual(said, expected, f"round {round_}: {question} {json.dumps(procedure)}")
                reasons[said["because"]] = reasons.get(said["because"], 0) + 1
        self.assertEqual(len(reasons), 8, reasons)
        self.assertGreater(min(reasons.values()), 100, reasons)

    def simple(self):
        return {"format": "mitwirken/procedure", "version": 1, "title": "Spielplatz", "state": "published",
                "tracks": [{"key": "all", "label": "Alle", "steps": [
                    {"key": "collect", "label": "Sammeln", "first_day": "2027-05-01", "last_day": "2027-05-31"}]}],
                "activities": [{"key": "wall", "module": "ideas", "title": "Wand"}],
                "grid": [{"activity": "wall", "track": "all", "step": "collect", "visible": True, "open": ["vote"]}]}

    def question(self, at):
        return {"id": "q", "tracks": ["all"], "activity": "wall", "interaction": "vote", "at": at}

    def test_a_refused_file_gives_status_2_its_place_and_no_answers(self):
        for day, field in (("2027-02-30", "last_day"), ("2027-04-30", "last_day")):
            procedure = self.simple()
            procedure["tracks"][0]["steps"][0][field] = day
            self.refused(procedure, "procedure.json", "track all", "step collect", field)
        self.refused("{", "procedure.json", "JSON")
        procedure = self.simple()
        procedure["grid"][0]["step"] = "nowhere"
        self.refused(procedure, "activity wall", "track all", "step nowhere")

    def test_questions_that_cannot_be_read_are_refused_and_nothing_is_written(self):
        self.refused(self.simple(), "questions.json", "question q, at", questions=[self.question("2027-05-01")])
        self.refused(self.simple(), "questions.json", "list", questions={"id": "q"})

    def test_answers_take_the_place_of_earlier_ones_as_a_whole(self):
        self.assertTrue(self.ask(self.simple(), [self.question("2027-05-31T21:59:59Z")])[0]["allowed"])
        self.assertFalse(self.ask(self.simple(), [self.question("2027-05-31T22:00:00Z")])[0]["allowed"])
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()),
                         ["answers.json", "procedure.json", "questions.json"])

    def test_what_goes_wrong_on_the_way_is_said(self):
        files = self.write("procedure.json", self.simple()), self.write("questions.json", [])
        for arguments in ((self.folder / "missing.json", files[1]), (self.folder, files[1]),
                          (*files, "no/such/" + "x" * 300 + "/answers.json"), (*files, ".")):
            done = self.run_ask(*arguments)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("mitwirken: ", done.stderr)
        self.assertFalse((self.folder / "answers.json").exists())


@unittest.skipUnless(CASES.is_dir(), f"{CASES} is missing")
class FurtherCases(unittest.TestCase):
    write, run_ask = Ask.write, Ask.run_ask
    setUp = Ask.setUp

    def test_answers_are_those_expected(self):
        asked = 0
        for folder in sorted(p for p in CASES.iterdir() if (p / "expected.json").exists()):
            done = self.run_ask(folder / "procedure.json", folder / "questions.json")
            self.assertEqual(done.returncode, 0, f"{folder.name}: {done.stderr}")
            said = json.loads((self.folder / "answers.json").read_text(encoding="utf-8"))
            expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
            for one, other in zip(said, expected, strict=True):
                self.assertEqual(one, other, folder.name)
            asked += len(said)
        self.assertGreater(asked, 0)
        print(f"# {asked} further questions answered as expected")

    def test_bad_procedures_are_refused(self):
        bad = sorted(CASES.glob("bad_*/procedure.json"))
        self.assertTrue(bad)
        for file in bad:
            done = self.run_ask(file, self.write("questions.json", []))
            self.assertEqual(done.returncode, 2, f"{file}: {done.stderr}")
            self.assertRegex(done.stderr, r"track \S+, step \S+")
            self.assertFalse((self.folder / "answers.json").exists())
        print(f"# {len(bad)} further procedures refused")


if __name__ == "__main__":
    unittest.main()
