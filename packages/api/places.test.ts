import { LOCAL } from "@trivium/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visiblePlaces } from "./privacy/visible-places.ts";
import { FILES, startTrial, type Trial } from "./trial/trial.ts";

/** Twelve students in one square of 0.01 degrees, and one alone in another. */
const HOMES = Array.from({ length: 12 }, (_, n) => `S${n},H1,9,40.2${70 + n},-76.88${n % 10}`);
const STUDENTS = ["student_id,school_id,grade,lat,lon", ...HOMES, "ALONE,E1,3,40.305,-76.905"].join("\n");

let trial: Trial;
let path: string;
beforeAll(async () => {
  trial = await startTrial();
  const uploaded = await trial.upload({ ...FILES, "students.csv": `${STUDENTS}\n` });
  path = `/v1/datasets/${(await uploaded.json()).dataset.dataset_hash}`;
});
afterAll(() => trial.close());

const students = Array.from({ length: 13 }, (_, n) => ({
  student_id: `S${n}`,
  school_id: n < 12 ? "H1" : "E1",
  lat: n < 12 ? 40.2751 : 40.3051,
  lon: -76.8849,
}));
const tables = { schools: [], students, depots: [], stops: [] } as never;

test("a planner is shown each home; others how many live in a square, and nothing of a square with few", async () => {
  const places = await (await trial.get(`${path}/places`)).json();
  expect(places).toMatchObject({ homes_to: "door", depots: [] });
  expect(places.homes).toHaveLength(13);
  expect(places.schools).toMatchObject([{ school_id: "H1", name: "Elm High", lat: 40.27 }, { school_id: "E1" }]);
  const seen = visiblePlaces({ tables }, { ...LOCAL, roles: ["approver"] });
  expect(seen.homes_to).toBe("kilometre");
  expect(seen.homes).toEqual([{ student_id: null, students: 12, lat: 40.275, lon: -76.885 }]);
});

test("who has one school only is shown the homes of its students, and who has no routing none", () => {
  const ofSchool = visiblePlaces({ tables }, { ...LOCAL, schools: ["E1"] });
  expect(ofSchool.homes.map(({ student_id }) => student_id)).toEqual(["S12"]);
  expect(visiblePlaces({ tables }, { ...LOCAL, areas: ["facilities"] }).homes).toEqual([]);
});

test("a dataset without a road map has no tiles, and says so", async () => {
  const answer = await trial.get(`${path}/roads/12/1170/1540`);
  expect(answer.status).toBe(404);
  expect((await answer.json()).code).toBe("unknown-road-map");
  expect((await trial.get(`${path}/roads/15/0/0`)).status).toBe(422);
});
