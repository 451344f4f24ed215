/*
 * The board after some of the deeds: what is read of it, changed deed by deed, forwards and backwards. Of each session
 * exactly its writes below a clock are there, so it is a state that somebody may really have seen.
 */
import { arrivedBefore } from "../document/arrival.ts";
import type { Arrival } from "../document/arrival.ts";
import type * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import { NO_VALUE } from "../document/attributes.ts";
import type { BoardChange, Item, ItemId } from "../document/board.ts";
import type { Roots } from "../document/document.ts";
import { itemId } from "../document/item-id.ts";
import type { MarkPlaces } from "../document/marks.ts";
import { createAttributeTable } from "../reading/attribute-table.ts";
import type { AttributeTable } from "../reading/attribute-table.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { createCommonState } from "../reading/cut-places.ts";
import { createEntryLookup } from "../reading/entry-lookup.ts";
import type { EntryLookup } from "../reading/entry-lookup.ts";
import { createKeptInk } from "../reading/kept-ink.ts";
import { textOf } from "../reading/label-text.ts";
import { createMarkCover } from "../reading/mark-cover.ts";
import type { MarkCover } from "../reading/mark-cover.ts";
import { inPaintingOrder, stacksOf } from "../reading/painting-order.ts";
import type { Stack } from "../reading/painting-order.ts";
import { createPendingChange } from "../reading/pending-change.ts";
import { createSessionTable } from "../reading/session-table.ts";
import { isTextTool, shownItem } from "../reading/shown-item.ts";
import type { Entry } from "../reading/stroke-list.ts";
import type { Deed } from "./deeds.ts";

/** What a board of another moment can be asked. */
export interface PastBoard {
  /** All of it is there. */
  readonly arrival: Arrival;
  items(): readonly Item[];
  item(id: ItemId): Item | undefined;
  inOrder(ids: readonly ItemId[]): readonly ItemId[];
  layers: BoardReader["attributes"]["layers"];
  background: BoardReader["attributes"]["background"];
  onChange(listener: (change: BoardChange) => void): () => void;
}

export interface PastState {
  readonly board: PastBoard;
  /** Visible or not; each with the item that is shown for it. */
  readonly entries: readonly Entry[];
  entry(id: ItemId): Entry | undefined;
  /** Does these deeds, which come next, or takes them back, the latest first: told as one change. */
  move(deeds: readonly Deed[], way: "forth" | "back"): void;
  /** This write has been done. */
  has(client: number, clock: number): boolean;
}

export interface PastStateDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly reader: Pick<BoardReader, "labelOf">;
  /** All that there are now, in the order of the document. They become this state's own. */
  readonly entries: readonly Entry[];
  onError(error: unknown): void;
}

/** What deeds touched. */
interface Touched {
  /** They may be visible now, or not. */
  readonly entries: Set<Entry>;
  /** They look otherwise. */
  readonly altered: Set<Entry>;
  readonly marks: MarkPlaces[];
  layers: boolean;
  background: boolean;
}

/** What the deeds make, and what they are about. */
interface Tables {
  readonly cover: MarkCover;
  readonly attributes: AttributeTable;
  readonly byId: ReadonlyMap<ItemId, Entry>;
}

