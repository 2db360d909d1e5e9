import { GRADES } from "@trivium/model";
import { plainId } from "../../nearest.ts";
import { districtWarning } from "../check.ts";
import { distanceKm, placeOf } from "../distance.ts";
import { each } from "../view.ts";

const HOME_FAR_KM = 80;
const SIBLINGS_MANY = 12;

export const homeFar = districtWarning("home-far", (view, find) => {
  for (const [student, place] of each(view, "students")) {
    const home = placeOf(student.lat, student.lon);
    const school = view.row("schools", "school_id", student.school_id);
    const far = home && school && distanceKm(home, school);
    if (far === undefined || far <= HOME_FAR_KM || home?.lat === 0 || home?.lon === 0) continue;
    find(place, {
      column: "lat",
      value: student.lat,
      message: `student ${student.student_id} lives ${Math.round(far)} km from ${student.school_id}`,
      expected: `a home within ${HOME_FAR_KM} km of the school`,
      mend: "correct the coordinates (latitude north, longitude west negative), or acknowledge them",
    });
  }
});

export const homeHalf = districtWarning("home-half", (view, find) => {
  for (const [student, place] of each(view, "students")) {
    if ((student.lat === undefined) === (student.lon === undefined)) continue;
    const column = student.lat === undefined ? "lat" : "lon";
    find(place, {
      column,
      message: `student ${student.student_id} has half of a home: ${column} is empty`,
      expected: "both coordinates or none",
      mend: "fill the other coordinate, or empty both",
    });
  }
});

export const homeAtZero = districtWarning("home-at-zero", (view, find) => {
  for (const [student, place] of each(view, "students")) {
    if (student.lat !== 0 && student.lon !== 0) continue;
    find(place, {
      column: student.lat === 0 ? "lat" : "lon",
      value: 0,
      message: `student ${student.student_id} lives at ${student.lat}, ${student.lon}`,
      expected: "the coordinates of the home",
      mend: "geocode the address: 0 is what many tools write when they found nothing",
    });
  }
});

/** Many homes at one point: the middle of a postal code, or the office, written where the address was not found. */
export const homesAtOnePlace = districtWarning("homes-at-one-place", (view, find) => {
  const homes = new Map<string, number[]>();
  view.tables.students.forEach((student, index) => {
    if (student.lat === undefined || student.lon === undefined || student.lat === 0) return;
    const point = `${student.lat},${student.lon}`;
    const there = homes.get(point);
    if (there) there.push(index);
    else homes.set(point, [index]);
  });
  const many = Math.max(40, view.tables.students.length * 0.01);
  for (const [point, students] of homes) {
    if (students.length <= many) continue;
    find(
      { table: "students", index: students[0] },
      {
        column: "lat",
        value: point,
        message: `${students.length} students live at exactly ${point}`,
        expected: `at most ${Math.floor(many)} at one point`,
        mend: "look whether the geocoder wrote one point for many addresses, or acknowledge it",
      },
    );
  }
});

const LEVEL_GRADES = { elementary: ["PK", "8"], middle: ["4", "9"], high: ["7", "12"], other: ["PK", "12"] } as const;

export const gradeOutsideLevel = districtWarning("grade-outside-level", (view, find) => {
  for (const [student, place] of each(view, "students")) {
    const level = view.row("schools", "school_id", student.school_id)?.level;
    if (level === undefined) continue;
    const [lowest, highest] = LEVEL_GRADES[level];
    const grade = GRADES.indexOf(student.grade);
    if (grade >= GRADES.indexOf(lowest) && grade <= GRADES.indexOf(highest)) continue;
    find(place, {
      column: "grade",
      value: student.grade,
      message: `student ${student.student_id} is in grade ${student.grade} of ${student.school_id}, a school of level ${level}`,
      expected: `a grade from ${lowest} to ${highest}`,
      mend: "correct the grade, the school or its level",
    });
  }
});

/** S0012 and s12 are one student to whoever typed them. */
export const studentLookalike = districtWarning("student-lookalike", (view, find) => {
  const plain = new Map<string, number>();
  for (const [student, place] of each(view, "students")) {
    const id = plainId(student.student_id);
    const earlier = plain.get(id);
    if (earlier === undefined) {
      plain.set(id, place.index);
      continue;
    }
    const other = view.tables.students[earlier];
    if (other.student_id === student.student_id) continue;
    if (other.school_id !== student.school_id || other.grade !== student.grade) continue;
    find(place, {
      column: "student_id",
      value: student.student_id,
      message: `students ${other.student_id} and ${student.student_id} differ only by case, dashes or zeros, in one grade of one school`,
      expected: "one row a student",
      mend: "delete one of them if they are the same child, or acknowledge that they are not",
      others: [{ table: "students", index: earlier }],
    });
  }
});

export const siblingSelf = districtWarning("sibling-self", (view, find) => {
  for (const [student, place] of each(view, "students")) {
    if (student.sibling_id !== student.student_id) continue;
    const others = view.group("students", "sibling_id").get(student.sibling_id)?.length ?? 0;
    if (others > 1) continue;
    find(place, {
      column: "sibling_id",
      value: student.sibling_id,
      message: `student ${student.student_id} is named as the only sibling of himself or herself`,
      expected: "an id that brothers and sisters share",
      mend: "correct the id, or empty the cell",
    });
  }
});

export const siblingsMany = districtWarning("siblings-many", (view, find) => {
  for (const [family, indexes] of view.group("students", "sibling_id")) {
    if (family === undefined || indexes.length <= SIBLINGS_MANY) continue;
    find(
      { table: "students", index: indexes[0] },
      {
        column: "sibling_id",
        value: family,
        message: `${indexes.length} students share the sibling_id ${family}`,
        expected: `at most ${SIBLINGS_MANY} brothers and sisters`,
        mend: "empty the cell where it holds a default",
      },
    );
  }
});

export const schoolWithoutStudents = districtWarning("school-without-students", (view, find) => {
  if (!view.present.has("students")) return;
  for (const [school, place] of each(view, "schools")) {
    if (view.ids("students", "school_id").has(school.school_id)) continue;
    find(place, {
      column: "school_id",
      value: school.school_id,
      message: `school ${school.school_id} has no students`,
      expected: "students in students.csv",
      mend: "add its students, or acknowledge that there are none (a depot, an office)",
    });
  }
});
