import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { scanUpdate, WIRE_LIMITS } from "../../../src/board/guard/scan.ts";
import { describeDocument } from "./describe-document.ts";
import { expectAlive } from "./expect-alive.ts";
import { CONTACT, createLab, OWN, STRANGER } from "./lab.ts";
import { content, decodeRaw, deletion, encodeRaw, section } from "./raw-update.ts";

const HUGE = [2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1];
/** 2^53, 2^63 and 2^70 as variable-length integers, which no safe integer can say. */
const UNSAFE = [
  [128, 128, 128, 128, 128, 128, 128, 16],
  [128, 128, 128, 128, 128, 128, 128, 128, 128, 1],
  [128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 1],
];

/** Offers each to one page that must live on unchanged; returns those that it took. */
function taken(updates: Iterable<Uint8Array>): string[] {
  const lab = createLab();
  const before = describeDocument(lab.page.doc);
  const found: string[] = [];
  for (const update of updates) {
    if (lab.page.admit(update).kind === "ready") found.push(Buffer.from(update).toString("base64"));
  }
  if (describeDocument(lab.page.doc) !== before) found.push("something that was not told");
  expectAlive(lab);
  lab.close();
  return found;
}

/** Offers each to one page, which must live after each that it took; returns how many were offered. */
function survived(updates: Iterable<Uint8Array>): number {
  const lab = createLab();
  let count = 0;
  for (const update of updates) {
    if (lab.page.admit(update).kind === "ready") expectAlive(lab);
    count++;
  }
  expectAlive(lab);
  lab.close();
  return count;
}

/** Honest updates that the page does not have yet. */
function freshUpdates(): Uint8Array[] {
  const lab = createLab();
  const { sent } = lab;
  lab.close();
  return [...sent];
}

describe("honest bytes", () => {
  test("are read as Yjs reads them", () => {
    for (const update of freshUpdates()) {
      const scanned = scanUpdate(update);
      if (!scanned.ok) throw new Error(scanned.error);
      const raw = decodeRaw(update);
      expect(encodeRaw(raw).length).toBe(update.length);
      expect(scanned.update.structs.map(({ origin, parent, key }) => ({ origin, parent, key }))).toEqual(
        raw.sections.flatMap(({ structs }) =>
          structs.map(({ origin, parent, key }) => ({ origin, parent, key })),
        ),
      );
      expect(scanned.update.deletions).toEqual(
        raw.deletions.flatMap(({ client, ranges }) => ranges.map((range) => ({ client, ...range }))),
      );
    }
  });
});

describe("damaged bytes do no harm", () => {
  test("cut off anywhere", () => {
    for (const update of freshUpdates()) {
      expect(taken(Array.from({ length: update.length }, (_, i) => update.subarray(0, i)))).toEqual([]);
    }
  });

  test("with something behind the end", () => {
    for (const update of freshUpdates()) {
      expect(taken([new Uint8Array([...update, 0]), new Uint8Array([...update, ...update])])).toEqual([]);
    }
  });

  test("with any one bit turned", () => {
    for (const update of freshUpdates().slice(0, 3)) {
      expect(
        survived(
          Array.from({ length: update.length * 8 }, (_, bit) => {
            const turned = update.slice();
            turned[bit >> 3]! ^= 1 << (bit & 7);
            return turned;
          }),
        ),
      ).toBeGreaterThan(100);
    }
  });

  test("spliced from two updates", () => {
    const updates = freshUpdates();
    const prng = createPrng(3);
    const one = (): Uint8Array => updates[prng.below(updates.length)]!;
    expect(
      survived(
        Array.from({ length: 400 }, () => {
          const [head, tail] = [one(), one()];
          return new Uint8Array([
            ...head.subarray(0, prng.below(head.length)),
            ...tail.subarray(prng.below(tail.length)),
          ]);
        }),
      ),
    ).toBeGreaterThan(100);
  });

  test("at random", () => {
    const prng = createPrng(4);
    expect(
      survived(
        Array.from({ length: 2000 }, () =>
          Uint8Array.from({ length: prng.below(60) }, () => prng.below(256)),
        ),
      ),
    ).toBeGreaterThan(100);
  });

  test("of Yjs's other format (V2)", () => {
    expect(
      taken([new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), new Uint8Array([0, 0, 1, 0])]),
    ).toEqual([]);
  });
});

