import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { tell } from "../../components/toast.tsx";
import { client } from "../../data/client.ts";
import { common } from "../../text/common.ts";
import { district } from "../../text/district.ts";

const text = district.dataset;

/** Asks once more: what goes with a dataset cannot be brought back. */
export function RemoveDataset({ hash, onClose }: { hash: string; onClose: () => void }) {
  const [, navigate] = useLocation();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.removeDataset(hash),
    onSuccess: () => {
      navigate("/district");
      void queryClient.invalidateQueries();
      tell(text.removed);
    },
  });
  return (
    <Dialog title={text.removeTitle} onClose={onClose}>
      <p>{text.removeText}</p>
      {remove.isError && <ProblemNotice error={remove.error} />}
      <div className="row row-end">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {text.remove}
        </Button>
      </div>
    </Dialog>
  );
}
