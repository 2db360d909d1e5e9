import type { Problem } from "@trivium/api";

/** A call that was answered with a problem (RFC 9457), whole in `problem`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The problem in a failed response; one that is no problem (a proxy's page) is made into one. */
export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json"))
    return new ApiError(JSON.parse(text));
  return new ApiError({
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    detail: text.slice(0, 500) || `the server answered ${response.status}`,
    instance: response.url,
    code: `http-${response.status}`,
  });
}
