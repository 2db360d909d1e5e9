import { VERSION } from "@trivium/model";
import type { Api } from "./api.ts";
import { withExamples } from "./examples.ts";

/** The OpenAPI 3.1 document, generated from the schemas that validate. */
export function openApiDocument(api: Api): ReturnType<Api["getOpenAPI31Document"]> {
  api.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description: "an API key: `trivium keys add`, or POST /v1/keys",
  });
  api.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "trivium_session",
    description: "a browser's session: POST /v1/session. Calls that change something carry X-CSRF-Token",
  });
  return withExamples(
    api.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title: "Trivium",
        version: VERSION,
        description:
          "Operations optimization for school districts: upload a district, describe a scenario, solve it, follow the job, read, compare and export the verified plan. Errors are RFC 9457 problems; creating calls take an Idempotency-Key; lists are paged by cursor.",
        license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      },
      tags: ["datasets", "scenarios", "jobs", "plans", "approvals", "feedback", "access", "operation"].map((name) => ({
        name,
      })),
    }),
  );
}
