import { listOf, type RosterRow, rosterRows } from "./records.ts";
import { type MadeTable, TableMaker } from "./table.ts";

type Files = ReadonlyMap<string, Uint8Array>;

const RACES = {
  americanIndianOrAlaskaNative: "american_indian",
  asian: "asian",
  blackOrAfricanAmerican: "black",
  nativeHawaiianOrOtherPacificIslander: "pacific_islander",
  white: "white",
  demographicRaceTwoOrMoreRaces: "two_or_more",
} as const;

/** Students and teachers out of users.csv (and roles.csv, since 1.2), groups out of demographics.csv. No name, login or address is taken. */
export function people(files: Files, schools: ReadonlySet<string>): MadeTable[] {
  const users = rosterRows(files.get("users.csv"));
  const roleOf = rolesOf(users, rosterRows(files.get("roles.csv")));
  const groups = new Map(rosterRows(files.get("demographics.csv")).map((row) => [row.of("sourcedId"), groupsOf(row)]));
  const grouped = groups.size > 0 ? ["group_sex", "group_race", "group_hispanic"] : [];
  const students = new TableMaker("students.csv", "users.csv", ["student_id", "school_id", "grade", ...grouped]);
  const teachers = new TableMaker("scheduling/teachers.csv", "users.csv", ["teacher_id", "school_id", "schools"]);
  for (const user of users) {
    const id = user.of("sourcedId");
    const { role, orgs } = roleOf(user);
    const own = orgs.filter((org) => schools.has(org));
    const school_id = own[0] ?? orgs[0];
    if (role === "student")
      students.add(user.row, { student_id: id, school_id, grade: gradeOf(user.of("grades")), ...groups.get(id) });
    else if (role === "teacher")
      teachers.add(user.row, { teacher_id: id, school_id, schools: own.length > 1 ? own.join("|") : "" });
  }
  return [...students.made(), ...teachers.made()];
}

interface RoleOf {
  readonly role: string;
  readonly orgs: readonly string[];
}

/** In 1.1 the role stands with the user; in 1.2 a file of its own holds them, the primary one first. */
function rolesOf(users: readonly RosterRow[], roles: readonly RosterRow[]): (user: RosterRow) => RoleOf {
  const primary = new Map<string, RoleOf>();
  for (const each of roles) {
    const user = each.of("userSourcedId");
    const known = primary.get(user);
    const role = each.of("role").toLowerCase();
    const org = each.of("orgSourcedId");
    if (!known || each.of("roleType").toLowerCase() === "primary")
      primary.set(user, { role, orgs: [org, ...(known?.orgs ?? [])] });
    else if (known.role === role) primary.set(user, { role, orgs: [...known.orgs, org] });
  }
  return users.length > 0 && roles.length > 0
    ? (user) => primary.get(user.of("sourcedId")) ?? { role: "", orgs: [] }
    : (user) => ({ role: user.of("role").toLowerCase(), orgs: listOf(user.of("orgSourcedIds")) });
}

/** CEDS codes: KG, 01 … 12; what comes before kindergarten is PK. */
function gradeOf(grades: string): string {
  const [first = ""] = listOf(grades);
  if (/^(KG|K|TK)$/i.test(first)) return "K";
  return /^(PK|PR|PS|IT)$/i.test(first) ? "PK" : first;
}

function groupsOf(row: RosterRow): Record<string, string> {
  const isTrue = (column: string) => row.of(column).toLowerCase() === "true";
  const races = Object.keys(RACES).filter(isTrue) as (keyof typeof RACES)[];
  const race = races.length > 1 ? "two_or_more" : races.length === 1 ? RACES[races[0]] : "";
  const hispanic = row.of("hispanicOrLatinoEthnicity").toLowerCase();
  return {
    group_sex: row.of("sex").toLowerCase(),
    group_race: race,
    group_hispanic: hispanic === "true" ? "yes" : hispanic === "false" ? "no" : "",
  };
}
