/*
 * Selecting, and changing what is selected, by taps and drags.
 */
import { boundsOf, distance, midpoint, type Point } from "../base/geometry.ts";
import {
  apply,
  cornersOf,
  IDENTITY,
  invert,
  isIdentity,
  multiply,
  translation,
  type Matrix,
} from "../base/matrix.ts";
import type { Board, ItemId, TextItem } from "../board/document/board.ts";
import type { InkInput } from "../ink/stroke.ts";
import type { Frame } from "./frame.ts";
import { draggedHandle, type HandleName } from "./handles.ts";
import type { HitTest, TextSize } from "./hit.ts";
import type { Selection } from "./selection.ts";
import { draggedSide, grabbedSide, type DraggedSide, type GrabbedSide } from "./text-width.ts";
import type { Tool, ToolContext } from "./tool.ts";

/** Screen pixels. A press that moves less than this is a tap. */
const TAP_SLOP = 6;
/** How far from a stroke a tap still means it. */
export const TAP_REACH = 8;
/** How far from a handle a press takes it. */
const HANDLE_REACH: Readonly<Record<InkInput, number>> = { mouse: 10, pen: 14, touch: 22 };
/** A lasso's way is remembered in steps of at least this. */
const LASSO_STEP = 2;

/** What a press does once it has become a drag. */
type Drag =
  | {
      readonly kind: "handle";
      readonly name: HandleName;
      readonly frame: Frame;
      /** At a side of words, which get another width by it. */
      readonly side: GrabbedSide | undefined;
    }
  /** `takes`: what is not selected yet, and will be in place of the rest. */
  | { readonly kind: "move"; readonly takes: ItemId | undefined }
  | { readonly kind: "enclose" };

interface Gesture {
  readonly drag: Drag;
  readonly from: Point;
  readonly zoom: number;
  /** The item under the press. */
  readonly item: ItemId | undefined;
  readonly way: Point[];
  to: Point;
  constrain: boolean;
  moved: boolean;
}

export interface SelectToolDeps {
  readonly board: Pick<Board, "transform" | "changeItems" | "whole">;
  readonly hits: HitTest;
  readonly selection: Selection;
  readonly sizeOf: TextSize;
  readonly encloses: "box" | "lasso";
}

/**
 * Selects by taps and by what a drag encloses, and moves, resizes and rotates what is selected.
 * `encloses`: with a box, or with the way of the pointer itself.
 */
export function createSelectTool({ board, hits, selection, sizeOf, encloses }: SelectToolDeps): Tool {
  let gesture: Gesture | undefined;

  const dragFrom = (place: Point, item: ItemId | undefined, { zoom, input }: ToolContext): Drag => {
    const frame = selection.frame();
    if (frame) {
      const name = handleAt(selection, frame, place, zoom, input);
      if (name) return { kind: "handle", name, frame, side: sideAt(name, zoom, { selection, sizeOf }) };
      if ((item !== undefined && selection.has(item)) || isIn(frame, place)) {
        return { kind: "move", takes: undefined };
      }
    }
    // A lasso may begin anywhere: where there is much handwriting, there is ink everywhere.
    if (item === undefined || encloses === "lasso") return { kind: "enclose" };
    return { kind: "move", takes: item };
  };

  const update = (current: Gesture): void => {
    if (!current.moved || current.drag.kind === "enclose") return;
    selection.setMatrix(matrixOf(current.drag, current));
  };

  const choose = (ids: readonly ItemId[], add: boolean): void => {
    if (!add) {
      selection.set(ids);
      return;
    }
    const all = board.whole(ids);
    const known = selection.ids();
    selection.set(
      all.every((id) => selection.has(id)) ? known.filter((id) => !all.includes(id)) : [...known, ...all],
    );
  };

  const end = (): Matrix => {
    const matrix = selection.matrix();
    gesture = undefined;
    if (matrix !== IDENTITY) selection.setMatrix(IDENTITY);
    return matrix;
  };

  const up = (): void => {
    if (!gesture) return;
    const { drag, moved, item, constrain } = gesture;
    const polygon = marquee();
    const width = widthOf(gesture);
    const matrix = end();
    if (!moved) {
      if (drag.kind !== "handle") choose(item === undefined ? [] : [item], constrain);
    } else if (drag.kind === "enclose") {
      choose(
        hits.enclosed(polygon ?? []).map(({ id }) => id),
        constrain,
      );
    } else if (width) {
      setWidth(board, width.side.item, width);
    } else if (selection.ids().length > 0 && !isIdentity(matrix)) {
      board.transform(selection.ids(), matrix);
    }
  };

  const marquee = (): readonly Point[] | undefined => {
    if (!gesture?.moved || gesture.drag.kind !== "enclose") return undefined;
    return encloses === "lasso" ? gesture.way : cornersOf(boundsOf([gesture.from, gesture.to])!);
  };

  return {
    down(sample, context) {
      up();
      const { x, y } = sample;
      const { zoom, constrain } = context;
      const from = { x, y };
      const item = hits.at(from, TAP_REACH / zoom)?.id;
      const drag = dragFrom(from, item, context);
      gesture = { drag, from, zoom, item, way: [from], to: from, constrain, moved: false };
    },
    move(samples, constrain) {
      if (!gesture) return;
      const { zoom, way, from, drag } = gesture;
      for (const { x, y } of samples) {
        gesture.to = { x, y };
        if (distance(way.at(-1)!, gesture.to) * zoom >= LASSO_STEP) way.push(gesture.to);
        if (!gesture.moved && distance(from, gesture.to) * zoom >= TAP_SLOP) {
          gesture.moved = true;
          if (drag.kind === "move" && drag.takes !== undefined) selection.set([drag.takes]);
        }
      }
      gesture.constrain = constrain;
      update(gesture);
    },
    commit: () => undefined,
    up,
    drop: () => void end(),
    preview() {
      const matrix = selection.matrix();
      const ids = selection.ids();
      const width = gesture && widthOf(gesture);
      if (width) {
        const { side, ...set } = width;
        return { kind: "width", id: side.item.id, ...set };
      }
      return gesture && ids.length > 0 && !isIdentity(matrix)
        ? { kind: "transform", ids, matrix }
        : undefined;
    },
    marquee,
  };
}

