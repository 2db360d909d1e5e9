export { ApiError } from "./api-error.ts";
export { TriviumClient } from "./client.ts";
export type { JobEvent } from "./follow.ts";
export type { ClientOptions, Page, PageQuery } from "./transport.ts";
