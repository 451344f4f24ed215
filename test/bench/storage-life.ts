/*
 * A person who draws on a board for a long time, or opens it again and again, with the simulated messenger around
 * the page: what that costs the device, and how soon the board is there again.
 */
import { createPrng } from "../../src/base/prng.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkSample } from "../../src/ink/stroke.ts";
import { createSession } from "../../src/session.ts";
import type { Session } from "../../src/session.ts";
import type { Platform } from "../../src/simulator/engine.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import type { World } from "../../src/simulator/world.ts";
import { inkOn } from "../support/ink.ts";
import { createPage, TEST_APP } from "../support/phones.ts";
import type { Page } from "../support/phones.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";

const OWN = "ann";
const CONTACT = "bo";
const SAMPLES = 40;
const SAMPLE_MS = 1000 / 60;
const STEP_MS = 1;
/** Everything is written then, and what was begun is finished. */
const SETTLED_MS = 40_000;

export interface Opening {
  /** Milliseconds from the opening of the page. */
  readonly readyMs: number;
  /** That were not empty. */
  readonly values: number;
  readonly bytes: number;
}

export interface Writing {
  /** A minute. */
  readonly handedOver: number;
  readonly rewritten: number;
}

interface OpenedPage {
  readonly page: Page;
  readonly session: Session;
}

/** One phone, on which one app is opened with one contact who is not there. */
export interface Life {
  /** Opens the app; the page before it must be gone. */
  open(): Promise<Opening>;
  /** Draws so many strokes, one each `everyMs`; `asHand`: sample by sample. */
  draw(count: number, everyMs: number, asHand: boolean): Promise<void>;
  /** Lets the page do what it has to do, and leaves. */
  leave(afterMs?: number): Promise<void>;
  /** What was given to the messenger since this was asked last, each minute. */
  written(): Writing;
  strokes(): number;
}

export function createLife(seed: number, platform: Platform = "android"): Life {
  const clock = createSimulatedClock();
  const world = createWorld({ clock, prng: createPrng(seed) });
  const strokes = createStrokes(seed);
  let opened: OpenedPage | undefined;
  const reads: number[] = [];
  let handed = 0;
  let since = { at: 0, handed: 0, rewritten: 0 };
  world.onEvent((event) => {
    if (event.type === "storage-read" && event.bytes > 0) reads.push(event.bytes);
    if (event.type === "storage-write") handed += event.bytes;
  });
  const files = (): ReturnType<ReturnType<World["phone"]>["storage"]> =>
    world.phone(OWN, { platform }).storage(TEST_APP);

  return {
    async open() {
      reads.length = 0;
      const from = clock.now();
      const page = createPage(world, OWN, [CONTACT], { platform });
      const session = createSession(page.env);
      opened = { page, session };
      const isReady = (): boolean => session.phase() === "ready";
      if (!(await clock.runUntil(isReady, 120_000, STEP_MS))) throw new Error("The board did not open.");
      const opening = { values: reads.length, bytes: reads.reduce((sum, each) => sum + each, 0) };
      return { readyMs: clock.now() - from, ...opening };
    },
    async draw(count, everyMs, asHand) {
      for (let i = 0; i < count; i++) {
        const end = clock.now() + everyMs;
        await drawStroke(clock, opened!.session, strokes(), asHand);
        await clock.advance(Math.max(0, end - clock.now()));
      }
    },
    async leave(afterMs = SETTLED_MS) {
      await clock.advance(afterMs);
      opened!.session.leave();
      await clock.advance(3000);
    },
    written() {
      const minutes = (clock.now() - since.at) / 60_000;
      const rewritten = files().rewritten();
      const writing = {
        handedOver: (handed - since.handed) / minutes,
        rewritten: (rewritten - since.rewritten) / minutes,
      };
      since = { at: clock.now(), handed, rewritten };
      return writing;
    },
    strokes: () => inkOn(opened!.session.board()).length,
  };
}

/** Strokes of a hand, of `SAMPLES` samples each, without end. */
function createStrokes(seed: number): () => InkSample[] {
  const ready: InkSample[][] = [];
  let batch = 0;
  return () => {
    while (ready.length === 0) {
      const made = generateStrokes(seed + batch++, 100, 60);
      ready.push(...made.filter(({ length }) => length >= SAMPLES).map((each) => each.slice(0, SAMPLES)));
    }
    return ready.pop()!;
  };
}

async function drawStroke(
  clock: SimulatedClock,
  session: Session,
  samples: readonly InkSample[],
  asHand: boolean,
): Promise<void> {
  const writer = session.board()!.startStroke(PEN);
  const simplifier = createSimplifier(PEN);
  for (const sample of samples) {
    writer.add(simplifier.push(sample));
    if (asHand) await clock.advance(SAMPLE_MS);
  }
  writer.add(simplifier.end());
  writer.end();
}
