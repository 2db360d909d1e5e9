import type { Place } from "../problem.ts";

/** Places by id, numbered as they come; the same id is the same place. */
export class Places {
  readonly list: Place[] = [];
  readonly #byId = new Map<string, number>();

  /** @param kind tells apart a stop and a school that share an id */
  add(kind: "stop" | "home" | "school" | "depot", place: Place): number {
    const key = `${kind}:${place.id}`;
    const known = this.#byId.get(key);
    if (known !== undefined) return known;
    this.#byId.set(key, this.list.length);
    return this.list.push(place) - 1;
  }
}
