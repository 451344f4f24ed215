import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readImageHeader } from "../../src/base/image-header.ts";
import { isAnimated, isCmyk, isDecodable, isWholePicture } from "../../src/base/picture-check.ts";
import {
  adobeSegment,
  animationChunk,
  madeJpeg,
  madePng,
  madeWebp,
  thumbnailSegment,
  pngChunk,
} from "./made-pictures.ts";

const WHOLE = [
  ["a PNG", madePng(640, 480), { type: "png", width: 640, height: 480 }],
  ["an animated PNG", madePng(64, 48, animationChunk), { type: "png", width: 64, height: 48 }],
  ["a JPEG", madeJpeg(4032, 3024), { type: "jpeg", width: 4032, height: 3024 }],
  [
    "a progressive JPEG",
    madeJpeg(30, 20, { frame: 0xc2, scans: 10 }),
    { type: "jpeg", width: 30, height: 20 },
  ],
  ["a JPEG of four inks", madeJpeg(30, 20, { components: 4 }), { type: "jpeg", width: 30, height: 20 }],
  [
    "a JPEG with a small picture in its EXIF",
    madeJpeg(30, 20, { before: thumbnailSegment }),
    { type: "jpeg", width: 30, height: 20 },
  ],
  ["a lossy WebP", madeWebp(550, 368, "VP8 "), { type: "webp", width: 550, height: 368 }],
  ["a lossless WebP", madeWebp(16_384, 9, "VP8L"), { type: "webp", width: 16_384, height: 9 }],
  ["an extended WebP", madeWebp(70_000, 300, "VP8X"), { type: "webp", width: 70_000, height: 300 }],
] as const;

function changed(bytes: Uint8Array, at: number, byte: number): number[] {
  return [...bytes.subarray(0, at), byte, ...bytes.subarray(at + 1)];
}