/** Of words alone, on no note: the side that a handle stands at. */
function sideAt(
  name: HandleName,
  zoom: number,
  { selection, sizeOf }: Pick<SelectToolDeps, "selection" | "sizeOf">,
): GrabbedSide | undefined {
  const words = selection.words();
  const handle = selection.handles(zoom).find((each) => each.name === name);
  const [nw, , se] = selection.corners();
  if (!words || !handle || !nw || !se || !isSideHandle(name)) return undefined;
  return grabbedSide(words, sizeOf(words).width, { handle: handle.at, middle: midpoint(nw, se) });
}

/** As one step of the history. */
function setWidth(board: SelectToolDeps["board"], words: TextItem, { width, matrix }: DraggedSide): void {
  const way = translation(matrix.e - words.matrix.e, matrix.f - words.matrix.f);
  const placed = isIdentity(way) ? undefined : multiply(way, words.attributes.matrix ?? IDENTITY);
  board.changeItems([words.id], { width, matrix: placed });
}

/** The sides' names have one letter. */
function isSideHandle(name: HandleName): boolean {
  return name.length === 1;
}

/** What becomes of words whose side is dragged; undefined where something else happens. */
function widthOf({
  drag,
  from,
  to,
  moved,
  constrain,
}: Gesture): ({ readonly side: GrabbedSide } & DraggedSide) | undefined {
  if (!moved || constrain || drag.kind !== "handle" || !drag.side) return undefined;
  return { side: drag.side, ...draggedSide(drag.side, from, to) };
}

function matrixOf(drag: Drag, { from, to, zoom, constrain }: Gesture): Matrix {
  if (drag.kind === "handle") return draggedHandle(drag.name, drag.frame, { from, to, zoom, constrain });
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (!constrain) return translation(dx, dy);
  return Math.abs(dx) > Math.abs(dy) ? translation(dx, 0) : translation(0, dy);
}

function handleAt(
  selection: Selection,
  frame: Frame,
  place: Point,
  zoom: number,
  input: InkInput,
): HandleName | undefined {
  // What is small must not be all handles: it could not be moved.
  const { box } = frame;
  const room = isIn(frame, place) ? Math.min(box.maxX - box.minX, box.maxY - box.minY) / 4 : Infinity;
  let reach = Math.min(HANDLE_REACH[input] / zoom, room);
  let nearest: HandleName | undefined;
  for (const { name, at } of selection.handles(zoom)) {
    const away = distance(at, place);
    if (away > reach) continue;
    reach = away;
    nearest = name;
  }
  return nearest;
}

function isIn({ axes, box: { minX, minY, maxX, maxY } }: Frame, place: Point): boolean {
  const { x, y } = apply(invert(axes) ?? IDENTITY, place);
  return x >= minX && x <= maxX && y >= minY && y <= maxY;
}
