import { InputError, type TimetableSolution } from "@trivium/model";
import { childrenNamed, Findings, parseXml } from "./element.ts";

/**
 * Reads a solution of ITC2019.
 *
 * @param file name for messages
 * @throws InputError bad-xml; not-a-solution; bad-timetable, with every problem by line and element
 */
export function readTimetableSolution(xml: string, file: string): TimetableSolution {
  const root = parseXml(xml, file);
  if (root.name !== "solution")
    throw new InputError(
      "not-a-solution",
      `${file}: the root is <${root.name}>, expected <solution>. Maybe this is an instance?`,
      {
        path: file,
      },
    );
  const findings = new Findings(file);
  const { runtime, technique = "", author = "", institution = "", country = "" } = root.attributes;
  const solution = {
    name: findings.text(root, "name"),
    runtimeS: Number(runtime ?? 0),
    cores: findings.whole(root, "cores", 1, 1),
    technique,
    author,
    institution,
    country,
    classes: childrenNamed(root, "class").map((each) => ({
      id: findings.text(each, "id"),
      days: findings.text(each, "days"),
      weeks: findings.text(each, "weeks"),
      start: findings.whole(each, "start", 0),
      room: each.attributes.room,
      students: childrenNamed(each, "student").map((student) => findings.text(student, "id")),
    })),
  };
  findings.end();
  return solution;
}
