import { multiply, translation } from "../../src/base/matrix.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import type { LayerId } from "../../src/board/document/board.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { spanTarget } from "./model.ts";
import type { Client, ItemFact, View } from "./model.ts";
import type { Person } from "./model-person.ts";
import {
  AT,
  colorOf,
  few,
  HEADER,
  inkOf,
  matrixOf,
  matrixText,
  oneOf,
  record,
  same,
  sayInk,
  some,
  SPAN,
  touchableAmong,
} from "./model-step.ts";
import type { Action, Peer } from "./model-step.ts";

/** Drawing, and taking away. */
export const INK = {
  draw(run, { board, person }, { a, b }) {
    const layer = oneOf(person.view.layers(), b)!;
    const spans = 1 + (a % 4);
    const id = onLayer(board, layer.id, () => {
      const writer = board.startStroke(HEADER);
      writer.add(pointsFrom(0, spans));
      writer.end();
      return writer.itemId()!;
    });
    record(person, [sayInk(person, id, { spans })]);
    if (layer.id !== FIRST_LAYER) person.write(`${id} drawn`, layer.id);
  },
  /** Puts the pen down, or goes on with the stroke that is under it. */
  pen(run, peer, { a, b }) {
    const { board, person, pen, flush } = peer;
    const spans = a % 4;
    if (pen) {
      const before = person.view.spanCount(pen.id);
      pen.writer.add(pointsFrom(before + 1, before + spans));
      flush();
      if (spans > 0) person.say({ kind: "ink", item: pen.id, spans, isOpen: true });
      return;
    }
    const layer = oneOf(person.view.layers(), b)!;
    const writer = board.startStroke(HEADER);
    writer.add(pointsFrom(0, spans));
    onLayer(board, layer.id, flush);
    const id = writer.itemId()!;
    peer.pen = { writer, id };
    sayInk(person, id, { spans, isOpen: true });
    if (layer.id !== FIRST_LAYER) person.write(`${id} drawn`, layer.id);
  },
  /** Lifts the pen, with or without more ink, or after what was meant as a shape. */
  lift(run, peer, { a, b }) {
    const { person, pen } = peer;
    if (!pen) return;
    peer.pen = undefined;
    const spans = a % 3;
    const before = person.view.spanCount(pen.id);
    pen.writer.add(pointsFrom(before + 1, before + spans));
    if (b % 4 > 0) {
      pen.writer.end();
      person.say({ kind: "ink", item: pen.id, spans, isOpen: false });
      record(person, [{ kind: "made", targets: [pen.id], text: undefined }]);
      return;
    }
    const shape = pen.writer.replace({ ...HEADER, tool: "line" }, AT, { x: SPAN, y: 0 });
    person.say({ kind: "ink", item: pen.id, spans, isOpen: false });
    person.record({ parts: [{ kind: "made", targets: [pen.id], text: undefined }], isBehind: true });
    person.record({ parts: [person.hide([pen.id]), sayInk(person, shape, { spans: 1 })], instead: shape });
  },
  shape(run, { board, person }) {
    const id = board.addShape({ ...HEADER, tool: "line" }, AT, { x: SPAN, y: 0 });
    record(person, [sayInk(person, id, { spans: 1 })]);
  },
  erase(run, { board, person }, choice) {
    const items = some(person.view.visible(), choice);
    const gone = touchableAmong(person, items).map(({ id }) => id);
    same(board.erase(items.map(({ id }) => id)), gone.length > 0);
    if (gone.length > 0) record(person, [person.hide(gone)]);
  },
  cut(run, { board, person }, { a, b }) {
    const { view } = person;
    const item = oneOf(few(inkOf(person).filter(({ id }) => view.spanCount(id) > 0)), a);
    if (!item) return;
    const spans = view.spanCount(item.id);
    const from = b % spans;
    const to = Math.min(from + 1 + (b % 3), spans);
    const stretch = Array.from({ length: to - from }, (_, i) => spanTarget(item.id, from + i));
    const isLocked = view.layerOf(item.id).locked;
    const gone = isLocked ? [] : stretch.filter((target) => !view.hides(target));
    same(board.cut(new Map([[item.id, [{ from, to }]]])), gone.length > 0);
    if (gone.length > 0) record(person, [person.hide(gone)]);
  },
  paste(run, { board, person }, { a, b }) {
    const { view } = person;
    const whole = inkOf(person).filter(({ id }) => view.spansOf(id).length === view.spanCount(id));
    const item = oneOf(few(whole), a);
    if (!item) return;
    const by = translation(b, 0);
    const [id] = board.paste(board.copy([item.id]), by);
    const spans = view.spanCount(item.id);
    const parts = [sayInk(person, id!, { spans, x: item.x, color: colorOf(person, item) })];
    const placed = multiply(by, matrixOf(person, item.id));
    if (matrixText(placed) !== "[1,0,0,1,0,0]") {
      // It goes and comes with what was made.
      person.write(`${id!} matrix`, matrixText(placed));
    }
    record(person, parts);
  },
  clear(run, { board, person }) {
    const { view } = person;
    const isPlain = view.layers().every(({ hidden, locked }) => !hidden && !locked);
    const gone = view.touchable().filter(({ id }) => !view.isOpen(id));
    same(board.clear(), gone.length > 0);
    if (gone.length === 0) return;
    const about = gone.map(({ id }) => id);
    const reach = isPlain ? [...view.items.values()].filter((item) => isReached(person, item, gone)) : gone;
    const hidden = reach.map(({ id }) => id);
    person.recordClear({ parts: [person.hide(hidden, about)] });
  },
  undoClear: (run, { board, person }) => same(board.undoClear(), person.undoClear()),
} as const satisfies Record<string, Action>;

/** Points `from .. to` of a stroke. */
function pointsFrom(from: number, to: number): InkPoint[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ x: (from + i) * SPAN, y: 0, pressure: 0.5 }));
}

function onLayer<T>(board: Peer["board"], layer: LayerId, act: () => T): T {
  board.setActiveLayer(layer);
  const result = act();
  board.setActiveLayer(FIRST_LAYER);
  return result;
}

/**
 * What goes, and all else, also what is hidden otherwise, that its author drew before the last of it and before
 * what is under the pen.
 */
function isReached({ view }: Person, item: ItemFact, gone: readonly ItemFact[]): boolean {
  if (gone.includes(item)) return true;
  const theirs = gone.filter(({ author }) => author === item.author);
  return (
    theirs.some((each) => clockOf(item) <= clockOf(each)) &&
    openOf(view, item.author).every((each) => clockOf(item) < clockOf(each))
  );
}

function openOf(view: View, author: Client): ItemFact[] {
  return view.visible().filter((item) => item.author === author && view.isOpen(item.id));
}

function clockOf({ id }: ItemFact): number {
  return Number(id.split(".")[1]);
}
