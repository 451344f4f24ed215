import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { IDENTITY, translation } from "../../src/base/matrix.ts";
import { createPrng } from "../../src/base/prng.ts";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import { encodeMessage, PROTOCOL_MAJOR } from "../../src/sync/wire/frame.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import type { Presence } from "../../src/sync/wire/presence-frame.ts";
import { writePreview } from "../../src/sync/wire/preview-codec.ts";
import { readMessage } from "../support/messages.ts";
import { createRoom } from "../support/room.ts";

const SESSION = 12_345;
/** Types of frames. */
const PRESENCE = 8;
const PREVIEW = 9;
const NO_HASH = { hi: 0, lo: 0 };
const HELLO: Frame & { readonly type: "hello" } = {
  type: "hello",
  tag: boardTagOf({ own: "ann", remotes: ["bo"] }),
  reply: false,
  state: new Map(),
  digest: { writes: NO_HASH, deletions: NO_HASH },
};
const HONEST: Presence = {
  document: 0,
  name: "Bo",
  color: 0xff0000,
  tool: "pen",
  view: { minX: 0, minY: 0, maxX: 10, maxY: 10 },
  penDown: false,
  cursor: { x: 1, y: 2 },
};

/** Ann's page; bo's one is in the hands of the test. */
async function createStage() {
  const room = createRoom({ seed: 1, names: ["ann", "bo"] });
  const { session, page, notices } = room.open("ann");
  await room.ready();
  const { onNetworkData } = page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
  const say = (text: string): void => onNetworkData("bo", text);
  const tell = (frames: readonly Frame[], from = SESSION): void =>
    say(encodeMessage({ session: from, frames }));
  const presence = (revision: number, change: Partial<Presence> = {}): Frame => ({
    type: "presence",
    revision,
    presence: { ...HONEST, ...change },
  });
  return { room, session, notices, say, tell, presence, seen: () => session.contacts()[0]!.presence };
}

/** A message with one frame, a presence or a preview, out of raw bytes. */
function raw(frame: Uint8Array, type = PRESENCE): string {
  return encodeBase64(
    encoding.encode((encoder) => {
      encoding.writeUint8(encoder, PROTOCOL_MAJOR << 4);
      encoding.writeVarUint(encoder, SESSION);
      encoding.writeUint8(encoder, type);
      encoding.writeVarUint8Array(encoder, frame);
    }),
  );
}

function content(places: readonly number[], name: Uint8Array = new Uint8Array([0x41])): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeUint8(encoder, 2);
    encoding.writeVarUint(encoder, 0);
    for (const byte of [1, 2, 3]) encoding.writeUint8(encoder, byte);
    for (const place of places) encoding.writeVarInt(encoder, place);
    encoding.writeVarUint8Array(encoder, name);
  });
}

test("[S13] [S11] what is out of bounds, cut off or endless is malformed", () => {
  const far = 2 ** 52;
  const honest = content([0, 0, 1, 1, 4, 4]);
  expect(readMessage(raw(honest))).toMatchObject({ ok: true });
  for (let index = 0; index < 6; index++) {
    const places = [0, 0, 1, 1, 4, 4];
    places[index] = far;
    expect(readMessage(raw(content(places)))).toEqual({ ok: false, error: "malformed" });
  }
  for (let end = 0; end < honest.length; end++) {
    expect(readMessage(raw(honest.subarray(0, end)))).toEqual({ ok: false, error: "malformed" });
  }
  // What a newer minor version adds after the known fields is passed over.
  expect(readMessage(raw(new Uint8Array([...honest, 9, 9])))).toMatchObject({ ok: true });
});

