import type { Point } from "../base/geometry.ts";
import type { Board } from "../board/board.ts";
import { createRenderer } from "../render/renderer.ts";
import type { InkTheme } from "../render/theme.ts";
import { createPen } from "../tools/pen.ts";
import type { Insets, View } from "./auto-camera.ts";
import type { Choices } from "./choices.ts";
import { createDrawing } from "./drawing.ts";
import { createGestures } from "./gesture.ts";
import { createPointerInput } from "./pointer.ts";
import { createViewControl } from "./view.ts";
import type { WheelMove } from "./wheel.ts";

/** The paper: a board on the screen, and the hand on it. */
export interface Stage {
  /** The person moved the paper, so it no longer follows the drawing by itself. */
  movedByHand(): boolean;
  showAll(): void;
  setTheme(theme: InkTheme): void;
  /** The space bar turns the mouse into a hand. */
  setPanKey(held: boolean): void;
  /** Ends what the hand is doing. */
  release(): void;
  close(): void;
}

export function createStage({
  root,
  surface,
  cached,
  live,
  board,
  choices,
  insets,
  pressCloses,
  onViewChange,
}: {
  /** Carries `data-idle`: no frame is waiting, the picture is up to date and still. */
  readonly root: HTMLElement;
  readonly surface: HTMLElement;
  readonly cached: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
  readonly board: Board;
  readonly choices: Choices;
  /** What the bars cover. */
  readonly insets: () => Insets;
  /** Called on each press on the paper; true: the press closed a panel. */
  readonly pressCloses: () => boolean;
  readonly onViewChange: () => void;
}): Stage {
  let panKey = false;

  const frames = new Set<number>();
  const requestFrame = (task: (now: number) => void): (() => void) => {
    const handle = requestAnimationFrame((now) => {
      frames.delete(handle);
      task(now);
      showIdle();
    });
    frames.add(handle);
    showIdle();
    return () => {
      cancelAnimationFrame(handle);
      frames.delete(handle);
      showIdle();
    };
  };
  const showIdle = (): void => {
    const idle = String(frames.size === 0);
    if (root.dataset["idle"] !== idle) root.dataset["idle"] = idle;
  };
  const renderer = createRenderer({ cached, live, board, requestFrame });

  const measure = (): View => {
    const { width, height } = surface.getBoundingClientRect();
    return { width: Math.max(width, 1), height: Math.max(height, 1), insets: insets() };
  };
  let view = measure();
  renderer.setViewport(view.width, view.height, devicePixelRatio);

  const control = createViewControl({
    view: () => view,
    ink: () => renderer.bounds(),
    setCamera: (camera) => renderer.setCamera(camera),
    requestFrame,
    reducedMotion: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
    onChange: onViewChange,
  });
  const drawing = createDrawing({
    pen: createPen({ board }),
    choices,
    camera: control,
    view: () => view,
    renderer,
  });
  const gestures = createGestures();
  const pointer = createPointerInput({
    surface,
    onInput(input) {
      drawing.perform(gestures.handle(input));
      showCursor();
    },
    onWheel(at: Point, move: WheelMove) {
      control.wheel(at, move);
    },
    pressCloses,
    panKeyHeld: () => panKey,
  });

  const showCursor = (): void => {
    surface.dataset["hand"] = gestures.navigating() ? "holding" : panKey ? "open" : "none";
  };

  const resize = (): void => {
    view = measure();
    renderer.setViewport(view.width, view.height, devicePixelRatio);
    control.resized();
    renderer.paintNow();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(surface);
  const stopRatio = onPixelRatioChange(resize);
  const stopBoard = board.onChange(() => control.inkChanged());

  return {
    movedByHand: () => control.byHand(),
    showAll: () => control.showAll(),
    setTheme: (theme) => renderer.setTheme(theme),
    setPanKey(held) {
      panKey = held;
      showCursor();
    },
    release: () => pointer.release(),
    close() {
      pointer.close();
      stopBoard();
      stopRatio();
      observer.disconnect();
      control.close();
      renderer.close();
    },
  };
}

/** A window that moves to another screen, or a browser's zoom. */
function onPixelRatioChange(listener: () => void): () => void {
  let query: MediaQueryList | undefined;
  const changed = (): void => {
    watch();
    listener();
  };
  const watch = (): void => {
    query?.removeEventListener("change", changed);
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener("change", changed);
  };
  watch();
  return () => query?.removeEventListener("change", changed);
}
