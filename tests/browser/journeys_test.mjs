// Whole ways through the program, as people go them: a resident by keyboard, with and without JavaScript; a coordinator
// by keyboard from sign-in to a published format; a colleague in a department on a phone. The focus must be seen at
// every stop, and nothing that was typed may be lost.
import { report, runAll, signIn } from "../support/browser.mjs";
import { button, current, enter, field, link, tabTo } from "../support/keyboard.mjs";

const desk = { locale: "de-DE", viewport: { width: 1280, height: 900 }, colorScheme: "light", reducedMotion: "reduce" };
const phone = { locale: "de-DE", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true,
  colorScheme: "dark", reducedMotion: "reduce" };

async function journey(house, name, options, walk) {
  const problems = [];
  const context = await house.browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
  page.on("dialog", (dialog) => dialog.accept());
  const expect = (holds, words) => { if (!holds) problems.push(`${words} (at ${page.url()})`); };
  try {
    await walk(page, expect, problems, context);
  } catch (error) {
    problems.push(error.message);
  }
  await context.close();
  report(name, problems);
}

const heading = (page) => page.textContent("h1");
const path = (page) => new URL(page.url()).pathname;

// ---- a resident: home -> skip link -> toolbox -> filter -> detail -> comparison -> back

async function resident(house, page, expect, problems, scripted) {
  await page.goto(`${house.base}/`);
  const first = await tabTo(page, () => true, problems, { most: 1 });
  expect(first.class.includes("skip-link"), "the first stop is the skip link");
  await page.keyboard.press("Enter");
  const afterSkip = await tabTo(page, () => true, problems, { most: 3 });
  expect(afterSkip.href.startsWith("/angebote"), "after the skip link comes the content, not the menu");
  await tabTo(page, link("Instrumentenkoffer öffnen"), problems);
  await enter(page);
  expect(path(page) === "/instrumente", "the home page leads to the toolbox");

  const before = await page.locator("#results .card").count();
  await tabTo(page, field("form", "digital"), problems);
  await page.keyboard.press("Space");
  await tabTo(page, button("Formate anzeigen"), problems);
  await (scripted ? page.keyboard.press("Enter") : enter(page));
  await page.waitForURL(/form=digital/);
  await page.waitForSelector("[aria-busy=true]", { state: "detached" });
  const after = await page.locator("#results .card").count();
  expect(after > 0 && after < before, `the filter shows fewer formats: ${before} before, ${after} after`);
  expect(await page.locator(".chip").count() === 1, "the filter stands above the list and can be taken away");

  const format = /^\/instrumente\/(?!finden|vergleich|erfahrung|broschuere)[a-z]/;
  const card = await tabTo(page, (stop) => format.test(stop.href), problems);
  await enter(page);
  expect((await heading(page)).trim() === card.words, "the card leads to the page of its format");
  await tabTo(page, link("/instrumente/vergleich"), problems);
  await enter(page);
  await tabTo(page, (stop) => stop.tag === "SELECT", problems);
  await page.keyboard.press("ArrowDown");
  await tabTo(page, button("Hinzufügen"), problems);
  await enter(page);
  expect(await page.locator(".compare thead th[scope=col]").count() >= 2, "two formats stand side by side");
  await tabTo(page, link("Zurück zur Liste"), problems);
  await enter(page);
  expect(path(page) === "/instrumente", "back leads to the list");
}

// ---- a coordinator: sign in -> new format -> error -> save -> preview -> publish -> public page -> versions

const texts = { title: "Lastenrad-Stammtisch", summary: "Offener Abend für alle, die mit dem Lastenrad fahren.",
  description: "Man trifft sich an einem Tisch und sammelt Wünsche." };

async function fillByKeyboard(page, problems) {
  const type = async (name) => {
    await tabTo(page, field(name), problems, { look: 0 });
    await page.keyboard.type(texts[name]);
  };
  const tick = async (name, value) => {
    await tabTo(page, field(name, value), problems, { look: 0 });
    await page.keyboard.press("Space");
  };
  await page.evaluate(() => { document.getElementById("content").focus(); });
  await type("summary");
  await tick("purposes", "exchange");
  await type("description");
  await tick("forms", "analog");
  await tick("group_sizes", "11-50");
  await tabTo(page, (stop) => stop.name === "cost", problems, { look: 0 });
  await page.keyboard.press("ArrowDown");
  await tick("publish");
}

