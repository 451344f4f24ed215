import { multiply, type Matrix } from "../../base/matrix.ts";
import { shapePoints } from "../../ink/shape.ts";
import type { Item, ItemId, LayerId, PathRange, StrokeItem } from "../document/board.ts";
import type { Preview } from "./preview.ts";

/** What somebody is doing. */
export interface Previewed {
  readonly who: string;
  readonly preview: Preview;
  /** Of a transform: the items as they were when it was told. */
  readonly grabbed: ReadonlyMap<ItemId, Item>;
  /** Those that have been moved in earnest since. */
  readonly settled: Set<ItemId>;
  /** Of a shape: where it will be; undefined: nobody has told. */
  readonly layer: LayerId | undefined;
}

/** What all gestures together do to a board. */
export interface PreviewEffects {
  readonly erased: ReadonlySet<ItemId>;
  /** Ascending; they may overlap. */
  readonly cuts: ReadonlyMap<ItemId, readonly PathRange[]>;
  readonly moves: ReadonlyMap<ItemId, Matrix>;
  readonly shapes: ReadonlyMap<ItemId, StrokeItem>;
}

export const NO_EFFECTS: PreviewEffects = {
  erased: new Set(),
  cuts: new Map(),
  moves: new Map(),
  shapes: new Map(),
};

type ShapePreview = Extract<Preview, { kind: "shape" }>;

/** No layer of a board is called so: what is on it is as strong as it was drawn. */
const NO_LAYER: LayerId = "preview";

/** A preview that stays the same gives the same shape. */
const shapeItems = new WeakMap<ShapePreview, StrokeItem>();

export function previewEffects(previews: Iterable<Previewed>): PreviewEffects {
  const erased = new Set<ItemId>();
  const cuts = new Map<ItemId, readonly PathRange[]>();
  const moves = new Map<ItemId, Matrix>();
  const shapes = new Map<ItemId, StrokeItem>();
  for (const { who, preview, settled, layer } of previews) {
    if (preview.kind === "erase") {
      for (const id of preview.ids) erased.add(id);
      for (const [id, ranges] of preview.cuts) {
        const all = [...(cuts.get(id) ?? []), ...ranges];
        cuts.set(
          id,
          all.sort((a, b) => a.from - b.from),
        );
      }
    } else if (preview.kind === "transform") {
      for (const id of preview.ids) {
        if (settled.has(id)) continue;
        const other = moves.get(id);
        moves.set(id, other ? multiply(preview.matrix, other) : preview.matrix);
      }
    } else if (preview.kind === "shape") {
      const item = shapeItem(who, preview, layer);
      shapes.set(item.id, item);
    }
  }
  return { erased, cuts, moves, shapes };
}

function shapeItem(who: string, preview: ShapePreview, layer: LayerId = NO_LAYER): StrokeItem {
  let item = shapeItems.get(preview);
  if (!item) {
    const { header, from, to } = preview;
    item = {
      kind: "stroke",
      // No item of a board is called so.
      id: `preview ${who}`,
      client: 0,
      layer,
      attributes: {},
      header,
      points: shapePoints(header.tool, from, to, header.width),
      parts: undefined,
      cuts: [],
      ended: false,
    };
    shapeItems.set(preview, item);
  }
  return item;
}
