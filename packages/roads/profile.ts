import type { OsmTags } from "./osm/entities.ts";

/**
 * The bus: which ways it may use, how fast, what turns cost. This file is the only place that says so.
 * Speeds are what a school bus makes between its stops, not what signs allow.
 */
export const PROFILE = "bus-1";

/** km/h by OSM highway class where no `maxspeed` is tagged. A class that is not listed bars the bus. */
export const SPEED_KMH: Readonly<Record<string, number>> = {
  motorway: 85,
  motorway_link: 45,
  trunk: 75,
  trunk_link: 40,
  primary: 55,
  primary_link: 30,
  secondary: 50,
  secondary_link: 25,
  tertiary: 40,
  tertiary_link: 20,
  unclassified: 30,
  residential: 28,
  living_street: 10,
  service: 15,
  busway: 35,
  road: 28,
};

/** A signed limit gives this share of itself: starting, braking, looking. */
export const OF_MAXSPEED = 0.8;
/** School buses are held below this in most states (55 mph). */
export const TOP_KMH = 88;
export const KMH_PER_MPH = 1.609344;

/** Costs of turning, seconds; only at junctions of three streets or more. Right-hand traffic: a left turn waits for the other lane. */
export const TURN_S = { left: 8, right: 3, sharp: 4, uTurn: 30, signal: 4 } as const;
/** Degrees from straight on: less than `bend` is no turn, more than `sharp` costs more, more than `back` is a U-turn. */
export const TURN_DEGREES = { bend: 40, sharp: 120, back: 170 } as const;

/** Access values that let a bus in, and those that keep it out. `destination` is a bus's business; `customers`, `delivery` are not through roads. */
export const ADMITS: ReadonlySet<string> = new Set([
  "yes",
  "designated",
  "permissive",
  "destination",
  "official",
  "bus",
  "psv",
  "school",
]);
export const BARS: ReadonlySet<string> = new Set([
  "no",
  "private",
  "agricultural",
  "forestry",
  "emergency",
  "military",
  "customers",
  "delivery",
  "permit",
]);
/** From the general to the particular: the last key that is tagged decides. */
export const ACCESS_KEYS = ["access", "vehicle", "motor_vehicle", "psv", "bus", "tourist_bus", "school_bus"];
/** Service ways where no bus fits or belongs. */
export const SERVICES_BARRED: ReadonlySet<string> = new Set(["parking_aisle", "drive-through", "emergency_access"]);
/** Barriers that stop a bus unless a tag admits it. Others (kerb, cattle_grid, toll_booth, entrance …) do not. */
export const BARRIERS: ReadonlySet<string> = new Set([
  "bollard",
  "block",
  "chain",
  "cycle_barrier",
  "debris",
  "fence",
  "gate",
  "hampshire_gate",
  "height_restrictor",
  "jersey_barrier",
  "kissing_gate",
  "lift_gate",
  "log",
  "motorcycle_barrier",
  "planter",
  "stile",
  "swing_gate",
  "sliding_gate",
  "turnstile",
  "wall",
]);
/** What a school bus is to a turn restriction: `restriction:bus`, `except=psv`. */
export const RESTRICTION_MODES: readonly string[] = ["bus", "psv", "school_bus"];
/** Clearances that an ordinary school bus needs: 3.2 m, 14 t, 2.6 m. */
export const NEEDS = { maxheight: 3.2, maxweight: 14, maxwidth: 2.6 } as const;

/** What the bus may do on a way: km/h along its nodes and against them, 0 where barred. */
export interface BusWay {
  readonly forwardKmh: number;
  readonly backwardKmh: number;
  /** A bus may stop here for riders: anything but motorways, trunks and their links. */
  readonly board: boolean;
}

const BARRED: BusWay = { forwardKmh: 0, backwardKmh: 0, board: false };

/** Access, direction and speed of a way for the bus. */
export function busWay(tags: OsmTags): BusWay {
  const kind = tags.highway ?? "";
  const speed = SPEED_KMH[kind];
  if (speed === undefined || tags.area === "yes" || !admitted(tags) || !fits(tags)) return BARRED;
  const { forward, backward } = directions(tags, kind);
  const limits = signedKmh(tags);
  return {
    forwardKmh: forward ? usual(speed, limits.forward) : 0,
    backwardKmh: backward ? usual(speed, limits.backward) : 0,
    board: !/^(motorway|trunk)/.test(kind) && tags.motorroad !== "yes",
  };
}

