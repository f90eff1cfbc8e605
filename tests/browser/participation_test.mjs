// Two whole ways through a procedure on a phone, by keyboard only: a department sets one up from a recipe and it is
// published; a resident reads, hands in an idea with a place, answers the survey, follows, finds it all again and
// withdraws – signed in with JavaScript, and as somebody unknown without.
import { report, runAll } from "../support/browser.mjs";
import { button, enter, field, link, tabTo } from "../support/keyboard.mjs";
import { sideways } from "../support/page_checks.mjs";

const phone = { locale: "de-DE", viewport: { width: 390, height: 844 }, colorScheme: "light", reducedMotion: "reduce" };

// What every step of a way needs. look: 0 – only where something is done must the focus be seen, that is quicker.
class Walk {
  constructor(house, page) {
    this.house = house;
    this.page = page;
    this.problems = [];
  }
  expect(holds, words) { if (!holds) this.problems.push(`${words} (at ${this.page.url()})`); }
  path() { return new URL(this.page.url()).pathname; }
  // Forms take nothing from who is quicker than a person.
  readOver() { return this.page.waitForTimeout(4200); }
  async said() { return (await this.page.textContent("main")).replace(/\s+/g, " ").slice(0, 500); }
  words() { return this.page.textContent("main"); }
  async open(path) {
    await this.page.goto(this.house.base + path);
    await this.checked();
  }
  async checked() {
    const out = await sideways(this.page);
    this.expect(!out, `it scrolls sideways by ${out}`);
  }
  to(fits, more = {}) { return tabTo(this.page, fits, this.problems, { look: 0, most: 200, ...more }); }
  async press(fits, more) {
    await this.to(fits, more);
    const reply = await enter(this.page);
    await this.checked();
    return reply;
  }
  async tick(fits) {
    await this.to(fits);
    await this.page.keyboard.press("Space");
  }
  async type(name, words) {
    await this.to(field(name));
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(words);
  }
  async signIn(role) {
    await this.open("/anmelden");
    await this.type("email", this.house.logins[role].email);
    await this.type("password", this.house.logins[role].password);
    await this.press(button("Anmelden"));
  }
}

async function journey(house, name, options, steps) {
  const context = await house.browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const walk = new Walk(house, page);
  page.on("pageerror", (error) => walk.problems.push(`script error: ${error.message}`));
  page.on("dialog", (dialog) => dialog.accept());
  try {
    await steps(walk);
  } catch (error) {
    walk.problems.push(`${error.message} (at ${page.url()})`);
  }
  await context.close();
  report(name, walk.problems);
}

// ---- a department

const desk = "/verwaltung/verfahren";
const missing = (walk) => walk.page.locator("main").getByText("ist noch auszufüllen").count();

// The texts of the recipe with every "[…]" replaced, as somebody would type them.
async function fillTexts(walk) {
  const { page } = walk;
  for (const name of ["summary", "body", "influence", "next_steps", "contact"]) {
    const text = await page.inputValue(`[name=${name}]`);
    if (!text.includes("[")) continue;
    const filled = text.replaceAll("[Stadtteil]", "Hörde").replaceAll("[Betrag]", "20.000")
      .replace(/\[[^\]]*\]/g, "das Amt");
    await walk.to(field(name));
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(filled);
  }
  const saved = await walk.press(button("Speichern"));
  walk.expect(saved.status() === 200, "the texts are saved");
}

async function fillQuestions(walk) {
  const { page } = walk;
  await walk.press(link("/fragen"));
  const open = await page.$$eval("textarea",
    (all) => all.filter((one) => one.value.includes("[")).map((one) => one.name));
  walk.expect(open.length === 1, `one answer is to be filled in, not ${open.length}`);
  await walk.to(field(open[0]));
  const text = await page.inputValue(`[name=${open[0]}]`);
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text.replace(/\[[^\]]*\]/g, "der Bibliothek"));
  await walk.press(button("Speichern"));
}

