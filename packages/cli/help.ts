import type { Command } from "./command.ts";

/** All commands, a line each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Trivium: schedules, bus routes and capital plans for school districts\n\nusage: trivium COMMAND [options]\n\n${lines.join("\n")}\n\ntrivium COMMAND --help tells more.`;
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => [
    `--${name}${option.type === "string" ? ` ${option.value ?? "VALUE"}` : ""}`,
    option.help,
  ]);
  const width = Math.max(0, ...options.map(([flag]) => flag.length));
  const lines = options.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`);
  return `usage: trivium ${command.name} ${command.grammar}\n\n${command.summary}\n\n${lines.join("\n")}`;
}
