import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IDENTITY, translation } from "../../../src/base/matrix.ts";
import type { Preview } from "../../../src/board/previews/preview.ts";
import { MAX_COORDINATE } from "../../../src/ink/codec.ts";
import { INK_INPUTS, SHAPE_TOOLS } from "../../../src/ink/stroke.ts";
import {
  canTell,
  MAX_PREVIEW_BYTES,
  readPreview,
  writePreview,
} from "../../../src/sync/wire/preview-codec.ts";

function encode(preview: Preview | undefined, revision = 3, clock = 300): Uint8Array {
  return encoding.encode((encoder) => writePreview(encoder, { revision, clock, preview }));
}
const decode = (bytes: Uint8Array): Preview | undefined => readPreview(decoding.createDecoder(bytes)).preview;

const SHAPE: Preview = {
  kind: "shape",
  header: { tool: "line", input: "mouse", color: 0x1d4ed8, width: 4, pressure: false, scale: 0 },
  from: { x: 1, y: -0.25 },
  to: { x: 3.5, y: 0 },
};
const ERASE: Preview = {
  kind: "erase",
  ids: ["7.2", "7.40", "300.1"],
  cuts: new Map([["7.5", [{ from: 0.5, to: 1.25 }]]]),
};
const LASER: Preview = {
  kind: "laser",
  color: 0xff0000,
  points: [
    { x: 0, y: 1, age: 96 },
    { x: 2.5, y: 1, age: 16 },
  ],
};

