/*
 * Whether there is room for what this page is about to write: its own limits are about half of what contacts
 * take (document/limits.ts), and a part of that is kept in reserve for what must not stop half-way: the stroke
 * under the pen, the text that is typed in, undo and redo.
 *
 *     free --nine tenths--> nearly --the smallest thing has no room--> full
 *
 * Each stage of each resource is told once in a page's life, and every deed that is refused is told too.
 */
import type * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import { LOCAL_ORIGIN } from "../document/document.ts";
import { RESOURCES } from "../document/limits.ts";
import { addSize, NO_SIZE } from "../document/size.ts";
import type { Resource } from "../document/limits.ts";
import type { Size, SizeLimits } from "../document/size.ts";

export type RoomStage = "free" | "nearly" | "full";

/** A stage was reached, or something was refused because of it. */
export interface RoomNews {
  readonly of: Resource;
  readonly stage: "nearly" | "full";
}

export interface Room {
  /** As Board has it. Tells nobody. */
  noRoomFor(what: "drawing" | "erasing"): Resource | undefined;
  /** Whether something new of this size may be written; where it may not, that is told. */
  admits(more: Partial<Size>): boolean;
  /** The same for what goes on or is taken back, which has the reserve too. */
  admitsReserve(more: Partial<Size>): boolean;
  /** How much of the room there is used, from 0 to 1 or a little more: of what is scarcest. */
  share(): number;
  /** All that there is to tell of the board as it is now. */
  news(): readonly RoomNews[];
  onNews(listener: (news: RoomNews) => void): () => void;
  close(): void;
}

/** What a stroke may need, and what goes on may need at a time. */
export const A_STROKE: Partial<Size> = { writes: 8, content: MAX_STROKE_CHARS };
/** The same where something is hidden. */
export const A_MARK: Partial<Size> = { writes: 8, marks: 256, standingMarks: 256 };
/** What is typed, or erased, in a text with a key. */
export const A_KEY: Partial<Size> = { ...A_STROKE, ...A_MARK };
/** What taking back needs besides the room that was kept for it when the step was done. */
export const A_STEP_BACK: Partial<Size> = { writes: 64, content: 1024, marks: 1024, standingMarks: 1024 };

/** From this share on a person is told. */
export const NEARLY = 0.9;
/** Where so many times as many bytes of marks stand, it is not looked which of them hide what others hide. */
const BEYOND_DOUBT = 1.5;
const RESERVE = 1 / 16;

export interface RoomDeps {
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  readonly limits: SizeLimits;
  /** As SizeTracker has it. */
  size(enough?: number, beyond?: number): Size;
  onError(error: unknown): void;
}

export function createRoom({ doc, limits, size, onError }: RoomDeps): Room {
  const event = createEmitter<RoomNews>(onError);
  const told = new Map<Resource, RoomStage>();

  const isNew = (): boolean => !doc.store.clients.has(doc.clientID);

  /** Without the reserve; of sessions each page needs one only. */
  function usable(of: Resource): number {
    const { writes } = limits[of];
    return of === "sessions" ? writes : Math.floor(writes * (1 - RESERVE));
  }

  /** With what counts of the marks, where it may make a difference: it takes a while to find. */
  const sizeNow = (): Size => size(usable("standingMarks") * NEARLY, usable("standingMarks") * BEYOND_DOUBT);

  /** What is lacking for so much more; undefined: nothing is. */
  function lacking(more: Partial<Size>, most: (of: Resource) => number): Resource | undefined {
    const now = (more.standingMarks ?? 0) > 0 ? sizeNow() : size();
    const sum = addSize(now, { ...more, sessions: isNew() ? 1 : 0 });
    return RESOURCES.find((of) => sum[of] > now[of] && sum[of] > most(of));
  }

  function check(more: Partial<Size>, most: (of: Resource) => number): boolean {
    // What was drawn already, and only enters the history, is none of this.
    if (RESOURCES.every((of) => (more[of] ?? 0) === 0)) return true;
    const of = lacking(more, most);
    if (of) event.emit({ of, stage: "full" });
    return of === undefined;
  }

  function stageOf(of: Resource): RoomStage {
    const used = (of === "standingMarks" ? sizeNow() : size())[of];
    if (of === "sessions" && !isNew()) return used > usable(of) * NEARLY ? "nearly" : "free";
    const least = { ...NO_SIZE, ...A_STROKE, ...A_MARK, sessions: 1 }[of];
    if (used + least > usable(of)) return "full";
    return used > usable(of) * NEARLY ? "nearly" : "free";
  }

  const onChange = ({ origin }: Y.Transaction): void => {
    for (const of of RESOURCES) {
      const before = told.get(of);
      // Marks of others are looked at when this person hides something next.
      if (before === "full" || (of === "standingMarks" && origin !== LOCAL_ORIGIN)) continue;
      const stage = stageOf(of);
      if (stage === "free" || before === stage) continue;
      told.set(of, stage);
      event.emit({ of, stage });
    }
  };
  doc.on("afterTransactionCleanup", onChange);

  function news(): readonly RoomNews[] {
    return RESOURCES.flatMap((of) => {
      const stage = stageOf(of);
      return stage === "free" ? [] : [{ of, stage }];
    });
  }
  for (const { of, stage } of news()) told.set(of, stage);

  return {
    noRoomFor: (what) => lacking(what === "drawing" ? A_STROKE : A_MARK, usable),
    admits: (more) => check(more, usable),
    admitsReserve: (more) => check(more, (of) => limits[of].writes),
    share() {
      const now = size();
      // What is hidden several times counts once among marks that stand, which takes a while to find.
      return Math.max(...RESOURCES.map((of) => (of === "standingMarks" ? 0 : now[of] / usable(of))));
    },
    news,
    onNews: (listener) => event.on(listener),
    close: () => doc.off("afterTransactionCleanup", onChange),
  };
}
