import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createApp } from "../app.ts";
import { startTrial, type Trial } from "../trial/trial.ts";
import { dispatched } from "./dispatch.ts";
import { sendTo } from "./send.ts";
import { type Resolve, Targets } from "./target.ts";

const LOOPBACK = ["127.0.0.1", "::1"];
const ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function receiver(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
const send = (targets: Targets, url: string, timeoutMs = 5000) =>
  sendTo(targets, timeoutMs)({ url, body: "{}", headers: {} });

describe("where webhooks may go", () => {
  const judge = (url: string, targets = new Targets()) => targets.judge(new URL(url));
  const at =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

  test.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://10.0.0.8/",
    "https://172.20.1.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://localhost/",
  ])("%s is refused", async (url) => {
    await expect(judge(url)).rejects.toMatchObject({ code: "webhook-private" });
  });

  test("a name is refused when any of its addresses is private, and unless it goes over https", async () => {
    const rebound = new Targets([], at("93.184.216.34", "127.0.0.1"));
    await expect(judge("https://rebound.example/", rebound)).rejects.toMatchObject({ code: "webhook-private" });
    const fine = new Targets([], at("93.184.216.34", "2606:2800:220:1::1"));
    expect(await judge("https://fine.example/", fine)).toHaveLength(2);
    await expect(judge("http://fine.example/", fine)).rejects.toMatchObject({ code: "webhook-url" });
    await expect(judge("https://user:word@fine.example/", fine)).rejects.toMatchObject({ code: "webhook-url" });
    await expect(judge("ftp://fine.example/", fine)).rejects.toMatchObject({ code: "webhook-url" });
    await expect(judge("https://gone.example/", new Targets([], at()))).rejects.toMatchObject({
      code: "webhook-unresolved",
    });
  });

  test("the operator's own networks are allowed by name, and nothing beside them", async () => {
    const own = new Targets(["10.2.0.0/16"]);
    expect(await judge("http://10.2.3.4/hook", own)).toEqual([{ address: "10.2.3.4", family: 4 }]);
    await expect(judge("http://10.3.0.1/hook", own)).rejects.toMatchObject({ code: "webhook-private" });
    expect(() => new Targets(["10.2.0.0/33"])).toThrow("10.2.0.0/33");
  });
});

describe("hostile receivers", () => {
  const own = new Targets(LOOPBACK);

  test("a redirect is not followed", async () => {
    let reached = 0;
    const inside = await receiver((_, response) => {
      reached++;
      response.end();
    });
    const url = await receiver((_, response) => response.writeHead(307, { Location: inside }).end());
    expect(await send(own, url)).toEqual({ status: 307 });
    expect(reached).toBe(0);
  });

  test("one that never answers, and a name that never resolves, are timed out", async () => {
    const silent = await receiver(() => {});
    expect(await send(own, silent, 200)).toEqual({ error: "timed-out" });
    const nameless = new Targets([], () => new Promise(() => {}));
    expect(await send(nameless, "https://slow.example/", 200)).toEqual({ error: "timed-out" });
  });

  test("an endless answer is not read, and what it says is not kept", async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const url = await receiver((_, response) => {
      response.writeHead(500, { "X-Secret": "inside" });
      const flood = setInterval(() => response.write("secret".repeat(10_000)), 1);
      response.once("close", () => {
        clearInterval(flood);
        closed();
      });
    });
    expect(await send(own, url)).toEqual({ status: 500 });
    await gone;
  });

  test("the name is resolved once: the connection goes to the addresses that were judged", async () => {
    const url = new URL(await receiver((_, response) => response.writeHead(204).end()));
    let asked = 0;
    const once: Resolve = async () => {
      asked++;
      return [{ address: "127.0.0.1", family: 4 }];
    };
    expect(await send(new Targets(LOOPBACK, once), `http://pinned.example:${url.port}/`)).toEqual({ status: 204 });
    expect(asked).toBe(1);
  });

  test("nobody there is a code, without where it was", async () => {
    expect(await send(own, "http://127.0.0.1:1/")).toEqual({ error: "ECONNREFUSED" });
  });
});

describe("deliveries", () => {
  async function told(
    answer: RequestListener,
  ): Promise<{ trial: Trial; secret: string; id: string; round(): Promise<void> }> {
    const trial = await startTrial();
    ends.push(() => trial.close());
    const targets = new Targets(LOOPBACK);
    const app = createApp({ ...trial.parts, targets }, { authentication: "unless-alone" });
    const body = JSON.stringify({ url: await receiver(answer) });
    const made = await app.request("/v1/webhooks", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    expect(made.status).toBe(201);
    const { webhook, secret } = await made.json();
    const round = () => dispatched(trial.store, sendTo(targets));
    return { trial, secret, id: webhook.webhook_id, round };
  }
  const solved = async (trial: Trial) => {
    const scenario_id = await trial.scenario();
    const { job_id } = await (await trial.post("/v1/solves", { scenario_id, area: "facilities" })).json();
    await trial.ended(job_id);
    return job_id;
  };

  test("the end of a job is told once, signed", async () => {
    const calls: { headers: IncomingMessage["headers"]; body: string }[] = [];
    const { trial, secret, id, round } = await told(async (request, response) => {
      calls.push({ headers: request.headers, body: await bodyOf(request) });
      response.writeHead(204).end();
    });
    const job_id = await solved(trial);
    await Promise.all([round(), round()]);
    await round();
    expect(calls).toHaveLength(1);
    const [{ headers, body }] = calls;
    expect(JSON.parse(body)).toMatchObject({
      type: "job.succeeded",
      data: { job_id, area: "facilities", status: "succeeded" },
    });
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
    const { items } = await (await trial.get(`/v1/webhooks/${id}/deliveries`)).json();
    expect(items).toMatchObject([{ subject: job_id, state: "delivered", attempts: 1, outcome: "http-204" }]);
    expect(await (await trial.get("/v1/webhooks")).text()).not.toContain(secret);
  });

  test("one that failed is tried again later, under the same id; a removed webhook is told nothing more", async () => {
    const ids: unknown[] = [];
    const { trial, id, round } = await told((request, response) => {
      ids.push(request.headers["webhook-id"]);
      response.writeHead(503).end();
    });
    await solved(trial);
    await round();
    await round();
    const { items } = await (await trial.get(`/v1/webhooks/${id}/deliveries`)).json();
    expect(items).toMatchObject([{ state: "waiting", attempts: 1, outcome: "http-503" }]);
    expect(ids).toEqual([items[0].delivery_id]);
    const removed = await trial.app.request(`/v1/webhooks/${id}`, { method: "DELETE" });
    expect(removed.status).toBe(204);
    expect((await trial.get(`/v1/webhooks/${id}/deliveries`)).status).toBe(404);
  });

  test("a webhook into a private network is refused when it is made", async () => {
    const trial = await startTrial();
    ends.push(() => trial.close());
    const refused = await trial.post("/v1/webhooks", { url: "https://169.254.169.254/" });
    expect(await refused.json()).toMatchObject({ status: 422, code: "webhook-private" });
  });
});