export function createPastState({ doc, roots, reader, entries, onError }: PastStateDeps): PastState {
  const kept = createKeptInk();
  const cover = createMarkCover([]);
  const sessions = createSessionTable(roots.sessions.entries());
  const byId = new Map(entries.filter(({ stroke }) => stroke).map((entry) => [entry.id, entry] as const));
  const list = {
    entries,
    entry: (id: ItemId) => byId.get(id),
    entryOf: ({ id: { client, clock } }: Y.Item) => byId.get(itemId(client, clock)),
  };
  const attributes = createAttributeTable([], (id) => {
    const { client = 0, stroke } = byId.get(id) ?? {};
    return stroke?.origin && sessions.layerAt(client, stroke.origin.slot);
  });
  const lookup = createEntryLookup(doc, roots, list);
  const common = createCommonState(cover, kept);
  const pending = createPendingChange();
  const changed = createEmitter<BoardChange>(onError);
  /** The clock up to which each session's writes have been done. */
  const reached = new Map<number, number>();
  let stacks: readonly Stack[] | undefined;
  let visible: readonly Item[] | undefined;

  const has = (client: number, clock: number): boolean => clock < (reached.get(client) ?? 0);

  function isVisible({ id, client, clock, stroke }: Entry): boolean {
    if (!stroke || !has(client, clock)) return false;
    return !cover.hides(client, clock) && !attributes.layerOf(id).hidden;
  }

  /** Of words, what was typed by then. */
  const then = {
    unerased(client: number, { start, end }: { readonly start: number; readonly end: number }) {
      const until = Math.min(end, reached.get(client) ?? 0);
      return until > start ? cover.unerased(client, { start, end: until }) : [];
    },
  };

  function itemOf(entry: Entry): Item | undefined {
    const { stroke, id } = entry;
    if (!stroke || !entry.visible) return undefined;
    const state = {
      attributes: attributes.of(id),
      layer: attributes.layerOf(id).id,
      text: () => textOf(reader.labelOf(id), then),
    };
    entry.item ??= shownItem(stroke, state, common);
    return entry.item;
  }

  const allStacks = (): readonly Stack[] => (stacks ??= stacksOf(entries, attributes));

  function update(entry: Entry): void {
    pending.show(entry, isVisible(entry));
    if (entry.item && entry.item.layer !== attributes.layerOf(entry.id).id) pending.alter(entry);
  }

  function tell(): void {
    const taken = pending.take("storage");
    if (!taken) return;
    stacks = undefined;
    visible = undefined;
    changed.emit(taken.change);
  }

  return {
    entries,
    entry: list.entry,
    has,
    move(deeds, way) {
      const touched: Touched = {
        entries: new Set(),
        altered: new Set(),
        marks: [],
        layers: false,
        background: false,
      };
      const isForth = way === "forth";
      for (const deed of isForth ? deeds : [...deeds].reverse()) {
        reached.set(deed.client, isForth ? deed.end : deed.clock);
        run(deed, isForth, { cover, attributes, byId }, touched);
      }
      followMarks(lookup, touched);
      const isAll = touched.layers || touched.marks.some(({ kind }) => kind === "clear");
      if (touched.layers || touched.background) pending.changeSettings();
      for (const entry of isAll ? entries : [...touched.entries, ...touched.altered]) update(entry);
      for (const entry of touched.altered) pending.alter(entry);
      tell();
    },
    board: {
      arrival: arrivedBefore(),
      items: () =>
        (visible ??= allStacks().flatMap((stack) => stack.flatMap((entry) => itemOf(entry) ?? []))),
      item(id) {
        const entry = byId.get(id);
        return entry && itemOf(entry);
      },
      inOrder: (ids) => inPaintingOrder(ids, list, attributes, allStacks),
      layers: () => attributes.layers(),
      background: () => attributes.background(),
      onChange: (listener) => changed.on(listener),
    },
  };
}

/** Takes a deed into the tables, or out of them. */
function run({ does }: Deed, isForth: boolean, { cover, attributes, byId }: Tables, touched: Touched): void {
  switch (does.of) {
    case "item":
    case "words": {
      const entry = byId.get(does.id);
      if (entry) touched[does.of === "item" ? "entries" : "altered"].add(entry);
      return;
    }
    case "mark":
      touched.marks.push(...cover.set(does.key, isForth ? does.value : undefined));
      return;
    case "switch":
      touched.marks.push(...cover.set(does.key, does.isUndone === isForth));
      return;
    case "attribute": {
      attributes.set(does.key, isForth ? does.value : NO_VALUE);
      const { subject } = does;
      if (subject.of === "layer") touched.layers = true;
      if (subject.of === "page") touched.background = true;
      const entry = subject.of === "item" ? byId.get(subject.id) : undefined;
      if (entry) touched.altered.add(entry);
    }
  }
}

/** What marks are about looks otherwise, or is there or not. */
function followMarks(lookup: EntryLookup, { marks, entries, altered }: Touched): void {
  const ofKind = (kind: MarkPlaces["kind"]): MarkPlaces[] => marks.filter((mark) => mark.kind === kind);
  for (const entry of lookup.erasedBy(ofKind("erase"))) {
    entries.add(entry);
    if (entry.stroke && isTextTool(entry.stroke.header.tool)) altered.add(entry);
  }
  for (const entry of lookup.cutBy(ofKind("cut"))) altered.add(entry);
}
