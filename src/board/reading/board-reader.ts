import * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import { shapePoints } from "../../ink/shape.ts";
import { createAttributeTable } from "./attribute-table.ts";
import type { AttributeTable } from "./attribute-table.ts";
import type { BoardChange, Item, ItemId } from "../document/board.ts";
import { rangesAt } from "../document/cuts.ts";
import type { CutPlaces } from "../document/cuts.ts";
import { LOCAL_ORIGIN, STORAGE_ORIGIN } from "../document/document.ts";
import type { Roots } from "../document/document.ts";
import { writersOf } from "../document/state.ts";
import { textOf } from "./label-text.ts";
import { createMarkCover } from "./mark-cover.ts";
import type { MarkCover } from "./mark-cover.ts";
import { CUT_STEPS, decodeMark, markOf } from "../document/marks.ts";
import type { ClockRange, Mark } from "../document/marks.ts";
import { stacksOf } from "./painting-order.ts";
import type { Stack } from "./painting-order.ts";
import { isShapeTool, isTextTool, shownItem } from "./shown-item.ts";
import { createStrokeList } from "./stroke-list.ts";
import { itemId } from "../document/item-id.ts";
import type { DrawnItem, Entry, StrokeList } from "./stroke-list.ts";
import { labelKey } from "../document/keys.ts";

/** A document, read as a board and followed. */
export interface BoardReader {
  readonly list: StrokeList;
  readonly cover: MarkCover;
  readonly attributes: AttributeTable;
  items(): readonly Item[];
  item(id: ItemId): Item | undefined;
  isEmpty(): boolean;
  /** The visible entries as they lie on one another, the bottom first. */
  stacks(): readonly Stack[];
  labelOf(id: ItemId): Y.Text | undefined;
  cutPlacesOf(drawn: DrawnItem): CutPlaces;
  onChange(listener: (change: BoardChange) => void): () => void;
  /** Another session's clear hides something since now; says which session. */
  onForeignClear(listener: (client: number) => void): () => void;
  /**
   * While held, by as many as asked for it, contacts' changes are not announced and not in `items`; a
   * local change announces everything.
   */
  hold(on: boolean): void;
  close(): void;
}

export interface BoardReaderDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  onError(error: unknown): void;
}

/** Up to so many clocks a mark's items are looked up one by one. */
const FEW_CLOCKS = 1000;

