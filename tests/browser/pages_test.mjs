// Every page a visitor, a coordinator and an administrator can reach, as a real browser sees it under our own CSP.
// What must stay true for each: expected status, silent console, no axe violation (1280 light, 390 dark), no sideways
// scrolling at 320 px, the same heading and links without JavaScript, valid HTML. MITWIRKEN_TEST_PAGES=text narrows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { report, runAll, signIn } from "../support/browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const narrowed = process.env.MITWIRKEN_TEST_PAGES ?? "";
const most = 60;

const checker = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Style, not validity: the template engine leaves blanks, and void elements are written the short way.
    "no-trailing-whitespace": "off", "attr-quotes": "off", "void-style": "off", "doctype-style": "off",
    "long-title": "off", "no-inline-style": "error",
    // Filters repeat names on purpose; "rem" addresses carry & only as &amp;, which the parser has read already.
    "form-dup-name": "off", "no-raw-characters": ["error", { relaxed: true }],
    // role=list keeps the list in Safari although the bullets are gone.
    "no-redundant-role": "off",
  },
});

const starts = ["/", "/angebote", "/angebote?ansicht=karte", "/instrumente", "/instrumente?ansicht=tabelle",
  "/instrumente/world-cafe", "/instrumente/vergleich?f=world-cafe&f=fishbowl", "/instrumente/finden?zweck=loesen",
  "/suche?q=Dialog", "/offene-daten", "/anmelden", "/passwort", "/diese-seite-gibt-es-nicht", "/einbetten/instrumente"];
const inside = ["/verwaltung", "/konto", "/verwaltung/instrumente", "/verwaltung/instrumente/neu",
  "/verwaltung/angebote", "/verwaltung/angebote/neu"];

