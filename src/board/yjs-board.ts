import * as Y from "yjs";
import { createEmitter } from "../base/emitter.ts";
import type { Point } from "../base/geometry.ts";
import type { InkPoint } from "../ink/stroke.ts";
import type { Board, BoardChange, Item, ItemId, StrokeItem } from "./board.ts";
import { DOCUMENT_FORMAT, LOCAL_ORIGIN, rootsOf, STORAGE_ORIGIN } from "./document.ts";
import { createHistory } from "./history.ts";
import { createMarkCover } from "./mark-cover.ts";
import { decodeMark, encodeMark, FIRST_PAGE, markKey, markOf, undoneKey } from "./marks.ts";
import type { Mark } from "./marks.ts";
import { createInkWriter } from "./ink-writer.ts";
import { createStrokeList, itemId } from "./stroke-list.ts";
import type { Entry } from "./stroke-list.ts";
import { stateVectorOf } from "./state.ts";

export interface BoardDeps {
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  /** Whether the session that draws under this clientID is open somewhere now. */
  isPresent(client: number): boolean;
  onError(error: unknown): void;
}

/** What the session holds; tools and user interface get only the `board`. */
export interface BoardHandle {
  readonly board: Board;
  /** Writes the ink that waits into the document, as one transaction. */
  flush(): void;
  /**
   * While held, by as many as asked for it, contacts' changes are not announced and not in `items`; a
   * local change announces everything.
   */
  hold(on: boolean): void;
  /** Ink waits for a flush: `now` where a stroke ended. */
  onPending(listener: (urgency: "soon" | "now") => void): () => void;
  /** The session's newest stroke has not ended. */
  isDrawing(client: number): boolean;
  /** Where the session's newest stroke ends. */
  tipOf(client: number): Point | undefined;
  /** What somebody lacks who has so many clocks of each session. */
  missing(has: (client: number) => number): { hasEverything: boolean; missingStrokes: number };
  /** Another session's clear hides something since now; says which session. */
  onForeignClear(listener: (client: number) => void): () => void;
  close(): void;
}

/** Up to so many clocks a mark's items are looked up one by one. */
const FEW_CLOCKS = 1000;

