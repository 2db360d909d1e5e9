import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../setup/chromium.ts";
import { accessibilityFaults } from "./axe.ts";
import { openedPage } from "./opened.ts";
import { type SolvedSample, solvedSample } from "./solved-sample.ts";

let sample: SolvedSample;
let browser: Browser;
beforeAll(async () => {
  [sample, browser] = await Promise.all([solvedSample(["scheduling"]), startChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

const opened = (path: string) => openedPage(browser, sample.url, path, { viewport: { width: 1440, height: 900 } });

test("a section is picked up and put down by keyboard alone: each place says its cost, and a scenario holds it there", async () => {
  const { page, faults } = await opened("/scheduling/board?rows=course");
  const card = page.locator("[data-card]").first();
  await card.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByText(/places are free of conflicts/).waitFor();
  const places = page.locator("[data-target]");
  expect(await places.count()).toBeGreaterThan(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  if ((await page.evaluate(() => document.activeElement?.getAttribute("data-target"))) === null)
    await places.first().focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Students whose classes change").waitFor();
  const name = await dialog.getByLabel(/Name of the scenario/).inputValue();
  await dialog.getByLabel(/Name of the scenario/).press("Enter");
  await dialog.getByText(/Solved\.|failed|no plan/).waitFor({ timeout: 120_000 });
  const { items } = await sample.client.scenarios();
  const made = items.find(({ scenario }) => scenario.name === name);
  expect(made?.scenario.changes[0]).toMatchObject({ table: "sections" });
  expect(faults).toEqual([]);
});

test("a section dragged with the mouse onto another place asks before anything is made", async () => {
  const { page, faults } = await opened("/scheduling/board?rows=course");
  const card = page.locator("[data-card]").first();
  await card.click();
  const place = page.locator("[data-target]").first();
  await place.waitFor();
  await card.dragTo(place);
  await page.getByRole("dialog").getByText("Requests met").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});

test("an unmet request says why, and what would mend it", async () => {
  const { page, faults } = await opened("/scheduling/unmet");
  await page.getByRole("button", { name: "Mend it" }).first().click();
  await page
    .getByRole("dialog")
    .getByText(/proven/)
    .first()
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test.each([
  "/scheduling",
  "/scheduling/one-more",
  "/scheduling/conflicts",
  "/scheduling/students",
  "/scheduling/loads",
])("axe finds nothing at %s", async (path) => {
  const { page, faults } = await opened(path);
  await page.getByRole("table").first().waitFor({ timeout: 60_000 });
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test("a student has a timetable, and is told what could be better", async () => {
  const { page, faults } = await opened("/scheduling/students");
  await page
    .getByRole("button", { name: /^Timetable of/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Look for them" }).click();
  await page
    .getByText(/requests? met/)
    .first()
    .waitFor();
  expect(page.url()).toContain("student=");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});
