import type { Grant } from "@trivium/model";
import { type Command, EXIT, JSON_OPTION, needed, optional, UsageError, type Values } from "../command.ts";
import { describeGrant, GRANT_OPTIONS, grantOption } from "../grant.ts";
import type { Terminal } from "../terminal.ts";
import { OPERATOR, withStore } from "../with-store.ts";

export const users: Command = {
  name: "users",
  grammar: "add --login NAME --roles ROLE,… [--name TEXT] [--password-stdin] | list | disable LOGIN | password LOGIN",
  summary: "People who sign in by a browser: with a password, or by the district's identity provider.",
  options: {
    login: { type: "string", value: "NAME", help: "an e-mail address, where an identity provider knows people by it" },
    name: { type: "string", value: "TEXT", help: "the person's name, kept apart from everything else" },
    "password-stdin": { type: "boolean", help: "read a password from stdin; without it the login is an invitation" },
    ...GRANT_OPTIONS,
    ...JSON_OPTION,
  },
  async run([what, login, ...more], values, terminal) {
    if (more.length > 0) throw new UsageError(`what is ${more[0]}?`);
    if (what === "add" && login === undefined) return added(grantOption(values), values, terminal);
    if (what === "list" && login === undefined) return listed(values, terminal);
    if (what === "disable" && login !== undefined) return changed(login, { disabled: true }, terminal);
    if (what === "password" && login !== undefined)
      return changed(login, { password: await passwordFromStdin() }, terminal);
    throw new UsageError("expected add, list, disable LOGIN or password LOGIN");
  },
};

async function added(grant: Grant, values: Values, terminal: Terminal) {
  const login = needed(values, "login");
  const name = optional(values, "name");
  const password = values["password-stdin"] ? await passwordFromStdin() : undefined;
  const account = await withStore((store) => store.accounts.add({ ...grant, login, name, password }, OPERATOR));
  if (values.json) terminal.print(JSON.stringify(account, null, 2));
  else terminal.say(`${account.login} (${account.account_id}): ${describeGrant(account)}; ${account.signs_in_by}`);
  return EXIT.done;
}

async function listed(values: Values, terminal: Terminal) {
  const items = await withStore((store) => store.accounts.list());
  const lines = items.map(
    (each) => `${each.login}  ${each.disabled_at ? "disabled" : each.signs_in_by}  (${describeGrant(each)})`,
  );
  terminal.print(values.json ? JSON.stringify(items, null, 2) : lines.join("\n") || "no accounts");
  return EXIT.done;
}

async function changed(login: string, change: { disabled?: boolean; password?: string }, terminal: Terminal) {
  await withStore(async (store) => {
    const account = (await store.accounts.list()).find((each) => each.login === login.trim().toLowerCase());
    if (!account) throw new UsageError(`there is no account ${login}`);
    await store.accounts.change(account.account_id, change);
  });
  terminal.say(
    `${login}: ${change.disabled ? "signs in no more" : "the new password holds"}; open sessions have ended`,
  );
  return EXIT.done;
}

/** From a pipe, so that it stands in no history and no list of processes. */
async function passwordFromStdin(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("password: ");
  let text = "";
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text.replace(/\r?\n.*$/s, "");
}
