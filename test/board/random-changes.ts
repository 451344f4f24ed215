import { translation, type Matrix } from "../../src/base/matrix.ts";
import type { Prng } from "../../src/base/prng.ts";
import type { Board, ItemId, Restack, StrokeWriter } from "../../src/board/document/board.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { createPeer, HEADER, sync, type Peer } from "./peers.ts";

const RESTACKS: readonly Restack[] = ["front", "back", "forward", "backward"];
/** World units: from here to there, both ways. */
export const REACH = 300;

/** Two people who do anything to one board, as a seed says. What happened is told, for a test that fails. */
export class RandomChanges {
  /** The one whose board is watched. */
  own: Peer = createPeer(1);
  readonly contact: Peer = createPeer(2);
  readonly told: string[] = [];
  readonly #prng: Prng;
  readonly #writers = new Map<Peer, StrokeWriter>();
  #clients = 2;

  constructor(prng: Prng) {
    this.#prng = prng;
    for (const { board } of [this.own, this.contact]) board.addLayer(`${board.layers().length}`);
    sync(this.own, this.contact);
  }

  /** One change by one of the two; mostly both know of it then. */
  step(): void {
    const prng = this.#prng;
    const who = prng.chance(0.5) ? this.own : this.contact;
    const acts = Object.keys(this.#acts);
    const act = acts[prng.below(acts.length)]!;
    this.told.push(`${who === this.own ? "own" : "contact"} ${act}`);
    this.#acts[act]!(who);
    if (!prng.chance(0.7)) return;
    for (const peer of [this.own, this.contact]) peer.flush();
    sync(this.own, this.contact);
  }

  /** Both know everything, and nobody draws. */
  settle(): void {
    for (const peer of [this.own, this.contact]) this.#end(peer);
    sync(this.own, this.contact);
  }

  /** The watched board is opened anew from what the contact has, in another session. */
  replaceOwn(): void {
    this.settle();
    this.told.push("replaced");
    this.own.close();
    this.own = createPeer(++this.#clients);
    sync(this.own, this.contact);
  }

  readonly #acts: Readonly<Record<string, (who: Peer) => void>> = {
    draws: (who) => this.#draw(who),
    drawsMore: (who) => this.#draw(who),
    ends: (who) => this.#end(who),
    shape: ({ board }) => {
      const [from, to] = [this.#place(), this.#place()];
      board.addShape({ ...HEADER, tool: this.#prng.chance(0.5) ? "line" : "ellipse" }, from, to);
    },
    words: ({ board }) => {
      const isNote = this.#prng.chance(0.5);
      const size = isNote ? { width: 60, height: 40 } : undefined;
      const header = { ...HEADER, width: 8, tool: isNote ? ("note" as const) : ("text" as const) };
      board.addText(header, this.#place(), size, "word");
    },
    types: ({ board }) => {
      const editor = board.editText(this.#one(board));
      if (!editor) return;
      const known = editor.text();
      editor.change(known, this.#prng.chance(0.2) ? "" : `${known}\nand more`);
      editor.end();
    },
    erases: ({ board }) => void board.erase(this.#some(board)),
    cuts: ({ board }) => {
      const from = this.#prng.next();
      board.cut(new Map(this.#some(board).map((id) => [id, [{ from, to: from + 0.7 }]] as const)));
    },
    transforms: ({ board }) => void board.transform(this.#some(board), this.#matrix()),
    restacks: ({ board }) => void board.restack(this.#some(board), RESTACKS[this.#prng.below(4)]!),
    recolors: ({ board }) => void board.changeItems(this.#some(board), { color: this.#prng.below(0xffffff) }),
    toLayer: ({ board }) => void board.moveToLayer(this.#some(board), this.#layer(board)),
    drawsOnLayer: ({ board }) => board.setActiveLayer(this.#layer(board)),
    hidesLayer: ({ board }) => void board.changeLayer(this.#layer(board), { hidden: this.#prng.chance(0.3) }),
    locksLayer: ({ board }) => void board.changeLayer(this.#layer(board), { locked: this.#prng.chance(0.3) }),
    movesLayer: ({ board }) =>
      void board.changeLayer(this.#layer(board), { at: this.#prng.below(board.layers().length) }),
    addsLayer: ({ board }) => void (board.layers().length < 4 && board.addLayer("more")),
    removesLayer: ({ board }) => void (this.#prng.chance(0.3) && board.removeLayer(this.#layer(board))),
    undoes: ({ board }) => void board.history.undo(),
    undoesMore: ({ board }) => void board.history.undo(),
    redoes: ({ board }) => void board.history.redo(),
    clears: ({ board }) => void (this.#prng.chance(0.2) && board.clear()),
    unclears: ({ board }) => void board.undoClear(),
  };

  #draw(who: Peer): void {
    const known = this.#writers.get(who);
    const tool = this.#prng.chance(0.3) ? "highlighter" : "pen";
    const writer = known ?? who.board.startStroke({ ...HEADER, tool });
    this.#writers.set(who, writer);
    writer.add(this.#points(writer.points.at(-1) ?? this.#place()));
    who.flush();
  }

  #end(who: Peer): void {
    this.#writers.get(who)?.end();
    this.#writers.delete(who);
    who.flush();
  }

  #points({ x, y }: { readonly x: number; readonly y: number }): InkPoint[] {
    const points: InkPoint[] = [];
    for (let i = this.#prng.below(5) + 1, at = { x, y }; i > 0; i--) {
      // Now and then the pen stands still.
      const step = this.#prng.chance(0.2) ? 0 : 40;
      at = { x: at.x + step * (this.#prng.next() - 0.5), y: at.y + step * (this.#prng.next() - 0.5) };
      points.push({ ...at, pressure: 0.5 });
    }
    return points;
  }

  #place(): { readonly x: number; readonly y: number } {
    return { x: REACH * (2 * this.#prng.next() - 1), y: REACH * (2 * this.#prng.next() - 1) };
  }

  #matrix(): Matrix {
    if (this.#prng.chance(0.5)) return translation(60 * this.#prng.next() - 30, 60 * this.#prng.next() - 30);
    const scale = 0.6 + 0.8 * this.#prng.next();
    const turn = 2 * this.#prng.next();
    return {
      a: scale * Math.cos(turn),
      b: scale * Math.sin(turn),
      c: -Math.sin(turn),
      d: Math.cos(turn),
      e: 5,
      f: 9,
    };
  }

  #one(board: Board): ItemId {
    const items = board.items();
    return items[this.#prng.below(Math.max(items.length, 1))]?.id ?? "";
  }

  #some(board: Board): ItemId[] {
    return Array.from({ length: 1 + this.#prng.below(3) }, () => this.#one(board)).filter((id) => id !== "");
  }

  #layer(board: Board): string {
    const layers = board.layers();
    return layers[this.#prng.below(layers.length)]!.id;
  }
}
