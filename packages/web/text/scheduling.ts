import type { MoveTarget } from "@trivium/model";

const count = (value: number, one: string, more = `${one}s`) =>
  `${Math.abs(value).toLocaleString("en-US")} ${Math.abs(value) === 1 ? one : more}`;

export const scheduling = {
  tabs: {
    board: "Board",
    unmet: "Unmet requests",
    oneMore: "One more section",
    conflicts: "Conflicts",
    students: "Students",
    loads: "Loads",
    plans: "All plans",
  },
  school: "School",
  board: {
    title: "Master schedule",
    intro: "Which section meets when, with whom and where. Pick a section up and every place shows what it would cost.",
    lanes: "Rows",
    lane: { teacher: "Teachers", room: "Rooms", course: "Courses" },
    colour: "Colour",
    colours: { department: "By department", fill: "By seats taken" },
    find: "Find a teacher, room, course or section",
    none: "No row matches what is searched for.",
    noTeacher: "No teacher",
    noRoom: "No room",
    table: "The board",
    legendFill: { over: "over its seats", full: "full", open: "seats left", low: "less than half full" },
    locked: "locked",
    how: "Drag a section, or press Enter on it, move by the arrow keys, Enter puts it down, Escape lets it be.",
    asking: "Asking what each place would cost …",
    picked: (id: string) => `${id} is picked up`,
    pickedHow: (possible: number, all: number) =>
      `${possible} of ${all} places are free of conflicts. The figures are requests met more or fewer, everybody touched seated anew.`,
    letBe: "Let it be",
    target: (at: string, what: string) => `${at}: ${what}`,
    cost: (gain: number | null) =>
      gain === null
        ? "who must sit there could not"
        : gain === 0
          ? "no request won or lost"
          : gain > 0
            ? `${count(gain, "request")} more`
            : `${count(gain, "request")} fewer`,
    chip: (gain: number | null) => (gain === null ? "✕" : gain > 0 ? `+${gain}` : gain < 0 ? `−${-gain}` : "0"),
    where: "Place",
    requests: "Requests met",
    required: "of them required",
    studentsMoved: "Students whose classes change",
    with: "Teacher",
    room: "Room",
    against: "Against it",
    confirmTitle: (id: string, at: string) => `${id} to ${at}`,
    forced:
      "Something is in the way. Put here all the same, the section is locked here in a new scenario and the solve finds another place for what is in the way; the figures above count the students alone.",
    free: "Nothing is in the way. The section is locked here in a new scenario, and the rest is solved around it from this plan on.",
    name: (id: string, at: string, forced: boolean) => `${id} at ${at}${forced ? " (forced)" : ""}`,
    why: (why: MoveTarget["why"], inWay: readonly string[]): string => {
      const others = inWay.join(", ");
      switch (why) {
        case "teacher_busy":
          return `the teacher has ${others} then`;
        case "teacher_away":
          return "the teacher is not available then";
        case "teacher_rule":
          return "a rule of the teacher: load, preparations, classes in a row, planning or travel";
        case "co_teacher_busy":
          return `the co-teacher has ${others} then`;
        case "room_busy":
          return `${others} is in the room then`;
        case "room_away":
          return "the room is not available then";
        case "room_small":
          return "the room has too few seats for the class";
        case "no_teacher":
          return "no teacher who may take it is free then";
        case "no_room":
          return "no room that fits is free then";
        case "link":
          return "a link to another course";
        case "students":
          return "somebody who must sit in it could not";
        case null:
          return "";
      }
    },
  },
  unmet: {
    title: "Unmet requests",
    intro: "Each request that the plan does not meet, why, and the cheapest way to mend it.",
    none: "Every request is met",
    noneText: "There is nothing to mend in this plan.",
    table: "Unmet requests",
    all: "All reasons",
    student: "Student",
    course: "Course",
    kind: "Kind",
    reason: "Reason",
    witness: "Seen at",
    fix: "Cheapest mend found",
    mend: "Mend it",
    mendTitle: (student: string, course: string) => `${course} for ${student}`,
    noMend: "No mend was found that costs less than the request is worth.",
    make: "As a scenario",
    byHand: "This one is for a person to decide: it names nothing that a scenario could change.",
    proven: "proven",
    notProven: "not proven",
    reasons: {
      not_offered: "Not offered",
      pattern_impossible: "No time of its length",
      blocked_by_rule: "A rule bars it",
      all_sections_clash: "Every section clashes",
      full: "Full",
      not_proven: "Not proven",
    } as Readonly<Record<string, string>>,
    kinds: { required: "required", elective: "elective", alternate: "alternate" },
    name: (student: string, course: string) => `${course} for ${student}`,
  },
  oneMore: {
    title: "What one more section would buy",
    intro: "Each thing more or less was done on the plan and everybody it touches seated anew. Largest gain first.",
    asking: "Trying every course, teacher, full section and singleton; this takes some seconds …",
    table: "One more, one fewer",
    kinds: {
      section_more: "One section more",
      section_fewer: "One section fewer",
      teacher_section: "A teacher takes one more",
      seat: "One seat more",
      moved_period: "Another period",
    },
    all: "Everything",
    kind: "What",
    about: "Of",
    course: "Course",
    gain: "Requests",
    required: "Required",
    students: "Students moved",
    when: "When",
    who: "Teacher",
    where: "Room",
    lacks: "Needed on top",
    method: "Found by",
    methods: { reseat: "re-seating", search: "search" },
    lack: { teacher: "a teacher", room: "a room" },
    nothing: "Nothing more was found to buy anything",
    make: "As a scenario",
    searchOn: "Search on from the best",
    budget: (candidates: number, searched: number, iterations: number) =>
      searched === 0
        ? `${candidates} candidates tried by exact re-seating.`
        : `${candidates} candidates tried; ${searched} searched with ${iterations} iterations each.`,
  },
  conflicts: {
    title: "Conflict matrix",
    intro:
      "Students who ask for both of two courses, and how likely the two collide were their sections placed by lot. Dark cells are where a singleton loses.",
    matrix: "The courses with most at stake",
    cell: (a: string, b: string, students: number, severity: string) =>
      `${a} and ${b}: ${students} students, ${severity} requests at stake`,
    table: "Most severe pairs",
    a: "Course",
    b: "and course",
    students: "Ask for both",
    sectionsA: "Sections",
    sectionsB: "and sections",
    chance: "Chance to clash",
    severity: "At stake",
    low: "few at stake",
    high: "many",
    singletons: (count: number) => `${count} singletons`,
    pairs: (count: number) => `${count.toLocaleString("en-US")} pairs asked for together`,
    none: "No two courses are asked for by the same student",
  },
  students: {
    title: "Students",
    intro: "Who sits where, and what a walk-in could still have.",
    table: "Students",
    student: "Student",
    seats: "Classes",
    unmet: "Unmet",
    open: "Timetable",
    timetable: (student: string) => `Timetable of ${student}`,
    back: "All students",
    lacks: "Not met",
    nothingLacks: "Every request is met.",
    walkIn: "Better schedules",
    walkInText:
      "The best schedules for this student, nobody else moved; then with a few moves of others, who lose nothing.",
    ask: "Look for them",
    none: "No schedule meets more than the present one.",
    met: (met: number) => count(met, "request met", "requests met"),
    moves: (moves: number) => (moves === 0 ? "nobody else is moved" : `${count(moves, "move")} of others`),
    newcomer: "A newcomer",
    newcomerText: "Courses that a new student asks for, the most important first.",
    courses: "Course ids, separated by commas",
    first: "Best schedules",
    term: "Term",
    print: "Print",
    free: "free",
    noSuch: "This student has no class in the plan.",
  },
  loads: {
    title: "Loads",
    intro: "What each teacher teaches and how far each room is used, by term.",
    teachers: "Teachers",
    rooms: "Rooms",
    teacher: "Teacher",
    sections: "Sections a term",
    most: "At most",
    preps: "Preparations",
    students: "Students",
    room: "Room",
    capacity: "Seats",
    used: "Slots used",
    share: "Use",
    fill: "Seats taken",
  },
  exports: { timetables: "Timetables (PDF)", workbook: "Workbook", sis: "OneRoster" },
  preparing: "Preparing …",
} as const;
