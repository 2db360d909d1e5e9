import {
  DISTRIBUTION_PARAMETERS,
  type DistributionKind,
  InputError,
  type TimetableClass,
  type TimetableDistribution,
  type TimetableInstance,
  type TimetableMeeting,
} from "@trivium/model";
import { childrenNamed, type Element, Findings, grouped, parseXml } from "./element.ts";

/** What meetings are measured in. */
interface Calendar {
  readonly nrDays: number;
  readonly nrWeeks: number;
  readonly slotsPerDay: number;
}

/**
 * Reads an instance of ITC2019.
 *
 * @param file name for messages
 * @throws InputError bad-xml; not-a-timetable; bad-timetable, with every problem by line and element
 */
export function readTimetableInstance(xml: string, file: string): TimetableInstance {
  const root = parseXml(xml, file);
  if (root.name !== "problem")
    throw new InputError(
      "not-a-timetable",
      `${file}: the root is <${root.name}>, expected <problem>. Maybe this is a solution?`,
      {
        path: file,
      },
    );
  const findings = new Findings(file);
  const calendar = {
    nrDays: findings.whole(root, "nrDays", 1),
    nrWeeks: findings.whole(root, "nrWeeks", 1),
    slotsPerDay: findings.whole(root, "slotsPerDay", 1),
  };
  const roomIds = new Set<string>();
  for (const room of grouped(root, "rooms", "room")) findings.unique(room, findings.text(room, "id"), roomIds);
  const classIds = new Set<string>();
  const courseIds = new Set<string>();
  for (const course of grouped(root, "courses", "course")) {
    findings.unique(course, findings.text(course, "id"), courseIds);
    for (const each of classesOf(course)) findings.unique(each, findings.text(each, "id"), classIds);
  }
  const instance: TimetableInstance = {
    name: findings.text(root, "name"),
    ...calendar,
    weights: weightsOf(root, findings),
    rooms: grouped(root, "rooms", "room").map((room) => ({
      id: room.attributes.id ?? "",
      capacity: findings.whole(room, "capacity", 0),
      travel: childrenNamed(room, "travel").map((travel) => ({
        room: findings.reference(travel, "room", roomIds, "room"),
        slots: findings.whole(travel, "value", 0),
      })),
      unavailable: childrenNamed(room, "unavailable").map((each) => meetingOf(each, calendar, findings)),
    })),
    courses: grouped(root, "courses", "course").map((course) => ({
      id: course.attributes.id ?? "",
      configs: childrenNamed(course, "config").map((config) => ({
        id: findings.text(config, "id"),
        subparts: childrenNamed(config, "subpart").map((subpart) => ({
          id: findings.text(subpart, "id"),
          classes: childrenNamed(subpart, "class").map((each) => classOf(each, config, calendar, roomIds, findings)),
        })),
      })),
    })),
    distributions: grouped(root, "distributions", "distribution").flatMap(
      (each) => distributionOf(each, classIds, findings) ?? [],
    ),
    students: grouped(root, "students", "student").map((student) => ({
      id: findings.text(student, "id"),
      courses: [
        ...new Set(
          childrenNamed(student, "course").map((course) => findings.reference(course, "id", courseIds, "course")),
        ),
      ],
    })),
  };
  findings.end();
  return instance;
}

const classesOf = (course: Element): Element[] =>
  childrenNamed(course, "config").flatMap((config) =>
    childrenNamed(config, "subpart").flatMap((subpart) => childrenNamed(subpart, "class")),
  );

function weightsOf(root: Element, findings: Findings): TimetableInstance["weights"] {
  const [optimization] = childrenNamed(root, "optimization");
  if (!optimization) return { time: 0, room: 0, distribution: 0, student: 0 };
  const weight = (name: string) => findings.whole(optimization, name, 0);
  return {
    time: weight("time"),
    room: weight("room"),
    distribution: weight("distribution"),
    student: weight("student"),
  };
}

function meetingOf(element: Element, { nrDays, nrWeeks, slotsPerDay }: Calendar, findings: Findings): TimetableMeeting {
  const meeting = {
    days: findings.bits(element, "days", nrDays),
    weeks: findings.bits(element, "weeks", nrWeeks),
    start: findings.whole(element, "start", 0),
    length: findings.whole(element, "length", 1),
  };
  if (meeting.start + meeting.length > slotsPerDay)
    findings.add(
      "past-midnight",
      element,
      "start",
      String(meeting.start),
      `start + length (${meeting.length}) within the ${slotsPerDay} slots of a day`,
      "shorten it or start it earlier",
    );
  return meeting;
}

function classOf(
  element: Element,
  config: Element,
  calendar: Calendar,
  rooms: ReadonlySet<string>,
  findings: Findings,
): TimetableClass {
  const siblings = new Set(
    childrenNamed(config, "subpart").flatMap((subpart) =>
      childrenNamed(subpart, "class").map(({ attributes }) => attributes.id),
    ),
  );
  const needsRoom = findings.flag(element, "room", true);
  const times = childrenNamed(element, "time").map((time) => ({
    ...meetingOf(time, calendar, findings),
    penalty: findings.whole(time, "penalty", 0, 0),
  }));
  const id = element.attributes.id ?? "";
  if (times.length === 0)
    findings.add("no-times", element, "id", id, "at least one <time>", "give the class the times it may meet at");
  const candidates = childrenNamed(element, "room").map((room) => ({
    id: findings.reference(room, "id", rooms, "room"),
    penalty: findings.whole(room, "penalty", 0, 0),
  }));
  if (needsRoom && candidates.length === 0)
    findings.add(
      "no-rooms",
      element,
      "id",
      id,
      'at least one <room>, or room="false"',
      "give the class the rooms it may meet in",
    );
  return {
    id,
    limit: findings.whole(element, "limit", 0, 1_000_000),
    parent:
      element.attributes.parent === undefined
        ? undefined
        : findings.reference(element, "parent", siblings, "class of the same <config>"),
    needsRoom,
    rooms: candidates,
    times,
  };
}

function distributionOf(
  element: Element,
  classes: ReadonlySet<string>,
  findings: Findings,
): TimetableDistribution | undefined {
  const type = findings.text(element, "type");
  const match = /^(\w+)(?:\((\d+(?:,\d+)*)\))?$/.exec(type);
  const kind = match?.[1] as DistributionKind;
  const parameters = match?.[2]?.split(",").map(Number) ?? [];
  if (!match || DISTRIBUTION_PARAMETERS[kind] !== parameters.length) {
    const kinds = Object.entries(DISTRIBUTION_PARAMETERS).map(([name, count]) => name + ["", "(n)", "(n,n)"][count]);
    findings.add(
      "unknown-distribution",
      element,
      "type",
      type,
      `one of ${kinds.join(", ")}`,
      "mend the name or its parameters",
    );
    return undefined;
  }
  const required = findings.flag(element, "required", false);
  return {
    kind,
    parameters,
    required,
    penalty: required ? 0 : findings.whole(element, "penalty", 0),
    classes: [
      ...new Set(childrenNamed(element, "class").map((each) => findings.reference(each, "id", classes, "class"))),
    ],
  };
}