async function setUp(walk, title) {
  await walk.signIn("editor");
  await walk.open(desk);
  await walk.press(link("/verwaltung/verfahren-neu"));
  await walk.press(link("vorlage=stadtspaziergang-karte"));
  await walk.type("title", "");
  await walk.page.keyboard.press("Delete");
  const refused = await walk.press(button("Als Entwurf anlegen"));
  walk.expect(refused.status() === 422, `a procedure needs a title: ${refused.status()}`);
  await walk.type("title", title);
  await walk.press(button("Als Entwurf anlegen"));
  const at = walk.path();
  walk.expect(at.startsWith(`${desk}/`), "the draft is made");
  walk.expect(await missing(walk) > 0, "the list says what is missing");
  await fillTexts(walk);
  await fillQuestions(walk);
  await walk.press((stop) => stop.href === at);
  walk.expect((await walk.words()).includes("Es fehlt nichts."), "nothing is missing any more");
  await walk.press((stop) => stop.href === `/verfahren/${at.split("/").pop()}`);
  walk.expect((await walk.words()).includes("Vorschau"), "the department sees it as people will see it");
  return at;
}

async function department(house, browser) {
  const title = "Unterwegs in Hörde: zeigen Sie uns die Wege";
  let at = "";
  await journey(house, "a department sets a procedure up from a recipe, by keyboard on a phone", phone,
    async (walk) => {
      at = await setUp(walk, title);
      const publish = await walk.page.locator("button[value=publish]").count();
      walk.expect(publish === 0, "the department does not publish alone");
    });
  await journey(house, "the coordination publishes it, by keyboard on a phone", phone, async (walk) => {
    const stranger = await browser.newPage();
    const publicPath = `/verfahren/${at.split("/").pop()}`;
    walk.expect((await stranger.goto(house.base + publicPath)).status() === 404, "nobody sees a draft");
    await walk.signIn("coordinator");
    await walk.open(at);
    await walk.press(field("step", "publish"));
    walk.expect((await walk.words()).includes("Veröffentlicht"), "it is public");
    const seen = await stranger.goto(house.base + publicPath);
    walk.expect(seen.status() === 200 && (await stranger.textContent("h1")).includes(title), "everybody sees it");
    await stranger.close();
  });
}

// ---- a resident

async function handIn(walk, title, scripted) {
  const { page } = walk;
  await walk.open("/verfahren");
  await walk.press(link("SMART RHINO"));
  walk.expect((await page.textContent("h1")).includes("SMART RHINO"), "the list leads to the procedure");
  walk.expect((await walk.words()).includes("Was Sie bewirken können"), "it says what people can change");
  await walk.press((stop) => stop.tag === "A" && /\/ideen\/ideen$/.test(stop.href));
  await walk.press(link("/ideen/ideen/neu"));
  await walk.type("title", title);
  await walk.type("body", "Dort kann man nach dem Einkaufen kurz sitzen.");
  await walk.type("place-address", "Rheinische Str 3");
  if (scripted) {
    await page.locator("place-map").scrollIntoViewIfNeeded();
    await page.locator(".map-draw").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".map-draw__hit").first().waitFor();
    await walk.to((stop) => stop.class.includes("map-draw__hit"));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#f-place-value").value.includes("Point"));
  } else {
    await walk.press(button("Adresse suchen"));
    walk.expect(await page.inputValue("[name=title]") === title, "what was typed is still there");
    await walk.to(field("place-choice"));
  }
  await walk.readOver();
  const sent = await walk.press(button("Einreichen"));
  walk.expect(sent.status() === 200, `the idea is taken: ${sent.status()} ${await walk.said()}`);
  const at = walk.path();
  walk.expect((await page.textContent("h1")).trim() === title, "the idea has a page");
  walk.expect((await walk.words()).includes("Rheinische Straße 3"), "its place is said in words");
  return at;
}

