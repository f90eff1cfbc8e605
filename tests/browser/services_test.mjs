// Signing in by another service against the real oidc-provider: the good way, and what must not let anybody in.
// The provider is the one from npm; only what it hands out is bent by a middleware, signed with its own key where a
// cheat would have it.
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort, report, runAll } from "../support/house.mjs";

const password = "ein geheimnis nur fuer diesen test";
const rsa = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const jwkOf = (key, kid, alg = "RS256") => ({ ...key.export({ format: "jwk" }), kid, alg, use: "sig" });
const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const decode = (text) => JSON.parse(Buffer.from(text, "base64url").toString());

const notSigned = "nicht so unterschrieben";
const notOurs = "gehört nicht zu einer Anmeldung";
const notTaken = "nimmt diese Anmeldung nicht an";

// ---- the service

class Service {
  async start(redirectUri) {
    this.port = await freePort();
    this.issuer = `http://127.0.0.1:${this.port}`;
    this.key = rsa();
    this.person = "erika";
    this.claims = {};
    const provider = this.provider = new Provider(this.issuer, {
      clients: [{ client_id: "mitwirken", client_secret: password, redirect_uris: [redirectUri],
        grant_types: ["authorization_code"], response_types: ["code"] }],
      jwks: { keys: [jwkOf(this.key, "eins")] },
      pkce: { required: () => true, methods: ["S256"] },
      features: { devInteractions: { enabled: false } },
      conformIdTokenClaims: false,
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], wohnt: ["resident"] },
      cookies: { keys: ["nur fuer diesen test"] },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, name: "Erika Dienst",
        email: `${id}@dienst.example`, email_verified: true, resident: false, ...this.claims }) }),
    });
    provider.use(async (context, next) => {
      await next();
      const bent = this.lie ?? (this.renewed && this.bend({ head: { kid: "zwei" }, key: this.renewed }));
      if (context.path === "/token" && bent && context.body?.id_token)
        context.body.id_token = bent(context.body.id_token);
      if (context.path === "/jwks" && this.renewed)
        context.body = { keys: [jwkOf(createPublicKey(this.renewed), "zwei")] };
    });
    const answer = provider.callback();
    this.server = createServer(async (request, response) => {
      if (!request.url.startsWith("/interaction/")) return answer(request, response);
      const grant = new provider.Grant({ accountId: this.person, clientId: "mitwirken" });
      grant.addOIDCScope("openid email profile wohnt");
      const consent = { grantId: await grant.save() };
      await provider.interactionDetails(request, response);
      await provider.interactionFinished(request, response, { login: { accountId: this.person }, consent });
    });
    await new Promise((done) => this.server.listen(this.port, "127.0.0.1", done));
  }
  stop() { this.server?.close(); this.server?.closeAllConnections(); }

  // The same token with other claims or another head, signed with the service's key or another.
  bend({ claims = {}, head = {}, key = this.key }) {
    return (token) => {
      const [oldHead, oldClaims] = token.split(".").slice(0, 2).map(decode);
      const text = `${encode({ ...oldHead, ...head })}.${encode({ ...oldClaims, ...claims })}`;
      return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
    };
  }
}

// ---- a browser without pictures: cookies by origin, redirects by hand

// Each comes from a network of its own: tries from one are slowed.
class Browser {
  static count = 0;
  network = `10.20.${++Browser.count}.1`;
  jars = new Map();
  async send(url, { method = "GET", fields } = {}) {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? this.jars.set(origin, new Map()).get(origin);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "x-forwarded-for": this.network, cookie };
    if (fields) headers["sec-fetch-site"] = "same-origin";
    const body = fields && new URLSearchParams(fields);
    const response = await fetch(url, { method, headers, body, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...rest] = line.split(";");
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      const gone = value === "" || rest.some((part) => /max-age=0$/i.test(part.trim()));
      gone ? jar.delete(name) : jar.set(name, value);
    }
    const location = response.headers.get("location");
    return { status: response.status, to: location && new URL(location, url).href, text: await response.text() };
  }
  get(url) { return this.send(url); }
  post(url, fields) { return this.send(url, { method: "POST", fields }); }
  has(origin, name) { return Boolean(this.jars.get(origin)?.has(name)); }

  // From the button on the sign-in page to the address the service sends back to.
  async toAnswer(house, way) {
    let at = await this.get(`${house.base}${way}`);
    for (let hop = 0; hop < 10 && at.to && !at.to.startsWith(`${house.base}/anmelden/zurueck`); ++hop)
      at = await this.get(at.to);
    if (!at.to) throw new Error(`the service sent nobody back: ${at.status} ${at.text.slice(0, 200)}`);
    return at.to;
  }
}