test("[S13] [S11] a name is cut to one line of what can be seen, and is UTF-8", () => {
  const nameOf = (name: Uint8Array): string | undefined => {
    const decoded = readMessage(raw(content([0, 0, 1, 1, 4, 4], name)));
    const frame = decoded.ok ? decoded.message.frames[0] : undefined;
    return frame?.type === "presence" ? frame.presence.name : undefined;
  };
  const text = (name: string): string | undefined => nameOf(new TextEncoder().encode(name));
  expect(text("x".repeat(100_000))).toBe("x".repeat(40));
  expect(text("\u202eevil\u2066\n\n\u0000 name\u2028")).toBe("evil name");
  expect(text("\u200d\u200d")).toBe("");
  expect(nameOf(new Uint8Array([0xc3, 0x28]))).toBeUndefined();
});

test("[S13] any byte changed, it never throws, and what is shown has a place", async () => {
  const { session, say, tell } = await createStage();
  tell([HELLO]);
  const prng = createPrng(5);
  const honest = content([0, 0, 1, 1, 4, 4]);
  for (let i = 0; i < 400; i++) {
    const changed = Uint8Array.from(honest);
    changed[prng.below(changed.length)] = prng.below(256);
    expect(() => say(raw(changed))).not.toThrow();
    const { minX, minY, maxX, maxY } = session.contacts()[0]!.presence?.view ?? HONEST.view;
    expect([minX, minY, maxX, maxY].every(Number.isFinite)).toBe(true);
  }
});

test("[S13] [S8] it counts from a session that said hello for this board, and from nobody else", async () => {
  const { tell, presence, seen } = await createStage();
  tell([presence(0)]);
  expect(seen()).toBeUndefined();
  tell([{ ...HELLO, tag: new Uint8Array(8).fill(9) }, presence(1)], 777);
  expect(seen()).toBeUndefined();
  tell([HELLO, presence(2)]);
  expect(seen()).toEqual(HONEST);
  tell([presence(9, { color: 1 })], 777);
  expect(seen()).toEqual(HONEST);
  tell([presence(3, { color: 2 }), { type: "bye" }]);
  expect(seen()).toBeUndefined();
});

test("[S13] a flood of them is one presence, and nothing that is answered or stored", async () => {
  const { room, session, notices, tell, presence, seen } = await createStage();
  tell([HELLO]);
  await room.clock.advance(5000);
  const before = room.world.network.counters("ann").sent;
  const digest = session.digest();
  for (let i = 0; i < 3000; i++) tell([presence(i, { cursor: { x: i, y: 0 } })]);
  tell([presence(Number.MAX_SAFE_INTEGER, { color: 7 })]);
  tell([presence(5)]);
  expect(seen()?.color).toBe(7);
  expect(room.world.network.counters("ann").sent).toBe(before);
  expect(session.digest()).toBe(digest);
  expect(notices).toEqual([]);
});

const MOVED: Preview = { kind: "transform", ids: ["5.6"], matrix: translation(3, 0) };
const PREVIEWS: readonly Preview[] = [
  MOVED,
  { kind: "erase", ids: ["5.6"], cuts: new Map([["5.60", [{ from: 1, to: 2 }]]]) },
  {
    kind: "laser",
    color: 1,
    points: [
      { x: 1, y: 2, age: 8 },
      { x: 2, y: 2, age: 0 },
    ],
  },
];

function previewBytes(preview: Preview, clock = 0): Uint8Array {
  return encoding.encode((encoder) => writePreview(encoder, { revision: 0, clock, preview }));
}

/** A transform with these entries of its matrix. */
function transformBytes([a, b, c, d, e, f]: readonly number[]): Uint8Array {
  const matrix = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, 2);
    for (const entry of [a, b, c, d]) encoding.writeFloat32(encoder, entry!);
    for (const entry of [e, f]) encoding.writeFloat64(encoder, entry!);
  });
  return encoding.encode((encoder) => {
    for (const byte of [0, 0, 2]) encoding.writeUint8(encoder, byte);
    encoding.writeVarUint8Array(encoder, matrix);
    for (const byte of [1, 5, 1, 6]) encoding.writeUint8(encoder, byte);
  });
}

