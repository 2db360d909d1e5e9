import { z } from "@hono/zod-openapi";

const at = { lat: z.number(), lon: z.number() };

/** Where a district's schools, depots and stops are, and how many students live where. */
export const placesSchema = z
  .strictObject({
    schools: z.array(z.strictObject({ school_id: z.string(), name: z.string(), level: z.string(), ...at })),
    depots: z.array(z.strictObject({ depot_id: z.string(), ...at })),
    stops: z.array(z.strictObject({ stop_id: z.string(), title: z.string().nullable() })),
    homes_to: z
      .enum(["door", "kilometre"])
      .describe("door: each home; kilometre: by squares of 0.01 degrees, those with few students left out"),
    homes: z.array(
      z.strictObject({
        student_id: z.string().nullable().describe("null where homes are told to a kilometre"),
        students: z.number().int(),
        ...at,
      }),
    ),
  })
  .meta({ id: "Places" });
export type Places = z.infer<typeof placesSchema>;
