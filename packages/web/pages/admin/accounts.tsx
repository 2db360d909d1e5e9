import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Badge } from "../../components/status-badge.tsx";
import { tell } from "../../components/toast.tsx";
import { client } from "../../data/client.ts";
import type { Account } from "../../data/resources.ts";
import { dateTime } from "../../format.ts";
import { admin } from "../../text/admin.ts";
import { areasOf, schoolsOf } from "./words-of-grant.ts";

const text = admin.access;

export function Accounts({ accounts }: { accounts: readonly Account[] }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ account_id, disabled_at }: Account) =>
      client.access.changeAccount(account_id, { disabled: disabled_at === null }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["accounts"] }),
    onError: (error) => tell(error.message, "bad"),
  });
  if (accounts.length === 0) return <p className="muted pad">{text.noAccounts}</p>;
  const columns: TableColumn<Account>[] = [
    ...COLUMNS,
    {
      id: "change",
      header: "",
      value: () => "",
      cell: (account) => (
        <Button look="small" disabled={change.isPending} onClick={() => change.mutate(account)}>
          {account.disabled_at === null ? text.disable : text.enable}
        </Button>
      ),
    },
  ];
  return <DataTable label={text.accounts} columns={columns} rows={accounts} rowId={({ account_id }) => account_id} />;
}

const COLUMNS: readonly TableColumn<Account>[] = [
  { id: "login", header: text.login, value: ({ login }) => login },
  { id: "name", header: text.name, value: ({ name }) => name },
  { id: "roles", header: text.roles, value: ({ roles }) => roles.join(", ") },
  { id: "areas", header: text.areas, value: areasOf },
  { id: "schools", header: text.schools, value: schoolsOf },
  { id: "by", header: text.signsInBy, value: ({ signs_in_by }) => signs_in_by },
  {
    id: "made",
    header: text.made,
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => dateTime(created_at),
  },
  {
    id: "state",
    header: text.state,
    value: ({ disabled_at }) => (disabled_at === null ? text.valid : text.disabled),
    cell: ({ disabled_at }) => (
      <Badge tone={disabled_at === null ? "good" : "none"}>{disabled_at === null ? text.valid : text.disabled}</Badge>
    ),
  },
];
