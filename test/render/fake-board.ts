import { arrivedBefore } from "../../src/board/document/arrival.ts";
import type { Background } from "../../src/board/document/backgrounds.ts";
import {
  FIRST_LAYER,
  type Board,
  type BoardChange,
  type Item,
  type ItemId,
  type Layer,
  type LayerId,
  type PathRange,
  type PictureItem,
  type StrokeItem,
  type TextItem,
} from "../../src/board/document/board.ts";
import type { Matrix } from "../../src/base/matrix.ts";
import { sortedLike } from "../support/sorted-like.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";

type Ink = StrokeHeader & { readonly tool: StrokeItem["header"]["tool"] };

/** What becomes different of an item; it has to fit its kind. */
export interface ItemChange {
  readonly header?: Item["header"];
  readonly layer?: string;
  readonly points?: readonly InkPoint[];
  readonly parts?: readonly (readonly InkPoint[])[];
  readonly cuts?: readonly PathRange[];
  readonly matrix?: Matrix;
  readonly shown?: PictureItem["shown"];
  readonly ended?: true;
}

/** A board in memory whose items come, grow, end, change and go as a test says. */
export interface FakeBoard extends Board {
  /** Puts a stroke at `index` in the order, with one point or more. */
  insert(index: number, header: Ink, points: readonly InkPoint[], ended?: boolean): ItemId;
  insertPicture(
    index: number,
    picture: Pick<PictureItem, "header" | "matrix" | "size" | "crop" | "shown" | "picture">,
  ): ItemId;
  insertText(index: number, text: Pick<TextItem, "header" | "matrix" | "size" | "text">): ItemId;
  extend(id: ItemId, points: readonly InkPoint[], ended: boolean): void;
  /** Makes another object of it. */
  alter(id: ItemId, change: ItemChange): void;
  /** Puts an item elsewhere in the order. */
  reorder(id: ItemId, index: number): void;
  hide(ids: readonly ItemId[]): void;
  show(ids: readonly ItemId[]): void;
  /** Replaces the layers, bottom first. */
  setLayers(layers: readonly Partial<Layer>[]): void;
}

interface Entry {
  item: Item;
  hidden: boolean;
}

const unused = (): never => {
  throw new Error("the renderer does not write to the board");
};

const BARE: Layer = { id: FIRST_LAYER, name: "", hidden: false, locked: false, opacity: 1 };

export function createFakeBoard(): FakeBoard {
  const entries: Entry[] = [];
  const listeners = new Set<(change: BoardChange) => void>();
  let count = 0;
  let layers: readonly Layer[] = [BARE];
  let background: Background = "plain";
  const byId = new Map<ItemId, Entry>();
  const entryOf = (id: ItemId): Entry | undefined => byId.get(id);
  const announce = (change: Partial<BoardChange>): void => {
    const nothing = { by: [], shown: [], extended: [], hidden: [], altered: [], settings: false } as const;
    for (const listener of listeners) listener({ origin: "remote", ...nothing, ...change });
  };
  const setHidden = (ids: readonly ItemId[], hidden: boolean): ItemId[] =>
    ids.filter((id) => {
      const entry = entryOf(id);
      if (!entry || entry.hidden === hidden) return false;
      entry.hidden = hidden;
      return true;
    });
  const add = (index: number, make: (id: ItemId) => Item): ItemId => {
    const id = `1.${count++}`;
    const entry = { item: make(id), hidden: false };
    entries.splice(index, 0, entry);
    byId.set(id, entry);
    announce({ shown: [id] });
    return id;
  };
  /** What is on one layer lies together, as on every board: else a layer would be blended in parts. */
  const stacked = (): Entry[] => {
    const level = ({ item }: Entry): number => layers.findIndex(({ id }) => id === item.layer);
    return [...entries].sort((a, b) => Math.max(level(a), 0) - Math.max(level(b), 0));
  };
  return {
    items: () => stacked().flatMap(({ item, hidden }) => (hidden ? [] : [item])),
    isEmpty: () => entries.every(({ hidden }) => hidden),
    item(id) {
      const entry = entryOf(id);
      return entry && !entry.hidden ? entry.item : undefined;
    },
    inOrder: (ids) =>
      sortedLike(
        stacked().map(({ item }) => item.id),
        ids,
      ),
    arrival: arrivedBefore(),
    noRoomFor: () => undefined,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    insert: (index, header, points, ended = true) =>
      add(index, (id) => ({
        kind: "stroke",
        id,
        client: 1,
        layer: FIRST_LAYER,
        attributes: {},
        header,
        points: [...points],
        parts: undefined,
        cuts: [],
        ended,
      })),
    insertPicture: (index, picture) =>
      add(index, (id) => ({
        kind: "picture",
        id,
        client: 1,
        layer: FIRST_LAYER,
        attributes: {},
        ended: true,
        ...picture,
      })),
    insertText: (index, text) =>
      add(index, (id) => ({
        kind: "text",
        id,
        client: 1,
        layer: FIRST_LAYER,
        attributes: {},
        ended: true,
        ...text,
      })),
    extend(id, points, ended) {
      const { item, hidden } = entryOf(id)!;
      // The object stays: it only grew.
      const growing = item as { readonly points: readonly InkPoint[] } as {
        points: InkPoint[];
        ended: boolean;
      };
      growing.points.push(...points);
      growing.ended = ended;
      if (!hidden) announce({ extended: [id] });
    },
    alter(id, change) {
      const entry = entryOf(id)!;
      entry.item = { ...entry.item, ...change } as Item;
      if (!entry.hidden) announce({ altered: [id] });
    },
    reorder(id, index) {
      const entry = entryOf(id)!;
      entries.splice(entries.indexOf(entry), 1);
      entries.splice(index, 0, entry);
      if (!entry.hidden) announce({ altered: [id] });
    },
    hide: (ids) => announce({ hidden: setHidden(ids, true) }),
    show: (ids) => announce({ shown: setHidden(ids, false) }),
    setLayers(next) {
      const before = layers;
      layers = next.map((layer) => ({ ...BARE, ...layer }));
      // As a board tells it: what is on a layer that comes or goes is elsewhere in the order.
      const isNews = (id: LayerId): boolean =>
        before.some((each) => each.id === id) !== layers.some((each) => each.id === id);
      const altered = entries.filter(({ item, hidden }) => !hidden && isNews(item.layer));
      announce({ settings: true, altered: altered.map(({ item }) => item.id) });
    },
    layers: () => layers,
    background: () => background,
    setBackground(next) {
      background = next;
      announce({ settings: true });
      return true;
    },
    setActiveLayer: unused,
    startStroke: unused,
    addShape: unused,
    addText: unused,
    editText: unused,
    takeAlong: unused,
    whole: unused,
    firstPieces: unused,
    erase: unused,
    cut: unused,
    transform: unused,
    addPicture: unused,
    changeItems: unused,
    crop: unused,
    restack: unused,
    moveToLayer: unused,
    copy: unused,
    paste: unused,
    pasteSteps: unused,
    copySteps: unused,
    clear: unused,
    undoClear: unused,
    addLayer: unused,
    hasRoomForLayer: unused,
    changeLayer: unused,
    removeLayer: unused,
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
  };
}
