import { type MessagePort, parentPort } from "node:worker_threads";
import type { ChildNews } from "@trivium/jobs";
import type { HelpersAnswer, HelpersQuestion } from "../helpers-port.ts";
import { packPart, unpackOutcome } from "../part-content.ts";
import type { Child } from "./children.ts";

/** Other workers, as the thread of a solve sees them: it asks its process, which has the store. */
export class Elsewhere {
  readonly #port: MessagePort;
  readonly #roads: string;
  readonly #offered = new Map<string, Child>();
  /** Those that somebody has begun, as far as is known. */
  readonly #begun = new Set<string>();
  readonly #answers = new Map<number, (value: unknown) => void>();
  #last = 0;
  #onFree = () => {};

  constructor(roads: string, port: MessagePort = parentPort as MessagePort) {
    this.#roads = roads;
    this.#port = port;
    port.on("message", (message: HelpersAnswer) => this.#received(message));
  }

  onFree(listener: () => void): void {
    this.#onFree = listener;
  }

  async idle(): Promise<number> {
    return (await this.#ask({ ask: "idle" })) as number;
  }

  /** False: nobody is there who could help. */
  async offer(children: readonly Child[]): Promise<boolean> {
    const parts = children.map(({ request, dueMs }) =>
      packPart(request.task, request.input, { spec: request.spec, dueMs, roads: this.#roads }),
    );
    const ids = (await this.#ask({ ask: "offer", children: parts })) as string[];
    for (const [i, id] of ids.entries()) this.#offered.set(id, children[i]);
    return ids.length > 0;
  }

  /** One that nobody has begun, from the far end of those offered: helpers begin at the near one. */
  async takenBack(): Promise<Child | undefined> {
    for (const id of [...this.#offered.keys()].reverse()) {
      if (this.#begun.has(id)) continue;
      const child = this.#offered.get(id);
      if (await this.#ask({ ask: "take-back", childId: id })) {
        this.#offered.delete(id);
        return child;
      }
      this.#begun.add(id);
    }
    return undefined;
  }

  #ask(question: HelpersQuestion): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#port.postMessage({ kind: "helpers", id, question });
    });
  }

  #received(message: HelpersAnswer): void {
    if ("news" in message) this.#heard(message.news);
    else {
      this.#answers.get(message.id)?.(message.value);
      this.#answers.delete(message.id);
    }
  }

  #heard(news: ChildNews): void {
    const child = this.#offered.get(news.childId);
    if (!child) return;
    if (news.kind === "progress") child.onReport(news.progress);
    else if (news.kind === "done") {
      this.#offered.delete(news.childId);
      child.resolve(unpackOutcome(news.outcome));
    } else {
      this.#begun.delete(news.childId);
      this.#onFree();
    }
  }
}