/** The board of a document. */
export function createBoard({ doc, isPresent, onError }: BoardDeps): BoardHandle {
  const { items, marks, meta } = rootsOf(doc);
  const list = createStrokeList(items);
  const changed = createEmitter<BoardChange>(onError);
  const foreignClear = createEmitter<number>(onError);
  const { history, record } = createHistory(onError);
  const cover = createMarkCover(marks.entries());
  let visible: readonly Item[] | undefined;
  let nextMark = 0;

  for (const entry of list.entries) entry.visible = isVisible(entry);

  let holds = 0;
  // What was done since the last announcement, which comes at the end of a transaction.
  let shown = new Set<ItemId>();
  let extended = new Set<ItemId>();
  let hidden = new Set<ItemId>();

  function isVisible({ client, clock, stroke }: Entry): boolean {
    return stroke !== undefined && !cover.hides(client, clock);
  }

  function update(entry: Entry): void {
    const now = isVisible(entry);
    if (now === entry.visible) return;
    entry.visible = now;
    // What came and went again unannounced was never seen.
    const [to, back] = now ? [shown, hidden] : [hidden, shown];
    if (!back.delete(entry.id)) to.add(entry.id);
  }

  function transact(change: () => void): void {
    doc.transact(() => {
      change();
      if (!meta.has("format")) meta.set("format", DOCUMENT_FORMAT);
    }, LOCAL_ORIGIN);
  }

  const writer = createInkWriter({ items, transact, onError });

  const onItems = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      if (event instanceof Y.YArrayEvent && event.target === items) {
        const { added, removed } = list.splice(event.transaction);
        for (const entry of added) update(entry);
        for (const entry of removed) {
          if (entry.visible && !shown.delete(entry.id)) hidden.add(entry.id);
        }
      } else if (event instanceof Y.YTextEvent) {
        const entry = list.grow(event);
        if (entry) update(entry);
        if (entry?.visible && !shown.has(entry.id)) extended.add(entry.id);
      }
    }
  };

  const onMarks = (event: Y.YMapEvent<unknown>): void => {
    const before = hidden.size;
    const touched = [...event.keys.keys()].map((key) => cover.set(key, marks.get(key)));
    for (const entry of entriesUnder(touched)) update(entry);
    if (originOf(event.transaction) !== "remote" || hidden.size === before) return;
    for (const key of event.keys.keys()) {
      const { client, mark } = markOf(key);
      if (client !== doc.clientID && decodeMark(marks.get(mark))?.kind === "clear") foreignClear.emit(client);
    }
  };

  /** The entries that marks can hide: looked up where they are few, else all. */
  function entriesUnder(touched: readonly (Mark | undefined)[]): readonly Entry[] {
    const found: Entry[] = [];
    for (const mark of touched) {
      if (mark?.kind === "clear") return list.entries;
      for (const [client, ranges] of mark?.ranges ?? []) {
        for (const { start, end } of ranges) {
          if (end - start + found.length > FEW_CLOCKS) return list.entries;
          for (let clock = start; clock < end; clock++) {
            const entry = list.entry(itemId(client, clock));
            if (entry) found.push(entry);
          }
        }
      }
    }
    return found;
  }

  const onEnd = (transaction: Y.Transaction): void => {
    const origin = originOf(transaction);
    if (holds === 0 || origin === "local") announce(origin);
  };

  function announce(origin: BoardChange["origin"]): void {
    if (shown.size + extended.size + hidden.size === 0) return;
    const change: BoardChange = {
      origin,
      shown: [...shown],
      extended: [...extended].filter((id) => !hidden.has(id)),
      hidden: [...hidden],
    };
    shown = new Set();
    extended = new Set();
    hidden = new Set();
    visible = undefined;
    changed.emit(change);
  }

  items.observeDeep(onItems);
  marks.observe(onMarks);
  doc.on("afterTransaction", onEnd);

  function addMark(mark: Mark): string {
    const key = markKey(doc.clientID, nextMark++);
    transact(() => marks.set(key, encodeMark(mark)));
    return key;
  }

  function setUndone(key: string, undone: boolean): boolean {
    transact(() => marks.set(undoneKey(key), undone));
    return true;
  }

  const board: Board = {
    items: () => (visible ??= visibleItems(list.entries)),
    item: (id) => {
      const entry = list.entry(id);
      return entry?.visible ? entry.stroke : undefined;
    },
    onChange: (listener) => changed.on(listener),
    startStroke(header) {
      return writer.start(header, (ids) => record(strokeEntry(ids)));
    },
    clear() {
      // While an answer is coming in, the document holds ink that nobody has been shown yet.
      const seen = new Set<Item | undefined>(board.items());
      const isOpen = ({ client, stroke }: Entry): boolean =>
        !seen.has(stroke) || (!stroke?.ended && (client === doc.clientID || isPresent(client)));
      const below = clearVector(list.entries, isOpen);
      if (below.size === 0) return false;
      const key = addMark({ kind: "clear", page: FIRST_PAGE, below });
      record({ undo: () => setUndone(key, true), redo: () => setUndone(key, false) });
      return true;
    },
    history,
  };

  /** A drawn stroke is taken back by a mark over its items, made at the first undo and switched from then on. */
  function strokeEntry(ids: readonly ItemId[]): { undo(): boolean; redo(): boolean } {
    let key: string | undefined;
    return {
      undo() {
        const entries = ids.map((id) => list.entry(id)).filter((entry) => entry?.visible);
        if (entries.length === 0) return false;
        if (key === undefined) {
          const ranges = entries.map((entry) => ({ start: entry!.clock, end: entry!.clock + 1 }));
          key = addMark({ kind: "erase", ranges: new Map([[doc.clientID, ranges]]) });
          return true;
        }
        return setUndone(key, false);
      },
      redo: () => key !== undefined && setUndone(key, true),
    };
  }

  return {
    board,
    flush: writer.flush,
    hold(on) {
      visible ??= visibleItems(list.entries);
      holds += on ? 1 : -1;
      if (holds === 0) announce("remote");
    },
    onPending: writer.onPending,
    isDrawing: (client) => list.newestOf(client)?.stroke?.ended === false,
    tipOf: (client) => list.newestOf(client)?.stroke?.points.at(-1),
    missing(has) {
      const lacking = new Map<number, number>();
      for (const [client, end] of stateVectorOf(doc)) {
        if (has(client) < end) lacking.set(client, has(client));
      }
      if (lacking.size === 0) return { hasEverything: true, missingStrokes: 0 };
      const missing = list.entries.filter(({ client, end }) => end > (lacking.get(client) ?? Infinity));
      return { hasEverything: false, missingStrokes: missing.length };
    },
    onForeignClear: (listener) => foreignClear.on(listener),
    close() {
      items.unobserveDeep(onItems);
      marks.unobserve(onMarks);
      doc.off("afterTransaction", onEnd);
    },
  };
}

function originOf({ origin }: Y.Transaction): BoardChange["origin"] {
  if (origin === LOCAL_ORIGIN) return "local";
  return origin === STORAGE_ORIGIN ? "storage" : "remote";
}

/** A piece that is full has more points than this, however many characters each of them took. */
const FULL_PIECE_POINTS = 200;

function visibleItems(entries: readonly Entry[]): Item[] {
  const visible: Item[] = [];
  for (const entry of entries) {
    if (entry.visible && entry.stroke) visible.push(entry.stroke);
  }
  return visible;
}

/**
 * What a clear hides: per session with visible items, everything up to the last of them, but never a
 * stroke that is under somebody's pen now, the pieces of it that are full included, nor what that
 * session draws after it.
 */
function clearVector(entries: readonly Entry[], isOpen: (entry: Entry) => boolean): Map<number, number> {
  const below = new Map<number, number>();
  const firstOpen = new Map<number, number>();
  /** By where a full piece stops, where its stroke starts. */
  const starts = new Map<string, number>();
  for (const entry of entries) {
    const { visible, stroke, client, clock } = entry;
    if (!visible || !stroke) continue;
    const start = starts.get(joint(stroke, stroke.points[0])) ?? clock;
    // Another finger's stroke may be between two pieces of this one.
    if (stroke.ended && stroke.points.length >= FULL_PIECE_POINTS) {
      starts.set(joint(stroke, stroke.points.at(-1)), start);
    }
    below.set(client, clock + 1);
    if (isOpen(entry)) firstOpen.set(client, Math.min(firstOpen.get(client) ?? Infinity, start));
  }
  for (const [client, clock] of firstOpen) {
    const hidesSomething = entries.some(
      (entry) => entry.visible && entry.client === client && entry.clock < clock,
    );
    if (hidesSomething) below.set(client, clock);
    else below.delete(client);
  }
  return below;
}

/** Names the point where two pieces of a long stroke meet: the one's last and the other's first. */
function joint({ client, header }: StrokeItem, point: InkPoint | undefined): string {
  return [client, header.color, header.width, point?.x, point?.y].join(" ");
}
