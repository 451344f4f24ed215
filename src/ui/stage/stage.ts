/*
 * The front of this room: what is on the canvas, from its parts. Pointers make gestures, the editor carries
 * them out, the painted board shows the result; the camera says where all of it is on the screen.
 */
import type { Box, Point } from "../../base/geometry.ts";
import type { Board } from "../../board/document/board.ts";
import type { Preview } from "../../board/previews/preview.ts";
import { screenToWorld } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { PictureSource } from "../../render/shapes/bitmaps.ts";
import type { Renderer } from "../../render/renderer.ts";
import type { Insets } from "../camera/auto-camera.ts";
import { freeBox } from "../camera/auto-camera.ts";
import type { CameraState, ViewControl } from "../camera/view.ts";
import { createViewControl } from "../camera/view.ts";
import type { Refusal } from "../choices/active-layer.ts";
import type { Choices } from "../choices/choices.ts";
import type { Commands } from "../input/commands.ts";
import type { ContactCursors } from "../people/contact-cursors.ts";
import { createContactCursors } from "../people/contact-cursors.ts";
import type { NameOf } from "../people/presence-text.ts";
import { element } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";
import type { CanvasEditor, CanvasMessages } from "./canvas-editor.ts";
import { createCanvasEditor } from "./canvas-editor.ts";
import type { SelectedItems } from "./canvas-selection.ts";
import { createCanvasPointer } from "./canvas-pointer.ts";
import { createDrawingLayer } from "./drawing-layer.ts";
import { createPaintedBoard, type InkCanvases, type PaintedPlayback } from "./painted-board.ts";
import { createStageClock } from "./stage-clock.ts";
import { watchView } from "./view-watch.ts";

/** What the person does on the canvas, for the contacts to see; world units. */
export interface LocalPresence {
  readonly view: Box;
  readonly penDown: boolean;
  readonly cursor: Point | undefined;
}

/** The canvas: a board on the screen, and the editor on it. It carries out the commands about both. */
export interface Stage {
  /** Where the person looks. */
  readonly view: Pick<
    ViewControl,
    "byHand" | "camera" | "showAll" | "actualSize" | "nudge" | "zoomBy" | "goTo"
  >;
  /** Where the contacts are, and what they are about to do. */
  readonly contacts: Pick<ContactCursors, "update" | "show">;
  readonly playback: StagePlayback;
  readonly placePicture: CanvasEditor["selection"]["placePicture"];
  readonly selection: SelectedItems;
  setTheme(theme: InkTheme): void;
  /** The space bar turns the mouse into a hand. */
  setPanKey(held: boolean): void;
  /** Ends what a pointer draws, and what is typed. */
  release(): void;
  close(): void;
}

/** For whoever lets ink come as if it were drawn now. */
export interface StagePlayback extends PaintedPlayback {
  /** A gesture is under way. */
  isBusy(): boolean;
  /** What the bars leave free of the canvas. */
  inSight(): Box;
}

/** The elements of the page that the canvas consists of. */
export interface StageElements extends InkCanvases {
  /** Carries `data-idle`: no frame is waiting, the picture is up to date and still. */
  readonly root: HTMLElement;
  readonly surface: HTMLElement;
  /** Holds the contacts' cursors. */
  readonly contacts: HTMLElement;
}

/** What lies over the canvas. */
export interface StageCovers {
  /** What the bars cover. */
  readonly insets: () => Insets;
  /** Where the buttons of the view are, in CSS pixels of the canvas. */
  readonly viewTools: () => Box;
}

export interface StageEvents {
  /** A press on the canvas. True: it closed a panel. */
  readonly onPress: () => boolean;
  /** The person turns the wheel over the canvas. */
  readonly onWheel: () => void;
  readonly onViewChange: () => void;
  readonly onLocalPresence: (localPresence: LocalPresence) => void;
  /** What the gesture under way will do to the board. */
  readonly onPreview: (preview: Preview | undefined) => void;
  /** A tool was tried on a layer where nothing can be done. */
  readonly onRefused: (reason: Refusal) => void;
}

export interface StageDeps {
  readonly elements: StageElements;
  readonly covers: StageCovers;
  readonly board: Board;
  /** Where the person looks at first; undefined: at all there is. */
  readonly start: CameraState | undefined;
  readonly pictures: PictureSource;
  readonly choices: Choices;
  readonly strings: Strings;
  readonly nameOf: NameOf;
  readonly commands: Commands;
  readonly messages: CanvasMessages;
  readonly events: StageEvents;
  readonly onError: (error: unknown) => void;
}

