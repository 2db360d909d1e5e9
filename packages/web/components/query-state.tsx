import type { UseQueryResult } from "@tanstack/react-query";
import { ErrorState, LoadingState } from "./states.tsx";

/** What a query has to say: its shape while it loads, what went wrong, or the page's part with its data. */
export function QueryState<T>({
  query,
  lines,
  children,
}: {
  query: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => React.ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <LoadingState lines={lines} />;
}
