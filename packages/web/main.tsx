import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ApiError } from "@trivium/client";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { sessionQuery } from "./data/session.tsx";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/layout.css";
import "./theme/components.css";
import "./theme/print.css";

const RETRIES = 2;
const hopeless = (error: unknown) => error instanceof ApiError && error.problem.status < 500;

const queryClient: QueryClient = new QueryClient({
  // A session that has ended on the way: whoever sits here is asked to sign in again, at the page where they are.
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiError && error.problem.status === 401)
        queryClient.setQueryData(sessionQuery.queryKey, null);
    },
  }),
  defaultOptions: { queries: { retry: (failures, error) => failures < RETRIES && !hopeless(error) } },
});

const root = document.getElementById("app");
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
