import { deserialize, serialize } from "node:v8";
import type { ChildOutcome, ChildSpec } from "@trivium/engine";
import type { ChildOffer } from "@trivium/jobs";

/** What stands in the spec of an offered part besides the child's own: when it is due, and which roads its problem was built on. */
export interface PartSpec {
  readonly spec: ChildSpec;
  readonly dueMs?: number;
  readonly roads: string;
}

/** Inputs and outcomes hold typed arrays: structured clone as bytes, the same as between threads. */
export const packPart = (task: string, input: unknown, spec: PartSpec): ChildOffer => ({
  task,
  input: serialize(input),
  spec: JSON.stringify(spec),
});
export const unpackPart = ({ task, input, spec }: ChildOffer): { task: string; input: unknown } & PartSpec => ({
  task,
  input: deserialize(input),
  ...(JSON.parse(spec) as PartSpec),
});
export const packOutcome = (outcome: ChildOutcome<unknown>): Uint8Array => serialize(outcome);
export const unpackOutcome = (bytes: Uint8Array): ChildOutcome<unknown> => deserialize(bytes);
