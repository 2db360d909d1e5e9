import type { Terminal } from "./terminal.ts";

/** Ctrl-C once: stop and keep the best; twice: leave at once. */
export function untilInterrupted(terminal: Terminal): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    terminal.say("stopping; the best plan so far is kept (Ctrl-C again: leave at once)");
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
