import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "../../../src/base/bytes.ts";
import { CROP, WIDTH } from "../../../src/board/document/attributes.ts";
import { withStamp } from "../../../src/board/document/stamps.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { boundedCrop, decodePicture, encodePicture } from "../../../src/board/document/picture.ts";
import type { Picture } from "../../../src/board/document/picture.ts";
import { decodeThumbnail, encodeThumbnail } from "../../../src/board/document/thumbnail.ts";
import { blobBytes, photograph, pictureOf } from "../../support/pictures.ts";

const PICTURE = pictureOf(blobBytes(1000));
const read = (given: Partial<Picture>): Picture | undefined =>
  decodePicture(encodePicture({ ...PICTURE, ...given }));

describe("the record of a picture", () => {
  test("comes back as it was written, and always in the same characters", () => {
    expect(read({})).toEqual(PICTURE);
    expect(read({ thumbnail: new Uint8Array(0) })).toEqual({ ...PICTURE, thumbnail: new Uint8Array(0) });
    const plain = { ...PICTURE, hash: "0f".repeat(32), thumbnail: Uint8Array.of(1, 2) };
    expect(encodePicture(plain)).toBe("AQ8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PgAXgA+gHAQI=");
  });

  test("of more pixels than are decoded is none; of as many it is one", () => {
    expect(read({ width: 4096, height: 4096 })).toBeDefined();
    expect(read({ width: 4096, height: 4097 })).toBeUndefined();
    expect(read({ width: 60_000, height: 300 })).toBeUndefined();
    expect(read({ width: 0 })).toBeUndefined();
  });

  test("of more bytes than are taken is none; of as many it is one", () => {
    expect(read({ bytes: LIMITS.pictureBytes.takes })).toBeDefined();
    expect(read({ bytes: LIMITS.pictureBytes.takes + 1 })).toBeUndefined();
    expect(read({ bytes: 0 })).toBeUndefined();
  });

  test("that is longer than any is not read; with the largest thumbnail it is shorter than a page writes", () => {
    const { takes, writes } = LIMITS.pictureRecordChars;
    const long = new Uint8Array((takes / 4) * 3 - 39);
    expect(encodePicture({ ...PICTURE, thumbnail: long }).length).toBeLessThanOrEqual(takes);
    expect(read({ thumbnail: long })).toBeDefined();
    expect(read({ thumbnail: new Uint8Array(long.length + 3) })).toBeUndefined();
    const largest = { ...PICTURE, bytes: 1e6, thumbnail: new Uint8Array(LIMITS.thumbnailBytes.writes) };
    expect(encodePicture(largest).length).toBeLessThan(writes);
  });

  test("is none in other characters, cut off, or of an unknown type", () => {
    const text = encodePicture({ ...PICTURE, thumbnail: new Uint8Array(0) });
    const record = decodeBase64(text)!;
    for (let length = 0; length < record.length; length++)
      expect(decodePicture(encodeBase64(record.subarray(0, length)))).toBeUndefined();
    expect(decodePicture(encodeBase64(Uint8Array.of(3, ...record.subarray(1))))).toBeUndefined();
    expect(decodePicture(`${text.slice(0, -2)}!!`)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void decodePicture(encodeBase64(bytes))),
    );
  });
});

describe("a thumbnail", () => {
  test("has 32 pixels on its longer side at most, and is nearly the picture", () => {
    const small = decodeThumbnail(encodeThumbnail(photograph(320, 240)))!;
    expect([small.width, small.height]).toEqual([32, 24]);
    const [red, green, blue, opacity] = small.data;
    expect(Math.abs(red! - 66)).toBeLessThan(10);
    expect(Math.abs(green! - 126)).toBeLessThan(10);
    expect(Math.abs(blue! - 234)).toBeLessThan(10);
    expect(opacity).toBe(255);
    const tiny = decodeThumbnail(encodeThumbnail(photograph(3, 1)))!;
    expect([tiny.width, tiny.height]).toEqual([3, 1]);
    const flat = decodeThumbnail(encodeThumbnail(photograph(1600, 2)))!;
    expect([flat.width, flat.height]).toEqual([32, 1]);
  });

  test("of noise has fewer pixels, so that its bytes are bounded", () => {
    const data = Uint8ClampedArray.from(blobBytes(256 * 256 * 4));
    const bytes = encodeThumbnail({ width: 256, height: 256, data });
    expect(bytes.length).toBeLessThanOrEqual(LIMITS.thumbnailBytes.writes);
    const grain = encodeThumbnail({ width: 32, height: 32, data: data.slice(0, 32 * 32 * 4) });
    expect(grain.length).toBeLessThanOrEqual(LIMITS.thumbnailBytes.writes);
    expect(decodeThumbnail(grain)!.width).toBe(16);
  });

  test("keeps what shows through", () => {
    const data = Uint8ClampedArray.from([200, 100, 0, 0, 200, 100, 0, 136]);
    expect([...decodeThumbnail(encodeThumbnail({ width: 2, height: 1, data }))!.data]).toEqual([
      // Nothing has no colour.
      0, 0, 0, 0, 206, 99, 0, 136,
    ]);
  });

  test("is none where the bytes are others, and never more than its size", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void decodeThumbnail(bytes)));
    expect(decodeThumbnail(new Uint8Array(0))).toBeUndefined();
    const good = encodeThumbnail(photograph(32, 32));
    expect(decodeThumbnail(Uint8Array.of(31, 30, ...good.subarray(2)))).toBeUndefined();
    expect(decodeThumbnail(Uint8Array.of(32, 31, ...good.subarray(2)))).toBeUndefined();
  });
});

describe("a crop", () => {
  const edge = fc.double({ min: -1, max: 2, noNaN: true });

  test("leaves something, and neither it nor a width is read as the other", () => {
    fc.assert(
      fc.property(
        fc.record({ left: edge, top: edge, right: edge, bottom: edge }),
        fc.nat(2 ** 21 - 1),
        (crop, stamp) => {
          const bytes = withStamp(CROP.encode(crop), stamp);
          const found = CROP.decode(bytes)!;
          for (const side of ["left", "top", "right", "bottom"] as const)
            expect(found[side]).toBeCloseTo(boundedCrop(crop)[side], 5);
          expect(found.left + found.right).toBeLessThan(1);
          expect(found.top + found.bottom).toBeLessThan(1);
          expect(WIDTH.decode(bytes)).toBeUndefined();
          expect(CROP.decode(withStamp(WIDTH.encode(crop.left + 3), stamp))).toBeUndefined();
        },
      ),
    );
  });

  test("of all, or out of bounds, is none", () => {
    const bytes = CROP.encode({ left: 0.25, top: 0, right: 0.25, bottom: 0 });
    bytes.set([0x3f, 0x40, 0, 0], 0);
    expect(CROP.decode(bytes)).toBeUndefined();
    bytes.set([0xbf, 0x40, 0, 0], 0);
    expect(CROP.decode(bytes)).toBeUndefined();
  });
});
