/** `npm run test:faults`: the forms that take minutes. */
export const LONG = process.env.TRIVIUM_FAULTS === "long";