test("[S14] [S11] a preview that is out of bounds, cut off or too long is malformed", () => {
  const malformed = { ok: false, error: "malformed" };
  for (const preview of PREVIEWS) {
    const honest = previewBytes(preview);
    expect(readMessage(raw(honest, PREVIEW))).toMatchObject({ ok: true });
    expect(readMessage(raw(new Uint8Array([...honest, 9, 9]), PREVIEW))).toMatchObject({ ok: true });
    expect(readMessage(raw(new Uint8Array([...honest, ...new Uint8Array(2048)]), PREVIEW))).toEqual(
      malformed,
    );
    for (let end = 0; end < honest.length; end++)
      expect(readMessage(raw(honest.subarray(0, end), PREVIEW))).toEqual(malformed);
  }
  const honest = [1, 0, 0, 1, 0, 0];
  expect(readMessage(raw(transformBytes(honest), PREVIEW))).toMatchObject({ ok: true });
  for (const wrong of [NaN, Infinity, -1e30]) {
    for (let index = 0; index < 6; index++) {
      const entries = honest.map((entry, i) => (i === index ? wrong : entry));
      expect(readMessage(raw(transformBytes(entries), PREVIEW))).toEqual(malformed);
    }
  }
});

test("[S14] any byte of a preview changed, it never throws, and what is shown is finite", async () => {
  const { session, say, tell } = await createStage();
  tell([HELLO]);
  const prng = createPrng(6);
  for (let i = 0; i < 600; i++) {
    const changed = previewBytes(PREVIEWS[i % PREVIEWS.length]!);
    changed[prng.below(changed.length)] = prng.below(256);
    expect(() => say(raw(changed, PREVIEW))).not.toThrow();
    const { preview } = session.contacts()[0]!;
    const { a, e } = preview?.kind === "transform" ? preview.matrix : IDENTITY;
    expect([a, e].every(Number.isFinite)).toBe(true);
  }
});

test("[S14] [S8] a preview counts from a contact's session that is here, and from nobody else", async () => {
  const { session, tell } = await createStage();
  const shown = (): Preview | undefined => session.contacts()[0]!.preview;
  const preview = (revision: number): Frame => ({ type: "preview", revision, clock: 0, preview: MOVED });
  tell([preview(0)]);
  expect(shown()).toBeUndefined();
  tell([{ ...HELLO, tag: new Uint8Array(8).fill(9) }, preview(1)], 777);
  expect(shown()).toBeUndefined();
  tell([HELLO, preview(2)]);
  expect(shown()).toEqual(MOVED);
  tell([{ type: "preview", revision: 9, clock: 0, preview: undefined }], 777);
  expect(shown()).toEqual(MOVED);
  tell([preview(3), { type: "bye" }]);
  expect(shown()).toBeUndefined();
});

test("[S14] a flood of previews, of clocks and revisions that nobody has, is one preview that goes", async () => {
  const { room, session, notices, tell } = await createStage();
  tell([HELLO]);
  await room.clock.advance(5000);
  const before = room.world.network.counters("ann").sent;
  const digest = session.digest();
  for (let i = 0; i < 3000; i++)
    tell([{ type: "preview", revision: i, clock: 2 ** 40, preview: PREVIEWS[i % PREVIEWS.length] }]);
  tell([{ type: "preview", revision: Number.MAX_SAFE_INTEGER, clock: 2 ** 52, preview: MOVED }]);
  tell([{ type: "preview", revision: Number.MAX_SAFE_INTEGER, clock: 2 ** 52, preview: undefined }]);
  expect(session.contacts()[0]!.preview).toEqual(MOVED);
  expect(room.world.network.counters("ann").sent).toBe(before);
  await room.clock.advance(4100);
  expect(session.contacts()[0]!.preview).toBeUndefined();
  expect(session.digest()).toBe(digest);
  expect(notices).toEqual([]);
});
