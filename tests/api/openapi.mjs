// The API keeps what its description says. A validator that is not ours checks the description; then every route is
// asked (each parameter, each value, each page, single items), and each answer is checked against its own schema, where
// a field that is not described is a mistake too. A new route without a schema fails here.
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { report, runAll } from "../support/house.mjs";

const most_items = 12;  // single items asked of each list

// What must be there besides being valid OpenAPI.
export function missing(document) {
  const problems = [];
  const named = new Set(Object.keys(document.components?.schemas ?? {}));
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const where = `${method.toUpperCase()} ${path}`;
      const need = (holds, what) => { if (!holds) problems.push(`${where} has no ${what}`); };
      need(operation.summary?.length > 5, "summary");
      need(operation.operationId, "operationId");
      const schema = operation.responses?.["200"]?.content?.["application/json"]?.schema;
      need(schema && Object.keys(schema).length > 0, "schema of its answer");
      need(operation.responses?.["400"], "answer for wrong parameters");
      need(!path.includes("{") || operation.responses?.["404"], "answer for what is not there");
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const described = operation.parameters.filter((p) => p.in === "path").map((p) => p.name);
      need(inPath.join() === described.join(), "description of the parameters in its path");
      for (const p of operation.parameters) need(p.description && p.schema?.type, `description of ${p.name}`);
    }
  }
  for (const [, name] of JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g))
    if (!named.has(name)) problems.push(`the schema ${name} is used and not there`);
  return problems;
}

// Objects that name their properties have no others.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const result = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (schema.properties && !("additionalProperties" in schema)) result.additionalProperties = false;
  return result;
}

