import { InputError, type SCHEDULING_WEIGHTS } from "@trivium/model";

/** The objective's weights, all in one currency: points. `MODEL.md` states the objective whole. */
export const DEFAULT_WEIGHTS = {
  /** A required request met. */
  required: 1000,
  /** An elective request met. */
  elective: 300,
  /** An unmet request replaced by an alternate. */
  alternate: 100,
  /** A student with every request met or replaced. */
  complete: 100,
  /** A section that the district asked for and that has no place. */
  unplaced: 20_000,
  /** A flagged student beyond a section's `inclusion_max_share`; such plans are repaired before they are returned. */
  inclusion: 2500,
  /** A section opened where the engine decides how many there are. */
  section: 20,
  /** A student beyond a section's seats, where `seats_over_max` of the settings allows any. */
  over_cap: 40,
  /** A section that a teacher lacks in a leaf term to `sections_min`. */
  sections_min: 10,
  /** One step of teacher preference (3 is best), a section. */
  preference: 2,
  /** A different course for a teacher in a leaf term. */
  prep: 1,
  /** A section outside its teacher's home room. */
  home_room: 0.5,
  /** Uneven sizes of a course's sections: (enrolled − mean)², a section. */
  balance: 0.2,
  /** Uneven terms of a student: class slots of the fullest leaf term less those of the emptiest. */
  term_balance: 0.5,
  /** A class slot free between two classes of a student on a day of a leaf term, lunch waves apart. */
  hole: 0.5,
  /** A student in another section than today's; `price_moved_student` of the settings goes before it. */
  moved_student: 0,
  /** A section of today's schedule with another main teacher, in another room, at another time. */
  moved_teacher: 0,
  moved_room: 0,
  moved_time: 0,
} as const satisfies Readonly<Record<(typeof SCHEDULING_WEIGHTS)[number], number>>;

export type WeightName = keyof typeof DEFAULT_WEIGHTS;
export type Weights = Readonly<Record<WeightName, number>>;

/**
 * Defaults, the district's own over them (a name that is none is a finding of the intake), the scenario's over those.
 * @throws InputError unknown-weight for a name in the scenario
 */
export function weightsOf(
  district: Readonly<Record<string, number>> = {},
  scenario: Readonly<Record<string, number>> = {},
): Weights {
  const weights: Record<string, number> = { ...DEFAULT_WEIGHTS };
  for (const [name, value] of Object.entries(district)) if (name in weights) weights[name] = value;
  for (const [name, value] of Object.entries(scenario)) {
    if (!(name in DEFAULT_WEIGHTS))
      throw new InputError(
        "unknown-weight",
        `there is no scheduling weight "${name}". Maybe one of ${Object.keys(DEFAULT_WEIGHTS).join(", ")}?`,
        { path: "weights", values: { name, value } },
      );
    weights[name] = value;
  }
  return weights as Weights;
}
