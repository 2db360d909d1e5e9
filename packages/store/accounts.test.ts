import { type Grant, LOCAL } from "@trivium/model";
import { expect, test } from "vitest";
import { onEachDatabase } from "./trial/each-database.ts";

const grant: Grant = { district: "elm", roles: ["planner"], areas: ["routing"], schools: null };
const PASSWORD = "seven brown buses";

onEachDatabase((trial) => {
  test("a key opens what it was made for until it is revoked or expires, and only its hash is kept", async () => {
    const { keys } = trial.store;
    const { key, token } = await keys.add(
      { ...grant, label: "SIS export", expires_at: "2027-02-01T00:00:00.000Z" },
      "local",
    );
    expect(await keys.actorOf(token)).toEqual({ id: key.key_id, made_by: "local", ...grant });
    expect(JSON.stringify(await keys.list())).not.toContain(token.split(".")[2]);
    expect(await keys.actorOf(token.replace(/.$/, (last) => (last === "A" ? "B" : "A")))).toBeUndefined();
    expect((await keys.list())[0].last_used_on).toBe("2027-01-01");
    trial.clockMs += 40 * 86_400_000;
    expect(await keys.actorOf(token)).toBeUndefined();
    const other = await keys.add({ ...grant, label: "board", expires_at: null }, "local");
    await keys.revoke(other.key.key_id);
    expect(await keys.actorOf(other.token)).toBeUndefined();
    expect(await keys.revoke("key_none")).toBeUndefined();
  });

  test("an account signs in by its password; after five wrong ones it waits, longer each time, whoever asks", async () => {
    const { accounts } = trial.store;
    const { account_id } = await accounts.add(
      { ...grant, login: "Dana@Elm.org", name: "Dana Ruiz", password: PASSWORD },
      "local",
    );
    expect(await accounts.signIn("dana@elm.org", PASSWORD)).toEqual({ accountId: account_id });
    for (let i = 0; i < 5; i++) expect(await accounts.signIn("dana@elm.org", "not the password")).toBeUndefined();
    expect(await accounts.signIn("dana@elm.org", PASSWORD)).toEqual({ retryAfterS: 1 });
    trial.clockMs += 1000;
    expect(await accounts.signIn("dana@elm.org", "not the password")).toBeUndefined();
    expect(await accounts.signIn("dana@elm.org", PASSWORD)).toEqual({ retryAfterS: 2 });
    trial.clockMs += 2000;
    expect(await accounts.signIn("dana@elm.org", PASSWORD)).toEqual({ accountId: account_id });
    expect(await accounts.signIn("nobody@elm.org", PASSWORD)).toBeUndefined();
  });

  test("a hundred guesses at once are no more than one after the other", async () => {
    const { accounts } = trial.store;
    await accounts.add({ ...grant, login: "dana", password: PASSWORD }, "local");
    const tried = await Promise.all(Array.from({ length: 30 }, () => accounts.signIn("dana", "a wrong password")));
    expect(tried.filter((each) => each === undefined)).toHaveLength(5);
  });

  test("a session ends with its time, with signing out, and with a change of the account; a disabled account has none", async () => {
    const { accounts, sessions } = trial.store;
    const { account_id } = await accounts.add({ ...grant, login: "dana", password: PASSWORD }, "key_a");
    const token = await sessions.begin(account_id);
    expect(await sessions.actorOf(token)).toEqual({ id: account_id, made_by: "key_a", ...grant });
    trial.clockMs += 13 * 3_600_000;
    expect(await sessions.actorOf(token)).toBeUndefined();
    const second = await sessions.begin(account_id);
    await sessions.end(second);
    expect(await sessions.actorOf(second)).toBeUndefined();
    const third = await sessions.begin(account_id);
    expect(await accounts.change(account_id, { roles: ["viewer"] })).toMatchObject({ roles: ["viewer"] });
    expect(await sessions.actorOf(third)).toBeUndefined();
    await accounts.change(account_id, { disabled: true });
    expect(await accounts.signIn("dana", PASSWORD)).toBeUndefined();
  });

  test("somebody whom the provider vouches for is let in by invitation, and from then on by the provider's own id only", async () => {
    const { accounts } = trial.store;
    const { account_id } = await accounts.add({ ...grant, login: "lee@elm.org" }, "local");
    expect(await accounts.signInBy("https://id.elm.org", "17", "stranger@elm.org")).toBeUndefined();
    expect(await accounts.signInBy("https://id.elm.org", "17", "lee@elm.org")).toBe(account_id);
    expect(await accounts.signInBy("https://id.elm.org", "18", "lee@elm.org")).toBeUndefined();
    expect(await accounts.signInBy("https://id.elm.org", "17", "renamed@elm.org")).toBe(account_id);
    expect(await accounts.signIn("lee@elm.org", "")).toBeUndefined();
  });

  test("a login is given once, and a short password is refused", async () => {
    const { accounts } = trial.store;
    expect(await accounts.any()).toBe(false);
    await accounts.add({ ...grant, login: "dana" }, LOCAL.id);
    expect(await accounts.any()).toBe(true);
    await expect(accounts.add({ ...grant, login: " DANA " }, LOCAL.id)).rejects.toMatchObject({ code: "login-taken" });
    await expect(accounts.add({ ...grant, login: "lee", password: "short" }, LOCAL.id)).rejects.toMatchObject({
      code: "weak-password",
    });
  });
});
