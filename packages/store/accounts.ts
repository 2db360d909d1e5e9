import type { Actor, Grant } from "@trivium/model";
import { InputError } from "@trivium/model";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Audit } from "./audit/audit.ts";
import { actorOf, grantColumns, grantOf } from "./grants.ts";
import { newId } from "./id.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import type { AccountRow, Schema } from "./schema.ts";

/** An account as it is listed. Its name lies in a table of its own. */
export interface Account extends Grant {
  readonly account_id: string;
  readonly login: string;
  readonly name: string | null;
  /** Signs in by the district's identity provider, by a password, or not yet. */
  readonly signs_in_by: "password" | "provider" | "invitation";
  readonly created_at: string;
  readonly created_by: string;
  readonly disabled_at: string | null;
}

export interface NewAccount extends Grant {
  readonly login: string;
  readonly name?: string;
  readonly password?: string;
}

/** Tries that cost nothing but their time; each further one doubles the wait. */
const FREE_TRIES = 5;
const WAIT_MAX_MS = 15 * 60_000;
export const PASSWORD_MIN = 12;

type SignIn = { readonly accountId: string } | { readonly retryAfterS: number } | undefined;

/** People who sign in by a browser: with a password kept here, or through the district's identity provider. */
export class Accounts {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  readonly #passwordCost: number | undefined;

  readonly #audit: Audit;

  constructor(db: Kysely<Schema>, audit: Audit, now: () => Date, passwordCost?: number) {
    this.#db = db;
    this.#audit = audit;
    this.#now = now;
    this.#passwordCost = passwordCost;
  }

  /** Whether anybody has been let in: an account, or a key. From then on nobody comes in without. */
  async any(): Promise<boolean> {
    const found = await this.#db
      .selectFrom("keys")
      .select("key_id as id")
      .unionAll(this.#db.selectFrom("accounts").select("account_id as id"))
      .limit(1)
      .execute();
    return found.length > 0;
  }

  /** @throws InputError login-taken, weak-password */
  async add(account: NewAccount, by: string): Promise<Account> {
    const now = this.#now();
    const row: AccountRow = {
      account_id: newId("account", now),
      login: normal(account.login),
      ...grantColumns(account),
      password:
        account.password === undefined ? null : await hashPassword(strong(account.password), this.#passwordCost),
      issuer_subject: null,
      created_at: now.toISOString(),
      created_by: by,
      disabled_at: null,
      failures: 0,
      retry_ms: 0,
    };
    await this.#db.transaction().execute(async (transaction) => {
      const added = await transaction
        .insertInto("accounts")
        .values(row)
        .onConflict((conflict) => conflict.column("login").doNothing())
        .returning("account_id")
        .executeTakeFirst();
      if (!added) throw new InputError("login-taken", `there is an account ${row.login} already`);
      if (account.name !== undefined)
        await transaction.insertInto("names").values({ id: row.account_id, name: account.name }).execute();
      await this.#committed(transaction, "account added", row);
    });
    return read(row, account.name ?? null);
  }

  async list(): Promise<Account[]> {
    const rows = await this.#db
      .selectFrom("accounts")
      .leftJoin("names", "names.id", "accounts.account_id")
      .selectAll("accounts")
      .select("names.name")
      .orderBy("accounts.login")
      .execute();
    return rows.map(({ name, ...row }) => read(row, name));
  }

  async get(accountId: string): Promise<Account | undefined> {
    return (await this.list()).find(({ account_id }) => account_id === accountId);
  }

