import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/board/document/limits.ts";
import type { Address } from "../../../src/env/host.ts";
import { createMissedBook } from "../../../src/sync/voice/missed-book.ts";
import type { MissedBook, MissedCall } from "../../../src/sync/voice/missed-book.ts";

const NOW = 1_000_000;

function missed(call: number, by: Address | undefined, to: readonly Address[], isOwn = false): MissedCall {
  return { call, by, at: NOW, isOwn, to: new Set(to), said: new Map() };
}

/** As a device keeps it; `bytes` is what a page that opens next reads. */
function open(before = new Uint8Array(0), now = NOW): { book: MissedBook; bytes(): Uint8Array<ArrayBuffer> } {
  let bytes = before;
  const book = createMissedBook();
  const kept = {
    read: () => bytes,
    write(next: Uint8Array) {
      bytes = next.slice();
    },
  };
  book.keep(kept, now, (address) => address !== "stranger");
  return { book, bytes: () => bytes };
}

const calls = (book: MissedBook): number[] => book.all().map(({ call }) => call);

describe("[S21] what is kept of calls that rang in vain", () => {
  test("is read as it was written, with what this person knows of", () => {
    const { book, bytes } = open();
    book.rang(missed(0xffff_fff0, undefined, ["bo", "cy"]));
    book.rang(missed(2, "bo", ["cy"], true));
    book.rang(missed(3, "cy", [], true));
    book.reached(3, undefined);
    const again = open(bytes()).book;
    expect(again.all()).toEqual(book.all());
    expect(again.all()).toHaveLength(2);
    expect([2, 3].map((call) => again.isKnown(call))).toEqual([false, true]);
  });

  test("holds the newest of each who rang, and few", () => {
    const { book } = open();
    for (let call = 0; call < 30; call++) book.rang(missed(call, `p${call % 20}`, ["bo"]));
    expect(calls(book)).toHaveLength(LIMITS.missedCalls.writes);
    for (const call of [30, 31]) book.rang(missed(call, undefined, ["bo"]));
    expect(calls(book)).toContain(31);
    expect(calls(book)).not.toContain(30);
  });

  test("is a call until everybody knows of it", () => {
    const { book } = open();
    book.rang(missed(1, "ann", ["bo", "cy"], true));
    for (const who of ["bo", "bo", undefined, "dora"]) book.reached(1, who);
    expect(calls(book)).toEqual([1]);
    book.reached(1, "cy");
    expect(calls(book)).toEqual([]);
  });

  test("is nothing where it is damaged, old, or by people who are not here", () => {
    const { book, bytes } = open();
    book.rang(missed(1, undefined, ["bo"]));
    book.rang(missed(2, "stranger", ["bo"], true));
    for (let length = 0; length < bytes().length; length++)
      expect(calls(open(bytes().slice(0, length)).book)).toEqual([]);
    expect(calls(open(bytes()).book)).toEqual([1]);
    expect(calls(open(bytes(), NOW + 60 * 24 * 15).book)).toEqual([]);
  });

  test("of before goes behind what happened meanwhile", () => {
    const { book, bytes } = open();
    book.rang(missed(1, undefined, ["bo"]));
    book.rang(missed(2, "cy", [], true));
    const later = createMissedBook();
    later.rang(missed(3, undefined, ["bo"]));
    const kept = bytes();
    later.keep({ read: () => kept, write: () => undefined }, NOW, () => true);
    expect(new Set(calls(later))).toEqual(new Set([2, 3]));
  });
});
