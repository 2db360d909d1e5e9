import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A process that is killed without warning and started again, as often as wanted. */
export class Killable {
  readonly #args: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  readonly #ready: RegExp;
  #child: ChildProcess | undefined;
  /** What it said when it was ready, last. */
  said: RegExpExecArray | null = null;

  /** @param args of Node: a file of the checkout, and what follows it. `ready`: what it says on stderr once it works. */
  constructor(args: readonly string[], ready: RegExp, env: Readonly<Record<string, string>> = {}) {
    this.#args = args;
    this.#env = env;
    this.#ready = ready;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, this.#args, {
      cwd: root,
      env: { ...process.env, ...this.#env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#child = child;
    let heard = "";
    await new Promise<void>((resolve, reject) => {
      child.stderr.on("data", (text: Buffer) => {
        heard = (heard + text.toString()).slice(-8000);
        this.said = this.#ready.exec(heard);
        if (this.said) resolve();
      });
      // Killed while it starts is no failure: whoever killed it starts it again.
      child.once("exit", (code) => (code === null ? resolve() : reject(new Error(`ended with ${code}: ${heard}`))));
    });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isAlive(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || !this.isAlive) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGKILL");
    await ended;
  }
}

/** `trivium serve` on a port of its own. */
export const api = (port: number, env: Readonly<Record<string, string>>): Killable =>
  new Killable(["packages/cli/trivium.mjs", "serve", "--port", String(port)], /serving (http:\S+)/, env);

export const trialWorker = (dir: string, redisUrl: string, databaseUrl = ""): Killable =>
  new Killable(["test/faults/trial-worker.ts", dir, redisUrl, databaseUrl], /worker: ready/);
