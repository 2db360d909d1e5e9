import { describe, expect, test } from "vitest";
import { blocksBus, busRestriction, busWay, turnS } from "./profile.ts";
import { NODE_RULES, tagsOf, WAY_RULES } from "./testing/bus-tags.ts";

describe("the bus's access, direction and speed by the tags of a way", () => {
  // [tags, km/h along the way, km/h against it, may riders board]
  test.each(WAY_RULES)("%s", (tags, forwardKmh, backwardKmh, board) => {
    const way = busWay(tagsOf(tags));
    expect(way.forwardKmh).toBeCloseTo(forwardKmh, 6);
    expect(way.backwardKmh).toBeCloseTo(backwardKmh, 6);
    if (forwardKmh + backwardKmh > 0) expect(way.board).toBe(board);
  });
});

test.each(NODE_RULES)("a node with %s stops the bus: %s", (tags, stops) => {
  expect(blocksBus(tagsOf(tags))).toBe(stops);
});

test.each([
  ["type=restriction restriction=no_left_turn", "no_left_turn"],
  ["type=restriction restriction=only_straight_on", "only_straight_on"],
  ["type=restriction restriction=no_left_turn except=bus", null],
  ["type=restriction restriction=no_left_turn except=bicycle;psv", null],
  ["type=restriction restriction=no_left_turn except=bicycle", "no_left_turn"],
  ["type=restriction restriction:bus=no_right_turn", "no_right_turn"],
  ["type=restriction restriction:hgv=no_right_turn", null],
  ["type=multipolygon restriction=no_left_turn", null],
])("a relation with %s binds the bus as %s", (tags, rule) => {
  expect(busRestriction(tagsOf(tags))).toBe(rule);
});

test("left turns cost more than right ones, sharp ones more than wide ones, straight on nothing", () => {
  expect([0, 30, 90, -90, 150, -150, 180].map(turnS)).toEqual([0, 0, 3, 8, 7, 12, 30]);
});
