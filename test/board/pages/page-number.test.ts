import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIRST_PAGE, makerOf, pageIdOf } from "../../../src/board/pages/page-id.ts";
import { FIRST_DOCUMENT, INDEX_DOCUMENT } from "../../../src/board/document/document-number.ts";
import { documentOfPage, pageOfDocument } from "../../../src/board/pages/page-number.ts";

const MOST = 2 ** 32 - 1;
const page = fc.tuple(fc.integer({ min: 1, max: MOST }), fc.integer({ min: 0, max: 2 ** 20 - 1 }));

describe("the number of a page's document", () => {
  test("is the page's alone, and tells which", () => {
    fc.assert(
      fc.property(page, page, ([session, n], [other, m]) => {
        const id = pageIdOf(session, n);
        const number = documentOfPage(id)!;
        expect(pageOfDocument(number)).toBe(id);
        expect(makerOf(id)).toEqual({ session, n });
        expect(number > INDEX_DOCUMENT && Number.isSafeInteger(number)).toBe(true);
        const isSame = session === other && n === m;
        expect(documentOfPage(pageIdOf(other, m)) === number).toBe(isSame);
      }),
    );
  });

  test("is the same for all versions", () => {
    expect(documentOfPage(FIRST_PAGE)).toBe(FIRST_DOCUMENT);
    expect([FIRST_DOCUMENT, INDEX_DOCUMENT]).toEqual([0, 1]);
    expect(documentOfPage("1.0")).toBe(2 ** 20);
    expect(documentOfPage("1z141z3.mh34")).toBeUndefined();
    expect(documentOfPage("1z141z3.mh33")).toBe(2 ** 52 - 1);
    expect(documentOfPage(pageIdOf(4242, 7))).toBe(4242 * 2 ** 20 + 7);
  });

  test.each([
    "0.0",
    "0.1",
    "7",
    "7.",
    ".7",
    "07.0",
    "7.00",
    "7.mh34",
    "1z141z4.0",
    "7.0.m",
    "7.G",
    " 7.0",
    "-7.0",
  ])("is none of what is no page's id: %s", (id) => {
    expect(documentOfPage(id)).toBeUndefined();
    expect(makerOf(id)).toBeUndefined();
  });

  test.each([
    INDEX_DOCUMENT,
    2,
    2 ** 20 - 1,
    2 ** 52,
    2 ** 53,
    -1,
    -(2 ** 20),
    2 ** 20 + 0.5,
    NaN,
    Infinity,
    -Infinity,
  ])("tells no page where it is none: %d", (number) => expect(pageOfDocument(number)).toBeUndefined());

  test("has a page at both its ends", () => {
    expect(pageOfDocument(FIRST_DOCUMENT)).toBe(FIRST_PAGE);
    expect(pageOfDocument(2 ** 20)).toBe("1.0");
    expect(pageOfDocument(2 ** 52 - 1)).toBe("1z141z3.mh33");
  });
});
