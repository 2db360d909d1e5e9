import { existsSync, readFileSync } from "node:fs";
import { Random } from "@trivium/engine";
import { InputError } from "@trivium/model";
import { expect, test } from "vitest";
import { backtestEvents, type EventBacktest } from "./event-backtest.ts";
import { dayOf, type EventTables } from "./event-register.ts";

const iso = (day: number) => new Date(Math.round(day) * 86_400_000).toISOString().slice(0, 10);

/** Units whose repairs grow with age; steel breaks three times as often, long ones more, and each unit has a frailty of its own. */
function madeUp(units: number, seed = 1): EventTables {
  const random = new Random(seed);
  const register = {
    id: [] as string[],
    installed: [] as string[],
    material: [] as string[],
    length: [] as string[],
    zone: [] as string[],
  };
  const events = { unit: [] as string[], date: [] as string[] };
  const [from, to] = [dayOf("1995-01-01"), dayOf("2015-01-01")];
  for (let u = 0; u < units; u++) {
    const installed = dayOf("1950-01-01") + random.below(22_000);
    const material = random.below(2) ? "steel" : "plastic";
    const length = 10 + 300 * random.unit();
    register.id.push(`P${u}`);
    register.installed.push(iso(installed));
    register.material.push(material);
    register.length.push(String(length));
    register.zone.push(random.below(3) ? "north" : "south");
    const frailty = -Math.log(1 - random.unit());
    const rate = 0.0003 * (material === "steel" ? 3 : 1) * (length / 150) * frailty;
    for (let sum = 0; ; ) {
      sum -= Math.log(1 - random.unit());
      const day = installed + 365.25 * (sum / rate) ** (1 / 1.6);
      if (day > to) break;
      if (day < from) continue;
      events.unit.push(`P${u}`);
      events.date.push(iso(day));
    }
  }
  return {
    register,
    events,
    id: "id",
    installed: "installed",
    asBuilt: ["material", "length"],
    dated: [],
    group: "zone",
    eventId: "unit",
    eventDate: "date",
    recordsFrom: "1995-01-01",
  };
}

const ORIGIN = { originDays: [dayOf("2009-01-01")], years: 5 };
const figure = ({ card }: EventBacktest, method: string, measure: string, origin = 0) =>
  card.backtest.figures.find(
    (each) =>
      each.origin === card.backtest.origins[origin] &&
      each.method === method &&
      each.measure === measure &&
      each.slice === "all",
  )?.value ?? Number.NaN;
const code = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  return "none";
};

test("the forecast of the past ranks better than oldest first and most work orders, and its chances mean what they say", () => {
  const result = backtestEvents(madeUp(2500), ORIGIN);
  expect(figure(result, "trivium", "auc")).toBeGreaterThan(figure(result, "oldest first", "auc") + 0.03);
  expect(figure(result, "trivium", "auc")).toBeGreaterThan(figure(result, "most work orders", "auc") + 0.02);
  expect(figure(result, "trivium", "expected over observed")).toBeGreaterThan(0.8);
  expect(figure(result, "trivium", "expected over observed")).toBeLessThan(1.25);
  expect(figure(result, "trivium", "calibration slope")).toBeGreaterThan(0.75);
  expect(result.card.verdict).toMatch(/^ranks better/);
  expect(result.card.backtest.figures.some((each) => each.slice === "group south")).toBe(true);
});

test("no leak: what happens after the origin changes no chance, and a value found out later is not seen", () => {
  const tables = madeUp(800);
  const found = tables.register.id.map((_, u) => (u % 2 ? "2008-06-01" : "2012-06-01"));
  const value = tables.register.id.map((_, u) => String(u % 5));
  const dated = {
    ...tables,
    register: { ...tables.register, value, found },
    dated: [{ value: "value", date: "found" }],
  };
  const chances = (each: EventTables) =>
    backtestEvents(each, ORIGIN).scores.map(({ unit_id, chance }) => [unit_id, chance]);
  const first = chances(dated);
  const later = tables.events.date.map((date) => (date > "2009-01-01" ? "2013-12-31" : date));
  const otherValue = value.map((each, u) => (u % 2 ? each : "99"));
  const changed = {
    ...dated,
    register: { ...dated.register, value: otherValue },
    events: { ...tables.events, date: later },
  };
  expect(chances(changed)).toEqual(first);
});

test("a judgement without a date is refused; so are a window that has not ended and records that begin too late", () => {
  const tables = madeUp(200);
  const scored = { ...tables, register: { ...tables.register, condition_score: tables.register.length } };
  expect(code(() => backtestEvents({ ...scored, asBuilt: ["condition_score"] }, ORIGIN))).toBe("feature-without-date");
  expect(code(() => backtestEvents(tables, { ...ORIGIN, originDays: [dayOf("2013-01-01")] }))).toBe("window-not-ended");
  expect(code(() => backtestEvents(tables, { ...ORIGIN, originDays: [dayOf("1998-01-01")] }))).toBe(
    "history-too-short",
  );
  expect(code(() => backtestEvents({ ...tables, eventId: "date" }, ORIGIN))).toBe("no-events");
  const twice = { ...tables.register, id: tables.register.id.map((id, u) => (u === 1 ? "P0" : id)) };
  expect(code(() => backtestEvents({ ...tables, register: twice }, ORIGIN))).toBe("duplicate-unit");
});

test("with few events the card says that it cannot tell, and claims nothing", () => {
  const { card } = backtestEvents(madeUp(40), { ...ORIGIN, recordsToDay: dayOf("2015-01-01") });
  expect(card.backtest.failures).toBeLessThan(30);
  expect(card.backtest.figures).toEqual([]);
  expect(card.verdict).toMatch(/too short to tell/);
});

const mains = new URL("../../../../shared/data/facilities/kw-water-mains/", import.meta.url);
const absent = !existsSync(mains);

test.skipIf(absent)(
  `on Kitchener's water mains, 2008–2012, it finds two thirds of the breaks in a tenth of the pipes${absent ? " (skipped: ../shared/data/facilities is not here)" : ""}`,
  { timeout: 120_000 },
  () => {
    const columns = (name: string) => {
      const [head, ...rows] = readFileSync(new URL(name, mains), "utf8")
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(","));
      return Object.fromEntries(head.map((column, j) => [column, rows.map((row) => row[j] ?? "")]));
    };
    const result = backtestEvents(
      {
        register: columns("mains.csv"),
        events: columns("breaks_to_2012.csv"),
        id: "WATMAINID",
        installed: "INSTALLATION_DATE",
        asBuilt: ["MATERIAL", "PIPE_SIZE", "Shape__Length"],
        dated: [],
        eventId: "ASSETID",
        eventDate: "INCIDENT_DATE",
        eventWhere: { column: "BREAK_TYPE", value: "MAIN" },
        recordsFrom: "1997-01-01",
      },
      { originDays: [dayOf("2008-01-01")], years: 5 },
    );
    expect(result.card.backtest.failures).toBe(293);
    expect(figure(result, "trivium", "auc")).toBeGreaterThan(0.9);
    expect(figure(result, "trivium", "sensitivity")).toBeGreaterThan(0.66);
    expect(figure(result, "oldest first", "sensitivity")).toBeLessThan(0.3);
    expect(figure(result, "trivium", "expected over observed")).toBeGreaterThan(0.9);
    expect(figure(result, "trivium", "expected over observed")).toBeLessThan(1.1);
  },
);
