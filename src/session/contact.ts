import type { Point } from "../base/geometry.ts";
import type { Preview } from "../board/previews/preview.ts";
import type { Address } from "../env/host.ts";
import type { Presence } from "../sync/wire/presence-frame.ts";
import type { PageId } from "./page-id.ts";

/**
 * - `waiting`: not heard of since this page was opened.
 * - `here`: the app is open over there.
 * - `away`: was here and left, or fell silent.
 */
export type ContactState = "waiting" | "here" | "away";

export interface Contact {
  readonly address: Address;
  readonly state: ContactState;
  /** The contact's pen is down: ink flows from it, or a shape grows. */
  readonly drawing: boolean;
  /** The contact has said that it has everything that is on this board. */
  readonly hasEverything: boolean;
  /** Strokes that it is not known to have, or not whole. */
  readonly missingStrokes: number;
  /** It says that its board takes no more of something. */
  readonly isFull: boolean;
  /** The page that it looks at; undefined where that was not told. */
  readonly page: PageId | undefined;
  /** What the contact does and sees, on that page; undefined while it is not here, or where its app does not tell. */
  readonly presence: Presence | undefined;
  /**
   * What the contact's gesture will do when it ends; the same object until it tells of another one, but
   * for a laser, whose ages are as of now: its light goes on fading while nobody asks.
   */
  readonly preview: Preview | undefined;
  /** Where the newest ink of the contact's page ends, in the world. */
  readonly tip: Point | undefined;
}

/** Somebody of whom nothing is known yet. */
export function waitingContact(address: Address): Contact {
  return {
    address,
    state: "waiting",
    drawing: false,
    hasEverything: false,
    missingStrokes: 0,
    isFull: false,
    page: undefined,
    presence: undefined,
    preview: undefined,
    tip: undefined,
  };
}
