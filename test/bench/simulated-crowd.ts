/*
 * The other people on a large board, as one page hears them: they write into one document between them and
 * say what they wrote in the app's own messages. They take in what the page says, so that their signs of
 * life are true. Nothing is lost, nothing is late.
 */
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import { createDocument, LOCAL_ORIGIN, rootsOf } from "../../src/board/document/document.ts";
import { trackState } from "../../src/board/document/state.ts";
import { createInkWriter } from "../../src/board/writing/ink-writer.ts";
import { createItemMaker } from "../../src/board/writing/item-maker.ts";
import { createSessionWriter } from "../../src/board/writing/session-writer.ts";
import { inkText } from "../../src/board/writing/ink-text.ts";
import type { StrokeWriter } from "../../src/board/document/board.ts";
import type { Address } from "../../src/env/host.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkPoint, InkSample } from "../../src/ink/stroke.ts";
import { appendOf } from "../../src/sync/wire/append.ts";
import { encodeAppendMessage } from "../../src/sync/wire/append-message.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { decodeMessage, framesOf } from "../support/messages.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";

export interface SimulatedCrowd {
  /** Their board, before anybody draws. */
  readonly doc: Y.Doc;
  /** What the one of this place among the others says next; more ink of a stroke, in each message. */
  nextUpdate(person: number): string;
  hello(person: number): string;
  signOfLife(person: number): string;
  /** The page said something. */
  heard(text: string): void;
}

export interface CrowdSettings {
  readonly own: Address;
  readonly others: readonly Address[];
  /** Strokes on the board, and how many sessions drew them. */
  readonly strokes: number;
  readonly sessions: number;
  /** Samples of ink in each update. */
  readonly samplesAnUpdate: number;
}

const NO_TIME = { clock: { now: () => 0 }, calendar: { minutes: () => 0 } };
/** What presence says goes along with every so many updates. */
const PRESENCE_EVERY = 3;
const SECONDS_TO_NEXT_SIGN = 6;

/** One of the others. */
interface Person {
  readonly session: number;
  readonly writer: ReturnType<typeof createInkWriter>;
  readonly samples: Iterator<InkSample | "end", never>;
  stroke:
    | { readonly writer: StrokeWriter; readonly simplifier: ReturnType<typeof createSimplifier> }
    | undefined;
  updates: number;
  revision: number;
}

export function createSimulatedCrowd(settings: CrowdSettings): SimulatedCrowd {
  const { own, others } = settings;
  const prng = createPrng(20);
  const doc = largeBoard(settings, prng);
  const roots = rootsOf(doc);
  const tracker = trackState(doc);
  const tag = boardTagOf({ own, remotes: others });
  let written: Uint8Array = new Uint8Array();
  doc.on("update", (update: Uint8Array) => {
    written = update;
  });
  /** The page's. */
  let ownSession: number | undefined;

  const people = others.map((_, place): Person => {
    const client = prng.uint32();
    const transact = (change: () => void): void => {
      doc.clientID = client;
      doc.transact(change, LOCAL_ORIGIN);
    };
    const session = createSessionWriter({ doc, roots, time: NO_TIME });
    const maker = createItemMaker({ state: { layer: FIRST_LAYER }, roots, layers: () => [], session });
    const writer = createInkWriter({
      maker,
      underWay: new Set(),
      transact,
      mayGoOn: () => true,
      onError: fail,
    });
    const samples = handOf(place + 1);
    return { session: client, writer, samples, stroke: undefined, updates: 0, revision: 0 };
  });

  function drawSome(person: Person): void {
    for (let left = settings.samplesAnUpdate; left > 0; left--) {
      const sample = person.samples.next().value;
      if (sample === "end") {
        if (!person.stroke) continue;
        person.stroke.writer.add(person.stroke.simplifier.end());
        person.stroke.writer.end();
        person.stroke = undefined;
        // What comes after an end is another update.
        return;
      }
      person.stroke ??= { writer: person.writer.start(PEN, ENDING), simplifier: createSimplifier(PEN) };
      person.stroke.writer.add(person.stroke.simplifier.push(sample));
    }
    person.writer.flush();
  }

  function presenceOf(person: Person): Frame {
    const x = prng.below(1000);
    return {
      type: "presence",
      revision: person.revision++,
      presence: {
        document: 0,
        name: "Somebody",
        color: PEN.color,
        tool: "pen",
        view: { minX: x, minY: 0, maxX: x + 1000, maxY: 700 },
        penDown: true,
        cursor: undefined,
      },
    };
  }

  function say(person: Person, frames: readonly Frame[]): string {
    return encodeMessage({ session: person.session, frames });
  }

  return {
    doc,
    nextUpdate(place) {
      const person = people[place]!;
      written = new Uint8Array();
      while (written.length === 0) drawSome(person);
      const append = person.updates++ % PRESENCE_EVERY === 0 ? undefined : appendOf(written);
      const alone = append && encodeAppendMessage(append, person.session);
      return alone ?? say(person, [presenceOf(person), { type: "update", update: written }]);
    },
    hello: (place) =>
      say(people[place]!, [
        { type: "hello", tag, reply: false, state: undefined, digest: tracker.digest(), names: [] },
      ]),
    signOfLife(place) {
      const person = people[place]!;
      const sessions = [
        ...people.map(({ session }) => session),
        ...(ownSession === undefined ? [] : [ownSession]),
      ];
      return say(person, [
        {
          type: "digest",
          digest: tracker.digest(),
          next: SECONDS_TO_NEXT_SIGN,
          clock: Y.getState(doc.store, person.session),
          acks: sessions
            .filter((session) => session !== person.session)
            .map((session) => [session, Y.getState(doc.store, session)]),
        },
      ]);
    },
    heard(text) {
      // Its first message is a hello, which says the session that an append leaves out.
      ownSession ??= decodeMessage(text)?.session;
      for (const frame of framesOf(text, ownSession))
        if (frame.type === "update") Y.applyUpdate(doc, frame.update);
    },
  };
}

const ENDING = {
  done: () => undefined,
  replaced(): never {
    throw new Error("Nobody draws shapes here.");
  },
};

function fail(error: unknown): never {
  throw error;
}

/** A hand that draws stroke after stroke without end. */
function* handOf(seed: number): Generator<InkSample | "end", never> {
  for (let round = 0; ; round++) {
    for (const stroke of generateStrokes(seed * 1000 + round, 10, 60)) {
      yield* stroke;
      yield "end";
    }
  }
}

/** As many people drew as time passes on a board that is used for weeks. */
function largeBoard({ strokes, sessions }: CrowdSettings, prng: Prng): Y.Doc {
  const doc = createDocument();
  const { items } = rootsOf(doc);
  const each = Math.ceil(strokes / sessions);
  const drawn = generateStrokes(7, strokes, 60).map(pointsOf);
  for (let from = 0; from < strokes; from += each) {
    doc.clientID = prng.uint32();
    doc.transact(() => {
      for (const points of drawn.slice(from, from + each)) items.push([new Y.Text(inkText(PEN, points))]);
    });
  }
  return doc;
}

function pointsOf(samples: readonly InkSample[]): InkPoint[] {
  const simplifier = createSimplifier(PEN);
  return [...samples.flatMap((sample) => [...simplifier.push(sample)]), ...simplifier.end()];
}
