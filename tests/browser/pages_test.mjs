// Every page of every route, as a real browser sees it under our own CSP: a visitor and each role, German and English.
// A page is looked at wholly once: expected status, silent console, no axe violation (1280 light, 390 dark), no
// sideways scrolling at 320 px, the same heading and links without JavaScript, valid HTML, budgets. Other roles and
// English get a shorter look (status, console, HTML; axe where nobody looked before). At the end every GET page route
// of the program must have been visited.
// MITWIRKEN_TEST_PAGES=text narrows to addresses that contain it.
import { createHmac } from "node:crypto";
import { report, runAll } from "../support/browser.mjs";
import { kindOf, pageRoutes, routeOf, unvisited } from "../support/routes.mjs";
import { brief, closeViews, views, whole } from "../support/page_checks.mjs";

const narrowed = process.env.MITWIRKEN_TEST_PAGES ?? "";
const missing = "/diese-seite-gibt-es-nicht";

// Pages no link leads to, or views of a page that a link leads to only in other words.
const publicStarts = ["/", "/verfahren/smart-rhino", "/verfahren/smart-rhino/massnahmen",
  "/verfahren/smart-rhino/gespraeche/gespraech", "/verfahren/smart-rhino/schnellumfragen/stimmung",
  "/verfahren/smart-rhino/papier/ideen",
  "/angebote?ansicht=karte", "/instrumente?ansicht=tabelle", "/instrumente/world-cafe",
  "/instrumente/vergleich?f=world-cafe&f=fishbowl", "/instrumente/finden?zweck=loesen", "/suche?q=Dialog",
  "/suche?q=xyzxyz", "/termine?ansicht=monat", "/einbetten/instrumente", "/einbetten/termine", "/einbetten/neuigkeiten",
  "/einbetten/angebote", "/einbetten/angebote/bauleitplanung", "/seiten/about", missing,
  "/instrumente/broschuere?f=world-cafe&f=fishbowl", "/instrumente/erfahrung/gesendet", "/meine-beitraege",
  "/barriere-melden/danke", "/einbetten/ergebnisse", "/einbetten/ergebnisse/dialogue-2020", "/einbetten/downloads",
  "/einbetten/downloads/einladung-veranstaltung", "/einbetten/neuigkeiten/vorlage-digitale-formate-2020",
  "/einbetten/termine/digitaler-buergerinnendialog-2020"];
const deskStarts = ["/verwaltung/verfahren/smart-rhino/ideen/ideen/bearbeiten",
  "/verwaltung/verfahren/smart-rhino/schnellumfragen/stimmung/bearbeiten"];
const staffStarts = ["/verwaltung", "/konto", "/konto/zweiter-faktor"];
const residentStarts = ["/konto", "/meine-beitraege"];
// Looked at wholly by the role that works there; by the others briefly.
const homes = {
  coordinator: /^\/verwaltung(?!\/(personen|organisationen|einstellungen|einbetten|protokoll|postausgang))/,
  admin: /^\/(verwaltung\/(personen|organisationen|einstellungen|einbetten|protokoll|postausgang)|konto)/,
  operator: /^\/verwaltung\/auftraege/ };
