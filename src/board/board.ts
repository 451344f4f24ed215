import type { InkPoint, StrokeHeader } from "../ink/stroke.ts";

/** `client.clock` of the write that made the item. Unique for ever, the same on every device. */
export type ItemId = string;

/** A stroke as it is read from the document. */
export interface StrokeItem {
  readonly kind: "stroke";
  readonly id: ItemId;
  /** The session that drew it. */
  readonly client: number;
  readonly header: StrokeHeader;
  /** The kept points so far. Grows at its end, in place, until `ended`. */
  readonly points: readonly InkPoint[];
  /** The pen was lifted: nothing will be added. */
  readonly ended: boolean;
}

export type Item = StrokeItem;

/** What became different, for those who paint. */
export interface BoardChange {
  /** Who caused it: this page, a contact, or what was stored. */
  readonly origin: "local" | "remote" | "storage";
  /** Items that are visible now and were not before, wherever they lie in the order. */
  readonly shown: readonly ItemId[];
  /** Visible items that got more points or ended. */
  readonly extended: readonly ItemId[];
  /** Items that were visible before and are not now. */
  readonly hidden: readonly ItemId[];
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
}

/** What this session did and can take back; never what a contact did. */
export interface History {
  canUndo(): boolean;
  canRedo(): boolean;
  /** Takes back this session's latest change; false where there is none. */
  undo(): boolean;
  redo(): boolean;
  onChange(listener: () => void): () => void;
}

/** The drawing of one set of participants. */
export interface Board {
  /** Visible items, bottom first: the same order on every device. */
  items(): readonly Item[];
  item(id: ItemId): Item | undefined;
  onChange(listener: (change: BoardChange) => void): () => void;
  /** Width is taken from the header; a long stroke continues in further items by itself. */
  startStroke(header: StrokeHeader): StrokeWriter;
  /** Hides what is visible now, except a stroke that somebody is still drawing; false where there was nothing. */
  clear(): boolean;
  readonly history: History;
}
