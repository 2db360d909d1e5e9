import { parentPort, workerData } from "node:worker_threads";
import type { QueryResult } from "kysely";
import { SqliteFile } from "./sqlite-file.ts";

/** Entry of the thread that writes to one database file; it answers one statement after the other. */
export type ToWriter = { readonly sql: string; readonly parameters: readonly unknown[] } | "close";
export type FromWriter =
  | { readonly result: QueryResult<unknown> }
  /** What `databases/errors.ts` tells errors by does not cross threads by itself. */
  | { readonly error: { readonly message: string; readonly errcode?: number; readonly code?: string } };

let file: SqliteFile | undefined;

parentPort?.on("message", (message: ToWriter) => {
  if (message === "close") {
    file?.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answerTo(message));
});

function answerTo({ sql, parameters }: Exclude<ToWriter, "close">): FromWriter {
  try {
    file ??= new SqliteFile(workerData as string);
    return { result: file.run(sql, parameters) };
  } catch (error) {
    const { message, errcode, code } = error as Error & { errcode?: number; code?: string };
    return { error: { message, errcode, code } };
  }
}
