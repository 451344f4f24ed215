import type { Box, Point } from "../../base/geometry.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { InkPoint, InkTool, ShapeTool, StrokeHeader, TextTool } from "../../ink/stroke.ts";
import type { Arrival } from "./arrival.ts";
import type { Background } from "./backgrounds.ts";
import type { ItemAttributes } from "./schema.ts";
import type { Resource } from "./limits.ts";
import type { Crop, Picture } from "./picture.ts";
import type { TextEditor } from "./text-editor.ts";
import type { Past } from "./past.ts";

/** `client.clock` of the write that made the item. Unique for ever, the same on every device. */
export type ItemId = string;

/** `session.n`; FIRST_LAYER is there without having been made. */
export type LayerId = string;
export const FIRST_LAYER: LayerId = "";

interface ItemBase {
  readonly id: ItemId;
  /** The session that drew it. */
  readonly client: number;
  readonly layer: LayerId;
  /** What it was given since, as it is written; colour, matrix and layer are seen to already. */
  readonly attributes: ItemAttributes;
}

/**
 * A stroke, or a shape, as it is to be shown now: moved, resized and recoloured. An item that becomes
 * different by anything but growing is another object from then on.
 */
export interface StrokeItem extends ItemBase {
  readonly kind: "stroke";
  readonly header: StrokeHeader & { readonly tool: InkTool | ShapeTool };
  /**
   * The kept points so far; of a shape, those of its outline. Grows at its end, in place, until
   * `ended`.
   */
  readonly points: readonly InkPoint[];
  /** What partial erasers left of it, in the order of the stroke; undefined where it is whole. */
  readonly parts: readonly (readonly InkPoint[])[] | undefined;
  /** The stretches that they took, ascending; none where it is whole. */
  readonly cuts: readonly PathRange[];
  /** The pen was lifted: nothing will be added. */
  readonly ended: boolean;
}

