import type { Grade } from "@trivium/model";
import type { Shape } from "./day.ts";

/** A course as the catalogue has it, before anyone asks for it. */
export interface Course {
  readonly id: string;
  readonly title: string;
  readonly department: string;
  readonly length: "year" | "semester";
  readonly shape: Shape;
  readonly feature?: string;
  /** Students that a section is planned for. */
  readonly planned: number;
  readonly grades: readonly Grade[];
  readonly core: boolean;
}

const GRADE_LIST: readonly Grade[] = ["9", "10", "11", "12"];

type CoreRow = readonly [
  id: string,
  title: string,
  department: string,
  planned: number,
  feature?: string,
  length?: "semester",
];

const CORE_ROWS: readonly CoreRow[] = [
  ["ENG9R", "English 9", "English", 25],
  ["ENG9H", "Honors English 9", "English", 26],
  ["ENG10R", "English 10", "English", 25],
  ["ENG10H", "Honors English 10", "English", 26],
  ["ENG11R", "English 11", "English", 25],
  ["ENG11H", "Honors English 11", "English", 26],
  ["APLANG", "AP English Language", "English", 26],
  ["AMSTE", "American Studies: English", "English", 25],
  ["ENG12R", "English 12", "English", 26],
  ["APLIT", "AP English Literature", "English", 25],
  ["COMM12", "Communications 12", "English", 25],
  ["WRIT12", "College Writing", "English", 24],
  ["ALG1", "Algebra 1", "Mathematics", 24],
  ["GEOM", "Geometry", "Mathematics", 26],
  ["ALG2", "Algebra 2", "Mathematics", 26],
  ["ALG2H", "Honors Algebra 2", "Mathematics", 26],
  ["PREC", "Precalculus", "Mathematics", 26],
  ["PRECH", "Honors Precalculus", "Mathematics", 26],
  ["CALCAB", "AP Calculus AB", "Mathematics", 26],
  ["CALCBC", "AP Calculus BC", "Mathematics", 26],
  ["STATS", "Statistics", "Mathematics", 26],
  ["FINMA", "Financial Mathematics", "Mathematics", 25],
  ["BIO", "Biology", "Science", 25, "lab"],
  ["BIOH", "Honors Biology", "Science", 25, "lab"],
  ["CHEM", "Chemistry", "Science", 24, "lab"],
  ["CHEMH", "Honors Chemistry", "Science", 24, "lab"],
  ["EARTH", "Earth Science", "Science", 25],
  ["PHYS", "Physics", "Science", 24, "lab"],
  ["ANAT", "Anatomy", "Science", 24, "lab"],
  ["ENVI", "Environmental Science", "Science", 25],
  ["APBIO", "AP Biology", "Science", 24, "lab"],
  ["APCHEM", "AP Chemistry", "Science", 23, "lab"],
  ["APPHYS", "AP Physics", "Science", 24, "lab"],
  ["APES", "AP Environmental Science", "Science", 25],
  ["FOREN", "Forensic Science", "Science", 24, "lab"],
  ["WGEO", "World Geography", "Social Studies", 26],
  ["APHG", "AP Human Geography", "Social Studies", 26],
  ["WHIST", "World History", "Social Studies", 26],
  ["APWH", "AP World History", "Social Studies", 26],
  ["USH", "United States History", "Social Studies", 26],
  ["APUSH", "AP United States History", "Social Studies", 26],
  ["AMSTH", "American Studies: History", "Social Studies", 25],
  ["GOVT", "Government", "Social Studies", 26, undefined, "semester"],
  ["ECON", "Economics", "Social Studies", 26, undefined, "semester"],
  ["APGOV", "AP Government", "Social Studies", 25],
  ["PE9", "Physical Education 9", "Physical Education", 32, "gym", "semester"],
  ["HLTH", "Health", "Physical Education", 26, undefined, "semester"],
  ["PE10", "Physical Education 10", "Physical Education", 32, "gym", "semester"],
  ["SPAN1", "Spanish 1", "World Languages", 26],
  ["SPAN2", "Spanish 2", "World Languages", 26],
  ["SPAN3", "Spanish 3", "World Languages", 25],
  ["SPAN4", "Spanish 4", "World Languages", 24],
  ["FREN1", "French 1", "World Languages", 25],
  ["FREN2", "French 2", "World Languages", 24],
  ["GERM3", "German 3", "World Languages", 16],
  ["GERM4", "German 4", "World Languages", 14],
];

/** What a student of a grade takes in one subject: with what share, which courses (several belong together; none = the subject is left out). */
export type Choice = readonly [share: number, courses: readonly string[]];

