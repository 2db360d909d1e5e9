import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../setup/chromium.ts";
import { accessibilityFaults } from "./axe.ts";
import { openedPage } from "./opened.ts";
import { type SolvedSample, solvedSample } from "./solved-sample.ts";

let sample: SolvedSample;
let browser: Browser;
beforeAll(async () => {
  [sample, browser] = await Promise.all([solvedSample(["facilities"]), startChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

const opened = (path: string) => openedPage(browser, sample.url, path, { viewport: { width: 1440, height: 900 } });

test("a project put off says what waiting costs, one brought forward becomes a scenario", async () => {
  const { page, faults } = await opened("/facilities/plan");
  const years = page.locator("section.year");
  await years.nth(1).locator(".project").first().press("Enter");
  await years
    .nth(3)
    .getByRole("button", { name: /^Put it in/ })
    .press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Emergency spend").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await years.nth(1).locator(".project").first().press("Enter");
  await years
    .nth(0)
    .getByRole("button", { name: /^Put it in/ })
    .press("Enter");
  await dialog.getByRole("button", { name: "Make the scenario and solve it" }).waitFor();
  expect(faults).toEqual([]);
});

test("the budget slider shows at once what less money would cost", async () => {
  const { page, faults } = await opened("/facilities/budget");
  const slider = page.getByRole("slider");
  await slider.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
  await page.getByText("80 % of the present budgets").waitFor();
  await page.getByText(/over the plan; expected cost \+\$/).waitFor();
  expect(faults).toEqual([]);
});

test("an asset has a forecast curve, with its intervals and what drives it", async () => {
  const { page, faults } = await opened("/facilities/assets?planned=yes");
  await page.locator("tbody button").first().click();
  await page.getByRole("dialog").getByText("95 % interval").waitFor();
  expect(page.url()).toContain("asset=");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test.each(["/facilities", "/facilities/assets", "/facilities/plan", "/facilities/budget", "/facilities/model"])(
  "axe finds nothing at %s",
  async (path) => {
    const { page, faults } = await opened(path);
    await page.getByRole("heading", { level: 2 }).or(page.getByRole("table")).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  },
);
