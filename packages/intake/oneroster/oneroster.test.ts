import { expect, test } from "vitest";
import { readDistrictFiles } from "../read-district.ts";

const VERSION_1_1: Readonly<Record<string, string>> = {
  "district.json": '{"name":"Elm","timezone":"America/New_York","school_year":"2027-28"}',
  "schools.csv": "school_id,name,level,lat,lon\nHS,Elm High,high,40.0,-75.0\nMS,Elm Middle,middle,40.01,-75.0\n",
  "scheduling/periods.csv":
    "school_id,period_id,title,day,start,end,kind\nHS,1,First,A,08:00,09:00,class\nMS,1,First,A,08:00,09:00,class\n",
  "scheduling/requests.csv": "student_id,course_id,kind\nP1,BIO,required\nP2,MS-ART,required\n",
  "manifest.csv": "propertyName,value\noneroster.version,1.1\n",
  "orgs.csv":
    "sourcedId,status,name,type,identifier\nD,,Elm,district,\nHS,,Elm High,school,1\nMS,,Elm Middle,school,2\n",
  "academicSessions.csv":
    "sourcedId,status,title,type,startDate,endDate,parentSourcedId\nY,,Year,schoolYear,2027-08-20,2028-06-01,\nS1,,Fall,semester,2027-08-20,2028-01-15,Y\nS2,,Spring,semester,2028-01-16,2028-06-01,Y\n",
  "users.csv":
    'sourcedId,status,role,orgSourcedIds,givenName,familyName,grades\nT1,,teacher,"HS,MS",Ada,Byron,\nP1,,student,HS,Lin,Chu,09\nP2,,student,MS,Max,Orr,KG\nP3,tobedeleted,student,HS,Gone,Away,09\nG1,,parent,HS,Pa,Chu,\n',
  "courses.csv":
    "sourcedId,status,title,courseCode,orgSourcedId,subjects\nBIO,,Biology,B1,HS,Science\nART,,Art,A1,D,\n",
  "classes.csv":
    "sourcedId,status,title,courseSourcedId,schoolSourcedId,termSourcedIds\nC1,,Biology 1,BIO,HS,S1\nC2,,Art 1,ART,HS,Y\nC3,,Art 2,ART,MS,Y\n",
  "enrollments.csv":
    "sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role,primary\nE1,,C1,HS,T1,teacher,true\nE2,,C1,HS,P1,student,false\nE3,,C3,MS,P2,student,false\nE4,,C2,HS,T1,teacher,true\nE5,,C3,MS,T1,teacher,true\n",
  "demographics.csv": "sourcedId,status,sex,asian,white,hispanicOrLatinoEthnicity\nP1,,female,true,true,false\n",
};

const read = (files: Readonly<Record<string, string>>) =>
  readDistrictFiles(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
const findings = async (files: Readonly<Record<string, string>>) => (await read(files)).report.findings;

test("a OneRoster export is read as students, teachers, terms, courses and today's sections, without a name", async () => {
  const { dataset, report } = await read(VERSION_1_1);
  expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const tables = dataset?.tables;
  expect(tables?.students).toMatchObject([
    {
      student_id: "P1",
      school_id: "HS",
      grade: "9",
      extra: { group_sex: "female", group_race: "two_or_more", group_hispanic: "no" },
    },
    { student_id: "P2", school_id: "MS", grade: "K" },
  ]);
  expect(tables?.teachers).toEqual([{ teacher_id: "T1", school_id: "HS", schools: ["HS", "MS"] }]);
  expect(tables?.terms.map(({ term_id, parent_term_id }) => [term_id, parent_term_id])).toEqual([
    ["Y", undefined],
    ["S1", "Y"],
    ["S2", "Y"],
  ]);
  expect(tables?.courses).toMatchObject([
    { course_id: "BIO", school_id: "HS", department: "Science", term: "semester", seats_max: 1 },
    { course_id: "HS-ART", school_id: "HS", department: "Other", term: "year" },
    { course_id: "MS-ART", school_id: "MS", term: "year" },
  ]);
  expect(tables?.teacher_courses.map(({ course_id }) => course_id)).toEqual(["BIO", "HS-ART", "MS-ART"]);
  expect(tables?.today_sections[0]).toMatchObject({
    section_id: "C1",
    course_id: "BIO",
    term_id: "S1",
    teacher_id: "T1",
    enrolled: 1,
  });
  expect(tables?.today_enrollments).toHaveLength(2);
  expect(JSON.stringify(dataset)).not.toMatch(/Byron|Ada|Chu/);
});

test("since version 1.2 roles stand in a file of their own, and the export may lie in a folder", async () => {
  const { "schools.csv": schools, "district.json": district, ...rest } = VERSION_1_1;
  const roster = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("scheduling/")));
  const newer = {
    ...roster,
    "users.csv": "sourcedId,status,grades\nT1,,\nP1,,09\nP2,,06\n",
    "roles.csv":
      "sourcedId,userSourcedId,roleType,role,orgSourcedId\n1,T1,primary,teacher,HS\n2,P1,primary,student,HS\n3,P2,secondary,student,MS\n",
  };
  const folder = Object.fromEntries(Object.entries(newer).map(([name, text]) => [`oneroster/${name}`, text]));
  const { dataset } = await read({ "schools.csv": schools, "district.json": district, ...folder });
  expect(dataset?.tables.students.map(({ student_id, school_id, grade }) => [student_id, school_id, grade])).toEqual([
    ["P1", "HS", "9"],
    ["P2", "MS", "6"],
  ]);
  expect(dataset?.tables.teachers).toEqual([]);
});

test("what is wrong is told where it stands in the export", async () => {
  const wrong = {
    ...VERSION_1_1,
    "users.csv": VERSION_1_1["users.csv"].replace("P2,,student,MS,Max,Orr,KG", "P2,,student,XX,Max,Orr,99"),
  };
  const found = (await findings(wrong)).filter(({ file, row }) => file === "users.csv" && row === 4);
  expect(found.map(({ code }) => code).sort()).toEqual(["bad-cell", "unknown-reference"]);
});

test("the folder's own tables go before, and where schools are must be said", async () => {
  const own = {
    ...VERSION_1_1,
    "scheduling/courses.csv":
      "course_id,school_id,title,department,term,seats_max\nBIO,HS,Biology,Science,semester,28\nHS-ART,HS,Art,Arts,year,20\nMS-ART,MS,Art,Arts,year,20\n",
  };
  expect((await read(own)).dataset?.tables.courses[0].seats_max).toBe(28);
  const { "schools.csv": _, ...without } = VERSION_1_1;
  expect((await findings(without)).map(({ code }) => code)).toContain("oneroster-without-schools");
});