export const CORE_CHOICES: Readonly<Record<string, readonly (readonly Choice[])[]>> = {
  "9": [
    [
      [0.7, ["ENG9R"]],
      [0.3, ["ENG9H"]],
    ],
    [
      [0.5, ["ALG1"]],
      [0.35, ["GEOM"]],
      [0.15, ["ALG2H"]],
    ],
    [
      [0.7, ["BIO"]],
      [0.3, ["BIOH"]],
    ],
    [
      [0.8, ["WGEO"]],
      [0.2, ["APHG"]],
    ],
    [[1, ["PE9", "HLTH"]]],
    [
      [0.5, ["SPAN1"]],
      [0.15, ["SPAN2"]],
      [0.2, ["FREN1"]],
      [0.15, []],
    ],
  ],
  "10": [
    [
      [0.7, ["ENG10R"]],
      [0.3, ["ENG10H"]],
    ],
    [
      [0.5, ["GEOM"]],
      [0.35, ["ALG2"]],
      [0.15, ["PRECH"]],
    ],
    [
      [0.65, ["CHEM"]],
      [0.25, ["CHEMH"]],
      [0.1, ["EARTH"]],
    ],
    [
      [0.8, ["WHIST"]],
      [0.2, ["APWH"]],
    ],
    [[1, ["PE10"]]],
    [
      [0.5, ["SPAN2"]],
      [0.1, ["SPAN3"]],
      [0.18, ["FREN2"]],
      [0.22, []],
    ],
  ],
  "11": [
    [
      [0.5, ["ENG11R"]],
      [0.2, ["ENG11H"]],
      [0.2, ["APLANG"]],
      [0.1, ["AMSTE", "AMSTH"]],
    ],
    [
      [0.45, ["ALG2"]],
      [0.35, ["PREC"]],
      [0.12, ["CALCAB"]],
      [0.08, []],
    ],
    [
      [0.35, ["PHYS"]],
      [0.1, ["APBIO"]],
      [0.08, ["APCHEM"]],
      [0.17, ["ANAT"]],
      [0.2, ["ENVI"]],
      [0.1, []],
    ],
    [
      [0.7, ["USH"]],
      [0.3, ["APUSH"]],
    ],
    [
      [0.38, ["SPAN3"]],
      [0.06, ["GERM3"]],
      [0.06, ["SPAN4"]],
      [0.5, []],
    ],
  ],
  "12": [
    [
      [0.5, ["ENG12R"]],
      [0.17, ["APLIT"]],
      [0.17, ["COMM12"]],
      [0.16, ["WRIT12"]],
    ],
    [
      [0.3, ["PREC"]],
      [0.25, ["STATS"]],
      [0.12, ["CALCAB"]],
      [0.08, ["CALCBC"]],
      [0.15, ["FINMA"]],
      [0.1, []],
    ],
    [
      [0.09, ["APPHYS"]],
      [0.14, ["ANAT"]],
      [0.14, ["APES"]],
      [0.2, ["FOREN"]],
      [0.43, []],
    ],
    [
      [0.75, ["GOVT", "ECON"]],
      [0.25, ["APGOV"]],
    ],
    [
      [0.16, ["SPAN4"]],
      [0.05, ["GERM4"]],
      [0.79, []],
    ],
  ],
};

type ElectiveRow = readonly [
  department: string,
  length: "year" | "semester",
  shape: Shape,
  feature: string,
  titles: string,
];