/** Words on the board, or on a note. */
export interface TextItem extends ItemBase {
  readonly kind: "text";
  /** `width` is the size of the type, `color` the colour of the words or of the note. */
  readonly header: StrokeHeader & { readonly tool: TextTool };
  /**
   * Places what is drawn from 0, 0 to the right and down in world units. Lines break where the text
   * says so, in a note also at its width, elsewhere at the width that the text was given (attributes).
   */
  readonly matrix: Matrix;
  /** Of a note: its sides. Words have the size that their type gives them. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly text: string;
  readonly ended: true;
}

/** A picture on the board. */
export interface PictureItem extends ItemBase {
  readonly kind: "picture";
  readonly header: StrokeHeader & { readonly tool: "picture" };
  /** Places what is drawn from 0, 0 to the right and down in world units. */
  readonly matrix: Matrix;
  /** Before that: of the whole of it. */
  readonly size: { readonly width: number; readonly height: number };
  readonly crop: Crop;
  /** Before the matrix: what is shown of it. */
  readonly shown: Box;
  readonly picture: Picture;
  readonly ended: true;
}

export type Item = StrokeItem | TextItem | PictureItem;

export interface Layer {
  readonly id: LayerId;
  /** Empty: the one that everybody calls by its place. */
  readonly name: string;
  readonly hidden: boolean;
  /** No tool touches what is on it. */
  readonly locked: boolean;
  /** 0 .. 1 in steps of 1/100. */
  readonly opacity: number;
}

/** What became different, for those who paint. */
export interface BoardChange {
  /** Who caused it: this page, a contact, or what was stored. */
  readonly origin: "local" | "remote" | "storage";
  /** The contacts' sessions that wrote it; none where it was no contact. */
  readonly by: readonly number[];
  /** Items that are visible now and were not before, wherever they lie in the order. */
  readonly shown: readonly ItemId[];
  /** Visible items that got more points or ended. */
  readonly extended: readonly ItemId[];
  /** Items that were visible before and are not now. */
  readonly hidden: readonly ItemId[];
  /** Visible items that look otherwise, lie elsewhere or are elsewhere in the order. */
  readonly altered: readonly ItemId[];
  /** Some of what is visible was drawn just now; it did not only come back. */
  readonly drawn?: boolean;
  /** Layers or the background are others; the items on them that this concerns are named above. */
  readonly settings: boolean;
}

/** A stroke that this person is drawing. */
export interface StrokeWriter {
  readonly header: StrokeHeader;
  /** All points given so far, on the grid, whether or not they are in the document yet. */
  readonly points: readonly InkPoint[];
  /** The item that shows these points, once a flush has put them into the document. */
  itemId(): ItemId | undefined;
  /** Adds kept points (from the simplifier) at the end. They reach the document at the next flush. */
  add(points: readonly InkPoint[]): void;
  /** Pen up: the rest is written at once and the stroke is final. */
  end(): void;
  /** Drops the stroke where nothing of it is in the document yet; otherwise ends it. Says whether it is dropped. */
  cancel(): boolean;
  /**
   * Pen up, and the stroke was meant as this shape: it goes, and the shape comes. Two steps of the history:
   * what takes the shape back brings the stroke, and the next one takes that back. It has points.
   */
  replace(header: StrokeHeader & { readonly tool: ShapeTool }, from: Point, to: Point): ItemId;
}

/**
 * What came of taking something back, or doing it again:
 * - `nothing`: there is nothing to take back.
 * - `done`: all of it.
 * - `partly`: somebody else has meanwhile erased or changed some of it, which stays so.
 * - `shared`: all of it, but nothing looks otherwise: somebody else did the same, and that stands.
 * - `skipped`: nothing, since somebody else has meanwhile erased or changed all of it. The step is passed over
 *   from then on, until something of it is to be seen again.
 */
export type Step = "nothing" | "done" | "partly" | "shared" | "skipped";

/** What this session did and can take back; never what a contact did. */
export interface History {
  /** May become different by what others do. */
  canUndo(): boolean;
  canRedo(): boolean;
  /** Takes back this session's latest gesture. */
  undo(): Step;
  redo(): Step;
  /** The sessions that kept the latest undo or redo from being done, wholly or in part. */
  others(): readonly number[];
  onChange(listener: () => void): () => void;
}

/** A stretch of a stroke's points: 1.5 is the middle of the curve between points 1 and 2. */
export interface PathRange {
  readonly from: number;
  readonly to: number;
}

export type Restack = "front" | "back" | "forward" | "backward";

interface CopiedBase {
  /** With the colour that the item has by now. */
  readonly header: StrokeHeader;
  readonly matrix: Matrix;
  /** What it was given since it was drawn and what a copy keeps (`isCopied` in schema.ts). */
  readonly attributes: ItemAttributes;
}

/** A stroke or a shape, apart from any board. */
export interface CopiedStroke extends CopiedBase {
  readonly kind: "stroke";
  /** Of a shape: its two ends, to be placed by the matrix. */
  readonly points: readonly InkPoint[];
}

/** Words or a note, apart from any board. */
export interface CopiedText extends CopiedBase {
  readonly kind: "text";
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly text: string;
}

/** A picture, apart from any board: its record, which says where its bytes are to be had. */
export interface CopiedPicture extends CopiedBase {
  readonly kind: "picture";
  readonly size: { readonly width: number; readonly height: number };
  readonly picture: Picture;
}

/** What was cut or copied. */
export type CopiedItem = CopiedStroke | CopiedText | CopiedPicture;

/**
 * The drawing of one set of participants. Ids that are not visible, or on a locked layer, are passed over. What
 * has no room any more (writing/room.ts) is not done at all: what gives ids then gives none, or an empty one, a
 * stroke stays on the pen, and the history answers `nothing`.
 */
export interface Board {
  /** Visible items, bottom first: the same order on every device. */
  items(): readonly Item[];
  item(id: ItemId): Item | undefined;
  /** These, bottom first; those that are not there last, as given. Costs nothing for all the others. */
  inOrder(ids: readonly ItemId[]): readonly ItemId[];
  /** Nothing is visible: what `items` would say, without making it. */
  isEmpty(): boolean;
  onChange(listener: (change: BoardChange) => void): () => void;
  /** How far the stored board is on it. */
  readonly arrival: Arrival;
  /** What there is too much of to begin a stroke, or to hide something small; undefined: there is room. */
  noRoomFor(what: "drawing" | "erasing"): Resource | undefined;