// Which of a page's links are pages of ours: no downloads, no other views of the same thing without end.
function followed(links, base) {
  return links.filter((url) => url.startsWith(`${base}/`)).map((url) => url.slice(base.length).replace(/#.*/, ""))
    .filter((path) => !/\.(json|csv|rss|geojson|xml|txt|ics|pdf)\b|\/pdf$|^\/(dateien|api|karten|health|metrics|konto\/daten)/.test(path));
}

// The shape of an address: /angebote/abc -> /angebote/*; the crawl takes few of each, so that all kinds get their turn.
const shape = (path) => path.replace(/\?.*/, "?").replace(/^(\/verwaltung)?(\/[^/?]+)\/[^/?]+/, "$1$2/*");

async function views(house, role) {
  const make = async (options, script) => {
    const context = await house.browser.newContext({ locale: "de-DE", ...options });
    if (role) await signIn(house, context, role);
    if (script) await context.addInitScript(script);
    return context;
  };
  return {
    wide: await make({ viewport: { width: 1280, height: 900 }, colorScheme: "light" }, axe),
    narrow: await make({ viewport: { width: 390, height: 844 }, colorScheme: "dark", reducedMotion: "reduce" }, axe),
    plain: await make({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }),
  };
}

async function open(context, url, problems, label) {
  const page = await context.newPage();
  page.on("console", (message) => {
    const own = /status of 404/.test(message.text()) && message.location().url === url;  // the 404 page itself
    if (["error", "warning"].includes(message.type()) && !own) problems.push(`${label} console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${label} script error: ${error.message}`));
  const reply = await page.goto(url, { waitUntil: "load" });
  return { page, reply };
}

async function violations(page, problems, label) {
  const found = await page.evaluate(async (wanted) => {
    const result = await globalThis.axe.run(document, { runOnly: wanted, resultTypes: ["violations"] });
    return result.violations.map((one) => `${one.id}: ${one.help}\n`
      + one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")}  ${node.any[0]?.message ?? ""}`).join("\n"));
  }, tags);
  problems.push(...found.map((text) => `${label} axe ${text}`));
}

const content = (page) => page.evaluate(() => ({
  headings: [...document.querySelectorAll("h1")].map((h) => h.textContent.trim()),
  // Links of drawings too: their href property is no text.
  links: [...new Set([...document.querySelectorAll("a[href]")]
    .map((a) => new URL(a.getAttribute("href"), document.baseURI).href))].sort(),
}));

async function checkPage(house, contexts, path, expected) {
  const problems = [];
  const url = house.base + path;
  const wide = await open(contexts.wide, url, problems, "1280");
  if (wide.reply.status() !== expected) problems.push(`status ${wide.reply.status()} instead of ${expected}`);
  const source = await wide.reply.text();
  await violations(wide.page, problems, "1280 light");
  await wide.page.close();

  const narrow = await open(contexts.narrow, url, problems, "390");
  await violations(narrow.page, problems, "390 dark");
  await narrow.page.setViewportSize({ width: 320, height: 700 });
  const sideways = await narrow.page.evaluate(() => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const edge = document.documentElement.clientWidth + 1;
    const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > edge);
    return over > 0 ? `${over} px: ${wide.slice(0, 4).map((e) => `${e.tagName}.${e.className}`).join(", ")}` : "";
  });
  if (sideways) problems.push(`320 px scrolls sideways by ${sideways}`);
  const scripted = await content(narrow.page);
  await narrow.page.close();

  const plain = await open(contexts.plain, url, problems, "no script");
  const bare = await content(plain.page);
  await plain.page.close();
  if (bare.headings.length !== 1 && !path.startsWith("/einbetten/")) problems.push(`${bare.headings.length} <h1>`);
  if (bare.headings.join() !== scripted.headings.join()) problems.push("another <h1> without JavaScript");
  for (const link of scripted.links) if (!bare.links.includes(link)) problems.push(`only with JavaScript: ${link}`);
  for (const link of bare.links) if (!scripted.links.includes(link)) problems.push(`gone with JavaScript: ${link}`);

  const checked = await checker.validateString(source);
  for (const message of checked.results.flatMap((result) => result.messages)) {
    problems.push(`html ${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
  }
  return { problems, links: followed(bare.links, house.base) };
}

// Breadth first, two pages at a time (two cores); the given addresses first, then at most three more of each shape.
async function crawl(house, who, role, paths, allowed) {
  const contexts = await views(house, role);
  const seen = new Set(paths);
  const waiting = paths.filter((path) => path.includes(narrowed));
  const perShape = new Map();
  let taken = 0;
  const worker = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      ++taken;
      const expected = path === "/diese-seite-gibt-es-nicht" ? 404 : 200;
      const { problems, links } = await checkPage(house, contexts, path, expected);
      report(`${who} can use ${path}`, problems);
      for (const link of narrowed ? [] : links) {
        const kind = shape(link);
        const count = perShape.get(kind) ?? 0;
        if (seen.has(link) || count >= 3 || !allowed(link) || taken + waiting.length >= most) continue;
        seen.add(link);
        perShape.set(kind, count + 1);
        waiting.push(link);
      }
    }
  };
  await rounds(worker, waiting);
  for (const context of Object.values(contexts)) await context.close();
}

// A worker that finds nothing waiting ends, though the other may still bring links: hence another round while there are.
async function rounds(worker, waiting) {
  do await Promise.all([worker(), worker()]); while (waiting.length);
}

await runAll(async (house) => {
  const open_ = (path) => !path.startsWith("/verwaltung") && !path.startsWith("/konto");
  await crawl(house, "a visitor", null, starts, open_);
  const administration = (path) => path.startsWith("/verwaltung") || path.startsWith("/konto");
  await crawl(house, "a coordinator", "coordinator", inside, administration);
  const rest = ["/verwaltung", "/verwaltung/personen", "/verwaltung/personen/einladen", "/verwaltung/einstellungen",
    "/verwaltung/protokoll", "/verwaltung/postausgang"];
  await crawl(house, "an administrator", "admin", rest,
    (path) => administration(path) && !/instrumente|angebote|erfahrungen/.test(path));
});
