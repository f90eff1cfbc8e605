// The same pages in other surroundings: the map by keyboard and as a list, right to left, 400 % zoom, forced colours,
// dark with pictures, printed. Each is looked at by pixels or boxes, not by style names.
import { report, runAll, signIn } from "../support/browser.mjs";
import { sideways } from "../support/page_checks.mjs";

const desk = { locale: "de-DE", viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" };
const kinds = ["/", "/angebote", "/angebote/bauleitplanung", "/instrumente", "/instrumente/world-cafe", "/termine",
  "/termine?ansicht=monat", "/ergebnisse", "/neuigkeiten", "/suche?q=Dialog", "/anmelden"];
const staffKinds = ["/verwaltung", "/verwaltung/instrumente", "/verwaltung/instrumente/neu", "/verwaltung/angebote"];

async function with_(house, options, role, work) {
  const context = await house.browser.newContext({ ...desk, ...options });
  if (role) await signIn(house, context, role);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems = [];
  const expect = (holds, words) => { if (!holds) problems.push(`${words} (at ${page.url()})`); };
  try {
    await work(page, expect, problems);
  } catch (error) {
    problems.push(error.message);
  }
  await context.close();
  return problems;
}

async function settled(page, fits, what) {
  for (let tries = 0; tries < 100; ++tries) {
    if (await fits()) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`waited in vain for: ${what}`);
}

// ---- the map

async function mapByKeyboard(house, page, expect) {
  await page.goto(`${house.base}/angebote?ansicht=karte`);
  await page.locator("place-map canvas").first().waitFor({ state: "attached" });
  const view = page.locator("place-map [role=application]");
  await view.scrollIntoViewIfNeeded();
  const drawn = page.locator("place-map");
  const picture = async () => (await drawn.screenshot({ animations: "disabled" })).toString("base64");
  let last = "";
  await settled(page, async () => {
    const before = last;
    last = await picture();
    await page.waitForTimeout(300);
    return before === last;
  }, "a quiet map");
  await view.focus();
  for (const [key, words] of [["ArrowRight", "moves"], ["+", "comes nearer"], ["-", "goes away"]]) {
    const before = await picture();
    await page.keyboard.press(key);
    await settled(page, async () => (await picture()) !== before, `the map that ${words} at ${key}`);
  }
  const help = await view.getAttribute("aria-describedby");
  expect(help && (await page.locator(`#${help}`).count()) === 1, "the map says how the keyboard moves it");
  expect(await page.locator("#places a").count() > 0, "the same places stand in the list below");
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => document.activeElement.className);
  expect(next !== "map-view", "Tab leaves the map");
  await page.locator(".switch a", { hasText: "Liste" }).press("Enter");
  await page.waitForURL((url) => !url.search.includes("ansicht=karte"));
  expect(await page.locator("#results .card").count() > 0, "the switch leads from the map to the list");
  await page.locator(".switch a", { hasText: "Karte" }).press("Enter");
  await page.waitForURL(/ansicht=karte/);
}

async function mapWithoutScript(house, page, expect) {
  await page.goto(`${house.base}/angebote?ansicht=karte`);
  const place = page.locator("#places .links a").first();
  expect(await place.isVisible(), "without JavaScript the places are a list");
  await place.click();
  expect(new URL(page.url()).pathname.startsWith("/angebote/"), "a place of the list leads to its offer");
}

// ---- right to left

const sides = (page) => page.evaluate(() => {
  const middle = (selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box?.width ? (box.left + box.right) / 2 / innerWidth : null;
  };
  return [".brand__mark", "h1", ".nav li:first-child a", ".filters", ".breadcrumb li:first-child"]
    .map((one) => [one, middle(one)]);
});

async function mirrored(house, page, expect, problems, paths) {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of paths) {
      await page.goto(house.base + path);
      const ltr = new Map(await sides(page));
      await page.evaluate(() => { document.documentElement.dir = "rtl"; document.documentElement.lang = "ar"; });
      const out = await sideways(page);
      if (out) problems.push(`${path} at ${width} px, right to left, scrolls sideways by ${out}`);
      for (const [what, at] of await sides(page)) {
        const was = ltr.get(what);
        if (at === null || was === null || was === undefined || Math.abs(was - 0.5) < 0.08) continue;
        const places = `from ${was.toFixed(2)} to ${at.toFixed(2)}`;
        expect(Math.abs(at - (1 - was)) < 0.12, `${path} at ${width} px: ${what} goes ${places}`);
      }
    }
  }
}

// ---- 400 %: 1280 x 1024 becomes 320 x 256

