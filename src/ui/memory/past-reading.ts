import type { Board } from "../../board/document/board.ts";
import type { PastStep } from "../../board/document/past.ts";

/** Who drew in a session. */
export interface Author {
  /** This person, now or when the app was open before. */
  readonly isOwn: boolean;
  readonly name: string;
  /** 0xRRGGBB. */
  readonly color: number;
}

export type PastOfBoard = ReturnType<Board["lookBack"]>;

/** So many steps are done between two looks whether that is enough. */
const STEPS_AT_A_TIME = 100;

/** By session. */
export function authorsOf(
  steps: readonly PastStep[],
  authorOf: (step: PastStep) => Author,
): ReadonlyMap<number, Author> {
  const known = new Map<number, Author>();
  for (const step of steps) if (!known.has(step.by)) known.set(step.by, authorOf(step));
  return known;
}

/** Works out each item when it comes, in the frames in which they come; returns how to stop. */
export function makeItems({ board }: PastOfBoard): () => void {
  return board.onChange(({ shown, altered }) => {
    for (const ids of [shown, altered]) for (const id of ids) board.item(id);
  });
}

/** Goes to the last moment, until `enough` says so; whether it is there. */
export function showAll(past: PastOfBoard, enough: () => boolean): boolean {
  while (past.at() < past.steps.length) {
    past.show(past.at() + STEPS_AT_A_TIME);
    if (enough()) return past.at() === past.steps.length;
  }
  return true;
}
