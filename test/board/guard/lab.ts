/*
 * A board that has a bit of everything, with the devices of two people behind their guards, and what these
 * do by hand: what the tests of the guard begin with.
 */
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import {
  createDocument,
  LOCAL_ORIGIN,
  REMOTE_ORIGIN,
  rootsOf,
  STORAGE_ORIGIN,
} from "../../../src/board/document/document.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import type { Guard } from "../../../src/board/guard/guard.ts";
import { STORED_LIMITS } from "../../../src/board/guard/scan.ts";
import type { ScanLimits } from "../../../src/board/guard/scan.ts";
import type { WriteId } from "../../../src/board/document/write-id.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import type { BoardHandle } from "../../../src/board/yjs-board.ts";
import type { StrokeHeader } from "../../../src/ink/stroke.ts";
import { causalChunks, dividedUpdate } from "../../../src/board/document/chunks.ts";
import { createHandTime } from "../../support/hand-time.ts";
import type { HandTime } from "../../support/hand-time.ts";

/** The sessions of a lab: this page's, one that this person had before, and the contact's two. */
export const OWN = 1000;
export const OWN_EARLIER = 400;
export const CONTACT = 2000;
export const CONTACT_EARLIER = 300;
/** Sessions that nobody has; one sorts before the others, one behind them. */
export const STRANGER = 7;
export const LATE_STRANGER = 4_000_000_000;

export const HEADER: StrokeHeader = {
  tool: "pen",
  input: "mouse",
  color: 0x123456,
  width: 4,
  pressure: false,
  scale: 0,
};

/** One device's document behind its guard. */
export interface Device {
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly board: BoardHandle;
  /** By which it tells when things are done. */
  readonly time: HandTime;
  /** What went wrong in places that must not fail. */
  readonly troubles: string[];
  /** Offers bytes to the guard, as one change of the document. */
  admit(bytes: Uint8Array, limits?: ScanLimits, mayWait?: boolean): Verdict;
  close(): void;
}

/** This page, and what an honest contact has, at the same state. */
export interface Lab {
  readonly page: Device;
  readonly contact: Device;
  /** The live updates that the contact sent so far, oldest first. */
  readonly sent: readonly Uint8Array[];
  close(): void;
}

/** A device with what `state` brings (a Yjs update, V1), drawing under `client`. */
export function createDevice(client: number, state?: Uint8Array): Device {
  const doc = createDocument();
  const troubles: string[] = [];
  const guard = createGuard({ doc, onWedged: () => troubles.push("wedged") });
  if (state) {
    guard.apply(STORAGE_ORIGIN, (admit) => {
      const { kind } = admit(state, STORED_LIMITS);
      if (kind !== "ready") troubles.push(`the state is ${kind}`);
    });
  }
  doc.clientID = client;
  guard.setOwnClient(client);
  const time = createHandTime();
  const board = createBoard({
    doc,
    time,
    isPresent: () => true,
    onError: (error) => troubles.push(`a listener failed: ${String(error)}`),
  });
  return {
    doc,
    guard,
    board,
    time,
    troubles,
    admit(bytes, limits, mayWait) {
      let verdict: Verdict | undefined;
      guard.apply(REMOTE_ORIGIN, (admit) => {
        verdict = admit(bytes, limits, mayWait);
      });
      return verdict ?? { kind: "refused", reason: "the guard does not listen any more" };
    },
    close() {
      board.close();
      guard.close();
      doc.destroy();
    },
  };
}

/** Draws a stroke of `count` points. */
export function draw({ board }: Device, x: number, count = 3): void {
  const writer = board.board.startStroke(HEADER);
  writer.add(Array.from({ length: count }, (_, i) => ({ x: x + i * 5, y: i * i, pressure: 0.5 })));
  writer.end();
}

/** Draws a stroke that stays open, and puts it into the document as far as it is. */
export function drawOpen({ board }: Device, x: number): void {
  board.board.startStroke(HEADER).add([{ x, y: 0, pressure: 0.5 }]);
  board.flush();
}

/** Gives keys of `attrs` a value, in one transaction. */
export function setAttributes({ doc }: Device, values: Readonly<Record<string, Uint8Array>>): void {
  doc.transact(() => {
    for (const [key, value] of Object.entries(values)) rootsOf(doc).attrs.set(key, value);
  }, LOCAL_ORIGIN);
}

