import { pseudonym } from "@trivium/store";

/** Under these, text is a student's id whatever it says. */
const OF_STUDENTS = new Set(["student_id", "student_ids", "students", "sibling_id"]);
/** Under these, text names something else, and is left even where a student has the same id. */
const OF_OTHERS = /_(id|ids|hash|at|sha256)$|^(type|code|instance|request_id|next|area|kind|op|table)$/;
/** Ids stand in sentences as words; those of several words are looked for from their first. */
const WORD = /[\p{L}\p{N}]+/gu;
const WORD_SIGNS = /[\p{L}\p{N}._@-]/u;
const DATE = /\d{4}-\d{2}(-\d{2})?/y;

/** Says students' pseudonyms instead of their ids, wherever in an answer they stand: as values, as names of members, and in sentences. */
export class Disguise {
  readonly #key: string;
  readonly #ids: ReadonlySet<string>;
  /** First word → the ids that begin with it and have more than it. */
  readonly #longer = new Map<string, string[]>();
  #byPseudonym: ReadonlyMap<string, string> | undefined;

  /** @param key of the district's pseudonyms @param ids of all students that may be spoken of */
  constructor(key: string, ids: ReadonlySet<string>) {
    this.#key = key;
    this.#ids = ids;
    for (const id of ids) {
      const [first] = id.match(WORD) ?? [];
      if (first === undefined || first === id) continue;
      const known = this.#longer.get(first);
      if (known) known.push(id);
      else this.#longer.set(first, [id]);
    }
    for (const known of this.#longer.values()) known.sort((a, b) => b.length - a.length);
  }

  told<T>(value: T): T {
    return this.#told(value, "") as T;
  }

  /** The student of a pseudonym. */
  idOf(pseudonymous: string): string | undefined {
    this.#byPseudonym ??= new Map([...this.#ids].map((id) => [this.#of(id), id]));
    return this.#byPseudonym.get(pseudonymous);
  }

  #of(id: string): string {
    return pseudonym(this.#key, "student", id);
  }

  #told(value: unknown, name: string): unknown {
    if (typeof value === "string") return this.#text(value, name);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((each) => this.#told(each, name));
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [this.#ids.has(key) ? this.#of(key) : key, this.#told(each, key)]),
    );
  }

  #text(text: string, name: string): string {
    if (OF_STUDENTS.has(name)) return this.#of(text);
    if (OF_OTHERS.test(name)) return text;
    return this.#ids.has(text) ? this.#of(text) : this.#sentence(text);
  }

  #sentence(text: string): string {
    let told = "";
    let at = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (index < at) continue;
      const longer = this.#longer.get(word)?.find((each) => startsAt(text, each, index, at));
      const short = this.#ids.has(word) && !inDate(text, index) ? word : undefined;
      const id = longer ?? short;
      if (id === undefined) continue;
      const from = index - leading(id);
      told += `${text.slice(at, from)}${this.#of(id)}`;
      at = from + id.length;
    }
    return told + text.slice(at);
  }
}

/** Signs before the first word of an id. */
const leading = (id: string): number => id.search(/[\p{L}\p{N}]/u);

/** Whether an id whose first word stands at `index` is there whole, not before `at`. */
function startsAt(text: string, id: string, index: number, at: number): boolean {
  const from = index - leading(id);
  const after = text[from + id.length];
  return from >= at && text.startsWith(id, from) && (after === undefined || !/[\p{L}\p{N}]/u.test(after));
}

/** A year or a day of a date is no student. */
function inDate(text: string, index: number): boolean {
  let from = index;
  while (from > 0 && WORD_SIGNS.test(text[from - 1])) from--;
  DATE.lastIndex = from;
  return DATE.test(text) && index < DATE.lastIndex;
}
