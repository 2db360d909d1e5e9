import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { ApiError } from "@trivium/client";
import type { Role } from "@trivium/model";
import { client, rememberCsrf } from "./client.ts";

/** Who is signed in; null where nobody is and somebody must be. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => {
    try {
      const session = await client.access.session();
      rememberCsrf(session.csrf_token);
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Whether whoever sits here may do what a role may: pages show what they may not do as text, not as a dead button. */
export function useMay(): (...roles: Role[]) => boolean {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (...roles) => roles.some((role) => session?.roles.includes(role));
}