/** Puts a text on the board, as any session does: its ink and the words. */
export function addWords({ doc }: Device, words: string): WriteId {
  const { items, labels } = rootsOf(doc);
  const ink = new Y.Text("a text and its place");
  doc.transact(() => {
    items.push([ink]);
    const { client, clock } = ink._item!.id;
    labels.set(labelKey({ client, clock }), new Y.Text(words));
  }, LOCAL_ORIGIN);
  const { client, clock } = ink._item!.id;
  return { client, clock };
}

export function labelOf({ doc }: Device, item: WriteId): Y.Text {
  return rootsOf(doc).labels.get(labelKey(item)) as Y.Text;
}

export function typeIn(device: Device, item: WriteId, at: number, words: string): void {
  device.doc.transact(() => labelOf(device, item).insert(at, words), LOCAL_ORIGIN);
}

export function labelKey({ client, clock }: WriteId): string {
  return `${client.toString(36)}.${clock.toString(36)}`;
}

export function itemKey(item: WriteId, field: string): string {
  return `i${labelKey(item)}.${field}`;
}

export function layerKey(client: number, n: number, field: string): string {
  return `l${client.toString(36)}.${n.toString(36)}.${field}`;
}

/** Brings `to` to the state of `from`, through the guard of `to`; what the guard said. */
export function bring(from: Device, to: Device, limit?: number): Verdict[] {
  const chunks = causalChunks(from.doc, stateVectorOf(to.doc), true, limit);
  return chunks.flatMap((chunk) => admitInParts(to, chunk));
}

/** Offers an update, or part after part of it, as sync/link/incoming.ts does task by task; the last verdict on each. */
function admitInParts(to: Device, update: Uint8Array): Verdict[] {
  const verdicts: Verdict[] = [];
  const left = [update];
  for (let next = left.shift(); next; next = left.shift()) {
    const verdict = to.admit(next, undefined, true);
    if (verdict.kind === "later") left.unshift(next);
    else if (verdict.kind === "divide") left.unshift(...dividedUpdate(next, verdict.at));
    else verdicts.push(verdict);
  }
  return verdicts;
}

/**
 * A board with a bit of everything: finished and open strokes of four sessions, a clear, its undo
 * turned several times, an erased stroke; words by three sessions, a layer, attributes given by two at once.
 */
export function createLab(seed = 1): Lab {
  const prng = createPrng(seed);
  const device = (client: number, ...before: Device[]): Device => {
    const made = createDevice(client);
    for (const each of before) bring(each, made);
    return made;
  };
  const first = device(CONTACT_EARLIER);
  draw(first, prng.below(100));
  drawOpen(first, prng.below(100));
  const second = device(OWN_EARLIER, first);
  draw(second, prng.below(100), 8);
  second.board.board.clear();
  for (let i = 0; i < 3; i++) {
    second.board.board.history.undo();
    if (i < 2) second.board.board.history.redo();
  }
  const contact = device(CONTACT, second);
  const page = device(OWN, second);
  const sent: Uint8Array[] = [];
  contact.doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === LOCAL_ORIGIN) sent.push(update);
  });
  draw(page, prng.below(100));
  draw(contact, prng.below(100));
  bring(contact, page);
  bring(page, contact);
  const words = addWords(second, "three words here");
  setAttributes(second, { "p.b": Uint8Array.of(1), [layerKey(OWN_EARLIER, 0, "o")]: Uint8Array.of(7) });
  for (const each of [contact, page]) bring(second, each);
  typeIn(contact, words, 5, " and");
  typeIn(page, words, 5, " or");
  setAttributes(contact, { [itemKey(words, "c")]: Uint8Array.of(1, 2, 3), "p.b": Uint8Array.of(2) });
  setAttributes(page, {
    [itemKey(words, "c")]: Uint8Array.of(9),
    [layerKey(OWN_EARLIER, 0, "h")]: Uint8Array.of(1),
  });
  bring(contact, page);
  bring(page, contact);
  draw(contact, prng.below(100), 20);
  contact.board.board.history.undo();
  drawOpen(contact, prng.below(100));
  bring(contact, page);
  draw(page, prng.below(100));
  page.board.board.clear();
  page.board.board.history.undo();
  bring(page, contact);
  for (const each of [first, second]) each.close();
  return {
    page,
    contact,
    sent,
    close() {
      contact.close();
      page.close();
    },
  };
}
