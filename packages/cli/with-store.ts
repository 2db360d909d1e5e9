import type { Store } from "@trivium/store";
import { readEnvironment } from "./environment.ts";
import { openStoreOf } from "./platform.ts";

/** Opens the store of the environment for one command of the machine's operator: all districts' rows. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreOf(readEnvironment());
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Who the machine's operator is in what is written down. */
export const OPERATOR = "operator";
