import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { OnlyFor } from "../../components/only-for.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { queries } from "../../data/queries.ts";
import { admin } from "../../text/admin.ts";
import { Accounts } from "./accounts.tsx";
import { Keys } from "./keys.tsx";
import { NewAccount } from "./new-account.tsx";
import { NewKey } from "./new-key.tsx";

const text = admin.access;

/** Who has a way in: keys of systems, accounts of people. */
export default function Access() {
  const [making, setMaking] = useState<"key" | "account">();
  return (
    <>
      <PageHead title={text.title}>{text.intro}</PageHead>
      <OnlyFor who="admin">
        <div className="stack">
          <Lists onNewKey={() => setMaking("key")} onNewAccount={() => setMaking("account")} />
        </div>
        {making === "key" && <NewKey onClose={() => setMaking(undefined)} />}
        {making === "account" && <NewAccount onClose={() => setMaking(undefined)} />}
      </OnlyFor>
    </>
  );
}

function Lists({ onNewKey, onNewAccount }: { onNewKey: () => void; onNewAccount: () => void }) {
  const keys = useQuery(queries.keys());
  const accounts = useQuery(queries.accounts());
  return (
    <>
      {keys.data?.length === 0 && accounts.data?.length === 0 && (
        <div className="notice" data-tone="warn">
          <p>{text.alone}</p>
        </div>
      )}
      <div className="card card-flush">
        <div className="card-head">
          <h2>{text.accounts}</h2>
          <Button onClick={onNewAccount}>{text.newAccount}</Button>
        </div>
        <QueryState query={accounts}>{(found) => <Accounts accounts={found} />}</QueryState>
      </div>
      <div className="card card-flush">
        <div className="card-head">
          <h2>{text.keys}</h2>
          <Button onClick={onNewKey}>{text.newKey}</Button>
        </div>
        <QueryState query={keys}>{(found) => <Keys keys={found} />}</QueryState>
      </div>
    </>
  );
}
