export { ApiError } from "./api-error.ts";
export { type ClientOptions, type Page, type PageQuery, TriviumClient } from "./client.ts";
export type { JobEvent } from "./follow.ts";
