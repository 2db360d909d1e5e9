import { parseArgs } from "node:util";
import { InputError, RoadError, VERSION } from "@trivium/model";
import { type Command, EXIT, type ExitCode, parseConfig, UsageError, type Values } from "./command.ts";
import { commands } from "./commands/index.ts";
import { commandHelp, overview } from "./help.ts";
import { renderFindings } from "./report.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** Runs `trivium ARGS` and returns the exit code; never throws. */
export async function run(args: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  quietExperimentalWarnings();
  const [name, ...rest] = args;
  if (name === "--version" || name === "version") {
    terminal.print(VERSION);
    return EXIT.done;
  }
  if (name === undefined) {
    terminal.say(overview(commands));
    return EXIT.usage;
  }
  if (name === "--help" || name === "help" || name === "-h") {
    terminal.print(overview(commands));
    return EXIT.done;
  }
  const command = commands.find((each) => each.name === name);
  if (!command) {
    terminal.say(`trivium: there is no command ${name}.\n\n${overview(commands)}`);
    return EXIT.usage;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.print(commandHelp(command));
    return EXIT.done;
  }
  return runCommand(command, rest, terminal);
}

async function runCommand(command: Command, args: string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const { positionals, values } = readArguments(command, args);
    return await command.run(positionals, values, terminal);
  } catch (error) {
    return explainFailure(command, error, terminal);
  }
}

function readArguments(command: Command, args: string[]) {
  try {
    const { positionals, values } = parseArgs({
      args,
      options: parseConfig(command.options),
      allowPositionals: true,
      strict: true,
    });
    return { positionals, values: values as Values };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function explainFailure(command: Command, error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof UsageError) {
    terminal.say(`trivium ${command.name}: ${error.message}\n\n${commandHelp(command)}`);
    return EXIT.usage;
  }
  if (error instanceof InputError || error instanceof RoadError) {
    terminal.say(`trivium ${command.name}: ${error.message}`);
    if (error instanceof InputError && error.findings.length > 0) terminal.say(renderFindings(error.findings));
    return EXIT.invalidInput;
  }
  terminal.say(`trivium ${command.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.failed;
}

/** node:sqlite still announces itself as experimental; planners need not read that. */
function quietExperimentalWarnings(): void {
  const listeners = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") for (const listener of listeners) listener(warning);
  });
}
