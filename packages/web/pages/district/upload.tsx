import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Progress } from "../../components/progress.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { ProblemNotice, ReadOnlyNotice } from "../../components/states.tsx";
import { queries } from "../../data/queries.ts";
import { useMay } from "../../data/session.tsx";
import { district } from "../../text/district.ts";
import { ChosenFiles } from "./chosen-files.tsx";
import { DropZone } from "./drop-zone.tsx";
import { readFiles } from "./dropped-files.ts";

const text = district.upload;

/** From files to a stored dataset: read, recognise or map, check, load. */
export default function Upload() {
  const may = useMay();
  const templates = useQuery(queries.templates());
  const [attempt, setAttempt] = useState(0);
  const read = useMutation({ mutationFn: readFiles });
  const again = () => {
    read.reset();
    setAttempt(attempt + 1);
  };
  return (
    <>
      <PageHead
        title={text.title}
        above={[{ name: district.datasets.title, href: "/district" }]}
        actions={read.data && <Button onClick={again}>{text.again}</Button>}
      >
        {text.intro}
      </PageHead>
      {!may("planner") ? (
        <ReadOnlyNotice roles="planner" />
      ) : (
        <div className="stack">
          {read.isIdle && <DropZone onFiles={(files) => read.mutate(files)} />}
          {read.isPending && <Progress label={text.reading} share={null} />}
          {read.isError && (
            <>
              <ProblemNotice error={read.error} />
              <DropZone onFiles={(files) => read.mutate(files)} />
            </>
          )}
          {read.data && (
            <QueryState query={templates}>
              {(found) => <ChosenFiles key={attempt} files={read.data} templates={found} />}
            </QueryState>
          )}
        </div>
      )}
    </>
  );
}
