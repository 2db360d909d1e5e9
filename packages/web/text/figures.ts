import type { Area } from "@trivium/model";

/** How a figure is written. `share`: from 0 to 1, shown in percent. */
export type Unit = "count" | "share" | "usd" | "min" | "m" | "miles" | "hours" | "number";

export interface FigureText {
  readonly label: string;
  readonly unit: Unit;
  /** What it counts and how it is had, in one or two sentences. */
  readonly how: string;
}

/** Figures of plans by area, in the order a board asks for them. */
export const figures: Readonly<Record<Area, Readonly<Record<string, FigureText>>>> = {
  scheduling: {
    requests_met_share: {
      label: "Requests met",
      unit: "share",
      how: "Course requests whose own course the student sits in, of all requests. A seat in an alternate does not count here.",
    },
    requests_met: {
      label: "Requests met",
      unit: "count",
      how: "Course requests whose own course the student sits in.",
    },
    students_complete: {
      label: "Students with every request met",
      unit: "count",
      how: "Students of whose requests each is met or replaced by one of their alternates.",
    },
    met_or_replaced_share: {
      label: "Met or replaced",
      unit: "share",
      how: "Requests met, or replaced by an alternate that the student named, of all requests.",
    },
    required_met_share: {
      label: "Required courses met",
      unit: "share",
      how: "Requests of the kind “required” that are met, of all of that kind.",
    },
    sections: { label: "Sections", unit: "count", how: "Sections that the plan opens." },
    class_size_mean: {
      label: "Mean class size",
      unit: "number",
      how: "Seats used, divided by sections.",
    },
    seats_used_share: {
      label: "Seats used",
      unit: "share",
      how: "Students seated, of all seats of the sections opened.",
    },
  },
  routing: {
    buses_used: { label: "Buses", unit: "count", how: "Buses with at least one run on the day that is planned." },
    cost_usd_per_year: {
      label: "Cost a year",
      unit: "usd",
      how: "Fixed cost of each bus used, drivers’ hours, fuel and miles, over the school days of the year.",
    },
    ride_min_mean: {
      label: "Mean ride",
      unit: "min",
      how: "Minutes from boarding to getting off, over all rides of the day.",
    },
    ride_min_max: { label: "Longest ride", unit: "min", how: "The longest of all rides of the day." },
    riders_unserved: {
      label: "Riders not served",
      unit: "count",
      how: "Riders for whom no lawful stop, run and seat was found.",
    },
    walk_m_mean: {
      label: "Mean walk",
      unit: "m",
      how: "Metres from home to the stop over the walking network, over all riders.",
    },
    miles_per_day: {
      label: "Miles a day",
      unit: "miles",
      how: "Miles of every bus of the day, empty ones among them.",
    },
    hours_per_day: {
      label: "Driver hours a day",
      unit: "hours",
      how: "From leaving the depot to being back, over all buses.",
    },
  },
  facilities: {
    objective_usd: {
      label: "Expected cost",
      unit: "usd",
      how: "Discounted cost of failures, repairs and energy that is expected over the horizon with this plan.",
    },
    failures_avoided: {
      label: "Failures avoided",
      unit: "number",
      how: "Failures expected if nothing were replaced, less those expected with this plan.",
    },
    spend_usd: { label: "Planned spend", unit: "usd", how: "What the projects of all years cost." },
    emergency_usd: {
      label: "Emergency spend",
      unit: "usd",
      how: "What failures are expected to cost over the horizon: repair at a premium and what they damage.",
    },
    must_do_unmet: {
      label: "Must-dos not met",
      unit: "count",
      how: "Replacements that law or safety demand and no fund’s budget holds.",
    },
    fci_end: {
      label: "Condition index at the end",
      unit: "number",
      how: "Deferred work as a fraction of current replacement value, at the end of the horizon.",
    },
    projects: { label: "Projects", unit: "count", how: "Replacements that the plan schedules." },
  },
};

/** What stands on the overview of a plan, before anything is asked. */
export const headline: Readonly<Record<Area, readonly string[]>> = {
  scheduling: ["requests_met_share", "students_complete", "required_met_share", "class_size_mean"],
  routing: ["buses_used", "cost_usd_per_year", "ride_min_mean", "riders_unserved"],
  facilities: ["objective_usd", "failures_avoided", "spend_usd", "must_do_unmet"],
};

export const provenance = {
  title: (label: string) => `Where “${label}” comes from`,
  value: "Value",
  metric: "Name in the plan",
  verified: "Recomputed by the verifier",
  verifiedSame: "the same, from the district’s data alone",
  verifiedOther: (value: string) => `${value} (differs)`,
  notRecomputed: "not among the figures that the verifier recomputes",
  plan: "Plan",
  dataset: "Dataset",
  madeBy: "Made by",
  solver: (version: string, seed: number, iterations: string) =>
    `Trivium ${version}, seed ${seed}, ${iterations} iterations`,
  bound: "Proven limit",
  boundText: (limit: string, gap: string) => `no plan can be better than ${limit} (this one is within ${gap})`,
} as const;
