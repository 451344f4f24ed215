/*
 * A board of two on which the contact says whatever a test makes of it: nothing of that may harm who
 * hears it.
 */
import * as encoding from "lib0/encoding";
import { expect } from "vitest";
import * as Y from "yjs";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { trackState } from "../../src/board/document/state.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import { encodeMessage, PROTOCOL_MAJOR } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { startWork } from "../support/work-time.ts";
import { inkOn } from "../support/ink.ts";
import { createRoom } from "../support/room.ts";
import type { OpenPage, Room } from "../support/room.ts";

export const NO_HASH = { hi: 0, lo: 0 };
export const NO_DIGEST = { writes: NO_HASH, deletions: NO_HASH };
export const OTHER_DIGEST = { writes: { hi: 1, lo: 2 }, deletions: NO_HASH };
export const TAG = boardTagOf({ own: "ann", remotes: ["bo"] });
/** Longer than this no single message may keep a page busy. */
export const MAX_MS = 1000;

/** Ann's page, with three dots and bo's one; what bo says from now on is whatever the test makes of it. */
export interface Stage {
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

export const SESSION = 12_345;

export async function createStage(seed: number): Promise<Stage> {
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
    const worked = startWork();
    onNetworkData("bo", text);
    return worked();
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

export function hello(reply: boolean, state: ReadonlyMap<number, number> = new Map()): Frame {
  return { type: "hello", tag: TAG, reply, state, digest: OTHER_DIGEST };
}

/** The contact says that its copy is equal: ann's page has no reason to ask or to hurry. */
export function acknowledge({ ann, tell }: Stage): void {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, ann.session.exportUpdate()!);
  const tracker = trackState(doc);
  tell([{ type: "digest", digest: tracker.digest(), next: 30, clock: 0, acks: [] }]);
  tracker.close();
}

/** Of ann's page. */
export function ownSession(room: Room): number {
  const items = inkOn(room.at("ann").session.board());
  return items.find(({ points }) => points[0]!.x === 1)!.client;
}

/** How much of a session is in an update that is a whole document. */
export function stateOf(update: Uint8Array, client: number): number {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return Y.getState(doc.store, client);
}

/** Ann sees and keeps what she had, draws on, and an honest page of bo gets all of it. */
export async function expectUnharmed({ room, ann }: Stage, also: readonly number[] = []): Promise<void> {
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

export function bytes(fill: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode(fill);
}

/** A message out of raw frames: type and content. */
export function rawMessage(
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
