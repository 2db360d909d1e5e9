import type { Api } from "./api.ts";

/** An endpoint as it is described: found by a call's method and path. */
export interface DescribedEndpoint {
  readonly method: string;
  /** With `{names}`. */
  readonly path: string;
  /** Content types of its body. */
  readonly types: readonly string[];
}

/** Finds the description of what a call reaches; those that are written out go before those with names in their path. */
export function described(api: Api): (method: string, path: string) => DescribedEndpoint | undefined {
  let known: readonly (DescribedEndpoint & { pattern: RegExp })[] | undefined;
  return (method, path) => {
    known ??= api.openAPIRegistry.definitions
      .flatMap((definition) => {
        if (definition.type !== "route") return [];
        const { route } = definition;
        const pattern = new RegExp(`^${route.path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
        const types = Object.keys(route.request?.body?.content ?? {});
        return [{ method: route.method.toUpperCase(), path: route.path, types, pattern }];
      })
      .sort((a, b) => a.path.split("{").length - b.path.split("{").length);
    const called = method === "HEAD" ? "GET" : method;
    return known.find((endpoint) => endpoint.method === called && endpoint.pattern.test(path));
  };
}
