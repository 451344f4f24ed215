/*
 * Undo, redo and clear as the person asks for them: what is being typed is finished first, and what could
 * not be taken back is told.
 */
import type { Board, Step } from "../../board/document/board.ts";
import { FIRST_PAGE } from "../../board/pages/page-id.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import { tick } from "../input/haptics.ts";
import { layerTitle } from "../words/layer-title.ts";
import type { Notices } from "../notices/notices.ts";
import { NOTICE_SECONDS } from "../notices/session-notices.ts";
import { stepText } from "../notices/step-text.ts";
import type { Strings } from "../words/strings.ts";
import type { Who } from "../people/who.ts";

/** How long the notice of a clear offers to take it back. */
const UNDO_SECONDS = 10;

/** Undo, redo and clear, with what there is to say about them. */
export interface HistoryControls {
  undo(): void;
  redo(): void;
  clear(): void;
  /** The latest undo or redo was meant by nobody: what it did is done the other way. */
  retract(): void;
}

/** As many undos and redos may turn out to be meant by nobody. */
const MOST_STEPS = 8;

type ClearableBoard = Pick<Board, "history" | "clear" | "undoClear" | "items" | "layers">;

export function createHistoryControls({
  board,
  page,
  notices,
  strings,
  whoWrote,
  finishTyping,
  announce,
  newPage,
}: {
  readonly board: () => ClearableBoard | undefined;
  readonly page: () => PageId | undefined;
  readonly notices: Notices;
  readonly strings: Strings;
  /** Names who wrote in these sessions: they were faster, where a step cannot be taken back whole. */
  readonly whoWrote: (sessions: readonly number[]) => Who;
  /**
   * Ends what is being typed, which becomes the latest step. A tap on a button does not do so: the field
   * keeps the keyboard.
   */
  readonly finishTyping: () => void;
  /** Says aloud what is otherwise only seen. */
  readonly announce: (text: string) => void;
  /** Begins a page; undefined where there is no room for one. */
  readonly newPage: () => (() => void) | undefined;
}): HistoryControls {
  const tell = (step: Step | undefined, did: string): void => {
    if (step === undefined || step === "nothing") return;
    tick();
    if (step !== "skipped") announce(did);
    const text = stepText(step, whoWrote(board()?.history.others() ?? []), strings);
    if (text !== undefined) notices.show({ kind: "history", text, seconds: NOTICE_SECONDS });
  };
  /** Undos and redos, the latest last, whether each did anything, and on which board. */
  let steps: readonly { way: "undo" | "redo"; on: ClearableBoard; isDone: boolean }[] = [];
  const go = (way: "undo" | "redo"): void => {
    finishTyping();
    const on = board();
    if (!on) return;
    const step = on.history[way]();
    const isDone = step !== "nothing" && step !== "skipped";
    steps = [...steps, { way, on, isDone }].slice(-MOST_STEPS);
    tell(step, strings[way]);
  };

  return {
    undo: () => go("undo"),
    redo: () => go("redo"),
    retract() {
      const last = steps.at(-1);
      steps = steps.slice(0, -1);
      if (last?.isDone !== true || last.on !== board()) return;
      const way = last.way === "undo" ? "redo" : "undo";
      last.on.history[way]();
      announce(strings[way]);
      notices.dismiss("history");
    },
    clear() {
      finishTyping();
      const on = board();
      if (!on) return;
      if (!on.clear()) {
        const text = whatStays(on, strings);
        if (text !== undefined) notices.show({ kind: "history", text, seconds: NOTICE_SECONDS });
        return;
      }
      // The notice outlives the board: that of another page, or of another contact, may be there by then. One page's
      // may be another one since, but for the first page's, which all contacts call alike.
      const cleared = page();
      const isFurther = cleared !== undefined && cleared !== FIRST_PAGE;
      const isThere = (): boolean => board() === on || (isFurther && page() === cleared);
      const takeBack = (): void => tell(isThere() ? board()?.undoClear() : undefined, strings.undo);
      const action = { label: strings.undo, run: takeBack };
      const instead = (): void => {
        if (!isThere()) return;
        takeBack();
        newPage()?.();
      };
      const other = newPage() && { other: { label: strings.pages.instead, run: instead } };
      notices.show({ kind: "clear", text: strings.youCleared, seconds: UNDO_SECONDS, action, ...other });
    },
  };
}

/** Why a clear takes nothing, in words; undefined where somebody is drawing all that there is. */
function whatStays(board: ClearableBoard, strings: Strings): string | undefined {
  const items = board.items();
  if (items.length === 0) return strings.nothingToClear;
  const layers = board.layers();
  const locked = layers.find(({ id, locked: is }) => is && items.some(({ layer }) => layer === id));
  return locked && strings.lockedStays(layerTitle(layers, locked.id, strings));
}
