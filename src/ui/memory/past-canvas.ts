/*
 * A board of another moment on the screen, over the canvas of now: it is moved and zoomed like that, and a tap or a
 * lasso chooses what is to come back. It has canvases of its own, so what is under it goes on as ever.
 */
import type { Box, Point } from "../../base/geometry.ts";
import type { Board, Item, ItemId } from "../../board/document/board.ts";
import type { Past } from "../../board/document/past.ts";
import { createPreviewedBoard } from "../../board/previews/previewed-board.ts";
import { createItemIndex } from "../../board/spatial/item-index.ts";
import { screenToWorld, worldToScreen } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { createRenderer } from "../../render/renderer.ts";
import { createLineBreaker } from "../../render/shapes/line-breaks.ts";
import type { PictureSource } from "../../render/shapes/bitmaps.ts";
import { createWords } from "../../render/shapes/words.ts";
import { wordsBox } from "../../render/shapes/words-piece.ts";
import { createHitTest } from "../../tools/hit.ts";
import type { Insets } from "../camera/auto-camera.ts";
import type { CameraState, ViewControl } from "../camera/view.ts";
import { createViewControl } from "../camera/view.ts";
import { createStageClock } from "../stage/stage-clock.ts";
import { watchView } from "../stage/view-watch.ts";
import { element } from "../widgets/dom.ts";
import { listenToPastHands } from "./past-hands.ts";

/** What can be asked of a board of another moment. */
export type PastBoard = Past<
  Pick<Board, "arrival" | "items" | "item" | "inOrder" | "layers" | "background" | "onChange">
>["board"];

export interface PastCanvas {
  /** Lies over the canvas of now. */
  readonly view: ViewControl;
  /** These are framed. */
  choose(ids: ReadonlySet<ItemId>): void;
  /** With the lasso, a drag encloses; without, it moves the canvas. */
  setLasso(isOn: boolean): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface PastCanvasDeps {
  /** Carries `data-idle`, as the page does for the canvas of now. */
  readonly root: HTMLElement;
  readonly board: PastBoard;
  readonly start: CameraState;
  readonly onTap: (item: Item | undefined) => void;
  readonly onEnclose: (items: readonly Item[]) => void;
}

/** What it has in common with the canvas of now. */
export interface PastSurroundings {
  readonly pictures: PictureSource;
  readonly insets: () => Insets;
  readonly reducedMotion: () => boolean;
}

/** What a tap reaches, in CSS pixels. */
const TAP_REACH = 12;

export function createPastCanvas(deps: PastCanvasDeps, around: PastSurroundings): PastCanvas {
  const { root, board } = deps;
  const hidden = { attributes: { "aria-hidden": "true" } };
  const [cached, live] = [element("canvas", hidden), element("canvas", hidden)];
  const frames = element("div", { class: "past-frames" });
  root.replaceChildren(cached, live, frames);
  const clock = createStageClock(root);
  const createCanvas = (): HTMLCanvasElement => element("canvas");
  const words = createWords(createCanvas, createLineBreaker(document));
  // Before all others who listen to the board: they ask it when the board has changed.
  const index = createItemIndex(board, (item) => wordsBox(item, words));
  const previewed = createPreviewedBoard(board);
  const { requestFrame, now } = clock;
  const onKnown = (): void => camera.inkKnown();
  const renderer = createRenderer({
    cached,
    live,
    board: previewed,
    index,
    words,
    pictures: around.pictures,
    requestFrame,
    now,
    onKnown,
    createCanvas,
  });
  const watch = watchView({ surface: root, insets: around.insets, onResize: resize });
  const { view } = watch;
  const fillView = (): void => renderer.setViewport(view().width, view().height, devicePixelRatio);
  fillView();
  const camera = createViewControl({
    view,
    start: deps.start,
    ink: renderer.shown.bounds,
    isInkKnown: renderer.shown.isKnown,
    expectedInk: () => undefined,
    setCamera: renderer.setCamera,
    requestFrame,
    reducedMotion: around.reducedMotion,
    onChange: showFrames,
  });
  const hits = createHitTest({ board, index, sizeOf: words.layoutOf });
  let chosen: ReadonlySet<ItemId> = new Set();

  function resize(): void {
    fillView();
    camera.resized();
    renderer.paintNow();
  }

  function frameOf(box: Box): HTMLElement {
    const place = (x: number, y: number): Point => worldToScreen(camera.camera(), view(), { x, y });
    const [from, to] = [place(box.minX, box.minY), place(box.maxX, box.maxY)];
    const frame = element("div", { class: "past-frame" });
    frame.style.transform = `translate(${from.x}px, ${from.y}px)`;
    frame.style.width = `${to.x - from.x}px`;
    frame.style.height = `${to.y - from.y}px`;
    return frame;
  }

  function showFrames(): void {
    if (chosen.size === 0 && !frames.hasChildNodes()) return;
    frames.replaceChildren(
      ...[...chosen].flatMap((id) => {
        const box = renderer.shown.boundsOf(id);
        return box ? [frameOf(box)] : [];
      }),
    );
  }

  const onBoard = (at: Point): Point => screenToWorld(camera.camera(), view(), at);
  let hasLasso = false;
  const input = listenToPastHands({
    surface: root,
    camera,
    hasLasso: () => hasLasso,
    onTap: (at) => deps.onTap(hits.at(onBoard(at), TAP_REACH / camera.camera().zoom)),
    onWay: (way) => renderer.setOverlay(way && { lasso: way.map(onBoard) }),
    onEnclose: (way) => deps.onEnclose(hits.enclosed(way.map(onBoard))),
  });
  const stop = board.onChange(() => {
    // Where there is nothing yet, the view waits for what comes.
    if (renderer.shown.bounds()) camera.inkChanged();
    showFrames();
  });

  return {
    view: camera,
    choose(ids) {
      chosen = ids;
      showFrames();
    },
    setLasso(isOn) {
      hasLasso = isOn;
    },
    setTheme: renderer.setTheme,
    close() {
      stop();
      input.close();
      watch.close();
      camera.close();
      renderer.close();
      previewed.close();
      index.close();
      root.replaceChildren();
    },
  };
}