// GET routes that are pages and that no crawl can reach, each with its reason.
const exceptions = {
  "/konto/daten": "a download",
  "/anmelden/link/{token}": "the token stands in a mail; tested in accounts",
  "/registrieren/{token}": "the token stands in a mail; tested in accounts",
  "/konto/e-mail/{token}": "the token stands in a mail; tested in accounts",
  "/eingeladen/{token}": "the token stands in a mail; tested in invitations",
  "/verwaltung/anmeldedienste/{service}": "the example has no service; tested with a real one in services_test",
  "/bestaetigen/{token}": "the token stands in a mail; confirming is tested in participants",
  "/instrumente/broschuere/auftrag/{token}": "there is one only for what was asked for; tested in the toolbox",
  "/instrumente/erfahrung/{token}": "the token stands in a mail; tested in the toolbox",
  "/verwaltung/barrieren/{id}": "there is a report only when somebody has met a barrier; tested in barriers",
  "/konto/zweiter-faktor/aus": "for those who have a second factor; tested in accounts",
  "/verwaltung/moderation/{id}": "the example holds no case; tested in moderation",
  "/meine-beitraege/{id}/widerspruch": "only for the author of something hidden; tested in moderation",
  "/verfahren/{procedure}/gespraech/{activity}/{contribution}": "the thread stands on the page of its contribution",
  "/verfahren/{procedure}/antworten/{id}": "one answer to several; the example has none; tested in answers",
  "/p/{number}": "leads on to the activity; tested in channels",
  "/beitrag/{id}": "leads on to the page of the contribution",
  "/verfahren/{procedure}/ideen/{activity}/{idea}/fassungen": "only of what its author has changed; tested in ideas",
  "/verfahren/{procedure}/ideen/{activity}/{idea}/bearbeiten": "only its author's; tested in ideas",
  "/folgen/bestaetigen/{token}": "the token stands in a mail; tested in following",
  "/folgen/meine/{token}": "the token stands in a mail; the same page as /folgen/meine; tested in following",
  "/folgen/ende/{token}": "the token stands in a mail; tested in following",
  "/verwaltung/karten/{layer}": "the example has no layer of another server; tested in maps",
  "/meine-beitraege/loeschen": "for those who have handed something in; tested in ideas",
  "/verfahren/{procedure}/umfragen/{activity}/pruefen": "for those who have begun; tested in surveys",
  "/verfahren/{procedure}/umfragen/{activity}/spaeter": "for those who have begun; tested in surveys",
  "/verfahren/{procedure}/umfragen/{activity}/fortsetzen/{mark}": "the mark stands in a mail; tested in surveys",
  "/verfahren/{procedure}/umfragen/{activity}/{answer}": "only its author's; tested in surveys",
  "/verwaltung/verfahren/{key}/umfragen/{part}/einladungen/{batch}": "the example has no codes; tested in surveys",
};

const seenWhole = new Set();  // kinds of pages

const staff = (path) => path.startsWith("/verwaltung") || path.startsWith("/konto");
// No downloads, and no other views of the same thing without end: of links with a query only the first of a kind.
const data = /\.(json|csv|rss|geojson|xml|txt|ics|pdf)\b|\/(pdf|ics)$/;
const isPage = (path) => !data.test(path) && 
  !/^\/(dateien|api|karten|health|metrics|abmelden|konto\/daten|instrumente\/broschuere)/.test(path);

// Breadth first, two pages at a time (two cores): the named addresses, then what they link to.
async function crawl(house, { who, role, starts, allowed, look, language = "" }) {
  const contexts = await views(house, role);
  const seen = new Set(starts);
  const kinds = new Set();
  const waiting = starts.filter((path) => path.includes(narrowed));
  const worker = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const expected = path === missing ? 404 : 200;
      const known = !language && seenWhole.has(kindOf(house.routes, path) ?? path);
      const check = look(path) ? whole : brief;
      const { problems, links } = await check(house, contexts, language + path, expected, !known);
      report(`${who} can use ${language}${path}`, problems);
      house.visited.add(routeOf(house.routes, path));
      for (const link of narrowed ? [] : links) {
        const inside = language && link.startsWith(`${language}/`) ? link.slice(language.length) : link;
        const kind = kindOf(house.routes, inside);
        if (seen.has(inside) || !kind || kinds.has(kind) || !isPage(inside) || !allowed(inside)) continue;
        seen.add(inside);
        kinds.add(kind);
        waiting.push(inside);
      }
    }
  };
  do await Promise.all([worker(), worker()]); while (waiting.length);  // a worker may end before the other brings links
  await closeViews(contexts);
}

