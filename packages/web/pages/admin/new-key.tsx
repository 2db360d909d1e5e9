import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { client } from "../../data/client.ts";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";
import { GrantFields, readGrant } from "./grant-fields.tsx";
import { ShownOnce } from "./shown-once.tsx";

const text = admin.access;

export function NewKey({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: async (form: FormData) => {
      const until = String(form.get("expires"));
      return client.access.createKey({
        label: String(form.get("label")),
        ...readGrant(form),
        expires_at: until === "" ? null : new Date(`${until}T23:59:59`).toISOString(),
      });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["keys"] }),
  });
  if (make.data)
    return <ShownOnce title={text.tokenTitle} hint={text.tokenText} secret={make.data.token} onClose={onClose} />;
  return (
    <Dialog title={text.newKey} onClose={onClose}>
      {make.isError && <ProblemNotice error={make.error} />}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(new FormData(event.currentTarget));
        }}
      >
        <Field label={text.label} hint={text.labelHint} name="label" required maxLength={200} />
        <GrantFields />
        <Field label={text.expires} name="expires" type="date" />
        <div className="row row-end">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="main" disabled={make.isPending}>
            {text.newKey}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