const way = "/anmelden/mit/anmelden-mit-dem-dienst?weiter=%2Fverfahren";

async function setUp(house, service) {
  const admin = new Browser();
  await admin.post(`${house.base}/anmelden`, house.logins.admin);
  const saved = await admin.post(`${house.base}/verwaltung/anmeldedienste-neu`, { label: "Anmelden mit dem Dienst",
    issuer: service.issuer, client_id: "mitwirken", secret: password, scopes: "openid email profile wohnt",
    verified_claim: "resident", active: "on" });
  if (saved.status !== 303) throw new Error(`the service was not saved: ${saved.status}`);
  const page = await admin.get(`${house.base}/verwaltung/anmeldedienste/anmelden-mit-dem-dienst`);
  if (page.text.includes(password)) throw new Error("the secret is shown");
}

async function goodWay(house, service) {
  const problems = [];
  const expect = (holds, words) => { if (!holds) problems.push(words); };
  const erika = new Browser();
  expect((await erika.get(`${house.base}/anmelden`)).text.includes("Anmelden mit dem Dienst"), "no button");
  const answer = await erika.toAnswer(house, way);
  const back = await erika.get(answer);
  expect(back.status === 303 && back.to === `${house.base}/verfahren`, `back: ${back.status} ${back.to}`);
  const own = await erika.get(`${house.base}/konto`);
  expect(own.text.includes("Erika Dienst") && own.text.includes("erika@dienst.example"), "the account is not hers");
  expect(!own.text.includes("pill--ok\">wohnt hier"), "she is said to live here");
  // Again, and now the service says where she lives: the same account.
  service.claims = { resident: true };
  const again = new Browser();
  await again.get(await again.toAnswer(house, way));
  expect((await again.get(`${house.base}/konto`)).text.includes("wohnt hier"), "she is not said to live here");
  const data = JSON.parse((await again.get(`${house.base}/konto/daten`)).text);
  expect(data.accounts.services.length === 1, "there are two identities");
  service.claims = {};
  return problems;
}

// An address that comes along opens nobody's account.
async function noLinkByAddress(house, service) {
  const problems = [];
  service.person = "mallory";
  service.claims = { email: house.logins.resident.email, email_verified: true, name: "Mallory" };
  const mallory = new Browser();
  const back = await mallory.get(await mallory.toAnswer(house, way));
  const own = (await mallory.get(`${house.base}/konto`)).text;
  if (back.status !== 303 || !own.includes("Mallory")) problems.push("no account of her own");
  if (own.includes(house.logins.resident.email)) problems.push("the account of somebody else was opened");
  service.person = "erika";
  service.claims = {};
  return problems;
}

async function refused(house, service, { lie, change = (url) => url, words, before }) {
  const problems = [];
  service.lie = lie;
  const visitor = new Browser();
  const answer = await visitor.toAnswer(house, way);
  if (before) await before(answer, visitor);
  const back = await visitor.get(change(answer));
  service.lie = undefined;
  if (back.status !== 400) problems.push(`status ${back.status}`);
  const said = back.text.match(/<h1[^]*?<\/p>/);
  if (!back.text.includes(words)) problems.push(`the page does not say “${words}”: ${said}`);
  if (visitor.has(house.base, "mw_session")) problems.push("there is a session");
  if (visitor.has(house.base, "mw_service")) problems.push("the attempt can be tried again");
  return problems;
}

