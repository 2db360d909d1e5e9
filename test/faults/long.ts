import { trial } from "./trials.ts";

/** `npm run test:faults`: the forms that take minutes. */
export const LONG = process.env.TRIVIUM_FAULTS === "long";

/** A long form is a trial, whose outcome is kept; a short one runs each time. */
export const tried = async <T>(name: string, run: () => Promise<T>, met?: (outcome: T) => boolean): Promise<T> =>
  LONG ? (await trial(name, run, met)).outcome : run();
