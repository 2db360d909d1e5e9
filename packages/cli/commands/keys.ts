import { type Command, EXIT, JSON_OPTION, needed, numberOption, UsageError, type Values } from "../command.ts";
import { describeGrant, GRANT_OPTIONS, grantOption } from "../grant.ts";
import type { Terminal } from "../terminal.ts";
import { OPERATOR, withStore } from "../with-store.ts";

const DAY_MS = 86_400_000;

export const keys: Command = {
  name: "keys",
  grammar: "add --label TEXT --roles ROLE,… [--areas …] [--schools …] [--days N] | list | revoke KEY_ID",
  summary: "API keys: who may call, and what for. A new key's token is shown once.",
  options: {
    label: { type: "string", value: "TEXT", help: "what the key is for" },
    ...GRANT_OPTIONS,
    days: { type: "string", value: "N", help: "days until it expires (default: never)" },
    ...JSON_OPTION,
  },
  async run([what, id, ...more], values, terminal) {
    if (more.length > 0) throw new UsageError(`what is ${more[0]}?`);
    if (what === "add" && id === undefined) return added(values, terminal);
    if (what === "list" && id === undefined) return listed(values, terminal);
    if (what === "revoke" && id !== undefined) return revoked(id, terminal);
    throw new UsageError("expected add, list or revoke KEY_ID");
  },
};

async function added(values: Values, terminal: Terminal) {
  const label = needed(values, "label");
  const grant = grantOption(values);
  const days = numberOption(values, "days", 1, 3650, true);
  const expires_at = days === undefined ? null : new Date(Date.now() + days * DAY_MS).toISOString();
  const made = await withStore((store) => store.keys.add({ ...grant, label, expires_at }, OPERATOR));
  if (values.json) terminal.print(JSON.stringify(made, null, 2));
  else {
    terminal.say(`${made.key.key_id}: ${describeGrant(made.key)}. Note the token: it is not shown again`);
    terminal.print(made.token);
  }
  return EXIT.done;
}

async function listed(values: Values, terminal: Terminal) {
  const items = await withStore((store) => store.keys.list());
  const lines = items.map((key) => {
    const state = key.revoked_at ? "revoked" : key.expires_at ? `until ${key.expires_at.slice(0, 10)}` : "valid";
    return `${key.key_id}  ${state}  ${key.label}  (${describeGrant(key)}; last used ${key.last_used_on ?? "never"})`;
  });
  terminal.print(values.json ? JSON.stringify(items, null, 2) : lines.join("\n") || "no keys");
  return EXIT.done;
}

async function revoked(id: string, terminal: Terminal) {
  const key = await withStore((store) => store.keys.revoke(id));
  if (!key) throw new UsageError(`there is no key ${id}`);
  terminal.say(`${id} opens nothing any more`);
  return EXIT.done;
}
