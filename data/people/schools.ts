import type { LatLon, TableRow } from "@trivium/model";

type School = TableRow<"schools">;

/** A school before it has a site: what it is, and for elementary schools the middle school that its pupils go on to. */
interface SchoolPlan {
  readonly school_id: string;
  readonly name: string;
  readonly level: "elementary" | "middle" | "high";
  readonly area_sqft: number;
  readonly year_built: number;
  readonly feeds?: string;
}

/** Five elementary schools feed two middle schools and one high school; order is the order of sites. */
export const SCHOOL_PLANS: readonly SchoolPlan[] = [
  {
    school_id: "E1",
    name: "Heron Elementary",
    level: "elementary",
    area_sqft: 61_000,
    year_built: 1958,
    feeds: "M1",
  },
  {
    school_id: "E2",
    name: "Millrace Elementary",
    level: "elementary",
    area_sqft: 57_500,
    year_built: 1964,
    feeds: "M1",
  },
  {
    school_id: "E3",
    name: "Quarry Hill Elementary",
    level: "elementary",
    area_sqft: 66_000,
    year_built: 1991,
    feeds: "M1",
  },
  {
    school_id: "E4",
    name: "Sunfield Elementary",
    level: "elementary",
    area_sqft: 72_000,
    year_built: 2009,
    feeds: "M2",
  },
  {
    school_id: "E5",
    name: "West Bank Elementary",
    level: "elementary",
    area_sqft: 54_000,
    year_built: 1952,
    feeds: "M2",
  },
  { school_id: "M1", name: "Larkspur Middle", level: "middle", area_sqft: 98_000, year_built: 1971 },
  { school_id: "M2", name: "Stonebridge Middle", level: "middle", area_sqft: 104_000, year_built: 1998 },
  { school_id: "H1", name: "Aldermere High", level: "high", area_sqft: 262_000, year_built: 1974 },
];

/** Schools on their sites, one site a plan, in the order of SCHOOL_PLANS; enrollment as counted. */
export function placeSchools(
  sites: readonly LatLon[],
  addresses: readonly string[],
  students: readonly { readonly school_id: string }[],
): School[] {
  return SCHOOL_PLANS.map(({ feeds: _, ...plan }, index) => ({
    ...plan,
    lat: sites[index].lat,
    lon: sites[index].lon,
    address: addresses[index],
    enrollment: students.filter((student) => student.school_id === plan.school_id).length,
  }));
}
