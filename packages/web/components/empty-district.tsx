import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "../data/client.ts";
import { useMay } from "../data/session.tsx";
import { home as text } from "../text/home.ts";
import { Button, ButtonLink } from "./button.tsx";
import { EmptyState, ProblemNotice, ReadOnlyNotice } from "./states.tsx";

/** Before any data is there: one's own, or the sample first. */
export function EmptyDistrict() {
  const may = useMay();
  const queryClient = useQueryClient();
  const load = useMutation({
    mutationFn: () => client.loadDemo(),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  if (!may("planner"))
    return (
      <EmptyState title={text.noDataTitle}>
        <ReadOnlyNotice roles="planner" />
      </EmptyState>
    );
  return (
    <EmptyState
      title={text.noDataTitle}
      action={
        <>
          <ButtonLink look="main" href="/district/upload">
            {text.upload}
          </ButtonLink>
          <Button disabled={load.isPending} onClick={() => load.mutate()}>
            {text.sample}
          </Button>
          {load.isError && <ProblemNotice error={load.error} />}
        </>
      }
    >
      {text.noDataText}
    </EmptyState>
  );
}
