import { apply, IDENTITY, scaleOf } from "../../base/matrix.ts";
import type { Matrix } from "../../base/matrix.ts";
import { withPressures } from "../../ink/pieces.ts";
import { shapePoints } from "../../ink/shape.ts";
import { PICTURE_TOOL } from "../../ink/stroke.ts";
import type { InkPoint, InkTool, ItemTool, ShapeTool, StrokeHeader, TextTool } from "../../ink/stroke.ts";
import { ITEM_KINDS } from "../document/schema.ts";
import type { ItemAttributes } from "../document/schema.ts";
import type { Item, ItemId, LayerId, PathRange, PictureItem, StrokeItem } from "../document/board.ts";
import { partsOf } from "../document/cuts.ts";
import { croppedBox, decodePicture, NO_CROP } from "../document/picture.ts";
import type { DrawnItem } from "./drawn-item.ts";
import type { KeptInk } from "./kept-ink.ts";

/** What an item is made of besides its ink. */
export interface ItemState {
  readonly attributes: ItemAttributes;
  readonly layer: LayerId;
  /** The words of a text or a note. */
  text(): string;
}

/** What all items of a board have in common: there are many, and functions of their own would take much. */
export interface CommonState {
  /** What is cut out of an item now; asked again when it has grown. */
  cutsOf(drawn: DrawnItem): readonly PathRange[];
  /** Whether that is anything, which is found much quicker. */
  isCut(drawn: DrawnItem): boolean;
  readonly kept: KeptInk;
}

export function isShapeTool(tool: ItemTool): tool is ShapeTool {
  return ITEM_KINDS[tool].holds === "outline";
}

export function isTextTool(tool: ItemTool): tool is TextTool {
  return ITEM_KINDS[tool].holds === "words";
}

/** What is placed as a whole, by its matrix, and has no ink: nothing can be cut out of it. */
export function isPlacedTool(tool: ItemTool): tool is TextTool | "picture" {
  return isTextTool(tool) || tool === PICTURE_TOOL;
}

/** A drawn item as it is to be shown; undefined where it lacks what its kind needs. */
export function shownItem(drawn: DrawnItem, state: ItemState, common: CommonState): Item | undefined {
  const { tool } = drawn.header;
  const { points } = ITEM_KINDS[tool];
  if (points > 0 && drawn.points.length < points) return undefined;
  if (isTextTool(tool)) return shownText(drawn, state);
  if (tool === PICTURE_TOOL) return shownPicture(drawn, tool, state);
  return new ShownStroke(drawn, state, common);
}

function shownText(drawn: DrawnItem, state: ItemState): Item | undefined {
  const { id, client, header } = drawn;
  const tool = header.tool as TextTool;
  const placed = placedAt(drawn, state.attributes);
  if (!placed) return undefined;
  const { attributes, layer } = state;
  return {
    kind: "text",
    id,
    client,
    layer,
    attributes,
    header: { ...header, tool, color: attributes.color ?? header.color },
    matrix: placed.matrix,
    size: ITEM_KINDS[tool].points > 1 ? placed.size : undefined,
    text: state.text(),
    ended: true,
  };
}

function shownPicture(drawn: DrawnItem, tool: "picture", state: ItemState): Item | undefined {
  const { id, client, header } = drawn;
  const { attributes, layer } = state;
  const placed = placedAt(drawn, attributes);
  const size = placed?.size;
  const picture = decodePicture(drawn.record() ?? "");
  if (!placed || !picture || !size || size.width === 0 || size.height === 0) return undefined;
  const crop = attributes.crop ?? NO_CROP;
  return {
    kind: "picture",
    id,
    client,
    layer,
    attributes,
    header: { ...header, tool },
    matrix: placed.matrix,
    size,
    crop,
    shown: croppedBox(size, crop),
    picture,
    ended: true,
  };
}

/** Of what is placed as a whole; `size`: where it has two points. */
function placedAt(
  { points: [at, corner] }: DrawnItem,
  { matrix: map = IDENTITY }: ItemAttributes,
): (Pick<PictureItem, "matrix"> & { readonly size: PictureItem["size"] | undefined }) | undefined {
  if (!at) return undefined;
  const { x: e, y: f } = apply(map, at);
  const size = corner && { width: Math.abs(corner.x - at.x), height: Math.abs(corner.y - at.y) };
  return { matrix: { ...map, e, f }, size };
}

