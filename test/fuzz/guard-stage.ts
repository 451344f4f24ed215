import * as Y from "yjs";
import { rootsOf } from "../../src/board/document/document.ts";
import { stateVectorOf } from "../../src/board/document/state.ts";
import { MAX_DOCUMENT } from "../../src/board/document/document-number.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { createReplica } from "../../src/sync/replica.ts";
import { startWork } from "../support/work-time.ts";
import { createDirectWires } from "../support/direct-wires.ts";
import { createHandClock } from "./hand-clock.ts";
import { createLoneEnv } from "./lone-env.ts";
import { expectAlive } from "../board/guard/expect-alive.ts";
import {
  addWords,
  bring,
  createDevice,
  createLab,
  draw,
  drawOpen,
  itemKey,
  layerKey,
  OWN,
  setAttributes,
  typeIn,
} from "../board/guard/lab.ts";

/** The session in which the contact sends the cases, and the one in which it draws honestly. */
export const SPEAKER = 2500;
export const HONEST = 3_000_000_019;
/** A session that drew what the page does not have yet. */
const AHEAD = 2600;
export const TAG = new Uint8Array(8).fill(7);
const CONTACT = "contact";
const OTHER = "other contact";
/** The other contact's session has the speaker's slot. */
export const COLLIDING = SPEAKER + 2 ** 16;
/** Sessions of the contact on another board, the second one with the slot of one that is on this board. */
export const FOREIGN = 6_000_001;
export const MOVED = HONEST + 2 ** 16;
export const SECOND_DOCUMENT = 7;
/** One that is not in memory, and one of which the page knows nothing. */
export const STORED_DOCUMENT = 5_000_011 * 2 ** 20 + 3;
export const UNKNOWN_DOCUMENT = 5_000_011 * 2 ** 20 + 9;

/** What cases are made of. */
export interface Material {
  /** What the page holds (Yjs, V1). */
  readonly state: Uint8Array;
  /** Live updates that it has, and that it does not have; each list in order. */
  readonly known: readonly Uint8Array[];
  readonly fresh: readonly Uint8Array[];
}

export function createMaterial(seed: number): Material {
  const lab = createLab(seed);
  const ahead = createDevice(AHEAD);
  bring(lab.page, ahead);
  const fresh: Uint8Array[] = [];
  ahead.doc.on("update", (update: Uint8Array) => fresh.push(update));
  draw(ahead, 3, 6);
  drawOpen(ahead, 7);
  ahead.board.board.clear();
  ahead.board.board.history.undo();
  ahead.board.board.history.redo();
  draw(ahead, 8, 30);
  const words = addWords(ahead, "words of its own");
  typeIn(ahead, words, 5, " more");
  const [others] = rootsOf(ahead.doc).labels.values() as IterableIterator<Y.Text>;
  others!.insert(3, "between");
  const layer = layerKey(AHEAD, 0, "o");
  setAttributes(ahead, { [itemKey(words, "t")]: new Uint8Array(9), [layer]: Uint8Array.of(1) });
  for (let i = 0; i < 3; i++) setAttributes(ahead, { "p.b": Uint8Array.of(i), "l.k": Uint8Array.of(i) });
  const joined = createDevice(AHEAD + 1);
  const chunks: Uint8Array[] = [];
  joined.doc.on("update", (update: Uint8Array) => chunks.push(update));
  bring(ahead, joined, 150);
  const material: Material = {
    state: Y.encodeStateAsUpdate(lab.page.doc),
    known: [...lab.sent],
    fresh: [...fresh, ...chunks, Y.encodeStateAsUpdate(ahead.doc)],
  };
  for (const each of [ahead, joined, lab]) each.close();
  return material;
}

/** A page with its replica, to which an honest contact and a hostile one speak with one voice. */
export interface Stage {
  /**
   * Hands a message to the page; the milliseconds of the processor that it took, or the longest of what it left
   * to be done in the next four seconds. Throws what the handler throws.
   */
  deliver(text: string): number;
  /** What is small and honest, and what it costs now. */
  honest(): HonestCost;
  /** A message of the speaker, or in another session's name. */
  message(frames: readonly Frame[], session?: number): string;
  /** How much of a session the page has. */
  stateOf(session: number): number;
  /** The whole board of the page (Yjs, V1). */
  state(): Uint8Array;
  /** What the page holds, to see whether it took something. */
  mark(): string;
  /** Throws unless the page lives. */
  check(): void;
  /** How often each thing was refused. */
  readonly refusals: ReadonlyMap<string, number>;
  close(): void;
}

/** In milliseconds of the processor. */
export interface HonestCost {
  /** An update with a contact's dot. */
  readonly update: number;
  /** The dearest of this person's own: a dot, the erasing of an item, and the undo of that. */
  readonly own: number;
}

