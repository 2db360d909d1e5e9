import type { Terminal } from "./terminal.ts";

const KEEP_BEST = "stopping; the best plan so far is kept (Ctrl-C again: leave at once)";

/** Ctrl-C once: `signal` aborts; twice: leave at once. */
export function untilInterrupted(terminal: Terminal, message = KEEP_BEST): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    terminal.say(message);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    dispose() {
      process.removeListener("SIGINT", stop);
      process.removeListener("SIGTERM", stop);
    },
  };
}

/** Resolves at the first Ctrl-C or SIGTERM. */
export function untilStopped(terminal: Terminal): Promise<void> {
  const { signal } = untilInterrupted(terminal, "stopping; work in hand is given back (Ctrl-C again: leave at once)");
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
