export const districts = ['Aplerbeck', 'Brackel', 'Eving', 'Hombruch', 'Hörde', 'Huckarde', 'Innenstadt-Nord',
  'Innenstadt-Ost', 'Innenstadt-West', 'Lütgendortmund', 'Mengede', 'Scharnhorst'];

export const offers = [
  { title: 'SMART RHINO: ein neues Quartier auf dem HSP-Areal', picture: 'topic-city', alt: 'Illustration: neue Häuser, ein Kran und Bäume', topic: ['Stadtentwicklung', 'building', 'rust'], district: 'Innenstadt-West', state: ['running', 'läuft'], kind: 'Informell',
    text: 'Auf dem ehemaligen HSP-Gelände entsteht ein Stadtteil für Wohnen, Wissenschaft und Arbeit. Was soll dort nicht fehlen? Sagen Sie Ihre Meinung – online oder vor Ort.', until: 'bis 15. Dezember 2021', left: 'noch 37 Tage' },
  { title: 'Online-Beteiligungsportal: Pilotphase mitgestalten', picture: 'topic-digital', alt: 'Illustration: Videokonferenz auf einem Bildschirm', topic: ['Digitale Stadt', 'monitor', 'blue'], district: 'Ganz Dortmund', state: ['running', 'läuft'], kind: 'Informell',
    text: 'Die Stadt erprobt das Beteiligungsportal NRW. Ihre Erfahrungen fließen in den Bericht an den Rat ein: Was ist leicht, was fehlt, was stört?', until: 'bis 31. Januar 2022', left: 'noch 84 Tage' },
  { title: 'Bebauungsplan HSP-Areal: frühzeitige Beteiligung', picture: 'topic-plan', alt: 'Illustration: Bebauungsplan mit Stift', topic: ['Bauleitplanung', 'plan', 'plum'], district: 'Innenstadt-West', state: ['planned', 'in Planung'], kind: 'Formell',
    text: 'Die Pläne liegen demnächst öffentlich aus. Dann können Sie eine Stellungnahme abgeben: online, auf Papier oder mündlich zur Niederschrift.', until: 'ab Frühjahr 2022' },
  { title: 'Mitmachpool: eingeladen werden statt suchen', picture: 'topic-dialogue', alt: 'Illustration: sechs Menschen im Gespräch an einem Tisch', topic: ['Mitmachkultur', 'people', 'gold'], district: 'Ganz Dortmund', state: ['running', 'dauerhaft'], kind: 'Dauerhaft',
    text: 'Mit Name und E-Mail-Adresse eintragen und regelmäßig von neuen Angeboten erfahren. Manche Plätze werden unter den Mitgliedern ausgelost.', until: 'ohne Frist' },
  { title: 'Konzept „(Digitale) Mitwirkung 2.0“', picture: 'topic-results', alt: 'Illustration: Bericht mit Häkchen', topic: ['Mitmachkultur', 'people', 'gold'], district: 'Ganz Dortmund', state: ['review', 'in Auswertung'], kind: 'Informell',
    text: 'Kernteam, Politik und Stadtgesellschaft entwickeln die Mitwirkung weiter. Der Sachstandsbericht geht in 28 Gremien und am 16. Dezember in den Rat.', until: 'Rat am 16. Dezember 2021' },
  { title: '1. Digitaler Dortmunder Bürger*innendialog', picture: 'topic-digital', alt: 'Illustration: Videokonferenz auf einem Bildschirm', topic: ['Digitale Stadt', 'monitor', 'blue'], district: 'Ganz Dortmund', state: ['', 'abgeschlossen'], kind: 'Informell',
    text: 'Wie haben Sie die Corona-Zeit erlebt, welche Angebote halfen, welche fehlten? Vier Gruppen haben diskutiert – hier steht, was herauskam.', until: 'August 2020', result: true },
  { title: 'Grünflächen im Quartier: nutzen und aufwerten', picture: 'topic-green', alt: 'Illustration: Bäume am See', topic: ['Umwelt und Klima', 'tree', 'green'], district: 'Innenstadt-Nord', state: ['planned', 'in Planung'], kind: 'Informell',
    text: 'Urban Gardening, saubere und kinderfreundliche Parks: Vorschläge aus dem Bürger*innendialog werden jetzt mit Ihnen weitergedacht.', until: 'ab Februar 2022' },
  { title: 'Weniger Autoverkehr im Quartier', picture: 'topic-mobility', alt: 'Illustration: Stadtbahn und Fahrrad', topic: ['Mobilität', 'tram', 'teal'], district: 'Hörde', state: ['planned', 'in Planung'], kind: 'Informell',
    text: 'Wo fehlt Platz zum Gehen, Sitzen und Spielen? Gemeinsam suchen wir Straßen, in denen sich etwas ausprobieren lässt.', until: 'ab März 2022' },
];