/** Popular electives stand first in each row's list of titles, separated by `;`. */
const ELECTIVE_ROWS: readonly ElectiveRow[] = [
  [
    "Art",
    "semester",
    "single",
    "art",
    "Ceramics I;Drawing I;Painting;Ceramics II;Drawing II;Sculpture;Printmaking;Jewelry;Art History;Fibers",
  ],
  ["Art", "year", "single", "art", "Studio Art;AP Studio Art;Graphic Design II"],
  ["Art", "year", "single", "computer", "Photography I;Graphic Design I;Photography II;Animation;Film Making"],
  ["Music", "year", "daily", "music", "Concert Band;Choir;Wind Ensemble;Orchestra;Concert Choir"],
  ["Music", "year", "single", "music", "Guitar I;Piano;Guitar II;Music Theory;Jazz Band;Percussion"],
  ["Theatre", "year", "single", "stage", "Theatre I;Theatre II;Stagecraft;Dance I;Dance II"],
  [
    "Technology",
    "year",
    "single",
    "computer",
    "Programming I;Web Design;Programming II;AP Computer Science;Game Design;Robotics I;Robotics II",
  ],
  [
    "Technology",
    "year",
    "single",
    "shop",
    "Woodworking I;Engineering I;Drafting;Architecture;Woodworking II;Engineering II",
  ],
  [
    "Technology",
    "year",
    "double",
    "shop",
    "Auto Technology I;Auto Technology II;Welding;Construction;Metal Fabrication;Electronics",
  ],
  ["Family Science", "semester", "single", "kitchen", "Foods I;Foods II;Nutrition;Baking"],
  ["Family Science", "year", "double", "kitchen", "Culinary Arts I;Culinary Arts II"],
  [
    "Family Science",
    "semester",
    "single",
    "",
    "Child Development;Interior Design;Fashion I;Personal Finance;Fashion II;Careers in Education",
  ],
  [
    "Business",
    "semester",
    "single",
    "",
    "Marketing I;Entrepreneurship;Business Law;Marketing II;Sports Management;Hospitality",
  ],
  ["Business", "year", "single", "computer", "Accounting I;Accounting II;Information Systems"],
  [
    "Physical Education",
    "semester",
    "single",
    "gym",
    "Weight Training;Team Sports;Lifetime Fitness;Yoga;Advanced Weights;Outdoor Education",
  ],
  [
    "Social Studies",
    "semester",
    "single",
    "",
    "Psychology;Sociology;World Religions;Ethnic Studies;Military History;Philosophy;Archaeology;Global Issues",
  ],
  ["Social Studies", "year", "single", "", "AP Psychology;Street Law;AP European History;Model United Nations"],
  [
    "English",
    "semester",
    "single",
    "",
    "Creative Writing;Mythology;Science Fiction;Poetry;Public Speaking;Shakespeare;Film Criticism",
  ],
  ["English", "year", "single", "computer", "Journalism I;Yearbook;Journalism II"],
  ["English", "year", "single", "", "Debate I;Debate II;Reading Lab"],
  ["Science", "semester", "single", "", "Astronomy;Geology;Marine Biology;Bioethics;Meteorology;Science Research"],
  ["Science", "year", "single", "lab", "Biotechnology;Zoology;Botany"],
  ["Health Careers", "year", "double", "", "Nursing Assistant;Emergency Medicine;Pharmacy Technician"],
  ["Health Careers", "year", "single", "", "Sports Medicine I;Medical Terminology;Sports Medicine II"],
  ["Agriculture", "year", "single", "lab", "Horticulture;Animal Science;Veterinary Science;Agribusiness"],
  ["Mathematics", "semester", "single", "", "Discrete Mathematics;Probability Games;Mathematics Lab"],
  ["Mathematics", "year", "single", "", "AP Statistics;Multivariable Calculus"],
  [
    "World Languages",
    "year",
    "single",
    "",
    "American Sign Language I;Japanese I;French 3;American Sign Language II;Latin I;AP Spanish;Japanese II;Latin II;French 4",
  ],
];

const advanced = (title: string): readonly Grade[] =>
  /^(AP|Advanced|Multivariable)|(III|II|4)$/.test(title)
    ? GRADE_LIST.slice(2)
    : /(Lab|Technician|Medicine)/.test(title)
      ? GRADE_LIST.slice(1)
      : GRADE_LIST;

export const CORE: readonly Course[] = CORE_ROWS.map(([id, title, department, planned, feature, length]) => ({
  id,
  title,
  department,
  length: length ?? "year",
  shape: "single",
  planned,
  core: true,
  grades: GRADE_LIST.filter((grade) =>
    CORE_CHOICES[grade].some((subject) => subject.some(([, ids]) => ids.includes(id))),
  ),
  ...(feature ? { feature } : {}),
}));

/**
 * `count` electives, the most popular first. Rows are dealt round by round, so that every department has some;
 * beyond the last title each comes again as a seminar.
 */
export function electives(count: number): Course[] {
  const found: Course[] = [];
  for (let round = 0; found.length < count; round++)
    for (const [index, [department, length, shape, feature, list]] of ELECTIVE_ROWS.entries()) {
      const titles = list.split(";");
      const seminar = Math.floor(round / 10);
      const base = titles[round % 10];
      if (base === undefined || found.length >= count) continue;
      const title = seminar === 0 ? base : `${base} Seminar ${seminar}`;
      found.push({
        id: `${department.slice(0, 3).toUpperCase()}${index + 10}${String(round).padStart(2, "0")}`,
        title,
        department,
        length,
        shape,
        planned: (feature === "gym" ? 31 : shape === "daily" ? 36 : feature ? 24 : 27) - ((3 * round + index) % 8),
        grades: advanced(base),
        core: false,
        ...(feature ? { feature } : {}),
      });
    }
  return found;
}
