import type { Worker } from "node:worker_threads";
import type { ChildNews, ChildOffer, HelpersOfJob } from "@trivium/jobs";

/** What the thread of a solve asks its process about those who may help, and what it is answered and told. */
export type HelpersQuestion =
  | { readonly ask: "idle" }
  | { readonly ask: "offer"; readonly children: readonly ChildOffer[] }
  | { readonly ask: "take-back"; readonly childId: string };

export interface HelpersMessage {
  readonly kind: "helpers";
  readonly id: number;
  readonly question: HelpersQuestion;
}

export type HelpersAnswer = { readonly id: number; readonly value: unknown } | { readonly news: ChildNews };

/** Again after this long, when the store did not answer. */
const AGAIN_MS = 500;

/** Answers a solve's thread out of the job's helpers. Where they cannot be asked, nobody is there to help. */
export function helpersPort(worker: Worker, open: (onNews: (news: ChildNews) => void) => HelpersOfJob) {
  const tell = (answer: HelpersAnswer) => worker.postMessage(answer);
  const helpers = open((news) => tell({ news }));
  let closed = false;
  /** Until the store says so: a part that may be with somebody is not begun twice for a moment's trouble. */
  const takenBack = async (childId: string): Promise<boolean> => {
    while (!closed) {
      try {
        return await helpers.takeBack(childId);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    return false;
  };
  const answered = (question: HelpersQuestion): Promise<unknown> => {
    if (question.ask === "idle") return helpers.idle().catch(() => 0);
    return question.ask === "offer" ? helpers.offer(question.children).catch(() => []) : takenBack(question.childId);
  };
  return {
    async asked({ id, question }: HelpersMessage): Promise<void> {
      tell({ id, value: await answered(question) });
    },
    close() {
      closed = true;
      helpers.close();
    },
  };
}
