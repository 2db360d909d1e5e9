import type { Log } from "@trivium/api";
import pino from "pino";
import type { Environment } from "./environment.ts";

/** One JSON line an event on stderr, from LOG_LEVEL up. Errors keep their stack, and nothing that was sent. */
export const logOf = ({ LOG_LEVEL }: Environment): Log =>
  pino({ level: LOG_LEVEL, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
