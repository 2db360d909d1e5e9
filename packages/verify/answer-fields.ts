import type { Report } from "./report.ts";

/** A question and its answer as plain JSON: nothing in them is trusted. */
export type Fields = Readonly<Record<string, unknown>>;

/** Recomputes what an answer claims, as far as it follows from the district's tables and the plan, which are read as an area reads them. */
export type AnswerRule<Reading> = (reading: Reading, question: Fields, answer: Fields, report: Report) => void;

export const number = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);
export const records = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);
export const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
export const fields = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};
