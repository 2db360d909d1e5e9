import { Random } from "@trivium/engine";
import { DISTRIBUTION_PARAMETERS, type DistributionKind, type TimetableInstance } from "@trivium/model";

const KINDS = Object.keys(DISTRIBUTION_PARAMETERS) as DistributionKind[];
const PARAMETERS: Partial<Record<DistributionKind, readonly number[]>> = {
  WorkDay: [8],
  MinGap: [2],
  MaxDays: [1],
  MaxDayLoad: [5],
  MaxBreaks: [0, 1],
  MaxBlock: [4, 1],
};

/** A little instance with everything in it: configurations, parents, travel, shut rooms, a class without a room, constraints of every kind, students. */
export function randomInstance(seed: number, courses: number, timesEach: number, hardShare: number): TimetableInstance {
  const random = new Random(seed);
  const chance = (share: number) => random.unit() < share;
  const bits = (length: number, share: number) => {
    const drawn = Array.from({ length }, () => (chance(share) ? "1" : "0"));
    drawn[random.below(length)] = "1";
    return drawn.join("");
  };
  const meeting = () => ({
    days: bits(3, 0.3),
    weeks: bits(4, 0.7),
    start: 1 + random.below(9),
    length: 1 + random.below(3),
  });
  let ids = 0;
  const aClass = (parent?: string) => {
    const needsRoom = chance(0.85);
    const times = new Map(
      Array.from({ length: timesEach }, () => ({ ...meeting(), penalty: random.below(4) })).map((time) => [
        `${time.days} ${time.weeks} ${time.start}`,
        time,
      ]),
    );
    return {
      id: String(++ids),
      limit: 2,
      parent,
      needsRoom,
      rooms: needsRoom ? ["A", "B"].map((id) => ({ id, penalty: random.below(3) })) : [],
      times: [...times.values()],
    };
  };
  const list = Array.from({ length: courses }, (_, k) => {
    const lecture = aClass();
    const configs = [
      {
        id: `${k}-1`,
        subparts: [
          { id: `${k}-l`, classes: [lecture] },
          ...(k % 2 === 0 ? [{ id: `${k}-s`, classes: [aClass(lecture.id), aClass(lecture.id)] }] : []),
        ],
      },
      ...(k % 2 === 1 ? [{ id: `${k}-2`, subparts: [{ id: `${k}-x`, classes: [aClass()] }] }] : []),
    ];
    return { id: `c${k}`, configs };
  });
  const all = Array.from({ length: ids }, (_, i) => String(i + 1));
  return {
    name: `random-${seed}`,
    nrDays: 3,
    nrWeeks: 4,
    slotsPerDay: 16,
    weights: { time: 2, room: 1, distribution: 3, student: 5 },
    rooms: [
      { id: "A", capacity: 9, travel: [{ room: "B", slots: 1 + random.below(2) }], unavailable: [meeting()] },
      { id: "B", capacity: 9, travel: [], unavailable: [] },
    ],
    courses: list,
    distributions: KINDS.map((kind) => {
      const required = chance(hardShare);
      return {
        kind,
        parameters: PARAMETERS[kind] ?? [],
        required,
        penalty: required ? 0 : 1 + random.below(4),
        classes: random.shuffle(all.slice()).slice(0, 2 + random.below(3)),
      };
    }),
    students: ["s1", "s2"].map((id) => ({ id, courses: list.filter(() => chance(0.8)).map((course) => course.id) })),
  };
}
