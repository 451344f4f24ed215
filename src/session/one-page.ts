import type { Board } from "../board/document/board.ts";
import { FIRST_PAGE } from "./page-id.ts";
import type { Pages } from "./pages.ts";

/** The pages of a board that has one and takes no more. `digest`: of all that is on it. */
export function createOnePage(board: Board, digest: () => string | undefined): Pages {
  return {
    list: () => [{ id: FIRST_PAGE, name: "", madeAt: undefined, changedAt: undefined, version: digest() }],
    removed: () => [],
    current: () => FIRST_PAGE,
    show: () => undefined,
    hasRoom: () => false,
    add: () => undefined,
    duplicate: async () => undefined,
    rename: () => false,
    move: () => false,
    remove: () => false,
    restore: () => false,
    emptyRemoved: async () => undefined,
    glance: async (id, look) => (id === FIRST_PAGE ? look(board) : undefined),
  };
}
