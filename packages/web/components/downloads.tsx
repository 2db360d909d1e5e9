import { useState } from "react";
import { client, saveFile } from "../data/client.ts";
import type { ExportFormat, PlanSummary } from "../data/resources.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icons.tsx";
import { tell } from "./toast.tsx";

/** Files of a plan, made by the server when they are asked for. */
export function Downloads({
  plan,
  files,
  preparing,
}: {
  plan: PlanSummary;
  files: readonly (readonly [ExportFormat, string])[];
  preparing: string;
}) {
  const [busy, setBusy] = useState<ExportFormat | null>(null);
  const fetchFile = async (format: ExportFormat) => {
    setBusy(format);
    try {
      saveFile(await client.exportPlan(plan.plan_id, format), `${plan.area}-${plan.plan_id}-${format}.zip`);
    } catch (error) {
      tell((error as Error).message, "bad");
    } finally {
      setBusy(null);
    }
  };
  return files.map(([format, name]) => (
    <Button key={format} look="small" disabled={busy !== null} onClick={() => void fetchFile(format)}>
      <Icon name="download" size={16} />
      {busy === format ? preparing : name}
    </Button>
  ));
}
