/** Where events of the process are told, one line of fields each: ids and figures, never names, addresses or what was sent. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, text: string): void;
  warn(fields: Readonly<Record<string, unknown>>, text: string): void;
  error(fields: Readonly<Record<string, unknown>>, text: string): void;
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
