import type { VroomDocument } from "@trivium/model";
import { verifyVroom } from "@trivium/verify";
import { expect, test } from "vitest";
import example from "../golden/vroom-example-2.json" with { type: "json" };
import own from "../golden/vroom-own.json" with { type: "json" };
import { answered } from "./answered.ts";
import { randomDocument } from "./random-document.ts";

test("VROOM's own example with a matrix gets VROOM's own answer", async () => {
  expect(await answered(example.document as VroomDocument, 200)).toMatchObject(example.answer);
});

test("a document with a bit of everything gets the answer that was checked by hand", async () => {
  const document = own.document as unknown as VroomDocument;
  const answer = await answered(document, 1000);
  expect(verifyVroom(document, answer).violations).toEqual([]);
  expect(answer).toEqual(own.answer);
});

test("the same seed and iterations give the same answer", async () => {
  const document = randomDocument(7);
  expect(await answered(document, 500)).toEqual(await answered(document, 500));
});

test("answers to 120 documents with a bit of everything hold by every rule, and name a reason for all that is left out", async () => {
  let served = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const document = randomDocument(seed);
    const answer = await answered(document, 600);
    const { violations } = verifyVroom(document, answer);
    expect(violations.map(({ rule, message }) => `seed ${seed}: ${rule}: ${message}`)).toEqual([]);
    served += answer.summary.routes;
  }
  expect(served).toBeGreaterThan(120);
});

test("a route that is only timed is not changed, and what it violates is named as VROOM names it", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const document = randomDocument(seed);
    const { jobs = [], shipments = [] } = document;
    const steps = [
      ...jobs.map(({ id }) => ({ type: "job" as const, id })),
      ...shipments.flatMap(({ pickup, delivery }) => [
        { type: "pickup" as const, id: pickup.id },
        { type: "delivery" as const, id: delivery.id },
      ]),
    ];
    const vehicles = document.vehicles.map((vehicle, v) => (v === 0 ? { ...vehicle, steps } : vehicle));
    const asked = { ...document, vehicles, options: { c: true } };
    const answer = await answered(asked, 1);
    expect(
      answer.routes[0].steps
        .filter(({ type }) => type !== "start" && type !== "end")
        .map(({ type, id }) => ({ type, id })),
    ).toEqual(steps);
    expect(
      verifyVroom(asked, answer).violations.map(({ rule, message }) => `seed ${seed}: ${rule}: ${message}`),
    ).toEqual([]);
  }
});