async function zoomed(house, page, problems, paths) {
  for (const path of paths) {
    await page.goto(house.base + path);
    const out = await sideways(page);
    if (out) problems.push(`${path} scrolls sideways by ${out}`);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    const covered = await page.evaluate(() => [...document.querySelectorAll("body *")]
      .filter((one) => /sticky|fixed/.test(getComputedStyle(one).position) && !one.closest(".table-box, .sr-only"))
      .map((one) => ({ name: one.className, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height > innerHeight * 0.4 && box.top < innerHeight && box.bottom > 0 && box.width > 100)
      .map(({ name, box }) => `${name} ${Math.round(box.height)} px`));
    for (const one of covered) problems.push(`${path}: ${one} of 256 px stays over the text`);
  }
}

// ---- colours: a control must differ from what lies around it, by 3:1 somewhere along its edge

const controlBoxes = (page) => page.evaluate(() => {
  const list = [];
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a.kern-btn")) {
    // Words that are links need no edge; what sticks is elsewhere in a picture of the whole page.
    if (/tertiary|link-button/.test(one.className)) continue;
    if (one.closest(".compare-bar, .sticky-actions, place-map, [hidden]")) continue;
    const box = (one.closest(".search, .tile") ?? one).getBoundingClientRect();
    if (box.width < 8 || box.height < 8 || !one.checkVisibility({ visibilityProperty: true })) continue;
    list.push({ name: `${one.tagName.toLowerCase()} ${one.id || one.name || one.className}`,
      x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height });
  }
  return list;
});

// In a page of its own: the strict CSP of ours has nothing to do with reading a picture.
const unseen = (reader, picture, boxes) => reader.evaluate(async ([source, controls]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${source}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  const light = (x, y) => {
    const at = 4 * (y * canvas.width + x);
    const [r, g, b] = [...pixels.subarray(at, at + 3)]
      .map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const best = ({ x, y, width, height }) => {
    let most = 1;
    for (const part of [0.3, 0.5, 0.7]) {
      const [outX, outY] = [Math.round(x + width * part), Math.round(y) - 3];
      const [sideX, sideY] = [Math.round(x) - 3, Math.round(y + height * part)];
      for (let step = 1; step < 9; ++step) {
        most = Math.max(most, contrast(light(outX, outY), light(outX, outY + step)),
          contrast(light(sideX, sideY), light(sideX + step, sideY)));
      }
    }
    return most;
  };
  return controls.map((one) => [one.name, best(one)]).filter(([, most]) => most < 2.9)
    .map(([name, most]) => `${name} (${most.toFixed(2)}:1)`);
}, [picture.toString("base64"), boxes]);

async function controlsSeen(house, page, problems, paths) {
  const reader = await house.browser.newPage();
  for (const path of paths) {
    await page.goto(house.base + path);
    // A window as high as the page: a picture beyond the window loses the ground of forced colours.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: 1280, height: Math.min(height, 6000) });
    const boxes = (await controlBoxes(page)).filter((box) => box.y > 3 && box.y + box.height < Math.min(height, 6000));
    const picture = await page.screenshot({ animations: "disabled" });
    await page.setViewportSize(desk.viewport);
    for (const name of await unseen(reader, picture, boxes)) problems.push(`${path}: nobody sees the edge of ${name}`);
  }
  await reader.close();
}

async function statesSeen(house, page, expect) {
  await page.goto(`${house.base}/instrumente`);
  const box = page.locator(".check__box").first();
  const shot = async (locator) => (await locator.screenshot({ animations: "disabled" })).toString("base64");
  const off = await shot(box);
  await box.check();
  await page.mouse.move(0, 0);
  expect(await shot(box) !== off, "a ticked box looks like one that is not");
  const [now, other] = await page.$$eval(".switch a", (all) => all.map((one) => getComputedStyle(one).backgroundColor));
  expect(now !== other, "the chosen view looks like the other");
}

// ---- print

async function printed(house, page, expect, problems) {
  await page.emulateMedia({ media: "print" });
  const onlyScreen = [".site-header", ".site-footer", ".topbar", ".breadcrumb", ".filters", ".compare-bar", ".toolbar"];
  const paths = ["/instrumente/world-cafe", "/angebote/bauleitplanung", "/ergebnisse/dialogue-2020", "/instrumente"];
  for (const path of paths) {
    await page.goto(house.base + path);
    for (const part of onlyScreen) {
      const shown = await page.locator(part).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
      if (shown) problems.push(`${path}: ${part} is printed`);
    }
    expect(await page.locator("h1").isVisible(), "the heading is printed");
    const pdf = await page.pdf({ format: "A4", printBackground: false });
    const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
    expect(pages >= 1 && pages <= 20, `${pages} sheets of paper`);
  }
}

await runAll(async (house) => {
  const run = async (name, options, role, work) => report(name, await with_(house, options, role, work));
  await run("the map is moved by keyboard, and is a list too", {}, null,
    (page, expect) => mapByKeyboard(house, page, expect));
  await run("the map is a list without JavaScript", { javaScriptEnabled: false }, null,
    (page, expect) => mapWithoutScript(house, page, expect));
  await run("public pages are mirrored right to left", {}, null,
    (page, expect, problems) => mirrored(house, page, expect, problems, kinds));
  await run("the administration is mirrored right to left", {}, "coordinator",
    (page, expect, problems) => mirrored(house, page, expect, problems, staffKinds));
  const far = { viewport: { width: 320, height: 256 } };
  await run("public pages can be used at 400 %", far, null,
    (page, _, problems) => zoomed(house, page, problems, kinds));
  await run("the administration can be used at 400 %", far, "coordinator",
    (page, _, problems) => zoomed(house, page, problems, staffKinds));
  for (const [words, options] of [["forced colours", { forcedColors: "active", colorScheme: "dark" }],
    ["the dark", { colorScheme: "dark" }], ["the light", { colorScheme: "light" }]]) {
    await run(`controls are seen in ${words}`, options, "coordinator", async (page, expect, problems) => {
      await controlsSeen(house, page, problems, [...kinds.slice(0, 7), ...staffKinds]);
      await statesSeen(house, page, expect);
    });
  }
  await run("pages are printed without what only a screen needs", {}, null,
    (page, expect, problems) => printed(house, page, expect, problems));
});
