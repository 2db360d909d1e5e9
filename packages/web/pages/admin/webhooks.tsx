import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { OnlyFor } from "../../components/only-for.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState, ProblemNotice } from "../../components/states.tsx";
import { tell } from "../../components/toast.tsx";
import { client } from "../../data/client.ts";
import { queries } from "../../data/queries.ts";
import type { Webhook } from "../../data/resources.ts";
import { useMay } from "../../data/session.tsx";
import { dateTime } from "../../format.ts";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";
import { Deliveries } from "./deliveries.tsx";
import { ShownOnce } from "./shown-once.tsx";

const text = admin.webhooks;

/** Who is told when a solve ends. */
export default function Webhooks() {
  const may = useMay();
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageHead
        title={text.title}
        actions={
          may("admin") && (
            <Button look="main" onClick={() => setMaking(true)}>
              {text.create}
            </Button>
          )
        }
      >
        {text.intro}
      </PageHead>
      <OnlyFor who="admin">
        <List />
      </OnlyFor>
      {making && <NewWebhook onClose={() => setMaking(false)} />}
    </>
  );
}

function List() {
  const webhooks = useQuery(queries.webhooks());
  const queryClient = useQueryClient();
  const [shown, setShown] = useState<Webhook>();
  const remove = useMutation({
    mutationFn: (id: string) => client.removeWebhook(id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["webhooks"] });
      tell(text.removed);
    },
    onError: (error) => tell(error.message, "bad"),
  });
  const columns: TableColumn<Webhook>[] = [
    { id: "url", header: text.url, value: ({ url }) => url },
    { id: "events", header: text.events, value: ({ events }) => events.join(", ") },
    {
      id: "made",
      header: text.made,
      value: ({ created_at }) => created_at,
      cell: ({ created_at }) => dateTime(created_at),
    },
    {
      id: "actions",
      header: "",
      value: () => "",
      cell: (webhook) => (
        <span className="row">
          <Button look="small" onClick={() => setShown(webhook)}>
            {text.deliveries}
          </Button>
          <Button look={["small", "danger"]} onClick={() => remove.mutate(webhook.webhook_id)}>
            {text.remove}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <QueryState query={webhooks}>
      {(found) =>
        found.length === 0 ? (
          <EmptyState title={text.none} />
        ) : (
          <div className="card card-flush">
            <DataTable label={text.table} columns={columns} rows={found} rowId={({ webhook_id }) => webhook_id} />
            {shown && <Deliveries webhook={shown} onClose={() => setShown(undefined)} />}
          </div>
        )
      }
    </QueryState>
  );
}

function NewWebhook({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: (url: string) => client.createWebhook({ url }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  if (make.data)
    return <ShownOnce title={text.secretTitle} hint={text.secretText} secret={make.data.secret} onClose={onClose} />;
  return (
    <Dialog title={text.create} onClose={onClose}>
      {make.isError && <ProblemNotice error={make.error} />}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(String(new FormData(event.currentTarget).get("url")));
        }}
      >
        <Field label={text.url} name="url" type="url" required maxLength={2000} placeholder="https://" />
        <div className="row row-end">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="main" disabled={make.isPending}>
            {text.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
