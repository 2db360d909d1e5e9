import { BusyError, InputError } from "@trivium/model";
import { FlowProducer, Queue, QueueEvents, Worker } from "bullmq";
import { Redis, type RedisOptions } from "ioredis";
import type { Answerer, Carrier, PlanQuestion, Taking } from "../carrier.ts";
import { type PackedError, packError, unpackError } from "../packed-error.ts";
import { POLICY } from "../policy.ts";
import { unanswered } from "./unanswered.ts";

/** Answers worked on at a time by one process: they share one thread, but one may wait for its dataset while another is answered. */
const QUESTIONS_AT_A_TIME = 8;
/** A Redis that is not there when the process starts is a wrong setting. */
const OPEN_MS = 5000;
/** A command that Redis has not answered after this long has failed. */
const SOON_MS = 1000;
/** So long Redis is believed to be there after it answered; a lost connection is known at once. */
const ANSWER_HOLDS_MS = 200;
/** When a call that Redis was missing for may be tried again. */
const RETRY_AFTER_S = 5;
/** A delivery whose process is silent for this long goes to another, as in the store. */
const LOCK_MS = POLICY.staleMs;
/** Stalls are no failures: the store counts attempts. */
const STALLS_MAX = 1_000_000;
/** Ids and answers leave Redis as soon as they are done with; the store keeps what counts. */
const FORGET = { removeOnComplete: true, removeOnFail: true } as const;
const FORGET_ANSWERS = { removeOnComplete: { age: 60 }, removeOnFail: { age: 60 } } as const;

type Reply = { readonly answer: unknown } | { readonly error: PackedError };

/** Carries over Redis to any number of processes and machines, by BullMQ. */
export class BullmqCarrier implements Carrier {
  readonly name = "bullmq";
  readonly #url: string;
  readonly #prefix: string;
  readonly #connections: Redis[] = [];
  readonly #sender: Redis;
  readonly #solves: Queue;
  readonly #questions: Queue;
  readonly #answers: QueueEvents;
  readonly #flows: FlowProducer;
  /** Of this process's maps, what is told when one is joined. */
  readonly #joined = new Map<string, () => void>();
  #maps: QueueEvents | undefined;
  #pinging: Promise<string | undefined> | undefined;
  #answeredMs = -Infinity;
  readonly #takings = new Set<Taking>();

  private constructor(url: string, prefix: string) {
    this.#url = url;
    this.#prefix = prefix;
    // A sender fails at once when Redis is away: the job is in the store already, and the reconciler will bring it.
    this.#sender = this.#connected({ enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: SOON_MS });
    this.#solves = new Queue("solves", { connection: this.#sender, prefix });
    this.#questions = new Queue("questions", { connection: this.#sender, prefix });
    this.#answers = new QueueEvents("questions", { connection: this.#connected(), prefix });
    this.#flows = new FlowProducer({ connection: this.#sender, prefix });
    this.#flows.on("error", () => {});
    this.#solves.on("error", () => {});
    this.#questions.on("error", () => {});
    this.#answers.on("error", () => {});
  }

  static async open(url: string, prefix = "trivium"): Promise<BullmqCarrier> {
    const carrier = new BullmqCarrier(url, prefix);
    const parts = [carrier.#solves, carrier.#questions, carrier.#answers];
    const ready = Promise.all(parts.map((part) => part.waitUntilReady())).then(() => true);
    if (await within(OPEN_MS, ready)) return carrier;
    await carrier.close();
    throw new InputError(
      "queue-away",
      `no Redis answers at ${new URL(url).host}. Maybe it is not started, or REDIS_URL is wrong`,
    );
  }

  async enqueue(jobId: string): Promise<void> {
    this.#mustBeThere();
    await this.#solves.add("solve", {}, { jobId, ...FORGET });
  }

  async fan(mapId: string, childIds: readonly string[], joined: () => void): Promise<void> {
    this.#mustBeThere();
    this.#maps ??= this.#heardOfMaps();
    this.#joined.set(mapId, joined);
    const children = childIds.map((jobId) => ({
      name: "child",
      queueName: "solves",
      opts: { jobId, ...FORGET, ignoreDependencyOnFailure: true },
    }));
    await this.#flows.add({ name: "map", queueName: "maps", opts: { jobId: mapId, ...FORGET }, children });
  }

  async work(take: () => Promise<void>, concurrency: number): Promise<Taking> {
    // A map that is joined becomes a job of its own queue: any process takes it away, and the one that waits for it hears so.
    const [maps, solves] = await Promise.all([
      this.#taking("maps", 1, () => Promise.resolve()),
      this.#taking("solves", concurrency, take),
    ]);
    return { stop: async () => void (await Promise.all([maps.stop(), solves.stop()])) };
  }

  async ask(question: PlanQuestion, timeoutMs: number): Promise<unknown> {
    this.#mustBeThere();
    const job = await this.#questions.add("question", question, FORGET_ANSWERS);
    const reply: Reply = await job.waitUntilFinished(this.#answers, timeoutMs).catch(() => {
      throw unanswered(timeoutMs);
    });
    if ("error" in reply) throw unpackError(reply.error);
    return reply.answer;
  }

