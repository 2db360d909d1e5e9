import { LOCAL, type Role } from "@trivium/model";
import type { Context } from "hono";
import { expect, test } from "vitest";
import { createApp } from "./app.ts";
import { clientAddress } from "./client-address.ts";
import { netOf, netsOf } from "./nets.ts";
import { SignInTries } from "./sign-in-tries.ts";
import { startTrial } from "./trial/trial.ts";

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
const call = (remoteAddress: string, forwarded?: string) =>
  ({ env: from(remoteAddress), req: { header: () => forwarded } }) as unknown as Context;
const proxies = netsOf(["127.0.0.0/8", "10.1.0.0/16"].map(netOf));

test("a call comes from its connection's other end; a header is believed only of a trusted proxy, and only what it added", () => {
  expect(clientAddress(call("198.51.100.7", "203.0.113.9"), proxies)).toBe("198.51.100.7");
  expect(clientAddress(call("::ffff:127.0.0.1", "203.0.113.9"), proxies)).toBe("203.0.113.9");
  expect(clientAddress(call("10.1.2.3", "6.6.6.6, 203.0.113.9, 10.1.9.9"), proxies)).toBe("203.0.113.9");
  expect(clientAddress(call("10.1.2.3", "203.0.113.9:4711"), proxies)).toBe("203.0.113.9");
  expect(clientAddress(call("127.0.0.1", "nonsense"), proxies)).toBe("127.0.0.1");
  expect(clientAddress(call("127.0.0.1"), proxies)).toBe("127.0.0.1");
});

test("an address that has tried too often waits until its time is over; right passwords do not count", () => {
  let nowMs = 0;
  const tries = new SignInTries(() => nowMs);
  for (let i = 0; i < 500; i++) {
    expect(tries.begin("198.51.100.7")).toBe(0);
    tries.succeeded("198.51.100.7");
  }
  for (let i = 0; i < 100; i++) expect(tries.begin("198.51.100.7")).toBe(0);
  expect(tries.begin("198.51.100.7")).toBe(900);
  expect(tries.begin("198.51.100.8")).toBe(0);
  nowMs = 899_500;
  expect(tries.begin("198.51.100.7")).toBe(1);
  nowMs = 900_000;
  expect(tries.begin("198.51.100.7")).toBe(0);
});

test("all addresses of one IPv6 network are one, and however many call, no more than ten thousand are kept in mind", () => {
  const tries = new SignInTries(() => 0);
  for (let i = 0; i < 100; i++) expect(tries.begin(`2001:db8:0:1::${i.toString(16)}`)).toBe(0);
  expect(tries.begin("2001:db8:0:1:ffff:1:2:3")).toBe(900);
  expect(tries.begin("2001:db8:0:2::1")).toBe(0);
  for (let i = 0; i < 30_000; i++) tries.begin(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
  expect(tries.size).toBe(10_000);
});

test("one password tried on many accounts from one address is refused with 429, behind a proxy as without one; others still come in", async () => {
  const trial = await startTrial();
  const account = { ...LOCAL, roles: ["viewer"] as Role[], login: "lee@elm.org", password: "seven brown buses" };
  await trial.store.accounts.add(account, "local");
  const signInTries = new SignInTries();
  const app = createApp({ ...trial.parts, signInTries });
  const signIn = (login: string, password: string, remote: string, forwarded?: string) =>
    app.request(
      "/v1/session",
      {
        method: "POST",
        headers: { "Content-Type": "application/json", ...(forwarded ? { "X-Forwarded-For": forwarded } : {}) },
        body: JSON.stringify({ login, password }),
      },
      from(remote),
    );
  // Each real guess costs the time of a password's hash.
  for (let i = 0; i < 98; i++) signInTries.begin("203.0.113.9");
  const guess = (i: number) => signIn(`person${i}@elm.org`, "password of the year", "127.0.0.1", "203.0.113.9");
  expect((await Promise.all([guess(1), guess(2)])).map(({ status }) => status)).toEqual([401, 401]);
  const refused = await guess(3);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(800);
  expect((await signIn("lee@elm.org", "seven brown buses", "127.0.0.1", "203.0.113.9")).status).toBe(429);
  expect((await signIn("lee@elm.org", "seven brown buses", "127.0.0.1", "203.0.113.10")).status).toBe(201);
  expect((await signIn("lee@elm.org", "seven brown buses", "198.51.100.7", "203.0.113.9")).status).toBe(201);
  await trial.close();
});
