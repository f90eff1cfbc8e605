// The toolbox in a real browser: choosing formats without a mouse and without JavaScript, the brochure, the form for
// associations, the import; each page without axe violations and without sideways scrolling.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { report, runAll, signIn } from "../support/browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const wide = { width: 1280, height: 900 };

async function looked(page, problems, label) {
  await page.evaluate(axe);
  const found = await page.evaluate(async (wanted) => {
    const result = await globalThis.axe.run(document, { runOnly: wanted, resultTypes: ["violations"] });
    return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((n) => n.target.join(" ")).join()}`);
  }, tags);
  problems.push(...found.map((text) => `${label} axe ${text}`));
  await page.setViewportSize({ width: 320, height: 700 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) problems.push(`${label} scrolls sideways by ${over} px at 320 px`);
  await page.setViewportSize(wide);
}

async function journey(house, name, options, work) {
  const problems = [];
  const context = await house.browser.newContext({ locale: "de-DE", viewport: wide, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
  page.setDefaultTimeout(20000);
  try {
    await work({ page, problems, context, base: house.base, house });
  } catch (error) {
    problems.push(error.stack);
  }
  await context.close();
  report(name, problems);
}

async function ticked({ page, problems, base }) {
  await page.goto(`${base}/instrumente`);
  for (const key of ["barcamp", "fishbowl"]) await page.check(`input[name=f][value=${key}]`);
  await page.click("#compare button[formaction*=broschuere]");
  if (await page.locator(".brochure__entry").count() !== 2) problems.push("not two entries");
  if (!/f=barcamp&f=fishbowl/.test(page.url())) problems.push(page.url());
}

// Ticks on the first page are still there on the second, and both get into the brochure.
async function tickedOverPages({ page, problems, base }) {
  await page.goto(`${base}/instrumente`);
  await page.check("input[name=f][value=barcamp]");
  await page.click("button[name=ab]");
  await page.waitForSelector("button[name=bis]");
  await page.check("input[name=f][value=world-cafe]");
  await page.click("#compare button[formaction*=broschuere]");
  await page.waitForSelector(".brochure__entry");
  if (await page.locator(".brochure__entry").count() !== 2) problems.push(`not both: ${page.url()}`);
}

// With script: also a link (another view) keeps what was ticked just now.
async function tickedOverLinks({ page, problems, base }) {
  await page.goto(`${base}/instrumente`);
  await page.check("input[name=f][value=barcamp]");
  if (!page.url().includes("f=barcamp")) problems.push(`not in the address: ${page.url()}`);
  await page.click(".switch a[href*=tabelle]");
  await page.waitForURL(/ansicht=tabelle/);
  if (!await page.isChecked("input[name=f][value=barcamp]")) problems.push("the tick is gone");
}

async function byKeyboard({ page, problems, base }) {
  await page.goto(`${base}/instrumente?q=fishbowl`);
  await page.locator("input[name=f]").first().focus();
  await page.keyboard.press("Space");
  const button = page.locator("#compare button[formaction*=broschuere]");
  const reached = () => button.evaluate((element) => element === document.activeElement);
  for (let i = 0; i < 60 && !(await reached()); ++i) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/broschuere/);
  await looked(page, problems, "brochure");
}

// Each head twice: the first press sorts by it, the second turns the order round.
async function columnHeads({ page, problems, base }) {
  await page.goto(`${base}/instrumente?ansicht=tabelle`);
  const count = await page.locator("th .table__sort").count();
  if (count !== 8) problems.push(`${count} heads that sort`);
  for (let i = 0; i < count; ++i) {
    const seen = new Set();
    for (let press = 0; press < 2; ++press) {
      const before = page.url();
      await page.locator("th .table__sort").nth(i).click();
      await page.waitForURL((url) => url.href !== before);
      const sorted = page.locator(`thead th:nth-child(${i + 1})[aria-sort]`);
      await sorted.waitFor();
      seen.add(await sorted.getAttribute("aria-sort"));
      if (await page.locator("th[aria-sort]").count() !== 1) problems.push(`head ${i}: several columns are sorted`);
    }
    if (seen.size !== 2) problems.push(`head ${i} knows only ${[...seen].join()}`);
  }
  await looked(page, problems, "table");
}

async function association({ page, problems, base }) {
  await page.goto(`${base}/instrumente/erfahrung?format=world-cafe`);
  await looked(page, problems, "form");
  const trap = await page.locator("input[name=homepage]").boundingBox();
  if (trap && trap.x + trap.width > 0) problems.push("people see the trap");
  await page.fill("[name=title]", "Hoffest");
  await page.click("#form button[type=submit]");
  await page.waitForSelector(".error-summary");
  await looked(page, problems, "form with errors");
  if (await page.inputValue("[name=title]") !== "Hoffest") problems.push("what was typed is gone");
  const typed = { went_well: "Alle kamen.", organisation: "Hofverein", contact_name: "Kim Beispiel",
    contact_email: "kim@hofverein.example" };
  for (const [name, text] of Object.entries(typed)) await page.fill(`[name=${name}]`, text);
  await page.check("[name=consent]");
  await page.waitForTimeout(4500);
  await page.click("#form button[type=submit]");
  await page.waitForURL(/gesendet/);
  await looked(page, problems, "sent");
}

async function importing({ page, problems, context, base, house }) {
  await signIn(house, context, "coordinator");
  await page.goto(`${base}/verwaltung/instrumente-einlesen`);
  const send = async (text) => {
    await page.setInputFiles("[name=file]", { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.click("#form button[type=submit]");
  };
  await send("key;summary;purposes\nworld-cafe;Ganz anders;unsinn\n");
  await page.waitForSelector(".error-summary");
  await looked(page, problems, "problems");
  await send("key;summary\nworld-cafe;Ganz anders\n");
  await page.waitForSelector("[name=plan]", { state: "attached" });
  await page.locator("details.box summary").first().click();
  await looked(page, problems, "plan");
  await page.click("form.button-row button");
  await page.waitForURL(/\/verwaltung\/instrumente$/);
  if (!(await page.textContent("body")).includes("Der Import ist fertig")) problems.push("no notice");
}

async function paper({ page, problems, base }) {
  for (const path of ["/instrumente/world-cafe/drucken", "/instrumente/broschuere?f=world-cafe"]) {
    await page.goto(base + path);
    for (const name of ["main", "h1"]) {
      const count = await page.locator(name).count();
      if (count !== 1) problems.push(`${path}: ${count} <${name}>`);
    }
    await looked(page, problems, path);
  }
}

await runAll(async (house) => {
  await journey(house, "a brochure of ticked formats needs no JavaScript", { javaScriptEnabled: false }, ticked);
  await journey(house, "ticks stay over pages without JavaScript", { javaScriptEnabled: false }, tickedOverPages);
  await journey(house, "ticks stay over links", {}, tickedOverLinks);
  await journey(house, "the keyboard alone chooses formats and opens the brochure", {}, byKeyboard);
  await journey(house, "every column head sorts, and turns the order round", {}, columnHeads);
  await journey(house, "an association fills in the form, and errors stand beside the fields", {}, association);
  await journey(house, "an import is looked at, then confirmed", {}, importing);
  await journey(house, "a page for paper has one main part and one heading", {}, paper);
});
