import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../setup/chromium.ts";
import { startTrivium, type TriviumProcess, zippedDistrict } from "../setup/trivium.ts";
import { accessibilityFaults } from "./axe.ts";

const SAMPLE = fileURLToPath(new URL("../../data/sample", import.meta.url));
/** What a capital plan needs of the sample: read and solved in seconds. */
const FACILITIES_ONLY = /^(district\.json|schools\.csv|facilities\/.*)$/;
const PASSWORD = "correct horse battery staple";

const home = mkdtempSync(join(tmpdir(), "trivium-story-"));
let server: TriviumProcess;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  server = startTrivium(["serve", "--port", "0"], { TRIVIUM_HOME: home, REDIS_URL: "", DATABASE_URL: "" });
  const [, url] = await server.said(/serving (http:\S+)/);
  browser = await startChromium();
  page = await browser.newPage({ baseURL: url, viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on(
    "request",
    (request) =>
      /^(blob|data):/.test(request.url()) || request.url().startsWith(url) || faults.push(`calls ${request.url()}`),
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(home, { recursive: true, force: true });
});

const button = (name: string | RegExp) => page.getByRole("button", { name });
const link = (name: string | RegExp) => page.getByRole("link", { name });
const heading = (name: string | RegExp) => page.getByRole("heading", { name });

async function newAccount(login: string, roles: readonly string[]): Promise<void> {
  await button("New account").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Login").fill(login);
  await dialog.getByLabel("Password").fill(PASSWORD);
  for (const role of roles) await dialog.getByLabel(role, { exact: true }).check();
  await dialog.getByRole("button", { name: "New account" }).click();
  await dialog.waitFor({ state: "detached" });
}

async function signIn(login: string): Promise<void> {
  await heading("Sign in").waitFor();
  await page.getByLabel("Login").fill(login);
  await page.getByLabel("Password").fill(PASSWORD);
  await button("Sign in").click();
  await page.getByRole("navigation", { name: "Menu" }).waitFor();
}

async function solved(name: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Search time").fill("3");
  await button("Create the scenario").click();
  await heading(name).waitFor();
  await page.getByLabel("Area").selectOption("facilities");
  await button("Solve facilities").click();
  await heading("Solve: Facilities").waitFor();
  await link("Open the plan").waitFor({ timeout: 300_000 });
}

test("before anything is there, one's own data or the sample is offered", async () => {
  await page.goto("/");
  await heading("No district is loaded yet").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("the first account ends the time of this machine's user: it has to sign in, and the next is made by the new administrator", async () => {
  await page.goto("/admin/access");
  await page.getByText("No account has been made.").waitFor();
  await newAccount("ada", ["planner", "admin"]);
  await signIn("ada");
  await page.goto("/admin/access");
  await newAccount("ben", ["approver"]);
  await page.getByRole("cell", { name: "ben" }).waitFor();
});

test("a zip is checked, loaded, and its warnings are accepted with a reason", async () => {
  await page.goto("/district/upload");
  const buffer = Buffer.from(zippedDistrict(SAMPLE, FACILITIES_ONLY));
  await page.getByLabel("Choose files").setInputFiles({ name: "district.zip", mimeType: "application/zip", buffer });
  await button("Check").click();
  await page.getByText("No error. The data can be loaded.").waitFor();
  await button("Load").click();
  await heading("Condition without date").waitFor();
  await button("Accept all 12").click();
  await page.getByLabel("Reason").fill("dates are lost; the ratings are only shown");
  await button("Accept").last().click();
  await page.getByText("Each of 12 warnings has been looked at").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a scenario is solved while one looks on, then a what-if of it, and both are compared", async () => {
  await link("New scenario").click();
  await solved("As planned");
  await link("As planned").click();
  await link("What if …").click();
  await button("Another planning horizon").click();
  await page.getByRole("dialog").getByRole("button", { name: "Add a change" }).click();
  await page.getByText("horizon_years = 5").waitFor();
  await button("Undo").click();
  await page.getByText("horizon_years = 5").waitFor({ state: "detached" });
  await button("Redo").click();
  await solved("Five years");
  await link("Compare with today").click();
  await page.getByRole("region", { name: "Dollars" }).waitFor();
  const first = page.getByLabel("This", { exact: true });
  await first.selectOption({ label: (await first.locator("option", { hasText: "As planned" }).textContent()) ?? "" });
  await page
    .getByRole("region", { name: "Who is affected" })
    .getByText(/assets/)
    .waitFor();
  await page.getByRole("region", { name: "Parity" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a long solve is stopped, and its best plan is kept", async () => {
  await page.goto("/scenarios");
  await link("As planned").click();
  await link("What if …").click();
  await page.getByLabel("Name").fill("Searched long");
  await page.getByLabel("Search time").fill("3600");
  await button("Create the scenario").click();
  await page.getByLabel("Area").selectOption("facilities");
  await button("Solve facilities").click();
  await page.getByRole("region", { name: "Best so far" }).getByText("objective").first().waitFor({ timeout: 120_000 });
  await button("Stop and keep the best").click();
  await page.getByText("Stopped; the best plan was kept.").waitFor({ timeout: 120_000 });
  expect(await link("Open the plan").count()).toBe(1);
});

test("the plan is handed in, approved by somebody else, published and exported; the file opens", async () => {
  await page.goto("/scenarios");
  await page
    .getByRole("row", { name: /As planned/ })
    .getByRole("link", { name: "Facilities" })
    .click();
  await link("Sign-off").click();
  const plan = page.url();
  await page.getByLabel("Reason").fill("ready for the board");
  await button("Hand in for review").click();
  const history = page.getByRole("region", { name: "How it came here" });
  await history.getByText("ready for the board").waitFor();
  await button("Sign out").click();
  await signIn("ben");
  await page.goto(plan);
  for (const [step, reason] of [
    ["Approve", "compared with today, and agreed"],
    ["Publish", "resolution 12"],
  ] as const) {
    await page.getByLabel("Reason").fill(reason);
    await button(step).click();
    await history.getByText(reason).waitFor();
  }
  expect(await accessibilityFaults(page)).toEqual([]);
  const coming = page.waitForEvent("download");
  await page.getByLabel("Export").selectOption("csv");
  const files = unzipSync(readFileSync(await (await coming).path()));
  const plans = Object.entries(files).find(([name]) => name.endsWith("plan.csv"));
  expect(strFromU8(plans?.[1] ?? new Uint8Array()).split("\n").length).toBeGreaterThan(10);
});

test("who may only approve finds neither a solve nor the audit log, and is told why", async () => {
  await page.goto("/scenarios");
  await link("As planned").click();
  await page.getByText("the role planner is needed").waitFor();
  expect(await button(/^Solve/).count()).toBe(0);
  await page.goto("/admin/audit");
  await page.getByText("the role admin is needed").waitFor();
});

test("the pages made no mistake on the way, and called nobody but their own server", () => {
  expect(faults).toEqual([]);
});
