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

/** Who did the steps, as far as that is known by now. */
export interface Authors {
  of(session: number): Author;
  /** Asks for all of them anew; says whether any is another. */
  update(): boolean;
}

export function createAuthors(steps: readonly PastStep[], authorOf: (step: PastStep) => Author): Authors {
  const firstSteps = new Map<number, PastStep>();
  for (const step of steps) if (!firstSteps.has(step.by)) firstSteps.set(step.by, step);
  const known = new Map<number, Author>();
  const authors: Authors = {
    of: (session) => known.get(session)!,
    update() {
      let isOther = false;
      for (const [session, step] of firstSteps) {
        const [before, now] = [known.get(session), authorOf(step)];
        known.set(session, now);
        if (before?.name !== now.name || before.color !== now.color || before.isOwn !== now.isOwn)
          isOther = true;
      }
      return isOther;
    },
  };
  authors.update();
  return authors;
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
