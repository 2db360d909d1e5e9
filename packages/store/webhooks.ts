import { type Kysely, sql } from "kysely";
import { newId } from "./id.ts";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import type { DeliveryRow, Schema, WebhookRow } from "./schema.ts";

export const WEBHOOK_EVENTS = ["job.succeeded", "job.failed", "job.cancelled"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Who wants to hear of what. The secret is given once, when it is made. */
export interface Webhook {
  readonly webhook_id: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly created_by: string;
  readonly created_at: string;
}

/** One event on its way to one webhook. `outcome` is the receiver's status or why there is none. */
export type Delivery = Pick<
  DeliveryRow,
  "delivery_id" | "webhook_id" | "event" | "subject" | "state" | "attempts" | "outcome" | "created_at"
>;

/** What is to be sent now, by whoever took it. */
export interface DueDelivery {
  readonly delivery_id: string;
  readonly attempts: number;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
}

/** Events older than this are told to nobody. */
const TOLD_FOR_MS = 3 * 24 * 3_600_000;
/** Whoever took a delivery and died has it taken from them after this. */
const LEASE_MS = 60_000;
const COLLECTED_AT_ONCE = 200;

const DELIVERY = [
  "delivery_id",
  "webhook_id",
  "event",
  "subject",
  "state",
  "attempts",
  "outcome",
  "created_at",
] as const;

/**
 * Webhooks and their deliveries. What is to be delivered is derived from the jobs themselves, so an end that was committed is told
 * even if every process died right after it; each end once a webhook, by the database's own key.
 */
export class Webhooks {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  async add(given: Pick<Webhook, "url" | "events" | "created_by"> & { secret: string }): Promise<Webhook> {
    const now = this.#now();
    const row = {
      ...given,
      events: JSON.stringify(given.events),
      webhook_id: newId("webhook", now),
      created_at: now.toISOString(),
    };
    await this.#db.insertInto("webhooks").values(row).execute();
    return read(row);
  }

  async get(webhookId: string): Promise<Webhook | undefined> {
    const row = await this.#db
      .selectFrom("webhooks")
      .selectAll()
      .where("webhook_id", "=", webhookId)
      .executeTakeFirst();
    return row && read(row);
  }

  async list({ limit, after }: PageRequest): Promise<Page<Webhook>> {
    let query = this.#db
      .selectFrom("webhooks")
      .selectAll()
      .orderBy("webhook_id", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("webhook_id", "<", after);
    return pageOf(await query.execute(), limit, (row) => row.webhook_id, read);
  }

  /** With what is still on its way. False: there is no such webhook. */
  async remove(webhookId: string): Promise<boolean> {
    return this.#db.transaction().execute(async (transaction) => {
      const there = await transaction
        .selectFrom("webhooks")
        .select("webhook_id")
        .where("webhook_id", "=", webhookId)
        .executeTakeFirst();
      if (!there) return false;
      await transaction.deleteFrom("deliveries").where("webhook_id", "=", webhookId).execute();
      await transaction.deleteFrom("webhooks").where("webhook_id", "=", webhookId).execute();
      return true;
    });
  }

  async deliveries(webhookId: string, { limit, after }: PageRequest): Promise<Page<Delivery>> {
    let query = this.#db
      .selectFrom("deliveries")
      .select(DELIVERY)
      .where("webhook_id", "=", webhookId)
      .orderBy("delivery_id", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("delivery_id", "<", after);
    return pageOf(
      await query.execute(),
      limit,
      (row) => row.delivery_id,
      (row) => row,
    );
  }

  /** Writes down a delivery for each job that has ended since a webhook was made and that it was not told of. */
  async collect(): Promise<void> {
    const now = this.#now();
    for (const webhook of await this.#db.selectFrom("webhooks").selectAll().execute()) {
      const sinceMs = Math.max(Date.parse(webhook.created_at), now.getTime() - TOLD_FOR_MS);
      const wanted = (JSON.parse(webhook.events) as WebhookEvent[]).map((event) => event.replace("job.", ""));
      const ended = await this.#db
        .selectFrom("jobs")
        .innerJoin("scenarios", "scenarios.scenario_id", "jobs.scenario_id")
        .leftJoin("deliveries", (join) =>
          join.onRef("deliveries.subject", "=", "jobs.job_id").on("deliveries.webhook_id", "=", webhook.webhook_id),
        )
        .select(["jobs.job_id", "jobs.scenario_id", "jobs.area", "jobs.status", "jobs.plan_id", "jobs.ended_at"])
        .where("jobs.ended_at", ">=", new Date(sinceMs).toISOString())
        .where("jobs.status", "in", wanted)
        .where("scenarios.district", "=", webhook.district)
        .where("deliveries.delivery_id", "is", null)
        .orderBy("jobs.ended_at")
        .limit(COLLECTED_AT_ONCE)
        .execute();
      for (const { ended_at, ...job } of ended) {
        const event = `job.${job.status}`;
        const row: DeliveryRow = {
          delivery_id: newId("delivery", now),
          webhook_id: webhook.webhook_id,
          event,
          subject: job.job_id,
          body: JSON.stringify({ type: event, timestamp: ended_at, data: job }),
          state: "waiting",
          attempts: 0,
          next_ms: now.getTime(),
          outcome: null,
          created_at: now.toISOString(),
        };
        await this.#db
          .insertInto("deliveries")
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    }
  }

  /** Takes what is due: nobody else has it for a while. */
  async take(limit: number): Promise<DueDelivery[]> {
    const now = this.#now().getTime();
    const due = await this.#db
      .selectFrom("deliveries")
      .innerJoin("webhooks", "webhooks.webhook_id", "deliveries.webhook_id")
      .select(["deliveries.delivery_id", "deliveries.next_ms", "webhooks.url", "webhooks.secret", "deliveries.body"])
      .where("deliveries.state", "=", "waiting")
      .where("deliveries.next_ms", "<=", now)
      .orderBy("deliveries.next_ms")
      .limit(limit)
      .execute();
    const taken: DueDelivery[] = [];
    for (const { next_ms, ...delivery } of due) {
      const row = await this.#db
        .updateTable("deliveries")
        .set({ next_ms: now + LEASE_MS, attempts: sql<number>`attempts + 1` })
        .where("delivery_id", "=", delivery.delivery_id)
        .where("next_ms", "=", next_ms)
        .where("state", "=", "waiting")
        .returning("attempts")
        .executeTakeFirst();
      if (row) taken.push({ ...delivery, attempts: row.attempts });
    }
    return taken;
  }

  /** @param nextMs when to try again; null: never, it is given up, or delivered */
  async tried(
    deliveryId: string,
    { delivered, nextMs, outcome }: { delivered: boolean; nextMs: number | null; outcome: string },
  ): Promise<void> {
    const state = delivered ? "delivered" : nextMs === null ? "given-up" : "waiting";
    await this.#db
      .updateTable("deliveries")
      .set({ state, outcome, next_ms: nextMs })
      .where("delivery_id", "=", deliveryId)
      .execute();
  }
}

function read({ webhook_id, url, events, created_by, created_at }: Omit<WebhookRow, "district">): Webhook {
  return { webhook_id, url, events: JSON.parse(events), created_by, created_at };
}
