import { FILES, zipOf } from "../../packages/api/trial/trial.ts";

/** Input that nobody sends by mistake only: bodies that are broken in every way we know, and districts broken in their bytes, their zip and their cells. */

/** Uniform in [0, 1), the same for the same seed. @see mulberry32, T. Ettinger 2017 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const below = (random: Random, n: number): number => Math.floor(random() * n);
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)];

const LONG = "a".repeat(50_000);
/** Texts that break parsers, patterns, prototypes, spreadsheets, paths, databases. */
const NASTY = [
  "",
  " ",
  "\0",
  "\u202e\ufeff",
  "\ud800",
  "__proto__",
  "constructor",
  "toString",
  "=cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "-2+3",
  '"',
  '""",""\n',
  "'; drop table jobs; --",
  "../../etc/passwd",
  "%00%0a",
  "$" + "{jndi:ldap://x}",
  "NaN",
  "1e999",
  "0x10",
  "٣",
  "9".repeat(400),
  LONG,
  `${"a".repeat(30_000)}!`,
  `${"1".repeat(30_000)}x`,
  "|".repeat(20_000),
  "2027-02-30",
  "25:61",
];

const SCALARS: readonly unknown[] = [
  ...NASTY,
  null,
  true,
  -0,
  0,
  -1,
  1e308,
  2 ** 53,
  [],
  {},
  [[]],
  "today",
  "facilities",
];
const KEYS = [
  "scenario_id",
  "area",
  "dataset_hash",
  "from",
  "changes",
  "settings",
  "plan_id",
  "question",
  "subject",
  "kind",
  "a",
  "b",
  "op",
  "table",
  "where",
  "values",
  "variants",
  "name",
  "url",
  "events",
  "codes",
  "reason",
  "finding_ids",
  "files",
  "__proto__",
  "constructor",
  "jobs",
  "vehicles",
];

function anyValue(random: Random, depth: number): unknown {
  if (depth === 0 || random() < 0.3) return pick(random, SCALARS);
  if (random() < 0.3) return Array.from({ length: below(random, 4) }, () => anyValue(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: below(random, 6) }, () => [pick(random, KEYS), anyValue(random, depth - 1)]),
  );
}

const GOOD: readonly unknown[] = [
  { scenario_id: "scenario_x", area: "facilities" },
  { dataset_hash: "x", changes: [{ op: "set", table: "schools", where: { school_id: "H1" }, values: { lat: 1 } }] },
  { a: "today", b: "plan_x" },
  { plan_id: "plan_x", subject: { kind: "asset", id: "A1" } },
  { plan_id: "plan_x", question: { kind: "wait" } },
  { files: { "a.csv": { table: "schools", columns: { school_id: "Id" } } } },
];

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** @param paths of the API that take JSON, as the document has them, with their methods */
export function malformedCall(random: Random, paths: readonly { method: string; path: string }[]): Call {
  const { method, path } = pick(random, paths);
  const filled = path.replace(/\{\w+\}/g, () =>
    encodeURIComponent(
      pick(
        random,
        NASTY.filter((text) => text.length < 100 && text !== "\ud800"),
      ) || "x",
    ),
  );
  const type =
    random() < 0.9
      ? "application/json"
      : pick(random, ["text/plain", "", "application/json; charset=utf-16", "multipart/form-data", "application/zip"]);
  const headers: Record<string, string> = {
    ...(type === "" ? {} : { "Content-Type": type }),
    ...(random() < 0.1 ? { "Idempotency-Key": pick(random, ["k", "x".repeat(300), "a b"]) } : {}),
    ...(random() < 0.1 ? { "If-Match": pick(random, ["*", '"v999999999999"', "v1", '"v1"']) } : {}),
    ...(random() < 0.05 ? { "X-Request-Id": "<script>" } : {}),
  };
  return { method, path: filled, headers, body: new Uint8Array(malformed(random)) };
}

