import { beforeEach, expect, it } from "vitest";
import type { Board } from "../../src/board/document/board.ts";
import type { CameraState } from "../../src/ui/camera/view.ts";
import type { PageBoard } from "../../src/ui/page-board.ts";
import { createShownBoard, type ShownBoard } from "../../src/ui/shown-board.ts";

/** What was done, in order. */
let log: string[];
/** Where the person looks now. */
let camera: CameraState;

const at = (x: number): CameraState => ({ camera: { x, y: 0, zoom: 1 }, byHand: true });
const boardOf = (name: string): Board => ({ name }) as unknown as Board;
const nameOf = (board: Board): string => (board as unknown as { readonly name: string }).name;

function create(cameras?: ReadonlyMap<string, CameraState>): ShownBoard {
  return createShownBoard({
    cameras,
    openBoard({ board, start }) {
      const name = nameOf(board);
      log.push(`open ${name} at ${start?.camera.x ?? "all"}`);
      const view = { camera: () => camera.camera, byHand: () => camera.byHand };
      const stage = { view, release: () => void log.push(`release ${name}`) };
      return { stage, close: () => void log.push(`close ${name}`) } as unknown as PageBoard;
    },
  });
}

beforeEach(() => {
  log = [];
  camera = at(0);
});

it("ends what is under way on a page before the next one is there, and finds each where it was left", () => {
  const shown = create();
  shown.show(boardOf("first"), "", "me Ann");
  camera = at(7);
  shown.show(boardOf("second"), "2", "me Ann");
  expect(log).toEqual(["open first at all", "release first", "close first", "open second at all"]);
  camera = at(9);
  log = [];
  shown.show(boardOf("first"), "", "me Ann");
  expect(log.at(-1)).toBe("open first at 7");
  expect([...shown.cameras().keys()].sort()).toEqual(["", "2"]);
});

it("gives what it knows to a web page that is built anew, and takes it from there", () => {
  const shown = create();
  shown.show(boardOf("first"), "", "me Ann");
  camera = at(5);
  const next = create(shown.cameras());
  next.show(boardOf("first"), "", "me Ann");
  expect(log.at(-1)).toBe("open first at 5");
});

it("knows nothing of where one looked on the pages of other people", () => {
  const shown = create();
  shown.show(boardOf("first"), "", "me Ann");
  camera = at(5);
  shown.show(boardOf("theirs"), "", "me Bo");
  expect(log.at(-1)).toBe("open theirs at all");
  shown.show(undefined, undefined, "me Bo");
  expect([shown.board(), shown.open()]).toEqual([undefined, undefined]);
});