async function answerSurvey(walk) {
  const { page } = walk;
  const survey = "/verfahren/smart-rhino/umfragen/umfrage";
  await walk.open("/verfahren/smart-rhino");
  await walk.press(link(survey));
  await walk.press(link(`${survey}/fragen`));
  const unanswered = await walk.press(button("Weiter"));
  walk.expect(unanswered.status() === 422, `an obligatory question stops: ${unanswered.status()}`);
  await walk.to(field("a-q1"));
  await page.keyboard.press("Space");
  await walk.press(button("Weiter"));
  await walk.tick(field("a-q4"));
  await walk.press(button("Weiter"));
  walk.expect((await walk.words()).includes("2"), "two answers are wanted");
  walk.expect(/seite=p2/.test(page.url()) || await page.locator("[name=a-q4]").count() > 0, "one tick is not enough");
  const ticked = await page.$$eval("[name=a-q4]", (all) => all.filter((one) => one.checked).length);
  walk.expect(ticked === 1, "the tick is kept");
  await walk.tick((stop) => stop.name === "a-q4" && stop.type === "checkbox" && !stop.checked);
  await walk.press(button("Weiter"));
  await walk.press(button("Weiter"));
  await walk.press(button("Weiter"));
  walk.expect(walk.path() === `${survey}/pruefen`, "everything is shown before it is sent");
  await walk.readOver();
  const answered = await walk.press(button("Antworten absenden"));
  walk.expect(answered.status() === 200, `the answer is taken: ${answered.status()} ${await walk.said()}`);
  await walk.open(survey);
  walk.expect((await walk.words()).includes("Sie haben teilgenommen"), "the survey knows the answer");
}

async function follow(walk, address) {
  await walk.open("/verfahren/smart-rhino");
  await walk.press(link("/folgen?verfahren=smart-rhino"));
  if (address) await walk.type("email", address);
  await walk.readOver();
  await walk.press((stop) => stop.tag === "BUTTON" && stop.words === "Folgen");
}

async function findAndWithdraw(walk, title, at) {
  const { page } = walk;
  await walk.open("/meine-beitraege");
  const words = await walk.words();
  walk.expect(words.includes(title), "the idea stands under “Meine Beiträge”");
  walk.expect(words.includes("Umfrage: Ihr neues Quartier"), "so does the answer to the survey");
  await walk.to((stop) => stop.tag === "SUMMARY" && stop.words.includes(title));
  await page.keyboard.press("Enter");
  await walk.press((stop) => stop.tag === "BUTTON" && stop.words === "Zurückziehen");
  walk.expect((await walk.words()).includes("zurückgezogen"), "it is withdrawn");
  const stranger = await walk.house.browser.newPage();
  walk.expect((await stranger.goto(walk.house.base + at)).status() === 404, "nobody else sees it any more");
  await stranger.close();
}

async function signedIn(walk) {
  const title = "Bänke am Rand des Areals";
  await walk.signIn("resident");
  const at = await handIn(walk, title, true);
  await answerSurvey(walk);
  await follow(walk);
  await walk.open("/folgen/meine");
  walk.expect((await walk.words()).includes("SMART RHINO"), "the procedure is followed");
  await findAndWithdraw(walk, title, at);
}

async function unknown(walk) {
  const title = "Ein Brunnen zum Trinken";
  const at = await handIn(walk, title, false);
  await answerSurvey(walk);
  await follow(walk, "neugierig@example.org");
  walk.expect((await walk.page.textContent("body")).includes("Wir haben Ihnen eine Mail geschickt"),
    "a mail asks whether it was really them");
  await findAndWithdraw(walk, title, at);
}

await runAll(async (house) => {
  await department(house, house.browser);
  await journey(house, "a resident takes part from reading to withdrawing, by keyboard on a phone", phone, signedIn);
  await journey(house, "somebody unknown does the same without JavaScript", { ...phone, javaScriptEnabled: false },
    unknown);
});
