// A running house for tests in JavaScript: temporary data folder, the example, a free port.
// What must stay true: nothing outside the temporary folder is written, every process started here is ended again.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The environment without the settings of whoever runs the tests: MITWIRKEN_* would change what is served.
function bareEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("MITWIRKEN_")));
}

export async function freePort() {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

async function answers(base, server) {
  for (let tries = 0; tries < 300; ++tries) {
    if (server.exitCode !== null) throw new Error(`the server ended with status ${server.exitCode}`);
    const reply = await fetch(`${base}/health`).catch(() => null);
    if (reply?.ok) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error("the server did not answer within 30 seconds");
}

export async function startHouse() {
  const program = process.env.MITWIRKEN_TEST_BINARY;
  if (!program || !existsSync(program)) throw new Error("MITWIRKEN_TEST_BINARY names no program");
  const data = mkdtempSync(join(tmpdir(), "mitwirken-house-"));
  const options = { env: bareEnvironment(), stdio: ["ignore", "ignore", "inherit"] };
  let server = null;
  const stop = async () => {
    if (server && server.exitCode === null) {
      const ended = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  };
  try {
    execFileSync(program, ["migrate", "--data", data], options);
    execFileSync(program, ["example", "--data", data], options);
    const port = await freePort();
    server = spawn(program, ["serve", "--data", data, "--port", String(port)],
      { env: bareEnvironment(), stdio: ["ignore", "ignore", "ignore"] });
    const base = `http://127.0.0.1:${port}`;
    await answers(base, server);
    const logins = Object.fromEntries(readFileSync(join(data, "example-logins.txt"), "utf8").trim().split("\n")
      .map((line) => line.split("\t")).map(([role, email, password]) => [role, { email, password }]));
    return { base, logins, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// One TAP line a test; what went wrong follows as comments.
let failures = 0;
export function report(name, problems) {
  console.log(`${problems.length ? "not ok" : "ok"} - ${name}`);
  for (const problem of problems) console.log(`#   ${String(problem).replaceAll("\n", "\n#     ")}`);
  if (problems.length) ++failures;
}

// Starts a house by `start`, lets `work` test it, ends it in every case.
export async function runAll(work, start = startHouse) {
  let house = null;
  try {
    house = await start();
    await work(house);
  } catch (error) {
    report("the test runs to its end", [error.stack]);
  } finally {
    await house?.stop();
  }
  process.exitCode = failures ? 1 : 0;
}
