import { districtWarning } from "../check.ts";
import { distanceKm, median } from "../distance.ts";
import { each } from "../view.ts";

const SCHOOL_FAR_KM = 150;
const ENROLLMENT_RATIO = 1.5;

export const schoolPlaceZero = districtWarning("school-place-zero", (view, find) => {
  for (const [school, place] of each(view, "schools")) {
    if (school.lat !== 0 && school.lon !== 0) continue;
    find(place, {
      column: school.lat === 0 ? "lat" : "lon",
      value: 0,
      message: `school ${school.school_id} lies at ${school.lat}, ${school.lon}`,
      expected: "the coordinates of the school",
      mend: "geocode the address: 0 is what many tools write when they found nothing",
    });
  }
});

/** Far from the others: the middle is that of most students where they are listed, so that of two schools the right one stays. */
export const schoolFar = districtWarning("school-far", (view, find) => {
  const homes = view.tables.students.filter((student) => student.lat && student.lon);
  const places = homes.length > 0 ? homes : view.tables.schools;
  const middle = {
    lat: median(places.map((place) => place.lat ?? 0)) ?? 0,
    lon: median(places.map((place) => place.lon ?? 0)) ?? 0,
  };
  for (const [school, place] of each(view, "schools")) {
    const far = distanceKm(school, middle);
    if (far <= SCHOOL_FAR_KM || school.lat === 0 || school.lon === 0) continue;
    find(place, {
      column: "lat",
      value: school.lat,
      message: `school ${school.school_id} lies ${Math.round(far)} km from the middle of the district`,
      expected: `a school within ${SCHOOL_FAR_KM} km of it`,
      mend: "look for swapped coordinates or a lost minus sign",
    });
  }
});

export const schoolTwins = districtWarning("schools-at-one-place", (view, find) => {
  const seen = new Map<string, number>();
  for (const [school, place] of each(view, "schools")) {
    const point = `${school.lat},${school.lon}`;
    const earlier = seen.get(point);
    if (earlier === undefined) {
      seen.set(point, place.index);
      continue;
    }
    find(place, {
      column: "lat",
      value: school.lat,
      message: `school ${school.school_id} is at the very place of ${view.tables.schools[earlier].school_id}`,
      expected: "a place of its own, where buses stop",
      mend: "correct the coordinates, or acknowledge that the two share a campus",
      others: [{ table: "schools", index: earlier }],
    });
  }
});

export const schoolNameTwice = districtWarning("school-name-twice", (view, find) => {
  const names = new Map<string, number>();
  for (const [school, place] of each(view, "schools")) {
    const name = school.name.toLowerCase().replace(/\s+/g, " ");
    const earlier = names.get(name);
    if (earlier === undefined) {
      names.set(name, place.index);
      continue;
    }
    find(place, {
      column: "name",
      value: school.name,
      message: `schools ${view.tables.schools[earlier].school_id} and ${school.school_id} have the same name`,
      expected: "one row a school",
      mend: "delete one of them, or tell their names apart",
      others: [{ table: "schools", index: earlier }],
    });
  }
});

export const enrollmentDiffers = districtWarning("enrollment-differs", (view, find) => {
  if (!view.present.has("students")) return;
  for (const [school, place] of each(view, "schools")) {
    if (!school.enrollment) continue;
    const listed = view.group("students", "school_id").get(school.school_id)?.length ?? 0;
    const ratio = listed / school.enrollment;
    if (listed === 0 || (ratio <= ENROLLMENT_RATIO && ratio >= 1 / ENROLLMENT_RATIO)) continue;
    find(place, {
      column: "enrollment",
      value: school.enrollment,
      message: `school ${school.school_id} has an enrollment of ${school.enrollment}, but ${listed} students are listed`,
      expected: `about ${listed}`,
      mend: "correct the number, or look for students who are missing or listed under another school",
    });
  }
});

export const schoolBuiltLate = districtWarning("school-built-late", (view, find) => {
  const opening = Number(view.district?.school_year.slice(0, 4));
  for (const [school, place] of each(view, "schools")) {
    if (school.year_built === undefined || !(school.year_built > opening)) continue;
    find(place, {
      column: "year_built",
      value: school.year_built,
      message: `school ${school.school_id} is built in ${school.year_built}, after the school year begins`,
      expected: `a year up to ${opening}`,
      mend: "correct the year, or acknowledge that the school opens later",
    });
  }
});

export const schoolAreaImprobable = districtWarning("school-area-improbable", (view, find) => {
  for (const [school, place] of each(view, "schools")) {
    const area = school.area_sqft;
    if (area === undefined || (area >= 2_000 && area <= 1_500_000)) continue;
    find(place, {
      column: "area_sqft",
      value: area,
      message: `school ${school.school_id} has ${area} square feet`,
      expected: "from 2,000 to 1,500,000 square feet",
      mend: "check the unit (square feet, not metres or acres)",
    });
  }
});
