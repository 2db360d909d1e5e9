import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { serveApi } from "@trivium/api";
import type { Job } from "@trivium/model";
import { builtWeb } from "@trivium/web";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrial, type Trial } from "../../packages/api/trial/trial.ts";
import { startChromium } from "../setup/chromium.ts";

const JOBS = 100_000;
const cache = mkdtempSync(join(tmpdir(), "trivium-web-cache-"));
let folder: string;
let trial: Trial;
let serving: Awaited<ReturnType<typeof serveApi>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await builtWeb(cache, () => {});
  trial = await startTrial();
  serving = await serveApi({ ...trial.parts, webDir: folder }, { port: 0 });
  browser = await startChromium();
  page = await browser.newPage({ baseURL: serving.url });
});
afterAll(async () => {
  await browser?.close();
  await serving?.close();
  await trial?.close();
  rmSync(cache, { recursive: true, force: true });
});

test("what is fetched before the first page stays under 250 kB, compressed", () => {
  const index = readFileSync(join(folder, "index.html"), "utf8");
  const first = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file);
  const bytes = first.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
  expect(first.some((file) => file.endsWith(".js"))).toBe(true);
  expect(bytes).toBeLessThan(250_000);
  expect(readdirSync(join(folder, "assets")).some((file) => file.includes("map") && first.includes(file))).toBe(false);
});

const job = (index: number): Job => ({
  job_id: `job_${index}`,
  scenario_id: "scenario_1",
  area: "routing",
  priority: "normal",
  submitted_by: `user-${index}`,
  status: "succeeded",
  attempt: 1,
  created_at: "2027-01-01T00:00:00Z",
  started_at: "2027-01-01T00:00:00Z",
  ended_at: "2027-01-01T00:01:00Z",
  progress: null,
  plan_id: null,
  error: null,
  cancel_requested: false,
});

test("of a hundred thousand rows only those looked at are drawn, by scrolling and by searching", async () => {
  const items = Array.from({ length: JOBS }, (_, index) => job(index));
  await page.route("**/v1/jobs?*", (route) => route.fulfill({ json: { items, next: null } }));
  await page.goto("/admin/jobs");
  const table = page.getByRole("region", { name: "Jobs" });
  await page.getByText("100,000 rows").waitFor();
  expect(await table.locator("tbody tr").count()).toBeLessThan(150);
  await table.evaluate((region) => region.scrollTo(0, region.scrollHeight));
  await table.getByText(`user-${JOBS - 1}`).waitFor();
  expect(await table.locator("tbody tr").count()).toBeLessThan(150);
  await page.getByRole("searchbox").fill("user-77777");
  await page.getByText("1 of 100,000 rows").waitFor();
  await page.unroute("**/v1/jobs?*");
});

test("by keyboard alone: past the menu to the page, to another area, and what was chosen is said", async () => {
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("page");
  await page.getByRole("link", { name: "District" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "District data" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("page");
  expect(await page.title()).toBe("District data · Trivium");
  expect(await page.locator("[aria-current=page]").first().textContent()).toBe("District");
});

test("on a small screen the menu is opened and closed, and nothing is wider than the screen", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/scenarios");
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Facilities" }).click();
  await page.getByRole("heading", { level: 1, name: "Facilities" }).waitFor();
  expect(await page.getByRole("link", { name: "Facilities" }).isVisible()).toBe(false);
});