export function createStage(deps: StageDeps): Stage {
  const { elements, pictures, board, choices, strings, commands, events, onError } = deps;
  const { root, surface } = elements;
  const overlay = createOverlay(strings);
  surface.after(overlay);

  const clock = createStageClock(root);
  const layer = createDrawingLayer({ board, choices, onRefused: events.onRefused });
  const watched = { onPreview: events.onPreview, onKnown: () => camera.inkKnown(), onError };
  const painted = createPaintedBoard({ canvases: elements, board, layer, clock, pictures, events: watched });
  const { renderer } = painted;
  const { view, ...watch } = watchView({ surface, insets: deps.covers.insets, onResize: resize });
  const fillView = (): void => renderer.setViewport(view().width, view().height, devicePixelRatio);
  fillView();

  const camera = createViewControl({
    view,
    start: deps.start,
    ...whereInkIs(board, renderer),
    setCamera: renderer.setCamera,
    requestFrame: clock.requestFrame,
    reducedMotion,
    onChange() {
      contacts.viewChanged();
      editor.viewChanged();
      tell();
      events.onViewChange();
    },
  });
  const contacts = createContactCursors({
    root: deps.elements.contacts,
    strings,
    nameOf: deps.nameOf,
    view,
    camera: camera.camera,
    now: clock.now,
    requestFrame: clock.requestFrame,
    reducedMotion,
    covered: deps.covers.viewTools,
    goTo: camera.goTo,
  });
  const editor = createCanvasEditor({
    screen: { surface, overlay, view, camera },
    board,
    choices,
    strings,
    layer,
    commands,
    clock,
    painted,
    pointer: { isBusy: () => pointer.isBusy(), hover: () => pointer.hover() },
    messages: deps.messages,
    onError,
  });
  const pointer = createCanvasPointer({
    surface,
    over: [overlay, deps.elements.contacts],
    choices,
    camera,
    editor,
    ...events,
    onChange: () => tell(),
  });

  const inSight = (): Box => freeBox(view(), camera.camera());
  const tell = (): void => {
    const at = editor.cursor() ?? pointer.hover();
    events.onLocalPresence({
      view: inSight(),
      penDown: pointer.isDrawing(),
      cursor: at && screenToWorld(camera.camera(), view(), at),
    });
  };

  function resize(): void {
    fillView();
    // Tells of the change, also where the camera stays: everything on the canvas is placed anew.
    camera.resized();
    renderer.paintNow();
    editor.revealTyping();
  }
  const stops = [
    board.onChange(camera.inkChanged),
    watchArrival(board, renderer, camera),
    commands.handle({ "show-me": contacts.showMe, "break-off": pointer.breakOff }),
  ];

  tell();

  return {
    view: camera,
    contacts: {
      update(list) {
        contacts.update(list);
        painted.gestures.showContacts(list);
      },
      show: contacts.show,
    },
    selection: editor.selected,
    playback: { ...painted.playback, isBusy: pointer.isBusy, inSight },
    placePicture: editor.selection.placePicture,
    setTheme(theme) {
      for (const part of [renderer, contacts, editor]) part.setTheme(theme);
    },
    setPanKey: pointer.setPanKey,
    release() {
      pointer.release();
      editor.stopTyping();
      editor.selection.release();
    },
    close() {
      pointer.close();
      for (const stop of stops) stop();
      for (const part of [watch, editor, camera, contacts, painted]) part.close();
      overlay.remove();
    },
  };
}

function whereInkIs({ arrival }: Board, { shown }: Renderer) {
  return {
    ink: shown.bounds,
    /** Until all that was stored is there, what is there is only a part. */
    isInkKnown: () => arrival.isOver() && shown.isKnown(),
    expectedInk: arrival.extent,
  };
}

/** The next time it is known before where all ink is. */
function watchArrival(board: Board, renderer: Renderer, camera: ViewControl): () => void {
  const { ink, isInkKnown } = whereInkIs(board, renderer);
  board.arrival.setMeasure(() => (isInkKnown() ? ink() : undefined));
  const stop = board.arrival.onOver(camera.inkKnown);
  return () => {
    stop();
    board.arrival.setMeasure(undefined);
  };
}

function createOverlay({ selection }: Strings): HTMLElement {
  const attributes = { role: "region", "aria-label": selection };
  return element("div", { id: "canvas-overlay", attributes });
}

function reducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
