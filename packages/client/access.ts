import type {
  AccountChange,
  AccountResource,
  AuditEntry,
  AuditVerification,
  KeyResource,
  MadeKey,
  NewAccount,
  NewKey,
  SessionResource,
} from "@trivium/api";
import type { Page, PageQuery, Transport } from "./transport.ts";

/** Who may come in, and who did what. */
export class AccessCalls {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  /** Whose calls these are, and what they may do. */
  session(): Promise<SessionResource> {
    return this.#http.get("/v1/session");
  }
  /** Of a browser; the answer's csrf_token goes with every call that changes something. */
  signIn(login: string, password: string): Promise<SessionResource> {
    return this.#http.post("/v1/session", { login, password });
  }
  async signOut(): Promise<void> {
    await this.#http.change("DELETE", "/v1/session");
  }
  keys(page: PageQuery = {}): Promise<Page<KeyResource>> {
    return this.#http.get("/v1/keys", page);
  }
  /** The answer's token is shown here only. */
  createKey(key: NewKey): Promise<MadeKey> {
    return this.#http.post("/v1/keys", key);
  }
  async revokeKey(id: string): Promise<void> {
    await this.#http.change("DELETE", `/v1/keys/${encodeURIComponent(id)}`);
  }
  accounts(page: PageQuery = {}): Promise<Page<AccountResource>> {
    return this.#http.get("/v1/accounts", page);
  }
  createAccount(account: NewAccount): Promise<AccountResource> {
    return this.#http.post("/v1/accounts", account);
  }
  changeAccount(id: string, change: AccountChange): Promise<AccountResource> {
    return this.#http.change("PATCH", `/v1/accounts/${encodeURIComponent(id)}`, undefined, change);
  }
  audit(page: PageQuery = {}): Promise<Page<AuditEntry>> {
    return this.#http.get("/v1/audit", page);
  }
  verifyAudit(): Promise<AuditVerification> {
    return this.#http.get("/v1/audit/verification");
  }
}
