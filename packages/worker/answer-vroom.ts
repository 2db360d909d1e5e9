import { packError } from "@trivium/jobs";
import type { VroomAnswer } from "@trivium/model";
import { openMap } from "@trivium/roads";
import type { Store, VroomClaim } from "@trivium/store";
import { solveVroomInThreads } from "./solve-vroom.ts";

const BEAT_MS = 2000;

/**
 * Solves a routing problem that lies in the store, unless another does, and keeps what came of it there.
 * @returns the answer; null where it is another's
 * @throws what is wrong with the document, as kept
 */
export async function answerVroom(
  store: Store,
  vroomId: string,
  hooks: { readonly cacheDir?: string } = {},
): Promise<VroomAnswer | null> {
  const claim = await store.vroomSolves.claim(vroomId);
  if (!claim) return null;
  // A beat that fails is made up by the next.
  const timer = setInterval(() => void store.vroomSolves.beat(claim).catch(() => {}), BEAT_MS);
  try {
    const answer = await solved(store, claim, hooks);
    await store.vroomSolves.end(claim, { answer });
    return answer;
  } catch (error) {
    const { code, message } = packError(error);
    await store.vroomSolves.end(claim, { error: { code, message } });
    throw error;
  } finally {
    clearInterval(timer);
  }
}

async function solved(store: Store, claim: VroomClaim, { cacheDir }: { readonly cacheDir?: string }) {
  const dataset = claim.dataset_hash === null ? undefined : await store.datasets.get(claim.dataset_hash);
  const roads = dataset?.map && (await openMap(dataset.map.path, cacheDir === undefined ? {} : { cacheDir }));
  return solveVroomInThreads(claim.document, roads ? { roads } : {});
}
