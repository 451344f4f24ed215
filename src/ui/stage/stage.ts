import type { Box, Point } from "../../base/geometry.ts";
import { unionOf } from "../../base/geometry.ts";
import type { Board } from "../../board/document/board.ts";
import type { Preview } from "../../board/previews/preview.ts";
import { screenToWorld } from "../../render/canvas/camera.ts";
import { createPreviewedBoard } from "../../board/previews/previewed-board.ts";
import { createRenderer } from "../../render/renderer.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { createWords } from "../../render/shapes/words.ts";
import type { Insets, View } from "../camera/auto-camera.ts";
import { freeBox } from "../camera/auto-camera.ts";
import { blankText } from "../text/blank-text.ts";
import type { Choices } from "../choices/choices.ts";
import type { ContactCursors } from "../people/contact-cursors.ts";
import { createContactCursors } from "../people/contact-cursors.ts";
import { createAnimationFrames } from "./animation-frames.ts";
import { createGestureView } from "./gesture-view.ts";
import { createGestures } from "../input/gesture.ts";
import { createCanvasEditor } from "./canvas-editor.ts";
import { watchKeyboard } from "../input/keyboard-inset.ts";
import type { Refusal } from "../choices/active-layer.ts";
import { activeLayerOf } from "../choices/active-layer.ts";
import { createPointerInput } from "../input/pointer.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { StageCommand } from "../input/stage-commands.ts";
import type { Strings } from "../words/strings.ts";
import type { CameraState, ViewControl } from "../camera/view.ts";
import { createViewControl } from "../camera/view.ts";
import type { Who } from "../people/who.ts";

/** What the person does on the canvas, for the contacts to see; world units. */
export interface LocalPresence {
  readonly view: Box;
  readonly penDown: boolean;
  readonly cursor: Point | undefined;
}

/** The canvas: a board on the screen, and the editor on it. */
export interface Stage {
  /** Where the person looks. */
  readonly view: Pick<
    ViewControl,
    "byHand" | "camera" | "showAll" | "actualSize" | "nudge" | "zoomBy" | "goTo"
  >;
  /** Where the contacts are, and what they are about to do. */
  readonly contacts: Pick<ContactCursors, "update" | "showMe" | "show">;
  setTheme(theme: InkTheme): void;
  /** Says whether it did anything. */
  command(command: StageCommand): boolean;
  /** The gesture under way changes nothing. Says whether there was one. */
  breakOff(): boolean;
  /** The space bar turns the mouse into a hand. */
  setPanKey(held: boolean): void;
  stopTyping(): void;
  /** Ends what the hand is localPresence. */
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
  readonly start: CameraState | undefined;
  readonly choices: Choices;
  readonly strings: Strings;
  readonly nameOf: NameOf;
  /** What the bars cover. */
  readonly insets: () => Insets;
  /** Where the buttons of the view are, in CSS pixels of the canvas. */
  readonly covered: () => Box;
  /** Called on each press on the canvas; true: the press closed a panel. */
  readonly pressCloses: () => boolean;
  readonly onViewChange: () => void;
  readonly onLocalPresence: (localPresence: LocalPresence) => void;
  /** What the gesture under way will do to the board. */
  readonly onPreview: (preview: Preview | undefined) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Who wrote in these sessions, where it was not this person. */
  readonly whoWrote: (sessions: readonly number[]) => Who;
  /** A tool was tried on a layer where nothing can be done. */
  readonly onRefused: (reason: Refusal) => void;
  /** Something to tell the person. */
  readonly say: (text: string) => void;
  readonly onError: (error: unknown) => void;
}

