import type { Anchor } from "@trivium/store";
import { type Command, EXIT, JSON_OPTION, numberOption, optional, UsageError, type Values } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { withStore } from "../with-store.ts";

export const audit: Command = {
  name: "audit",
  grammar: "verify [--anchor SEQ:HASH] | anchor | list [--limit N]",
  summary:
    "Who did what: proves that nothing in the log, and no right or signature it answers for, was changed unseen.",
  options: {
    anchor: {
      type: "string",
      value: "SEQ:HASH",
      help: "an end of the log that was noted earlier: nothing before it is missing",
    },
    limit: { type: "string", value: "N", help: "newest entries to list (50)" },
    ...JSON_OPTION,
  },
  async run([what, ...more], values, terminal) {
    if (more.length > 0) throw new UsageError(`what is ${more[0]}?`);
    if (what === "verify") return verified(values, terminal);
    if (what === "anchor") return anchored(terminal);
    if (what === "list") return listed(values, terminal);
    throw new UsageError("expected verify, anchor or list");
  },
};

async function verified(values: Values, terminal: Terminal) {
  const anchors = anchorOption(values);
  const report = await withStore((store) => store.audit.verify(anchors));
  if (values.json) terminal.print(JSON.stringify(report, null, 2));
  else {
    for (const { code, message } of report.problems) terminal.say(`${code}: ${message}`);
    const found = report.ok ? "nothing was changed, removed or added past it" : `${report.problems.length} problem(s)`;
    terminal.print(`${report.entries} entries, answering for ${report.rows} rows: ${found}`);
  }
  return report.ok ? EXIT.done : EXIT.verificationFailed;
}

async function anchored(terminal: Terminal) {
  const { seq, hash } = await withStore((store) => store.audit.head());
  terminal.say("note it where nobody can change it; `trivium audit verify --anchor` checks against it");
  terminal.print(`${seq}:${hash}`);
  return EXIT.done;
}

async function listed(values: Values, terminal: Terminal) {
  const limit = numberOption(values, "limit", 1, 10_000, true) ?? 50;
  const { items } = await withStore((store) => store.audit.list({ limit }));
  const lines = items.map(({ seq, at, actor, action, subject }) => `${seq}  ${at}  ${actor}  ${action}  ${subject}`);
  terminal.print(values.json ? JSON.stringify(items, null, 2) : lines.join("\n") || "nothing was done yet");
  return EXIT.done;
}

function anchorOption(values: Values): Anchor[] {
  const text = optional(values, "anchor");
  if (text === undefined) return [];
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new UsageError("--anchor: expected SEQ:HASH as `trivium audit anchor` prints it");
  return [{ seq: Number(seq), hash }];
}
