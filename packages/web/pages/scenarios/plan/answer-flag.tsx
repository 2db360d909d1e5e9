import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Flag, FlagState } from "@trivium/model";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { SelectField, TextField } from "../../../components/field.tsx";
import { ProblemNotice } from "../../../components/states.tsx";
import { tell } from "../../../components/toast.tsx";
import { client } from "../../../data/client.ts";
import { queries } from "../../../data/queries.ts";
import { common } from "../../../text/common.ts";
import { scenarios } from "../../../text/scenarios.ts";

const text = scenarios.flags;

/** What becomes of a flag, and why. */
export function AnswerFlag({ flag, planId, onClose }: { flag: Flag; planId: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const answer = useMutation({
    mutationFn: (form: FormData) =>
      client.flags.triage(flag.flag_id, form.get("state") as FlagState, String(form.get("answer"))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queries.flags(planId).queryKey });
      tell(text.settled);
      onClose();
    },
  });
  return (
    <Dialog title={text.settleTitle} onClose={onClose}>
      <p>
        {flag.kind} <code>{flag.item_id}</code>: {flag.reason}
      </p>
      {answer.isError && <ProblemNotice error={answer.error} />}
      <form className="form" action={(form) => answer.mutate(form)}>
        <SelectField label={text.settleAs} name="state" options={Object.entries(text.states)} />
        <TextField label={text.answer} name="answer" required maxLength={4000} />
        <div className="row row-end">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="main" disabled={answer.isPending}>
            {text.settle}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
