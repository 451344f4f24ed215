import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { MAX_DOCUMENT } from "../../../src/board/document/document-number.ts";
import { readRoster, writeRoster } from "../../../src/sync/wire/roster-codec.ts";
import type { RosterEntry } from "../../../src/sync/wire/roster-codec.ts";

const DIGEST = { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } };
const DIGEST_BYTES = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0];

const listOf = (count: number): RosterEntry[] =>
  Array.from({ length: count }, (_, i): RosterEntry => [2 ** 40 + i, DIGEST]);
const encode = (entries: readonly RosterEntry[]): Uint8Array =>
  encoding.encode((encoder) => writeRoster(encoder, { isFirst: true, entries }));
const read = (bytes: Uint8Array): unknown => readRoster(decoding.createDecoder(bytes));

describe("[S19] a list", () => {
  test("of documents that one session made costs 17 bytes for each", () => {
    const bytes = encode(listOf(100));
    expect(bytes.length).toBeLessThan(100 * 17 + 10);
    expect(read(bytes)).toEqual({ type: "roster", isFirst: true, entries: listOf(100) });
  });

  test("of more documents than a part may list is refused", () => {
    const most = LIMITS.listedDocuments.takes;
    expect(read(encode(listOf(most)))).toMatchObject({ entries: listOf(most) });
    expect(() => read(encode(listOf(most + 1)))).toThrow(Error);
  });

  test("that has one twice, the index or the first, or a number beyond the last is refused", () => {
    const bytes = (...deltas: number[][]): Uint8Array =>
      Uint8Array.of(1, deltas.length, ...deltas.flatMap((delta) => [...delta, ...DIGEST_BYTES]));
    expect(read(bytes([1], [5]))).toMatchObject({
      entries: [
        [2, DIGEST],
        [7, DIGEST],
      ],
    });
    expect(() => read(bytes([0]))).toThrow(Error);
    expect(() => read(bytes([1], [0]))).toThrow(Error);
    const beyond = encoding.encode((encoder) => encoding.writeVarUint(encoder, MAX_DOCUMENT));
    expect(() => read(bytes([...beyond]))).toThrow(Error);
  });

  test("that is cut is refused, or noticed by who reads the frame", () => {
    const whole = encode(listOf(3));
    for (let length = 0; length < whole.length; length++) {
      const decoder = decoding.createDecoder(whole.subarray(0, length));
      let isWhole = true;
      try {
        readRoster(decoder);
        isWhole = decoder.pos <= length;
      } catch {
        isWhole = false;
      }
      expect(isWhole, String(length)).toBe(false);
    }
  });
});
