import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../setup/chromium.ts";
import { accessibilityFaults } from "./axe.ts";
import { openedPage } from "./opened.ts";
import { type SolvedSample, solvedSample } from "./solved-sample.ts";

let sample: SolvedSample;
let browser: Browser;
let planId: string;
beforeAll(async () => {
  [sample, browser] = await Promise.all([solvedSample(), startChromium()]);
  const { items } = await sample.client.plans();
  planId = items.find(({ area }) => area === "routing")?.plan_id ?? "";
});
afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

const opened = (path: string, colorScheme: "light" | "dark" = "light") =>
  openedPage(browser, sample.url, path, { colorScheme });

const drawn = (page: Page) => page.locator(".map-canvas[data-drawn]").waitFor();

/** Clicks here and there on the map until a run is hit. */
async function clickOnRun(page: Page): Promise<void> {
  const box = await page.locator(".map-canvas canvas").boundingBox();
  if (!box) throw new Error("there is no map");
  for (let across = 0.1; across < 0.9; across += 0.04) {
    await page.mouse.click(box.x + across * box.width, box.y + box.height * 0.6);
    if (new URL(page.url()).searchParams.has("run")) return;
  }
  throw new Error("no run lies across the map");
}

/** Drags what is held here and there over the map until its price is shown. */
async function overRun(page: Page, price: Locator): Promise<void> {
  const box = await page.locator(".map-canvas canvas").boundingBox();
  if (!box) throw new Error("there is no map");
  for (const down of [0.45, 0.6, 0.3, 0.75])
    for (let across = 0.1; across < 0.9; across += 0.02) {
      await page.mouse.move(box.x + across * box.width, box.y + down * box.height, { steps: 2 });
      if (await price.isVisible()) return;
    }
  throw new Error("no other run lies across the map");
}

test("the map is drawn from the district's own roads, a run is chosen on it, and says why its riders ride as they do", async () => {
  const { page, faults } = await opened("/routing");
  const tiles: string[] = [];
  page.context().on("response", (answer) => {
    if (/\/roads\/\d+\/\d+\/\d+$/.test(answer.url()) && answer.ok()) tiles.push(answer.url());
  });
  await page.getByRole("link", { name: /^Plan / }).click();
  await drawn(page);
  expect(tiles.length).toBeGreaterThan(0);
  await clickOnRun(page);
  const panel = page.getByRole("region", { name: /^Run / });
  await panel.getByRole("region", { name: "Stop times" }).waitFor();
  await panel
    .getByRole("button", { name: /^Why\? / })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  // The first question builds the plan's problem.
  await dialog.locator("dl.facts dd").first().waitFor({ timeout: 120_000 });
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});

test("runs are filtered by the address, and by the keyboard one is opened from the list", async () => {
  const { runs } = (await sample.client.plan(planId)).decisions as unknown as {
    runs: { run_id: string; direction: string; school_ids: string[] }[];
  };
  const [{ school_ids }] = runs;
  const expected = runs.filter((run) => run.direction === "PM" && run.school_ids.includes(school_ids[0]));
  const { page } = await opened(`/routing/${planId}?direction=PM&school=${school_ids[0]}`);
  const list = page.getByRole("region", { name: "Runs", exact: true });
  await list.getByRole("button").first().waitFor();
  expect(await list.getByRole("button").count()).toBe(expected.length);
  await list.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: /^Run PM/ }).waitFor();
  expect(new URL(page.url()).searchParams.get("direction")).toBe("PM");
});

test("the GTFS feed is saved, and a trip of it runs for every run that calls at a public stop", async () => {
  const { page, faults } = await opened(`/routing/${planId}/files`);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download: GTFS feed" }).click();
  const saved = await saving;
  const feed = unzipSync(new Uint8Array(await readFile(await saved.path())));
  const gtfs = Object.keys(feed).find((name) => name.endsWith(".zip"));
  const files = gtfs === undefined ? feed : unzipSync(feed[gtfs]);
  const trips = new TextDecoder().decode(files[Object.keys(files).find((name) => name.endsWith("trips.txt")) ?? ""]);
  const { run_stops } = (await sample.client.plan(planId)).decisions as unknown as {
    run_stops: { run_id: string; stop_id: string }[];
  };
  const atStops = Map.groupBy(
    run_stops.filter(({ stop_id }) => !stop_id.startsWith("HOME-")),
    ({ run_id }) => run_id,
  );
  const expected = [...atStops.values()].filter(({ length }) => length >= 2);
  expect(trips.trim().split("\n")).toHaveLength(expected.length + 1);
  expect(faults).toEqual([]);
});

test("a rider dragged over another run shows what that would cost, and says it in full where they are dropped", async () => {
  const { runs } = (await sample.client.plan(planId)).decisions as unknown as {
    runs: { run_id: string; direction: string; school_ids: string[] }[];
  };
  const { run_id, direction, school_ids } = runs[0];
  const { page, faults } = await opened(
    `/routing/${planId}?direction=${direction}&school=${school_ids[0]}&run=${encodeURIComponent(run_id)}`,
  );
  await drawn(page);
  const rider = page.getByRole("region", { name: "Riders", exact: true }).locator("[draggable=true]").first();
  await rider.hover();
  await page.mouse.down();
  const price = page.locator(".map-price");
  await overRun(page, price);
  await price.getByText(/a year/).waitFor({ timeout: 120_000 });
  await page.mouse.up();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Longest ride of those moved").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test("a late student is offered seats, and the runs of a missing bus are given to others", async () => {
  const { page, faults } = await opened(`/routing/${planId}/dispatch`);
  const { assignments, routes } = (await sample.client.plan(planId)).decisions as unknown as {
    assignments: { student_id: string }[];
    routes: { bus_id: string }[];
  };
  await page.getByLabel("Student’s id, if known").fill(assignments[0].student_id);
  await page.getByRole("button", { name: "Find a seat" }).click();
  const offers = page.getByRole("region", { name: "A student comes late: Morning" });
  await offers.getByText(/^\$/).first().waitFor({ timeout: 120_000 });
  await page.getByLabel("Buses that are missing").fill(routes[0].bus_id);
  await page.getByRole("button", { name: "Cover their runs" }).click();
  await page.getByText(`Missing: ${routes[0].bus_id}`).waitFor({ timeout: 120_000 });
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test.each([
  ["", "light"],
  ["", "dark"],
  ["/runs", "light"],
  ["/day", "light"],
  ["/day", "dark"],
  ["/schools", "light"],
  ["/on-time", "dark"],
  ["/compare", "light"],
  ["/files", "dark"],
] as const)("axe finds nothing on the routes' page %s, %s", async (tab, scheme) => {
  const { page, faults } = await opened(`/routing/${planId}${tab}`, scheme);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});