export function createBoardReader({ doc, roots, onError }: BoardReaderDeps): BoardReader {
  const { items, marks, attrs, labels } = roots;
  const list = createStrokeList(items);
  const changed = createEmitter<BoardChange>(onError);
  const foreignClear = createEmitter<number>(onError);
  const cover = createMarkCover(marks.entries());
  const attributes = createAttributeTable(attrs.entries());
  let stacks: readonly Stack[] | undefined;
  let visible: readonly Item[] | undefined;
  let holds = 0;
  // What was done since the last announcement, which comes at the end of a transaction.
  let shown = new Set<ItemId>();
  let extended = new Set<ItemId>();
  let hidden = new Set<ItemId>();
  let altered = new Set<ItemId>();
  let settings = false;
  /** Those that came, or grew. */
  let fresh: Entry[] = [];
  /** The contacts' sessions that did it. */
  let authors = new Set<number>();

  let visibleCount = 0;

  for (const entry of list.entries) {
    entry.visible = isVisible(entry);
    if (entry.visible) visibleCount++;
  }

  function isVisible({ id, client, clock, stroke }: Entry): boolean {
    return stroke !== undefined && !cover.hides(client, clock) && !attributes.layerOf(id).hidden;
  }

  function update(entry: Entry): void {
    const now = isVisible(entry);
    if (now === entry.visible) return;
    entry.visible = now;
    visibleCount += now ? 1 : -1;
    // What came and went again unannounced was never seen.
    const [to, back] = now ? [shown, hidden] : [hidden, shown];
    if (!back.delete(entry.id)) to.add(entry.id);
  }

  /** Those that are to be beside one which comes only now are elsewhere in the order. */
  function followNeighbours(added: readonly Entry[]): void {
    const came = new Set(added.map(({ id }) => id));
    for (const id of attributes.stacked()) {
      const entry = came.has(attributes.of(id).stack?.beside ?? "") ? list.entry(id) : undefined;
      if (entry) alter(entry);
    }
  }

  /** It looks otherwise than before. */
  function alter(entry: Entry): void {
    entry.item = undefined;
    if (entry.visible && !shown.has(entry.id)) altered.add(entry.id);
  }

  function labelOf(id: ItemId): Y.Text | undefined {
    const label = labels.get(labelKey(id));
    return label instanceof Y.Text ? label : undefined;
  }

  function cutPlacesOf(drawn: DrawnItem): CutPlaces {
    const { tool, width } = drawn.header;
    const [from, to] = drawn.points;
    const outline = isShapeTool(tool) && from && to ? shapePoints(tool, from, to, width).length : undefined;
    return { clocks: drawn.clocks(), outline };
  }

  function itemOf(entry: Entry): Item | undefined {
    const { stroke: drawn, id, client } = entry;
    if (!drawn || !entry.visible) return undefined;
    entry.item ??= shownItem(drawn, {
      attributes: attributes.of(id),
      layer: attributes.layerOf(id).id,
      cuts() {
        const cut = isTextTool(drawn.header.tool) ? [] : cover.cuts(client);
        return cut.length === 0 ? [] : rangesAt(cut, cutPlacesOf(drawn));
      },
      text: () => textOf(labelOf(id), cover),
    });
    return entry.item;
  }

  function allStacks(): readonly Stack[] {
    return (stacks ??= stacksOf(list.entries, attributes));
  }

  function allItems(): readonly Item[] {
    return allStacks().flatMap(({ entries }) => entries.flatMap((entry) => itemOf(entry) ?? []));
  }

  const onItems = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      if (event instanceof Y.YArrayEvent && event.target === items) {
        const { added, removed } = list.splice(event.transaction);
        for (const entry of added) {
          fresh.push(entry);
          update(entry);
        }
        followNeighbours(added);
        for (const entry of removed) {
          if (!entry.visible) continue;
          visibleCount--;
          if (!shown.delete(entry.id)) hidden.add(entry.id);
        }
      } else if (event instanceof Y.YTextEvent) {
        const entry = list.grow(event);
        if (!entry) continue;
        fresh.push(entry);
        update(entry);
        if (entry.visible && !shown.has(entry.id)) extended.add(entry.id);
      }
    }
  };

  const onMarks = (event: Y.YMapEvent<unknown>): void => {
    const before = hidden.size;
    const touched = [...event.keys.keys()].map((key) => cover.set(key, marks.get(key)));
    for (const mark of touched) follow(mark);
    if (originOf(event.transaction) !== "remote" || hidden.size === before) return;
    for (const key of event.keys.keys()) {
      const { client, mark } = markOf(key);
      if (client !== doc.clientID && decodeMark(marks.get(mark))?.kind === "clear") foreignClear.emit(client);
    }
  };

  /** Takes in that a mark stands or fell. */
  function follow(mark: Mark | undefined): void {
    if (mark?.kind === "clear") list.entries.forEach(update);
    else if (mark?.kind === "cut") {
      for (const entry of entriesIn(mark.ranges, CUT_STEPS)) alter(entry);
    } else if (mark) {
      for (const entry of entriesIn(mark.ranges, 1)) {
        update(entry);
        if (entry.stroke && isTextTool(entry.stroke.header.tool)) alter(entry);
      }
    }
  }

  /** The entries that a mark is about: looked up where they are few, else all. */
  function entriesIn(
    ranges: ReadonlyMap<number, readonly ClockRange[]>,
    steps: number,
  ): readonly Entry[] | Set<Entry> {
    const found = new Set<Entry>();
    let looked = 0;
    for (const [client, list_] of ranges) {
      const structs = doc.store.clients.get(client) ?? [];
      const end = Y.getState(doc.store, client);
      for (const range of list_) {
        const from = Math.floor(range.start / steps);
        const to = Math.min(Math.ceil(range.end / steps), end);
        if (from >= to) continue;
        for (let i = Y.findIndexSS(structs, from); i < structs.length && structs[i]!.id.clock < to; i++) {
          if (++looked > FEW_CLOCKS) return list.entries;
          const entry = entryOfWrite(structs[i]!);
          if (entry) found.add(entry);
        }
      }
    }
    return found;
  }

  /** The entry that a write made, or added ink or words to. */
  function entryOfWrite(struct: Y.Item | Y.GC): Entry | undefined {
    if (!(struct instanceof Y.Item)) return undefined;
    const { parent } = struct;
    if (parent === items) return list.entryOf(struct);
    const holder = parent instanceof Y.Text ? parent._item : null;
    if (holder?.parent === items) return list.entryOf(holder);
    return holder?.parent === labels && holder.parentSub ? entryOfLabel(holder.parentSub) : undefined;
  }

  function entryOfLabel(key: string): Entry | undefined {
    const [client, clock] = key.split(".").map((part) => Number.parseInt(part, 36));
    return list.entry(itemId(client!, clock!));
  }

  const onAttributes = (event: Y.YMapEvent<unknown>): void => {
    let layersChanged = false;
    for (const key of event.keys.keys()) {
      const subject = attributes.set(key, attrs.get(key));
      if (subject?.of === "item") {
        const entry = list.entry(subject.id);
        if (!entry) continue;
        update(entry);
        alter(entry);
      } else if (subject?.of === "layer") layersChanged = true;
      else if (subject) settings = true;
    }
    if (!layersChanged) return;
    settings = true;
    for (const entry of list.entries) {
      const layer = attributes.layerOf(entry.id).id;
      update(entry);
      if (entry.item && entry.item.layer !== layer) alter(entry);
    }
  };

  const onLabels = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const { target, keys } of events) {
      const made = target === labels ? [...keys.keys()] : [target._item?.parentSub ?? ""];
      for (const key of made) {
        const entry = entryOfLabel(key);
        if (entry) alter(entry);
      }
    }
  };

  const onEnd = (transaction: Y.Transaction): void => {
    const origin = originOf(transaction);
    if (origin === "remote") for (const client of writersOf(transaction)) authors.add(client);
    if (holds === 0 || origin === "local") announce(origin);
  };

  function announce(origin: BoardChange["origin"]): void {
    const drawn = fresh.some((entry) => entry.visible);
    fresh = [];
    const by = [...authors];
    authors = new Set();
    if (shown.size + extended.size + hidden.size + altered.size === 0 && !settings) return;
    const isStill = (id: ItemId): boolean => !hidden.has(id) && !shown.has(id);
    const change: BoardChange = {
      origin,
      by,
      shown: [...shown],
      extended: [...extended].filter((id) => isStill(id) && !altered.has(id)),
      hidden: [...hidden],
      altered: [...altered].filter(isStill),
      drawn,
      settings,
    };
    const isGrowth = shown.size + hidden.size + altered.size === 0 && !settings;
    shown = new Set();
    extended = new Set();
    hidden = new Set();
    altered = new Set();
    settings = false;
    // An item that grows is the same object, at the same place.
    if (!isGrowth) {
      stacks = undefined;
      visible = undefined;
    }
    changed.emit(change);
  }

  items.observeDeep(onItems);
  marks.observe(onMarks);
  attrs.observe(onAttributes);
  labels.observeDeep(onLabels);
  doc.on("afterTransaction", onEnd);

  return {
    list,
    cover,
    attributes,
    items: () => (visible ??= allItems()),
    item(id) {
      const entry = list.entry(id);
      return entry && itemOf(entry);
    },
    // While changes are held back, `items` is as it was.
    isEmpty: () => (visible ? visible.length : visibleCount) === 0,
    stacks: allStacks,
    labelOf,
    cutPlacesOf,
    onChange: (listener) => changed.on(listener),
    onForeignClear: (listener) => foreignClear.on(listener),
    hold(on) {
      visible ??= allItems();
      holds += on ? 1 : -1;
      if (holds === 0) announce("remote");
    },
    close() {
      items.unobserveDeep(onItems);
      marks.unobserve(onMarks);
      attrs.unobserve(onAttributes);
      labels.unobserveDeep(onLabels);
      doc.off("afterTransaction", onEnd);
    },
  };
}

function originOf({ origin }: Y.Transaction): BoardChange["origin"] {
  if (origin === LOCAL_ORIGIN) return "local";
  return origin === STORAGE_ORIGIN ? "storage" : "remote";
}
