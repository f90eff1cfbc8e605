// What must hold for one page: `whole` in three browsers' views, `brief` in one. Both give { problems, links }.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { signIn } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const mostHtml = 20_000;           // gzipped
const mostOverTheWire = 120 * 1024;  // a page without pictures and map, as it comes to somebody new

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

const kinds = {
  wide: [{ viewport: { width: 1280, height: 900 }, colorScheme: "light" }, axe],
  narrow: [{ viewport: { width: 390, height: 844 }, colorScheme: "dark", reducedMotion: "reduce" }, axe],
  plain: [{ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }],
};

export async function views(house, role, names = ["wide", "narrow", "plain"]) {
  const made = {};
  let cookies = null;  // one sign-in for all views: the throttle counts them
  for (const name of names) {
    const [options, script] = kinds[name];
    made[name] = await house.browser.newContext({ locale: "de-DE", ...options });
    if (role && cookies) await made[name].addCookies(cookies);
    else if (role) {
      await signIn(house, made[name], role);
      cookies = await made[name].cookies();
    }
    if (script) await made[name].addInitScript(script);
  }
  return made;
}
export const closeViews = async (made) => { for (const context of Object.values(made)) await context.close(); };

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

async function validity(source, problems) {
  const checked = await checker.validateString(source);
  for (const message of checked.results.flatMap((result) => result.messages)) {
    problems.push(`html ${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
  }
}

// Everything that scrolls sideways, and what sticks out.
export const sideways = (page) => page.evaluate(() => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const [from, to] = [-1, document.documentElement.clientWidth + 1];
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 2 && (box.right > to || box.left < from);
  });
  return over > 0 ? `${over} px: ${out.slice(0, 4).map((e) => `${e.tagName}.${e.className}`).join(", ")}` : "";
});

async function budgets(page, source, problems) {
  const html = gzipSync(source, { level: 6 }).length;
  if (html > mostHtml) problems.push(`the HTML has ${html} bytes gzipped, ${mostHtml} are allowed`);
  const bytes = await page.evaluate(() => performance.getEntriesByType("resource")
    .filter((one) => !/\.(svg|png|jpe?g|webp)(\?|$)|\/(map|part)\.|\/logo|\/dateien\/|\/karten\//.test(one.name))
    .reduce((sum, one) => sum + one.encodedBodySize, 0));
  const wire = html + bytes;
  if (wire > mostOverTheWire) problems.push(`${wire} bytes over the wire, ${mostOverTheWire} are allowed`);
}

const local = (links, base) => links.filter((url) => url.startsWith(`${base}/`))
  .map((url) => url.slice(base.length).replace(/#.*/, ""));

export async function brief(house, contexts, path, expected, withAxe) {
  const problems = [];
  const { page, reply } = await open(contexts.wide, house.base + path, problems, "1280");
  if (reply.status() !== expected) problems.push(`status ${reply.status()} instead of ${expected}`);
  const source = await reply.text();
  if (withAxe) await violations(page, problems, "1280 light");
  const { links } = await content(page);
  await page.close();
  await validity(source, problems);
  return { problems, links: local(links, house.base) };
}

export async function whole(house, contexts, path, expected) {
  const problems = [];
  const url = house.base + path;
  const wide = await open(contexts.wide, url, problems, "1280");
  if (wide.reply.status() !== expected) problems.push(`status ${wide.reply.status()} instead of ${expected}`);
  const source = await wide.reply.text();
  await violations(wide.page, problems, "1280 light");
  await budgets(wide.page, source, problems);
  await wide.page.close();

  const narrow = await open(contexts.narrow, url, problems, "390");
  await violations(narrow.page, problems, "390 dark");
  await narrow.page.setViewportSize({ width: 320, height: 700 });
  const out = await sideways(narrow.page);
  if (out) problems.push(`320 px scrolls sideways by ${out}`);
  const scripted = await content(narrow.page);
  await narrow.page.close();

  const plain = await open(contexts.plain, url, problems, "no script");
  const bare = await content(plain.page);
  await plain.page.close();
  if (bare.headings.length !== 1 && !path.startsWith("/einbetten/")) problems.push(`${bare.headings.length} <h1>`);
  if (bare.headings.join() !== scripted.headings.join()) problems.push("another <h1> without JavaScript");
  for (const link of scripted.links) if (!bare.links.includes(link)) problems.push(`only with JavaScript: ${link}`);
  for (const link of bare.links) if (!scripted.links.includes(link)) problems.push(`gone with JavaScript: ${link}`);
  await validity(source, problems);
  return { problems, links: local(bare.links, house.base) };
}
