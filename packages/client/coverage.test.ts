import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TriviumClient } from "./index.ts";

const document = JSON.parse(readFileSync(new URL("../api/openapi.json", import.meta.url), "utf8"));
/** A browser's way to the identity provider and back, and what watches over the process: not for a program. */
const NOT_FOR_PROGRAMS = [
  "GET /v1/session/provider",
  "GET /v1/session/callback",
  "GET /healthz",
  "GET /readyz",
  "GET /metrics",
];

/** Calls every method of an object, with arguments that say nothing, and of those that hang on it. */
async function callAll(object: object): Promise<void> {
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(object))) {
    const method = (object as Record<string, unknown>)[name];
    if (name === "constructor" || typeof method !== "function") continue;
    const called = method.call(object, "x", "x", "x");
    await (Symbol.asyncIterator in Object(called) ? called.next() : called);
  }
  for (const held of Object.values(object)) if (typeof held === "object" && held !== null) await callAll(held);
}

test("the client has a method for every endpoint, and calls none that is not there; each says who calls", async () => {
  const made: string[] = [];
  const paths = Object.keys(document.paths).sort((a, b) => a.split("{").length - b.split("{").length);
  const patterns = paths.map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`) }));
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { pathname } = new URL(String(url));
    made.push(`${init?.method ?? "GET"} ${patterns.find(({ pattern }) => pattern.test(pathname))?.path ?? pathname}`);
    expect(new Headers(init?.headers).get("Authorization")).toBe("Bearer secret");
    return new Response(
      pathname.endsWith("/events") ? null : "{}",
      pathname.endsWith("/events") ? { status: 204 } : {},
    );
  };
  await callAll(new TriviumClient("http://x.example", { fetch, token: "secret" }));
  const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.filter((key) => !made.includes(key) && !NOT_FOR_PROGRAMS.includes(key))).toEqual([]);
  expect(made.filter((key) => !described.includes(key))).toEqual([]);
});