describe("claims beyond the bytes are refused without room being made for them", () => {
  const honest = decodeRaw(freshUpdates()[0]!);
  const [first] = honest.sections;

  test.each(HUGE)("%i sessions, writes, deletions", (claimed) => {
    expect(
      taken([
        encodeRaw({ ...honest, claimedSections: claimed }),
        encodeRaw({ ...honest, sections: [{ ...first!, claimed }] }),
        encodeRaw({ sections: [], deletions: [{ client: CONTACT, ranges: [], claimed }] }),
      ]),
    ).toEqual([]);
  });

  test.each(UNSAFE)("integers that no safe integer can say (%#)", (...number) => {
    expect(
      taken([
        new Uint8Array(number),
        new Uint8Array([1, ...number]),
        new Uint8Array([1, 1, ...number]),
        new Uint8Array([1, 1, STRANGER, ...number]),
        new Uint8Array([1, 1, STRANGER, 0, 0x84, ...number]),
        new Uint8Array([1, 1, STRANGER, 0, 4, 1, ...number]),
        new Uint8Array([0, ...number]),
        new Uint8Array([0, 1, ...number]),
        new Uint8Array([0, 1, STRANGER, 1, ...number]),
        new Uint8Array([0, 1, STRANGER, 1, 0, ...number]),
      ]),
    ).toEqual([]);
  });

  test("30 million writes in 8 bytes, and 2 billion deleted ones", () => {
    expect(
      taken([
        section(STRANGER, 0, { content: content.gc(30_000_000) }),
        section(STRANGER, 0, { content: content.skip(30_000_000) }),
        section(STRANGER, 0, { parent: "items", content: content.deleted(2 ** 31 - 2) }),
      ]),
    ).toEqual([]);
  });

  test("texts and values longer than the update", () => {
    const long = new Uint8Array([255, 255, 255, 255, 7, 65]);
    expect(
      taken([
        section(STRANGER, 0, { parent: "items", content: { ref: 4, bytes: long } }),
        section(STRANGER, 0, { parent: "marks", key: "7.0", content: { ref: 3, bytes: long } }),
        section(STRANGER, 0, { parent: "meta", key: "format", content: { ref: 8, bytes: long } }),
      ]),
    ).toEqual([]);
  });

  test("numbers in a longer spelling than theirs", () => {
    const [client, clock] = [0x80 | STRANGER, 0];
    expect(
      taken([
        new Uint8Array([1, 1, client, clock, 0, 7, 1, 5, 105, 116, 101, 109, 115, 2, 0]),
        new Uint8Array([0x81, 0, 1, STRANGER, 0, 7, 1, 5, 105, 116, 101, 109, 115, 2, 0]),
      ]),
    ).toEqual([]);
  });

  test("more bytes, writes, sessions or deletions than a message needs", () => {
    const many = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
    expect(
      taken([
        new Uint8Array(WIRE_LIMITS.bytes + 1),
        section(
          STRANGER,
          0,
          ...many(WIRE_LIMITS.structs + 1).map(() => ({ parent: "items", content: content.text() })),
        ),
        encodeRaw({
          sections: [],
          deletions: many(WIRE_LIMITS.sessions + 1).map((client) => ({
            client,
            ranges: [{ clock: 0, length: 1 }],
          })),
        }),
        deletion(OWN, ...many(WIRE_LIMITS.deletions + 1).map((i): [number, number] => [i * 2, 1])),
      ]),
    ).toEqual([]);
  });

  test("values nested a hundred thousand deep", () => {
    for (const ref of [8, 5, 9]) {
      expect(
        taken([
          section(STRANGER, 0, {
            parent: "meta",
            key: "format",
            content: { ref, bytes: new Uint8Array([1, ...new Uint8Array(60_000).fill(117)]) },
          }),
        ]),
      ).toEqual([]);
    }
  });
});
