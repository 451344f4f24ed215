import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { encodeMark, markKey } from "../../src/board/document/marks.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import type { InkWrite } from "../../src/ink/ink-write.ts";
import { encodeAppendMessage } from "../../src/sync/wire/append-message.ts";
import { encodeMessage, PROTOCOL_MAJOR } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { content, deletion, section } from "../board/guard/raw-update.ts";
import { readMessage } from "../support/messages.ts";
import { createRoom } from "../support/room.ts";
import type { OpenPage, Room } from "../support/room.ts";
import { inkOn } from "../support/ink.ts";

const NO_HASH = { hi: 0, lo: 0 };
const NO_DIGEST = { writes: NO_HASH, deletions: NO_HASH };
const OTHER_DIGEST = { writes: { hi: 1, lo: 2 }, deletions: NO_HASH };
const TAG = boardTagOf({ own: "ann", remotes: ["bo"] });
const MAX_MS = 1000;

/** Ann's page, with three dots and bo's one; what bo says from now on is whatever the test makes of it. */
interface Stage {
  readonly room: Room;
  readonly ann: OpenPage;
  /** Says a text to ann, as bo's address; the milliseconds that her page was busy. */
  say(text: string): number;
  /** Frames in a session of bo's that is known to ann's page, unless another is given. */
  tell(frames: readonly Frame[], session?: number): number;
  /** How many messages ann's page sent so far. */
  sent(): number;
  /** Kinds of the notices that ann saw. */
  noticed(): string[];
}

const SESSION = 12_345;

/** Milliseconds that this process worked, which those do not count in which others had the processor. */
function busySince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

async function createStage(seed: number): Promise<Stage> {
  const room = createRoom({ seed, names: ["ann", "bo"] });
  room.open("ann");
  room.open("bo");
  await room.ready();
  for (const x of [1, 2, 3]) room.dot("ann", x);
  room.dot("bo", 4);
  expect(await room.untilEqual()).toBeDefined();
  room.kill("bo");
  const ann = room.at("ann");
  const { onNetworkData } = ann.page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
  const say = (text: string): number => {
    const from = process.cpuUsage();
    onNetworkData("bo", text);
    return busySince(from);
  };
  const tell = (frames: readonly Frame[], session = SESSION): number =>
    say(encodeMessage({ session, frames }));
  tell([hello(false)]);
  await room.clock.advance(3000);
  return {
    room,
    ann,
    say,
    tell,
    sent: () => room.world.network.counters("ann").sent,
    noticed: () => ann.notices.map(({ kind }) => kind),
  };
}

function hello(reply: boolean, state: ReadonlyMap<number, number> = new Map()): Frame {
  return { type: "hello", tag: TAG, reply, state, digest: OTHER_DIGEST };
}

/** Ann sees and keeps what she had, draws on, and an honest page of bo gets all of it. */
async function expectUnharmed({ room, ann }: Stage, also: readonly number[] = []): Promise<void> {
  room.dot("ann", 5);
  expect(ann.page.warnings.filter(({ message }) => message === "A call of the host failed")).toEqual([]);
  await room.clock.advance(70_000);
  room.open("bo");
  await room.ready();
  expect(await room.untilEqual(60_000)).toBeDefined();
  const expected = [1, 2, 3, 4, 5, ...also].sort((a, b) => a - b);
  for (const name of ["ann", "bo"])
    expect(
      room
        .seen(name)
        .flat()
        .sort((a, b) => a - b),
    ).toEqual(expected);
  room.dot("bo", 6);
  expect(await room.untilEqual(10_000)).toBeDefined();
  expect(room.seen("ann").length).toBe(expected.length + 1);
}

function bytes(fill: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode(fill);
}

/** A message out of raw frames: type and content. */
function rawMessage(
  frames: readonly [type: number, content: Uint8Array][],
  version = PROTOCOL_MAJOR << 4,
): string {
  return encodeBase64(
    bytes((encoder) => {
      encoding.writeUint8(encoder, version);
      encoding.writeVarUint(encoder, SESSION);
      for (const [type, frame] of frames) {
        encoding.writeUint8(encoder, type);
        encoding.writeVarUint8Array(encoder, frame);
      }
    }),
  );
}