class Checker {
  constructor(document) {
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: "api", components: closed(document.components) });
    this.made = new Map();
  }
  problems(schema, value, where) {
    const key = JSON.stringify(schema);
    if (!this.made.has(key))
      this.made.set(key, this.ajv.compile(JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/', '"api#/'))));
    const validate = this.made.get(key);
    if (validate(value)) return [];
    return validate.errors.slice(0, 5)
      .map((e) => `${where} ${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  }
}

const schemaOf = (operation) => operation.responses["200"].content["application/json"].schema;
const errorSchema = { $ref: "#/components/schemas/Error" };

async function ask(house, path, fields = {}) {
  const reply = await fetch(house.base + path, { headers: fields });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, text, json: text ? JSON.parse(text) : null };
}

// One answer that must be right: status, type, CORS, ETag and 304, schema.
async function good(house, checker, path, operation, problems) {
  const reply = await ask(house, path);
  if (reply.status !== 200) {
    problems.push(`${path} answers ${reply.status}: ${reply.text}`);
    return null;
  }
  const header = (name) => reply.headers.get(name) ?? "";
  if (!header("content-type").startsWith("application/json")) problems.push(`${path} is ${header("content-type")}`);
  if (header("access-control-allow-origin") !== "*") problems.push(`${path} may not be read by other sites`);
  if (header("set-cookie")) problems.push(`${path} sets a cookie`);
  if (!header("etag")) problems.push(`${path} has no ETag`);
  const again = await fetch(house.base + path, { headers: { "If-None-Match": header("etag") } });
  if (again.status !== 304) problems.push(`${path} answers ${again.status} to its own ETag`);
  if (again.headers.get("access-control-allow-origin") !== "*") problems.push(`the 304 of ${path} has no CORS field`);
  problems.push(...checker.problems(schemaOf(operation), reply.json, path));
  return reply.json;
}

async function bad(house, checker, path, status, problems) {
  const reply = await ask(house, path);
  if (reply.status !== status) problems.push(`${path} answers ${reply.status} instead of ${status}`);
  const readable = reply.headers.get("access-control-allow-origin") === "*";
  if (!readable) problems.push(`the ${status} of ${path} has no CORS field`);
  problems.push(...checker.problems(errorSchema, reply.json, path));
  if (reply.json?.error?.status !== status) problems.push(`${path} says another status than it has`);
  if (!reply.json?.error?.message) problems.push(`${path} does not say what is wrong`);
}

// The query that a list needs at least, and one more for each value that a parameter may have.
function queries(operation) {
  const of = (p, value) => `${p.name}=${encodeURIComponent(value)}`;
  const all = operation.parameters.filter((p) => p.in === "query");
  const needed = all.filter((p) => p.required).map((p) => of(p, p.example));
  const list = [needed];
  for (const p of all) {
    const schema = p.schema.items ?? p.schema;
    const values = schema.enum ?? (schema.type === "boolean" ? ["true", "false"] : schema.type === "integer"
      ? [schema.minimum, schema.maximum] : schema.format === "date" ? ["2026-01-01"] : []);
    for (const value of values) list.push([...needed, of(p, value)]);
  }
  return list.map((parts) => (parts.length ? `?${parts.join("&")}` : ""));
}

function wrongQueries(operation) {
  const list = ["quatsch=1", "limit=1&limit=2"];
  for (const p of operation.parameters.filter((one) => one.in === "query")) {
    const schema = p.schema.items ?? p.schema;
    if (schema.enum) list.push(`${p.name}=gibtsnicht`);
    if (schema.type === "integer")
      list.push(...["viele", schema.maximum + 1, schema.minimum - 1].map((value) => `${p.name}=${value}`));
    if (schema.type === "boolean") list.push(`${p.name}=vielleicht`);
    if (schema.format === "date") list.push(`${p.name}=2026-02-30`);
    if (["after", "topic", "district"].includes(p.name)) list.push(`${p.name}=gibt%20es%20nicht`);
  }
  return list;
}

// Follows "next" in pages of two: every item once, the same as in one large page.
async function paging(house, path, operation, needed) {
  const problems = [];
  const join = needed ? `${needed}&` : "?";
  const whole = (await ask(house, `${path}${join}limit=100`)).json;
  const keys = [];
  let next = `${house.base}${path}${join}limit=2`;
  for (let pages = 0; next && pages < 60; ++pages) {
    if (!next.startsWith(house.base)) { problems.push(`next is not absolute: ${next}`); break; }
    const page = (await ask(house, next.slice(house.base.length))).json;
    if (page.items.length > 2) problems.push(`${next} has ${page.items.length} items`);
    keys.push(...page.items.map((item) => item.key ?? item.url));
    next = page.next;
  }
  const expected = whole.items.map((item) => item.key ?? item.url);
  if (whole.next === null && keys.join() !== expected.join())
    problems.push(`${path} in pages of two: ${keys.length} items, at once: ${expected.length}`);
  if (new Set(keys).size !== keys.length) problems.push(`${path} shows something twice`);
  return problems;
}

async function checkList(house, checker, path, operation) {
  const problems = [];
  const all = queries(operation);
  const first = await good(house, checker, path + all[0], operation, problems);
  for (const query of all.slice(1)) await good(house, checker, path + query, operation, problems);
  const needed = all[0].slice(1);
  for (const query of wrongQueries(operation))
    await bad(house, checker, `${path}?${needed ? `${needed}&` : ""}${query}`, 400, problems);
  if (needed) await bad(house, checker, path, 400, problems);
  problems.push(...await paging(house, path, operation, all[0]));
  return { problems, keys: (first?.items ?? []).map((item) => item.key).filter(Boolean) };
}

async function checkOne(house, checker, path, operation, keys) {
  const problems = keys.length ? [] : [`there is no item to ask ${path} for`];
  for (const key of keys.slice(0, most_items))
    await good(house, checker, path.replace("{key}", encodeURIComponent(key)), operation, problems);
  await bad(house, checker, path.replace("{key}", "gibt-es-nicht"), 404, problems);
  await bad(house, checker, `${path.replace("{key}", encodeURIComponent(keys[0] ?? "x"))}?quatsch=1`, 400, problems);
  return problems;
}

async function checkRest(house, checker) {
  const problems = [];
  await bad(house, checker, "/api/v1/gibt-es-nicht", 404, problems);
  const posted = await fetch(`${house.base}/api/v1/offers`, { method: "POST" });
  if (posted.status !== 405) problems.push(`POST answers ${posted.status}`);
  if (!/GET/.test(posted.headers.get("allow"))) problems.push("POST is not told what is allowed");
  problems.push(...checker.problems(errorSchema, await posted.json(), "POST"));
  const asked = await fetch(`${house.base}/api/v1/offers`, { method: "OPTIONS", headers: {
    Origin: "https://elsewhere.example", "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "if-none-match" } });
  if (asked.status !== 204) problems.push(`OPTIONS answers ${asked.status}`);
  if (asked.headers.get("access-control-allow-origin") !== "*") problems.push("OPTIONS allows no origin");
  const fields = asked.headers.get("access-control-allow-headers") ?? "";
  if (!/if-none-match/i.test(fields)) problems.push("OPTIONS refuses If-None-Match");
  const head = await fetch(`${house.base}/api/v1/offers`, { method: "HEAD" });
  if (head.status !== 200 || (await head.text()) !== "") problems.push(`HEAD answers ${head.status}`);
  return problems;
}

await runAll(async (house) => {
  const { json: document } = await ask(house, "/api/v1/openapi.json");
  const result = await new Validator().validate(structuredClone(document));
  report("a foreign validator finds the description valid OpenAPI 3.1",
    result.valid && document.openapi.startsWith("3.1") ? [] : [JSON.stringify(result.errors)]);
  report("every route is described whole, with the schema of its answer", missing(document));
  const bare = { get: { summary: "Polls, the newest first", parameters: [], responses: { 200: { content: {} } } } };
  report("a route without a schema would be noticed",
    missing({ ...document, paths: { ...document.paths, "/api/v1/polls": bare } })
      .some((text) => text.includes("/api/v1/polls has no schema")) ? [] : ["it was not"]);

  const checker = new Checker(document);
  report("an answer with a field that nobody described would be noticed",
    checker.problems({ $ref: "#/components/schemas/Term" }, { key: "a", name: "b", secret: 1 }, "").length
      ? [] : ["it was not"]);
  // What has no list of its own is asked for what the example holds.
  const keys = new Map([["/api/v1/procedures/{key}/figures", ["smart-rhino", "digitaler-buergerdialog-2020"]]]);
  const paths = Object.entries(document.paths);
  for (const [path, { get }] of paths.filter(([path]) => !path.includes("{"))) {
    const list = await checkList(house, checker, path, get);
    keys.set(path, list.keys);
    report(`${path} answers as described`, list.problems);
  }
  for (const [path, { get }] of paths.filter(([path]) => path.includes("{"))) {
    const known = keys.get(path) ?? keys.get(path.replace("/{key}", "")) ?? [];
    report(`${path} answers as described`, await checkOne(house, checker, path, get, known));
  }
  report("errors, other methods and the question before are answered", await checkRest(house, checker));
});
