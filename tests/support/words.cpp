// See words.h. Words follow Zipf's law, as in real texts: a few stand nearly everywhere, most are rare.
#include "support/words.h"

#include <array>
#include <cmath>

namespace mitwirken::tests {

namespace {

constexpr std::array<std::string_view, 96> basic_words{
    "Stadt",     "Beteiligung", "Menschen",  "Quartier",    "Planung",  "Verkehr",   "Dialog",  "Jugend",
    "Werkstatt", "Umfrage",     "Kinder",    "Grün",        "Schule",   "Wohnen",    "Zukunft", "Karte",
    "Straße",    "Nachbarn",    "Ideen",     "Online",      "Rathaus",  "Spiel",     "Platz",   "Radweg",
    "Bezirk",    "Kultur",      "Energie",   "Klima",       "Senioren", "Gespräch",  "Gruppe",  "Ergebnis",
    "Haushalt",  "Hafen",       "Park",      "Brücke",      "Sport",    "Markt",     "Bahn",    "Haltestelle",
    "Bücherei",  "Museum",      "Theater",   "Garten",      "Wald",     "See",       "Ufer",    "Hochwasser",
    "Lärm",      "Luft",        "Wärme",     "Wasser",      "Abfall",   "Handel",    "Gewerbe", "Arbeit",
    "Bildung",   "Gesundheit",  "Pflege",    "Familie",     "Ehrenamt", "Verein",    "Sprache", "Zugang",
    "Rampe",     "Aufzug",      "Leitlinie", "Satzung",     "Entwurf",  "Auslegung", "Frist",   "Hinweis",
    "Antwort",   "Gutachten",   "Modell",    "Ausstellung", "Rundgang", "Fahrt",     "Treffen", "Versammlung",
    "Beirat",    "Ausschuss",   "Vorlage",   "Beschluss",   "Bericht",  "Zeitung",   "Foto",    "Film",
    "Licht",     "Nacht",       "Winter",    "Sommer",      "Fest",     "Preis",     "Fonds",   "Labor"};

}  // namespace

std::string Writer::word() {
    const double share = double(random_() % 1'000'000U) / 1e6;
    const auto rank = std::size_t(std::pow(double(basic_words.size() * basic_words.size()), share)) - 1;
    if (rank < basic_words.size()) return std::string(basic_words[rank]);
    // A compound: Stadtplanung, Klimawerkstatt …
    const auto second = basic_words[rank / basic_words.size()];
    const std::string_view umlauts("Ä\0Ö\0Ü", 9);
    std::string text(basic_words[rank % basic_words.size()]);
    if (umlauts.find(second.front()) == std::string_view::npos) text += char(second.front() | 0x20);
    return text.append(second.substr(1));
}

std::string Writer::words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i > 0 ? " " : "") + word();
    return text;
}

std::string Writer::text(int paragraphs) {
    std::string all;
    for (int i = 0; i < paragraphs; ++i) all += "## " + words(3) + "\n\n" + words(40 + below(40)) + ".\n\n";
    return all;
}

}  // namespace mitwirken::tests
