import type { Area, Subject } from "@trivium/model";

/** A short, read-only question, by ids. `today` stands for today's service; `vroom`, a routing problem that lies in the store. */
export type PlanQuestion =
  | { readonly op: "vroom"; readonly vroom_id: string }
  | { readonly op: "today"; readonly dataset_hash: string; readonly area: Area }
  | { readonly op: "analysis"; readonly scenario_id: string; readonly area: Area }
  | { readonly op: "compare"; readonly a: string; readonly b: string }
  | { readonly op: "explain"; readonly plan_id: string; readonly subject: Subject }
  | {
      readonly op: "ask";
      readonly plan_id: string;
      /** Another dataset than the plan's, for a question that looks back from a later one. */
      readonly dataset_hash?: string;
      readonly question: { readonly kind: string } & Readonly<Record<string, unknown>>;
    };

export type Answerer = (question: PlanQuestion) => Promise<unknown>;

/** Something that was begun and can be stopped; returns once what is in hand has ended. */
export interface Taking {
  stop(): Promise<void>;
}

/** Carries job ids and questions to those who work. CONTRACT.md says what it promises and what not. */
export interface Carrier {
  readonly name: "threads" | "bullmq";
  enqueue(jobId: string): Promise<void>;
  /**
   * Hands over the ids of children that one solve offers together. `joined` is told, at most once, when all of them were delivered and
   * what the deliveries began has ended: a reason to look into the store, nothing more.
   */
  fan(mapId: string, childIds: readonly string[], joined: () => void): Promise<void>;
  /** Each delivery of an id calls `take`, which asks the store whose turn it is: the id says that there is work, not which. */
  work(take: () => Promise<void>, concurrency: number): Promise<Taking>;
  /** @throws InternalError unanswered when no answer comes within `timeoutMs`; else what the answerer threw */
  ask(question: PlanQuestion, timeoutMs: number): Promise<unknown>;
  answer(answerer: Answerer): Promise<Taking>;
  /** @throws when nothing can be carried at the moment */
  ping(): Promise<void>;
  close(): Promise<void>;
}
