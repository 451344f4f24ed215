import type * as Y from "yjs";
import { causalChunks } from "../board/document/chunks.ts";
import { stateVectorOf } from "../board/document/state.ts";
import type { Guard } from "../board/guard/guard.ts";
import { createCarry } from "../board/storage/carry.ts";
import type { BoardRegister } from "../board/storage/board-register.ts";
import type { Carry } from "../board/storage/carry.ts";
import type { SizeLimits } from "../board/document/size.ts";
import type { Journal } from "../board/storage/journal.ts";
import type { Env } from "../env/env.ts";
import type { Participants } from "../env/host.ts";
import type { BoardPages } from "./board-pages.ts";
import type { Notice } from "./notice.ts";
import type { RunningBoard } from "./running-board.ts";
import type { Urgency } from "./urgency.ts";

export interface BoardCarryDeps {
  readonly env: Env;
  readonly participants: Participants;
  readonly limits: SizeLimits;
  readonly guard: Guard;
  readonly journal: Journal;
  readonly board: RunningBoard;
  readonly register: Promise<BoardRegister | undefined>;
  readonly pages: Pick<BoardPages, "copyFurther" | "isGiven" | "stored">;
  isPaused(): boolean;
  changed(urgency: Urgency): void;
  notice(notice: Notice): void;
}

/** Copying a board of nearly the same people to this one, from when it is loaded. */
export function startCarry({ guard, journal, board, pages, isPaused, ...deps }: BoardCarryDeps): Carry {
  const { doc } = board;
  return createCarry({
    env: deps.env,
    participants: deps.participants,
    doc,
    guard,
    noting: {
      register: deps.register,
      state: () => ({ holdsSomething: !board.first.handle.board.isEmpty(), ...pages.stored() }),
    },
    pieces: (old: Y.Doc, bytes) => causalChunks(old, stateVectorOf(doc), true, bytes),
    copyFurther: pages.copyFurther,
    isStored: () => journal.isStored() && pages.isGiven(),
    changed: () => deps.changed("soon"),
    copied() {
      // The contacts learn at once that there is more here than they have.
      if (!isPaused()) board.replica.announce();
    },
    limits: deps.limits,
    trouble: (what) => deps.notice({ kind: `carry-${what}` }),
  });
}
