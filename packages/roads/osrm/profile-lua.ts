import { readFileSync } from "node:fs";
import {
  ACCESS_KEYS,
  ADMITS,
  BARRIERS,
  BARS,
  KMH_PER_MPH,
  NEEDS,
  OF_MAXSPEED,
  PROFILE,
  RESTRICTION_MODES,
  SERVICES_BARRED,
  SPEED_KMH,
  TOP_KMH,
  TURN_DEGREES,
  TURN_S,
} from "../profile.ts";

/** OSRM keeps the weight of a turn in 16 bits, and we have it count thousandths of a second: only turning round at a signal takes longer. */
export const HEAVIEST_TURN_S = 32;

type Lua = number | string | readonly Lua[] | ReadonlySet<string> | { readonly [key: string]: Lua };

/** The bus of profile.ts as a profile for osrm-extract, self-contained: every number and list is written out of that file. */
export function busProfileLua(): string {
  const bus = {
    speed_kmh: SPEED_KMH,
    of_maxspeed: OF_MAXSPEED,
    top_kmh: TOP_KMH,
    kmh_per_mph: KMH_PER_MPH,
    turn_s: {
      left: TURN_S.left,
      right: TURN_S.right,
      sharp: TURN_S.sharp,
      u_turn: TURN_S.uTurn,
      signal: TURN_S.signal,
    },
    turn_degrees: TURN_DEGREES,
    heaviest_turn_s: HEAVIEST_TURN_S,
    access_keys: ACCESS_KEYS,
    admits: ADMITS,
    bars: BARS,
    services_barred: SERVICES_BARRED,
    barriers: BARRIERS,
    needs: NEEDS,
    restriction_modes: RESTRICTION_MODES,
  };
  const body = readFileSync(new URL("./bus.lua", import.meta.url), "utf8");
  return `-- Written by Trivium from its bus profile ${PROFILE}; change that, not this.\nlocal bus = ${lua(bus)}\n\n${body}`;
}

/** A table as Lua writes it; a set is a table of `true`. */
function lua(value: Lua): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `{ ${value.map(lua).join(", ")} }`;
  if (value instanceof Set) return `{ ${[...value].map((each) => `[${lua(each)}] = true`).join(", ")} }`;
  return `{\n${Object.entries(value as Record<string, Lua>)
    .map(([key, each]) => `[${lua(key)}] = ${lua(each)}`)
    .join(",\n")}\n}`;
}