describe("[S1] texts that are no messages", () => {
  test("are dropped: no base64, cut off, empty, random, far too long", async () => {
    const stage = await createStage(1);
    const prng = createPrng(1);
    const honest = encodeMessage({ session: SESSION, frames: [hello(true)] });
    const texts = [
      "",
      "=",
      "====",
      "A",
      "AA",
      "AAA",
      "not base64!!",
      "\u{1F58A}\u0000\uD800",
      honest.slice(1),
      honest.slice(0, -1),
      `${honest} `,
      `${honest}${honest}`,
      honest.replaceAll("A", "\n"),
      "A".repeat(3_000_000),
      ...Array.from({ length: 5 }, () =>
        encodeBase64(Uint8Array.from({ length: 50 }, () => prng.below(256))),
      ),
    ];
    for (const text of texts) {
      expect(stage.say(text)).toBeLessThan(MAX_MS);
      await stage.room.clock.advance(2000);
    }
    await expectUnharmed(stage);
  });

  test("are not decoded beyond their limit", () => {
    const long = encodeBase64(new Uint8Array(200_000));
    expect(readMessage(long)).toEqual({ ok: false, error: "malformed" });
  });

  test("cut off anywhere, or with any byte changed, never throw", () => {
    const message = encodeMessage({
      session: SESSION,
      frames: [
        hello(true, new Map([[5, 6]])),
        { type: "digest", digest: NO_DIGEST, next: 7, clock: 5, acks: [[8, 9]] },
        { type: "request", what: "all", state: new Map([[1, 2]]), digest: NO_DIGEST },
        {
          type: "request",
          what: "writes",
          isOwn: false,
          ranges: [{ client: 300, from: 2, to: 9 }],
          to: 400,
          document: 5,
        },
        { type: "diff", update: new Uint8Array([0, 0]), last: true },
        { type: "bye" },
      ],
    });
    const raw = Buffer.from(message, "base64");
    for (let i = 0; i < raw.length; i++) {
      const cut = readMessage(encodeBase64(raw.subarray(0, i)));
      expect(cut.ok && cut.message.frames.length === 6).toBe(false);
      for (let value = 0; value < 256; value += 5) {
        const changed = Uint8Array.from(raw);
        changed[i] = value;
        expect(() => readMessage(encodeBase64(changed))).not.toThrow();
      }
    }
  });
});

