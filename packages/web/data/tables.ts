import { queryOptions } from "@tanstack/react-query";
import type { TablesAnswer } from "@trivium/model";
import { client } from "./client.ts";

/** Tables to read of a plan and of the district it rests on: name → columns, none for all. */
export interface Wanted {
  readonly district?: Readonly<Record<string, readonly string[]>>;
  readonly plan?: Readonly<Record<string, readonly string[]>>;
  readonly settings?: boolean;
  readonly where?: Readonly<Record<string, string | number>>;
}

const FOREVER = { staleTime: Number.POSITIVE_INFINITY };

/** A question to a plan; the same plan answers the same for ever. */
export const answerQuery = <T>(planId: string, question: { kind: string } & Record<string, unknown>) =>
  queryOptions({
    queryKey: ["answer", planId, question],
    queryFn: async () => (await client.ask({ plan_id: planId, question })) as unknown as T,
    ...FOREVER,
  });

/** Tables by column, as they come. */
export const tablesQuery = (planId: string, wanted: Wanted) =>
  answerQuery<TablesAnswer>(planId, { kind: "tables", ...wanted });

/** The rows of a table that came by column. */
export function rowsOf<R>({ rows, columns }: TablesAnswer["plan"][string]): R[] {
  const names = Object.keys(columns);
  return Array.from(
    { length: rows },
    (_, row) => Object.fromEntries(names.map((name) => [name, columns[name][row] ?? undefined])) as R,
  );
}