  /** On which layer new things go; the layer may be gone by then, which means the first one. */
  setActiveLayer(layer: LayerId): void;
  /** Width is taken from the header; a long stroke continues in further items by itself. */
  startStroke(header: StrokeHeader): StrokeWriter;
  addShape(header: StrokeHeader & { readonly tool: ShapeTool }, from: Point, to: Point): ItemId;
  /** `size`: of a note. It enters the history when an editor of it ends, or at once where `text` is not empty. */
  addText(
    header: StrokeHeader & { readonly tool: TextTool },
    at: Point,
    size: { readonly width: number; readonly height: number } | undefined,
    text: string,
  ): ItemId;
  /** Between the corners of the box; its bytes are elsewhere. Not one that has too many bytes or pixels. */
  addPicture(picture: Picture, box: Box): ItemId;
  /**
   * Undefined where there is no such text, or no room to type in it. `goesOn`: a person types already, in the
   * item from which it went on.
   */
  editText(id: ItemId, goesOn?: boolean): TextEditor | undefined;
  /**
   * Somebody moved a text to this new item and had not seen yet what this session typed into the old one:
   * that goes to the end of the new one, as no step of the history. Says whether there was any.
   */
  takeAlong(id: ItemId): boolean;

  /** All pieces of the strokes that these are pieces of: a long stroke is several items. */
  whole(ids: readonly ItemId[]): readonly ItemId[];
  /** Of each stroke among these, of which there may be several pieces, the first that is named. */
  firstPieces(ids: readonly ItemId[]): readonly ItemId[];
  /** Each says whether it did anything; each is one step of the history. */
  erase(ids: readonly ItemId[]): boolean;
  /** Takes stretches out of strokes, also of ones that still grow; `ids` go as a whole, in the same step. */
  cut(ranges: ReadonlyMap<ItemId, readonly PathRange[]>, ids?: readonly ItemId[]): boolean;
  /** Applied to where each item is now. */
  transform(ids: readonly ItemId[], matrix: Matrix): boolean;
  /** Gives items attributes; those that have them already are passed over, and pictures: they have no colour. */
  changeItems(ids: readonly ItemId[], attributes: ItemAttributes): boolean;
  /** How much of a picture is not shown; of nothing else. */
  crop(id: ItemId, crop: Crop): boolean;
  restack(ids: readonly ItemId[], how: Restack): boolean;
  moveToLayer(ids: readonly ItemId[], layer: LayerId): boolean;
  copy(ids: readonly ItemId[]): readonly CopiedItem[];
  /** `matrix` places the copies; gives their ids, bottom first. */
  paste(copied: readonly CopiedItem[], matrix: Matrix): readonly ItemId[];
  /**
   * The same for very many, a moment's work at a time; says how much is done, 0 .. 1. Nothing of it is seen before the
   * last moment, nor ever where that does not come.
   */
  pasteSteps(copied: readonly CopiedItem[], matrix: Matrix): Generator<number, readonly ItemId[]>;
  /** All that is to be seen, layer by layer, the bottom first; a moment's work at a time. */
  copySteps(): Generator<undefined, ReadonlyMap<LayerId, readonly CopiedItem[]>>;
  /** Hides what is visible now, except a stroke that somebody is still drawing. */
  clear(): boolean;
  /** Takes back this page's latest clear, whatever was done since. */
  undoClear(): Step;

  /** Bottom first; never empty. */
  layers(): readonly Layer[];
  /** The first layer where there is no room for another one. */
  addLayer(name: string): LayerId;
  hasRoomForLayer(): boolean;
  /** `at`: among the layers, counted from the bottom. */
  changeLayer(
    id: LayerId,
    change: Partial<Pick<Layer, "name" | "hidden" | "locked" | "opacity">> & { readonly at?: number },
  ): boolean;
  /** What is on it goes to the first layer, which cannot be removed. */
  removeLayer(id: LayerId): boolean;
  background(): Background;
  setBackground(background: Background): boolean;

  /** The board at the moments up to now. */
  lookBack(): Past<
    Pick<Board, "arrival" | "items" | "item" | "inOrder" | "layers" | "background" | "onChange">
  >;

  readonly history: History;
  /**
   * Runs `act`, and gives how to take back for good what that put into the history: as if it had never been
   * done, it cannot be done again, and what could be done again before it can be so once more.
   */
  revocable(act: () => void): () => void;
}
