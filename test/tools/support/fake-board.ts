import { arrivedBefore } from "../../../src/board/document/arrival.ts";
import { apply, multiply, scaleOf, translation, type Matrix } from "../../../src/base/matrix.ts";
import {
  FIRST_LAYER,
  type Board,
  type BoardChange,
  type CopiedItem,
  type Item,
  type ItemId,
  type Layer,
  type PathRange,
  type StrokeItem,
  type TextItem,
} from "../../../src/board/document/board.ts";
import { shapePoints } from "../../../src/ink/shape.ts";
import { sortedLike } from "../../support/sorted-like.ts";
import type { InkPoint } from "../../../src/ink/stroke.ts";

/** A step that a tool took, as it was called. */
export type Call =
  | { readonly name: "startStroke" | "end" | "cancel" }
  | { readonly name: "erase"; readonly ids: readonly ItemId[] }
  | {
      readonly name: "cut";
      readonly ranges: ReadonlyMap<ItemId, readonly PathRange[]>;
      readonly ids: readonly ItemId[];
    }
  | { readonly name: "transform"; readonly ids: readonly ItemId[]; readonly matrix: Matrix }
  | { readonly name: "addShape" | "replace"; readonly id: ItemId }
  | { readonly name: "addText"; readonly id: ItemId }
  | { readonly name: "paste"; readonly ids: readonly ItemId[] };

/** A board in memory, with what the tools need of one. It remembers what was called. */
export interface FakeBoard extends Board {
  readonly calls: readonly Call[];
  /** Puts a stroke on the board as somebody else's. */
  draw(
    points: readonly (readonly [number, number])[],
    options?: { readonly width?: number; readonly ended?: boolean; readonly layer?: string },
  ): ItemId;
  write(text: string, at: readonly [number, number], matrix?: Matrix): ItemId;
  /** Another stroke's continuation: they are whole only together. */
  join(ids: readonly ItemId[]): void;
  extend(id: ItemId, points: readonly (readonly [number, number])[]): void;
  /** What partial erasers left. */
  leave(id: ItemId, parts: readonly (readonly InkPoint[])[]): void;
  /** As if somebody else did it. */
  hide(ids: readonly ItemId[]): void;
  shift(ids: readonly ItemId[], dx: number, dy: number): void;
}

export const PEN: StrokeItem["header"] = {
  tool: "pen",
  color: 0x1d1d1f,
  width: 4,
  input: "touch",
  pressure: false,
  scale: 0,
};

export const inkPoints = (places: readonly (readonly [number, number])[]): InkPoint[] =>
  places.map(([x, y]) => ({ x, y, pressure: 0.5 }));

const NONE: Omit<BoardChange, "origin"> = {
  by: [],
  shown: [],
  extended: [],
  hidden: [],
  altered: [],
  settings: false,
};

const unused = (): never => {
  throw new Error("no tool does this");
};

