import type { Prng } from "../../src/base/prng.ts";
import { IDENTITY, translation } from "../../src/base/matrix.ts";
import type { Matrix } from "../../src/base/matrix.ts";
import { BACKGROUNDS } from "../../src/board/document/backgrounds.ts";
import type { Board, Item, LayerId } from "../../src/board/document/board.ts";
import { MAX_STROKE_CHARS, SHAPE_TOOLS } from "../../src/ink/stroke.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import type { OpenPage } from "../support/room.ts";
import type { Action } from "./actions.ts";
import type { ChangeAbout } from "./ledger.ts";
import { drawnColor } from "./ledger-entries.ts";
import { oneOf } from "./run-options.ts";
import type { Stage } from "./stage.ts";

/** Everything that people do besides drawing: each tool once or more. */
export const EDITS: Readonly<Record<string, Action>> = {
  shape: {
    weight: 4,
    run(stage, who, prng) {
      const page = stage.shown(who);
      const tool = oneOf(prng, SHAPE_TOOLS);
      const points = [somewhere(prng), somewhere(prng)] as const;
      const color =
        page &&
        stage.ledger.put(page, { ...HEADER, tool }, points, (board, own) =>
          board.addShape({ ...HEADER, tool, color: own }, ...points),
        );
      return color === undefined ? undefined : tool;
    },
  },
  erase: {
    weight: 6,
    run: (stage, who, prng) => changeSome(stage, who, prng, (board, items) => board.erase(idsOf(items))),
  },
  cut: {
    weight: 6,
    run: (stage, who, prng) =>
      changeSome(stage, who, prng, (board, items) => {
        const ranges = items.flatMap((item) => {
          if (item.kind !== "stroke") return [];
          const from = prng.next() * item.points.length;
          return [[item.id, [{ from, to: from + prng.next() * 4 }]] as const];
        });
        return board.cut(new Map(ranges), prng.chance(0.2) ? idsOf(items.slice(0, 1)) : []);
      }),
  },
  move: {
    weight: 6,
    run: (stage, who, prng) =>
      changeSome(stage, who, prng, (board, items) => board.transform(idsOf(items), anyMatrix(prng)), "looks"),
  },
  recolor: {
    weight: 4,
    run: (stage, who, prng) =>
      changeSome(
        stage,
        who,
        prng,
        (board, [item]) => {
          const color = drawnColor(item!.header.color) + prng.below(256) * 0x10000;
          return board.changeItems([item!.id], { color });
        },
        "looks",
      ),
  },
  restack: {
    weight: 4,
    run: (stage, who, prng) =>
      changeSome(
        stage,
        who,
        prng,
        (board, items) => board.restack(idsOf(items), oneOf(prng, ["front", "back", "forward", "backward"])),
        "looks",
      ),
  },
  duplicate: { weight: 3, run: duplicate },
  write: { weight: 3, run: write },
  type: { weight: 8, run: type },
  "undo-clear": {
    weight: 1,
    run(stage, who) {
      const page = stage.shown(who);
      return page?.session.board() && stage.ledger.step(page, "undoClear");
    },
  },
  background: {
    weight: 1,
    run: (stage, who, prng) =>
      change(stage, who, (board) => board.setBackground(oneOf(prng, BACKGROUNDS)), "looks"),
  },
  layer: {
    weight: 2,
    run: (stage, who, prng) =>
      change(
        stage,
        who,
        (board) => {
          const id = board.addLayer(`layer ${prng.below(100)}`);
          if (prng.chance(0.5)) board.setActiveLayer(id);
          return true;
        },
        "layers",
      ),
  },
  "change-layer": {
    weight: 4,
    run: (stage, who, prng) =>
      change(
        stage,
        who,
        (board) =>
          board.changeLayer(
            anyLayer(board, prng),
            oneOf(prng, [
              { name: `name ${prng.below(100)}` },
              { opacity: prng.next() },
              { hidden: prng.chance(0.4) },
              { locked: prng.chance(0.4) },
              { at: prng.below(board.layers().length) },
            ]),
          ),
        "layers",
      ),
  },
  "remove-layer": {
    weight: 1,
    run: (stage, who, prng) =>
      change(stage, who, (board) => board.removeLayer(anyLayer(board, prng)), "layers"),
  },
  "to-layer": {
    weight: 2,
    run: (stage, who, prng) =>
      change(
        stage,
        who,
        (board) => board.moveToLayer(idsOf(someItems(board, prng)), anyLayer(board, prng)),
        "layers",
      ),
  },
};

export const HEADER: Omit<StrokeHeader, "color" | "tool"> = {
  input: "touch",
  width: 4,
  pressure: false,
  scale: 0,
};
/** Words end with this, and are only ever put right behind one. */
const SPACE = " ";

function change(
  stage: Stage,
  who: string,
  act: (board: Board) => boolean,
  about?: ChangeAbout,
): string | undefined {
  const page = stage.shown(who);
  return page && stage.ledger.change(page, act, about) ? "" : undefined;
}

