import { z } from "zod";

/** Shapes of what a schedule's questions answer. Ids are the district's; shares from 0 to 1. */

/**
 * One thing done to a plan's tables, small enough to be laid on the plan and verified there:
 * a student leaves or enters a section, a section gets more seats, a section stands elsewhere (or is opened), a section is closed.
 */
export const stepSchema = z.discriminatedUnion("step", [
  z.strictObject({ step: z.literal("leave"), student_id: z.string(), section_id: z.string() }),
  z.strictObject({
    step: z.literal("enter"),
    student_id: z.string(),
    section_id: z.string(),
    request_course_id: z.string(),
    kind: z.enum(["required", "elective", "alternate"]),
  }),
  z.strictObject({ step: z.literal("seats"), section_id: z.string(), seats_max: z.number().int() }),
  z.strictObject({
    step: z.literal("place"),
    section_id: z.string(),
    course_id: z.string(),
    term_id: z.string().nullable(),
    pattern_id: z.string(),
    teacher_id: z.string().nullable(),
    room_id: z.string().nullable(),
  }),
  z.strictObject({ step: z.literal("close"), section_id: z.string() }),
]);
export type Step = z.infer<typeof stepSchema>;

const requestSchema = z.strictObject({
  student_id: z.string(),
  course_id: z.string(),
  kind: z.enum(["required", "elective"]),
});
export type RequestRef = z.infer<typeof requestSchema>;

export const MEND_KINDS = ["own_classes", "swap", "seat", "move_section", "open_section", "drop"] as const;

/** A way to meet an unmet request, with what it costs; laid on the plan, it is legal and does what it says. */
export const mendSchema = z.strictObject({
  kind: z
    .enum(MEND_KINDS)
    .describe(
      "own_classes: the student's other classes change; swap: others make room without losing a request; seat: one seat over the cap; move_section, open_section: a section at another time, or one more; drop: another request of the student is given up",
    ),
  steps: z.array(stepSchema),
  meets: z.array(requestSchema),
  loses: z.array(requestSchema).describe("requests met before and not after"),
  students_moved: z.number().int().describe("other students whose sections change"),
  cost: z
    .number()
    .describe(
      "points: those of the requests lost, 100 a seat over a cap, 100 a section moved, 200 one opened, 10 a student moved",
    ),
});
export type Mend = z.infer<typeof mendSchema>;

const scheduledSection = z.strictObject({
  section_id: z.string(),
  course_id: z.string(),
  term_id: z.string(),
  pattern_id: z.string(),
  teacher_id: z.string().nullable(),
  room_id: z.string().nullable(),
  seats_left: z.number().int(),
});

const movedSeat = z.strictObject({
  student_id: z.string(),
  course_id: z.string(),
  from: z.string(),
  to: z.string(),
});
export type MovedSeat = z.infer<typeof movedSeat>;

const walkInSchedule = z.strictObject({
  met: z.number().int(),
  unmet: z.array(z.string()).describe("courses asked for and not in this schedule"),
  sections: z.array(scheduledSection),
  moves: z.array(movedSeat).describe("other students who change their section of a course; none loses a request"),
});
export type WalkInSchedule = z.infer<typeof walkInSchedule>;

/** `{ kind: "walk_in", student_id?, courses?, count?, moves? }` */
export const walkInAnswerSchema = z.strictObject({
  student_id: z.string().nullable(),
  schedules: z.array(walkInSchedule).describe("nobody else is moved; best first"),
  with_moves: z
    .array(walkInSchedule)
    .describe("better than those without, by up to `moves` moves of others; best first"),
});
export type WalkInAnswer = z.infer<typeof walkInAnswerSchema>;

export const CANDIDATE_KINDS = ["section_more", "section_fewer", "teacher_section", "seat", "moved_period"] as const;

/** One thing more or less, and what came of it. */
export const oneMoreRowSchema = z.strictObject({
  kind: z.enum(CANDIDATE_KINDS),
  id: z.string().describe("the course, teacher or section that it is about"),
  course_id: z.string(),
  gain: z.number().int().describe("requests met more, over all students; negative = fewer"),
  gain_required: z.number().int(),
  gain_points: z.number().describe("of the plan's objective"),
  students: z.number().int().describe("students whose sections change"),
  section_id: z.string(),
  term_id: z.string().nullable(),
  pattern_id: z.string().nullable(),
  teacher_id: z.string().nullable(),
  room_id: z.string().nullable(),
  lacks: z
    .array(z.enum(["teacher", "room"]))
    .describe("what the school has none of free at that time: it is needed on top"),
  method: z.enum(["reseat", "search"]).describe("exact re-seating of everybody touched, or that and a short search"),
  tried: z.number().int().describe("places that were re-seated, of which this is the best"),
  iterations: z.number().int().describe("of the short search"),
  steps: z.array(stepSchema).optional().describe("asked with with_steps: what re-seating does, to be laid on the plan"),
  meets: z.array(requestSchema).optional(),
  loses: z.array(requestSchema).optional(),
});
export type OneMoreRow = z.infer<typeof oneMoreRowSchema>;

/** `{ kind: "one_more", course_id?, kinds?, search?, iterations?, seed?, with_steps? }` */
export const oneMoreAnswerSchema = z.strictObject({
  rows: z.array(oneMoreRowSchema).describe("largest gain first"),
  computed: z.strictObject({
    candidates: z.number().int(),
    without_place: z
      .array(z.strictObject({ kind: z.enum(CANDIDATE_KINDS), id: z.string() }))
      .describe("candidates that no rule leaves a place for: they have no row"),
    searched: z.number().int(),
    iterations_each: z.number().int(),
    seed: z.number().int(),
    baseline_gain: z
      .number()
      .int()
      .describe("what the same search gains on the plan as it is: gains of method search are beyond it"),
  }),
});
export type OneMoreAnswer = z.infer<typeof oneMoreAnswerSchema>;

