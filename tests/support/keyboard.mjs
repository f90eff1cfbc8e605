// Going through a page by keyboard only, looking at every stop: the focus must be seen, by pixels.

const active = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  return { tag: element.tagName, id: element.id, name: element.getAttribute("name") ?? "", type: element.type ?? "",
    value: element.value ?? "", checked: element.checked === true, href: element.getAttribute("href") ?? "",
    class: element.getAttribute("class") ?? "",
    words: element.textContent.trim().replace(/\s+/g, " "),
    inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth };
});

// The same view with and without the focus: when no pixel differs, nobody sees where they are.
async function isSeen(page) {
  const picture = () => page.screenshot({ animations: "disabled" });
  const on = await picture();
  await page.evaluate(() => { globalThis.lastFocus = document.activeElement; globalThis.lastFocus.blur(); });
  const off = await picture();
  await page.evaluate(() => globalThis.lastFocus.focus({ preventScroll: true }));
  return Buffer.compare(on, off) !== 0;
}

// Presses Tab until `fits(stop)`; notes every stop whose focus cannot be seen. look: how many stops are looked at.
export async function tabTo(page, fits, problems, { key = "Tab", most = 120, look = most } = {}) {
  for (let step = 0; step < most; ++step) {
    await page.keyboard.press(key);
    const stop = await active(page);
    if (!stop) continue;
    const words = `${stop.tag.toLowerCase()} ${stop.id || stop.name || stop.words.slice(0, 40)}`;
    const wanted = fits(stop);
    if (wanted || step < look) {
      if (!stop.inside) problems.push(`the focus leaves the window at ${words} on ${page.url()}`);
      else if (!(await isSeen(page))) problems.push(`the focus cannot be seen at ${words} on ${page.url()}`);
    }
    if (wanted) return stop;
  }
  throw new Error(`Tab never reached what was looked for (${fits}) on ${page.url()}`);
}

export const current = active;

// Enter on a link or button that leads to another page (or the same one again).
export async function enter(page, key = "Enter") {
  const [reply] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press(key)]);
  return reply;
}

export const link = (part) => (stop) => stop.tag === "A" && (stop.href.includes(part) || stop.words.includes(part));
export const button = (words) => (stop) => stop.tag === "BUTTON" && stop.words.includes(words);
export const field = (name, value) => (stop) => stop.name === name && (value === undefined || stop.value === value);
