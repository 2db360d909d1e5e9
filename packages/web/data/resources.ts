import type { TriviumClient } from "@trivium/client";

/** Shapes of what the client answers, by name. */
type Item<M extends keyof TriviumClient> = TriviumClient[M] extends (
  ...args: never[]
) => Promise<{ items: (infer T)[] }>
  ? T
  : never;

export type DatasetResource = Item<"datasets">;
export type PlanSummary = Item<"plans">;
export type StoredScenario = Item<"scenarios">;
export type Findings = Awaited<ReturnType<TriviumClient["findings"]>>;
export type Template = Awaited<ReturnType<TriviumClient["templates"]>>[number];
export type OpenedScenario = Awaited<ReturnType<TriviumClient["scenario"]>>;
export type Approvals = Awaited<ReturnType<TriviumClient["approvals"]["of"]>>;

type AccessItem<M extends "keys" | "accounts" | "audit"> = Awaited<
  ReturnType<TriviumClient["access"][M]>
>["items"][number];
export type Key = AccessItem<"keys">;
export type Account = AccessItem<"accounts">;
export type AuditEntry = AccessItem<"audit">;
export type Webhook = Item<"webhooks">;

export type ExportFormat = NonNullable<Parameters<TriviumClient["exportPlan"]>[1]>;
