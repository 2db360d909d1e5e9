import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { tell } from "../../components/toast.tsx";
import { client } from "../../data/client.ts";
import { sessionQuery } from "../../data/session.tsx";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";
import { GrantFields, readGrant } from "./grant-fields.tsx";

const text = admin.access;

export function NewAccount({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: async (form: FormData) => {
      const given = (name: string) => String(form.get(name)).trim();
      return client.access.createAccount({
        login: given("login"),
        ...(given("name") === "" ? {} : { name: given("name") }),
        ...(given("password") === "" ? {} : { password: String(form.get("password")) }),
        ...readGrant(form),
      });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["accounts"] });
      tell(text.madeAccount);
      onClose();
      // The first account ends the time in which this machine's user may do everything: then somebody has to sign in.
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <Dialog title={text.newAccount} onClose={onClose}>
      {make.isError && <ProblemNotice error={make.error} />}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(new FormData(event.currentTarget));
        }}
      >
        <div className="form-row">
          <Field label={text.login} name="login" required maxLength={320} autoComplete="off" />
          <Field label={text.name} name="name" maxLength={200} autoComplete="off" />
        </div>
        <Field
          label={text.password}
          hint={text.passwordHint}
          name="password"
          type="password"
          autoComplete="new-password"
        />
        <GrantFields />
        <div className="row row-end">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="main" disabled={make.isPending}>
            {text.newAccount}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
