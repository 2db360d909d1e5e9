import type { Question } from "@trivium/engine";
import { InputError } from "@trivium/model";

/** A member of a question that is a number, or its default. @throws InputError not-a-number-in-range */
export function numberOf(question: Question, name: string, otherwise: number, least: number, most = Infinity): number {
  const value = question[name] ?? otherwise;
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw outOfRange(name, value, "a number", least, most);
}

/** The same for a whole number. @throws InputError not-a-number-in-range */
export function wholeNumberOf(
  question: Question,
  name: string,
  otherwise: number,
  least: number,
  most = Infinity,
): number {
  const value = numberOf(question, name, otherwise, least, most);
  if (Number.isInteger(value)) return value;
  throw outOfRange(name, value, "a whole number", least, most);
}

function outOfRange(name: string, value: unknown, what: string, least: number, most: number): InputError {
  const range = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
  return new InputError(
    "not-a-number-in-range",
    `${name} is ${JSON.stringify(value)}: must be ${what} ${range}. Maybe leave it out`,
    { path: name, values: { [name]: value } },
  );
}
