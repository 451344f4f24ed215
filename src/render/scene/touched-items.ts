/*
 * What has become of items since damage was last taken: whose canvas has to be found anew, and what looks
 * otherwise without having become another item.
 */
import { unionOf, type Box } from "../../base/geometry.ts";
import type { ItemId } from "../../board/document/board.ts";
import type { FinishedItems } from "./finished-ink.ts";
import type { JoinedStrokes } from "./joined-strokes.ts";

export interface TouchedItems {
  /** Something has become of an item that may put it, and all that is blended with it, on the other canvas. */
  touch(id: ItemId): void;
  /** An item grew, came, went or moved: those that it is not blended with as before are touched. */
  follow(id: ItemId): void;
  /** The item looks otherwise. */
  alter(id: ItemId): void;
  /** What is painted of finished ink where the item is, is no longer true. */
  repaint(id: ItemId): void;
  ids(): readonly ItemId[];
  isAltered(id: ItemId): boolean;
  /** Around all that is to be painted anew besides the items. */
  area(): Box | undefined;
  clear(): void;
}

export function createTouchedItems(
  finished: Pick<FinishedItems, "follow" | "boxOf">,
  joined: JoinedStrokes,
): TouchedItems {
  const touched = new Set<ItemId>();
  const altered = new Set<ItemId>();
  let area: Box | undefined;

  const repaint = (id: ItemId): void => {
    area = unionOf(area, finished.boxOf(id));
  };

  return {
    touch(id) {
      touched.add(id);
      for (const piece of joined.wholeOf(id)) touched.add(piece);
    },
    follow(id) {
      finished.follow(id);
      for (const other of joined.follow(id)) {
        repaint(other);
        touched.add(other);
      }
    },
    alter: (id) => void altered.add(id),
    repaint,
    ids: () => [...touched],
    isAltered: (id) => altered.has(id),
    area: () => area,
    clear() {
      touched.clear();
      altered.clear();
      area = undefined;
    },
  };
}
