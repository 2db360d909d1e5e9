import { maybe } from "../../nearest.ts";
import { facilitiesError, facilitiesWarning } from "../check.ts";
import { isLive, planYears, SETTINGS_FILE } from "./portfolio.ts";

export const mustDoNothing = facilitiesError("must-do-names-nothing", (view, find) => {
  view.settings.facilities.must_do?.forEach((must, at) => {
    const keys = ["asset_id", "asset_type_id", "refrigerant"] as const;
    const given = keys.filter((key) => must[key] !== undefined);
    const known = given.every((key) => view.ids("assets", key).has(must[key]));
    if (given.length > 0 && known) return;
    const wrong = given.find((key) => !view.ids("assets", key).has(must[key]));
    const ids = wrong ? ([...view.group("assets", wrong).keys()].filter((id) => id !== undefined) as string[]) : [];
    find(SETTINGS_FILE, {
      column: `must_do.${at}`,
      value: JSON.stringify(must),
      message: wrong
        ? `must_do names ${wrong} ${must[wrong]}, which no asset has.${maybe(String(must[wrong]), ids)}`
        : "a must_do names neither an asset, nor a type, nor a refrigerant",
      expected: "asset_id, asset_type_id or refrigerant of the register",
      mend: "correct the entry, or delete it",
    });
  });
});

export const mustDoIdle = facilitiesWarning("must-do-idle", (view, find) => {
  const years = planYears(view);
  view.settings.facilities.must_do?.forEach((must, at) => {
    const known = view.tables.assets.filter(
      (asset) =>
        (must.asset_id ?? asset.asset_id) === asset.asset_id &&
        (must.asset_type_id ?? asset.asset_type_id) === asset.asset_type_id &&
        (must.refrigerant ?? asset.refrigerant) === asset.refrigerant,
    );
    const early = years.length > 0 && must.by < years[0];
    const named = must.asset_id ?? must.asset_type_id ?? must.refrigerant;
    if (named === undefined || (known.some((asset) => isLive(view, asset)) && !early)) return;
    find(SETTINGS_FILE, {
      column: `must_do.${at}`,
      value: JSON.stringify(must),
      message: early
        ? `${named} must be done by ${must.by}, before the plan's first year ${years[0]}: it cannot be met`
        : `must_do names ${named}, of which nothing stands any more`,
      expected: "standing assets, by a year of the plan",
      mend: "correct the year, or delete the entry",
    });
  });
});

export const blackoutUnknown = facilitiesError("blackout-school-unknown", (view, find) => {
  const schools = view.ids("schools", "school_id");
  view.settings.facilities.blackouts?.forEach((blackout, at) => {
    if (blackout.school_id === undefined || schools.has(blackout.school_id)) return;
    find(SETTINGS_FILE, {
      column: `blackouts.${at}`,
      value: blackout.school_id,
      message: `a blackout names ${blackout.school_id}, which is no school.${maybe(blackout.school_id, schools.keys() as Iterable<string>)}`,
      expected: "a school_id, or none for all schools",
      mend: "correct the id",
    });
  });
});

export const blackoutOutside = facilitiesWarning("blackout-outside-horizon", (view, find) => {
  const years = planYears(view);
  view.settings.facilities.blackouts?.forEach((blackout, at) => {
    if (years.length === 0 || years.includes(blackout.fiscal_year)) return;
    find(SETTINGS_FILE, {
      column: `blackouts.${at}`,
      value: blackout.fiscal_year,
      message: `a blackout is in fiscal year ${blackout.fiscal_year}, outside the plan's years ${years[0]} to ${years.at(-1)}`,
      expected: "a year of the plan: fiscal year N ends in calendar year N",
      mend: "correct the year, or delete the entry",
    });
  });
});

export const equityImpossible = facilitiesError("equity-impossible", (view, find) => {
  const schools = view.ids("schools", "school_id");
  const entries = view.settings.facilities.equity ?? [];
  entries.forEach((entry, at) => {
    const wrong = entry.schools.find((id) => !schools.has(id));
    if (wrong === undefined) return;
    find(SETTINGS_FILE, {
      column: `equity.${at}`,
      value: wrong,
      message: `an equity floor names ${wrong}, which is no school.${maybe(wrong, schools.keys() as Iterable<string>)}`,
      expected: "school ids",
      mend: "correct the id",
    });
  });
  const apart = new Set(entries.flatMap((entry) => entry.schools)).size === entries.flatMap((e) => e.schools).length;
  const total = entries.reduce((sum, entry) => sum + entry.min_share, 0);
  if (!apart || total <= 1) return;
  find(SETTINGS_FILE, {
    column: "equity",
    value: total,
    message: `the equity floors of different schools add up to ${Math.round(total * 100)} % of the spend`,
    expected: "at most 100 %",
    mend: "lower min_share",
  });
});

export const rateImprobable = facilitiesWarning("rate-improbable", (view, find) => {
  const ranges = { escalation: [-0.02, 0.12], discount: [-0.02, 0.15], emergency_factor: [1, 3] } as const;
  for (const [column, [least, most]] of Object.entries(ranges)) {
    const value = view.settings.facilities[column as keyof typeof ranges];
    if (value === undefined || (value >= least && value <= most)) continue;
    find(SETTINGS_FILE, {
      column,
      value,
      message: `${column} is ${value}`,
      expected: `from ${least} to ${most} (a rate is a share: 0.03 is 3 %)`,
      mend: "correct it, or acknowledge it",
    });
  }
});
