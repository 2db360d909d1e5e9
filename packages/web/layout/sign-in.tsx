import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../components/button.tsx";
import { Field } from "../components/field.tsx";
import { ProblemNotice } from "../components/states.tsx";
import { client, rememberCsrf } from "../data/client.ts";
import { sessionQuery } from "../data/session.tsx";
import { common } from "../text/common.ts";
import { session as text } from "../text/session.ts";

const PROVIDER = "/v1/session/provider";
/** Whether the district has an identity provider: its address leads away from here, or is unknown. */
const hasProvider = async () => (await fetch(PROVIDER, { redirect: "manual" })).type === "opaqueredirect";

export function SignIn() {
  const queryClient = useQueryClient();
  const { data: byProvider } = useQuery({ queryKey: ["provider"], queryFn: hasProvider });
  const signIn = useMutation({
    mutationFn: (form: FormData) => client.access.signIn(String(form.get("login")), String(form.get("password"))),
    onSuccess: (session) => {
      rememberCsrf(session.csrf_token);
      queryClient.setQueryData(sessionQuery.queryKey, session);
    },
  });
  return (
    <main className="sign-in">
      <form className="card form" action={(form) => signIn.mutate(form)}>
        <div className="bar-brand">
          <img src="/icon.svg" alt="" />
          {common.product}
        </div>
        <h1>{text.title}</h1>
        <p className="muted small">{text.intro}</p>
        {signIn.isError && <ProblemNotice error={signIn.error} />}
        <Field label={text.login} name="login" autoComplete="username" required />
        <Field label={text.password} name="password" type="password" autoComplete="current-password" required />
        <Button type="submit" look="main" disabled={signIn.isPending}>
          {text.signIn}
        </Button>
        {byProvider && <a href={PROVIDER}>{text.byProvider}</a>}
      </form>
    </main>
  );
}