/** Does a node stop the bus? */
export function blocksBus(tags: OsmTags): boolean {
  const kind = tags.barrier;
  if (kind === undefined && tags.access === undefined) return false;
  const verdict = lastWord(tags, ACCESS_KEYS);
  if (verdict !== undefined) return !verdict;
  return kind !== undefined && BARRIERS.has(kind) && tags.locked !== "no";
}

export const hasSignal = (tags: OsmTags): boolean => tags.highway === "traffic_signals";

export const roundabout = (tags: OsmTags): boolean => tags.junction === "roundabout" || tags.junction === "circular";

/** Seconds for a turn of `degrees` (0 = straight on, positive = to the right, ±180 = back). */
export function turnS(degrees: number): number {
  const sharpness = Math.abs(degrees);
  if (sharpness > TURN_DEGREES.back) return TURN_S.uTurn;
  if (sharpness < TURN_DEGREES.bend) return 0;
  return (degrees < 0 ? TURN_S.left : TURN_S.right) + (sharpness > TURN_DEGREES.sharp ? TURN_S.sharp : 0);
}

/** Does a turn restriction bind the bus? @returns the rule's kind, or null */
export function busRestriction(tags: OsmTags): string | null {
  if (tags.type !== "restriction") return null;
  const excepted = (tags.except ?? "").split(";").map((each) => each.trim());
  if (excepted.some((each) => RESTRICTION_MODES.includes(each))) return null;
  const rule = tags["restriction:bus"] ?? tags["restriction:psv"] ?? tags.restriction;
  return rule !== undefined && /^(no|only)_/.test(rule) ? rule : null;
}

function admitted(tags: OsmTags): boolean {
  if (tags.highway === "service" && SERVICES_BARRED.has(tags.service ?? ""))
    return lastWord(tags, ["psv", "bus"]) === true;
  return lastWord(tags, ACCESS_KEYS) ?? true;
}

/** The verdict of the most particular key whose value is understood. */
function lastWord(tags: OsmTags, keys: readonly string[]): boolean | undefined {
  for (let i = keys.length - 1; i >= 0; i--) {
    const value = tags[keys[i]!];
    if (value === undefined) continue;
    if (ADMITS.has(value)) return true;
    if (BARS.has(value)) return false;
  }
  return undefined;
}

function fits(tags: OsmTags): boolean {
  return Object.entries(NEEDS).every(([key, need]) => {
    const value = /^\d+(\.\d+)?/.exec(tags[key] ?? "");
    const feet = /^(\d+)'(?:(\d+)")?$/.exec(tags[key] ?? "");
    if (feet) return Number(feet[1]) * 0.3048 + Number(feet[2] ?? 0) * 0.0254 >= need;
    return value === null || Number(value[0]) >= need;
  });
}

function directions(tags: OsmTags, kind: string): { forward: boolean; backward: boolean } {
  const rule = tags["oneway:bus"] ?? tags["oneway:psv"] ?? tags.oneway ?? impliedOneway(tags, kind);
  if (rule === "yes" || rule === "true" || rule === "1") return { forward: true, backward: false };
  if (rule === "-1" || rule === "reverse") return { forward: false, backward: true };
  // The direction changes with the time of day, which the map does not tell: neither may be relied on.
  if (rule === "reversible" || rule === "alternating") return { forward: false, backward: false };
  return { forward: true, backward: true };
}

function impliedOneway(tags: OsmTags, kind: string): string {
  if (roundabout(tags)) return "yes";
  return kind === "motorway" || kind === "motorway_link" ? "yes" : "no";
}

function signedKmh(tags: OsmTags): { forward: number | null; backward: number | null } {
  const both = kmh(tags["maxspeed:bus"] ?? tags.maxspeed);
  return { forward: kmh(tags["maxspeed:forward"]) ?? both, backward: kmh(tags["maxspeed:backward"]) ?? both };
}

/** "50", "30 mph", "25mph" → km/h; anything else ("none", "signals", "US:urban") is no limit. */
function kmh(value: string | undefined): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph)?$/.exec(value ?? "");
  if (!match || Number(match[1]) === 0) return null;
  return Number(match[1]) * (match[2] === "mph" ? KMH_PER_MPH : 1);
}

function usual(classKmh: number, signed: number | null): number {
  return Math.min(TOP_KMH, signed === null ? classKmh : signed * OF_MAXSPEED);
}
