/*
 * How a stored board comes onto its document: a large one piece by piece, each in a task of its own, so that its
 * first ink can be seen and the pen works meanwhile.
 *
 *     open --expect--> arriving --end--> over
 *        \--------------end-------------/
 *
 * At every moment what is seen is a part of the board as it will be. Ink that something later hides, moves or cuts
 * would be seen for a moment as it no longer is: so it is known beforehand which items there is more to say of, and
 * none of these is shown before all is there.
 */
import { createEmitter } from "../../base/emitter.ts";
import type { Box } from "../../base/geometry.ts";
import { firstBehind, type ClockRange } from "./marks.ts";

/** Items, by the clocks of their writes; ascending and disjoint. */
export interface ItemRanges {
  /** All that there are. */
  readonly everything: boolean;
  readonly bySession: ReadonlyMap<number, readonly ClockRange[]>;
}

export interface Arrival {
  /** All that was stored is there, or nothing more will come. */
  isOver(): boolean;
  /** Around all that can be seen when it is over, as far as that was known when it was stored; world units. */
  extent(): Box | undefined;
  /** Whether there is more to come of an item whose writes are these of a session. */
  holdsBack(client: number, writes: ClockRange): boolean;
  onOver(listener: () => void): () => void;
  /** Somebody shows the board, and is asked around what all ink is when it is stored; it may be unknown then. */
  setMeasure(measure: (() => Box | undefined) | undefined): void;
  /** Some of its ink is on the screen. */
  shown(): void;
}

/** The same for who reads and writes the stored board. */
export interface ArrivalControl extends Arrival {
  /** It will take a while, and of these items there is more to come. */
  expect(changed: readonly ItemRanges[], extent: Box | undefined): void;
  onExpected(listener: () => void): () => void;
  /** Where somebody shows the board: until some of it is on the screen. It may take for ever. */
  untilShown(): Promise<void>;
  end(): void;
  measured(): Box | undefined;
}

/** `onError`: a listener threw. */
export function createArrival(onError: (error: unknown) => void): ArrivalControl {
  const over = createEmitter<void>(onError);
  const expected = createEmitter<void>(onError);
  let isOver = false;
  let held: readonly ItemRanges[] = [];
  let extent: Box | undefined;
  let measure: (() => Box | undefined) | undefined;
  let isShown = false;
  const seen = createEmitter<void>(onError);
  return {
    isOver: () => isOver,
    extent: () => extent,
    holdsBack: (client, writes) => held.some((each) => touches(each, client, writes)),
    onOver: (listener) => over.on(listener),
    setMeasure: (next) => void (measure = next),
    expect(changed, around) {
      if (isOver) return;
      held = changed;
      extent = around;
      expected.emit();
    },
    onExpected: (listener) => expected.on(listener),
    end() {
      if (isOver) return;
      isOver = true;
      held = [];
      over.emit();
    },
    measured: () => measure?.(),
    shown() {
      if (isShown) return;
      isShown = true;
      seen.emit();
    },
    untilShown: () =>
      new Promise((resolve) => {
        if (isShown || !measure) resolve();
        else seen.on(resolve);
      }),
  };
}

/** Of a document on which everything is. */
export function arrivedBefore(): Arrival {
  const arrival = createArrival(() => undefined);
  arrival.end();
  return arrival;
}

function touches({ everything, bySession }: ItemRanges, client: number, { start, end }: ClockRange): boolean {
  if (everything) return true;
  const ranges = bySession.get(client);
  const range = ranges?.[firstBehind(ranges, start)];
  return range !== undefined && range.start < end;
}