  /** New rights, a new password, or no way in any more; open sessions end. Undefined: there is no such account. */
  async change(
    accountId: string,
    change: Partial<Omit<Grant, "district">> & { readonly password?: string; readonly disabled?: boolean },
  ): Promise<Account | undefined> {
    const before = await this.get(accountId);
    if (!before) return undefined;
    const { district: _kept, ...rights } = grantColumns({ ...before, ...change });
    const set: Partial<AccountRow> = {
      ...rights,
      ...(change.password === undefined
        ? {}
        : { password: await hashPassword(strong(change.password), this.#passwordCost), failures: 0, retry_ms: 0 }),
      ...(change.disabled === undefined ? {} : { disabled_at: change.disabled ? this.#now().toISOString() : null }),
    };
    await this.#db.transaction().execute(async (transaction) => {
      const row = await transaction
        .updateTable("accounts")
        .set(set)
        .where("account_id", "=", accountId)
        .returningAll()
        .executeTakeFirstOrThrow();
      await this.#committed(transaction, change.disabled ? "account disabled" : "account changed", row);
      await transaction.deleteFrom("sessions").where("account_id", "=", accountId).execute();
    });
    return this.get(accountId);
  }

  /**
   * Tries a password. The try is counted before it is made, so that many at once gain nothing; a right one sets the count to zero.
   * Undefined: no such account, or not its password.
   */
  async signIn(login: string, password: string): Promise<SignIn> {
    const nowMs = this.#now().getTime();
    const wait = sql<number>`cast(${nowMs} as bigint) + case when failures < ${FREE_TRIES - 1} then 0 when failures > ${FREE_TRIES + 12} then ${WAIT_MAX_MS} else 1000 * (1 << (failures - ${FREE_TRIES - 1})) end`;
    const row = await this.#db
      .updateTable("accounts")
      .set({ failures: sql`failures + 1`, retry_ms: wait })
      .where("login", "=", normal(login))
      .where("retry_ms", "<=", nowMs)
      .returningAll()
      .executeTakeFirst();
    if (!row) return this.#waiting(login, password, nowMs);
    if (!(await isPassword(password, row.disabled_at === null ? row.password : null))) return undefined;
    await this.#db
      .updateTable("accounts")
      .set({ failures: 0, retry_ms: 0 })
      .where("account_id", "=", row.account_id)
      .execute();
    return { accountId: row.account_id };
  }

  async #waiting(login: string, password: string, nowMs: number): Promise<SignIn> {
    const row = await this.#db
      .selectFrom("accounts")
      .select("retry_ms")
      .where("login", "=", normal(login))
      .executeTakeFirst();
    if (row) return { retryAfterS: Math.max(1, Math.ceil((row.retry_ms - nowMs) / 1000)) };
    await isPassword(password, null);
    return undefined;
  }

  /**
   * The account of somebody whom the identity provider vouches for: by the provider's own id once that is known, before by the
   * login that the invitation named. Undefined: not invited, or disabled.
   */
  async signInBy(issuer: string, subject: string, login: string | undefined): Promise<string | undefined> {
    const issuer_subject = `${issuer}\n${subject}`;
    const known = await this.#db
      .selectFrom("accounts")
      .select(["account_id", "disabled_at"])
      .where("issuer_subject", "=", issuer_subject)
      .executeTakeFirst();
    if (known) return known.disabled_at === null ? known.account_id : undefined;
    if (login === undefined) return undefined;
    return this.#db.transaction().execute(async (transaction) => {
      const invited = await transaction
        .updateTable("accounts")
        .set({ issuer_subject })
        .where("login", "=", normal(login))
        .where("issuer_subject", "is", null)
        .where("password", "is", null)
        .where("disabled_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      if (invited) await this.#committed(transaction, "account bound to its provider", invited);
      return invited?.account_id;
    });
  }

  #committed(transaction: Transaction<Schema>, action: string, row: AccountRow) {
    const { account_id, district, roles, areas, schools } = row;
    const entry = { action, subject: account_id, district, detail: { roles, areas, schools } };
    return this.#audit.appendIn(transaction, entry, [{ table: "accounts", key: account_id, row }]);
  }

  async actor(accountId: string): Promise<Actor | undefined> {
    const row = await this.#db
      .selectFrom("accounts")
      .selectAll()
      .where("account_id", "=", accountId)
      .where("disabled_at", "is", null)
      .executeTakeFirst();
    return row && actorOf(row.account_id, row);
  }
}

const normal = (login: string): string => login.trim().normalize("NFKC").toLowerCase();

function strong(password: string): string {
  if (password.length >= PASSWORD_MIN) return password;
  throw new InputError(
    "weak-password",
    `a password has at least ${PASSWORD_MIN} characters. Maybe a few words in a row?`,
  );
}

function read(row: AccountRow, name: string | null): Account {
  const { account_id, login, created_at, created_by, disabled_at } = row;
  const signs_in_by =
    row.issuer_subject !== null ? "provider" : row.password !== null ? "password" : ("invitation" as const);
  return { account_id, login, name, ...grantOf(row), signs_in_by, created_at, created_by, disabled_at };
}
