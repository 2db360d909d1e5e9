import { useSuspenseQuery } from "@tanstack/react-query";
import { Component, Suspense } from "react";
import { Route, Switch } from "wouter";
import { NotFound } from "./components/not-found.tsx";
import { ErrorState, LoadingState } from "./components/states.tsx";
import { Toasts } from "./components/toast.tsx";
import { sessionQuery } from "./data/session.tsx";
import { Shell } from "./layout/shell.tsx";
import { SignIn } from "./layout/sign-in.tsx";
import { AREAS } from "./routes.ts";

const ROUTES = AREAS.flatMap(({ pages }) => pages);

export function App() {
  return (
    <Caught>
      <Suspense fallback={<LoadingState />}>
        <SignedIn />
      </Suspense>
      <Toasts />
    </Caught>
  );
}

function SignedIn() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (session === null) return <SignIn />;
  return (
    <Shell>
      <Caught>
        <Suspense fallback={<LoadingState />}>
          <Switch>
            {ROUTES.map(({ path, Page }) => (
              <Route key={path} path={path}>
                <Page />
              </Route>
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </Caught>
    </Shell>
  );
}

/** What a page throws is shown in its place; the navigation stays. */
class Caught extends Component<{ children: React.ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ErrorState error={this.state.error} retry={() => this.setState({ error: null })} />;
  }
}
