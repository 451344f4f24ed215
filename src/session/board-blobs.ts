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
  /** There are others than before, perhaps. */
  pagesChanged(): void;
  /** Follows what is on a page; returns how to tell that it goes. */
  watch(page: PageId, handle: Pick<BoardHandle, "board" | "pictures">): () => void;
  close(): void;
}

export interface BoardBlobsDeps {
  readonly env: Pick<Env, "clock" | "log">;
  readonly copy: StoredCopy;
  /** Whether what was on a page is known to be given up. */
  isGone(page: PageId): boolean;
}

/** What changes in a row is looked through once. */
const LOOK_MS = 20;
/** When the board has had its time, and so long after pages changed, it is looked whether any were given up. */
const TIDY_MS = 15_000;

export function createBoardBlobs({ env, copy, isGone }: BoardBlobsDeps): BoardBlobs {
  const { clock, log } = env;
  const store = createBlobStore({ clock, log, copy });
  let tidying: Cancel | undefined;

  function tidySoon(): void {
    tidying ??= clock.after(TIDY_MS, () => {
      tidying = undefined;
      void store.load().then(() => store.forgetPages(isGone));
    });
  }
  tidySoon();

  return {
    store,
    pagesChanged: tidySoon,
    watch(page, handle) {
      let plan: Cancel | undefined;
      let hasPictures = false;
      function look(): void {
        plan = undefined;
        const pictures = [...handle.pictures()];
        hasPictures = pictures.length > 0;
        store.refer(page, pictures);
      }
      const { board } = handle;
      const isPicture = (id: ItemId): boolean => board.item(id)?.kind === "picture";
      // Of what is hidden it cannot be told any more what it was. One that was hidden before it came is found when
      // there is another reason to look.
      const stop = board.onChange(({ shown, altered, hidden }) => {
        const isSomeGone = hasPictures && hidden.length > 0;
        if (!plan && (isSomeGone || shown.some(isPicture) || altered.some(isPicture)))
          plan = clock.after(LOOK_MS, look);
      });
      look();
      return () => {
        plan?.();
        stop();
      };
    },
    close() {
      tidying?.();
      store.close();
    },
  };
}
