import type { NewFlag } from "@trivium/api";
import type { Flag, FlagState } from "@trivium/model";
import type { Page, PageQuery, Transport } from "./transport.ts";

/** What somebody says is wrong with an item of a plan or of the data, and what became of it. */
export class FlagCalls {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  raise(flag: NewFlag, key?: string): Promise<Flag> {
    return this.#http.post("/v1/flags", flag, key);
  }
  list(query: PageQuery & { plan_id?: string; dataset_hash?: string; state?: FlagState } = {}): Promise<Page<Flag>> {
    return this.#http.get("/v1/flags", query);
  }
  triage(id: string, state: FlagState, answer: string): Promise<Flag> {
    return this.#http.post(`/v1/flags/${encodeURIComponent(id)}/triage`, { state, answer });
  }
}
