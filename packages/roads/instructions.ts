import type { Manoeuvre } from "@trivium/model";

const ORDINALS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

/** A line of a driver's sheet. `street` is the one driven afterwards, empty where it has no name; `exit` counts a roundabout's exits from 1. */
export function instructionOf(manoeuvre: Manoeuvre, street: string, exit?: number): string {
  const onto = street === "" ? "" : ` onto ${street}`;
  switch (manoeuvre) {
    case "depart":
      return street === "" ? "Set out" : `Set out on ${street}`;
    case "arrive":
      return street === "" ? "Arrive" : `Arrive on ${street}`;
    case "straight":
      return street === "" ? "Continue straight" : `Continue on ${street}`;
    case "u-turn":
      return street === "" ? "Turn round" : `Turn round on ${street}`;
    case "roundabout": {
      const ordinal = exit === undefined ? "" : (ORDINALS[exit] ?? `${exit}th`);
      return ordinal === ""
        ? `Drive through the roundabout${onto}`
        : `At the roundabout take the ${ordinal} exit${onto}`;
    }
    case "slight left":
    case "slight right":
      return `Keep ${manoeuvre.slice(7)}${onto}`;
    case "sharp left":
    case "sharp right":
      return `Turn sharply ${manoeuvre.slice(6)}${onto}`;
    default:
      return `Turn ${manoeuvre}${onto}`;
  }
}
