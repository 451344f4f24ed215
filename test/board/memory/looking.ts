import type { Board } from "../../../src/board/document/board.ts";
import { inkAmong } from "../../support/ink.ts";

/** A board's past, read to its end. */
export type ReadPast = ReturnType<Board["lookBack"]>;

export function lookBack({ board }: { readonly board: Board }): ReadPast {
  const past = board.lookBack();
  past.prepare(() => false);
  return past;
}

/** The x of all points that are visible at this moment, item by item. */
export function seenThen({ board }: ReadPast): number[][] {
  return inkAmong(board.items()).map(({ points, parts }) => (parts ?? [points]).flat().map(({ x }) => x));
}

/** The same after each step, from before the first on. */
export function story(past: ReadPast): number[][][] {
  return Array.from({ length: past.steps.length + 1 }, (_, at) => {
    past.show(at);
    return seenThen(past);
  });
}

/** What each step is called. */
export function deeds({ steps }: ReadPast): string[] {
  return steps.map(({ by, deed }) => `${by} ${deed}`);
}

/** Everything comes back at once. */
export function bringBack(past: ReadPast, ids: readonly string[] = past.missing()): readonly string[] {
  const back = past.bringBack(ids);
  back.go(() => false);
  return back.ids();
}
