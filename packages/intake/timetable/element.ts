import { type Finding, InputError } from "@trivium/model";
import { SaxesParser } from "saxes";

/** An element of an XML document with the line it begins on. */
export interface Element {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

/** The root of an XML document. @throws InputError bad-xml, with file and line, where it is not well formed */
export function parseXml(xml: string, file: string): Element {
  const parser = new SaxesParser({ position: true });
  const open: Element[] = [];
  let root: Element | undefined;
  let line = 1;
  parser.on("error", (error) => {
    const [, at = String(parser.line), what = error.message] = /^(?:.*?:)?(\d+):\d+: (.*)$/s.exec(error.message) ?? [];
    throw new InputError("bad-xml", `${file}, line ${at}: ${what} Maybe the file was cut off, or is not XML?`, {
      path: file,
      values: { line: Number(at) },
    });
  });
  parser.on("opentagstart", () => {
    line = parser.line;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, line, attributes: attributes as Record<string, string>, children: [] };
    open[open.length - 1]?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  parser.write(xml.replace(/^\uFEFF/, "")).close();
  return root as Element;
}

/** Reads attributes and keeps every problem, with line and element, until `end`. */
export class Findings {
  readonly #file: string;
  readonly #found: Finding[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(code: string, { line, name }: Element, attribute: string, value: string, expected: string, mend: string): void {
    this.#found.push({
      code,
      severity: "error",
      area: "scheduling",
      file: this.#file,
      row: line,
      column: `${name}@${attribute}`,
      value,
      expected,
      mend,
      message: `<${name}> has ${attribute}="${value}", expected ${expected}`,
    });
  }

  text(element: Element, attribute: string): string {
    const value = element.attributes[attribute];
    if (value === undefined || value === "")
      this.add(
        "missing-attribute",
        element,
        attribute,
        value ?? "",
        "a text",
        `give the <${element.name}> its ${attribute}`,
      );
    return value ?? "";
  }

  /** A whole number from `least` on; where it may be absent, `absent` stands for it. */
  whole(element: Element, attribute: string, least: number, absent?: number): number {
    const value = element.attributes[attribute];
    if (value === undefined && absent !== undefined) return absent;
    if (value !== undefined && /^-?\d{1,15}$/.test(value) && Number(value) >= least) return Number(value);
    this.add(
      "bad-number",
      element,
      attribute,
      value ?? "",
      `a whole number from ${least} on`,
      `write ${attribute} as a whole number`,
    );
    return Math.max(least, 0);
  }

  /** A string of 0 and 1 of the length given, at least one of them 1. */
  bits(element: Element, attribute: string, length: number): string {
    const value = element.attributes[attribute] ?? "";
    if (value.length === length && /^[01]*1[01]*$/.test(value)) return value;
    this.add(
      "bad-bits",
      element,
      attribute,
      value,
      `${length} characters 0 or 1, at least one of them 1`,
      `write one character for each of the ${length} ${attribute}`,
    );
    return "1".repeat(length);
  }

  flag(element: Element, attribute: string, absent: boolean): boolean {
    const value = element.attributes[attribute];
    if (value === undefined) return absent;
    if (value !== "true" && value !== "false")
      this.add("bad-flag", element, attribute, value, "true or false", `write ${attribute} as true or false`);
    return value === "true";
  }

  /** Names an `id` that occurred before. */
  unique(element: Element, id: string, seen: Set<string>): void {
    if (seen.has(id))
      this.add("duplicate-id", element, "id", id, `an id that no other <${element.name}> has`, "number them apart");
    seen.add(id);
  }

  reference(element: Element, attribute: string, known: { has(id: string): boolean }, what: string): string {
    const id = this.text(element, attribute);
    if (id !== "" && !known.has(id))
      this.add(
        "unknown-reference",
        element,
        attribute,
        id,
        `the id of a ${what}`,
        `name a ${what} of this file, or take the <${element.name}> out`,
      );
    return id;
  }

  /** @throws InputError bad-timetable with all that was found */
  end(): void {
    if (this.#found.length === 0) return;
    const [first] = this.#found;
    throw new InputError("bad-timetable", `${this.#file}, line ${first.row}: ${first.message}. Maybe ${first.mend}?`, {
      path: this.#file,
      findings: this.#found,
    });
  }
}

export const childrenNamed = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name);

/** Children of the one child named `group`: <rooms><room/>…</rooms>. */
export const grouped = (element: Element, group: string, name: string): Element[] =>
  childrenNamed(element, group).flatMap((each) => childrenNamed(each, name));
