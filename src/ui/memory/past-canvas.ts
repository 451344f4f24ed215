/*
 * A board of another moment on the screen, over the canvas of now: it is moved and zoomed like that, and a tap
 * chooses what is to come back. It has canvases of its own, so what is under it goes on as ever.
 */
import type { Box, Point } from "../../base/geometry.ts";
import { distance } from "../../base/geometry.ts";
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
import { createGestures } from "../input/gesture.ts";
import type { GestureInput } from "../input/gesture-events.ts";
import { createPointerInput } from "../input/pointer.ts";
import { createStageClock } from "../stage/stage-clock.ts";
import { watchView } from "../stage/view-watch.ts";
import { element } from "../widgets/dom.ts";

/** What can be asked of a board of another moment. */
export type PastBoard = Past<
  Pick<Board, "arrival" | "items" | "item" | "inOrder" | "layers" | "background" | "onChange">
>["board"];

export interface PastCanvas {
  /** Lies over the canvas of now. */
  readonly view: ViewControl;
  /** These are framed. */
  choose(ids: ReadonlySet<ItemId>): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface PastCanvasDeps {
  /** Carries `data-idle`, as the page does for the canvas of now. */
  readonly root: HTMLElement;
  readonly board: PastBoard;
  readonly start: CameraState;
  readonly onTap: (item: Item | undefined) => void;
}

/** What it has in common with the canvas of now. */
export interface PastSurroundings {
  readonly pictures: PictureSource;
  readonly insets: () => Insets;
  readonly reducedMotion: () => boolean;
}

/** CSS pixels: what moves less is a tap, and what a tap reaches. */
const TAP_SLOP = 8;
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

  function tap(at: Point): void {
    const seen = camera.camera();
    deps.onTap(hits.at(screenToWorld(seen, view(), at), TAP_REACH / seen.zoom));
  }

  const input = listenToHands({ surface: root, camera, onTap: tap });
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

/** All that hands do to a board that cannot be changed: they move it, and tap. */
function listenToHands({
  surface,
  camera,
  onTap,
}: {
  readonly surface: HTMLElement;
  readonly camera: ViewControl;
  readonly onTap: (at: Point) => void;
}): { close(): void } {
  const gestures = createGestures(() => false);
  /** A press that is still a tap. */
  let press: { readonly id: number; readonly at: Point } | undefined;
  const follow = (event: GestureInput): void => {
    if (event.type === "down") press = press ? undefined : { id: event.id, at: event.sample };
    else if (event.type === "move") {
      if (press && event.samples.some((sample) => distance(sample, press!.at) > TAP_SLOP)) press = undefined;
    } else if (event.type === "up") {
      if (press?.id === event.id) onTap(press.at);
      press = undefined;
    } else press = undefined;
  };
  return createPointerInput({
    surface,
    over: [],
    onInput(event) {
      for (const action of gestures.handle(event)) {
        if (action.type === "navigate") camera.navigate(action.from, action.to, action.scale);
        else if (action.type === "fling") camera.fling(action.velocity);
      }
      follow(event);
    },
    onWheel: camera.wheel,
    onHover: () => undefined,
    onShift: () => undefined,
    typingGoesOn: () => false,
    pressCloses: () => camera.stopCoasting(),
    pans: () => true,
  });
}
