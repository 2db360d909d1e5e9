import type { Area, Flag } from "@trivium/model";
import type { Store } from "@trivium/store";

/** What is flagged and not settled in the district of a dataset: feedback goes on into the next scenario and its plans. */
export async function carriedFlags(store: Store, datasetHash: string, area?: Area): Promise<Flag[]> {
  const dataset = await store.datasets.summary(datasetHash);
  return dataset ? store.flags.unsettled(dataset.name, area) : [];
}