export function createFakeBoard(): FakeBoard {
  let items: Item[] = [];
  let layers: Layer[] = [{ id: FIRST_LAYER, name: "", hidden: false, locked: false, opacity: 1 }];
  let active = FIRST_LAYER;
  let count = 0;
  const groups: (readonly ItemId[])[] = [];
  const calls: Call[] = [];
  const listeners = new Set<(change: BoardChange) => void>();

  const tell = (change: Partial<BoardChange>): void => {
    for (const listener of listeners) listener({ origin: "local", ...NONE, ...change });
  };
  const item = (id: ItemId): Item | undefined => items.find((candidate) => candidate.id === id);
  const put = (made: Item): ItemId => {
    items.push(made);
    tell({ shown: [made.id] });
    return made.id;
  };
  const replace = (ids: readonly ItemId[], change: (old: Item) => Item): boolean => {
    const here = ids.filter((id) => item(id));
    items = items.map((old) => (here.includes(old.id) ? change(old) : old));
    if (here.length > 0) tell({ altered: here });
    return here.length > 0;
  };
  const remove = (ids: readonly ItemId[]): boolean => {
    const gone = ids.filter((id) => item(id));
    items = items.filter(({ id }) => !gone.includes(id));
    if (gone.length > 0) tell({ hidden: gone });
    return gone.length > 0;
  };
  const newId = (): ItemId => `1.${count++}`;
  const stroke = (
    header: StrokeItem["header"],
    points: readonly InkPoint[],
    ended: boolean,
    layer = active,
  ): StrokeItem => ({
    kind: "stroke",
    id: newId(),
    client: 1,
    layer,
    attributes: {},
    header,
    points,
    parts: undefined,
    cuts: [],
    ended,
  });
  const text = (
    header: TextItem["header"],
    matrix: Matrix,
    size: TextItem["size"],
    words: string,
  ): TextItem => ({
    kind: "text",
    id: newId(),
    client: 1,
    layer: active,
    attributes: {},
    header,
    matrix,
    size,
    text: words,
    ended: true,
  });
  const moved = (old: Item, matrix: Matrix): Item => {
    if (old.kind !== "stroke") return { ...old, matrix: multiply(matrix, old.matrix) };
    const through = (points: readonly InkPoint[]): InkPoint[] =>
      points.map((point) => ({ ...point, ...apply(matrix, point) }));
    return {
      ...old,
      header: { ...old.header, width: old.header.width * scaleOf(matrix) },
      points: through(old.points),
      parts: old.parts?.map(through),
    };
  };

  return {
    calls,
    items: () => items,
    isEmpty: () => items.length === 0,
    item,
    inOrder: (ids) =>
      sortedLike(
        items.map(({ id }) => id),
        ids,
      ),
    arrival: arrivedBefore(),
    noRoomFor: () => undefined,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setActiveLayer(layer) {
      active = layer;
    },
    startStroke(header) {
      calls.push({ name: "startStroke" });
      const points: InkPoint[] = [];
      const made = { ...stroke(header as StrokeItem["header"], points, false), ended: false };
      let shown = false;
      return {
        header,
        points,
        itemId: () => (shown ? made.id : undefined),
        add(more) {
          points.push(...more);
          if (!shown) put(made);
          shown = true;
        },
        end() {
          calls.push({ name: "end" });
          made.ended = true;
        },
        cancel() {
          calls.push({ name: "cancel" });
          return false;
        },
        replace(shape, from, to) {
          remove([made.id]);
          const id = put(stroke(shape, shapePoints(shape.tool, from, to, shape.width), true));
          calls.push({ name: "replace", id });
          return id;
        },
      };
    },
    addShape(header, from, to) {
      const id = put(stroke(header, shapePoints(header.tool, from, to, header.width), true));
      calls.push({ name: "addShape", id });
      return id;
    },
    addText(header, at, size, words) {
      const id = put(text(header, translation(at.x, at.y), size, words));
      calls.push({ name: "addText", id });
      return id;
    },
    editText: unused,
    takeAlong: unused,
    whole: (ids) => [...new Set(ids.flatMap((id) => groups.find((group) => group.includes(id)) ?? [id]))],
    firstPieces: unused,
    erase(ids) {
      calls.push({ name: "erase", ids });
      return remove(ids);
    },
    cut(ranges, ids = []) {
      calls.push({ name: "cut", ranges, ids });
      return remove(ids) || ranges.size > 0;
    },
    transform(ids, matrix) {
      calls.push({ name: "transform", ids, matrix });
      return replace(ids, (old) => moved(old, matrix));
    },
    addPicture: unused,
    changeItems: unused,
    crop: unused,
    restack: unused,
    moveToLayer: unused,
    copy: (ids) =>
      items
        .filter(({ id }) => ids.includes(id))
        .map((old): CopiedItem => {
          if (old.kind !== "stroke") return { ...old };
          const { header, points, attributes } = old;
          return { kind: "stroke", header, points, matrix: translation(0, 0), attributes };
        }),
    paste(copied, matrix) {
      const ids = copied.map((copy) => {
        const made =
          copy.kind === "text"
            ? text(copy.header as TextItem["header"], copy.matrix, copy.size, copy.text)
            : copy.kind === "stroke"
              ? stroke(copy.header as StrokeItem["header"], copy.points, true)
              : unused();
        return put(moved(made, matrix));
      });
      calls.push({ name: "paste", ids });
      return ids;
    },
    pasteSteps: unused,
    copySteps: unused,
    clear: unused,
    undoClear: unused,
    layers: () => layers,
    hasRoomForLayer: () => true,
    addLayer(name) {
      const id = `layer ${layers.length}`;
      layers = [...layers, { id, name, hidden: false, locked: false, opacity: 1 }];
      return id;
    },
    changeLayer(id, change) {
      layers = layers.map((layer) => (layer.id === id ? { ...layer, ...change } : layer));
      tell({ settings: true });
      return true;
    },
    removeLayer: unused,
    background: unused,
    setBackground: unused,
    history: {
      canUndo: unused,
      canRedo: unused,
      undo: unused,
      redo: unused,
      others: unused,
      onChange: unused,
    },
    revocable: unused,
    lookBack: unused,

    draw: (places, { width = 4, ended = true, layer = active } = {}) =>
      put(stroke({ ...PEN, width }, inkPoints(places), ended, layer)),
    write: (words, [x, y], matrix = translation(x, y)) =>
      put(text({ ...PEN, tool: "text", width: 16 }, matrix, undefined, words)),
    join: (ids) => void groups.push(ids),
    extend(id, places) {
      const growing = item(id) as StrokeItem;
      (growing.points as InkPoint[]).push(...inkPoints(places));
      tell({ extended: [id] });
    },
    leave: (id, parts) => void replace([id], (old) => ({ ...(old as StrokeItem), parts })),
    hide: (ids) => void remove(ids),
    shift: (ids, dx, dy) => void replace(ids, (old) => moved(old, translation(dx, dy))),
  };
}

/** Ten world units to a character, twenty to a line. */
export const sizeOf = ({ text }: TextItem): { width: number; height: number } => ({
  width: 10 * text.length,
  height: 20,
});