// What a cheat would send, and what the page says to it.
function cases(house, service) {
  const now = Math.floor(Date.now() / 1000);
  const hmac = (secret) => (token) => {
    const [, claims] = token.split(".");
    const text = `${encode({ alg: "HS256", kid: "eins", typ: "JWT" })}.${claims}`;
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  };
  const unsigned = (token) => `${encode({ alg: "none", typ: "JWT" })}.${token.split(".")[1]}.`;
  const publicPem = createPublicKey(createPrivateKey(service.key.export({ type: "pkcs8", format: "pem" })))
    .export({ type: "spki", format: "pem" });
  return [
    ["another issuer in the token", { lie: service.bend({ claims: { iss: "https://boese.example" } }),
      words: "von einem anderen Dienst" }],
    ["another audience", { lie: service.bend({ claims: { aud: "ein-anderes-programm" } }),
      words: "für ein anderes Programm" }],
    ["several audiences without azp", { lie: service.bend({ claims: { aud: ["mitwirken", "anderes"] } }),
      words: "für ein anderes Programm" }],
    ["another azp", { lie: service.bend({ claims: { azp: "anderes" } }), words: "für ein anderes Programm" }],
    ["another nonce", { lie: service.bend({ claims: { nonce: "geraten" } }), words: "zu einer anderen Anmeldung" }],
    ["a token that has expired", { lie: service.bend({ claims: { iat: now - 7200, exp: now - 3600 } }),
      words: "zu alt" }],
    ["a token of another access token", { lie: service.bend({ claims: { at_hash: "AAAAAAAAAAAAAAAAAAAAAA" } }),
      words: "nicht vollständig" }],
    ["an unsigned token", { lie: unsigned, words: notSigned }],
    ["HS256 with the public key", { lie: hmac(publicPem), words: notSigned }],
    ["HS256 with the client's secret", { lie: hmac(password), words: notSigned }],
    ["a key the service does not publish", { lie: service.bend({ head: { kid: "zwei" }, key: rsa() }),
      words: notSigned }],
    ["another key under the name of the service's", { lie: service.bend({ key: rsa() }), words: notSigned }],
    ["a changed state", { change: (url) => url.replace(/state=[^&]*/, "state=geraten"), words: notOurs }],
    ["no state", { change: (url) => url.replace(/state=[^&]*/, ""), words: notOurs }],
    ["another issuer in the answer", { change: (url) => url.replace(/iss=[^&]*/, "iss=https%3A%2F%2Fboese.example"),
      words: "von einem anderen Dienst" }],
    ["a made-up code", { change: (url) => url.replace(/code=[^&]*/, "code=geraten"), words: notTaken }],
    ["a code that was redeemed before", { words: notTaken, before: async (answer) => {
      const code = await service.provider.AuthorizationCode.find(new URL(answer).searchParams.get("code"));
      await code.consume();
    } }],
    ["what the person has cancelled", { words: "abgebrochen",
      change: (url) => url.replace(/code=[^&]*/, "error=access_denied") }],
  ];
}

// The same answer twice: with the cookie of the first time, too.
async function twice(house) {
  const problems = [];
  const erika = new Browser();
  const answer = await erika.toAnswer(house, way);
  const cookie = erika.jars.get(house.base).get("mw_service");
  await erika.get(answer);
  const thief = new Browser();
  thief.jars.set(house.base, new Map([["mw_service", cookie]]));
  const second = await thief.get(answer);
  if (second.status !== 400 || !second.text.includes(notOurs)) problems.push(`status ${second.status}`);
  if (thief.has(house.base, "mw_session")) problems.push("there is a session");
  const other = await new Browser().get(answer);
  if (other.status !== 400) problems.push(`another browser: ${other.status}`);
  return problems;
}

// The service signs with a new key and publishes it; the old one is still known here.
async function newKey(house, service) {
  service.renewed = rsa();
  await new Promise((wake) => setTimeout(wake, 10_500));  // so often is asked for keys that are not known
  const erika = new Browser();
  const back = await erika.get(await erika.toAnswer(house, way));
  service.renewed = undefined;
  return back.status === 303 && erika.has(house.base, "mw_session") ? [] : [`status ${back.status}`];
}

async function elsewhere(house) {
  const away = [];
  for (const bad of ["//boese.example", "https://boese.example", "/\\boese.example"]) {
    const visitor = new Browser();
    const start = `/anmelden/mit/anmelden-mit-dem-dienst?weiter=${encodeURIComponent(bad)}`;
    const back = await visitor.get(await visitor.toAnswer(house, start));
    if (back.to !== `${house.base}/meine-beitraege`) away.push(`${bad} leads to ${back.to}`);
  }
  return away;
}

await runAll(async (house) => {
  const service = new Service();
  await service.start(`${house.base}/anmelden/zurueck`);
  try {
    await setUp(house, service);
    report("the button leads through the service into one's own account, twice into the same",
      await goodWay(house, service));
    report("an address that the service names opens nobody's account", await noLinkByAddress(house, service));
    for (const [name, settings] of cases(house, service))
      report(`${name} lets nobody in`, await refused(house, service, settings));
    report("an answer counts once, and only in the browser that asked", await twice(house));
    report("nobody is led to another site afterwards", await elsewhere(house));
    report("a key that the service has renewed is asked for", await newKey(house, service));
  } finally {
    service.stop();
  }
});