// An administrator invites somebody and asks for a new password: the two addresses stand in the mails of the outbox.
async function mailedAddresses(house) {
  const { wide } = await views(house, "admin", ["wide"]);
  const page = await wide.newPage();
  await page.goto(`${house.base}/verwaltung/personen/einladen`);
  await page.fill("input[name=email]", "neu@example.org");
  await page.fill("input[name=name]", "Neue Person");
  await page.check("input[name=role][value=editor]");
  await Promise.all([page.waitForNavigation(), page.click("#form button[type=submit]")]);
  await page.goto(`${house.base}/passwort`);
  await page.fill("input[name=email]", house.logins.moderator.email);
  await Promise.all([page.waitForNavigation(), page.click("#form button[type=submit]")]);
  const found = await addressesInMails(house, page);
  await wide.close();
  return found;
}

async function addressesInMails(house, page) {
  const found = new Map();
  for (let tries = 0; tries < 50 && found.size < 2; ++tries) {
    await page.goto(`${house.base}/verwaltung/postausgang`);
    const mails = await page.$$eval("main a[href*='/postausgang/']", (links) => links.map((a) => a.href));
    for (const mail of mails) {
      await page.goto(mail);
      const words = await page.innerText("main");
      for (const [path, kind] of words.matchAll(/\/(einladung|passwort)\/[\w-]+/g)) found.set(kind, path);
    }
    if (found.size < 2) await new Promise((wake) => setTimeout(wake, 200));
  }
  return [...found.values()];
}

// RFC 6238: the six digits an authenticator app shows now.
function codeNow(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"));
  const key = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// With a second factor the sign-in stops at the page that asks for the code.
async function secondFactor(house, role) {
  const { wide } = await views(house, role, ["wide"]);
  const page = await wide.newPage();
  await page.goto(`${house.base}/konto/zweiter-faktor`);
  await page.fill("input[name=current]", house.logins[role].password);
  await page.fill("input[name=code]", codeNow((await page.textContent(".steps code")).replace(/[^A-Z2-7]/g, "")));
  await Promise.all([page.waitForNavigation(), page.click("#form button[type=submit]")]);
  await wide.close();
  const halfway = await views(house, role);
  const { problems } = await whole(house, halfway, "/anmelden/code", 200);
  report("somebody with a second factor can use /anmelden/code", problems);
  house.visited.add("/anmelden/code");
  await closeViews(halfway);
}

// Wholly only once for each kind of page, however many roles see it.
function once(house, pattern) {
  return (path) => {
    if (!pattern.test(path)) return false;
    const kind = kindOf(house.routes, path) ?? path;
    if (seenWhole.has(kind)) return false;
    seenWhole.add(kind);
    return true;
  };
}

await runAll(async (house) => {
  house.routes = pageRoutes();
  house.visited = new Set();
  const mailed = await mailedAddresses(house);
  report("an invitation and a new password come by mail", mailed.length === 2 ? [] : [`only ${mailed.join(" ")}`]);
  await crawl(house, { who: "a visitor", role: null, starts: [...publicStarts, ...mailed],
    allowed: (path) => !staff(path), look: () => true });
  for (const role of ["coordinator", "admin", "operator", "editor", "moderator", "analyst"]) {
    const starts = role === "coordinator" ? [...staffStarts, ...deskStarts] : staffStarts;
    await crawl(house, { who: `the role ${role}`, role, starts, allowed: staff,
      look: once(house, homes[role] ?? /^$/) });
  }
  await crawl(house, { who: "the role resident", role: "resident", starts: residentStarts,
    allowed: (path) => path.startsWith("/konto") || path.startsWith("/meine-beitraege"),
    look: once(house, /^\/(konto|meine)/) });
  await crawl(house, { who: "an English visitor", role: null, starts: ["/"], allowed: (path) => !staff(path),
    look: () => false, language: "/en" });
  await crawl(house, { who: "an English coordinator", role: "coordinator", starts: ["/verwaltung"], allowed: staff,
    look: () => false, language: "/en" });
  if (!narrowed) {
    await secondFactor(house, "moderator");
    const left = unvisited(house.routes, house.visited, Object.keys(exceptions));
    report("every page route of the program was visited", left);
  }
});
