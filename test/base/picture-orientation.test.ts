import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readImageHeader } from "../../src/base/image-header.ts";
import { isWholePicture } from "../../src/base/picture-check.ts";
import { takeOrientation } from "../../src/base/picture-orientation.ts";
import { blockJpeg, exifSegment, segment } from "./block-jpeg.ts";

const GREY = [[[128]]];
const jfif = segment(0xe0, [...Buffer.from("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]);

describe("a camera's turn", () => {
  test.each(["II", "MM"] as const)("is read in the order of bytes %s, and is gone then", (order) => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const jpeg = blockJpeg({ blocks: GREY, before: [...jfif, ...exifSegment(orientation, order)] });
      expect(takeOrientation(jpeg)).toBe(orientation);
      expect(takeOrientation(jpeg)).toBe(1);
      expect(isWholePicture(jpeg, readImageHeader(jpeg)!)).toBe(true);
    }
  });

  test("is the first of several, and none stays", () => {
    const before = [...exifSegment(6, "MM"), ...jfif, ...exifSegment(3, "II")];
    const jpeg = blockJpeg({ blocks: GREY, before });
    expect(takeOrientation(jpeg)).toBe(6);
    expect(Buffer.from(jpeg).includes("Exif")).toBe(false);
  });

  test("is none where nothing says it, or nothing that there is", () => {
    expect(takeOrientation(blockJpeg({ blocks: GREY }))).toBe(1);
    for (const orientation of [0, 9, 6000])
      expect(takeOrientation(blockJpeg({ blocks: GREY, before: exifSegment(orientation, "MM") }))).toBe(1);
  });

  test("is none where its part ends before it", () => {
    for (let length = 0; length < 20; length++) {
      const exif = exifSegment(6, "MM");
      exif[3] = length;
      expect(takeOrientation(blockJpeg({ blocks: GREY, before: exif }))).toBe(1);
    }
  });

  test("is looked for without an error, whatever is damaged, and changes nothing else", () => {
    const made = blockJpeg({ blocks: GREY, before: exifSegment(6, "II") });
    fc.assert(
      fc.property(fc.nat(70), fc.uint8Array({ maxLength: 6 }), fc.nat(made.length), (at, other, length) => {
        const jpeg = made.slice();
        jpeg.set(other, at);
        const before = jpeg.slice(0, length);
        const after = jpeg.slice(0, length);
        expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(takeOrientation(after));
        const changed = [...after.keys()].filter((each) => after[each] !== before[each]);
        expect(changed.map((each) => String.fromCharCode(before[each]!)).every((was) => was === "E")).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });
});
