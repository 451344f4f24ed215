import type { Matrix } from "../../base/matrix.ts";
import type { StackPlace } from "./attributes.ts";
import type { CopiedItem, ItemId, LayerId } from "./board.ts";

/** What is to come back of another moment. */
export interface Recalled {
  readonly gone: readonly RecalledItem[];
  /** Where things were that are elsewhere now. */
  readonly moved: ReadonlyMap<ItemId, Matrix>;
}

/** Something that is hidden now, or a part of it, to be drawn again as it was. */
export interface RecalledItem {
  readonly layer: LayerId;
  readonly stack: StackPlace;
  /** Worked out when asked for: there may be very many. */
  copies(): readonly CopiedItem[];
}

/**
 * What is hidden can be shown again by nobody but who hid it. So it is drawn once more, so far above the place of
 * what it was: by this everybody knows that it is there again.
 */
const BACK_OFFSET = 2 ** -30;

/** The place of what is brought back for an item. */
export function placeOfBack(id: ItemId): StackPlace {
  return { beside: id, offset: BACK_OFFSET };
}

/** For what an item in such a place was brought back; undefined: it was not. */
export function broughtBackFor(stack: StackPlace | undefined): ItemId | undefined {
  return stack?.offset === BACK_OFFSET ? stack.beside : undefined;
}
