import * as fc from "fast-check";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { decodeParts, decodeRecord, encodeRecord } from "../../../src/board/storage/record.ts";
import type { StoredRecord } from "../../../src/board/storage/record.ts";

const BOARD = "b0123";
const number = fc.integer({ min: 0, max: 2 ** 40 });
const record: fc.Arbitrary<StoredRecord> = fc.record({
  kind: fc.constantFrom("snapshot" as const, "journal" as const, "head" as const, "run" as const),
  sequence: number,
  index: number,
  count: number,
  writer: number,
  isPieced: fc.boolean(),
  payload: fc.uint8Array({ maxLength: 300 }),
});

test("a record decodes to what was encoded", () => {
  fc.assert(
    fc.property(record, (each) => {
      expect(decodeRecord(encodeRecord(each, BOARD), BOARD)).toEqual({ kind: "record", record: each });
    }),
  );
});

test("the bytes of a record are the same in every version", () => {
  const payload = new Uint8Array([7, 8]);
  const plain = { isPieced: false, payload };
  const former: StoredRecord = { kind: "journal", sequence: 3, index: 1, count: 0, writer: 0, ...plain };
  const written: StoredRecord = { kind: "run", sequence: 3, index: 1, count: 2, writer: 300, ...plain };
  expect(Buffer.from(encodeRecord(written, BOARD)).toString("hex")).toMatchInlineSnapshot(
    `"4b490303001900bbfa41df51030102ac02020708a02f73c2fd745948"`,
  );
  // As the first two versions wrote them. Of the first, whichever board asks, it is read.
  for (const hex of [
    "4b490201001900bbfa41df51030100020708d21da62f5caffdb2",
    "4b490101030100020708dc619ec11cb3e397",
  ]) {
    expect(decodeRecord(Buffer.from(hex, "hex"), BOARD)).toEqual({ kind: "record", record: former });
  }
});

test("a record of another board is told apart", () => {
  fc.assert(
    fc.property(record, (each) => {
      expect(decodeRecord(encodeRecord(each, "b4567"), BOARD)).toEqual({ kind: "foreign" });
    }),
  );
});

test("a damaged record is noticed: any byte changed, anything cut off or added", () => {
  fc.assert(
    fc.property(record, fc.nat(), fc.integer({ min: 1, max: 255 }), (each, place, flip) => {
      const bytes = encodeRecord(each, BOARD);
      const at = place % bytes.length;
      expect(
        decodeRecord(
          bytes.map((byte, i) => (i === at ? byte ^ flip : byte)),
          BOARD,
        ),
      ).toEqual({
        kind: "damaged",
      });
      expect(decodeRecord(bytes.subarray(0, at), BOARD)).toEqual({ kind: "damaged" });
      expect(decodeRecord(new Uint8Array([...bytes, flip]), BOARD)).toEqual({ kind: "damaged" });
    }),
  );
});

test("parts of a former journal are read up to the first that is cut off", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), fc.nat(), (parts, place) => {
      const payload = encoding.encode((encoder) => {
        for (const part of parts) encoding.writeVarUint8Array(encoder, part);
      });
      expect(decodeParts(payload)).toEqual(parts);
      const cut = decodeParts(payload.subarray(0, place % (payload.length + 1)));
      expect(cut).toEqual(parts.slice(0, cut.length));
    }),
  );
});