/** Points are worked out when somebody asks for them, and go on while the stroke grows. */
class ShownStroke implements StrokeItem {
  readonly kind = "stroke";
  readonly id: ItemId;
  readonly client: number;
  readonly layer: LayerId;
  readonly attributes: ItemAttributes;
  readonly header: StrokeItem["header"];
  readonly #drawn: DrawnItem;
  readonly #matrix: Matrix | undefined;
  readonly #common: CommonState;
  /** Whether the points carry the pressures that are painted: in parts, or at another scale, they could not be found again. */
  readonly #pressed: boolean;
  /** Of a stroke that may still grow, where they are others than were drawn. */
  #growing: InkPoint[] | undefined = undefined;
  /** How many points it had when nothing was cut out of it. */
  #wholeOf = -1;

  constructor(drawn: DrawnItem, { attributes, layer }: ItemState, common: CommonState) {
    this.#drawn = drawn;
    this.id = drawn.id;
    this.client = drawn.client;
    this.layer = layer;
    this.attributes = attributes;
    this.#matrix = attributes.matrix;
    this.#common = common;
    const scale = this.#matrix ? scaleOf(this.#matrix) : 1;
    const { header } = drawn;
    this.#pressed = !isShapeTool(header.tool) && (scale !== 1 || common.isCut(drawn));
    this.header = shownHeader(header, { scale, color: attributes.color, pressed: this.#pressed });
  }

  get ended(): boolean {
    return this.#drawn.ended;
  }

  get points(): readonly InkPoint[] {
    const isShape = isShapeTool(this.#drawn.header.tool);
    if (!isShape && !this.#matrix && !this.#pressed) return this.#drawn.points;
    return this.#common.kept.points.get(this) ?? (isShape ? this.#keep(this.#outline()) : this.#placedInk());
  }

  get cuts(): readonly PathRange[] {
    return this.#common.cutsOf(this.#drawn);
  }

  get parts(): readonly (readonly InkPoint[])[] | undefined {
    const { points } = this;
    if (this.#wholeOf === points.length) return undefined;
    const known = this.#common.kept.parts.get(this);
    if (known?.count === points.length) return known.parts;
    const cuts = this.#common.cutsOf(this.#drawn);
    if (cuts.length === 0) {
      this.#wholeOf = points.length;
      return undefined;
    }
    const parts = partsOf(points, cuts);
    this.#common.kept.parts.set(this, { count: points.length, parts });
    return parts;
  }

  #outline(): InkPoint[] {
    const { header, points } = this.#drawn;
    return this.#placed(shapePoints(header.tool as ShapeTool, points[0]!, points[1]!, header.width));
  }

  #placedInk(): InkPoint[] {
    // Asked first: what was drawn then will not be more.
    const { ended, points, header } = this.#drawn;
    const placed = this.#growing ?? [];
    if (placed.length < points.length) {
      const pressed = this.#pressed ? withPressures(header, points) : points;
      placed.push(...this.#placed(pressed.slice(placed.length)));
    }
    this.#growing = ended ? undefined : placed;
    return ended ? this.#keep(placed) : placed;
  }

  #keep(points: InkPoint[]): InkPoint[] {
    this.#common.kept.points.set(this, points);
    return points;
  }

  #placed(points: readonly InkPoint[]): InkPoint[] {
    const matrix = this.#matrix;
    return points.map((point) => (matrix ? { ...apply(matrix, point), pressure: point.pressure } : point));
  }
}

function shownHeader(
  header: StrokeHeader,
  {
    scale,
    color,
    pressed,
  }: { readonly scale: number; readonly color: number | undefined; readonly pressed: boolean },
): StrokeItem["header"] {
  const tool = header.tool as InkTool | ShapeTool;
  if (scale === 1 && color === undefined && !pressed) return header as StrokeItem["header"];
  return {
    ...header,
    tool,
    color: color ?? header.color,
    width: header.width * scale,
    // The pixel of the screen on which it was drawn grows with it.
    scale: scale === 1 ? header.scale : header.scale - Math.log2(scale),
    pressure: header.pressure || pressed,
  };
}