/** `startMeasure`: begins to measure what is done; the result tells how much it was. */
export function createStage({ state }: Material, seed: number, startMeasure = startWork): Stage {
  const page = createDevice(OWN, state);
  const contact = createDevice(HONEST, state);
  // The page's second document, and what the contact has of it.
  const secondPage = createDevice(OWN);
  const secondContact = createDevice(HONEST);
  let secondChecked = 0;
  const { clock, pass } = createHandClock(startMeasure);
  const refusals = new Map<string, number>();
  /** What the session is told of further documents: all of it numbers that there can be. */
  const told: number[] = [];
  const env = createLoneEnv({
    clock,
    seed,
    warn: (what) => void refusals.set(what, (refusals.get(what) ?? 0) + 1),
  });
  const replica = createReplica({
    env,
    doc: page.doc,
    guard: page.guard,
    tag: TAG,
    // A chat of two or a group.
    remotes: seed % 2 === 0 ? [CONTACT] : [CONTACT, OTHER],
    flushInk: page.board.flush,
    hold: page.board.hold,
    strokesBeyond: page.board.strokesBeyond,
    roster: {
      entries: () =>
        new Map([
          [SECOND_DOCUMENT, second.digest()],
          [STORED_DOCUMENT, { writes: { hi: 3, lo: 4 }, deletions: { hi: 0, lo: 0 } }],
        ]),
      differs: (_, numbers) => told.push(...numbers),
      wanted: (number) => told.push(number),
      settled: (number) => told.push(number),
    },
  });
  // A person who takes every call, and rings where there is none.
  const connect = createDirectWires(clock).connectOf("me");
  replica.voice.attach({ canTalk: () => true, told: () => {}, changed: () => {}, connect: () => connect });
  replica.voice.press();
  const second = replica.addDocument(SECOND_DOCUMENT, {
    doc: secondPage.doc,
    guard: secondPage.guard,
    flushInk: secondPage.board.flush,
    hold: secondPage.board.hold,
    strokesBeyond: secondPage.board.strokesBeyond,
  });
  // As who paints does: what is shown now is asked for with each change.
  page.board.board.onChange(() => page.board.board.items());
  replica.onMuted(() => page.troubles.push("the contact is not listened to any more"));

  function message(frames: readonly Frame[], session = SPEAKER): string {
    return encodeMessage({ session, frames });
  }

  function deliver(text: string): number {
    return longestOf(() => {
      replica.receive(CONTACT, text);
      replica.voice.press();
      replica.voice.hear(clock.now() + 100);
    });
  }

  function longestOf(act: () => void): number {
    const worked = startMeasure();
    act();
    const took = worked();
    // Too much rubbish at once is muted, which is another test's matter.
    return Math.max(took, pass(4000));
  }

  function honest(): HonestCost {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): void => void updates.push(update);
    contact.doc.on("update", collect);
    draw(contact, 2, 1);
    contact.doc.off("update", collect);
    const update = Math.max(
      ...updates.map((each) => deliver(message([{ type: "update", update: each }], HONEST))),
    );
    const { board } = page.board;
    const erased = board.items().find(({ client }) => client !== OWN);
    const own = [
      longestOf(() => draw(page, 1, 1)),
      longestOf(() => void board.erase(erased ? [erased.id] : [])),
      longestOf(() => void board.history.undo()),
    ];
    return { update, own: Math.max(...own) };
  }

  const hash = { hi: 0, lo: 0 };
  const hello: Frame = {
    type: "hello",
    tag: TAG,
    reply: false,
    state: stateVectorOf(contact.doc),
    digest: { writes: hash, deletions: hash },
  };
  for (const session of [HONEST, SPEAKER]) deliver(message([hello], session));
  for (const session of [FOREIGN, MOVED])
    deliver(message([{ ...hello, tag: new Uint8Array(8).fill(9) }], session));
  replica.receive(OTHER, message([hello], COLLIDING));

  return {
    deliver,
    honest,
    message,
    stateOf: (session) => Y.getState(page.doc.store, session),
    state: () => Y.encodeStateAsUpdate(page.doc),
    mark: () => [page, secondPage].map(({ doc }) => [...stateVectorOf(doc)].join(" ")).join("; "),
    check() {
      const made = told.splice(0).filter((number) => !(number > 1 && number <= MAX_DOCUMENT));
      if (made.length > 0) throw new Error(`the session is told of ${made.join(", ")}`);
      expectAlive({ page, contact }, (update) => void deliver(message([{ type: "update", update }], HONEST)));
      // The second one only where something came: most cases are about the first.
      if (writesOf(secondPage.doc) === secondChecked && secondPage.troubles.length === 0) return;
      expectAlive(
        { page: secondPage, contact: secondContact },
        (update) => void deliver(message([{ type: "update", update, document: SECOND_DOCUMENT }], HONEST)),
      );
      secondChecked = writesOf(secondPage.doc);
    },
    refusals,
    close() {
      replica.close();
      for (const device of [page, contact, secondPage, secondContact]) device.close();
    },
  };
}

function writesOf(doc: Y.Doc): number {
  return [...stateVectorOf(doc).values()].reduce((sum, clock) => sum + clock, 0);
}
