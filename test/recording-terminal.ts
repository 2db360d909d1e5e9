import type { Terminal } from "../packages/cli/terminal.ts";

/** A terminal that keeps what was said: stdout in `out`, stderr in `err`. */
export function recordingTerminal(): Terminal & { out: string; err: string; shares: number[] } {
  const record = {
    out: "",
    err: "",
    shares: [] as number[],
    print(text: string) {
      record.out += text.endsWith("\n") ? text : `${text}\n`;
    },
    say(text: string) {
      record.err += `${text}\n`;
    },
    progress: () => ({
      update: (progress: { share: number }) => void record.shares.push(progress.share),
      end: () => {},
    }),
  };
  return record;
}
