import type { Carrier } from "./carrier.ts";
import { ThreadCarrier } from "./carriers/threads.ts";

/** The carrier that the operator configured: BullMQ on Redis, or threads of this process. BullMQ is loaded only where it is used. */
export async function openCarrier(config: { redisUrl?: string; prefix?: string } = {}): Promise<Carrier> {
  if (!config.redisUrl) return new ThreadCarrier();
  const { BullmqCarrier } = await import("./carriers/bullmq.ts");
  return BullmqCarrier.open(config.redisUrl, config.prefix);
}
