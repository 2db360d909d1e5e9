import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commit, type Recorded } from "./measurement.ts";

const folder = fileURLToPath(new URL("./results/", import.meta.url));
const page = fileURLToPath(new URL("./RESULTS.md", import.meta.url));

const slug = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

const pathOf = ({ area, what, instance }: Pick<Recorded, "area" | "what" | "instance">): string =>
  join(folder, `${slug(`${area} ${what} ${instance}`)}.json`);

/** One file a row: a bench that stopped half way has kept what it measured. */
export function keep(row: Recorded): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(pathOf(row), `${JSON.stringify(row, null, 2)}\n`);
}

/** Was this row measured at this very commit? Then a bench that goes on where it stopped leaves it; delete its file to have it measured again. */
export function measured(row: Pick<Recorded, "area" | "what" | "instance">): boolean {
  const path = pathOf(row);
  if (!existsSync(path)) return false;
  return (JSON.parse(readFileSync(path, "utf8")) as Recorded).commit === commit();
}

/** Writes RESULTS.md from every row kept, those that miss their goal included. */
export function writePage(): void {
  const rows = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Recorded);
  const areas = [...new Set(rows.map((row) => row.area))];
  const sections = areas.map((area) => {
    const lines = rows
      .filter((row) => row.area === area)
      .map(
        (row) =>
          `| ${row.what} | ${row.instance} | ${row.result} | ${row.goal} | ${row.met ? "yes" : "**no**"} | ${row.date}, ${row.commit}${row.shared ? ", beside others' work" : ""} |`,
      );
    return `## ${area}\n\`npm run bench -- ${area}\`\n\n| what | instance | result | goal | met | measured |\n| --- | --- | --- | --- | --- | --- |\n${lines.join("\n")}\n`;
  });
  const machines = [...new Set(rows.map((row) => row.machine))];
  writeFileSync(
    page,
    `# Results\n\nWritten by \`npm run bench\`, one row a measurement, the rows we lose included. Each says when and at which commit it was measured (+: with uncommitted changes).\n\nMachines: ${machines.join("; ")}.\n\n${sections.join("\n")}`,
  );
}
