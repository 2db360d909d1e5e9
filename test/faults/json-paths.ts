interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly requestBody?: { readonly content: object } }>>>
  >;
}

/** The calls of an OpenAPI document that take JSON. */
export function jsonPaths({ paths }: Document): { method: string; path: string }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { requestBody }]) => requestBody && "application/json" in requestBody.content)
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );
}
