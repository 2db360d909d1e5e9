import { type Planted, testPlanted } from "../../fixture/planted.ts";
import { districtChecks } from "./index.ts";

const schools = "schools.csv";
const students = "students.csv";
const hazards = "roads/hazards.csv";
const district = "district.json";

const planted: readonly Planted[] = [
  [
    "a time zone that is none",
    "timezone-unknown",
    (d) => d.setting(district, { timezone: "Eastern" }),
    { file: district, column: "timezone" },
  ],
  [
    "a school year of two years",
    "school-year-gap",
    (d) => d.setting(district, { school_year: "2027-29" }),
    { file: district, column: "school_year" },
  ],
  [
    "a currency that is none",
    "currency-unknown",
    (d) => d.setting(district, { currency: "US$" }),
    { file: district, column: "currency" },
  ],
  [
    "a school at zero",
    "school-place-zero",
    (d) => d.set(schools, { school_id: "ES" }, { lat: "0", lon: "0" }),
    { file: schools, row: 3, column: "lat" },
  ],
  [
    "a school with a lost minus sign",
    "school-far",
    (d) => d.set(schools, { school_id: "ES" }, { lon: "75.01" }),
    { file: schools, row: 3, column: "lat" },
  ],
  [
    "two schools at one place",
    "schools-at-one-place",
    (d) => d.set(schools, { school_id: "ES" }, { lat: "40.000", lon: "-75.000" }),
    { file: schools, row: 3, column: "lat" },
  ],
  [
    "two schools of one name",
    "school-name-twice",
    (d) => d.set(schools, { school_id: "ES" }, { name: "ELM  High" }),
    { file: schools, row: 3, column: "name" },
  ],
  [
    "an enrollment that the list does not show",
    "enrollment-differs",
    (d) => d.set(schools, { school_id: "ES" }, { enrollment: "400" }),
    { file: schools, row: 3, column: "enrollment" },
  ],
  [
    "a school built next decade",
    "school-built-late",
    (d) => d.set(schools, { school_id: "ES" }, { year_built: "2035" }),
    { file: schools, row: 3, column: "year_built" },
  ],
  [
    "a school of 45 square feet",
    "school-area-improbable",
    (d) => d.set(schools, { school_id: "ES" }, { area_sqft: "45" }),
    { file: schools, row: 3, column: "area_sqft" },
  ],
  [
    "a school without students",
    "school-without-students",
    (d) => d.add(schools, { school_id: "MS", name: "Ash Middle", lat: "40.04", enrollment: "" }),
    { file: schools, row: 4, column: "school_id" },
  ],
  [
    "a home 80 km out",
    "home-far",
    (d) => d.set(students, { student_id: "S102" }, { lat: "40.9" }),
    { file: students, row: 3, column: "lat" },
  ],
  [
    "half of a home",
    "home-half",
    (d) => d.set(students, { student_id: "S102" }, { lon: "" }),
    { file: students, row: 3, column: "lon" },
  ],
  [
    "a home at zero",
    "home-at-zero",
    (d) => d.set(students, { student_id: "S102" }, { lat: "0", lon: "0" }),
    { file: students, row: 3, column: "lat" },
  ],
  [
    "fifty homes at one point",
    "homes-at-one-place",
    (d) => {
      for (let i = 0; i < 50; i++) d.add(students, { student_id: `X${i}`, sibling_id: "" });
    },
    { file: students, row: 2, column: "lat" },
  ],
  [
    "a first grader at the high school",
    "grade-outside-level",
    (d) => d.set(students, { student_id: "S102" }, { grade: "1" }),
    { file: students, row: 3, column: "grade" },
  ],
  [
    "one student entered twice",
    "student-lookalike",
    (d) => d.add(students, { student_id: "s-0101" }),
    { file: students, row: 10, column: "student_id" },
  ],
  [
    "a student who is the only sibling of himself or herself",
    "sibling-self",
    (d) => d.set(students, { student_id: "S102" }, { sibling_id: "S102" }),
    { file: students, row: 3, column: "sibling_id" },
  ],
  [
    "thirty siblings",
    "siblings-many",
    (d) => {
      for (let i = 0; i < 30; i++) d.add(students, { student_id: `X${i}` });
    },
    { file: students, row: 2, column: "sibling_id" },
  ],
  [
    "names of children",
    "personal-data",
    (d) => d.set(students, {}, { last_name: "x" }),
    { file: students, column: "last_name" },
  ],
  [
    "a group column that holds free text",
    "group-many-values",
    (d) => {
      for (let i = 0; i < 45; i++) d.add(students, { student_id: `X${i}`, sibling_id: "", group_frl: `text ${i}` });
    },
    { file: students, column: "group_frl" },
  ],
  [
    "a group column that is mostly empty",
    "group-sparse",
    (d) => d.set(students, { group_frl: "no" }, { group_frl: "" }),
    { file: students, column: "group_frl" },
  ],
  [
    "a hazard on no way",
    "hazard-way-no-number",
    (d) => d.set(hazards, {}, { osm_way_id: "Main St" }),
    { file: hazards, row: 2, column: "osm_way_id" },
  ],
  [
    "a hazard for no grade",
    "hazard-grades-unknown",
    (d) => d.set(hazards, {}, { grades: "K|15" }),
    { file: hazards, row: 2, column: "grades" },
  ],
];

testPlanted(districtChecks, planted);