describe("[S14] on the wire", () => {
  const HEAD = [3, 0xac, 0x02];
  const golden: readonly (readonly [Preview | undefined, readonly number[]])[] = [
    [undefined, [0]],
    [{ kind: "transform", ids: ["7.9"], matrix: translation(2, 0) }, [2, 4, 1, 0x80, 2, 0, 1, 7, 1, 9]],
    [ERASE, [3, 2, 7, 2, 2, 38, 0xac, 0x02, 1, 1, ...[1, 7, 1, 5, 1, 0x80, 0x10, 0x80, 0x18]]],
    [
      { kind: "width", id: "7.9", width: 2, matrix: translation(2, 0) },
      [5, 4, 1, 0x80, 2, 0, ...[0x40, 0, 0, 0, 0, 0, 0, 0], 1, 7, 1, 9],
    ],
    [LASER, [4, 0xff, 0, 0, 2, 2, 40, 16, 10, 0x68, 0]],
  ];

  test.each(golden)("golden bytes of %j", (preview, bytes) => {
    expect([...encode(preview)]).toEqual([...HEAD, ...bytes]);
    expect(decode(encode(preview))).toEqual(preview);
  });

  const place = (grid: number) =>
    fc
      .record({
        x: fc.integer({ min: -MAX_COORDINATE * grid, max: MAX_COORDINATE * grid }),
        y: fc.integer({ min: -MAX_COORDINATE * grid, max: MAX_COORDINATE * grid }),
      })
      .map(({ x, y }) => ({ x: x / grid, y: y / grid }));
  const id = fc
    .tuple(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 2 ** 31 }))
    .map(([client, clock]) => `${client}.${clock}`);
  const ranges = fc
    .uniqueArray(fc.integer({ min: 0, max: 4000 * 4096 }), { minLength: 2, maxLength: 8 })
    .map((ends) => {
      const sorted = ends.sort((a, b) => a - b).map((end) => end / 4096);
      return sorted.slice(1).map((to, i) => ({ from: sorted[i]!, to }));
    });
  const factor = fc.float({ noNaN: true, min: -1000, max: 1000 }).map((value) => value + 0);
  const shift = fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((value) => value / 64 + 0);

  test("shapes are what was said, on the grid of their scale", () => {
    const shape = fc.integer({ min: -2, max: 6 }).chain((scale) =>
      fc.record({
        kind: fc.constant("shape" as const),
        header: fc.record({
          tool: fc.constantFrom(...SHAPE_TOOLS),
          input: fc.constantFrom(...INK_INPUTS),
          color: fc.integer({ min: 0, max: 0xffffff }),
          width: fc.integer({ min: 1, max: 2048 }).map((quarters) => quarters / 4),
          pressure: fc.boolean(),
          scale: fc.constant(scale),
        }),
        from: place(2 ** (2 + scale)),
        to: place(2 ** (2 + scale)),
      }),
    );
    fc.assert(
      fc.property(shape, (preview) => {
        expect(decode(encode(preview))).toEqual(preview);
      }),
    );
    expect(canTell(SHAPE)).toBe(true);
  });

  test("a matrix, ids and cuts are what was said", () => {
    const matrix = fc.record({ a: factor, b: factor, c: factor, d: factor, e: shift, f: shift });
    fc.assert(
      fc.property(matrix, fc.uniqueArray(id), fc.array(fc.tuple(id, ranges)), (each, ids, cuts) => {
        const moved = decode(encode({ kind: "transform", ids, matrix: each }));
        expect(moved).toMatchObject({ kind: "transform", matrix: each });
        expect(moved?.kind === "transform" && [...moved.ids].sort()).toEqual([...ids].sort());
        const wide = { kind: "width", id: "7.9", width: 0.1 + Math.abs(each.a), matrix: each } as const;
        expect(decode(encode(wide))).toEqual(wide);
        const erased = decode(encode({ kind: "erase", ids: [], cuts: new Map(cuts) }));
        expect(erased).toEqual({ kind: "erase", ids: [], cuts: new Map(cuts) });
      }),
    );
  });

  test("a laser's points are where they were, within a pixel at the highest zoom, and as old", () => {
    const point = fc.record({ ...{ x: fc.double({ min: -1e4, max: 1e4, noNaN: true }), y: fc.constant(3) } });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (places) => {
        const points = places.map((each, i) => ({ ...each, age: (places.length - i) * 16 }));
        const read = decode(encode({ kind: "laser", color: 1, points }));
        expect(read?.kind === "laser" && read.points.map(({ age }) => age)).toEqual(
          points.map(({ age }) => age),
        );
        for (const [i, { x }] of (read?.kind === "laser" ? read.points : []).entries())
          expect(Math.abs(x - points[i]!.x)).toBeLessThanOrEqual(1 / 32);
      }),
    );
  });

  test("a thousand strokes under one gesture can be told; what is too long or out of bounds cannot", () => {
    const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `123456789.${i * 60}`);
    expect(canTell({ kind: "transform", ids: ids(1000), matrix: IDENTITY })).toBe(true);
    expect(canTell({ kind: "transform", ids: ids(3000), matrix: IDENTITY })).toBe(false);
    expect(canTell({ kind: "erase", ids: ids(3000), cuts: new Map() })).toBe(false);
    expect(canTell({ kind: "transform", ids: ids(1), matrix: { ...IDENTITY, a: NaN } })).toBe(false);
    expect(canTell({ ...SHAPE, to: { x: Infinity, y: NaN } })).toBe(false);
    expect(canTell({ ...SHAPE, header: { ...SHAPE.header, width: -1 } })).toBe(false);
  });

  test("random bytes are read within bounds or refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.uint8Array({ maxLength: 80 }), (kind, bytes) => {
        const preview = readOrNone(decoding.createDecoder(new Uint8Array([0, 0, kind, ...bytes])));
        expect(numbersOf(preview).every((value) => Math.abs(value) <= 2 ** 25)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("[S11] counts that claim more than there is, and a frame beyond its length, are refused", () => {
    const claim = [255, 255, 255, 255, 127];
    const expectRefused = (bytes: Uint8Array): void => {
      const { decoder, steps } = countSteps(bytes);
      expect(readOrNone(decoder)).toBeUndefined();
      // One step a byte at most: it ends where the bytes do, whatever they claim.
      expect(steps()).toBeLessThanOrEqual(bytes.length);
    };
    for (const kind of [
      [3, ...claim, 1, 1],
      [3, 1, 7, ...claim, 1],
      [3, 0, 1, 7, 1, 5, ...claim, 1, 1],
      [4, 0, 0, 0, ...claim, 1, 1, 1],
    ]) {
      expectRefused(new Uint8Array([0, 0, ...kind]));
    }
    expectRefused(new Uint8Array([...encode(LASER), ...new Uint8Array(MAX_PREVIEW_BYTES)]));
  });
});

/** A reader of these bytes, and how often it went on in them so far; at one step too many it is stopped. */
function countSteps(bytes: Uint8Array): { decoder: decoding.Decoder; steps(): number } {
  const decoder = decoding.createDecoder(bytes);
  let { pos } = decoder;
  let steps = 0;
  Object.defineProperty(decoder, "pos", {
    get: () => pos,
    set(next: number) {
      pos = next;
      if (++steps > bytes.length) throw new Error("more steps than bytes");
    },
  });
  return { decoder, steps: () => steps };
}

function readOrNone(decoder: decoding.Decoder): Preview | undefined {
  try {
    return readPreview(decoder).preview;
  } catch {
    return undefined;
  }
}

function numbersOf(preview: Preview | undefined): number[] {
  switch (preview?.kind) {
    case undefined:
      return [];
    case "shape":
      return [preview.from.x, preview.from.y, preview.to.x, preview.to.y];
    case "transform": {
      const { a, b, c, d, e, f } = preview.matrix;
      return [a, b, c, d, e, f];
    }
    case "width": {
      const { a, b, c, d, e, f } = preview.matrix;
      return [preview.width, a, b, c, d, e, f];
    }
    case "erase":
      return [...preview.cuts.values()].flat().flatMap(({ from, to }) => [from, to]);
    case "laser":
      return preview.points.flatMap(({ x, y, age }) => [x, y, age]);
  }
}
