import { useMutation } from "@tanstack/react-query";
import type { Area } from "@trivium/model";
import { tell } from "../../../components/toast.tsx";
import { client, saveFile } from "../../../data/client.ts";
import { short } from "../../../format.ts";
import { scenarios } from "../../../text/scenarios.ts";

const text = scenarios.plan;
const FORMATS = {
  scheduling: ["csv", "xlsx", "pdf", "oneroster"],
  routing: ["csv", "xlsx", "pdf", "geojson", "gtfs"],
  facilities: ["csv", "xlsx", "pdf"],
} as const satisfies Record<Area, readonly string[]>;
type Format = (typeof FORMATS)[Area][number];

/** The plan's files, in each format that its area has. */
export function ExportMenu({ planId, area, signed }: { planId: string; area: Area; signed: boolean }) {
  const save = useMutation({
    mutationFn: async (format: Format) => {
      const bytes = await client.exportPlan(planId, format);
      saveFile(bytes, `${area}-${short(planId)}-${format}.zip`);
    },
    onError: (error) => tell(error.message, "bad"),
  });
  return (
    <select
      className="input export"
      aria-label={text.exports}
      title={signed ? undefined : text.draft}
      value=""
      disabled={save.isPending}
      onChange={(event) => save.mutate(event.target.value as Format)}
    >
      <option value="" disabled>
        {text.exports}
      </option>
      {FORMATS[area].map((format) => (
        <option key={format} value={format}>
          {text.exportAs(format)}
        </option>
      ))}
    </select>
  );
}
