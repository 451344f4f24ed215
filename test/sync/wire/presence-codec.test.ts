import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanName } from "../../../src/sync/wire/name.ts";
import { readPresence, writePresence } from "../../../src/sync/wire/presence-codec.ts";
import { PRESENCE_TOOLS } from "../../../src/sync/wire/presence-frame.ts";
import type { PresenceFrame } from "../../../src/sync/wire/presence-frame.ts";
import { PRESENCE, pointing } from "../presence/pointing.ts";

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

describe("[S13] on the wire", () => {
  const encode = (frame: PresenceFrame): Uint8Array =>
    encoding.encode((encoder) => writePresence(encoder, frame));
  const decode = (bytes: Uint8Array): PresenceFrame => readPresence(decoding.createDecoder(bytes));

  test("golden bytes", () => {
    const frame: PresenceFrame = {
      type: "presence",
      revision: 3,
      presence: { ...pointing(1.25, -2), name: "Bø" },
    };
    expect([...encode(frame)]).toEqual([
      ...[3, 2, 1, 0x1d, 0x4e, 0xd8, 0xf4, 0x02, 0xc0, 0x05, 0xe8, 0x02, 0x80, 0x05, 5, 0x48],
      ...[3, 0x42, 0xc3, 0xb8],
    ]);
    expect(decode(encode(frame))).toEqual(frame);
  });

  test("what was said is what is read, on its grid and within its bounds", () => {
    const place = fc.integer({ min: -(2 ** 24) * 4, max: 2 ** 24 * 4 }).map((quarters) => quarters / 4 + 0);
    const corner = fc.integer({ min: -(2 ** 24), max: 2 ** 23 });
    const size = fc.integer({ min: 1, max: 2 ** 22 });
    const presence = fc.record({
      document: fc.oneof(fc.constant(0), fc.maxSafeNat()),
      color: fc.integer({ min: 0, max: 0xffffff }),
      name: fc.string({ unit: "grapheme", maxLength: 60 }).map(cleanName),
      tool: fc.constantFrom(...PRESENCE_TOOLS, undefined),
      penDown: fc.boolean(),
      cursor: fc.option(fc.record({ x: place, y: place }), { nil: undefined }),
      view: fc
        .tuple(corner, corner, size, size)
        .map(([minX, minY, width, height]) => ({ minX, minY, maxX: minX + width, maxY: minY + height })),
    });
    fc.assert(
      fc.property(fc.nat(), presence, (revision, said) => {
        const frame: PresenceFrame = { type: "presence", revision, presence: said };
        expect(decode(encode(frame))).toEqual(frame);
      }),
    );
  });

  test("[S1] on another document than the first the pointer is nothing that minor version 0 would see", () => {
    const presence = { ...pointing(1.25, -2), document: 2 ** 40 + 5, name: "Bø" };
    const bytes = encode({ type: "presence", revision: 3, presence });
    expect([...bytes]).toEqual([
      ...[3, 4, 1, 0x1d, 0x4e, 0xd8, 0xf4, 0x02, 0xc0, 0x05, 0xe8, 0x02, 0x80, 0x05],
      ...[3, 0x42, 0xc3, 0xb8, 0x85, 0x80, 0x80, 0x80, 0x80, 0x20, 5, 0x48],
    ]);
    expect(decode(bytes).presence).toEqual(presence);
    // What that one reads ends with the name.
    expect(decode(bytes.subarray(0, 18)).presence).toEqual({ ...presence, document: 0, cursor: undefined });
  });

  test("a number that no document has is refused", () => {
    const bytes = encode({ type: "presence", revision: 0, presence: PRESENCE });
    const tooLarge = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20];
    expect(() => decode(Uint8Array.of(...bytes, ...tooLarge))).toThrow(Error);
  });

  test("a camera far outside is told as far as numbers go", () => {
    const view = { minX: -1e12, minY: 1e12, maxX: Infinity, maxY: 2e12 };
    const read = decode(encode({ type: "presence", revision: 0, presence: { ...PRESENCE, view } }));
    expect(Object.values(read.presence.view).every(Number.isFinite)).toBe(true);
  });

  test("a tool that only a newer version has is none", () => {
    const bytes = encode({ type: "presence", revision: 0, presence: PRESENCE });
    bytes[2] = PRESENCE_TOOLS.length + 1;
    expect(decode(bytes).presence.tool).toBeUndefined();
  });

  test("random bytes are read within bounds or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const decoder = decoding.createDecoder(bytes);
        const frame = orUndefined(() => readPresence(decoder));
        if (!frame) return;
        const { view, cursor, name } = frame.presence;
        expect(name).toBe(cleanName(name));
        const { minX, minY, maxX, maxY } = view;
        for (const value of [minX, minY, maxX, maxY, cursor?.x ?? 0, cursor?.y ?? 0]) {
          expect(Math.abs(value)).toBeLessThanOrEqual(2 ** 25);
        }
        expect(view.maxX > view.minX && view.maxY > view.minY).toBe(true);
      }),
    );
  });
});
