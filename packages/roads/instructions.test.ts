import { expect, test } from "vitest";
import { instructionOf } from "./instructions.ts";

test.each([
  [["depart", "Mill Lane"], "Set out on Mill Lane"],
  [["depart", ""], "Set out"],
  [["left", "Mill Lane"], "Turn left onto Mill Lane"],
  [["right", ""], "Turn right"],
  [["slight right", "Ramp"], "Keep right onto Ramp"],
  [["sharp left", ""], "Turn sharply left"],
  [["straight", "Main Street"], "Continue on Main Street"],
  [["straight", ""], "Continue straight"],
  [["u-turn", "Mill Lane"], "Turn round on Mill Lane"],
  [["roundabout", "High Street", 2], "At the roundabout take the second exit onto High Street"],
  [["roundabout", "", 11], "At the roundabout take the 11th exit"],
  [["roundabout", "High Street"], "Drive through the roundabout onto High Street"],
  [["arrive", "Mill Lane"], "Arrive on Mill Lane"],
  [["arrive", ""], "Arrive"],
] as const)("%j reads %s", ([manoeuvre, street, exit], line) => {
  expect(instructionOf(manoeuvre, street, exit as number | undefined)).toBe(line);
});
