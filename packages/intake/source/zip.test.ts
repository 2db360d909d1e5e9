import { deflateRawSync } from "node:zlib";
import { InputError } from "@trivium/model";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { DistrictFixture } from "../fixture/district-fixture.ts";
import { readDistrictFiles } from "../index.ts";
import { readZip, ZIP_LIMITS } from "./zip.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const zeros = (bytes: number) => new Uint8Array(bytes);

function refusal(zip: Uint8Array): string {
  try {
    readZip(zip);
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  return "read";
}

/** The zip with the unpacked size of its only entry overwritten, in its local header and in the directory. */
function lying(zip: Uint8Array, size: number): Uint8Array {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 30 < copy.length; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, size, true);
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  }
  return copy;
}

test("a district's zip reads as its files do, wrapped in a folder and with what a Mac adds", async () => {
  const district = new DistrictFixture();
  const wrapped = [...district.files()].map(([path, bytes]) => [`Elm/${path}`, bytes] as const);
  const noise = [
    ["__MACOSX/Elm/._schools.csv", encode("x")],
    ["Elm/.DS_Store", encode("x")],
  ] as const;
  const files = readZip(zipSync(Object.fromEntries([...wrapped, ...noise])));
  const { dataset, report } = await readDistrictFiles(files);
  expect(report.findings).toEqual([]);
  expect(dataset?.hash).toBe((await district.read()).dataset?.hash);
});

test("entries stored without compression are read too", () => {
  const files = readZip(zipSync({ "schools.csv": encode("school_id\nHS\n"), "empty.csv": encode("") }, { level: 0 }));
  expect(new TextDecoder().decode(files.get("schools.csv"))).toBe("school_id\nHS\n");
  expect(files.get("empty.csv")?.length).toBe(0);
});

test("an entry that unpacks hundreds of times its size is refused before it is unpacked", () => {
  expect(refusal(zipSync({ "students.csv": zeros(32_000_000) }))).toBe("zip-bomb");
});

test("an entry that holds more than it declares is stopped while it is unpacked", () => {
  const bomb = zipSync({ "students.csv": zeros(32_000_000) });
  expect(refusal(lying(bomb, 5_000_000))).toBe("zip-bomb");
});

test("too many entries are refused", () => {
  const many = Object.fromEntries(Array.from({ length: ZIP_LIMITS.entries + 1 }, (_, i) => [`${i}.csv`, encode("a")]));
  expect(refusal(zipSync(many))).toBe("zip-bomb");
});

test("a zip that would unpack to more than the limit is refused by its directory alone", () => {
  expect(refusal(lying(zipSync({ "students.csv": deflateRawSync(zeros(1000)) }), 0xfffffff0))).toBe("zip-bomb");
});

test.each(["../evil.csv", "a/../../evil.csv", "/etc/evil.csv", "C:/evil.csv", "a\\..\\evil.csv"])(
  "an entry %s that leaves its folder refuses the whole zip",
  (name) => {
    expect(refusal(zipSync({ "schools.csv": encode("x"), [name]: encode("x") }))).toBe("zip-unsafe-path");
  },
);

test("what is cut short, damaged or no zip at all is told, not half read", () => {
  const random = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 251);
  const zip = zipSync({ "schools.csv": random, "students.csv": random });
  const damaged = zip.slice();
  damaged.fill(255, 60, 200);
  expect(refusal(zip.subarray(0, zip.length - 300))).toBe("zip-unreadable");
  expect(refusal(damaged)).toBe("zip-unreadable");
  expect(refusal(encode("school_id,name"))).toBe("zip-unreadable");
  expect(refusal(new Uint8Array(0))).toBe("zip-unreadable");
});

test("two districts in one zip are refused", async () => {
  const files = new Map([
    ["a/district.json", encode("{}")],
    ["b/district.json", encode("{}")],
  ]);
  await expect(readDistrictFiles(files)).rejects.toThrow(/several districts/);
});
