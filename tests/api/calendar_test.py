"""Calendars as other programs read them: python-icalendar reads what a running house gives out.

Checked are what real calendar programs stumble over: daylight saving, whole days, long lines, umlauts, dates that are
cancelled or changed, a feed for the municipality, one district, one topic, and schema.org on the pages.
"""
import datetime
import json
import os
import re
import sys
import unittest
import urllib.request

try:
    import icalendar
except ModuleNotFoundError:
    # Debian's package belongs to Debian's Python, which need not be the first one on the path.
    if os.path.realpath(sys.executable) == os.path.realpath("/usr/bin/python3"):
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from house import House  # noqa: E402

UTC = datetime.timezone.utc
UMLAUTS = "Größe, Maß & Übermut: „Straßenfest“; Zeile\\Ende"
LONG = "Ein sehr langer Satz über Grünflächen, Fußwege und Bänke mit Lehne. " * 8
YEAR = datetime.date.today().year + 1


def last_sunday(month):
    day = datetime.date(YEAR, month, 31)
    return day - datetime.timedelta(days=(day.weekday() + 1) % 7)


def instant(day, hour, minute=0):
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


class Calendars(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House()
        cls.addClassCleanup(cls.house.stop)
        cls.person = cls.house.sign_in("coordinator")
        cls.spring, cls.autumn = last_sunday(3), last_sunday(10)
        common = {"summary": "Kurz gesagt.", "organiser": "Büro für Beteiligung"}
        make = cls.make
        cls.before = make({**common, "title": "Vor der Umstellung", "day": cls.spring - datetime.timedelta(days=1),
                           "start_time": "18:00", "end_time": "20:00", "districts": ["hoerde"]})
        cls.after = make({**common, "title": "Nach der Umstellung", "day": cls.spring, "start_time": "18:00",
                          "end_time": "20:00", "districts": ["eving"]})
        cls.night = make({**common, "title": "Lange Nacht", "day": cls.autumn - datetime.timedelta(days=1),
                          "start_time": "22:00", "last_day": cls.autumn, "end_time": "04:00"})
        cls.days = make({**common, "title": "Drei Tage", "day": f"{YEAR}-06-04", "last_day": f"{YEAR}-06-06"})
        cls.words = make({**common, "title": UMLAUTS, "summary": "Kurz: " + LONG[:300], "body": LONG,
                          "day": f"{YEAR}-07-01", "start_time": "09:00", "place": "Bürgerhaus, Saal 1; Hof"})
        cls.gone = make({**common, "title": "Fällt aus", "day": f"{YEAR}-08-01", "start_time": "10:00"})
        cls.person.post(cls.gone + "/absage", {"cancelled": "yes", "reason": "Sturmböen"})

    @classmethod
    def make(cls, fields):
        path = cls.person.post("/verwaltung/termine/neu", {"_version": "0", **fields})
        cls.person.post(path + "/stand", {"step": "publish"})
        return path

    def events(self, path):
        text = self.house.get(path)
        calendar = icalendar.Calendar.from_ical(text)
        self.assertEqual(calendar["VERSION"], "2.0")
        self.assertTrue(calendar["PRODID"])
        self.assertFalse(calendar.errors)
        return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}

    def test_a_time_stays_the_same_on_the_clock_before_and_after_summer_time_begins(self):
        events = self.events("/termine.ics")
        self.assertEqual(events["Vor der Umstellung"].decoded("DTSTART"),
                         instant(self.spring - datetime.timedelta(days=1), 17))
        self.assertEqual(events["Nach der Umstellung"].decoded("DTSTART"), instant(self.spring, 16))
        self.assertEqual(events["Nach der Umstellung"].decoded("DTEND"), instant(self.spring, 18))

    def test_the_night_in_which_an_hour_comes_twice_has_its_real_length(self):
        event = self.events("/termine.ics")["Lange Nacht"]
        self.assertEqual(event.decoded("DTEND") - event.decoded("DTSTART"), datetime.timedelta(hours=7))

    def test_whole_days_are_days_and_the_end_is_the_day_after(self):
        event = self.events("/termine.ics")["Drei Tage"]
        self.assertEqual(event["DTSTART"].params.get("VALUE"), "DATE")
        self.assertEqual(event.decoded("DTSTART"), datetime.date(YEAR, 6, 4))
        self.assertEqual(event.decoded("DTEND"), datetime.date(YEAR, 6, 7))

    def test_umlauts_commas_and_long_text_arrive_as_they_were_typed(self):
        event = self.events("/termine.ics")[UMLAUTS]
        self.assertIn(LONG.strip(), str(event["DESCRIPTION"]))
        self.assertEqual(str(event["LOCATION"]), "Bürgerhaus, Saal 1; Hof")

    def test_no_line_is_longer_than_75_bytes_and_each_ends_with_cr_and_lf(self):
        with urllib.request.urlopen(self.house.base + "/termine.ics") as reply:
            raw = reply.read()
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        self.assertLessEqual(max(len(line) for line in raw.split(b"\r\n")), 75)
        raw.decode("utf-8")

    def test_a_cancelled_date_stays_says_so_and_counts_up(self):
        event = self.events("/termine.ics")["Fällt aus"]
        self.assertEqual(str(event["STATUS"]), "CANCELLED")
        self.assertIn("Sturmböen", str(event["DESCRIPTION"]))
        before = int(event["SEQUENCE"])
        self.person.post(self.gone + "/absage", {"cancelled": "no"})
        again = self.events("/termine.ics")["Fällt aus"]
        self.assertEqual(str(again["STATUS"]), "CONFIRMED")
        self.assertGreater(int(again["SEQUENCE"]), before)
        self.assertEqual(again["UID"], event["UID"])
        self.person.post(self.gone + "/absage", {"cancelled": "yes", "reason": "Sturmböen"})

    def test_a_district_has_a_calendar_of_its_own(self):
        names = set(self.events("/termine.ics?bezirk=hoerde"))
        self.assertIn("Vor der Umstellung", names)
        self.assertNotIn("Nach der Umstellung", names)
        self.assertNotIn("Drei Tage", names)

    def test_a_topic_has_a_calendar_of_its_own_and_filters_go_together(self):
        topic = json.loads(self.house.get("/api/v1/topics?limit=1"))["items"][0]["key"]
        self.make({"title": "Mit Thema", "summary": "Kurz.", "day": f"{YEAR}-09-01", "topics": [topic],
                   "districts": ["hoerde"]})
        self.assertIn("Mit Thema", self.events(f"/termine.ics?thema={topic}"))
        self.assertNotIn("Drei Tage", self.events(f"/termine.ics?thema={topic}"))
        self.assertIn("Mit Thema", self.events(f"/termine.ics?thema={topic}&bezirk=hoerde"))
        self.assertNotIn("Mit Thema", self.events(f"/termine.ics?thema={topic}&bezirk=eving"))

    def test_the_page_of_a_district_names_its_calendar(self):
        page = self.house.get("/bezirke/hoerde")
        address = re.search(r'href="(http://[^"]*/termine\.ics\?bezirk=hoerde)"', page)
        self.assertTrue(address)
        self.assertIn("BEGIN:VCALENDAR", self.house.get(address.group(1)))

    def test_deadlines_of_offers_are_a_calendar_too(self):
        events = self.events("/angebote.ics?stand=alle")
        self.assertTrue(events)
        for event in events.values():
            self.assertEqual(event["DTSTART"].params.get("VALUE"), "DATE")
            self.assertTrue(str(event["URL"]).startswith(self.house.base))
            self.assertTrue(event["UID"] and event["DTSTAMP"])

    def test_each_identity_occurs_once(self):
        for path in ("/termine.ics", "/angebote.ics"):
            calendar = icalendar.Calendar.from_ical(self.house.get(path))
            uids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
            self.assertEqual(len(uids), len(set(uids)))

    def test_the_type_names_the_calendar_and_its_letters(self):
        self.assertEqual(self.house.type_of("/termine.ics").replace(" ", "").lower(), "text/calendar;charset=utf-8")

    def test_every_date_has_markup_that_search_engines_understand(self):
        allowed = {"https://schema.org/EventScheduled", "https://schema.org/EventCancelled"}
        seen = set()
        for item in json.loads(self.house.get("/api/v1/events?limit=100"))["items"]:
            page = self.house.get("/termine/" + item["key"])
            blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
            self.assertEqual(len(blocks), 1 if item["starts_at"] else 0, item["key"])
            if not blocks:
                continue
            data = json.loads(blocks[0])
            self.assertEqual((data["@context"], data["@type"]), ("https://schema.org", "Event"))
            self.assertEqual(data["name"], item["title"])
            self.assertTrue(data["url"].startswith(self.house.base))
            begin = datetime.datetime.fromisoformat(data["startDate"].replace("Z", "+00:00"))
            if "endDate" in data:
                self.assertGreaterEqual(datetime.datetime.fromisoformat(data["endDate"].replace("Z", "+00:00")), begin)
            self.assertIn(data["eventStatus"], allowed)
            self.assertIn("location", data, item["key"])
            self.assertIn(data["location"]["@type"], {"Place", "VirtualLocation"})
            self.assertRegex(data["eventAttendanceMode"], r"^https://schema.org/(On|Off)lineEventAtt|/MixedEventAtt")
            seen.add(data["eventStatus"])
        self.assertEqual(seen, allowed)


if __name__ == "__main__":
    unittest.main()
