// Widgets in pages of other sites, as a real browser sees them: a site on the list shows them and gives them the height
// of their content; a site that is not on it is refused by the browser. No widget sets a cookie.
import { createServer } from "node:http";
import { report, runAll, signIn } from "../support/browser.mjs";

// A page of somebody else, on an origin of its own.
async function otherSite(body) {
  const server = createServer((_, reply) => {
    reply.setHeader("Content-Type", "text/html; charset=utf-8");
    reply.end(`<!DOCTYPE html><html lang="de"><title>Verein</title><body style="margin:0">${body()}</body></html>`);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => server.close(done)) };
}

async function allow(house, sites) {
  const context = await house.browser.newContext();
  await signIn(house, context, "admin");
  const page = await context.newPage();
  await page.goto(`${house.base}/verwaltung/einbetten`);
  await page.fill("textarea[name=sites]", sites.join("\n"));
  await Promise.all([page.waitForResponse((reply) => reply.request().method() === "POST"),
    page.click("#form button[type=submit], form[action$='/einbetten'] button[type=submit]")]);
  const saved = await page.inputValue("textarea[name=sites]");
  const elsewhere = await (await page.goto(`${house.base}/verwaltung/einstellungen`)).text();
  await context.close();
  return { saved, elsewhere };
}

// The code that the page of open data gives out for a widget.
async function code(house, query) {
  const context = await house.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${house.base}/offene-daten?${query}`);
  const text = await page.inputValue("#code");
  await context.close();
  return text;
}

async function visit(house, url, options = {}) {
  const context = await house.browser.newContext({ viewport: { width: 800, height: 700 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(url, { waitUntil: "load" });
  for (const handle of await page.$$("iframe")) await handle.scrollIntoViewIfNeeded();
  await page.waitForTimeout(800);
  return { context, page, said };
}

// Every list, and of each the card of its first entry.
async function widgets(house) {
  const kinds = { angebote: "offers", termine: "events", neuigkeiten: "news", instrumente: "toolbox/formats",
    ergebnisse: "documentations" };
  const paths = [];
  for (const [word, list] of Object.entries(kinds)) {
    const reply = await fetch(`${house.base}/api/v1/${list}?limit=1`);
    paths.push(`/einbetten/${word}`, `/einbetten/${word}/${(await reply.json()).items[0].key}`);
  }
  return paths;
}

async function shows(house, site, body, path) {
  const problems = [];
  body.text = await code(house, `inhalt=${encodeURIComponent(path)}`);
  if (!body.text.includes(`src="${house.base}${path}`)) return [`the code is for something else: ${body.text}`];
  const { context, page, said } = await visit(house, site.origin);
  const frame = page.frames().find((one) => one.url().startsWith(house.base));
  if (!frame) problems.push(`no frame of ours: ${page.frames().map((one) => one.url()).join(" ")}`);
  else {
    if (!(await frame.textContent("h1"))) problems.push("no heading in the frame");
    const inner = await frame.evaluate(() => document.getElementById("content").getBoundingClientRect().height);
    const outer = await page.$eval("iframe", (one) => one.getBoundingClientRect().height);
    if (Math.abs(outer - Math.ceil(inner)) > 1) problems.push(`the frame is ${outer} px high, its content ${inner}`);
    const scrolls = await frame.evaluate(() => document.documentElement.scrollHeight > innerHeight + 1);
    if (scrolls) problems.push("the frame scrolls inside");
    const links = await frame.$$eval("a", (all) => all.filter((a) => !["_parent", "_top"].includes(a.target)).length);
    if (links) problems.push(`${links} links stay in the frame`);
  }
  const cookies = await context.cookies();
  if (cookies.length) problems.push(`cookies: ${cookies.map((one) => one.name)}`);
  problems.push(...said.filter((text) => /Refused|violat/i.test(text)));
  await context.close();
  return problems;
}

await runAll(async (house) => {
  const body = { text: "" };
  const allowed = await otherSite(() => body.text);
  const stranger = await otherSite(() => body.text);
  try {
    const { saved, elsewhere } = await allow(house, [allowed.origin]);
    report("the list of sites is edited in one place", [
      ...(saved === allowed.origin ? [] : [`saved is: ${saved}`]),
      ...(/embedding_sites/.test(elsewhere) ? ["the settings have it as well"] : [])]);

    for (const path of await widgets(house))
      report(`an allowed site shows ${path} whole`, await shows(house, allowed, body, path));

    body.text = await code(house, "inhalt=/einbetten/angebote&bezirk=hoerde&anzahl=2");
    {
      const { context, page } = await visit(house, stranger.origin);
      const ours = page.frames().filter((one) => one.url().startsWith(house.base));
      const text = await page.frames().at(-1).textContent("body").catch(() => "");
      report("the browser refuses a site that is not on the list", [
        ...(ours.length ? ["the frame is shown"] : []),
        ...(/Hörde/.test(text) ? ["its text is there"] : []),
        ...(page.frames().at(-1).url().startsWith("chrome-error://") ? [] : [page.frames().at(-1).url()])]);
      await context.close();
    }
    {
      const { context, page } = await visit(house, allowed.origin);
      const frame = page.frames().find((one) => one.url().startsWith(house.base));
      const count = await frame.$$eval("li.event", (all) => all.length);
      report("the widget keeps to its district and its number", count > 0 && count <= 2 ? [] : [`${count} entries`]);
      await context.close();
    }
    {
      const lines = body.text;
      body.text = lines.replace(/<script.*/s, "");
      const { context, page } = await visit(house, allowed.origin, { javaScriptEnabled: false });
      const height = await page.$eval("iframe", (one) => one.getBoundingClientRect().height);
      const frame = page.frames().find((one) => one.url().startsWith(house.base));
      report("without scripts the frame has the height of its line", height === 520 && frame ? [] : [`${height} px`]);
      await context.close();
      body.text = `${lines}<iframe id="other" src="about:blank" height="100"></iframe>
        <script>setTimeout(() => postMessage({ mitwirken: "height", height: 4000 }, "*"), 300)</script>`;
      const forged = await visit(house, allowed.origin);
      const heights = await forged.page.$$eval("iframe", (all) => all.map((one) => one.getBoundingClientRect().height));
      report("a message of somebody else changes no height",
        heights.every((px) => px < 3000) ? [] : [heights.join()]);
      await forged.context.close();
    }
    body.text = `<iframe src="${house.base}/angebote"></iframe>`;
    const { context, page } = await visit(house, allowed.origin);
    report("a page that is no widget is shown in no frame, even on an allowed site",
      page.frames().some((one) => one.url().startsWith(house.base)) ? ["it is shown"] : []);
    await context.close();
  } finally {
    await allowed.stop();
    await stranger.stop();
  }
});
