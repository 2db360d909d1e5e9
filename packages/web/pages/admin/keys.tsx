import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { Badge } from "../../components/status-badge.tsx";
import { tell } from "../../components/toast.tsx";
import { client } from "../../data/client.ts";
import type { Key } from "../../data/resources.ts";
import { dateTime } from "../../format.ts";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";
import { areasOf, schoolsOf } from "./words-of-grant.ts";

const text = admin.access;

export function Keys({ keys }: { keys: readonly Key[] }) {
  const [revoking, setRevoking] = useState<Key>();
  if (keys.length === 0) return <p className="muted pad">{text.noKeys}</p>;
  const columns: TableColumn<Key>[] = [
    ...COLUMNS,
    {
      id: "revoke",
      header: "",
      value: () => "",
      cell: (key) =>
        key.revoked_at === null && (
          <Button look={["small", "danger"]} onClick={() => setRevoking(key)}>
            {text.revoke}
          </Button>
        ),
    },
  ];
  return (
    <>
      <DataTable label={text.keys} columns={columns} rows={keys} rowId={({ key_id }) => key_id} />
      {revoking && <Revoke of={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

function Revoke({ of, onClose }: { of: Key; onClose: () => void }) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => client.access.revokeKey(of.key_id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["keys"] });
      tell(text.revokedDone);
      onClose();
    },
  });
  return (
    <Dialog title={text.revokeTitle} onClose={onClose}>
      <p>
        <strong>{of.label}</strong>. {text.revokeText}
      </p>
      {revoke.isError && <ProblemNotice error={revoke.error} />}
      <div className="row row-end">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button look="danger" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {text.revoke}
        </Button>
      </div>
    </Dialog>
  );
}

const COLUMNS: readonly TableColumn<Key>[] = [
  { id: "label", header: text.label, value: ({ label }) => label },
  { id: "roles", header: text.roles, value: ({ roles }) => roles.join(", ") },
  { id: "areas", header: text.areas, value: areasOf },
  { id: "schools", header: text.schools, value: schoolsOf },
  {
    id: "expires",
    header: text.expires,
    value: ({ expires_at }) => expires_at,
    cell: ({ expires_at }) => (expires_at === null ? text.never : dateTime(expires_at)),
  },
  { id: "used", header: text.lastUsed, value: ({ last_used_on }) => last_used_on },
  {
    id: "state",
    header: text.state,
    value: ({ revoked_at }) => (revoked_at === null ? text.valid : text.revoked),
    cell: ({ revoked_at }) => (
      <Badge tone={revoked_at === null ? "good" : "none"}>{revoked_at === null ? text.valid : text.revoked}</Badge>
    ),
  },
];
