import { type Progress, VERSION } from "@trivium/model";
import type { Claim, Store } from "@trivium/store";
import type { Carrier } from "./carrier.ts";
import type { Policy } from "./policy.ts";

/** A part of a solve, for whoever does it: bytes and text that only solving code reads. */
export interface ChildOffer {
  readonly task: string;
  readonly input: Uint8Array;
  readonly spec: string;
}

/** What becomes of an offered child. `free`: nobody is doing it any more, or who did could not; take it back. */
export type ChildNews =
  | { readonly kind: "progress"; readonly childId: string; readonly progress: Progress }
  | { readonly kind: "done"; readonly childId: string; readonly outcome: Uint8Array }
  | { readonly kind: "free"; readonly childId: string };

/** Other workers, as a running solve sees them: they may do parts of it, or not. */
export interface Helpers {
  /** How many parts others would begin at this moment. */
  idle(): Promise<number>;
  /** Offers parts; their ids in the same order, none where nobody else is there or the job is held no more. */
  offer(children: readonly ChildOffer[]): Promise<readonly string[]>;
  /** True: nobody else does this part, and none will: it is the solve's own again. */
  takeBack(childId: string): Promise<boolean>;
}

/** The helpers of one held job; `onNews` hears of its parts until `close`. */
export interface HelpersOfJob extends Helpers {
  close(): void;
}

interface Parts {
  readonly store: Store;
  readonly carrier: Carrier;
  readonly policy: Policy;
  readonly workerId: string;
}

/** The database holds what was offered and what came of it; the carrier wakes those who could help, and says when all is done. */
export function helpersOf(
  claim: Claim,
  { store, carrier, policy, workerId }: Parts,
  onNews: (news: ChildNews) => void,
): HelpersOfJob {
  const open = new Set<string>();
  let offered = 0;
  let maps = 0;
  let looking = false;
  const look = async () => {
    if (looking || open.size === 0) return;
    looking = true;
    // The store is away: the next look finds what this one did not.
    await looked().catch(() => {});
    looking = false;
  };
  const looked = async () => {
    const states = await store.children.states(claim, policy.staleMs);
    for (const { childId, state, progress } of states.filter((each) => open.has(each.childId))) {
      if (state === "done") await fetched(childId);
      else if (state === "failed" || state === "stale") onNews({ kind: "free", childId });
      else if (progress) onNews({ kind: "progress", childId, progress });
    }
  };
  const fetched = async (childId: string) => {
    const outcome = await store.children.outcome(childId);
    if (!open.delete(childId)) return;
    onNews(outcome ? { kind: "done", childId, outcome } : { kind: "free", childId });
  };
  const others = async () =>
    (await store.workers.list(policy.staleMs)).filter((each) => each.workerId !== workerId && each.version === VERSION);
  const timer = setInterval(() => void look(), policy.beatMs);
  return {
    async idle() {
      return (await others()).reduce((sum, each) => sum + Math.max(0, each.slots - each.busy), 0);
    },
    async offer(children) {
      if ((await others()).length === 0) return [];
      const named = children.map((child) => ({
        ...child,
        childId: `${claim.jobId}.${claim.attempt}.${String(offered++).padStart(6, "0")}`,
      }));
      if (!(await store.children.offer(claim, VERSION, named))) return [];
      const ids = named.map((child) => child.childId);
      for (const id of ids) open.add(id);
      // Not told, helpers find them within a round of their reconciler.
      await carrier.fan(`${claim.jobId}.${claim.attempt}.map${maps++}`, ids, () => void look()).catch(() => {});
      return ids;
    },
    async takeBack(childId) {
      const taken = await store.children.takeBack(childId, policy.staleMs);
      if (taken) open.delete(childId);
      return taken;
    },
    close: () => {
      clearInterval(timer);
      open.clear();
    },
  };
}
