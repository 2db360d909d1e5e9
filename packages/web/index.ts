export { builtWeb } from "./build.ts";
