import * as fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { readImageHeader } from "../../src/base/image-header.ts";
import { jpegSegments } from "../../src/base/jpeg-segments.ts";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const chars = (text: string): string => Buffer.from(text, "latin1").toString("hex");

/** The beginning of a JPEG: an application's segment, a table, and then a frame of 300 by 200 pixels. */
const JPEG = `ffd8 ffe0 0006 4a464946 ffc4 0004 0000 ffff c2 000b 08 00c8 012c 03 01 22 00 00 00 00 00 00`;
const webp = (chunk: string, data: string): string =>
  `${chars("RIFF")} 40000000 ${chars("WEBP")} ${chars(chunk)} 20000000 ${data}`;

describe("the header of a picture's file", () => {
  test("tells type and size", () => {
    const png = PNG.sync.write(new PNG({ width: 33, height: 7 }));
    expect(readImageHeader(png)).toEqual({ type: "png", width: 33, height: 7 });
    expect(readImageHeader(bytesOf(JPEG))).toEqual({ type: "jpeg", width: 300, height: 200 });
    const lossy = webp("VP8 ", "000000 9d012a 2c01 c800 0000");
    expect(readImageHeader(bytesOf(lossy))).toEqual({ type: "webp", width: 300, height: 200 });
    const lossless = webp("VP8L", "2f 2bc13100 0000000000");
    expect(readImageHeader(bytesOf(lossless))).toEqual({ type: "webp", width: 300, height: 200 });
    const extended = webp("VP8X", "10000000 2b0100 c70000");
    expect(readImageHeader(bytesOf(extended))).toEqual({ type: "webp", width: 300, height: 200 });
  });

  test("is none in anything else, cut off, or of a picture without a size", () => {
    for (const text of ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a\x01\x00\x01\x00", "BM"])
      expect(readImageHeader(bytesOf(chars(text)))).toBeUndefined();
    const whole = bytesOf(JPEG);
    for (let length = 0; length < whole.length - 8; length++)
      expect(readImageHeader(whole.subarray(0, length))).toBeUndefined();
    expect(readImageHeader(bytesOf(JPEG.replace("00c8", "0000")))).toBeUndefined();
    // Segments that lead back to themselves end.
    expect(readImageHeader(bytesOf(`ffd8 ffe0 ${"ffff".repeat(20)}`))).toBeUndefined();
    expect(readImageHeader(bytesOf(`ffd8 ffe0 0000 ${"00".repeat(20)}`))).toBeUndefined();
  });

  test("is not looked for behind more than any picture has before it", () => {
    for (const filling of ["ff", "ff00", "ffe00002", "ffd0"]) {
      const start = bytesOf(JPEG);
      const bytes = new Uint8Array(10_000_000);
      bytes.set(start.subarray(0, 8));
      bytes.set(Buffer.alloc(bytes.length - 8, filling, "hex"), 8);
      bytes.set(start.subarray(8), bytes.length - start.length);
      expect(readImageHeader(bytes), filling).toBeUndefined();
      expect([...jpegSegments(bytes)].length).toBeLessThan(2_100_000);
    }
  });

  test("is read without an error, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom("ffd8ff", "89504e470d0a1a0a", ""),
        (rest, magic) => {
          expect(() => readImageHeader(Uint8Array.from([...bytesOf(magic), ...rest]))).not.toThrow();
        },
      ),
    );
  });
});