describe("a picture's header", () => {
  test.each(WHOLE)("of %s says type and size", (_, bytes, header) => {
    expect(readImageHeader(bytes)).toEqual(header);
    expect(isWholePicture(bytes, readImageHeader(bytes)!)).toBe(true);
  });

  test.each(WHOLE)("of %s that was cut off anywhere is one that is not whole, or none", (_, bytes) => {
    const parts = Array.from(bytes, (_byte, length) => bytes.subarray(0, length));
    expect(
      parts.filter((part) => {
        const header = readImageHeader(part);
        return header && isWholePicture(part, header);
      }),
    ).toEqual([]);
  });

  test("of a PNG any byte of which is another is one that is not whole, or none; but for what nobody needs", () => {
    const whole = madePng(640, 480, pngChunk("tEXt", [1, 2, 3]));
    const from = whole.length - (12 + 15 + 15);
    const odd = Array.from(whole, (byte, at) => Uint8Array.from(changed(whole, at, byte ^ 4)));
    const read = odd.flatMap((bytes, at) => {
      const header = readImageHeader(bytes);
      return header && isWholePicture(bytes, header) ? [at - from] : [];
    });
    // Its name, what is in it, and its checksum; not its length.
    expect(read).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  test("is read where the bytes lie within others", () => {
    const around = new Uint8Array(200).fill(0xff);
    around.set(madePng(3, 5), 7);
    expect(readImageHeader(around.subarray(7))).toEqual({ type: "png", width: 3, height: 5 });
  });

  test.each([
    ["nothing", []],
    ["a GIF", [...Buffer.from("GIF89a\u0001\0\u0001\0")]],
    ["an SVG", [...Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")]],
    ["a HEIC", [0, 0, 0, 24, ...Buffer.from("ftypheic\0\0\0\0mif1heic")]],
    ["a PNG without pixels", [...madePng(0, 9)]],
    ["a PNG that does not begin with its header", changed(madePng(9, 9), 12, 0x4a)],
    ["a JPEG without a height", [...madeJpeg(9, 0)]],
    [
      "a JPEG with a segment that is too short",
      [0xff, 0xd8, 0xff, 0xe0, 0, 1, ...madeJpeg(9, 9).subarray(2)],
    ],
    ["a WebP of another kind", changed(madeWebp(9, 9, "VP8X"), 15, 0x59)],
    ["a sound in RIFF", changed(madeWebp(9, 9, "VP8X"), 8, 0x41)],
    ["a WebP whose frame begins with something else", changed(madeWebp(9, 9, "VP8 "), 23, 0)],
  ])("%s has none", (_, bytes) => {
    expect(readImageHeader(Uint8Array.from(bytes))).toBeUndefined();
  });

  test("says whether it moves", () => {
    const moving = WHOLE.filter(([, bytes]) => isAnimated(bytes)).map(([name]) => name);
    expect(moving).toEqual(["an animated PNG"]);
    // Behind the data it is none that moves, for any decoder.
    const late = [...madePng(9, 9).subarray(0, -12), ...animationChunk];
    expect(isAnimated(Uint8Array.from(late))).toBe(false);
    expect(isAnimated(Uint8Array.from(changed(madeWebp(9, 9, "VP8X"), 20, 0x12)))).toBe(true);
    const gif = (rest: string): Uint8Array => Uint8Array.from(Buffer.from(`GIF89a........${rest}`, "latin1"));
    expect([gif("!\xff\x0bNETSCAPE2.0"), gif("")].map(isAnimated)).toEqual([true, false]);
  });

  test("says whether it has the four inks of a printer, with and without Adobe's word for it", () => {
    const inked = WHOLE.filter(([, bytes]) => isCmyk(bytes, readImageHeader(bytes)!)).map(([name]) => name);
    expect(inked).toEqual(["a JPEG of four inks"]);
    const frames = [0xc0, 0xc1, 0xc2, 0xc9, 0xca];
    const made = frames.flatMap((frame) =>
      [[], adobeSegment(0), adobeSegment(2), thumbnailSegment].map((before) =>
        madeJpeg(9, 9, { frame, before, components: 4 }),
      ),
    );
    expect(made.filter((bytes) => !isCmyk(bytes, readImageHeader(bytes)!))).toEqual([]);
    const others = [1, 2, 3].map((components) => madeJpeg(9, 9, { components, before: adobeSegment(2) }));
    expect(others.filter((bytes) => isCmyk(bytes, readImageHeader(bytes)!))).toEqual([]);
  });

  test("is found in a JPEG behind what damage has left between two parts, as decoders find it", () => {
    const whole = [...madeJpeg(30, 20)];
    const bytes = Uint8Array.from([
      ...whole.slice(0, 2),
      0xff,
      0xff,
      0xe0,
      0,
      4,
      1,
      2,
      7,
      7,
      ...whole.slice(2),
    ]);
    expect(readImageHeader(bytes)).toEqual({ type: "jpeg", width: 30, height: 20 });
    expect(isWholePicture(bytes, readImageHeader(bytes)!)).toBe(true);
  });

  test("a JPEG that goes over its pixels again and again counts as damaged", () => {
    const bytes = madeJpeg(4000, 4000, { frame: 0xc2, scans: 65 });
    expect(isWholePicture(bytes, readImageHeader(bytes)!)).toBe(false);
  });

  test("of any bytes is found without an error", () => {
    const beginnings = WHOLE.map(([, bytes]) => bytes);
    const made = fc.tuple(fc.constantFrom(...beginnings), fc.nat(80), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(made, ([bytes, at, other]) => {
        const mixed = Uint8Array.from([
          ...bytes.subarray(0, at),
          ...other,
          ...bytes.subarray(at + other.length),
        ]);
        const header = readImageHeader(mixed);
        if (!header) return;
        expect(Number.isInteger(header.width) && Number.isInteger(header.height)).toBe(true);
        expect(typeof isWholePicture(mixed, header)).toBe("boolean");
        expect(typeof isCmyk(mixed, header)).toBe("boolean");
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  [4096, 4096, true],
  [4097, 4096, false],
  [16_384, 1024, true],
  [16_385, 1, false],
  [1, 60_000, false],
  [4_294_967_295, 4_294_967_295, false],
])("a picture of %i x %i may be decoded: %s", (width, height, may) => {
  expect(isDecodable({ width, height })).toBe(may);
});