function changeSome(
  stage: Stage,
  who: string,
  prng: Prng,
  act: (board: Board, items: readonly Item[]) => boolean,
  about?: ChangeAbout,
): string | undefined {
  let count = 0;
  const actOnSome = (board: Board): boolean => {
    const items = someItems(board, prng);
    count = items.length;
    return count > 0 && act(board, items);
  };
  const did = change(stage, who, actOnSome, about);
  return did === undefined ? undefined : `${count} items`;
}

/** New things become copies with colours of their own. */
function duplicate(stage: Stage, who: string, prng: Prng): string | undefined {
  const page = stage.shown(who);
  const board = page?.session.board();
  if (!page || !board) return undefined;
  const matrix = translation(prng.below(100), prng.below(100));
  const copies = board.copy(idsOf(someItems(board, prng).slice(0, 2))).filter(
    // A long one would become several, which a hand never draws.
    (copied) => copied.kind === "stroke" && copied.points.length < MAX_STROKE_CHARS / 20,
  );
  for (const copied of copies) {
    if (copied.kind !== "stroke") continue;
    stage.ledger.put(page, copied.header, copied.points, (onto, color) =>
      onto.paste([{ ...copied, header: { ...copied.header, color } }], matrix),
    );
  }
  return copies.length > 0 ? `${copies.length} items` : undefined;
}

function write(stage: Stage, who: string, prng: Prng): string | undefined {
  const page = stage.shown(who);
  if (!page) return undefined;
  const tool = oneOf(prng, ["text", "note"] as const);
  const size = tool === "note" ? { width: 100, height: 80 } : undefined;
  const at = somewhere(prng);
  const corner = { x: at.x + 100, y: at.y + 80, pressure: 0.5 };
  const words = wordsOf(prng);
  const color = stage.ledger.put(page, { ...HEADER, tool }, size ? [at, corner] : [at], (board, own) =>
    board.addText({ ...HEADER, tool, color: own }, at, size, words),
  );
  if (color === undefined) return undefined;
  stage.ledger.wrote(page, color, words);
  return `${tool} ${words}`;
}

/** Types into a text for a while, or takes words out of it. */
function type(stage: Stage, who: string, prng: Prng): string | undefined {
  const page = stage.shown(who);
  const board = page?.session.board();
  const texts = board?.items().filter(({ kind }) => kind === "text") ?? [];
  if (!page || !board || texts.length === 0) return undefined;
  const { id, header } = oneOf(prng, texts);
  const editor = board.editText(id);
  if (!editor) return undefined;
  let left = 1 + prng.below(5);
  const step = (): void => {
    if (stage.shown(who) !== page) return;
    typeOnce(stage, page, board, () => {
      const before = editor.text();
      const places = [0, ...[...before.matchAll(/ /g)].map(({ index }) => index + 1)];
      const at = oneOf(prng, places);
      const rest = before.slice(at);
      const isTaken = prng.chance(0.2);
      const words = isTaken ? "" : wordsOf(prng);
      editor.change(
        before,
        before.slice(0, at) + words + (isTaken ? rest.slice(rest.indexOf(SPACE) + 1) : rest),
      );
      if (words !== "") stage.ledger.wrote(page, drawnColor(header.color), words);
      if (left === 1) editor.end();
      return true;
    });
    if (--left > 0) page.page.env.clock.after(50 + prng.below(400), step);
  };
  step();
  return `${left} times`;
}

function typeOnce(stage: Stage, page: OpenPage, board: Board, act: () => boolean): void {
  if (page.session.board() === board) stage.ledger.change(page, act);
}

/** No two of a run are the same, and none is a part of another. */
function wordsOf(prng: Prng): string {
  return `${oneOf(prng, ["a", "é", "😀", "שלום", "中", "👩‍👧"])}${prng.uint32()}${SPACE}`;
}

export function someItems(board: Board, prng: Prng): Item[] {
  const items = board.items();
  if (items.length === 0) return [];
  return Array.from({ length: 1 + prng.below(3) }, () => oneOf(prng, items));
}

export function idsOf(items: readonly Item[]): string[] {
  return items.map(({ id }) => id);
}

function anyLayer(board: Board, prng: Prng): LayerId {
  return oneOf(prng, board.layers()).id;
}

/** Mostly a move, else a turn by any angle, larger or smaller. */
export function anyMatrix(prng: Prng): Matrix {
  const move = { e: prng.below(200) - 100, f: prng.below(200) - 100 };
  if (prng.chance(0.6)) return { ...IDENTITY, ...move };
  const [a, b] = [prng.next() * 2 - 0.9, prng.next() - 0.5];
  return { a, b, c: -b, d: a, ...move };
}

export function somewhere(prng: Prng): InkPoint {
  return { x: prng.below(1000), y: prng.below(700), pressure: 0.5 };
}
