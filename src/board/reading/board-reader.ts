import * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import type { Arrival } from "../document/arrival.ts";
import type { BoardChange, Item, ItemId } from "../document/board.ts";
import type { CutPlaces } from "../document/cuts.ts";
import type { Roots } from "../document/document.ts";
import { labelKey } from "../document/keys.ts";
import { writersOf } from "../document/state.ts";
import { createAttributeTable } from "./attribute-table.ts";
import { createCommonState, cutPlacesOf } from "./cut-places.ts";
import { followDocument } from "./following.ts";
import { createKeptInk } from "./kept-ink.ts";
import { textOf } from "./label-text.ts";
import { createMarkCover } from "./mark-cover.ts";
import { createMoments } from "./moments.ts";
import type { Moments } from "./moments.ts";
import { stacksOf } from "./painting-order.ts";
import type { Stack } from "./painting-order.ts";
import { createPendingChange } from "./pending-change.ts";
import { createSessionTable } from "./session-table.ts";
import { createShownTables } from "./shown-tables.ts";
import type { ShownAttributes, ShownMarks } from "./shown-tables.ts";
import { shownItem } from "./shown-item.ts";
import { createStrokeList } from "./stroke-list.ts";
import type { DrawnItem } from "./drawn-item.ts";
import type { Entry, StrokeList } from "./stroke-list.ts";
import { originOf } from "./transaction-origin.ts";

/**
 * A document, read as a board and followed: as it is shown, also while an answer is held back and the document
 * is ahead of that. What people do to it goes by this, so an eraser takes what they see and nothing else.
 */
export interface BoardReader {
  /** The entries of the document; `visible` is said of that. */
  readonly list: StrokeList;
  /** The entry is visible on the board that is shown. */
  shows(entry: Entry): boolean;
  readonly cover: ShownMarks;
  readonly attributes: ShownAttributes;
  readonly moments: Moments;
  items(): readonly Item[];
  item(id: ItemId): Item | undefined;
  isEmpty(): boolean;
  /** The visible entries as they lie on one another, the bottom first. */
  stacks(): readonly Stack[];
  labelOf(id: ItemId): Y.Text | undefined;
  cutPlacesOf(drawn: DrawnItem): CutPlaces;
  onChange(listener: (change: BoardChange) => void): () => void;
  /** Clears of other sessions hide something since now; says which sessions, once for all that comes in one go. */
  onForeignClear(listener: (clients: readonly number[]) => void): () => void;
  /**
   * While held, by as many as asked for it, contacts' changes are not announced and not shown; a local change,
   * also an empty one, announces everything.
   */
  hold(on: boolean): void;
  close(): void;
}

export interface BoardReaderDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly arrival: Pick<Arrival, "holdsBack" | "onOver">;
  onError(error: unknown): void;
}

export function createBoardReader({ doc, roots, arrival, onError }: BoardReaderDeps): BoardReader {
  const kept = createKeptInk();
  const list = createStrokeList(roots.items, kept.points);
  const changed = createEmitter<BoardChange>(onError);
  const foreignClear = createEmitter<readonly number[]>(onError);
  const cover = createMarkCover(roots.marks.entries());
  const sessions = createSessionTable(roots.sessions.entries());
  const attributes = createAttributeTable(roots.attrs.entries(), (id) => {
    const { client = 0, stroke } = list.entry(id) ?? {};
    return stroke?.origin && sessions.layerAt(client, stroke.origin.slot);
  });
  const tables = createShownTables({ roots, cover, attributes, growth: list.growth });
  const pending = createPendingChange();
  let stacks: readonly Stack[] | undefined;
  let visible: readonly Item[] | undefined;
  let holds = 0;

  for (const entry of list.entries) entry.visible = isVisible(entry);

  function isVisible(entry: Entry): boolean {
    const { id, client, clock, stroke } = entry;
    if (stroke === undefined || cover.hides(client, clock) || attributes.layerOf(id).hidden) return false;
    return !isHeldBack(entry);
  }

  /** What this person draws while the stored board comes is seen. */
  function isHeldBack({ client, clock, end }: Entry): boolean {
    return client !== doc.clientID && arrival.holdsBack(client, { start: clock, end });
  }

  const labelOf = (id: ItemId): Y.Text | undefined => labelIn(roots, id);

  const common = createCommonState(tables.cover, kept);

  function itemOf(entry: Entry): Item | undefined {
    const { stroke: drawn, id } = entry;
    if (!drawn || !entry.visible) return undefined;
    entry.item ??= shownItem(
      drawn,
      {
        attributes: attributes.of(id),
        layer: attributes.layerOf(id).id,
        text: () => textOf(labelOf(id), cover),
      },
      common,
    );
    return entry.item;
  }

  function allStacks(): readonly Stack[] {
    return (stacks ??= stacksOf(list.entries, attributes));
  }

  function allItems(): readonly Item[] {
    return allStacks().flatMap((stack) => stack.flatMap((entry) => itemOf(entry) ?? []));
  }

  const onEnd = (transaction: Y.Transaction): void => {
    const origin = originOf(transaction);
    if (origin === "remote") writersOf(transaction).forEach(pending.blame);
    if (holds === 0 || origin === "local") announce(origin);
  };

  function announce(origin: BoardChange["origin"]): void {
    tables.showAll(holds === 0);
    const taken = pending.take(origin);
    if (!taken) return;
    // An item that grows is the same object, at the same place.
    if (!taken.isGrowth) {
      stacks = undefined;
      // While held, what comes from now on is not among them.
      visible = holds > 0 ? allItems() : undefined;
    }
    if (taken.clearing.length > 0) foreignClear.emit(taken.clearing);
    changed.emit(taken.change);
  }

  const following = { doc, roots, list, cover, attributes, sessions, pending, isVisible };
  const unfollow = followDocument(following);
  doc.on("afterTransaction", onEnd);
  const stopWaiting = arrival.onOver(() => {
    for (const entry of list.entries) pending.show(entry, isVisible(entry));
    if (holds === 0) announce("storage");
  });

  return {
    list,
    shows: pending.wasVisible,
    cover: tables.cover,
    attributes: tables.attributes,
    moments: createMoments({ doc, roots, list }),
    items: () => (visible ??= allItems()),
    item(id) {
      const entry = list.entry(id);
      return entry && (holds > 0 ? pending.itemThen(entry) : itemOf(entry));
    },
    // While changes are held back, `items` is as it was.
    isEmpty: () => (visible ? visible.length === 0 : !list.entries.some((entry) => entry.visible)),
    stacks: allStacks,
    labelOf,
    cutPlacesOf,
    onChange: (listener) => changed.on(listener),
    onForeignClear: (listener) => foreignClear.on(listener),
    hold(on) {
      if (on && holds === 0) {
        visible ??= allItems();
        tables.hold();
      }
      holds += on ? 1 : -1;
      if (holds === 0) announce("remote");
    },
    close() {
      unfollow();
      stopWaiting();
      doc.off("afterTransaction", onEnd);
    },
  };
}

function labelIn({ labels }: Roots, id: ItemId): Y.Text | undefined {
  const label = labels.get(labelKey(id));
  return label instanceof Y.Text ? label : undefined;
}