function malformed(random: Random): Uint8Array {
  const whole = Buffer.from(JSON.stringify(random() < 0.5 ? pick(random, GOOD) : anyValue(random, 4)) ?? "");
  switch (below(random, 8)) {
    case 0:
      return whole;
    case 1:
      return whole.subarray(0, below(random, whole.length + 1));
    case 2:
      return flipped(random, whole, 1 + below(random, 5));
    case 3:
      return Buffer.from("[".repeat(1 + below(random, 20_000)));
    case 4:
      return Buffer.from(`{"changes":${'{"where":'.repeat(below(random, 3000))}1`);
    case 5:
      return Buffer.from(
        `{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}},"area":${JSON.stringify(pick(random, NASTY))}}`,
      );
    case 6:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xfe]), whole]);
    default:
      return Buffer.from(Array.from({ length: below(random, 200) }, () => below(random, 256)));
  }
}

function flipped(random: Random, bytes: Uint8Array, times: number): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(bytes);
  for (let i = 0; i < times && changed.length > 0; i++) changed[below(random, changed.length)] = below(random, 256);
  return changed;
}

const DISTRICT: Readonly<Record<string, string>> = {
  ...FILES,
  "students.csv": "student_id,school_id,grade,lat,lon\nS1,H1,9,40.27,-76.88\nS2,E1,3,40.28,-76.87\n",
  "scheduling/terms.csv": "term_id,title,start_date,end_date\nY,Year,2027-08-20,2028-06-01\n",
  "scheduling/courses.csv": "course_id,school_id,title,department,term,seats_max\nC1,H1,Biology,Science,year,25\n",
  "scheduling/requests.csv": "student_id,course_id,kind\nS1,C1,required\n",
  "transportation/buses.csv": "bus_id,bus_type_id,depot_id\nB1,T,D\n",
  "facilities/settings.json": '{"as_of_date":"2027-07-01","fiscal_year_start":"07-01","horizon_years":5}',
};

/** A zipped district with something wrong: a cell, a row, a whole file, the zip's own bytes. */
export function mutatedDistrict(random: Random): Uint8Array<ArrayBuffer> {
  const files: Record<string, Uint8Array> = Object.fromEntries(
    Object.entries(DISTRICT).map(([name, text]) => [name, Buffer.from(text)]),
  );
  for (let times = 1 + below(random, 3); times > 0; times--) {
    const name = pick(random, Object.keys(files));
    files[name] = mutatedFile(random, files[name]);
    if (random() < 0.1)
      files[
        pick(random, [
          "../evil.csv",
          "a/b/c/d/e/schools.csv",
          "schools.CSV",
          "mapping.json",
          "constructor",
          "roads/map.osm.pbf",
          "notes.txt",
        ])
      ] = files[name];
  }
  const zip = zipOf(files);
  if (random() < 0.25) return flipped(random, zip, 1 + below(random, 8));
  return random() < 0.1 ? zip.slice(0, below(random, zip.length)) : zip;
}

function mutatedFile(random: Random, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString();
  const lines = text.split("\n");
  switch (below(random, 9)) {
    case 0:
      return flipped(random, bytes, 1 + below(random, 5));
    case 1:
      return bytes.subarray(0, below(random, bytes.length));
    case 2:
      return Buffer.from(text.replaceAll(",", pick(random, ["\t", ";", "|", ",,", ""])));
    case 3:
      return Buffer.from(text, "utf16le");
    case 4: {
      const cells = lines[below(random, lines.length)].split(",");
      cells[below(random, cells.length)] = pick(random, NASTY);
      return Buffer.from(text.replace(lines[below(random, lines.length)], cells.join(",")));
    }
    case 5:
      return Buffer.from(
        [lines[0], ...Array.from({ length: 200 }, () => pick(random, lines))].join(pick(random, ["\n", "\r\n", "\r"])),
      );
    case 6:
      return Buffer.from(`${lines[0]},${pick(random, NASTY)},${lines[0]}\n${lines.slice(1).join("\n")}`);
    case 7:
      return Buffer.from(`${text}"${pick(random, NASTY)}`);
    default:
      return Buffer.from(Array.from({ length: 500 }, () => below(random, 256)));
  }
}
