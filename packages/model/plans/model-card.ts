import { z } from "zod";

const figureSchema = z.strictObject({
  origin: z.string().describe("the day the forecast knew, or all origins together"),
  horizon_years: z.number(),
  method: z.string().describe("trivium, or a baseline"),
  slice: z.string().describe("all; tenth N of the forecast chance; school or group"),
  measure: z.string(),
  value: z.number().optional(),
  low: z.number().optional().describe("95 % interval"),
  high: z.number().optional(),
});

/** What a reader must know of a forecast before relying on it: its data, window, figures and limits. */
export const modelCardSchema = z.strictObject({
  forecast: z.string().describe("what is forecast, in a sentence"),
  as_of_date: z.string().describe("nothing known later went in"),
  data: z.record(z.string(), z.union([z.number(), z.string()])).describe("how much history it rests on"),
  basis: z
    .record(z.string(), z.number())
    .describe("assets by what their forecast rests on: own history, pooled, prior"),
  method: z.array(z.string()).describe("steps, in plain words"),
  inputs: z
    .array(z.strictObject({ name: z.string(), known_from: z.string().describe("installation, or its own date") }))
    .describe("all that the forecast looks at; nothing without a date from which it was known"),
  priors: z.array(
    z.strictObject({
      asset_type_id: z.string(),
      life_median_years: z.number(),
      life_spread: z.number().describe("standard deviation of log life"),
      source: z.string(),
    }),
  ),
  backtest: z.strictObject({
    origins: z.array(z.string()),
    horizon_years: z.number(),
    failures: z.number(),
    list_share: z.number().describe("length of the list that the budget allows, as a share of the assets"),
    figures: z.array(figureSchema),
  }),
  reporting: z
    .array(
      z.strictObject({
        group: z.string(),
        share: z.number().describe("tickets filed, against what its assets would have if reported as elsewhere"),
        low: z.number(),
        high: z.number(),
      }),
    )
    .describe("who files fewer tickets than others; their assets only look healthier"),
  verdict: z.string().describe("whether the history allows a claim, and which"),
  limits: z.array(z.string()),
});
export type ModelCard = z.infer<typeof modelCardSchema>;