async function coordinator(house, page, expect, problems) {
  const { email, password } = house.logins.coordinator;
  await page.goto(`${house.base}/anmelden`);
  await tabTo(page, field("email"), problems);
  await page.keyboard.type(email);
  await tabTo(page, field("password"), problems);
  await page.keyboard.type(password);
  await enter(page);
  expect(path(page) === "/verwaltung", "the sign-in leads to the administration");
  await tabTo(page, link("/verwaltung/instrumente"), problems);
  await enter(page);
  await tabTo(page, link("/verwaltung/instrumente/neu"), problems);
  await enter(page);

  await tabTo(page, field("title"), problems);
  await page.keyboard.type(texts.title);
  await tabTo(page, button("Speichern"), problems, { look: 12 });
  const refused = await enter(page);
  expect(refused.status() === 422, `an unfinished form is refused with 422, not ${refused.status()}`);
  expect((await page.title()).startsWith("Fehler:"), "the title begins with “Fehler:”");
  expect(await page.inputValue("[name=title]") === texts.title, "what was typed is kept");
  const stop = await current(page);
  const firstError = await page.evaluate(() => document.querySelector(".f--error :is(input, textarea, select)")?.id);
  expect(stop && stop.id === firstError, `the focus is at the first error ${firstError}, not at ${stop?.id}`);

  await fillByKeyboard(page, problems);
  await tabTo(page, button("Speichern"), problems, { look: 0 });
  const saved = await enter(page);
  expect(saved.status() === 200 && /\/verwaltung\/instrumente\/[a-z]/.test(page.url()), "the format is saved");
  await published(house, page, expect, problems);
}

async function published(house, page, expect, problems) {
  const edit = page.url();
  await tabTo(page, link("/vorschau"), problems);
  await enter(page);
  expect((await page.textContent("main")).includes(texts.description), "the preview shows the text");
  await page.goto(edit);
  for (let steps = 0; steps < 4 && !(await page.locator(".pill--running, .pill--ok").count()); ++steps) {
    const offered = await page.$$eval("button[name=state]", (all) => all.map((one) => one.value));
    const next = ["published", "agreed", "handed_in"].find((value) => offered.includes(value));
    if (!next) throw new Error(`no way to publish among ${offered}`);
    await tabTo(page, field("state", next), problems);
    await enter(page);
  }
  const key = path(page).split("/")[3];
  const reply = await page.goto(`${house.base}/instrumente/${key}`);
  expect(reply.status() === 200 && (await heading(page)).trim() === texts.title, "the public sees the format");
  await page.goto(edit);
  await tabTo(page, link("/versionen"), problems);
  await enter(page);
  expect((await page.textContent("main")).includes("Koordination"), "the versions say who changed it");
}

// ---- a colleague in a department, on a phone: the Abfragebogen

async function editorOnPhone(house, page, expect, problems, context) {
  await signIn(house, context, "editor");
  await page.goto(`${house.base}/verwaltung`);
  await page.tap("summary:has-text('Menü')");
  await page.tap(".side-nav a[href='/verwaltung/erfahrungen']");
  await page.waitForURL("**/verwaltung/erfahrungen");
  await page.tap("a[href='/verwaltung/erfahrungen/neu']");
  await page.waitForURL("**/neu");
  await page.fill("[name=title]", "World Café im Stadtteilhaus");
  await page.fill("[name=advice]", "Mehr Zeit zwischen den Runden.");
  await Promise.all([page.waitForNavigation(), page.tap("button[name=hand_in]")]);
  expect((await page.title()).startsWith("Fehler:"), "an unfinished sheet says what is missing");
  expect(await page.inputValue("[name=advice]") === "Mehr Zeit zwischen den Runden.", "what was typed is kept");
  await page.fill("[name=went_well]", "Alle kamen zu Wort.");
  await page.selectOption("[name=format]", { label: "World Café" });
  await page.fill("[name=occasion]", "Umbau des Stadtteilhauses");
  await page.fill("[name=date_text]", "Frühjahr 2026");
  await page.fill("[name=participants]", "45");
  await page.fill("[name=went_badly]", "Es war zu laut.");
  await Promise.all([page.waitForNavigation(), page.tap("button[name=hand_in]")]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `the phone scrolls sideways by ${wide} px`);

  const office = await house.browser.newContext(desk);
  await signIn(house, office, "coordinator");
  const inbox = await office.newPage();
  await inbox.goto(`${house.base}/verwaltung/erfahrungen`);
  expect((await inbox.textContent("main")).includes("World Café im Stadtteilhaus"), "the coordinator finds the sheet");
  await office.close();
  if (problems.length) problems.push((await page.textContent("main")).replace(/\s+/g, " ").slice(0, 400));
}

await runAll(async (house) => {
  await journey(house, "a resident goes from the home page to a comparison by keyboard", desk,
    (page, expect, problems) => resident(house, page, expect, problems, true));
  await journey(house, "a resident goes the same way without JavaScript", { ...desk, javaScriptEnabled: false },
    (page, expect, problems) => resident(house, page, expect, problems, false));
  await journey(house, "a coordinator writes and publishes a format by keyboard", desk,
    (page, expect, problems) => coordinator(house, page, expect, problems));
  await journey(house, "a colleague fills in the Abfragebogen on a phone", phone,
    (page, expect, problems, context) => editorOnPhone(house, page, expect, problems, context));
});
