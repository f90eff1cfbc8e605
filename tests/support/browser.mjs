// A running house (house.mjs) together with Chromium, for the browser tests.
import { chromium } from "playwright-core";
import { runAll as runWith, startHouse } from "./house.mjs";

export { report } from "./house.mjs";

const arguments_ = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function startBrowser() {
  const house = await startHouse();
  try {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    const browser = await chromium.launch({ executablePath, args: arguments_ });
    const stop = async () => {
      await browser.close();
      await house.stop();
    };
    return { ...house, browser, stop };
  } catch (error) {
    await house.stop();
    throw error;
  }
}

export async function signIn(house, context, role) {
  const page = await context.newPage();
  await page.goto(`${house.base}/anmelden`);
  await page.fill("input[name=email]", house.logins[role].email);
  await page.fill("input[name=password]", house.logins[role].password);
  await Promise.all([page.waitForURL((url) => url.pathname !== "/anmelden"), page.click("#form button[type=submit]")]);
  await page.close();
}

export const runAll = (work) => runWith(work, startBrowser);
