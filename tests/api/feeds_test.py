"""RSS and Atom of a running house: well-formed, with all that the formats ask for, no address without its host."""
import email.utils
import datetime
import json
import os
import re
import sys
import unittest
import xml.etree.ElementTree as tree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from house import House  # noqa: E402

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/instrumente", "/angebote", "/termine", "/neuigkeiten", "/ergebnisse")


class Feeds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House()
        cls.addClassCleanup(cls.house.stop)

    def ours(self, address):
        self.assertTrue(address.startswith(self.house.base + "/"), address)
        return address

    def test_every_rss_feed_has_what_the_format_asks_for(self):
        for path in FEEDS:
            with self.subTest(path):
                self.assertTrue(self.house.type_of(path + ".rss").startswith("application/rss+xml"))
                channel = tree.fromstring(self.house.get(path + ".rss")).find("channel")
                self.ours(channel.findtext("link"))
                self.assertTrue(channel.findtext("title") and channel.findtext("description"))
                self.assertEqual(channel.find(ATOM + "link").get("href"), self.house.base + path + ".rss")
                items = channel.findall("item")
                self.assertTrue(items)
                for item in items:
                    self.assertTrue(item.findtext("title"))
                    self.assertEqual(self.ours(item.findtext("link")), item.findtext("guid"))
                    self.assertIsNotNone(email.utils.parsedate_to_datetime(item.findtext("pubDate")).tzinfo)
                    self.assertIn("<h1", self.house.get(item.findtext("link")))

    def test_every_atom_feed_has_what_the_format_asks_for(self):
        for path in FEEDS:
            with self.subTest(path):
                self.assertTrue(self.house.type_of(path + ".atom").startswith("application/atom+xml"))
                feed = tree.fromstring(self.house.get(path + ".atom"))
                self.assertEqual(feed.tag, ATOM + "feed")
                self.assertEqual(self.ours(feed.findtext(ATOM + "id")), self.house.base + path + ".atom")
                self.assertTrue(feed.findtext(ATOM + "title") and feed.findtext(f"{ATOM}author/{ATOM}name"))
                links = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
                self.assertEqual(links, {"self": self.house.base + path + ".atom", "alternate": self.house.base + path})
                entries = feed.findall(ATOM + "entry")
                self.assertTrue(entries)
                identities = [entry.findtext(ATOM + "id") for entry in entries]
                self.assertEqual(len(identities), len(set(identities)))
                for entry in entries:
                    self.assertTrue(entry.findtext(ATOM + "title"))
                    self.ours(entry.find(ATOM + "link").get("href"))
                    at = datetime.datetime.fromisoformat(entry.findtext(ATOM + "updated").replace("Z", "+00:00"))
                    self.assertIsNotNone(at.tzinfo)

    def test_both_tell_the_same(self):
        for path in FEEDS:
            rss = [item.findtext("title") for item in tree.fromstring(self.house.get(path + ".rss")).iter("item")]
            entries = tree.fromstring(self.house.get(path + ".atom")).iter(ATOM + "entry")
            atom = [entry.findtext(ATOM + "title") for entry in entries]
            self.assertEqual(rss, atom)

    def test_the_filters_of_the_pages_work_in_the_feeds(self):
        for path in ("/angebote", "/termine", "/neuigkeiten"):
            for ending in (".rss", ".atom"):
                whole = self.house.get(path + ending)
                one = self.house.get(path + ending + "?bezirk=hoerde")
                self.assertLess(len(one), len(whole), path)
                self.assertIn(path + ending + "?bezirk=hoerde", one)
                tree.fromstring(one)

    def test_markup_in_a_title_stays_text(self):
        person = self.house.sign_in("coordinator")
        title = "A < B & \"C\" <script>alert(1)</script> ü"
        made = person.post("/verwaltung/termine/neu", {"_version": "0", "title": title, "summary": "x ]]> y",
                                                        "day": f"{datetime.date.today().year + 1}-01-02"})
        person.post(made + "/stand", {"step": "publish"})
        for ending, name in ((".rss", "title"), (".atom", ATOM + "title")):
            titles = [e.text for e in tree.fromstring(self.house.get("/termine" + ending)).iter(name)]
            self.assertIn(title, titles)

    def test_the_pages_name_their_feeds(self):
        for path in FEEDS:
            page = self.house.get(path)
            for ending, kind in ((".rss", "application/rss+xml"), (".atom", "application/atom+xml")):
                self.assertRegex(page, re.escape(f'type="{kind}"') + "[^>]*" + re.escape(path + ending))

    def test_the_page_of_open_data_lists_every_feed(self):
        page = self.house.get("/offene-daten")
        for path in FEEDS:
            self.assertIn(f"{path}.atom", page)
        self.assertIn("/offene-daten/api", page)

    def test_the_list_of_feeds_is_absolute_in_json_too(self):
        for path in ("/instrumente.json", "/angebote.json"):
            text = self.house.get(path)
            data = json.loads(text)
            for item in data.get("entries", data.get("items")):
                self.ours(item["url"])


if __name__ == "__main__":
    unittest.main()