describe("[S1] frames that claim too much", () => {
  const count = (value: number, ...rest: number[]): Uint8Array =>
    bytes((encoder) => {
      encoding.writeVarUint(encoder, value);
      for (const each of rest) encoding.writeUint8(encoder, each);
    });
  const withTag = (tail: Uint8Array): Uint8Array => new Uint8Array([1, ...TAG, ...tail]);

  test.each([2 ** 31, 2 ** 40, 2 ** 53 - 1])("a state vector of %i entries", (claimed) => {
    for (const frame of [
      [1, withTag(count(claimed, 1, 1))],
      [4, new Uint8Array([0, ...count(claimed, 1, 1, 2, 2)])],
      [4, new Uint8Array([1, ...count(claimed, 1, 1, 2, 2)])],
      [3, new Uint8Array([...new Uint8Array(16), 5, 5, ...count(claimed, 1, 1)])],
    ] as [number, Uint8Array][]) {
      const from = process.cpuUsage();
      expect(readMessage(rawMessage([frame]))).toEqual({ ok: false, error: "malformed" });
      expect(busySince(from)).toBeLessThan(MAX_MS);
    }
  });

  test("a frame longer than the message, a session and a number beyond their bounds", () => {
    const version = PROTOCOL_MAJOR << 4;
    for (const tail of [
      [...count(2 ** 32)],
      [...count(2 ** 40)],
      [255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
      [1, 2, ...count(2 ** 53 - 1)],
      [1, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
      // Whom it is for, and about which document.
      [1, 32 | 6, ...count(2 ** 32), 0],
      [1, 64 | 6, ...count(2 ** 32), 0],
      [1, 32 | 6, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0],
    ]) {
      expect(readMessage(encodeBase64(new Uint8Array([version, ...tail])))).toEqual({
        ok: false,
        error: "malformed",
      });
    }
  });

  test("thousands of frames in one message", async () => {
    const stage = await createStage(2);
    const before = stage.sent();
    for (const frame of [
      [1, withTag(new Uint8Array([0, ...new Uint8Array(16)]))],
      [2, new Uint8Array([0, 0, 0])],
      [3, new Uint8Array(19)],
      [4, new Uint8Array(18)],
      [4, new Uint8Array([1, 0])],
      [5, new Uint8Array([0, 0, 0])],
      [6, new Uint8Array(0)],
      [31, new Uint8Array(0)],
    ] as [number, Uint8Array][]) {
      const message = rawMessage(Array.from({ length: 5000 }, () => frame));
      expect(stage.say(message)).toBeLessThan(MAX_MS);
      expect(readMessage(message)).toEqual({ ok: false, error: "malformed" });
    }
    await stage.room.clock.advance(2000);
    expect(stage.sent() - before).toBeLessThan(10);
    await expectUnharmed(stage);
  });
});

describe("[S4] [S5] [S8] floods make this page neither busy nor loud", () => {
  /** What ann's page sent within `seconds`, while `each` is said every `every` milliseconds. */
  async function flood(stage: Stage, seconds: number, every: number, each: (i: number) => number) {
    const before = stage.sent();
    let longest = 0;
    for (let i = 0; i * every < seconds * 1000; i++) {
      longest = Math.max(longest, each(i));
      await stage.room.clock.advance(every);
    }
    return { sent: stage.sent() - before, longest };
  }

  test("of hellos from one session after the other", async () => {
    const stage = await createStage(3);
    for (let x = 0; x < 300; x++) stage.room.dot("ann", 100 + x);
    await stage.room.clock.advance(3000);
    const { sent, longest } = await flood(stage, 20, 20, (i) => stage.tell([hello(true)], 50_000 + i));
    expect(longest).toBeLessThan(MAX_MS);
    // A hello a second, an answer (three messages for this board) every 1.5 s, and the digests.
    expect(sent).toBeLessThan(120);
    await expectUnharmed(
      stage,
      Array.from({ length: 300 }, (_, i) => 100 + i),
    );
  });

  test("of hellos for other boards", async () => {
    const stage = await createStage(4);
    const foreign: Frame = { ...(hello(true) as Frame & { type: "hello" }), tag: new Uint8Array(8) };
    const { sent } = await flood(stage, 10, 20, (i) => stage.tell([foreign], 50_000 + i));
    expect(sent).toBeLessThan(8);
    await expectUnharmed(stage);
  });

  test("of sessions that never said hello", async () => {
    const stage = await createStage(5);
    const { sent } = await flood(stage, 10, 20, (i) => stage.tell([{ type: "bye" }], 50_000 + i));
    expect(sent).toBeLessThan(20);
    await expectUnharmed(stage);
  });

  test("of requests for everything", async () => {
    const stage = await createStage(6);
    const request: Frame = { type: "request", what: "all", state: new Map(), digest: OTHER_DIGEST };
    const { sent, longest } = await flood(stage, 20, 20, () =>
      stage.tell(Array.from({ length: 8 }, () => request)),
    );
    expect(longest).toBeLessThan(MAX_MS);
    expect(sent).toBeLessThan(60);
    await expectUnharmed(stage);
  });

  test("of digests that always differ, or by turns", async () => {
    const stage = await createStage(7);
    const digest = (i: number): Frame => ({
      type: "digest",
      digest: { writes: { hi: i, lo: i }, deletions: NO_HASH },
      next: 2 ** 50,
      clock: 5,
      acks: Array.from({ length: 50 }, (_, k): [number, number] => [i * 50 + k, 2 ** 50]),
    });
    const { sent } = await flood(stage, 30, 50, (i) => stage.tell([digest(i)]));
    // Each is a reason to ask after 0.4 s or more.
    expect(sent).toBeLessThan(30 / 0.4);
    expect(stage.ann.session.contacts()[0]!.state).toBe("here");
    // However late it says that the next one comes, silence is noticed.
    await stage.room.clock.advance(200_000);
    expect(stage.ann.session.contacts()[0]!.state).toBe("away");
    await expectUnharmed(stage);
  });

  test("of states that nobody has", async () => {
    const stage = await createStage(8);
    const state = new Map(Array.from({ length: 5000 }, (_, i) => [i + 1, 2 ** 40 + i] as const));
    const { sent, longest } = await flood(stage, 10, 100, () =>
      stage.tell([hello(false, state), { type: "request", what: "all", state, digest: OTHER_DIGEST }]),
    );
    expect(longest).toBeLessThan(MAX_MS);
    expect(sent).toBeLessThan(40);
    expect(stage.ann.session.contacts()[0]!.hasEverything).toBe(false);
    await expectUnharmed(stage);
  });

  test("of updates that build on what never comes", async () => {
    const stage = await createStage(9);
    const { longest, sent } = await flood(stage, 20, 20, (i) =>
      stage.tell([
        {
          type: "update",
          update: section(90_000 + i, 5, { parent: "items", content: content.text() }),
        },
      ]),
    );
    expect(longest).toBeLessThan(MAX_MS);
    expect(sent).toBeLessThan(20 / 0.4 + 10);
    expect(stage.noticed()).toEqual([]);
    await expectUnharmed(stage);
  });

  test("of answers that never end: own ink is shown all the same", async () => {
    const stage = await createStage(10);
    const empty: Frame = { type: "diff", update: new Uint8Array([0, 0]), last: false };
    const { longest } = await flood(stage, 20, 500, () => stage.tell([empty]));
    expect(longest).toBeLessThan(MAX_MS);
    stage.room.dot("ann", 7);
    expect(stage.room.seen("ann").flat()).toContain(7);
    await expectUnharmed(stage, [7]);
  });
});

describe("[S11] a contact that sends rubbish", () => {
  const rubbish = (i: number): Frame => ({ type: "update", update: new Uint8Array([9, i % 256, 9]) });

  test("is muted, visibly and once, and heard again by the next page", async () => {
    const stage = await createStage(11);
    for (let i = 0; i < 30; i++) stage.tell([rubbish(i)]);
    expect(stage.noticed()).toEqual(["muted"]);
    stage.tell([{ type: "update", update: section(77, 0, { parent: "items", content: content.text() }) }]);
    expect(stage.room.seen("ann").length).toBe(4);
    stage.room.kill("ann");
    await stage.room.clock.advance(5000);
    stage.room.open("ann");
    stage.room.open("bo");
    await stage.room.ready();
    expect(await stage.room.untilEqual(20_000)).toBeDefined();
  });

  test("now and then is not", async () => {
    const stage = await createStage(12);
    for (let i = 0; i < 60; i++) {
      stage.tell([rubbish(i)]);
      await stage.room.clock.advance(2000);
    }
    expect(stage.noticed()).toEqual([]);
    await expectUnharmed(stage);
  });

  test("cannot claim to be newer for ever, and the user is told of that once", async () => {
    const stage = await createStage(13);
    const newer = (i: number): string =>
      rawMessage([[2, new Uint8Array([0, 9, i % 256])]], (PROTOCOL_MAJOR << 4) | 1);
    for (let i = 0; i < 250; i++) stage.say(newer(i));
    expect(stage.noticed()).toEqual(["update-needed"]);
    for (let i = 0; i < 250; i++) stage.say(newer(i));
    expect(stage.noticed()).toEqual(["update-needed", "muted"]);
  });

  test("of a newer major version is told of once", async () => {
    const stage = await createStage(14);
    for (let i = 0; i < 50; i++) stage.say(rawMessage([], (PROTOCOL_MAJOR + 1) << 4));
    expect(stage.noticed()).toEqual(["update-needed"]);
    await expectUnharmed(stage);
  });
});

describe("[S12] appends that no honest page sends", () => {
  const dot = "1( '1T?@pB`E\0";

  function append(session: number, clock: number, writes: readonly InkWrite[]): string {
    return encodeAppendMessage({ session, clock, writes }, session)!;
  }

  test("are judged like any other update", async () => {
    const stage = await createStage(17);
    const own = ownSession(stage.room);
    // Also where the contact says that it is this page's own session.
    stage.tell([hello(false)], own);
    const before = stage.ann.session.digest();
    const start = { kind: "start", after: { client: own, clock: 2 ** 30 } } as const;
    const text = { kind: "text", text: dot } as const;
    for (const each of [
      append(SESSION, 0, [start, text]),
      append(SESSION, 0, [text]),
      append(own, 0, [{ kind: "start", after: undefined }, text]),
      append(own, stateOf(stage.ann.session.exportUpdate()!, own), [text]),
    ]) {
      stage.say(each);
      await stage.room.clock.advance(4000);
    }
    expect(stage.ann.session.digest()).toBe(before);
    expect(stage.ann.page.warnings.filter(({ message }) => message.startsWith("sync: refused"))).not.toEqual(
      [],
    );
    await expectUnharmed(stage);
  });

  test("far ahead, thousands of them, make this page neither busy nor loud", async () => {
    const stage = await createStage(18);
    const before = stage.sent();
    let longest = 0;
    for (let i = 0; i < 2000; i++) {
      longest = Math.max(longest, stage.say(append(SESSION, 2 ** 30 + i, [{ kind: "text", text: dot }])));
      await stage.room.clock.advance(10);
    }
    expect(longest).toBeLessThan(MAX_MS);
    expect(stage.sent() - before).toBeLessThan(20 / 0.4 + 10);
    expect(stage.noticed()).toEqual([]);
    await expectUnharmed(stage);
  });

  test("of nobody are asked for a hello, once a second however many there are", async () => {
    const stage = await createStage(19);
    const other = append(999, 0, [
      { kind: "start", after: undefined },
      { kind: "text", text: dot },
    ]);
    const before = stage.sent();
    let longest = 0;
    for (let i = 0; i < 1000; i++) {
      longest = Math.max(longest, stage.say(other));
      await stage.room.clock.advance(10);
    }
    expect(longest).toBeLessThan(MAX_MS);
    expect(stage.sent() - before).toBeGreaterThan(0);
    expect(stage.sent() - before).toBeLessThan(16);
    await expectUnharmed(stage);
  });

  test("and an honest one that comes before its ground is drawn when that has come", async () => {
    const stage = await createStage(20);
    const first = append(SESSION, 0, [
      { kind: "start", after: undefined },
      { kind: "text", text: dot.slice(0, -1) },
    ]);
    const second = append(SESSION, dot.length, [{ kind: "text", text: "\0" }]);
    stage.say(second);
    expect(stage.room.seen("ann").length).toBe(4);
    stage.say(first);
    const [stroke] = stage.ann.session
      .board()!
      .items()
      .filter(({ client }) => client === SESSION);
    expect(stroke).toMatchObject({ ended: true, points: [{ x: 10, y: 20 }] });
  });
});

describe("updates that a page must not take, in messages", () => {
  test("leave the board as it was, whatever frame they come in", async () => {
    const stage = await createStage(15);
    const { session } = stage.ann;
    const own = ownSession(stage.room);
    const ownEnd = stateOf(session.exportUpdate()!, own);
    const mark = encodeMark({ kind: "clear", page: "", below: new Map([[own, 2 ** 31]]) });
    const updates = [
      section(own, ownEnd, { parent: "items", content: content.text() }),
      deletion(own, [0, ownEnd]),
      deletion(own, [ownEnd, 1000]),
      section(77, 0, { parent: "items", content: content.deleted(0) }),
      section(77, 0, { content: content.gc(30_000_000) }),
      section(77, 0, { parent: "secrets", content: content.text() }),
      section(77, 0, { parent: "items", content: content.type(1) }),
      section(77, 0, { parent: "marks", key: markKey(77, 0), content: content.binary(mark) }),
      section(77, 0, { parent: "marks", key: markKey(own, 0), content: content.binary(mark) }),
    ];
    const before = session.digest();
    for (const update of updates) {
      for (const frame of [
        { type: "update", update },
        { type: "diff", update, last: true },
      ] as Frame[]) {
        stage.tell([frame]);
        await stage.room.clock.advance(4000);
      }
    }
    expect(session.digest()).toBe(before);
    await expectUnharmed(stage);
  });

  test("and honest ones between them arrive", async () => {
    const stage = await createStage(16);
    const bad: Frame = { type: "update", update: new Uint8Array([1, 1, 1]) };
    const doc = new Y.Doc();
    doc.clientID = 777;
    Y.applyUpdate(doc, stage.ann.session.exportUpdate()!);
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    const [text] = doc.getArray<Y.Text>("items").toArray();
    doc.getArray("items").push([new Y.Text(text!.toJSON())]);
    stage.tell([bad, { type: "update", update: updates[0]! }, bad]);
    expect(stage.room.seen("ann").length).toBe(5);
    // Again, and much later again: nothing new.
    for (let i = 0; i < 5; i++) {
      stage.tell([{ type: "update", update: updates[0]! }]);
      await stage.room.clock.advance(20_000);
    }
    expect(stage.room.seen("ann").length).toBe(5);
  });
});

function ownSession(room: Room): number {
  const items = inkOn(room.at("ann").session.board());
  return items.find(({ points }) => points[0]!.x === 1)!.client;
}

function stateOf(state: Uint8Array, client: number): number {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return Y.getState(doc.store, client);
}
