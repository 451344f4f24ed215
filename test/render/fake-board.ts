import type { Board, BoardChange, ItemId, StrokeItem } from "../../src/board/board.ts";
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";

/** A board in memory whose items come, grow, end and go as a test says. */
export interface FakeBoard extends Board {
  /** Puts a stroke at `index` in the order, with one point or more. */
  insert(index: number, header: StrokeHeader, points: readonly InkPoint[], ended?: boolean): ItemId;
  extend(id: ItemId, points: readonly InkPoint[], ended: boolean): void;
  hide(ids: readonly ItemId[]): void;
  show(ids: readonly ItemId[]): void;
}

interface Entry {
  readonly id: ItemId;
  readonly header: StrokeHeader;
  readonly points: InkPoint[];
  ended: boolean;
  hidden: boolean;
}

const unused = (): never => {
  throw new Error("the renderer does not write to the board");
};

export function createFakeBoard(): FakeBoard {
  const entries: Entry[] = [];
  const listeners = new Set<(change: BoardChange) => void>();
  let count = 0;
  const itemOf = ({ id, header, points, ended }: Entry): StrokeItem => ({
    kind: "stroke",
    id,
    client: 1,
    header,
    points,
    ended,
  });
  const entryOf = (id: ItemId): Entry | undefined => entries.find((entry) => entry.id === id);
  const announce = (change: Partial<BoardChange>): void => {
    const whole = { origin: "remote", shown: [], extended: [], hidden: [], ...change } as const;
    for (const listener of listeners) listener(whole);
  };
  const setHidden = (ids: readonly ItemId[], hidden: boolean): ItemId[] =>
    ids.filter((id) => {
      const entry = entryOf(id);
      if (!entry || entry.hidden === hidden) return false;
      entry.hidden = hidden;
      return true;
    });
  return {
    items: () => entries.filter(({ hidden }) => !hidden).map(itemOf),
    item(id) {
      const entry = entryOf(id);
      return entry && !entry.hidden ? itemOf(entry) : undefined;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    insert(index, header, points, ended = true) {
      const id = `1.${count++}`;
      entries.splice(index, 0, { id, header, points: [...points], ended, hidden: false });
      announce({ shown: [id] });
      return id;
    },
    extend(id, points, ended) {
      const entry = entryOf(id)!;
      entry.points.push(...points);
      entry.ended = ended;
      if (!entry.hidden) announce({ extended: [id] });
    },
    hide: (ids) => announce({ hidden: setHidden(ids, true) }),
    show: (ids) => announce({ shown: setHidden(ids, false) }),
    startStroke: unused,
    clear: unused,
    history: {
      canUndo: unused,
      canRedo: unused,
      undo: unused,
      redo: unused,
      onChange: unused,
    },
  };
}
