import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { TextField } from "../../components/field.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { tell } from "../../components/toast.tsx";
import { client } from "../../data/client.ts";
import { queries } from "../../data/queries.ts";
import { common } from "../../text/common.ts";
import { district } from "../../text/district.ts";
import type { Found } from "./finding-kind.tsx";

const text = district.work;

/** Accepts warnings with a reason, by the name of whoever is signed in. */
export function AcceptWarnings({
  hash,
  findings,
  onClose,
}: {
  hash: string;
  findings: readonly Found[];
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const queryClient = useQueryClient();
  const accept = useMutation({
    mutationFn: () => client.acknowledge(hash, { finding_ids: findings.map(({ finding_id }) => finding_id), reason }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queries.findings(hash).queryKey });
      tell(text.done);
      onClose();
    },
  });
  return (
    <Dialog title={text.acceptTitle(findings.length)} onClose={onClose}>
      <p>{text.acceptText}</p>
      <p className="small muted">{findings[0].message}</p>
      {accept.isError && <ProblemNotice error={accept.error} />}
      <form className="form" action={() => accept.mutate()}>
        <TextField
          label={text.reason}
          hint={text.reasonHint}
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="row row-end">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="main" disabled={accept.isPending || reason.trim() === ""}>
            {text.accept}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
