import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../setup/chromium.ts";
import { accessibilityFaults } from "./axe.ts";
import { openedPage } from "./opened.ts";
import { type SolvedSample, solvedSample } from "./solved-sample.ts";

let sample: SolvedSample;
let browser: Browser;
beforeAll(async () => {
  [sample, browser] = await Promise.all([solvedSample(), startChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

/** A page of a person with this colour scheme; every call that leaves the server is held against it. */
const opened = (path: string, colorScheme: "light" | "dark" = "light") =>
  openedPage(browser, sample.url, path, { colorScheme });

test("after npm start the browser shows the sample's three plans, each beside today's service", async () => {
  const { page, faults } = await opened("/");
  for (const area of ["Scheduling", "Routing", "Facilities"]) {
    const card = page.getByRole("region", { name: area });
    await card
      .getByText(/^today /)
      .first()
      .waitFor();
    expect(await card.getByRole("link", { name: "Open the plan" }).count()).toBe(1);
  }
  expect(faults).toEqual([]);
});

test("a figure says where it comes from: what it counts, that the verifier had the same, which data", async () => {
  const { page, faults } = await opened("/");
  const card = page.getByRole("region", { name: "Routing" });
  await card.getByRole("button", { name: "Where does “Buses” come from?" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Made by").waitFor();
  const said = await dialog.textContent();
  expect(said).toContain("the same, from the district’s data alone");
  expect(said).toContain("buses_used");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});

test.each([
  ["/", "light"],
  ["/", "dark"],
  ["/district", "light"],
  ["/district/upload", "light"],
  ["/district/templates", "dark"],
  ["/scenarios", "light"],
  ["/routing", "dark"],
  ["/admin", "light"],
  ["/admin/jobs", "dark"],
  ["/admin/access", "light"],
  ["/admin/audit", "dark"],
  ["/scenarios/new", "dark"],
] as const)("axe finds nothing at %s, %s", async (path, scheme) => {
  const { page, faults } = await opened(path, scheme);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test("an address that names nothing says so, and the API still answers programs with a problem", async () => {
  const { page } = await opened("/no/such/page");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  const answer = await fetch(`${sample.url}/v1/nothing`, { headers: { Accept: "text/html" } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get("Content-Type")).toContain("application/problem+json");
});
