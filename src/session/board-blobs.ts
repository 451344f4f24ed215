/*
 * The pictures of an open board: which its pages refer to, visible or not, and where their bytes are. A page in memory
 * is looked through when it changes; of the others the store keeps in mind what they referred to.
 */
import { createBlobStore } from "../board/blobs/blob-store.ts";
import type { BlobStore } from "../board/blobs/blob-store.ts";
import type { ItemId } from "../board/document/board.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { StoredCopy } from "../board/storage/stored-set.ts";
import type { BoardHandle } from "../board/yjs-board.ts";
import type { Cancel } from "../env/clock.ts";
import type { Env } from "../env/env.ts";

export interface BoardBlobs {
  readonly store: BlobStore;
  /** Follows what is on a page; returns how to tell that it goes. */
  watch(page: PageId, handle: Pick<BoardHandle, "board" | "pictures">): () => void;
  close(): void;
}

export interface BoardBlobsDeps {
  readonly env: Pick<Env, "clock" | "log">;
  readonly copy: StoredCopy;
  /** Whether a page is known to have been emptied for good. */
  isEmptied(page: PageId): boolean;
}

/** What changes in a row is looked through once. */
const LOOK_MS = 20;
/** When the board has had its time, and from then on so often, it is looked whether pages were emptied. */
const LEISURE_MS = 15_000;
const TIDY_MS = 60_000;

export function createBoardBlobs({ env, copy, isEmptied }: BoardBlobsDeps): BoardBlobs {
  const { clock, log } = env;
  const store = createBlobStore({ clock, log, copy });
  let tidying = clock.after(LEISURE_MS, tidy);

  function tidy(): void {
    tidying = clock.after(TIDY_MS, tidy);
    void store.load().then(() => store.forgetPages(isEmptied));
  }

  return {
    store,
    watch(page, handle) {
      let plan: Cancel | undefined;
      function look(): void {
        plan = undefined;
        store.refer(page, handle.pictures());
      }
      const { board } = handle;
      const isPicture = (id: ItemId): boolean => board.item(id)?.kind === "picture";
      // One that was hidden before it came is found when the page is opened the next time.
      const stop = board.onChange(({ shown, altered }) => {
        if (!plan && (shown.some(isPicture) || altered.some(isPicture))) plan = clock.after(LOOK_MS, look);
      });
      look();
      return () => {
        plan?.();
        stop();
      };
    },
    close() {
      tidying();
      store.close();
    },
  };
}
