/*
 * The pages of a board, as a person who looks at one of them meets them. What each of them holds is a Board of
 * its own.
 */
import type { Board } from "../board/document/board.ts";
import type { PageId } from "./page-id.ts";

/** What is known of a page without looking at it. */
export interface PageInfo {
  readonly id: PageId;
  /** Empty: nobody named it; it is called by its place. */
  readonly name: string;
  /** Milliseconds since 1970 by its maker's calendar. */
  readonly madeAt: number | undefined;
  readonly changedAt: number | undefined;
  /** Another text: it may look otherwise. Undefined: not known yet. */
  readonly version: string | undefined;
}

export interface Pages {
  /** In order; never empty. */
  list(): readonly PageInfo[];
  /** Latest removed first. */
  removed(): readonly PageInfo[];
  /** Changes together with `session.board()`; may be one that somebody removed meanwhile. */
  current(): PageId;
  show(id: PageId): void;
  hasRoom(): boolean;
  /** At the end without `at`; undefined: there is no room. */
  add(at?: number): PageId | undefined;
  duplicate(id: PageId): Promise<PageId | undefined>;
  rename(id: PageId, name: string): boolean;
  move(id: PageId, at: number): boolean;
  /** Not the only one that is left. */
  remove(id: PageId): boolean;
  restore(id: PageId): boolean;
  /** For good, on all devices. */
  emptyRemoved(): Promise<void>;
  /**
   * Runs `look` on the page's board, which is loaded for that if need be, one after the other; undefined: it
   * could not be read.
   */
  glance<T>(id: PageId, look: (board: Board) => T): Promise<T | undefined>;
}