  async answer(answerer: Answerer): Promise<Taking> {
    return this.#taking("questions", QUESTIONS_AT_A_TIME, async ({ data }): Promise<Reply> => {
      try {
        return { answer: await answerer(data) };
      } catch (error) {
        return { error: packError(error) };
      }
    });
  }

  #heardOfMaps(): QueueEvents {
    const events = new QueueEvents("maps", { connection: this.#connected(), prefix: this.#prefix });
    events.on("error", () => {});
    events.on("completed", ({ jobId }) => {
      this.#joined.get(jobId)?.();
      this.#joined.delete(jobId);
    });
    return events;
  }

  async ping(): Promise<void> {
    this.#mustBeThere();
    // Many who ask at once share one answer, and it holds for a moment.
    if (performance.now() - this.#answeredMs < ANSWER_HOLDS_MS) return;
    this.#pinging ??= within(SOON_MS / 2, this.#sender.ping()).finally(() => {
      this.#pinging = undefined;
    });
    if (!(await this.#pinging)) this.#mustBeThere("silent");
    this.#answeredMs = performance.now();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#takings].map((taking) => taking.stop()));
    // BullMQ closes in good order only with Redis there; without, the connections are simply dropped.
    await within(
      SOON_MS,
      Promise.allSettled(
        [this.#solves, this.#questions, this.#answers, this.#flows, this.#maps].map((part) => part?.close()),
      ),
    );
    for (const connection of this.#connections) connection.disconnect();
  }

  async #taking(
    queue: string,
    concurrency: number,
    process: (job: { id?: string; data: PlanQuestion }) => Promise<unknown>,
  ): Promise<Taking> {
    const inHand = new Set<Promise<unknown>>();
    const handle: typeof process = (job) => {
      const done = process(job);
      inHand.add(done);
      return done.finally(() => inHand.delete(done));
    };
    const worker = new Worker(queue, handle, {
      connection: this.#connected(),
      prefix: this.#prefix,
      concurrency,
      maxStalledCount: STALLS_MAX,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
    });
    worker.on("error", () => {});
    await worker.waitUntilReady();
    const taking = {
      stop: async () => {
        this.#takings.delete(taking);
        const closed = worker.close();
        await Promise.allSettled(inHand);
        await within(SOON_MS, closed);
      },
    };
    this.#takings.add(taking);
    return taking;
  }

  /** BullMQ waits for a lost connection to come back; whoever enqueues or asks shall not. */
  #mustBeThere(status: string = this.#sender.status): void {
    if (status !== "ready")
      throw new BusyError(
        "queue-away",
        `the queue's Redis is not there (${status}). Maybe it is restarting`,
        RETRY_AFTER_S,
      );
  }

  #connected(options: RedisOptions = {}): Redis {
    const connection = new Redis(this.#url, { maxRetriesPerRequest: null, ...options });
    // Losing Redis is not the end of the process: the connection comes back by itself, and `ping` tells how it stands.
    connection.on("error", () => {});
    this.#connections.push(connection);
    return connection;
  }
}

/** The value of a promise, or undefined when it fails or takes longer. */
async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  // An answer that came while this process was busy is read before it is called late.
  const timer = setTimeout(() => setImmediate(() => setImmediate(late.resolve, undefined)), timeoutMs);
  const value = await Promise.race([promise.catch(() => undefined), late.promise]);
  clearTimeout(timer);
  return value;
}