const count = z.number().int();
const load = z.number();

/** What can be said of a school before anything is scheduled. */
export const analysisAnswerSchema = z.strictObject({
  totals: z.strictObject({
    students: count,
    required: count,
    elective: count,
    alternates: count,
    courses: count,
    sections: count.describe("given, or planned where the engine decides"),
    sections_at_cap: count,
    sections_at_target: count,
    seats: count,
    seats_short: count.describe("requests beyond the seats of their course"),
  }),
  courses: z.array(
    z.strictObject({
      course_id: z.string(),
      school_id: z.string(),
      required: count,
      elective: count,
      alternates: count,
      by_grade: z.record(z.string(), count).describe("required and elective"),
      sections: count,
      sections_given: count.nullable().describe("null: the engine decides"),
      sections_at_cap: count.describe("requests / seats_max, rounded up"),
      sections_at_target: count.describe("requests / seats_target (95 % of the cap where none is given), rounded up"),
      seats: count,
      seat_slack: count.describe("seats − requests; negative: so many cannot be seated"),
      teachers: count.describe("who may teach it"),
      rooms: count.describe("with all features that it needs"),
      times: count.describe("terms with patterns that it may take"),
    }),
  ),
  singletons: z.array(z.string()),
  doubletons: z.array(z.string()),
  conflict_pairs: count.describe("pairs of courses that some student asks for both of"),
  expected_lost: load.describe("sum of the severities of all pairs: requests lost were sections placed by lot"),
  conflicts: z
    .array(
      z.strictObject({
        a: z.string(),
        b: z.string(),
        students: count,
        sections_a: count,
        sections_b: count,
        clash_chance: load.describe("that no two of their sections can be taken together, were sections placed by lot"),
        severity: load.describe("students · clash_chance"),
      }),
    )
    .describe("the 500 most severe of each school"),
  teachers: z.array(
    z.strictObject({
      teacher_id: z.string(),
      sections_max: count.nullable(),
      slots_open: load.describe("class slots a leaf term"),
      sections_due: load.describe("were all sections dealt evenly among those who may teach them, a leaf term"),
      sections_only_theirs: load.describe("that nobody else may teach"),
    }),
  ),
  rooms: z
    .array(
      z.strictObject({
        features: z.array(z.string()),
        rooms: z.array(z.string()),
        sections: count.describe("that can be nowhere else"),
        slots_needed: load.describe("class slots a leaf term, at their shortest pattern"),
        slots_open: load,
        use: load.nullable().describe("needed / open; above 1 there is no plan"),
      }),
    )
    .describe("a row for each set of rooms that some course is confined to"),
  periods: z.array(
    z.strictObject({
      school_id: z.string(),
      slot: z.string(),
      sections_locked: count,
      teachers_open: count,
      rooms_open: count,
    }),
  ),
  impossible: z
    .array(requestSchema.extend({ reason_code: z.string(), witness: z.string() }))
    .describe("requests that no schedule can meet"),
  overfull: z
    .array(z.strictObject({ student_id: z.string(), slots_asked: load, slots_open: load }))
    .describe("students who ask for more than their day holds, a leaf term"),
});
export type AnalysisAnswer = z.infer<typeof analysisAnswerSchema>;

export const MOVE_LANES = ["course", "teacher", "room"] as const;

const placeSchema = z.strictObject({
  term_id: z.string().nullable(),
  pattern_id: z.string(),
  teacher_id: z.string().nullable(),
  room_id: z.string().nullable(),
});

export const moveTargetSchema = placeSchema.extend({
  possible: z.boolean().describe("by every hard rule, nothing else moved but what the figures count"),
  why: z
    .enum([
      "teacher_busy",
      "teacher_away",
      "teacher_rule",
      "co_teacher_busy",
      "room_busy",
      "room_away",
      "room_small",
      "no_teacher",
      "no_room",
      "link",
      "students",
    ])
    .nullable()
    .describe("what is against it"),
  in_way: z.array(z.string()).describe("sections that keep teacher or room busy then"),
  gain: z
    .number()
    .int()
    .nullable()
    .describe(
      "requests met more once everybody touched is seated anew; where it is not possible, as if staff and room were found; null = no way to seat everybody who must be",
    ),
  gain_required: z.number().int().nullable(),
  students: z.number().int().nullable().describe("students whose sections change"),
  steps: z
    .array(stepSchema)
    .optional()
    .describe("asked with with_steps: laid on the plan they are legal, where it is possible"),
  meets: z.array(requestSchema).optional(),
  loses: z.array(requestSchema).optional(),
});
export type MoveTarget = z.infer<typeof moveTargetSchema>;

/** `{ kind: "move_section", section_id, lanes?, with_steps? }` */
export const moveSectionAnswerSchema = z.strictObject({
  section_id: z.string(),
  lanes: z
    .enum(MOVE_LANES)
    .describe(
      "course: each time that its length and patterns allow; teacher, room: each of these with each that may have it",
    ),
  from: placeSchema,
  targets: z.array(moveTargetSchema),
});
export type MoveSectionAnswer = z.infer<typeof moveSectionAnswerSchema>;
