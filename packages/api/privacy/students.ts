import { type Actor, maySee } from "@trivium/model";
import type { Store } from "@trivium/store";
import { Disguise } from "./disguise.ts";

/** Districts whose students are kept in mind at a time. */
const DISTRICTS_MAX = 8;

interface Known {
  readonly datasets: Set<string>;
  readonly ids: Set<string>;
  disguise: Disguise;
}

const ofStores = new WeakMap<Store, Map<string, Known>>();

/**
 * How students are told of to somebody: undefined where they may be told by their ids. Whoever asks has the store's scope, so these are
 * the students of their district, of all its datasets; each is read once, for datasets never change.
 */
export async function disguiseFor(store: Store, actor: Actor): Promise<Disguise | undefined> {
  if (maySee(actor, "students")) return undefined;
  const districts = ofStores.get(store) ?? new Map<string, Known>();
  ofStores.set(store, districts);
  const key = store.people.studentsKey(actor.district);
  const known = districts.get(actor.district) ?? {
    datasets: new Set(),
    ids: new Set(),
    disguise: new Disguise(key, new Set()),
  };
  districts.delete(actor.district);
  districts.set(actor.district, known);
  if (districts.size > DISTRICTS_MAX) districts.delete(districts.keys().next().value ?? "");
  const unread = (await store.people.datasets()).filter((hash) => !known.datasets.has(hash));
  const before = known.ids.size;
  for (const hash of unread) {
    for (const id of (await store.people.students(hash)) ?? []) known.ids.add(id);
    known.datasets.add(hash);
  }
  if (known.ids.size > before) known.disguise = new Disguise(key, new Set(known.ids));
  return known.disguise;
}
