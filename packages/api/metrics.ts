import type { Carrier } from "@trivium/jobs";
import type { Store } from "@trivium/store";

/** A call that was answered: `route` is the endpoint's pattern, so that no id becomes a label. */
interface Answered {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Metrics {
  answered(call: Answered): void;
  /** The text that Prometheus reads, with the state of jobs, store and queue at this moment. */
  text(): Promise<{ type: string; text: string }>;
}

/** Figures in Prometheus' format; its client is loaded with the first call. */
export function metricsOf(parts: { readonly store: Store; readonly carrier: Carrier }): () => Promise<Metrics> {
  let loading: Promise<Metrics> | undefined;
  return () => {
    loading ??= load(parts);
    return loading;
  };
}

async function load({ store, carrier }: { readonly store: Store; readonly carrier: Carrier }): Promise<Metrics> {
  const { collectDefaultMetrics, Gauge, Histogram, Registry } = await import("prom-client");
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "trivium_http_request_duration_seconds",
    help: "Time to answer a call",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 1, 5, 30, 120],
    registers: [registry],
  });
  const jobs = new Gauge({
    name: "trivium_jobs",
    help: "Jobs by status",
    labelNames: ["status"],
    registers: [registry],
  });
  const oldest = new Gauge({
    name: "trivium_queue_oldest_seconds",
    help: "How long the longest waiting job has waited",
    registers: [registry],
  });
  const up = new Gauge({
    name: "trivium_up",
    help: "1 while the store or the queue answers",
    labelNames: ["part"],
    registers: [registry],
  });
  return {
    answered: ({ seconds, method, route, status }) => duration.observe({ method, route, status }, seconds),
    async text() {
      const [counted, queue] = await Promise.allSettled([store.jobs.counts(), carrier.ping()]);
      up.set({ part: "store" }, counted.status === "fulfilled" ? 1 : 0);
      up.set({ part: "queue" }, queue.status === "fulfilled" ? 1 : 0);
      if (counted.status === "fulfilled") {
        jobs.reset();
        for (const [status, count] of counted.value.byStatus) jobs.set({ status }, count);
        oldest.set(counted.value.oldestWaitingS);
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
