/*
 * Which board is on the page, and where this person looked on each page of it: who comes back to one finds it
 * as it was left.
 */
import type { Board } from "../board/document/board.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { CameraState } from "./camera/view.ts";
import type { PageBoard, PageBoardDeps } from "./page-board.ts";

export interface ShownBoard {
  board(): Board | undefined;
  /** What is on the page for it. */
  open(): PageBoard | undefined;
  /** Shows this one in place of the one before, whose gestures and typing end there. `people`: whose board it is. */
  show(board: Board | undefined, page: PageId | undefined, people: string): void;
  /** Where this person looked on each page, and looks now. */
  cameras(): ReadonlyMap<PageId, CameraState>;
  close(): void;
}

export interface ShownBoardDeps {
  /** Where this person looked on pages when the web page was built before. */
  readonly cameras: ReadonlyMap<PageId, CameraState> | undefined;
  readonly openBoard: (shown: PageBoardDeps["shown"]) => PageBoard;
}

export function createShownBoard({ cameras: before, openBoard }: ShownBoardDeps): ShownBoard {
  const cameras = new Map(before);
  let board: Board | undefined;
  let page: PageId | undefined;
  let people: string | undefined;
  let open: PageBoard | undefined;

  const remember = (): void => {
    const view = open?.stage.view;
    if (view && page !== undefined) cameras.set(page, { camera: view.camera(), byHand: view.byHand() });
  };
  const close = (): void => {
    remember();
    open?.stage.release();
    open?.close();
    open = undefined;
    board = undefined;
  };

  return {
    board: () => board,
    open: () => open,
    show(next, nextPage, nextPeople) {
      close();
      // Other people have other pages, though their first ones are called alike.
      if (people !== undefined && people !== nextPeople) cameras.clear();
      people = nextPeople;
      board = next;
      page = nextPage;
      const start = page === undefined ? undefined : cameras.get(page);
      if (board) open = openBoard({ board, start });
    },
    cameras() {
      remember();
      return cameras;
    },
    close,
  };
}
