import type { Board } from "../board/document/board.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { BlobHash } from "../board/document/picture.ts";
import type { BoardFileProblem, LooseBoard, LoosePage } from "./board-file.ts";
import type { PageContent } from "./page-copy.ts";

/** A page of the board, as it is listed. */
export interface PageInfo {
  readonly id: PageId;
  /** Empty: nobody named it; it is called by its place. */
  readonly name: string;
  /** Milliseconds since 1970 by its maker's calendar; undefined: not known. */
  readonly madeAt: number | undefined;
  /** When it became different last, by this device's calendar; undefined: not known. */
  readonly changedAt: number | undefined;
  /** How many bytes it takes on this device; undefined: not known. */
  readonly bytes: number | undefined;
  /** Another text: it may look otherwise. Undefined: it was never read, so that is not known. */
  readonly version: string | undefined;
}

/** Waited for between two moments of work, with how much is done, 0 .. 1, where that is known; false: no further. */
export type PageTurn = (done?: number) => Promise<boolean>;

/** The pages of a board, and which of them this person sees. */
export interface Pages {
  /** In order; never empty. */
  list(): readonly PageInfo[];
  /** The latest removed first. */
  removed(): readonly PageInfo[];
  /** The page that is shown: becomes another together with the session's board. Somebody may have removed it. */
  current(): PageId;
  /** Shows another page, within 100 ms. */
  show(id: PageId): void;
  hasRoom(): boolean;
  /** How many pages more there may be. */
  left(): number;
  /** How full a page is, from 0 to 1, as far as that is known: of one that is in memory. */
  share(id: PageId): number | undefined;
  /** `at`: among the pages, counted from 0; undefined: at the end. Undefined where there is no room. */
  add(at?: number): PageId | undefined;
  /** A copy of it, right behind it; undefined where there is no room, or it could not be read. */
  duplicate(id: PageId): Promise<PageId | undefined>;
  /** These say whether they did anything. */
  rename(id: PageId, name: string): boolean;
  move(id: PageId, at: number): boolean;
  /** Not the only one that is left. */
  remove(id: PageId): boolean;
  restore(id: PageId): boolean;
  /** What is on the removed pages goes for good, on all devices. */
  emptyRemoved(): Promise<void>;
  /**
   * Runs `look` on a page's board, which is read for that if it is not in memory, one after the other. Undefined
   * where it could not be read.
   */
  glance<T>(id: PageId, look: (board: Board) => T): Promise<T | undefined>;
  /**
   * All pages as one file (board-file.ts). Between two moments of work `turn` is waited for; no further where it says
   * no. Undefined: stopped, too large, or a page could not be read. `bytesOf`: a picture's; what is not here is left out.
   * `content`: a file of this alone.
   */
  pack(
    turn: PageTurn,
    bytesOf: (hash: BlobHash) => Promise<Uint8Array | undefined>,
    content?: PageContent,
  ): Promise<Uint8Array | undefined>;
  /** Reads such a file, as readBoardFile has it. It changes nothing. */
  unpack(file: Uint8Array): Generator<number | undefined, LooseBoard | BoardFileProblem>;
  /**
   * New pages at the end, with what is on these, as many as there is room for; gives those. They are listed when all of
   * it is there. Undefined: stopped; nothing of it is listed.
   */
  insert(pages: readonly LoosePage[], turn: PageTurn): Promise<readonly PageId[] | undefined>;
}