export function createStage(deps: StageDeps): Stage {
  const { root, surface, board, choices, strings, insets } = deps;
  let panKey = false;
  /** Where a mouse or a pen is above the canvas, in CSS pixels. */
  let hover: Point | undefined;

  const { request: requestFrame } = createAnimationFrames(root);
  const createCanvas = (): HTMLCanvasElement => document.createElement("canvas");
  const now = (): number => performance.now();
  const words = createWords(createCanvas);
  const blanked = blankText(board, deps.onError);
  const previewed = createPreviewedBoard(blanked.board);
  const renderer = createRenderer({
    cached: deps.cached,
    live: deps.live,
    board: previewed,
    requestFrame,
    now,
    createCanvas,
  });
  const keyboard = watchKeyboard(() => resize());

  const measure = (): View => {
    const { width, height, bottom } = surface.getBoundingClientRect();
    const bars = insets();
    const below = keyboard.height() - (window.innerHeight - bottom);
    return {
      width: Math.max(width, 1),
      height: Math.max(height, 1),
      insets: { ...bars, bottom: Math.max(bars.bottom, below) },
    };
  };
  let view = measure();
  renderer.setViewport(view.width, view.height, devicePixelRatio);

  const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const control = createViewControl({
    view: () => view,
    start: deps.start,
    ink: () => renderer.bounds(),
    setCamera: (camera) => renderer.setCamera(camera),
    requestFrame,
    reducedMotion,
    onChange() {
      contacts.viewChanged();
      editor.viewChanged();
      tell();
      deps.onViewChange();
    },
  });
  const contacts = createContactCursors({
    root: deps.overlay,
    strings,
    nameOf: deps.nameOf,
    view: () => view,
    camera: () => control.camera(),
    now,
    requestFrame,
    reducedMotion,
    covered: deps.covered,
    goTo: (box) => control.goTo(box),
  });
  const gestureView = createGestureView({
    renderer,
    previewed,
    layer: () => activeLayerOf(board.layers(), choices.activeLayer()).id,
    tell: deps.onPreview,
  });
  const gestures = createGestures();
  const editor = createCanvasEditor({
    surface,
    board,
    choices,
    strings,
    words,
    camera: control,
    view: () => view,
    gestureView,
    busy: () => gestures.drawing() || gestures.navigating(),
    hover: () => hover,
    boundsOf: (ids) =>
      ids.reduce<Box | undefined>((around, id) => unionOf(around, renderer.boundsOf(id)), undefined),
    paintNow: () => renderer.paintNow(),
    setBlank: (id) => blanked.setBlank(id),
    requestFrame,
    now,
    undo: deps.undo,
    redo: deps.redo,
    whoWrote: deps.whoWrote,
    onRefused: deps.onRefused,
    say: deps.say,
    onError: deps.onError,
  });
  const pointer = createPointerInput({
    surface,
    onInput(input) {
      editor.perform(gestures.handle(input));
      // Where a pointer draws or drags, it does not hover.
      hover = undefined;
      tell();
      showCursor();
    },
    onWheel: (at, move) => control.wheel(at, move),
    onHover(at) {
      hover = at;
      editor.hovered();
      tell();
    },
    onPen: () => choices.seePen(),
    onShift: (held) => editor.setShift(held),
    pressCloses() {
      const stopped = control.stopCoasting();
      const typed = editor.stopTyping();
      return deps.pressCloses() || stopped || typed;
    },
    pans: (input) => panKey || choices.tool() === "pan" || (input === "touch" && choices.fingersPan()),
  });

  const tell = (): void => {
    const camera = control.camera();
    const at = editor.pointer() ?? hover;
    deps.onLocalPresence({
      view: freeBox(view, camera),
      penDown: gestures.drawing(),
      cursor: at && screenToWorld(camera, view, at),
    });
  };

  const showCursor = (): void => {
    const open = panKey || choices.tool() === "pan";
    surface.dataset["pan"] = gestures.navigating() ? "panning" : open ? "open" : "none";
  };

  function resize(): void {
    view = measure();
    renderer.setViewport(view.width, view.height, devicePixelRatio);
    control.resized();
    renderer.paintNow();
    contacts.viewChanged();
    editor.resized();
    tell();
  }
  const observer = new ResizeObserver(resize);
  observer.observe(surface);
  const stops = [
    onPixelRatioChange(resize),
    board.onChange(() => control.inkChanged()),
    choices.onChange(showCursor),
  ];

  tell();

  return {
    view: control,
    contacts: {
      update(list) {
        contacts.update(list);
        gestureView.showContacts(list);
      },
      showMe: contacts.showMe,
      show: contacts.show,
    },
    setTheme(theme) {
      renderer.setTheme(theme);
      contacts.setTheme(theme);
      editor.setTheme(theme);
    },
    command: (command) => editor.command(command),
    breakOff() {
      const actions = gestures.breakOff();
      editor.perform(actions);
      tell();
      return actions.length > 0;
    },
    setPanKey(held) {
      panKey = held;
      showCursor();
    },
    stopTyping: () => void editor.stopTyping(),
    release() {
      pointer.release();
      editor.stopTyping();
    },
    close() {
      pointer.close();
      for (const stop of stops) stop();
      observer.disconnect();
      keyboard.close();
      editor.close();
      control.close();
      contacts.close();
      renderer.close();
      previewed.close();
      blanked.close();
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
