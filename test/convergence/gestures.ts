import type { Prng } from "../../src/base/prng.ts";
import type { Board, ItemId, PathRange } from "../../src/board/document/board.ts";
import type { LaserPoint, Preview } from "../../src/board/previews/preview.ts";
import { SHAPE_TOOLS } from "../../src/ink/stroke.ts";
import type { OpenPage } from "../support/room.ts";
import type { Action } from "./actions.ts";
import { anyMatrix, HEADER, idsOf, someItems, somewhere } from "./edits.ts";
import { oneOf } from "./run-options.ts";
import type { Stage } from "./stage.ts";

/** Gestures that the others see before they change the board, which they may do, or not, at their end. */
export const GESTURES: Readonly<Record<string, Action>> = {
  "show-erase": {
    weight: 3,
    run(stage, who, prng) {
      const board = stage.shown(who)?.session.board();
      if (!board) return undefined;
      const ids = new Set<ItemId>();
      const cuts = new Map<ItemId, readonly PathRange[]>();
      return gesture(stage, who, prng, {
        next() {
          for (const item of someItems(board, prng)) {
            const from = prng.below(20);
            if (item.kind === "text" || prng.chance(0.3)) ids.add(item.id);
            else cuts.set(item.id, [{ from, to: from + 1 + prng.below(4) }]);
          }
          return { kind: "erase", ids: [...ids], cuts: new Map(cuts) };
        },
        change: (page) => stage.ledger.change(page, (own) => own.cut(cuts, [...ids])),
      });
    },
  },
  "show-move": {
    weight: 3,
    run(stage, who, prng) {
      const board = stage.shown(who)?.session.board();
      const ids = board && idsOf(someItems(board, prng));
      if (!ids || ids.length === 0) return undefined;
      let matrix = anyMatrix(prng);
      return gesture(stage, who, prng, {
        next() {
          matrix = anyMatrix(prng);
          return { kind: "transform", ids, matrix };
        },
        change: (page) => stage.ledger.change(page, (own) => own.transform(ids, matrix), "looks"),
      });
    },
  },
  "show-shape": {
    weight: 3,
    run(stage, who, prng) {
      const tool = oneOf(prng, SHAPE_TOOLS);
      const from = somewhere(prng);
      let to = from;
      return gesture(stage, who, prng, {
        next() {
          to = somewhere(prng);
          return { kind: "shape", header: { ...HEADER, tool, color: SHOWN_COLOR }, from, to };
        },
        change(page) {
          const put = (board: Board, color: number): unknown =>
            board.addShape({ ...HEADER, tool, color }, from, to);
          return stage.ledger.put(page, { ...HEADER, tool }, [from, to], put) !== undefined;
        },
      });
    },
  },
  laser: {
    weight: 3,
    run(stage, who, prng) {
      const { clock } = stage.room;
      const trail: { readonly x: number; readonly y: number; readonly at: number }[] = [];
      return gesture(stage, who, prng, {
        next() {
          const now = clock.now();
          trail.push({ ...somewhere(prng), at: now });
          const points = trail.map(({ x, y, at }): LaserPoint => ({ x, y, age: now - at }));
          return { kind: "laser", color: SHOWN_COLOR, points: points.slice(-100) };
        },
        change: () => false,
      });
    },
  },
};

/** Nothing on any board has it. */
const SHOWN_COLOR = 0x999999;
const HELD_MS = 6000;

interface Gesture {
  /** What it shows at its next step. */
  next(): Preview;
  /** What it was for; says whether it did anything. */
  change(page: OpenPage): boolean;
}

/** Steps in the time of the page, at the end a hand that may hold still, and then the change, or none. */
function gesture(stage: Stage, who: string, prng: Prng, { next, change }: Gesture): string | undefined {
  const page = stage.shown(who);
  const board = page?.session.board();
  if (!page || !board) return undefined;
  const shown = stage.previews.begin(page);
  const { clock } = page.page.env;
  const steps = 1 + prng.below(40);
  const pause = 16 + prng.below(100);
  const held = prng.chance(0.3) ? prng.below(HELD_MS) : 0;
  const end = oneOf(prng, ["change-first", "end-first", "nothing"] as const);
  const finish = (): void => {
    // Nobody lets go on a page that is put away, nor on a board that was opened anew meanwhile.
    const isThere = stage.shown(who) === page && page.session.board() === board && !shown.isOver();
    if (end === "change-first" && isThere) change(page);
    shown.end();
    if (end === "end-first" && isThere) change(page);
  };
  let left = steps;
  const step = (): void => {
    if (shown.isOver()) return;
    shown.show(next());
    if (--left > 0) clock.after(pause, step);
    else clock.after(held, finish);
  };
  step();
  return `${steps} steps of ${pause} ms, held ${held} ms, ${end}`;
}
