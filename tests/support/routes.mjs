// The program's own list of routes: which pages there are, and which of them an address belongs to.
import { execFileSync } from "node:child_process";

const escaped = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");

// GET routes that answer with a page, the more exact pattern first ("/x/neu" before "/x/{id}").
export function pageRoutes() {
  const all = JSON.parse(execFileSync(process.env.MITWIRKEN_TEST_BINARY, ["routes", "--json"], { encoding: "utf8" }));
  return all.filter((route) => route.method === "GET" && route.kind === "page")
    .map(({ path }) => ({ path, match: new RegExp(`^${escaped(path).replace(/\{[^}]*\}/g, "[^/]+")}$`) }))
    .sort((a, b) => (a.path.match(/\{/g) ?? []).length - (b.path.match(/\{/g) ?? []).length);
}

export const routeOf = (routes, path) => {
  const bare = path.replace(/[?#].*/, "");
  return routes.find((route) => route.match.test(bare))?.path;
};

// One kind of page: its route, and whether the address has a query and stands for a new item ("…/neu").
export function kindOf(routes, path) {
  const route = routeOf(routes, path);
  if (!route) return undefined;
  const fresh = /\/neu$/.test(path) ? " new" : "";
  return `${route}${path.includes("?") ? "?" : ""}${fresh}`;
}

export const unvisited = (routes, visited, exceptions) => routes.map((route) => route.path)
  .filter((path) => !visited.has(path) && !exceptions.includes(path)).map((path) => `never visited: ${path}`);
