import type { Box, Point } from "../base/geometry.ts";
import type { Board } from "../board/board.ts";
import { screenToWorld } from "../render/camera.ts";
import { createPreviewedBoard } from "../board/previewed-board.ts";
import { createRenderer } from "../render/renderer.ts";
import type { InkTheme } from "../render/theme.ts";
import { createPen } from "../tools/pen.ts";
import type { Insets, View } from "./auto-camera.ts";
import { freeBox } from "./auto-camera.ts";
import type { Choices } from "./choices.ts";
import type { ContactCursors } from "./contact-cursors.ts";
import { createContactCursors } from "./contact-cursors.ts";
import { createDrawing } from "./drawing.ts";
import { createGestures } from "./gesture.ts";
import { createPointerInput } from "./pointer.ts";
import type { NameOf } from "./presence-text.ts";
import type { StageCommand } from "./stage-commands.ts";
import type { Strings } from "./strings.ts";
import type { Place, ViewControl } from "./view.ts";
import { createViewControl } from "./view.ts";
import type { WheelMove } from "./wheel.ts";

/** What the person does on the paper, for the contacts to see; world units. */
export interface Doing {
  readonly view: Box;
  readonly penDown: boolean;
  readonly cursor: Point | undefined;
}

/** The paper: a board on the screen, and the hand on it. */
export interface Stage {
  /** Where the person looks. */
  readonly view: Pick<
    ViewControl,
    "byHand" | "camera" | "showAll" | "actualSize" | "nudge" | "zoomBy" | "goTo"
  >;
  /** Where the contacts are. */
  readonly contacts: Pick<ContactCursors, "update">;
  setTheme(theme: InkTheme): void;
  /** Says whether it did anything. */
  command(command: StageCommand): boolean;
  /** The space bar turns the mouse into a hand. */
  setPanKey(held: boolean): void;
  /** Ends what the hand is doing. */
  release(): void;
  close(): void;
}

export interface StageDeps {
  /** Carries `data-idle`: no frame is waiting, the picture is up to date and still. */
  readonly root: HTMLElement;
  readonly surface: HTMLElement;
  readonly cached: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
  /** Holds the contacts' cursors. */
  readonly overlay: HTMLElement;
  readonly board: Board;
  /** Where the person looks at first; undefined: at all there is. */
  readonly start: Place | undefined;
  readonly choices: Choices;
  readonly strings: Strings;
  readonly nameOf: NameOf;
  /** What the bars cover. */
  readonly insets: () => Insets;
  /** Where the buttons of the view are, in CSS pixels of the canvas. */
  readonly covered: () => Box;
  /** Called on each press on the paper; true: the press closed a panel. */
  readonly pressCloses: () => boolean;
  readonly onViewChange: () => void;
  readonly onDoing: (doing: Doing) => void;
  /** The pen touched with its eraser end. */
  readonly onEraserEnd: () => void;
}

export function createStage({
  root,
  surface,
  cached,
  live,
  overlay,
  board,
  start,
  choices,
  strings,
  nameOf,
  insets,
  covered,
  pressCloses,
  onViewChange,
  onDoing,
  onEraserEnd,
}: StageDeps): Stage {
  let panKey = false;
  /** Where a mouse or a pen is above the paper, in CSS pixels. */
  let hover: Point | undefined;

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
  const renderer = createRenderer({
    cached,
    live,
    board: createPreviewedBoard(board),
    requestFrame,
    now: () => performance.now(),
    createCanvas: () => document.createElement("canvas"),
  });

  const measure = (): View => {
    const { width, height } = surface.getBoundingClientRect();
    return { width: Math.max(width, 1), height: Math.max(height, 1), insets: insets() };
  };
  let view = measure();
  renderer.setViewport(view.width, view.height, devicePixelRatio);

  const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const control = createViewControl({
    view: () => view,
    start,
    ink: () => renderer.bounds(),
    setCamera: (camera) => renderer.setCamera(camera),
    requestFrame,
    reducedMotion,
    onChange() {
      contacts.viewChanged();
      tell();
      onViewChange();
    },
  });
  const contacts = createContactCursors({
    root: overlay,
    strings,
    nameOf,
    view: () => view,
    camera: () => control.camera(),
    now: () => performance.now(),
    requestFrame,
    reducedMotion,
    covered,
    goTo: (box) => control.goTo(box),
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
      // Where a pointer draws or drags, it does not hover.
      hover = undefined;
      tell();
      showCursor();
    },
    onWheel(at: Point, move: WheelMove) {
      control.wheel(at, move);
    },
    onHover(at) {
      hover = at;
      tell();
    },
    onPen: () => choices.seePen(),
    onEraserEnd,
    pressCloses() {
      const stopped = control.stopCoasting();
      return pressCloses() || stopped;
    },
    panKeyHeld: () => panKey,
    fingersPan: () => choices.fingersPan(),
  });

  const tell = (): void => {
    const camera = control.camera();
    onDoing({
      view: freeBox(view, camera),
      penDown: gestures.drawing(),
      cursor: hover && screenToWorld(camera, view, hover),
    });
  };

  const showCursor = (): void => {
    surface.dataset["hand"] = gestures.navigating() ? "holding" : panKey ? "open" : "none";
  };

  const resize = (): void => {
    view = measure();
    renderer.setViewport(view.width, view.height, devicePixelRatio);
    control.resized();
    renderer.paintNow();
    contacts.viewChanged();
    tell();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(surface);
  const stopRatio = onPixelRatioChange(resize);
  const stopBoard = board.onChange(() => control.inkChanged());

  tell();

  return {
    view: control,
    contacts,
    setTheme(theme) {
      renderer.setTheme(theme);
      contacts.setTheme(theme);
    },
    setPanKey(held) {
      panKey = held;
      showCursor();
    },
    command: () => false,
    release: () => pointer.release(),
    close() {
      pointer.close();
      stopBoard();
      stopRatio();
      observer.disconnect();
      control.close();
      contacts.close();
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
