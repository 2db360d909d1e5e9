import { useMutation } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icons.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { tell } from "../../components/toast.tsx";
import { client, saveFile } from "../../data/client.ts";
import { common } from "../../text/common.ts";
import { routing } from "../../text/routing.ts";
import { RoutingFrame } from "./frame.tsx";

const text = routing.files;
type File = (typeof text.list)[number];

/** What leaves Trivium: sheets for drivers, letters, feeds. */
export default function FilesPage() {
  return (
    <RoutingFrame tab="/files">
      {({ planId }) => (
        <div className="stack">
          <p className="muted">{text.intro}</p>
          <div className="columns">
            {text.list.map((file) => (
              <FileCard key={file[0]} planId={planId} file={file} />
            ))}
          </div>
        </div>
      )}
    </RoutingFrame>
  );
}

function FileCard({ planId, file: [format, name, what] }: { planId: string; file: File }) {
  const save = useMutation({
    mutationFn: () => client.exportPlan(planId, format),
    onSuccess: (bytes) => {
      const saved = `routing-${planId}-${format}.zip`;
      saveFile(bytes, saved);
      tell(text.made(saved));
    },
  });
  return (
    <section className="card" aria-label={name}>
      <h2>{name}</h2>
      <p>{what}</p>
      <div className="row">
        <Button disabled={save.isPending} onClick={() => save.mutate()}>
          <Icon name="download" />
          {save.isPending ? common.loading : `${common.download}: ${name}`}
        </Button>
      </div>
      {save.isError && <ProblemNotice error={save.error} />}
    </section>
  );
}