export const formats = [
  { name: 'Digitaler Bürger*innendialog', purpose: 'Austauschen/Diskutieren', form: 'Digital', size: 'Mehr als 50 Personen', distance: 'Nein', effort: 'hoch',
    text: 'Austausch mit einer größeren Gruppe in mehreren aufeinanderfolgenden Gesprächsrunden zu einem vorgegebenen Thema. Zwischenstände werden an Pinnwänden festgehalten.', reports: 1 },
  { name: 'World Café', purpose: 'Austauschen/Diskutieren', form: 'Analog', size: '11 bis 50 Personen', distance: 'Nein', effort: 'mittel',
    text: 'Kleine Tischrunden wechseln mehrmals die Besetzung. Gastgeber*innen halten fest, was bleibt – am Ende sehen alle das Ganze.', reports: 3 },
  { name: 'BarCamp', purpose: 'Austauschen/Diskutieren', form: 'Hybrid', size: 'Mehr als 50 Personen', distance: 'Ja', effort: 'mittel',
    text: 'Eine Tagung ohne festes Programm: Die Teilnehmenden schlagen morgens vor, worüber sie reden wollen, und bilden daraus den Tag.', reports: 1 },
  { name: 'Ausstellung', purpose: 'Informieren/Darstellen', form: 'Analog', size: 'Unbegrenzt', distance: 'Ja', effort: 'mittel',
    text: 'Pläne, Modelle und Tafeln an einem öffentlichen Ort, mit Karten für Anmerkungen und festen Zeiten für Fragen.', reports: 2 },
  { name: 'Online-Befragung', purpose: 'Informieren/Darstellen', form: 'Digital', size: 'Unbegrenzt', distance: 'Ja', effort: 'niedrig',
    text: 'Gleiche Fragen an viele Menschen, zum Beispiel mit der Befragungs­software „evasys“. Gut, um ein Stimmungsbild zu bekommen.', reports: 4 },
  { name: 'Workshop mit digitaler Pinnwand', purpose: '(Problem-)Lösung erarbeiten', form: 'Hybrid', size: '11 bis 50 Personen', distance: 'Ja', effort: 'mittel',
    text: 'Ergebnisse werden gemeinsam auf einer digitalen Metaplanwand gesammelt und geordnet – im Raum, von zu Hause oder beides zugleich.', reports: 2 },
  { name: 'Bürger*innenrat', purpose: '(Mit-)Entscheiden', form: 'Hybrid', size: '11 bis 50 Personen', distance: 'Ja', effort: 'hoch',
    text: 'Ausgeloste Menschen beraten mehrere Tage mit Fachleuten und übergeben dem Rat ein Gutachten mit Empfehlungen.', reports: 0 },
  { name: 'Runder Tisch', purpose: '(Problem-)Lösung erarbeiten', form: 'Analog', size: '1 bis 10 Personen', distance: 'Ja', effort: 'niedrig',
    text: 'Alle, die ein Problem betrifft, sitzen gleichberechtigt zusammen, bis eine Lösung gefunden ist, die alle tragen können.', reports: 1 },
];
export const formIcon = { Analog: 'people', Digital: 'monitor', Hybrid: 'hybrid' };

export const events = [
  [2, 'Nov.', 'Bezirksvertretung Hörde', 'Dienstag · Empfehlung zum Sachstandsbericht „(Digitale) Mitwirkung 2.0“', 'Gremium'],
  [9, 'Nov.', 'Bezirksvertretung Aplerbeck', 'Dienstag · Empfehlung zum Sachstandsbericht', 'Gremium'],
  [10, 'Nov.', 'Bezirksvertretung Eving', 'Mittwoch · Empfehlung zum Sachstandsbericht', 'Gremium'],
  [11, 'Nov.', 'Seniorenbeirat', 'Donnerstag · Empfehlung zum Sachstandsbericht', 'Gremium'],
  [16, 'Nov.', 'Bezirksvertretung Scharnhorst', 'Dienstag · Empfehlung zum Sachstandsbericht', 'Gremium'],
];
