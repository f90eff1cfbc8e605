// A place in a form, by the keyboard alone, by an address, and without JavaScript.
import { report, runAll } from "../support/browser.mjs";

const form = "/verfahren/smart-rhino/ideen/ideen/neu";

async function with_(house, options, work) {
  const context = await house.browser.newContext(
    { locale: "de-DE", viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
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

async function drawn(page, fits, what) {
  for (let tries = 0; tries < 100; ++tries) {
    const value = await page.locator("#f-place-value").evaluate((field) => field.value);
    if (fits(value ? JSON.parse(value) : null)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`waited in vain for: ${what}`);
}

async function byKeyboard(house, page, expect) {
  await page.goto(house.base + form);
  const view = page.locator("place-map [role=application]");
  await page.locator("place-map").scrollIntoViewIfNeeded();
  await page.locator(".map-draw").waitFor();
  await page.locator(".map-draw input[value=area]").check();
  await view.focus();
  const state = page.locator(".map-draw [role=status]");
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft"]) {
    await page.keyboard.press("Enter");
    await page.keyboard.press(key);
    await page.waitForTimeout(400);
  }
  await drawn(page, (value) => value?.type === "Polygon" && value.coordinates[0].length === 4, "a triangle");
  expect((await state.textContent()).includes("3"), "the number of points is said");
  await page.keyboard.press("Backspace");
  await drawn(page, (value) => value === null, "two corners are no area yet");
  await page.locator(".map-draw input[value=line]").check();
  await drawn(page, (value) => value?.type === "LineString", "the two points are a line");
  await page.locator(".map-draw button", { hasText: "entfernen" }).click();
  await drawn(page, (value) => value === null, "nothing is drawn any more");
}

async function byAddress(house, page, expect) {
  await page.goto(house.base + form);
  await page.locator("place-map").scrollIntoViewIfNeeded();
  await page.locator(".map-draw").waitFor();
  await page.locator("#f-place-address").fill("Rheinische Str 3");
  await page.keyboard.press("Enter");
  const hit = page.locator(".map-draw__hit").first();
  await hit.waitFor();
  expect((await hit.textContent()).startsWith("Rheinische Straße 3"), "the address is found");
  expect(page.url().endsWith(form), "the form is not sent by looking for an address");
  await hit.click();
  await drawn(page, (value) => value?.type === "Point", "the address is the point");
}

async function withoutScript(house, page, expect) {
  await page.goto(house.base + form);
  await page.locator("#f-title").fill("Bänke");
  await page.locator("#f-place-address").fill("Rheinische Str 3");
  await page.locator("button[name=place-search]").click();
  const choice = page.locator("input[name=place-choice]").first();
  expect(await choice.isChecked(), "the first address found is chosen");
  expect(await page.locator("#f-title").inputValue() === "Bänke", "what was typed is still there");
  expect(await page.locator("#f-place-lat").count() === 1, "coordinates can be given");
}

await runAll(async (house) => {
  const run = async (name, options, work) => report(name, await with_(house, options, work));
  await run("an area is drawn by keyboard alone", {}, (page, expect) => byKeyboard(house, page, expect));
  await run("an address sets the place", {}, (page, expect) => byAddress(house, page, expect));
  await run("a place is given without JavaScript", { javaScriptEnabled: false },
    (page, expect) => withoutScript(house, page, expect));
});
