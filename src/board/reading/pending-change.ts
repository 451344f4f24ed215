import type { BoardChange, Item, ItemId } from "../document/board.ts";
import type { Entry } from "./stroke-list.ts";

/** What was done since the last announcement, which comes at the end of a transaction. */
export interface PendingChange {
  /** It is visible now, or not. */
  show(entry: Entry, isVisible: boolean): void;
  /** It looks otherwise than before. */
  alter(entry: Entry): void;
  /** It got more points, or ended. */
  extend(entry: Entry): void;
  /** It is not in the document any more. */
  drop(entry: Entry): void;
  /** It came, or grew: it may be drawn just now. */
  draw(entry: Entry): void;
  /** Layers or the background are others. */
  changeSettings(): void;
  /** A contact's session did some of it. */
  blame(client: number): void;
  /** A clear of a contact's session came or was done again. */
  clear(client: number): void;
  /** It was visible when the last change was announced. */
  wasVisible(entry: Entry): boolean;
  /** An entry that was visible then, as it was shown, where somebody had asked. */
  itemThen(entry: Entry): Item | undefined;
  /** All of it, and begins anew; undefined where there is nothing to tell. */
  take(origin: BoardChange["origin"]): TakenChange | undefined;
}

export interface TakenChange {
  readonly change: BoardChange;
  /** The contacts' sessions whose clears hide some of it. */
  readonly clearing: readonly number[];
  /** Items grew, and nothing else: they are the same objects, at the same places. */
  readonly isGrowth: boolean;
}

export function createPendingChange(): PendingChange {
  let shown = new Set<ItemId>();
  let extended = new Set<ItemId>();
  let hidden = new Set<ItemId>();
  let altered = new Set<ItemId>();
  let settings = false;
  let drawn: Entry[] = [];
  let authors = new Set<number>();
  let clearing = new Set<number>();
  /** Of those that look otherwise now. */
  let looks = new Map<ItemId, Item>();

  /** What is away may be back before the next change is announced. */
  function wasVisible({ id, visible }: Entry): boolean {
    return visible ? !shown.has(id) : hidden.has(id);
  }

  return {
    show(entry, isVisible) {
      if (isVisible === entry.visible) return;
      entry.visible = isVisible;
      // What came and went again unannounced was never seen.
      const [to, back] = isVisible ? [shown, hidden] : [hidden, shown];
      if (!back.delete(entry.id)) to.add(entry.id);
    },
    alter(entry) {
      const { item } = entry;
      entry.item = undefined;
      if (!wasVisible(entry)) return;
      altered.add(entry.id);
      if (item && !looks.has(entry.id)) looks.set(entry.id, item);
    },
    extend(entry) {
      if (wasVisible(entry)) extended.add(entry.id);
    },
    drop(entry) {
      if (entry.visible && !shown.delete(entry.id)) hidden.add(entry.id);
    },
    draw: (entry) => void drawn.push(entry),
    changeSettings() {
      settings = true;
    },
    blame: (client) => void authors.add(client),
    clear: (client) => void clearing.add(client),
    wasVisible,
    itemThen: (entry) => (wasVisible(entry) ? (looks.get(entry.id) ?? entry.item) : undefined),
    take(origin) {
      const isDrawn = drawn.some((entry) => entry.visible);
      drawn = [];
      const by = [...authors];
      authors = new Set();
      const cleared = hidden.size > 0 ? [...clearing] : [];
      clearing = new Set();
      looks = new Map();
      if (shown.size + extended.size + hidden.size + altered.size === 0 && !settings) return undefined;
      const [wasShown, wasHidden, wasAltered] = [shown, hidden, altered];
      const isStill = (id: ItemId): boolean => !wasHidden.has(id) && !wasShown.has(id);
      const change: BoardChange = {
        origin,
        by,
        shown: [...shown],
        extended: [...extended].filter((id) => isStill(id) && !wasAltered.has(id)),
        hidden: [...hidden],
        altered: [...altered].filter(isStill),
        drawn: isDrawn,
        settings,
      };
      const isGrowth = shown.size + hidden.size + altered.size === 0 && !settings;
      shown = new Set();
      extended = new Set();
      hidden = new Set();
      altered = new Set();
      settings = false;
      return { change, clearing: cleared, isGrowth };
    },
  };
}
